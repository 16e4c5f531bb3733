import { CONTROLS, defineRule, GRANTING } from "../engine";
import { violationsOf } from "./statements/escalation-findings";

export const privilegeEscalation = defineRule({
  id: "privilege-escalation",
  title: "Nobody can widen what they may do",
  summary: "A policy must not open a path to permissions beyond those it grants.",
  why: "Whoever may change policies, make credentials for others or pass any role to a service may do all that these may.",
  fix: "Leave out what changes policies and makes credentials; let named roles be passed, to named services.",
  level: "mandatory",
  severity: "critical",
  tags: ["iam", "least-privilege", "ai"],
  framework: CONTROLS["AC-6"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_controlling.html",
  ],
  kinds: GRANTING,
  onlyCertain: true,
  options: {},
  messages: {
    path: "{steps}: whoever has this policy can {gain}",
    paths: "{steps}: whoever has this policy can {gain}; this statement opens {others#path} more",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "iam:PassRole",
            Resource: "arn:aws:iam::123456789012:role/training",
            Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
          },
          {
            Effect: "Allow",
            Action: "sagemaker:CreateTrainingJob",
            Resource: "arn:aws:sagemaker:us-east-1:123456789012:training-job/team-*",
          },
        ],
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "iam:PassRole", Resource: "*" },
          {
            Effect: "Allow",
            Action: "sagemaker:CreateTrainingJob",
            Resource: "arn:aws:sagemaker:us-east-1:123456789012:training-job/team-*",
          },
        ],
      },
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "iam:PutRolePolicy", Resource: "arn:aws:iam::*:role/*" },
      },
    ],
  },
  check: (judged) => violationsOf(judged, "certain"),
});
