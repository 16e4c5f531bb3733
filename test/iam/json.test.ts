import assert from "node:assert/strict";
import { readJson } from "../../policypack/iam/language/json";

const nested = (depth: number, open = "[", close = "]"): string => open.repeat(depth) + close.repeat(depth);

interface Trouble {
  readonly reason: string;
  readonly line: string;
  readonly column: string;
}
const ERRORS: readonly (readonly [name: string, text: string, trouble: Trouble])[] = [
  ["nothing at all", "", { reason: "value expected", line: "1", column: "1" }],
  ["only white space", " \n ", { reason: "value expected", line: "2", column: "2" }],
  ["single quotation marks", "{'a': 1}", { reason: "invalid symbol", line: "1", column: "2" }],
  ["a comma too many", '{\n  "a": 1,\n}', { reason: "property name expected", line: "3", column: "1" }],
  ["a comment", '{\n  // why\n  "a": 1\n}', { reason: "invalid comment token", line: "2", column: "3" }],
  ["a brace missing", '{"a": [1, 2]', { reason: "close brace expected", line: "1", column: "13" }],
  ["two values", "1 2", { reason: "end of file expected", line: "1", column: "3" }],
  ["too deep", nested(201), { reason: "nested more than 200 deep", line: "1", column: "1" }],
  [
    "too deep in objects",
    nested(201, '{"a":', "}"),
    { reason: "nested more than 200 deep", line: "1", column: "1" },
  ],
];

const VALUES: readonly (readonly [text: string, value: unknown])[] = [
  ["null", null],
  ['"a:b"', "a:b"],
  ['{"a": {"b:c": "{[\\":"}, "d": ["e:f", 1, true]}', { a: { "b:c": '{[":' }, d: ["e:f", 1, true] }],
  ['{"a": [{"b": 1}, {"b": 2}]}', { a: [{ b: 1 }, { b: 2 }] }],
  ['{"a\\"": 1, "a\\\\": 2}', { 'a"': 1, "a\\": 2 }],
  ["{}", {}],
];

const TWICE: readonly (readonly [text: string, paths: readonly string[]])[] = [
  ['{"a": 1, "a": 2}', ["a"]],
  ['{"a": 1, "a": 2, "a": 3}', ["a"]],
  ['{"a": 1, "A": 2}', []],
  ['{"a": {"b": 1, "b": 2}, "c": [{"d": 1}, {"d": 1, "e": 2, "d": 3}]}', ["a.b", "c[1].d"]],
  ['[{"a": 1, "a": 2}]', ["[0].a"]],
  ['{"a": 1, "\\u0061": 2}', ["a"]],
  ['{"a": 1, "b": {"a": 1}, "b": 2}', ["b"]],
];

describe("iam/json", () => {
  for (const [name, text, { reason, line, column }] of ERRORS)
    it(`is not JSON: ${name}`, () => {
      const { value, problems } = readJson(text);
      assert.equal(value, undefined);
      assert.deepEqual(problems, [{ code: "not-json", path: "", data: { reason, line, column } }]);
    });
  for (const [text, value] of VALUES)
    it(`reads ${text}`, () => {
      assert.deepEqual(readJson(text), { value, problems: [] });
    });
  for (const [text, paths] of TWICE)
    it(`keys that stand twice: ${text}`, () => {
      const { value, problems } = readJson(text);
      assert.deepEqual(value, JSON.parse(text));
      assert.deepEqual(
        problems,
        paths.map((path) => ({ code: "duplicate-key", path, data: { key: path.replace(/.*\W/, "") } })),
      );
    });
  it("reads what nests as deep as is allowed", () => {
    assert.deepEqual(readJson(nested(200)).problems, []);
    assert.deepEqual(readJson(`"${nested(300)}"`).problems, []);
    assert.deepEqual(readJson(`[${"[],".repeat(300)}[]]`).problems, []);
    assert.deepEqual(readJson(`[${"{},".repeat(300)}{}]`).problems, []);
  });
});
