import { UNKNOWN } from "../../policypack/iam";
import { policyQuotas } from "../../policypack/rules/policy-quotas";
import type { ExampleResource } from "../../policypack/engine";
import { CLEAN, type StackRuleCases } from "./cases";

const ofSize = (size: number): string => {
  const document = (Id: string): string => JSON.stringify({ Version: "2012-10-17", Id, Statement: [CLEAN] });
  return document("x".repeat(size - document("").length));
};
const resource = (type: string, name: string, props: object, of?: string): ExampleResource => ({
  type: `aws:iam/${type}`,
  name,
  props: { ...props, ...(of === undefined ? {} : { [of]: UNKNOWN }) },
  ...(of === undefined ? {} : { dependencies: { [of]: [of] } }),
});
const ROLE = resource("role:Role", "role", { assumeRolePolicy: "{}" });
const USER = resource("user:User", "user", {});
const GROUP = resource("group:Group", "group", {});
const inline = (name: string, policy: unknown, of = "role"): ExampleResource =>
  resource(`${of}Policy:${of[0]?.toUpperCase() ?? ""}${of.slice(1)}Policy`, name, { name, policy }, of);
const attach = (name: string, policyArn: unknown, of = "role"): ExampleResource =>
  resource(
    `${of}PolicyAttachment:${of[0]?.toUpperCase() ?? ""}${of.slice(1)}PolicyAttachment`,
    `attach-${name}`,
    { policyArn },
    of,
  );
const many = (count: number, of = "role"): readonly ExampleResource[] =>
  Array.from({ length: count }, (_, index) => attach(String(index), `arn:aws:iam::aws:policy/P${index}`, of));
const SET: ExampleResource = { type: "aws:ssoadmin/permissionSet:PermissionSet", name: "set", props: {} };
const toSet = (type: string, props: object): ExampleResource => ({
  type: `aws:ssoadmin/${type}`,
  name: "toSet",
  props: { ...props, permissionSetArn: UNKNOWN },
  dependencies: { permissionSetArn: ["set"] },
});

export const cases: StackRuleCases = {
  rule: policyQuotas,
  valid: [
    { name: "nothing", resources: [] },
    { name: "a role without policies", resources: [ROLE] },
    {
      name: "inline policies of the most there may be",
      resources: [ROLE, inline("a", ofSize(5_120)), inline("b", ofSize(5_120))],
    },
    { name: "as many policies as there may be", resources: [ROLE, ...many(10)] },
    { name: "a raised quota", resources: [ROLE, ...many(15)], options: { managedPoliciesPerRole: 15 } },
    {
      name: "one policy attached eleven times",
      resources: [
        ROLE,
        ...Array.from({ length: 11 }, (_, index) => attach(String(index), "arn:aws:iam::aws:policy/P")),
      ],
    },
    {
      name: "an inline policy that the role tells of as well",
      resources: [
        { ...ROLE, props: { name: "r", inlinePolicies: [{ name: "a", policy: ofSize(6_000) }] } },
        inline("a", ofSize(6_000)),
      ],
    },
    { name: "policies that may all be the same", resources: [ROLE, ...many(10), attach("x", UNKNOWN)] },
    {
      name: "policies of two roles",
      resources: [ROLE, USER, inline("a", ofSize(6_000)), inline("b", ofSize(2_000), "user")],
    },
    {
      name: "a policy that is not known",
      resources: [ROLE, inline("a", UNKNOWN), inline("b", ofSize(10_240))],
    },
  ],
  invalid: [
    {
      name: "inline policies of a role by several resources",
      resources: [inline("a", ofSize(5_120)), inline("b", ofSize(5_121)), ROLE],
      violations: [
        {
          message: "inline",
          at: "role",
          data: { names: ["a", "b"], size: "10,241", most: "10,240", identity: "role" },
        },
      ],
    },
    {
      name: "inline policies in the role and beside it",
      resources: [
        {
          ...ROLE,
          props: {
            name: "r",
            inlinePolicies: [{ name: "a", policy: ofSize(6_000) }, { policy: ofSize(3_000) }],
          },
        },
        inline("b", ofSize(3_000)),
      ],
      violations: [
        {
          message: "inline",
          at: "role",
          data: { names: ["b", "a", "role.inlinePolicies[1].policy"], size: "12,000" },
        },
      ],
    },
    {
      name: "a lower bound, where another policy is not known",
      resources: [ROLE, inline("a", UNKNOWN), inline("b", ofSize(10_241))],
      violations: [{ message: "inline", at: "role", data: { size: "at least 10,241" } }],
    },
    {
      name: "one inline policy of a user",
      resources: [USER, inline("a", ofSize(2_049), "user")],
      violations: [{ message: "inline", at: "user", data: { size: "2,049", most: "2,048" } }],
    },
    {
      name: "inline policies of a group",
      resources: [GROUP, inline("a", ofSize(3_000), "group"), inline("b", ofSize(3_000), "group")],
      violations: [{ message: "inline", at: "group", data: { size: "6,000", most: "5,120" } }],
    },
    {
      name: "the inline policy of a permission set",
      resources: [
        SET,
        toSet("permissionSetInlinePolicy:PermissionSetInlinePolicy", { inlinePolicy: ofSize(10_241) }),
      ],
      violations: [{ message: "inline", at: "set", data: { most: "10,240", identity: "permission set" } }],
    },
    {
      name: "more managed policies than a role has",
      resources: [...many(11), ROLE],
      violations: [{ message: "attached", at: "role", data: { size: "11", most: "10", identity: "role" } }],
    },
    {
      name: "more than a user and a group have",
      resources: [USER, GROUP, ...many(11, "user"), ...many(12, "group")],
      violations: [
        { message: "attached", at: "user", data: { size: "11" } },
        { message: "attached", at: "group", data: { size: "12" } },
      ],
    },
    {
      name: "more than the most that is known, beside one that is not",
      resources: [ROLE, ...many(11), attach("x", UNKNOWN)],
      violations: [{ message: "attached", at: "role", data: { size: "at least 11" } }],
    },
    {
      name: "more than a permission set has",
      resources: [
        SET,
        toSet("managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive", {
          managedPolicyArns: Array.from({ length: 11 }, (_, index) => `arn:aws:iam::aws:policy/P${index}`),
        }),
      ],
      violations: [{ message: "attached", at: "set", data: { size: "11", most: "10" } }],
    },
  ],
};
