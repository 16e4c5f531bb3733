import assert from "node:assert/strict";
import fc from "fast-check";
import { matches, parsePattern, type Selection } from "../../policypack/iam";
import { resolved } from "../../policypack/iam/pattern/pattern";
import { budget } from "../../policypack/iam/pattern/region";
import { isSelectionWithin } from "../../policypack/iam/implication/within";
import { runs } from "./runs";

const upTo = (length: number): readonly string[] =>
  length === 0
    ? [""]
    : ["", ...["a", "b", "c"].flatMap((letter) => upTo(length - 1).map((rest) => letter + rest))];
const TEXTS = upTo(6);
const SHORT = upTo(3);

const selection = (entries: fc.Arbitrary<string>): fc.Arbitrary<Selection> =>
  fc
    .record({ negated: fc.boolean(), texts: fc.array(entries, { maxLength: 3 }) })
    .map(({ negated, texts }) => ({
      negated,
      path: "",
      partial: false,
      entries: texts.map((text) => ({ text, path: "", pattern: parsePattern(text, true) })),
    }));
const written = (...unit: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.array(fc.constantFrom(...unit), { maxLength: 3 }).map((parts) => parts.join("")),
    },
    { weight: 1, arbitrary: fc.constantFrom("*", "?*", "a*", "b*", "") },
  );

/** Whether a text is selected, when a policy variable stands for a text; a variable that stands for nothing matches none. */
const selects = ({ negated, entries }: Selection, text: string, variable: string | undefined): boolean =>
  entries.some(({ pattern }) => {
    const whole = resolved(pattern, () => variable);
    return whole !== undefined && matches(whole, text);
  }) !== negated;

describe("iam/within: properties", () => {
  describe("isSelectionWithin", () => {
    const plain = selection(written("a", "b", "*", "?"));
    it("agrees with brute force", () => {
      let yes = 0;
      let no = 0;
      fc.assert(
        fc.property(plain, plain, (inner, outer) => {
          const answer = isSelectionWithin(inner, outer, budget());
          const escaping = TEXTS.find(
            (text) => selects(inner, text, undefined) && !selects(outer, text, undefined),
          );
          assert.equal(answer, escaping === undefined, `a text that escapes: ${JSON.stringify(escaping)}`);
          if (answer) yes++;
          else no++;
        }),
        { numRuns: runs(2_000) },
      );
      assert.ok(Math.min(yes, no) / (yes + no) >= 0.15, `${yes} yes, ${no} no`);
    });
    it("holds whatever policy variables stand for", () => {
      let yes = 0;
      let no = 0;
      const open = selection(written("a", "b", "*", "?", "${v}", "${v}"));
      fc.assert(
        fc.property(open, fc.oneof(open, plain), (inner, outer) => {
          const answer = isSelectionWithin(inner, outer, budget());
          if (answer) yes++;
          else no++;
          if (!answer) return;
          for (const variable of [undefined, "", "a", "b", "ab", "c", "*"])
            for (const text of SHORT)
              assert.ok(
                !selects(inner, text, variable) || selects(outer, text, variable),
                JSON.stringify([text, variable]),
              );
        }),
        { numRuns: runs(2_000) },
      );
      assert.ok(Math.min(yes, no) / (yes + no) >= 0.15, `${yes} yes, ${no} no`);
    });
    it("is reflexive", () => {
      fc.assert(
        fc.property(selection(written("a", "*", "?", "${v}")), (one) => {
          // What is left out may be what it is not: a variable may be any text.
          assert.equal(isSelectionWithin(one, one, budget()), true);
        }),
        { numRuns: runs(2_000) },
      );
    });
    it("claims nothing of what could not be read", () => {
      fc.assert(
        fc.property(plain, plain, fc.boolean(), fc.boolean(), (a, b, innerPartial, outerPartial) => {
          const inner = { ...a, partial: innerPartial };
          const outer = { ...b, partial: outerPartial };
          // A list may hold more than could be read, and "everything but" less.
          const isOpen = (innerPartial && !a.negated) || (outerPartial && b.negated);
          assert.equal(
            isSelectionWithin(inner, outer, budget()),
            !isOpen && isSelectionWithin(a, b, budget()),
          );
        }),
        { numRuns: runs(2_000) },
      );
    });
    it("claims nothing when the budget is used up", () => {
      fc.assert(
        fc.property(plain, plain, fc.nat(5), (inner, outer, states) => {
          if (isSelectionWithin(inner, outer, budget(states)))
            assert.equal(isSelectionWithin(inner, outer, budget()), true);
        }),
        { numRuns: runs(2_000) },
      );
    });
  });
});
