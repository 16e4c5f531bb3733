import assert from "node:assert/strict";
import { type Containment, contains, parseDocument, type Reading } from "../../policypack/iam";
import { decide } from "../../policypack/iam/evaluate";
import { type ContainmentCase, groups, KNOWN, type Side } from "./containment.cases";

const readingsOf = (side: Side, type: ContainmentCase["type"]): readonly Reading[] =>
  "documents" in side
    ? side.documents.map((document) => parseDocument(document, type ?? "any"))
    : [parseDocument({ Version: "2012-10-17", Statement: side }, type)];

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

  it("has a table that is large enough to be worth something", () => {
    const cases = Object.values(groups).flat();
    assert.ok(cases.length >= 80, `${cases.length}`);
    assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length);
  });
});
