import assert from "node:assert/strict";
import { itemsAt, positionInside, positionOf } from "../../policypack/iam";

/** The text from where something was found on: what it is is seen at once. */
const from = (
  text: string,
  found: { readonly offset: number } | undefined,
  length = 6,
): string | undefined => (found === undefined ? undefined : text.slice(found.offset, found.offset + length));

describe("iam/position", () => {
  const TEXT = JSON.stringify({
    list: [
      { a: "first" },
      { "a.b": ["x"], "a[0]": "y", a: { b: ["z"] } },
      3,
      4,
      5,
      6,
      7,
      8,
      9,
      10,
      "eleventh",
    ],
    a: 1,
    "": { "": "nothing" },
  });
  const table: readonly (readonly [path: string, there: string | undefined])[] = [
    ["", '{"list'],
    ["list", '[{"a":'],
    ["list[0]", '{"a":"'],
    ["list[0].a", '"first'],
    ["list[10]", '"eleve'],
    ["list[11]", undefined],
    ["list[a]", undefined],
    ["list.0", undefined],
    ["list[0][0]", undefined],
    ["list[2].a", undefined],
    // Of the members whose names the path can go on with, the longest that leads to its end.
    ["list[1].a.b", '["x"],'],
    ["list[1].a.b[0]", '"x"],"'],
    ["list[1].a[0]", '"y","a'],
    ["list[1].a", '{"b":['],
    ["list[1].ab", undefined],
    ["li", undefined],
    ["a", '1,"":{'],
    ["b", undefined],
  ];
  for (const [path, there] of table)
    it(`${path === "" ? "the document" : path}: ${there ?? "nothing"}`, () => {
      assert.equal(from(TEXT, positionOf(TEXT, path)), there);
    });
  it("takes the last of two members of one name", () => {
    const text = '{"a":1,"a":2}';
    assert.deepEqual(positionOf(text, "a"), { offset: 11, line: 1, column: 12 });
  });
  it("counts lines as editors do", () => {
    const text = '{\n"a":\r\n\r{"b":\n\n  true}}';
    assert.deepEqual(positionOf(text, "a"), { offset: 9, line: 4, column: 1 });
    assert.deepEqual(positionOf(text, "a.b"), { offset: 18, line: 6, column: 3 });
    assert.equal(positionOf("", "a"), undefined);
    assert.equal(positionOf("", ""), undefined);
  });

  describe("within a file", () => {
    const OBJECT = '{"x":{"policy":{"Statement":[{"Sid":"a"}]}}}';
    const STRING = String.raw`{"x":{"policy":"{\"Statement\":[{\"Sid\":\"\u0061\/\",\"Action\":\"s3:*\"}]}"}}`;
    const inside: readonly (readonly [
      text: string,
      property: string,
      path: string,
      there: string | undefined,
    ])[] = [
      [OBJECT, "x.policy", "Statement[0].Sid", '"a"}]}'],
      [OBJECT, "x.policy", "Statement[1]", '{"Stat'],
      [OBJECT, "x.policy", "", '{"Stat'],
      [OBJECT, "x.policy.deeper[3].still", "Statement", '{"Stat'],
      [OBJECT, "x[0]", "Statement", '{"poli'],
      [OBJECT, "y", "Statement", '{"x":{'],
      [OBJECT, "", "x", '{"poli'],
      [STRING, "x.policy", "", String.raw`{\"Sta`],
      [STRING, "x.policy", "Statement", String.raw`[{\"Si`],
      [STRING, "x.policy", "Statement[0].Sid", String.raw`\"\u00`],
      // Behind what is written longer than it is.
      [STRING, "x.policy", "Statement[0].Action", String.raw`\"s3:*`],
      [STRING, "x.policy", "Statement[9]", String.raw`{\"Sta`],
      ['{"x":"no JSON"}', "x", "Statement", "no JSO"],
      ["", "x", "Statement", undefined],
      ["", "", "", undefined],
    ];
    for (const [text, property, path, there] of inside)
      it(`${property}, ${path}: ${there ?? "nothing"} (${text.slice(0, 16)})`, () => {
        assert.equal(from(text, positionInside(text, property, path)), there);
      });
  });

  describe("objects of a list", () => {
    const items = (text: string, ...list: readonly string[]): readonly string[] =>
      itemsAt(text, list).map(({ start, end }) => text.slice(start, end));
    it("stand from their first character to their last", () => {
      const text = '{"no":[{"a":0}],"a":{"list":[ {"b":{"c":1}}, 2, {} ],"other":[{"d":1}]}}';
      assert.deepEqual(items(text, "a", "list"), ['{"b":{"c":1}}', "{}"]);
      assert.deepEqual(items(text, "no"), ['{"a":0}']);
      assert.deepEqual(items(text, "a", "none"), []);
      assert.deepEqual(items(text, "list"), []);
      assert.deepEqual(items('[{"a":1}]'), ['{"a":1}']);
    });
  });
});
