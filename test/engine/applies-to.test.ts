import assert from "node:assert/strict";
import {
  type ConfiguredRule,
  evaluate,
  evaluateStack,
  type Labels,
  readConfiguration,
  type Subject,
} from "../../policypack/engine";
import { type Json, parseDocument, UNKNOWN } from "../../policypack/iam";
import { stackOf } from "../../policypack/pulumi/stack";
import { readableDocument, rules } from "../../policypack/rules";
import { allow } from "../rules/cases";

const FILE: Subject = { file: "policy.json" };
const RESOURCE: Subject = {
  urn: "urn:pulumi:prod::ai::aws:iam/policy:Policy::train",
  type: "aws:iam/policy:Policy",
  name: "train",
  property: "policy",
};
const RULE = "no-wildcard-resource";
const NONE: Labels = { path: undefined, tags: undefined };
const TRAINING: Labels = { path: "/ai/training/", tags: { team: "ml", cost: "7" } };

const configured = (rule: string, where: unknown): readonly ConfiguredRule[] => {
  const { rules: all, problems } = readConfiguration(rules, {
    all: "disabled",
    [rule]: { enforcementLevel: "mandatory", appliesTo: where },
  });
  assert.deepEqual(problems, []);
  return all;
};

describe("appliesTo", () => {
  const table: readonly (readonly [string, unknown, Subject, Labels | undefined, number])[] = [
    ["nothing in particular", {}, RESOURCE, NONE, 1],
    ["its project", { projects: ["a?"] }, RESOURCE, NONE, 1],
    ["another project", { projects: ["web", "a"] }, RESOURCE, NONE, 0],
    ["its stack", { stacks: ["dev", "pro*"] }, RESOURCE, NONE, 1],
    ["another stack", { stacks: ["dev"] }, RESOURCE, NONE, 0],
    ["its project and another stack", { projects: ["ai"], stacks: ["dev"] }, RESOURCE, NONE, 0],
    ["its URN", { urns: ["*::aws:iam/policy:Policy::*"] }, RESOURCE, NONE, 1],
    ["another URN", { urns: ["*::aws:iam/role:Role::*"] }, RESOURCE, NONE, 0],
    ["its path", { paths: ["/web/*", "/ai/*"] }, RESOURCE, TRAINING, 1],
    ["another path", { paths: ["/ai/"] }, RESOURCE, TRAINING, 0],
    ["a path that is not known", { paths: ["/web/*"] }, RESOURCE, { ...NONE, path: UNKNOWN }, 1],
    ["a path, where it has none", { paths: ["/web/*"] }, RESOURCE, NONE, 1],
    ["one of its tags", { tags: ["team=web", "team=m?"] }, RESOURCE, TRAINING, 1],
    ["a tag whatever its value", { tags: ["cost=*"] }, RESOURCE, TRAINING, 1],
    ["a tag of another value", { tags: ["team=web"] }, RESOURCE, TRAINING, 0],
    ["a tag that it has not", { tags: ["owner=*"] }, RESOURCE, TRAINING, 0],
    ["a tag, where it has none", { tags: ["team=*"] }, RESOURCE, { ...NONE, tags: {} }, 0],
    ["a tag, where it cannot have any", { tags: ["team=*"] }, RESOURCE, NONE, 1],
    ["tags that are not known", { tags: ["team=web"] }, RESOURCE, { ...NONE, tags: UNKNOWN }, 1],
    [
      "a tag whose value is not known",
      { tags: ["t*=web"] },
      RESOURCE,
      { ...NONE, tags: { team: UNKNOWN } },
      1,
    ],
    ["another tag than one not known", { tags: ["a=b"] }, RESOURCE, { ...NONE, tags: { team: UNKNOWN } }, 0],
    ["its path and another tag", { paths: ["/ai/*"], tags: ["team=web"] }, RESOURCE, TRAINING, 0],
    ["another stack, for a file", { stacks: ["dev"] }, FILE, undefined, 1],
    ["a path and a tag, for a file", { paths: ["/web/*"], tags: ["a=b"] }, FILE, undefined, 1],
  ];
  for (const [name, where, subject, labels, expected] of table)
    it(`with ${name}: ${expected}`, () => {
      const reading = parseDocument({
        Version: "2012-10-17",
        Statement: [allow("s3:GetObject", "*")] as unknown as Json,
      });
      const document = {
        subject,
        kind: "identity",
        reading,
        ...(labels === undefined ? {} : { labels }),
      } as const;
      assert.equal(evaluate(configured(RULE, where), [document], readableDocument).length, expected);
    });

  describe("in a stack", () => {
    const resource = (type: string, name: string, props: object) => ({
      type,
      name,
      urn: `urn:pulumi:dev::project::${type}::${name}`,
      props,
      propertyDependencies: {},
    });
    const roles = [
      resource("aws:iam/role:Role", "train", { name: "train", path: "/ai/", tags: { team: "ml" } }),
      resource("aws:iam/role:Role", "web", { name: "web" }),
    ];
    const attached = (role: unknown, name: string) =>
      resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", name, {
        role,
        policyArn: "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess",
      });
    const toBoth = resource("aws:iam/policyAttachment:PolicyAttachment", "d", {
      roles: ["web", "elsewhere"],
      policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess",
    });
    const stack = stackOf([
      ...roles,
      attached("train", "a"),
      attached("web", "b"),
      attached("elsewhere", "c"),
      toBoth,
    ]);
    const found = (rule: string, where: unknown): readonly string[] =>
      evaluateStack(configured(rule, where), stack).map(({ subject }) =>
        "file" in subject ? "" : subject.name,
      );

    it("looks at an identity's own", () => {
      assert.deepEqual(found("permissions-boundary", {}), ["train", "web"]);
      assert.deepEqual(found("permissions-boundary", { paths: ["/ai/*"] }), ["train"]);
      assert.deepEqual(found("permissions-boundary", { paths: ["/"] }), ["web"]);
      assert.deepEqual(found("permissions-boundary", { tags: ["team=*"] }), ["train"]);
    });
    it("looks at those of whom something is attached to, as far as they are of the stack", () => {
      const attaching = (where: unknown): readonly string[] =>
        [...new Set(found("managed-policy-access", where))].sort();
      assert.deepEqual(attaching({}), ["a", "b", "c", "d"]);
      assert.deepEqual(attaching({ paths: ["/ai/*"] }), ["a", "c", "d"]);
      assert.deepEqual(attaching({ tags: ["team=ml"] }), ["a", "c", "d"]);
    });
  });

  const wrong: readonly (readonly [unknown, readonly string[]])[] = [
    [[], ["expected an object of lists of strings"]],
    [{ stack: ["x"] }, ["there is no `stack`; did you mean `stacks`?"]],
    [{ stacks: "x" }, ["`stacks`: expected a list of strings"]],
    [{ stacks: [] }, ["`stacks`: an empty list applies to nothing"]],
    [{ paths: ["ai/*"] }, ["`paths`: expected a path such as `/ai/*`, found `ai/*`"]],
    [{ tags: ["team", "a=b"] }, ["`tags`: expected `key=value`, found `team`"]],
  ];
  for (const [given, expected] of wrong)
    it(`is read strictly: ${JSON.stringify(given)}`, () => {
      assert.deepEqual(
        readConfiguration(rules, { [RULE]: { appliesTo: given } }).problems,
        expected.map((problem) => `\`${RULE}.appliesTo\`: ${problem}`),
      );
    });
});
