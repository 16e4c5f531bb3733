import assert from "node:assert/strict";
import fc from "fast-check";
import { type JsonObject, parseDocument, UNKNOWN } from "../../policypack/iam";
import { canonical, minified } from "../../policypack/iam/language/print";
import { leastSizeOf, sizeOf } from "../../policypack/iam/language/size";
import { positionOf } from "../../policypack/iam/language/position";

const messy: JsonObject = {
  Statement: {
    Resource: "arn:aws:s3:::data/*",
    Condition: {
      StringLike: { "s3:prefix": ["b", "a", "b"], "aws:x": "1" },
      Bool: { "aws:SecureTransport": true },
    },
    Action: ["s3:PutObject", "s3:GetObject", "s3:PutObject"],
    Effect: "Allow",
    Sid: "One",
  },
  Version: "2012-10-17",
};

describe("iam/print", () => {
  it("prints a document as short as can be", () => {
    assert.equal(
      minified({ Version: "2012-10-17", Statement: [] }),
      '{"Version":"2012-10-17","Statement":[]}',
    );
    assert.equal(minified({ Id: UNKNOWN, Statement: [] }), '{"Statement":[]}');
  });
  it("prints the canonical form: order, lists, repetitions, keys", () => {
    assert.equal(
      minified(canonical(messy)),
      '{"Version":"2012-10-17","Statement":[{"Sid":"One","Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],' +
        '"Resource":["arn:aws:s3:::data/*"],"Condition":{"Bool":{"aws:SecureTransport":[true]},' +
        '"StringLike":{"aws:x":["1"],"s3:prefix":["a","b"]}}}]}',
    );
  });
  it("keeps what it does not understand", () => {
    assert.deepEqual(canonical({ Statement: [7, { Action: [1, "b", "a"], Other: [2, 1] }], Else: null }), {
      Statement: [7, { Action: ["a", "b", 1], Other: [2, 1] }],
      Else: null,
    });
    assert.deepEqual(canonical({ Id: "x" }), { Id: "x" });
    assert.deepEqual(canonical({ Statement: { Principal: { AWS: ["b", "a"], Service: "s" } } }), {
      Statement: [{ Principal: { AWS: ["a", "b"], Service: ["s"] } }],
    });
    assert.deepEqual(canonical({ Statement: { Principal: "*", Condition: "x" } }), {
      Statement: [{ Principal: "*", Condition: "x" }],
    });
  });
  it("is stable, and reads as before", () => {
    const texts = fc.array(fc.constantFrom("s3:GetObject", "s3:*", "a:b"), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(texts, texts, (actions, others) => {
        const document = {
          Statement: [
            { Effect: "Allow", Action: actions, Resource: "*" },
            { NotAction: others, Resource: ["*"], Effect: "Deny" },
          ],
        };
        const once = canonical(document);
        assert.equal(minified(canonical(once)), minified(once));
        const entries = (of: JsonObject): unknown =>
          parseDocument(of).document.statements.map(({ effect, actions: { negated, entries: found } }) => [
            effect,
            negated,
            [...new Set(found.map(({ text }) => text))].sort(),
          ]);
        assert.deepEqual(entries(once), entries(document));
      }),
    );
  });
  it("counts what AWS counts", () => {
    assert.equal(sizeOf(' {\n\t"Id" : "a b"\r\n}'), 11);
    assert.equal(sizeOf(JSON.stringify(messy, undefined, 4)), sizeOf(minified(messy)));
    assert.equal(
      leastSizeOf({ Id: UNKNOWN, Statement: ["a", UNKNOWN] }),
      '{"Id":1,"Statement":["a",1]}'.length,
    );
  });
});

describe("iam/position", () => {
  const text = [
    "{",
    '  "Statement": [',
    "    {},",
    '    { "Condition": { "StringLike": { "a.b": "x", "a": { "b": "y" }, "c[0]": ["z", "w"] } } }',
    "  ],",
    '  "Id": 1, "Id": 2',
    "}",
  ].join("\n");
  const cases: readonly [path: string, value: string][] = [
    ["", text],
    ["Statement", "[\n"],
    ["Statement[0]", "{},"],
    ["Statement[1]", '{ "Condition"'],
    ["Statement[1].Condition.StringLike", '{ "a.b"'],
    ["Statement[1].Condition.StringLike.a.b", '"x"'],
    ["Statement[1].Condition.StringLike.a", '{ "b": "y" }'],
    ["Statement[1].Condition.StringLike.c[0]", '["z"'],
    ["Statement[1].Condition.StringLike.c[0][1]", '"w"'],
    ["Id", "2"],
  ];
  for (const [path, value] of cases)
    it(`finds ${path === "" ? "the document" : path}`, () => {
      const offset = text.lastIndexOf(value);
      const before = text.slice(0, offset).split("\n");
      assert.deepEqual(positionOf(text, path), {
        offset,
        line: before.length,
        column: (before.at(-1) ?? "").length + 1,
      });
    });
  for (const path of ["Other", "Statement[2]", "Statement.Effect", "Id.x", "Statement[1].Condition.String"])
    it(`finds nothing at ${path}`, () => {
      assert.equal(positionOf(text, path), undefined);
    });
  it("finds nothing in what is not JSON", () => {
    assert.equal(positionOf("", ""), undefined);
  });
  it("counts lines as editors do", () => {
    assert.deepEqual(positionOf('{\r\n"Id":\r7}', "Id"), { offset: 9, line: 3, column: 1 });
  });
});
