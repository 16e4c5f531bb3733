/** The pack finds nothing in what the stack writes, and each widening of it. */
import * as assert from "node:assert/strict";
import * as fc from "fast-check";

import { SIDES } from "../../stack/description";
import { policyDocument, writeDocuments } from "../../stack/grants/documents";
import { type WrittenStatement } from "../../stack/grants/statements";
import { deadParts } from "./dead-parts";
import { CATALOGUE, PARTITION_NAMES, useOf, workflowOf } from "./every-capability";
import { findings, judge } from "./judge";

/** What AWS asks of processing jobs in a VPC, and what the pack has against it: whoever uses it says so in an exemption. */
const UNLIMITED: readonly string[] = ["vpc.eniAnywhere", "sagemaker.process"];
/** Registering and approving are for different people, and the pack says so. */
const APART: readonly string[] = ["sagemaker.registerModel", "sagemaker.approveModel"];
const expectedOf = (ids: readonly string[]): readonly string[] => [
  ...(APART.every((id) => ids.includes(id)) ? ["model-approval"] : []),
  ...(UNLIMITED.some((id) => ids.includes(id)) ? ["no-wildcard-resource"] : []),
];
const rulesIn = (found: readonly string[]): readonly string[] => [
  ...new Set(found.map((line) => line.replace(/ .*/s, ""))),
];

describe("all rules of the pack", () => {
  for (const partition of PARTITION_NAMES)
    it(`find nothing in any capability alone, in ${partition}`, () => {
      for (const capability of CATALOGUE)
        assert.deepEqual(
          rulesIn(judge(workflowOf([useOf(capability, partition)], partition))),
          expectedOf([capability.id]),
          capability.id,
        );
    });

  it("find nothing but the lack of safeguards, and what cannot be limited, where a capability is given no more than it needs", () => {
    const found = CATALOGUE.flatMap((capability) => judge(workflowOf([useOf(capability, "aws", false)])));
    assert.deepEqual([...rulesIn(found)].sort(), [
      "model-invocation-guardrail",
      "no-wildcard-resource",
      "sagemaker-encryption",
    ]);
  });

  it("find nothing in sets of capabilities, which have no dead part either", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...CATALOGUE], { minLength: 2, maxLength: 8 }), (some) => {
        const description = { ...workflowOf(some.map((each) => useOf(each, "aws"))), boundary: "none" };
        assert.deepEqual([...rulesIn(judge(description))].sort(), expectedOf(some.map(({ id }) => id)));
        for (const side of SIDES)
          for (const statement of policyDocument(description, side).Statement as readonly WrittenStatement[])
            assert.deepEqual(deadParts(statement), []);
      }),
      { numRuns: 60 },
    );
  });
});

describe("every pair of capabilities", () => {
  it("is nothing that the pack has anything against", function () {
    this.timeout(240_000);
    const uses = CATALOGUE.map((capability) => useOf(capability, "aws"));
    let judged = 0;
    for (const [index, one] of uses.entries())
      for (const other of uses.slice(index + 1)) {
        const ids: readonly string[] = [one.capability, other.capability];
        const found = judge({ ...workflowOf([one, other]), boundary: "none" });
        assert.deepEqual([...rulesIn(found)].sort(), expectedOf(ids), ids.join(" "));
        judged++;
      }
    assert.equal(judged, (CATALOGUE.length * (CATALOGUE.length - 1)) / 2);
  });

  it("is written in full and without a dead part", () => {
    const [first = "aws"] = PARTITION_NAMES;
    const uses = CATALOGUE.map((capability) => useOf(capability, first));
    for (const [index, one] of uses.entries())
      for (const other of uses.slice(index + 1)) {
        const pair = workflowOf([one, other]);
        const written = writeDocuments(pair);
        assert.ok("identities" in written);
        // The order of a description has no influence.
        assert.deepEqual(writeDocuments(workflowOf([other, one])), written);
        for (const side of SIDES)
          for (const statement of policyDocument(pair, side).Statement as readonly WrittenStatement[])
            assert.deepEqual(deadParts(statement), [], `${one.capability} ${other.capability}`);
      }
  });
});

describe("a widening of what the stack writes", () => {
  const written = (id: string, action?: string): WrittenStatement => {
    const [capability] = CATALOGUE.filter((each) => each.id === id);
    assert.ok(capability);
    const workflow = workflowOf([useOf(capability, "aws")]);
    const all = policyDocument(workflow, capability.side).Statement as readonly WrittenStatement[];
    const statement = all.find(({ Action }) => action === undefined || [Action].flat().includes(action));
    assert.ok(statement);
    return statement;
  };
  const passing: WrittenStatement = {
    Sid: "Pass",
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: "*",
  };
  const without = ({ Sid, Effect, Action, Resource }: WrittenStatement) => ({
    Sid,
    Effect,
    Action,
    Resource,
  });
  const table: readonly (readonly [string, unknown, string])[] = [
    ["an action wildcard", { ...written("s3.read"), Action: "s3:Get*" }, "approved-actions"],
    ["a whole service", { ...written("sagemaker.invokeEndpoint"), Action: "sagemaker:*" }, "no-admin-access"],
    [
      "an object's ARN opened",
      { ...written("s3.write"), Resource: "arn:aws:s3:::*" },
      "no-wildcard-resource",
    ],
    [
      "a job's prefix opened",
      {
        ...written("sagemaker.train", "sagemaker:CreateTrainingJob"),
        Resource: "arn:aws:sagemaker:us-east-1:123456789012:training-job/*",
      },
      "no-wildcard-resource",
    ],
    ["a key opened", { ...written("kms.decrypt"), Resource: "*" }, "no-wildcard-resource"],
    [
      "conditions on a job dropped",
      without(written("sagemaker.train", "sagemaker:CreateTrainingJob")),
      "sagemaker-encryption",
    ],
    ["a guardrail dropped", written("bedrock.invoke", "bedrock:InvokeModel"), "model-invocation-guardrail"],
    ["a role of any name", passing, "pass-role"],
    [
      "a named role to any service",
      { ...passing, Resource: "arn:aws:iam::123456789012:role/x" },
      "pass-role",
    ],
  ];
  for (const [what, statement, rule] of table)
    it(`${what} is found by ${rule}`, () => {
      const found = findings({ Version: "2012-10-17", Statement: [statement] });
      assert.ok(
        found.some((line) => line.startsWith(`${rule} `)),
        found.join("\n"),
      );
    });

  it("a trust policy without its conditions is found by confused-deputy", () => {
    const written_ = writeDocuments(workflowOf([{ capability: "sagemaker.train", jobs: "churn-" }]));
    assert.ok("identities" in written_);
    const trust = JSON.parse(written_.identities[0]?.trust ?? "") as {
      readonly Statement: readonly Readonly<Record<string, unknown>>[];
    };
    const open = { ...trust, Statement: trust.Statement.map((each) => ({ ...each, Condition: {} })) };
    assert.ok(findings(open, "trust").some((line) => line.startsWith("confused-deputy ")));
  });
});
