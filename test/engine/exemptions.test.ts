import assert from "node:assert/strict";
import {
  evaluate,
  type Exemption,
  type Finding,
  readConfiguration,
  type Subject,
  textOf,
} from "../../policypack/engine";
import { Exemptions } from "../../policypack/engine/exemptions";
import { type Json, parseDocument, UNKNOWN } from "../../policypack/iam";
import { readableDocument, rules } from "../../policypack/rules";
import { allow, CLEAN } from "../rules/cases";

const FILE: Subject = { file: "policy.json" };
const RESOURCE: Subject = {
  urn: "urn:pulumi:prod::ai::aws:iam/policy:Policy::train",
  type: "aws:iam/policy:Policy",
  name: "train",
  property: "policy",
};
const RULE = "no-wildcard-resource";
const holding = (more: Partial<Exemption>): Exemption => ({
  reason: "known",
  expires: "2999-12-31",
  ...more,
});
const problemsOf = (exemptions: unknown): readonly string[] =>
  readConfiguration(rules, { [RULE]: { exemptions } }).problems;
function findings(
  options: Readonly<Record<string, unknown>>,
  subject: Subject = RESOURCE,
  statements: readonly unknown[] = [CLEAN, allow(["s3:GetObject", "s3:PutObject"], "*")],
): readonly Finding[] {
  const { rules: configured, problems } = readConfiguration(rules, {
    all: "disabled",
    [RULE]: { enforcementLevel: "mandatory", ...options },
  });
  assert.deepEqual(problems, []);
  const reading = parseDocument({ Version: "2012-10-17", Statement: statements as readonly Json[] });
  return evaluate(configured, [{ subject, kind: "identity", reading }], readableDocument);
}
const levels = (exemption: Partial<Exemption>, subject?: Subject): readonly string[] =>
  findings({ exemptions: [holding(exemption)] }, subject).map(({ level }) => level);

