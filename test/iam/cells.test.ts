import assert from "node:assert/strict";
import { budget, parsePattern, printPattern, type Selection } from "../../policypack/iam";
import {
  type Certainty,
  cut,
  type Cut,
  extentOf,
  isListedIn,
  OutOfBudget,
  regionsOf,
  type Work,
} from "../../policypack/iam/containment/cells";

import type { Region } from "../../policypack/iam/pattern/region";

const selection = (...texts: readonly string[]): Selection => ({
  negated: false,
  path: "",
  partial: false,
  entries: texts.map((text) => ({ text, path: "", pattern: parsePattern(text, true) })),
});
const allBut = (...texts: readonly string[]): Selection => ({ ...selection(...texts), negated: true });
const workOf = (steps = 10_000, isByFields = false): Work => ({
  ...budget(steps),
  byFields: isByFields,
  crossed: false,
  mayMatter: () => true,
});
/** `a*&ab* -abc*`: what matches the first two and not the third. */
const printed = ({ all, none }: Region): string =>
  [all.map(printPattern).join("&"), ...none.map((pattern) => `-${printPattern(pattern)}`)].join(" ");
const printedCut = ({ inside, outside }: Cut): readonly [readonly string[], readonly string[]] => [
  inside.map(printed),
  outside.map(printed),
];

const X = "${aws:username}";
const LONG = "arn:a:b:c:d:*";
/** Matches a beginning of LONG only where its star stands for three fields. */
const CROSSING = "arn:a:*:e:f:g:*";

type Row = readonly [
  region: string,
  selection: Selection,
  certainty: Certainty,
  extent: ReturnType<typeof extentOf>,
  inside: readonly string[],
  outside: readonly string[],
];
const TABLE: readonly Row[] = [
  ["a*", selection("b*"), "surely", "none", [], ["a*"]],
  ["a*", selection("*"), "surely", "whole", ["a*"], []],
  ["a*", selection("a*"), "possibly", "whole", ["a*"], []],
  ["a?", selection("b*", "a*"), "surely", "whole", ["a?"], []],
  ["a*", selection("ab*"), "surely", "part", ["a*&ab*"], ["a* -ab*"]],
  ["a*", selection("ab*", "ac*"), "surely", "part", ["a*&ab*", "a*&ac* -ab*"], ["a* -ab* -ac*"]],
  ["a*", selection("ab*", "c*", "abc*"), "surely", "part", ["a*&ab*"], ["a* -ab* -abc*"]],
  // Together they select all of it, which takes a search to tell.
  ["a*", selection("a", "a?*"), "surely", "part", ["a*"], []],
  ["ab", selection("a*"), "surely", "whole", ["ab"], []],
  ["ab", selection("b*", "ab"), "surely", "whole", ["ab"], []],
  ["ab", selection("b*"), "possibly", "none", [], ["ab"]],
  ["a*", selection(), "surely", "none", [], ["a*"]],
  ["a*", allBut("b*"), "surely", "whole", ["a*"], []],
  ["a*", allBut("*"), "surely", "none", [], ["a*"]],
  ["a*", allBut("ab*"), "possibly", "part", ["a* -ab*"], ["a*&ab*"]],
  ["ab", allBut("a*"), "surely", "none", [], ["ab"]],
  ["ab", allBut("b*"), "surely", "whole", ["ab"], []],
  // What a variable may come to be.
  [`a${X}`, selection("a*"), "surely", "whole", [`a${X}`], []],
  [`a${X}`, selection("ab*"), "surely", "none", [], [`a${X}`]],
  [`a${X}`, selection("ab*"), "possibly", "whole", [`a${X}`], []],
  [`a${X}`, selection("b*", "ab*"), "possibly", "whole", [`a${X}`], []],
  [`a${X}`, selection("b*"), "possibly", "none", [], [`a${X}`]],
  ["a*", selection(`ab${X}`), "surely", "part", [`a*&ab${X}`], [`a* -ab${X}`]],
  ["a*", selection(`ab${X}`), "possibly", "whole", ["a*"], []],
  ["a*", allBut(`ab${X}`), "surely", "none", [], ["a*"]],
  ["a*", allBut(`b${X}`), "surely", "none", [], ["a*"]],
  ["a*", allBut(`ab${X}`), "possibly", "whole", ["a*"], []],
  ["a*", allBut(`b${X}`, "*"), "possibly", "none", [], ["a*"]],
  [`a${X}`, allBut("ab*"), "surely", "none", [], [`a${X}`]],
  [`a${X}`, allBut("b*"), "surely", "whole", [`a${X}`], []],
  [`a${X}`, allBut("a*"), "possibly", "none", [], [`a${X}`]],
  [`a${X}`, allBut("ab*"), "possibly", "whole", [`a${X}`], []],
  // A star that stands for several fields is left out where that makes nothing easier to prove.
  [LONG, selection(CROSSING), "surely", "none", [], [LONG]],
  [LONG, selection(CROSSING), "possibly", "part", [`${LONG}&${CROSSING}`], [`${LONG} -${CROSSING}`]],
  [LONG, allBut(CROSSING), "surely", "part", [`${LONG} -${CROSSING}`], [`${LONG}&${CROSSING}`]],
];

