import { CONTROLS, defineStackRule } from "../engine";
import { violationsIn } from "./statements/identity-escalations";

const TRUST = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
};
const document = (...statements: readonly object[]): object => ({
  Version: "2012-10-17",
  Statement: statements,
});

export const identityEscalation = defineStackRule({
  id: "identity-escalation",
  title: "No identity can widen what it may do",
  summary: "An identity of the stack must not reach permissions beyond its own by all its policies together.",
  why: "Policies that are harmless each may open a path together, and a role that may be passed on is worth what it holds.",
  fix: "Take one step of the path away, or limit the identity by a permissions boundary.",
  level: "mandatory",
  severity: "critical",
  tags: ["iam", "least-privilege", "ai"],
  framework: CONTROLS["AC-6"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  ],
  scope: "stack",
  needsAttachments: true,
  options: {},
  messages: {
    path: "{steps}: {who} can {gain}",
    paths: "{steps}: {who} can {gain}; this statement opens {others#path} more",
  },
  examples: {
    good: [
      [
        {
          type: "aws:iam/role:Role",
          name: "job",
          props: { name: "job", assumeRolePolicy: TRUST },
        },
        {
          type: "aws:iam/rolePolicy:RolePolicy",
          name: "use",
          dependencies: { role: ["job"] },
          props: {
            role: "job",
            policy: document({
              Effect: "Allow",
              Action: "s3:GetObject",
              Resource: "arn:aws:s3:::example-bucket/*",
            }),
          },
        },
      ],
    ],
    bad: [
      [
        {
          type: "aws:iam/role:Role",
          name: "job",
          props: { name: "job", assumeRolePolicy: TRUST },
        },
        {
          type: "aws:iam/rolePolicy:RolePolicy",
          name: "use",
          dependencies: { role: ["job"] },
          props: {
            role: "job",
            policy: document({
              Effect: "Allow",
              Action: "iam:PutRolePolicy",
              Resource: "arn:aws:iam::123456789012:role/job",
            }),
          },
        },
      ],
    ],
  },
  check: (stack) => violationsIn(stack, "certain"),
});
