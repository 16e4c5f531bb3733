import type { ExampleResource } from "../../policypack/engine";
import { UNKNOWN } from "../../policypack/iam";
import { identityEscalation } from "../../policypack/rules/identity-escalation";
import { allow, CLEAN, CONDITION, deny, type StackRuleCases } from "./cases";

const documentOf = (...statements: readonly object[]): object => ({
  Version: "2012-10-17",
  Statement: statements,
});
const trust = (service: string): object =>
  documentOf({ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" });
const role = (name: string, props: object = {}): ExampleResource => ({
  type: "aws:iam/role:Role",
  name,
  props: { name, assumeRolePolicy: trust("lambda.amazonaws.com"), ...props },
});
const inline = (name: string, of: string, ...statements: readonly object[]): ExampleResource => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  name,
  props: { role: of, policy: documentOf(...statements) },
});
const boundary = (...statements: readonly object[]): ExampleResource => ({
  type: "aws:iam/policy:Policy",
  name: "limit",
  props: { policy: documentOf(...statements) },
});
const bounded = (name: string): ExampleResource => ({
  ...role(name, { permissionsBoundary: UNKNOWN }),
  dependencies: { permissionsBoundary: ["limit"] },
});
const PASS = allow("iam:PassRole", "*");
const CALL = allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "*");
const SELF = allow("iam:PutRolePolicy", "*");
const ADMIN = { managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] };
const arn = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
const passing = (name: string, more: object = {}): readonly ExampleResource[] => [
  role("job"),
  inline("pass", "job", allow("iam:PassRole", arn(name), more), CALL),
];
const AT_PASS = { message: "path", at: "pass", property: "policy" } as const;

export const cases: StackRuleCases = {
  rule: identityEscalation,
  valid: [
    { name: "nothing", resources: [] },
    { name: "nothing harmful", resources: [role("job"), inline("use", "job", CLEAN)] },
    {
      name: "halves of a path on two roles",
      resources: [role("a"), role("b"), inline("pass", "a", PASS), inline("call", "b", CALL)],
    },
    {
      name: "a Deny in another document",
      resources: [role("job"), inline("self", "job", SELF), inline("not", "job", deny("iam:*", "*"))],
    },
    {
      name: "a boundary that leaves the path out",
      resources: [bounded("job"), boundary(allow(["s3:*", "lambda:*"], "*")), inline("self", "job", SELF)],
    },
    {
      name: "a boundary that denies a step",
      resources: [
        bounded("job"),
        boundary(allow("*", "*"), deny("iam:Put*", "*")),
        inline("self", "job", SELF),
      ],
    },
    {
      name: "a boundary of which nobody knows what it allows",
      resources: [
        role("job", { permissionsBoundary: "arn:aws:iam::123456789012:policy/elsewhere" }),
        inline("self", "job", SELF),
      ],
    },
    { name: "a boundary grants nothing", resources: [bounded("job"), boundary(allow("*", "*"))] },
    { name: "a role with nothing", resources: [...passing("target"), role("target")] },
    {
      name: "a role that may read one prefix",
      resources: [...passing("target"), role("target"), inline("read", "target", CLEAN)],
    },
    {
      name: "an administrator that does not trust the service",
      resources: [
        ...passing("target"),
        role("target", { ...ADMIN, assumeRolePolicy: trust("ec2.amazonaws.com") }),
      ],
    },
    {
      name: "an administrator, passed to another service",
      resources: [
        ...passing("target", { Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } } }),
        role("target", ADMIN),
      ],
    },
    { name: "another role than the administrator", resources: [...passing("other"), role("target", ADMIN)] },
    { name: "a role of another stack", resources: passing("elsewhere") },
    {
      name: "another role's policies",
      resources: [role("job"), role("other"), inline("put", "job", allow("iam:PutRolePolicy", arn("other")))],
    },
    {
      name: "a role is no user",
      resources: [role("job"), inline("put", "job", allow("iam:PutUserPolicy", "*"))],
    },
  ],
  invalid: [
    {
      name: "halves of a path in two documents",
      resources: [role("job"), inline("pass", "job", PASS), inline("call", "job", CALL)],
      violations: [
        {
          ...AT_PASS,
          data: {
            who: "`role job`",
            steps:
              "`iam:PassRole` on `*`, then `lambda:CreateFunction` on `*` (`Statement[0]` of `call`), then `lambda:InvokeFunction` on `*` (`Statement[0]` of `call`)",
          },
        },
      ],
    },
    {
      name: "a Deny that a request escapes",
      resources: [
        role("job"),
        inline("self", "job", SELF),
        inline("not", "job", deny("iam:*", "*", CONDITION)),
      ],
      violations: [{ message: "path", at: "self", property: "policy" }],
    },
    {
      name: "a boundary that lets the path in",
      resources: [bounded("job"), boundary(allow("*", "*")), inline("self", "job", SELF)],
      violations: [{ message: "path", at: "self", property: "policy" }],
    },
    {
      name: "an administrator by name",
      resources: [...passing("target"), role("target", ADMIN)],
      violations: [{ ...AT_PASS, data: { gain: "run code with the role `target`, which may do anything" } }],
    },
    {
      name: "an administrator by its own document",
      resources: [...passing("target"), role("target"), inline("all", "target", allow("*", "*"))],
      violations: [AT_PASS, { message: "paths", at: "all", property: "policy" }],
    },
    {
      name: "an administrator among roles of a name",
      resources: [...passing("t*"), role("target", ADMIN)],
      violations: [AT_PASS],
    },
    {
      name: "one's own role by name",
      resources: [role("job"), inline("put", "job", allow("iam:PutRolePolicy", arn("job")))],
      violations: [{ message: "path", at: "put", property: "policy" }],
    },
    {
      name: "the trust policy of an administrator",
      resources: [
        role("job"),
        role("target", ADMIN),
        inline("put", "job", allow("iam:UpdateAssumeRolePolicy", arn("target"))),
      ],
      violations: [
        {
          message: "path",
          at: "put",
          property: "policy",
          data: { gain: "act as the role `target`, which may do anything" },
        },
      ],
    },
    {
      name: "one document of two roles is one finding",
      resources: [
        { type: "aws:iam/policy:Policy", name: "self", props: { policy: documentOf(SELF) } },
        { ...role("a", { managedPolicyArns: [UNKNOWN] }), dependencies: { managedPolicyArns: ["self"] } },
        { ...role("b", { managedPolicyArns: [UNKNOWN] }), dependencies: { managedPolicyArns: ["self"] } },
      ],
      violations: [{ message: "path", at: "self", property: "policy", data: { who: "`role a`, `role b`" } }],
    },
    {
      name: "a policy that is attached to nobody here",
      resources: [{ type: "aws:iam/policy:Policy", name: "self", props: { policy: documentOf(SELF) } }],
      violations: [
        { message: "path", at: "self", property: "policy", data: { who: "whoever has this policy" } },
      ],
    },
    {
      name: "everything",
      resources: [role("job"), inline("all", "job", allow("*", "*"))],
      violations: [{ message: "paths", at: "all", property: "policy" }],
    },
  ],
};
