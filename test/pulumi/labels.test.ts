import assert from "node:assert/strict";
import { unknownCheckingProxy } from "@pulumi/policy";
import { UNKNOWN } from "../../policypack/iam";
import { UNKNOWN_STRING } from "../../policypack/host/registration";
import { labelsOf, WITH_PATH, WITH_TAGS } from "../../policypack/pulumi/labels";
import { resources } from "./declarations";

// The SDK exports it without its types.
const asPolicySees = unknownCheckingProxy as unknown as (props: object) => object;

describe("what a resource says of itself", () => {
  const none = { path: undefined, tags: undefined };
  const ROLE = "aws:iam/role:Role";
  const table: readonly (readonly [string, string, object, object])[] = [
    ["nothing, where it cannot", "aws:iam/rolePolicy:RolePolicy", { policy: "{}" }, none],
    ["the path that is there without one", ROLE, {}, { path: "/", tags: {} }],
    ["its path", ROLE, { path: "/ai/" }, { path: "/ai/", tags: {} }],
    ["a path that is not known", ROLE, { path: UNKNOWN_STRING }, { path: UNKNOWN, tags: {} }],
    [
      "the path of a policy",
      "aws-native:iam:ManagedPolicy",
      { path: "/ai/" },
      { path: "/ai/", tags: undefined },
    ],
    ["no path that is none of IAM", "aws:s3/bucket:Bucket", { path: "/ai/" }, { path: undefined, tags: {} }],
    ["its tags", ROLE, { tags: { a: "b" } }, { path: "/", tags: { a: "b" } }],
    ["the provider's tags, too", ROLE, { tags: {}, tagsAll: { a: "b" } }, { path: "/", tags: { a: "b" } }],
    [
      "no tags, where the provider's are not known",
      ROLE,
      { tags: {}, tagsAll: UNKNOWN_STRING },
      { path: "/", tags: UNKNOWN },
    ],
    ["a tag that is not known", ROLE, { tags: { a: UNKNOWN_STRING } }, { path: "/", tags: { a: UNKNOWN } }],
    [
      "tags as a list",
      "aws-native:iam:Role",
      {
        tags: [
          { key: "a", value: "b" },
          { key: "c", value: UNKNOWN_STRING },
        ],
      },
      { path: "/", tags: { a: "b", c: UNKNOWN } },
    ],
    [
      "a list of which one is not known",
      "aws-native:iam:Role",
      { tags: [UNKNOWN_STRING] },
      { path: "/", tags: UNKNOWN },
    ],
    [
      "tags of a child of a Terraform module",
      "m:tf:aws_iam_role",
      { tags: { a: "b" } },
      { path: undefined, tags: { a: "b" } },
    ],
  ];
  for (const [name, type, props, expected] of table)
    it(`is ${name}`, () => {
      assert.deepEqual(labelsOf(type, asPolicySees(props)), expected);
    });

  const declared = resources();
  const inputsOf = (type: string): readonly string[] =>
    declared.get(/^aws:(.*):\w+$/.exec(type)?.[1] ?? "")?.map(({ name }) => name) ?? [];
  for (const [what, types] of [
    ["path", WITH_PATH],
    ["tags", WITH_TAGS],
  ] as const)
    it(`has ${what} only where @pulumi/aws declares it`, () => {
      for (const type of types)
        if (type.startsWith("aws:")) assert.ok(inputsOf(type).includes(what), `${type} has no ${what}`);
    });
  it("has the path of every type that is an identity or a managed policy", () => {
    assert.deepEqual(
      ["iam/role", "iam/user", "iam/group", "iam/policy"].filter(
        (name) => !declared.get(name)?.some((each) => each.name === "path"),
      ),
      [],
    );
  });
});
