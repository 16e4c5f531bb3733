import type { ExampleResource } from "../../policypack/engine";
import { possibleIdentityEscalation } from "../../policypack/rules/possible-identity-escalation";
import { allow, CLEAN, type StackRuleCases } from "./cases";

const documentOf = (...statements: readonly object[]): object => ({
  Version: "2012-10-17",
  Statement: statements,
});
const role = (name: string, props: object = {}): ExampleResource => ({
  type: "aws:iam/role:Role",
  name,
  props: {
    name,
    assumeRolePolicy: documentOf({
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    }),
    ...props,
  },
});
const inline = (name: string, of: string, ...statements: readonly object[]): ExampleResource => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  name,
  props: { role: of, policy: documentOf(...statements) },
});
const CALL = allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "*");
const SELF = allow("iam:PutRolePolicy", "*");
const PASSING = [
  role("job"),
  inline("pass", "job", allow("iam:PassRole", "arn:aws:iam::123456789012:role/target"), CALL),
  role("target"),
];

export const cases: StackRuleCases = {
  rule: possibleIdentityEscalation,
  valid: [
    { name: "nothing", resources: [] },
    { name: "a role with nothing", resources: PASSING },
    {
      name: "a role that holds no more",
      resources: [...PASSING, inline("own", "job", CLEAN), inline("read", "target", CLEAN)],
    },
    { name: "what is certain is not said again", resources: [role("job"), inline("self", "job", SELF)] },
  ],
  invalid: [
    {
      name: "a role that holds more",
      resources: [...PASSING, inline("read", "target", CLEAN)],
      violations: [
        {
          message: "path",
          at: "pass",
          property: "policy",
          data: { gain: "run code with the role `target`, which may do what it may not" },
        },
      ],
    },
    {
      name: "a role with a policy of which nobody knows what it allows",
      resources: [
        ...PASSING.slice(0, 2),
        role("target", { managedPolicyArns: ["arn:aws:iam::123456789012:policy/elsewhere"] }),
      ],
      violations: [{ message: "path", at: "pass", property: "policy" }],
    },
    {
      name: "a boundary of which nobody knows what it allows",
      resources: [
        role("job", { permissionsBoundary: "arn:aws:iam::123456789012:policy/elsewhere" }),
        inline("self", "job", SELF),
      ],
      violations: [{ message: "path", at: "self", property: "policy" }],
    },
    {
      name: "users' policies, for a role",
      resources: [role("job"), inline("put", "job", allow("iam:Put*Policy", "arn:aws:iam::*:user/*"))],
      violations: [{ message: "path", at: "put", property: "policy", data: { path: ["iam:PutUserPolicy"] } }],
    },
    {
      name: "the code of any function, by any of two",
      resources: [role("job"), inline("code", "job", allow("lambda:Update*", "*"))],
      violations: [{ message: "paths", at: "code", property: "policy" }],
    },
  ],
};
