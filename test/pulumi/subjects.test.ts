import assert from "node:assert/strict";
import { unknownCheckingProxy } from "@pulumi/policy";
import { documentsOf } from "../../policypack/pulumi/subjects";
import { RESOURCE_TYPES } from "../../policypack/pulumi/resource-types";
import { UNKNOWN_STRING } from "../../policypack/host/registration";
import { CLEAN } from "../rules/cases";

// The SDK exports it without its types.
const asPolicySees = unknownCheckingProxy as unknown as (props: object) => object;
const DOCUMENT = { Version: "2012-10-17", Statement: [CLEAN] };
const UNKNOWN_LIST = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2";
const POLICY = "aws:iam/policy:Policy";
const ROLE = "aws:iam/role:Role";

/** Each document: where it stands, how many statements it has, its problems, and what is not known of it. */
const seen = (type: string, props: Record<string, unknown>) =>
  documentsOf({ type, name: "x", urn: "urn", props: asPolicySees(props) })?.map(({ subject, reading }) => [
    "property" in subject ? subject.property : "",
    reading.document.statements.length,
    reading.problems.map(({ code }) => code),
    reading.unknown,
  ]);

describe("the documents of a resource", () => {
  const table: readonly (readonly [string, string, Record<string, unknown>, unknown])[] = [
    ["a text", POLICY, { policy: JSON.stringify(DOCUMENT) }, [["policy", 1, [], []]]],
    ["an object", POLICY, { policy: DOCUMENT }, [["policy", 1, [], []]]],
    ["an unknown text", POLICY, { policy: UNKNOWN_STRING }, [["policy", 0, [], [""]]]],
    [
      "an object with an unknown resource",
      POLICY,
      { policy: { ...DOCUMENT, Statement: [{ ...CLEAN, Resource: [UNKNOWN_STRING] }] } },
      [["policy", 1, [], ["Statement[0].Resource[0]"]]],
    ],
    [
      "an object with an unknown list of statements",
      POLICY,
      { policy: { Statement: UNKNOWN_LIST } },
      [["policy", 0, [], ["Statement"]]],
    ],
    ["a number", POLICY, { policy: 7 }, [["policy", 0, ["wrong-type"], []]]],
    ["null", POLICY, { policy: null }, [["policy", 0, ["wrong-type"], []]]],
    ["no document at all", POLICY, {}, [["policy", 0, ["wrong-type"], []]]],
    ["an empty text", POLICY, { policy: "" }, [["policy", 0, ["not-json"], []]]],
    ["a role without inline policies", ROLE, { assumeRolePolicy: "{}" }, []],
    ["a role with an empty inline policy", ROLE, { inlinePolicies: [{}] }, []],
    [
      "a role with inline policies",
      ROLE,
      {
        inlinePolicies: [
          { name: "a", policy: JSON.stringify(DOCUMENT) },
          { name: "b", policy: "{" },
        ],
      },
      [
        ["inlinePolicies[0].policy", 1, [], []],
        ["inlinePolicies[1].policy", 0, ["not-json"], []],
      ],
    ],
    [
      "a role with an unknown inline policy",
      ROLE,
      { inlinePolicies: [{ policy: UNKNOWN_STRING }] },
      [["inlinePolicies[0].policy", 0, [], [""]]],
    ],
    [
      "a role with an unknown list of them",
      ROLE,
      { inlinePolicies: UNKNOWN_LIST },
      [["inlinePolicies", 0, [], [""]]],
    ],
    [
      "a role whose inline policies are no list",
      ROLE,
      { inlinePolicies: "x" },
      [["inlinePolicies", 0, ["not-json"], []]],
    ],
    [
      "a role whose inline policy is no object",
      ROLE,
      { inlinePolicies: [3] },
      [["inlinePolicies[0]", 0, ["wrong-type"], []]],
    ],
    ["a resource of another type", "aws:s3/bucket:Bucket", { policy: "{" }, undefined],
  ];
  for (const [name, type, props, expected] of table)
    it(`are read from ${name}`, () => {
      assert.deepEqual(seen(type, props), expected);
    });

  for (const type of [
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/groupPolicy:GroupPolicy",
    POLICY,
  ])
    it(`are read from ${type}`, () => {
      assert.deepEqual(seen(type, { policy: "{" }), [["policy", 0, ["not-json"], []]]);
    });
  it("are read from these types and no others", () => {
    assert.deepEqual([...RESOURCE_TYPES.keys()].sort(), [
      "aws:iam/groupPolicy:GroupPolicy",
      POLICY,
      ROLE,
      "aws:iam/rolePolicy:RolePolicy",
      "aws:iam/userPolicy:UserPolicy",
    ]);
  });
});