const only = (text: string): ReturnType<typeof regionsOf>[number] => {
  const [region] = regionsOf(selection(text));
  assert.ok(region);
  return region;
};
const words = ({ negated, entries }: Selection): string =>
  `${negated ? "all but " : ""}${entries.map(({ text }) => text).join(", ")}`;

describe("iam/cells", () => {
  for (const [region, along, certainty, extent, inside, outside] of TABLE)
    it(`${region} along ${words(along)}, ${certainty}: ${extent}`, () => {
      assert.equal(extentOf(only(region), along, certainty, workOf()), extent);
      assert.deepEqual(printedCut(cut(only(region), along, certainty, workOf())), [inside, outside]);
    });
  it("cuts cells of several patterns, less what is taken out of them", () => {
    const [cell] = cut(only("a*"), selection("*b*"), "surely", workOf()).inside;
    assert.ok(cell);
    const { inside, outside } = cut(cell, selection("*bc*"), "surely", workOf());
    assert.deepEqual([inside.map(printed), outside.map(printed)], [["a*&*b*&*bc*"], ["a*&*b* -*bc*"]]);
    const [rest] = outside;
    assert.ok(rest);
    // What is taken out already is cut no more; what meets but one of its patterns does not meet it.
    assert.deepEqual(printedCut(cut(rest, selection("abc*"), "surely", workOf())), [
      [],
      ["a*&*b* -*bc* -abc*"],
    ]);
    assert.equal(extentOf(cell, selection("c*", "b*"), "surely", workOf()), "none");
    assert.equal(extentOf(cell, selection("a*"), "surely", workOf()), "whole");
  });
  it("says so where it has left out what crosses fields", () => {
    const crossed = (along: Selection, certainty: Certainty, isByFields: boolean): readonly unknown[] => {
      const work = workOf(10_000, isByFields);
      return [extentOf(only(LONG), along, certainty, work), work.crossed];
    };
    assert.deepEqual(crossed(selection(CROSSING), "possibly", true), ["none", true]);
    assert.deepEqual(crossed(allBut(CROSSING), "surely", true), ["whole", true]);
    assert.deepEqual(crossed(selection(CROSSING), "surely", true), ["none", false]);
    assert.deepEqual(crossed(selection(CROSSING), "possibly", false), ["part", false]);
    assert.deepEqual(crossed(selection("arn:a:b:*:d:e"), "possibly", true), ["part", false]);
    assert.deepEqual(crossed(selection("b*"), "possibly", true), ["none", false]);
  });
  it("knows the regions of a selection", () => {
    assert.deepEqual(regionsOf(selection("a*", "b")).map(printed), ["a*", "b"]);
    assert.deepEqual(regionsOf(allBut("a*", "b")).map(printed), ["* -a* -b"]);
    assert.deepEqual(regionsOf(allBut("a", "*")), []);
    assert.deepEqual(
      regionsOf(selection("a*", "b", `c${X}`)).map(({ text, variables }) => [text, variables]),
      [
        [undefined, false],
        ["b", false],
        [undefined, true],
      ],
    );
  });
  it("sees that all texts of a selection stand in another one", () => {
    const listed: readonly (readonly [inner: Selection, outer: Selection, answer: boolean])[] = [
      [selection("a"), selection("b", "a"), true],
      [selection("a", "b"), selection("b", "a"), true],
      [selection("a"), selection("b", "c"), false],
      [selection("a", "b"), selection("a"), false],
      [selection("a*"), selection("a*"), false],
      [selection("a"), allBut("b"), false],
      [allBut("a"), selection("a"), false],
      [allBut("a"), allBut("a"), false],
      [selection(), selection("a"), true],
    ];
    for (const [inner, outer, answer] of listed)
      assert.equal(isListedIn(inner, outer), answer, `${words(inner)} in ${words(outer)}`);
  });
  it("stops where the work is too much", () => {
    for (const steps of [0, 1])
      assert.throws(() => extentOf(only("a*"), selection("ab*"), "surely", workOf(steps)), OutOfBudget);
    assert.equal(extentOf(only("a*"), selection("ab*"), "surely", workOf(2)), "part");
    // A search may run out, too.
    assert.throws(() => cut(only("a*"), selection("*b*c", "*c*b"), "surely", workOf(5)), OutOfBudget);
  });
});
