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

export const possibleIdentityEscalation = defineStackRule({
  id: "possible-identity-escalation",
  title: "What an identity reaches is known",
  summary:
    "An identity of the stack should not reach more than it may do by a path whose end is not known, or holds more.",
  why: "Whether such a path matters depends on what is at its end, which may change after it was last looked at.",
  fix: "Name what is meant, once it is seen what it may do.",
  level: "advisory",
  severity: "medium",
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
              Action: "lambda:UpdateFunctionCode",
              Resource: "arn:aws:lambda:us-east-1:123456789012:function:app",
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
            policy: document({ Effect: "Allow", Action: "lambda:UpdateFunctionCode", Resource: "*" }),
          },
        },
      ],
    ],
  },
  check: (stack) => violationsIn(stack, "possible"),
});