describe("exemptions", () => {
  const table: readonly (readonly [string, Partial<Exemption>, Subject, "advisory" | "mandatory"])[] = [
    ["a resource by its URN", { urn: RESOURCE.urn }, RESOURCE, "advisory"],
    ["resources by a glob", { urn: "urn:pulumi:prod::*::train" }, RESOURCE, "advisory"],
    ["another stack's resource", { urn: "urn:pulumi:dev::*" }, RESOURCE, "mandatory"],
    ["a part of a URN", { urn: "urn:pulumi:prod::ai" }, RESOURCE, "mandatory"],
    ["a resource by its name", { resource: "tr?in" }, RESOURCE, "advisory"],
    ["another resource", { resource: "trains" }, RESOURCE, "mandatory"],
    ["a file by its name", { resource: "policy.json" }, FILE, "advisory"],
    ["a file by a URN, which it has not", { urn: "*" }, FILE, "mandatory"],
    ["all actions of the finding", { resource: "*", action: "s3:*OBJECT" }, RESOURCE, "advisory"],
    ["only some actions of the finding", { resource: "*", action: "s3:GetObject" }, RESOURCE, "mandatory"],
    ["a path", { resource: "*", path: "Statement[1].Resource" }, RESOURCE, "advisory"],
    ["another path", { resource: "*", path: "Statement[0]*" }, RESOURCE, "mandatory"],
    ["two demands of which one is not met", { resource: "train", urn: "x" }, RESOURCE, "mandatory"],
  ];
  for (const [name, exemption, subject, expected] of table)
    it(`about ${name}: ${expected}`, () => {
      assert.deepEqual(levels(exemption, subject), [expected]);
    });

  it("go with the finding, and replace its fix", () => {
    const [finding] = findings({
      exemptions: [holding({ resource: "train", ticket: "SEC-7" })],
    });
    assert.ok(finding);
    assert.equal(finding.rule, RULE);
    assert.equal(
      textOf(finding),
      "policy.Statement[1].Resource: `s3:GetObject`, `s3:PutObject` are allowed on `*`, which singles out no object\nexempted until 2999-12-31: known (SEC-7)",
    );
  });
  it("hold on their last day, and not on the next", () => {
    const [finding] = findings({});
    assert.ok(finding);
    const exemption = holding({ resource: "train", expires: "2026-03-31" });
    const on = (today: string): Finding => new Exemptions([exemption], today).applied(finding);
    assert.equal(on("2026-03-31").level, "advisory");
    assert.equal(on("2026-04-01").level, "mandatory");
    assert.equal(on("2026-04-01").message, `${finding.message}; its exemption expired on 2026-03-31`);
  });
  it("that hold win over those that have expired", () => {
    const expired = holding({ resource: "train", expires: "2000-01-01" });
    const found = findings({ exemptions: [expired, holding({ resource: "train" })] });
    assert.deepEqual(
      found.map(({ level, message }) => [level, message.includes("expired")]),
      [["advisory", false]],
    );
  });
  it("say which of them nothing needs, of those whose resources are here, and which have expired", () => {
    const [finding] = findings({});
    assert.ok(finding);
    const own = new Exemptions(
      [
        holding({ resource: "train" }),
        holding({ resource: "train", path: "Id" }),
        holding({ resource: "elsewhere" }),
        holding({ resource: "elsewhere", expires: "2025-12-31" }),
        holding({ resource: "train", expires: "2025-12-31" }),
      ],
      "2026-01-01",
    );
    own.applied(finding);
    const expired = { index: 3, message: "expired on 2025-12-31 and exempts nothing; remove it" };
    const last = { ...expired, index: 4 };
    assert.deepEqual(own.idle([RESOURCE], "this stack"), [
      {
        index: 1,
        message: "is needed by no finding of this stack; remove it, or limit it to what needs it",
      },
      expired,
      last,
    ]);
    own.noteUnknown();
    assert.deepEqual(own.idle([RESOURCE], "this stack"), [expired, last]);
  });
  it("can be about a document that is not known yet", () => {
    const { rules: configured } = readConfiguration(rules, {
      all: "disabled",
      [RULE]: {
        enforcementLevel: "mandatory",
        onUnknown: "fail",
        exemptions: [holding({ resource: "train" })],
      },
    });
    const document = { subject: RESOURCE, kind: "identity", reading: parseDocument(UNKNOWN) } as const;
    assert.deepEqual(
      evaluate(configured, [document], readableDocument).map(({ level, exemption }) => [
        level,
        exemption?.reason,
      ]),
      [["advisory", "known"]],
    );
  });

  const wrong: readonly (readonly [unknown, readonly string[]])[] = [
    [{}, ["expected a list of exemptions, each an object of strings"]],
    [["x"], ["expected a list of exemptions, each an object of strings"]],
    [
      [{ resource: "x", reason: "r", expires: 7 }],
      ["expected a list of exemptions, each an object of strings"],
    ],
    [[{ resource: "x", reason: "r", expires: "2027-01-01" }], []],
    [
      [{ resouce: "x", reason: " ", expires: "2027-02-30" }],
      [
        "exemption 0: there is no `resouce`; did you mean `resource`?",
        "exemption 0: expected `urn` or `resource`",
        "exemption 0: expected a `reason`",
        "exemption 0: expected `expires` as a day such as `2027-03-31`",
      ],
    ],
    [[{ resource: "x", reason: "r" }], ["exemption 0: expected `expires` as a day such as `2027-03-31`"]],
  ];
  for (const [given, expected] of wrong)
    it(`are read strictly: ${JSON.stringify(given)}`, () => {
      assert.deepEqual(
        problemsOf(given),
        expected.map((problem) => `\`${RULE}.exemptions\`: ${problem}`),
      );
    });
  it("exempt nothing where one of them is wrong", () => {
    const { rules: configured } = readConfiguration(rules, {
      [RULE]: { exemptions: [holding({ resource: "train" }), {}] },
    });
    assert.deepEqual(configured.find(({ rule }) => rule.id === RULE)?.options["exemptions"], []);
  });
});
