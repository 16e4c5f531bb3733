import assert from "node:assert/strict";
import { KNOWN } from "../../policypack/catalogue";
import { additions, type JsonObject, parseDocument, type Reading } from "../../policypack/iam";
import { allow, deny } from "../rules/cases";

const read = (statements: readonly object[]): Reading => {
  const reading = parseDocument({
    Version: "2012-10-17",
    Statement: statements as readonly JsonObject[],
  });
  assert.deepEqual(reading.problems, []);
  return reading;
};
const [B, C] = ["arn:aws:s3:::bbb/*", "arn:aws:s3:::ccc/*"];
const TLS = { Condition: { Bool: { "aws:SecureTransport": "true" } } };

/** Each part: where, which actions, which resources, the verdict, and whether some of it was allowed before. */
type Part = readonly [path: string, actions: string, resources: string, verdict: string, partly?: "partly"];
const TABLE: readonly (readonly [
  name: string,
  before: readonly object[],
  after: readonly object[],
  found: readonly Part[],
])[] = [
  ["nothing", [allow("s3:*", B)], [allow("s3:Get*", B)], []],
  [
    "one action of a list",
    [allow("s3:GetObject", B)],
    [allow(["s3:GetObject", "s3:PutObject"], B)],
    [["Statement[0]", "s3:PutObject", B, "exceeds"]],
  ],
  [
    "one resource of a list",
    [allow("s3:GetObject", B)],
    [allow("s3:GetObject", [B, C])],
    [["Statement[0]", "s3:GetObject", C, "exceeds"]],
  ],
  [
    "actions on different resources apart, on the same ones together",
    [allow("s3:GetObject", B)],
    [allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], [B, C])],
    [
      ["Statement[0]", "s3:GetObject", C, "exceeds"],
      ["Statement[0]", "s3:PutObject s3:DeleteObject", `${B} ${C}`, "exceeds"],
    ],
  ],
  [
    "a condition that is gone",
    [allow("s3:GetObject", B, TLS)],
    [allow("s3:GetObject", B)],
    [["Statement[0]", "s3:GetObject", B, "exceeds", "partly"]],
  ],
  [
    "a denial that is gone",
    [allow("s3:*", B), deny("s3:DeleteObject", B)],
    [allow("s3:*", B)],
    [["Statement[0]", "s3:*", B, "exceeds", "partly"]],
  ],
  [
    "what the new document denies itself",
    [allow("s3:GetObject", B)],
    [
      allow("s3:*", B),
      deny("s3:P*", "*"),
      { Effect: "Deny", NotAction: ["s3:GetObject", "s3:P*"], Resource: "*" },
    ],
    [],
  ],
  [
    "nothing in a statement that only a denial beside it keeps within",
    [allow("s3:GetObject", B)],
    [
      allow("s3:GetObject", "*"),
      { Effect: "Deny", Action: "s3:GetObject", NotResource: B },
      allow("s3:PutObject", B),
    ],
    [["Statement[2]", "s3:PutObject", B, "exceeds"]],
  ],
  [
    "one statement in two",
    [allow(["s3:GetObject", "s3:PutObject"], B)],
    [allow("s3:PutObject", B), allow("s3:GetObject", B)],
    [],
  ],
  [
    "an exclusion",
    [allow("s3:*", "*")],
    [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
    [["Statement[0]", "iam:*", "*", "exceeds", "partly"]],
  ],
  [
    "what no action that is known can show",
    [allow("s3:GetObject", B)],
    [allow(["s3:GetObject", "s3:Xyz*"], B)],
    [["Statement[0]", "s3:Xyz*", B, "contained"]],
  ],
  [
    "an action that is not known",
    [allow("s3:GetObject", B)],
    [allow(["s3:Xyz", "s3:PutObject"], B)],
    [
      ["Statement[0]", "s3:Xyz", B, "not-proved"],
      ["Statement[0]", "s3:PutObject", B, "exceeds"],
    ],
  ],
];

describe("iam/changes", () => {
  for (const [name, before, after, found] of TABLE)
    it(`finds ${name}`, () => {
      const answer = additions(read(before), read(after), KNOWN);
      assert.deepEqual(
        answer.found.map(({ statement, actions, resources, partly, answer: { verdict } }) => [
          statement.path,
          actions.entries.map(({ text }) => text).join(" "),
          resources.entries.map(({ text }) => text).join(" "),
          verdict,
          ...(partly ? ["partly"] : []),
        ]),
        found,
      );
      assert.deepEqual([answer.nothing, answer.reason], [found.length === 0, undefined]);
    });
  it("says why nothing can be said", () => {
    assert.deepEqual(additions(read([]), read([allow("s3:GetObject", B)]), KNOWN), {
      nothing: false,
      found: [],
      reason: "the reference has no statement",
    });
  });
});
