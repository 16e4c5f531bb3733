import assert from "node:assert/strict";
import { parsePattern, type Pattern, printPattern } from "../../policypack/iam/pattern/pattern";
import { budget, coverage, sampleOf, UNDECIDED } from "../../policypack/iam/pattern/region";

const p = (text: string): Pattern => parsePattern(text, true);
const sample = (all: readonly string[], none: readonly string[]): string | undefined => {
  const found = sampleOf({ all: all.map(p), none: none.map(p) });
  assert.notEqual(found, UNDECIDED);
  return found === undefined || found === UNDECIDED ? undefined : printPattern(found);
};

/** A shortest text that matches all of the first and none of the second; undefined where there is none. */
const SAMPLES: readonly (readonly [
  all: readonly string[],
  none: readonly string[],
  sample: string | undefined,
])[] = [
  [["abc"], [], "abc"],
  [["a*"], [], "a"],
  [["*"], [], ""],
  [["?"], [], "x"],
  [["a*", "*b"], [], "ab"],
  [["a*a"], [], "aa"],
  [["a*", "*a"], [], "a"],
  [["a*", "b*"], [], undefined],
  [["abc", "a*"], [], "abc"],
  [["abc", "b*"], [], undefined],
  [["abc"], ["abc"], undefined],
  [["abc"], ["a*"], undefined],
  [["abc"], ["abd", "b*"], "abc"],
  [["a*"], ["a"], "ax"],
  [["a*"], ["a", "a?"], "axx"],
  [["a*"], ["a", "ax*"], "ay"],
  [["a*"], ["a", "a?*"], undefined],
  [["a*"], ["*a"], "ax"],
  [["*a*"], ["a*", "*a"], "xax"],
  [["?*"], ["x*"], "y"],
  [["*"], ["*"], undefined],
  [["*"], ["?*"], ""],
  [["*b*"], ["*a*", "b"], "xb"],
  [["a?c", "?b?"], ["abd"], "abc"],
  // A policy variable may be any text, and is left standing.
  [["${aws:username}"], [], "${aws:username}"],
  [["${aws:username}/*"], ["${aws:username}/"], "${aws:username}/x"],
  [["${aws:username}"], ["*"], undefined],
  [["${aws:username}"], ["bob"], "${aws:username}"],
  [["${aws:username}", "bob"], [], undefined],
];

/** Whether the patterns together match every text that the target matches. */
const COVERS: readonly (readonly [patterns: readonly string[], target: string, answer: boolean])[] = [
  [["*"], "a", true],
  [["a*"], "a*", true],
  [["a*"], "ab*", true],
  [["ab*"], "a*", false],
  [["a"], "a", true],
  [["a", "a?*"], "a*", true],
  [["a", "a??*"], "a*", false],
  [["*a", "*b"], "*", false],
  [["a*", "*"], "b*", true],
  [["?"], "?", true],
  [["?"], "*", false],
  [[], "a", false],
  [["b*", "c*"], "a*", false],
  [["*b", "*c"], "*a", false],
  [["a*b*"], "a*c*b", true],
  [["a*b*"], "a*c*d", false],
  [["*a*b*", "*b*a*"], "*a*b*a*", true],
  [["${aws:username}*"], "${aws:username}/x", true],
  [["x*"], "${aws:username}", false],
];

/** The same without any work: what is seen at a glance, and undefined for what is not. */
const AT_A_GLANCE: readonly (readonly [
  patterns: readonly string[],
  target: string,
  answer: boolean | undefined,
])[] = [
  [["*"], "a", true],
  [["*"], "*", true],
  [["*"], "", true],
  [["a*"], "a*", true],
  [["a*"], "ab*", true],
  [["a*"], "a?b*", true],
  [["ab*"], "ab", true],
  [["a?*"], "a?", true],
  [["a?*"], "a?b", true],
  [["a*b"], "a*b", true],
  [["a*b*"], "a*bc*", true],
  [["?"], "?", true],
  [["${aws:username}/*"], "${aws:username}/x*", true],
  [["x", "y", "a*"], "ab?", true],
  // One text is matched, and not walked to.
  [["?b"], "ab", true],
  [["a*c", "*b*"], "ab", true],
  [["a??", "?c"], "ab", false],
  // Patterns that begin or end otherwise have nothing to do with it.
  [[], "a*", false],
  [["b*", "c*"], "a*", false],
  [["*b", "*c"], "*a", false],
  [["ab*"], "ac*", false],
  [["${aws:username}*"], "a*", false],
  // Everything else takes a walk.
  [["ab*"], "a*", undefined],
  [["a?*"], "a*", undefined],
  [["a", "a?*"], "a*", undefined],
  [["?*"], "*", undefined],
  [["a*b"], "a*cb", undefined],
  [["*a*"], "*b*a*", undefined],
];

describe("iam/region", () => {
  for (const [patterns, target, answer] of AT_A_GLANCE)
    it(`at a glance: ${patterns.join(", ") || "nothing"} and ${target}`, () => {
      const left = budget(0);
      assert.equal(coverage(patterns.map(p), p(target), left), answer);
      assert.equal(left.left, 0);
    });
  it("at a glance: patterns any two of which have nothing in common", () => {
    const left = budget(0);
    assert.equal(sampleOf({ all: [p("*a*"), p("*x"), p("b*x*y")], none: [] }, left), undefined);
    assert.equal(sampleOf({ all: [p("*a*"), p("*x")], none: [] }, left), UNDECIDED);
  });
  for (const [all, none, expected] of SAMPLES)
    it(`${all.join(" and ")} without ${none.join(", ") || "nothing"}`, () => {
      assert.equal(sample(all, none), expected);
    });
  for (const [patterns, target, answer] of COVERS)
    it(`${patterns.join(", ") || "nothing"} ${answer ? "covers" : "does not cover"} ${target}`, () => {
      assert.equal(coverage(patterns.map(p), p(target)), answer);
    });

  it("says so when the work runs out, and not what it would have found", () => {
    const hard = { all: [p("*a*b*c*d*")], none: [p("*d*c*b*a*"), p("*a*d*")] };
    assert.equal(sampleOf(hard, budget(3)), UNDECIDED);
    assert.equal(coverage([p("*b*a*"), p("*a*b*c*")], p("*a*b*"), budget(3)), undefined);
    assert.notEqual(sampleOf(hard, budget()), UNDECIDED);
  });
  it("takes what it needs of a budget, and no more for the same question", () => {
    const left = budget(10_000);
    const region = { all: [p("*a*b*")], none: [p("*b*a*"), p("ab")] };
    const first = sampleOf(region, left);
    const spent = 10_000 - left.left;
    assert.ok(spent > 0 && spent < 1_000, String(spent));
    assert.equal(sampleOf({ all: [...region.all], none: [...region.none].reverse() }, left), first);
    assert.equal(10_000 - left.left, spent);
  });
  it("remembers that there is nothing", () => {
    const left = budget(10_000);
    const region = { all: [p("a*")], none: [p("a"), p("a?*")] };
    assert.equal(sampleOf(region, left), undefined);
    const { left: after } = left;
    assert.equal(sampleOf(region, left), undefined);
    assert.equal(left.left, after);
  });
});
