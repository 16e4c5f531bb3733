import type { ExampleResource } from "../../policypack/engine";
import { UNKNOWN } from "../../policypack/iam";
import { permissionsBoundary } from "../../policypack/rules/permissions-boundary";
import { allow, CLEAN, deny, type StackRuleCases } from "./cases";

const ARN = "arn:aws:iam::123456789012:policy/boundary";
const role = (props: object): ExampleResource => ({
  type: "aws:iam/role:Role",
  name: "role",
  props: { ...props },
});
const policy = (statement: object | readonly object[], props: object = {}): ExampleResource => ({
  type: "aws:iam/policy:Policy",
  name: "boundary",
  props: { policy: { Version: "2012-10-17", Statement: statement }, ...props },
});
const BOUND: ExampleResource = {
  ...role({ permissionsBoundary: UNKNOWN }),
  dependencies: { permissionsBoundary: ["boundary"] },
};
const at = { at: "role", property: "permissionsBoundary" };

export const cases: StackRuleCases = {
  rule: permissionsBoundary,
  valid: [
    { name: "nothing", resources: [] },
    { name: "a boundary of another stack", resources: [role({ permissionsBoundary: ARN })] },
    { name: "a boundary of the stack", resources: [policy(CLEAN), BOUND] },
    {
      name: "a boundary that denies a part of everything",
      resources: [policy([allow("*", "*"), deny("iam:*", "*")]), BOUND],
    },
    {
      name: "a boundary whose document is not known",
      resources: [{ ...policy({}), props: { policy: UNKNOWN } }, BOUND],
    },
    {
      name: "a boundary that may deny what nobody knows yet",
      resources: [{ ...policy({}), props: { policy: { Statement: [allow("*", "*"), UNKNOWN] } } }, BOUND],
    },
    {
      name: "an expected boundary",
      resources: [role({ permissionsBoundary: ARN })],
      options: { boundaries: ["arn:aws:iam::*:policy/bound*"] },
    },
    {
      name: "an expected boundary of the stack, by its name",
      resources: [policy(CLEAN, { name: "boundary" }), BOUND],
      options: { boundaries: [ARN] },
    },
    {
      name: "a group and a permission set",
      resources: [
        { type: "aws:iam/group:Group", name: "group", props: {} },
        { type: "aws:ssoadmin/permissionSet:PermissionSet", name: "set", props: {} },
      ],
    },
  ],
  invalid: [
    {
      name: "a role and a user without",
      resources: [role({}), { type: "aws:iam/user:User", name: "user", props: { permissionsBoundary: "" } }],
      violations: [
        { at: "role", message: "missing", data: { identity: "role" } },
        { at: "user", message: "missing", data: { identity: "user" } },
      ],
    },
    {
      name: "a role of the Cloud Control provider",
      resources: [{ type: "aws-native:iam:Role", name: "role", props: {} }],
      violations: [{ at: "role", message: "missing" }],
    },
    {
      name: "AWS's policy that allows everything",
      resources: [role({ permissionsBoundary: "arn:aws:iam::aws:policy/AdministratorAccess" })],
      violations: [{ ...at, message: "limits-nothing" }],
    },
    {
      name: "a document that allows everything, in two statements",
      resources: [
        policy([allow("iam:*", "*"), { Effect: "Allow", NotAction: "iam:*", Resource: "*" }]),
        BOUND,
      ],
      violations: [{ ...at, message: "limits-nothing", data: { boundary: "boundary" } }],
    },
    {
      name: "another boundary than expected",
      resources: [role({ permissionsBoundary: ARN })],
      options: { boundaries: ["arn:aws:iam::123456789012:policy/other"] },
      violations: [
        {
          ...at,
          message: "unexpected",
          data: { boundary: ARN, expected: ["arn:aws:iam::123456789012:policy/other"] },
        },
      ],
    },
    {
      name: "another policy of the stack than expected",
      resources: [policy(CLEAN, { name: "boundary", path: "/team/" }), BOUND],
      options: { boundaries: [ARN] },
      violations: [{ ...at, message: "unexpected", data: { boundary: "boundary" } }],
    },
    {
      name: "a boundary nobody knows",
      resources: [role({ permissionsBoundary: UNKNOWN })],
      violations: [{ ...at, message: "not-known" }],
    },
    {
      name: "a boundary of the stack whose name is not known, where one is expected",
      resources: [policy(CLEAN), BOUND],
      options: { boundaries: [ARN] },
      violations: [{ ...at, message: "not-known" }],
    },
  ],
};
