import assert from "node:assert/strict";
import { type JsonObject, nearMiss, type Obstacle, parseDocument } from "../../policypack/iam";
import type { Caller, Request } from "../../policypack/iam/language/request";

const BOB: Caller = { type: "AWS", id: "arn:aws:iam::111122223333:user/bob" };
const REQUEST: Request = {
  action: "s3:GetObject",
  resource: "arn:aws:s3:::bucket/key",
  principal: BOB,
  context: new Map([["aws:username", ["bob"]]]),
};
const NAMED = { StringEquals: { "aws:username": "bob" } };
const OTHER = { StringEquals: { "aws:username": "alice" } };

const allow = (rest: JsonObject): JsonObject => ({ Effect: "Allow", Action: "s3:*", Resource: "*", ...rest });
const deny = (rest: JsonObject): JsonObject => ({ ...allow(rest), Effect: "Deny" });
const principal = (name: string): JsonObject => ({
  Principal: { AWS: `arn:aws:iam::111122223333:user/${name}` },
});

type Row = readonly [
  name: string,
  documents: readonly (readonly JsonObject[])[],
  nearest: readonly [path: string, obstacle: Obstacle, document?: number] | undefined,
  type?: "resource",
];

const ROWS: readonly Row[] = [
  ["no policy at all", [], undefined],
  ["nothing about the action", [[allow({ Action: "ec2:*" }), deny({ Action: "iam:*" })]], undefined],
  ["another resource", [[allow({ Resource: "arn:aws:s3:::other/*" })]], ["Statement[0]", "resource"]],
  ["another caller", [[allow(principal("alice"))]], ["Statement[0]", "caller"], "resource"],
  ["another condition", [[allow({ Condition: OTHER })]], ["Statement[0]", "condition"]],
  [
    "another caller and another condition: the caller comes first",
    [[allow({ ...principal("alice"), Condition: OTHER })]],
    ["Statement[0]", "caller"],
    "resource",
  ],
  [
    "another resource and another caller: the resource comes first",
    [[allow({ ...principal("alice"), Resource: "arn:aws:s3:::other/*" })]],
    ["Statement[0]", "resource"],
    "resource",
  ],
  [
    "the statement that gets furthest, wherever it stands",
    [
      [
        allow({ Resource: "arn:aws:s3:::other/*" }),
        allow({ Condition: OTHER }),
        allow({ Resource: "arn:aws:s3:::third/*" }),
      ],
    ],
    ["Statement[1]", "condition"],
  ],
  [
    "of those that get equally far the first",
    [[allow({ Resource: "arn:aws:s3:::other/*" }), allow({ Resource: "arn:aws:s3:::third/*" })]],
    ["Statement[0]", "resource"],
  ],
  [
    "a statement of the second document",
    [[allow({ Action: "ec2:*" })], [allow({ Action: "iam:*" }), allow({ Condition: OTHER })]],
    ["Statement[1]", "condition", 1],
  ],
  [
    "a denial, however far an Allow gets",
    [[allow({}), deny({ Condition: NAMED })]],
    ["Statement[1]", "denied"],
  ],
  [
    "a denial that does not apply is no obstacle",
    [[deny({ Condition: OTHER }), allow({ Resource: "arn:aws:s3:::other/*" })]],
    ["Statement[1]", "resource"],
  ],
  [
    "a denial of another resource does not come near to allowing anything",
    [[deny({ Resource: "arn:aws:s3:::other/*" })]],
    undefined,
  ],
  [
    "everything but the action",
    [[{ Effect: "Allow", NotAction: "s3:*", Resource: "*" }, allow({ Condition: OTHER })]],
    ["Statement[1]", "condition"],
  ],
  [
    "everything but the resource",
    [[{ Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::bucket/*" }]],
    ["Statement[0]", "resource"],
  ],
];

describe("iam/near-miss", () => {
  for (const [name, documents, nearest, type = "identity"] of ROWS)
    it(name, () => {
      const read = documents.map(
        (statements) => parseDocument({ Version: "2012-10-17", Statement: statements }, type).document,
      );
      const found = nearMiss(read, REQUEST);
      assert.deepEqual(found && [found.statement.path, found.obstacle], nearest && [nearest[0], nearest[1]]);
      if (found !== undefined)
        assert.ok(read[nearest?.[2] ?? 0]?.statements.includes(found.statement), "of another document");
    });
});
