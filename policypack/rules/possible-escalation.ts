import { CONTROLS, defineRule, GRANTING } from "../engine";
import { violationsOf } from "./statements/escalation-findings";

export const possibleEscalation = defineRule({
  id: "possible-escalation",
  title: "What is reached is known",
  summary:
    "A policy should not open a path to the permissions of roles, users or resources that it does not single out.",
  why: "Whether such a path leads to more depends on what is at its end, which this policy does not show, and which changes.",
  fix: "Name the role, the function or the instance that is meant, once it is seen what it may do.",
  level: "advisory",
  severity: "medium",
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
        Statement: {
          Effect: "Allow",
          Action: "lambda:UpdateFunctionCode",
          Resource: "arn:aws:lambda:us-east-1:123456789012:function:app",
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "lambda:UpdateFunctionCode", Resource: "*" },
      },
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Resource: "arn:aws:iam::123456789012:role/*",
        },
      },
    ],
  },
  check: (judged) => violationsOf(judged, "possible"),
});
