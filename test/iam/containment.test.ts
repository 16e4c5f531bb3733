import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  budget,
  type Containment,
  contains,
  parseDocument,
  type Reading,
  UNKNOWN,
} from "../../policypack/iam";
import { decide } from "../../policypack/iam/evaluation/evaluate";
import { groups, KNOWN } from "./containment.cases";
import { proofs, readingsOf } from "./proofs";

const shown = (found: Containment): string =>
  JSON.stringify(found, (name, value: unknown) => {
    if (name === "statement") return undefined;
    return value instanceof Map ? Object.fromEntries(value as Map<string, unknown>) : value;
  });

describe("iam/containment", () => {
  for (const [group, cases] of Object.entries(groups))
    describe(group, () => {
      for (const each of cases)
        it(`${each.name}: ${each.verdict}`, () => {
          const reference = readingsOf(each.reference, each.type);
          const candidate = readingsOf(each.candidate, each.type);
          const found = contains(reference, candidate, KNOWN);
          assert.equal(found.verdict, each.verdict, shown(found));
          if (found.verdict === "contained") assert.equal(found.scope, each.scope ?? "all-actions");
          if (each.reason !== undefined) assert.match("reason" in found ? found.reason : "", each.reason);
          if (found.verdict !== "exceeds") return;
          const { counterexample } = found;
          const outcome = (readings: readonly Reading[]): string =>
            decide(
              readings.map(({ document }) => document),
              counterexample,
            ).outcome;
          assert.equal(outcome(candidate), "allowed");
          assert.match(outcome(reference), /denied$/);
          const { context = {}, ...expected } = each.counterexample ?? {};
          for (const [name, value] of Object.entries(expected))
            assert.deepEqual(counterexample[name as keyof typeof expected], value, shown(found));
          for (const [key, values] of Object.entries(context))
            assert.deepEqual(counterexample.context.get(key), values, shown(found));
        });
    });

  it("says what it said before, in as many steps", () => {
    const golden = readFileSync(join(__dirname, "..", "golden", "proofs.txt"), "utf8");
    assert.deepEqual(proofs().split("\n"), golden.split("\n"));
  });

  describe("what nothing can be said about", () => {
    const ALLOW = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
    const document = (...statements: readonly object[]): string =>
      JSON.stringify({ Version: "2012-10-17", Statement: statements });
    const FINE = parseDocument(document(ALLOW));
    const trust = parseDocument(
      document({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }),
      "trust",
    );
    const ROWS: readonly (readonly [readings: readonly Reading[], reason: string])[] = [
      [[], "has no document"],
      [[parseDocument("{")], "cannot be read"],
      [
        [parseDocument(document(ALLOW, { ...ALLOW, Effect: "Maybe" }))],
        "cannot be read at Statement[1].Effect",
      ],
      [[FINE, parseDocument(UNKNOWN)], "is not known"],
      [
        [parseDocument({ Version: "2012-10-17", Statement: { ...ALLOW, Action: UNKNOWN } })],
        "is not known at Statement.Action",
      ],
      [[parseDocument(document())], "has no statement"],
      [
        [parseDocument(document(ALLOW, { ...ALLOW, Action: [] }))],
        "has an empty list or condition at Statement[1]",
      ],
      [
        [parseDocument(document({ ...ALLOW, Resource: [] }))],
        "has an empty list or condition at Statement[0]",
      ],
      [
        [parseDocument(document({ ...ALLOW, Condition: { StringEquals: { "aws:username": [] } } }))],
        "has an empty list or condition at Statement[0]",
      ],
      [
        [parseDocument(document({ ...ALLOW, Condition: { StringEquals: {} } }))],
        "has an empty list or condition at Statement[0]",
      ],
    ];
    for (const [readings, reason] of ROWS) {
      const doubt = (whose: string): Containment => ({
        verdict: "not-proved",
        reason: `${whose} ${reason}`,
        statement: undefined,
      });
      it(`a policy that ${reason}`, () => {
        assert.deepEqual(contains([FINE], readings, KNOWN), doubt("the policy"));
      });
      it(`a reference that ${reason}`, () => {
        assert.deepEqual(contains(readings, [FINE], KNOWN), doubt("the reference"));
      });
    }
    it("policies of two types", () => {
      assert.deepEqual(contains([FINE], [FINE, trust], KNOWN), {
        verdict: "not-proved",
        reason: "policies of different types cannot be compared: identity and trust",
        statement: undefined,
      });
      assert.equal(contains([trust], [trust], KNOWN).verdict, "contained");
    });
    it("when the work runs out, before the proof or in it", () => {
      const many = parseDocument(
        document(
          ...Array.from({ length: 12 }, (_, index) => ({
            Effect: index % 3 === 0 ? "Deny" : "Allow",
            Action: `s3:*${"abcdefghijkl".charAt(index)}*`,
            Resource: `arn:aws:s3:::*${index}*`,
          })),
        ),
      );
      const tooMuch = "this takes more work than a proof may; the patterns are too intertwined";
      for (const effort of [0, -1, 50]) {
        const left = budget(effort);
        const found = contains([many], [parseDocument(document(ALLOW))], KNOWN, left);
        assert.deepEqual("reason" in found ? [found.verdict, found.reason] : found, ["not-proved", tooMuch]);
      }
    });
    it("and the work of several proofs adds up", () => {
      const left = budget(100_000);
      assert.equal(contains([FINE], [FINE], KNOWN, left).verdict, "contained");
      const first = 100_000 - left.left;
      assert.ok(first >= 100 && first < 10_000, String(first));
      assert.equal(contains([FINE], [FINE, FINE], KNOWN, left).verdict, "contained");
      const second = 100_000 - first - left.left;
      assert.ok(second >= 200 && second < 20_000, String(second));
      contains([FINE], [], KNOWN, left);
      assert.equal(left.left, 100_000 - first - second);
    });
  });

  it("has a table that is large enough to be worth something", () => {
    const cases = Object.values(groups).flat();
    assert.ok(cases.length >= 80, `${cases.length}`);
    assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length);
  });
});
