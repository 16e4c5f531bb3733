import assert from "node:assert/strict";
import { overlaps, parsePattern } from "../../policypack/iam";

const long = (letter: string, length = 600): string => letter.repeat(length);

describe("iam/overlap", () => {
  const table: readonly (readonly [a: string, b: string, answer: boolean])[] = [
    ["a*", "*b", true],
    ["a*b", "?", false],
    ["a*b", "a?b*b", true],
    ["a?c", "*b?", true],
    ["a?", "?b*c", false],
    ["*", "?", true],
    ["", "*", true],
    ["", "?", false],
    // Longer than the rows that shorter ones have used before.
    [`${long("a")}*c`, `*${long("a")}?*`, true],
    [`${long("a")}*c`, `a*b${long("a")}*`, true],
    [`*${long("a")}c`, `?${long("a", 599)}c`, true],
    [`?${long("a")}?c`, `*b${long("a", 700)}*`, false],
    ["a*b", "a?b*b", true],
    ["a?", "?b*c", false],
  ];
  for (const [a, b, answer] of table)
    it(`${a.slice(0, 20)} and ${b.slice(0, 20)} ${answer ? "meet" : "do not meet"}`, () => {
      assert.equal(overlaps(parsePattern(a), parsePattern(b)), answer);
      assert.equal(overlaps(parsePattern(b), parsePattern(a)), answer);
    });
});
