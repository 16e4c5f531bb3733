import assert from "node:assert/strict";
import { KNOWN } from "../../policypack/catalogue";
import {
  budget,
  contradictionsOf,
  deniedOf,
  type JsonObject,
  parseDocument,
  type Statement,
} from "../../policypack/iam";
import { allow, deny } from "../rules/cases";

const read = (...statements: readonly object[]): readonly Statement[] => {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const { document, problems } = parseDocument(text, "any");
  assert.deepEqual(problems, []);
  return document.statements;
};

const when = (operator: string, key: string, value: unknown): object => ({
  Condition: { [operator]: { [key]: value } },
});
const TLS = when("Bool", "aws:SecureTransport", "true");
const A = "arn:aws:s3:::a/*";
const B = "arn:aws:s3:::b/*";
const C = "arn:aws:s3:::c/*";

/** `statement by 0`, or `actions s3:GetObject by 0,1`: what is taken away, and the places of the denials that do it. */
type Taken = readonly string[];

const TABLE: readonly (readonly [name: string, allow: object, denials: readonly object[], taken: Taken])[] = [
  ["no denial", allow("s3:GetObject", A), [], []],
  ["the same", allow("s3:GetObject", A), [deny("s3:GetObject", A)], ["statement by 0"]],
  ["everything", allow(["s3:GetObject", "iam:GetRole"], [A, B]), [deny("*", "*")], ["statement by 0"]],
  ["another action", allow("s3:GetObject", A), [deny("s3:PutObject", A)], []],
  ["another resource", allow("s3:GetObject", A), [deny("s3:GetObject", B)], []],
  ["a part of an entry", allow("s3:GetObject", A), [deny("s3:GetObject", "arn:aws:s3:::a/b*")], []],
  [
    "one of two actions",
    allow(["s3:GetObject", "s3:PutObject"], A),
    [deny("s3:Put*", "arn:aws:s3:::*")],
    ["actions s3:PutObject by 0"],
  ],
  [
    "one of two resources",
    allow(["s3:GetObject", "s3:PutObject"], [A, B]),
    [deny("s3:*", B)],
    ["resources arn:aws:s3:::b/* by 0"],
  ],
  [
    "an action and a resource, by a denial each",
    allow(["s3:GetObject", "s3:PutObject"], [A, B]),
    [deny("s3:PutObject", "*"), deny("s3:*", A)],
    ["actions s3:PutObject by 0", "resources arn:aws:s3:::a/* by 1"],
  ],
  [
    "all actions, by denials of one each",
    allow(["s3:GetObject", "s3:PutObject"], A),
    [deny("s3:GetObject", "*"), deny("iam:*", "*"), deny("s3:PutObject", "*")],
    ["statement by 0,2"],
  ],
  [
    "all resources, by denials of one each",
    allow("s3:GetObject", [A, B]),
    [deny("*", A), deny("*", B)],
    ["statement by 0,1"],
  ],
  [
    "a pattern within a wider one, of two that are enough",
    allow("s3:GetObject", "arn:aws:s3:::a?/*"),
    [deny("s3:GetObject", "arn:aws:s3:::a*"), deny("s3:GetObject", "*")],
    ["statement by 0"],
  ],
  [
    "some, and everything but these: nobody looks at the two together",
    allow("s3:GetObject", "*"),
    [deny("s3:GetObject", A), deny("s3:GetObject", undefined, { NotResource: A })],
    [],
  ],
  [
    "the first that is enough by itself is named",
    allow("s3:GetObject", A),
    [deny("s3:PutObject", "*"), deny("s3:*", "*"), deny("*", "*")],
    ["statement by 1"],
  ],
  [
    "one that is enough by itself rather than two that are together",
    allow(["s3:GetObject", "s3:PutObject"], A),
    [deny("s3:GetObject", "*"), deny("s3:PutObject", "*"), deny("s3:*", A)],
    ["statement by 2"],
  ],
  [
    "rather the first than the last of two that say the same",
    allow(["s3:GetObject", "s3:PutObject"], A),
    [deny("s3:GetObject", "*"), deny("s3:PutObject", "*"), deny("s3:GetObject", "*")],
    ["statement by 0,1"],
  ],
  [
    "everything but what is allowed",
    allow("s3:GetObject", A),
    [deny("s3:GetObject", undefined, { NotResource: A })],
    [],
  ],
  [
    "everything but something else",
    allow("s3:GetObject", [A, B]),
    [deny("s3:GetObject", undefined, { NotResource: [B, C] })],
    ["resources arn:aws:s3:::a/* by 0"],
  ],
  [
    "every action but some",
    allow(["s3:GetObject", "iam:GetRole"], "*"),
    [{ Effect: "Deny", NotAction: "iam:*", Resource: "*" }],
    ["actions s3:GetObject by 0"],
  ],
  [
    "of everything but some, everything",
    allow("s3:GetObject", undefined, { NotResource: A }),
    [deny("s3:*", "*")],
    ["statement by 0"],
  ],
  [
    "of everything but some, some",
    allow("s3:GetObject", undefined, { NotResource: A }),
    [deny("s3:*", B)],
    [],
  ],
  [
    "of everything but some, everything but fewer",
    allow("s3:GetObject", undefined, { NotResource: [A, B] }),
    [deny("s3:*", undefined, { NotResource: A })],
    ["statement by 0"],
  ],
  ["a condition that need not be met", allow("s3:GetObject", A), [deny("s3:GetObject", A, TLS)], []],
  [
    "the condition that the grant asks for, too",
    allow("s3:GetObject", A, TLS),
    [deny("s3:GetObject", A, TLS)],
    ["statement by 0"],
  ],
  [
    "a condition of the grant only",
    allow("s3:GetObject", A, TLS),
    [deny("s3:GetObject", A)],
    ["statement by 0"],
  ],
  [
    "everybody, where one is let in",
    { ...allow("s3:GetObject", A), Principal: { AWS: "arn:aws:iam::123456789012:role/app" } },
    [{ ...deny("s3:GetObject", A), Principal: "*" }],
    ["statement by 0"],
  ],
  [
    "one, where everybody is let in",
    { ...allow("s3:GetObject", A), Principal: "*" },
    [{ ...deny("s3:GetObject", A), Principal: { AWS: "arn:aws:iam::123456789012:role/app" } }],
    [],
  ],
];

const words = (statement: Statement, denials: readonly Statement[], steps = 500_000): Taken =>
  deniedOf(statement, denials, KNOWN, budget(steps)).map(({ what, entries, by }) =>
    [
      what,
      ...entries.map(({ text }) => text),
      "by",
      by.map((denial) => String(denials.indexOf(denial))).join(),
    ].join(" "),
  );

describe("iam/denied", () => {
  for (const [name, granting, denying, taken] of TABLE)
    it(name, () => {
      const [statement, ...denials] = read(granting, ...denying);
      assert.ok(statement);
      assert.deepEqual(words(statement, denials), taken);
    });
  it("takes nothing of what is not known yet", () => {
    const [statement, denial] = read(allow(["s3:GetObject", "s3:PutObject"], A), deny("s3:*", "*"));
    assert.ok(statement && denial);
    const partial: Statement = { ...statement, actions: { ...statement.actions, partial: true } };
    // What may be added is denied by `s3:*` only if it is of S3.
    assert.deepEqual(words(partial, [denial]), ["actions s3:GetObject s3:PutObject by 0"]);
    assert.deepEqual(
      words(statement, [{ ...denial, condition: { ...denial.condition, partial: true } }]),
      [],
    );
  });
  it("takes nothing where that takes too much work", () => {
    const [statement, denial] = read(allow("s3:GetObject", A), deny("s3:GetObject", A));
    assert.ok(statement && denial);
    assert.deepEqual(words(statement, [denial], 0), []);
    assert.deepEqual(words(statement, [denial], 100), ["statement by 0"]);
  });
  it("counts what it compares: lists by their pairs, complements by their lengths", () => {
    const spent = (granting: object, denying: object): number => {
      const [statement, ...denials] = read(granting, denying);
      assert.ok(statement);
      const left = budget(100_000);
      deniedOf(statement, denials, KNOWN, left);
      return 100_000 - left.left;
    };
    const many = Array.from({ length: 100 }, (_, index) => `s3:Get${index}`);
    const [few, lists] = [
      spent(allow("s3:GetObject", A), deny("s3:GetObject", B)),
      spent(allow(many, A), deny(many, B)),
    ];
    assert.ok(few < 5, String(few));
    assert.ok(lists >= (100 * 100) / 4, String(lists));
    const complement = spent(allow(many, A), { Effect: "Deny", NotAction: many, Resource: B });
    assert.ok(complement >= lists + 100, String(complement));
  });
});

const CONTRADICTIONS: readonly (readonly [
  name: string,
  condition: object,
  together: readonly (readonly string[])[],
])[] = [
  ["no test", {}, []],
  ["one test that nothing passes", { StringEquals: { "aws:PrincipalTag/a": [] } }, []],
  [
    "two values",
    { StringEquals: { "aws:PrincipalTag/a": "x" }, StringEqualsIgnoreCase: { "aws:PrincipalTag/a": "y" } },
    [["StringEquals", "StringEqualsIgnoreCase"]],
  ],
  [
    "two values of two keys",
    { StringEquals: { "aws:PrincipalTag/a": "x" }, StringLike: { "aws:PrincipalTag/b": "y" } },
    [],
  ],
  [
    "what can be met together",
    { StringEquals: { "aws:PrincipalTag/a": ["x", "y"] }, StringLike: { "aws:PrincipalTag/a": "y*" } },
    [],
  ],
  [
    "the two of three that contradict one another",
    {
      StringEquals: { "aws:PrincipalTag/a": "x" },
      StringLike: { "aws:PrincipalTag/a": "x*" },
      StringNotEquals: { "aws:PrincipalTag/a": "x" },
    },
    [["StringEquals", "StringNotEquals"]],
  ],
  [
    "all three, of which any two can be met",
    {
      StringEquals: { "aws:PrincipalTag/a": ["x", "y"] },
      StringNotEquals: { "aws:PrincipalTag/a": "x" },
      StringNotLike: { "aws:PrincipalTag/a": "y*" },
    },
    [["StringEquals", "StringNotEquals", "StringNotLike"]],
  ],
  [
    "of each key its own",
    {
      StringEquals: { "aws:PrincipalTag/a": "x", "aws:PrincipalTag/b": "x" },
      Null: { "aws:PrincipalTag/a": "true", "aws:PrincipalTag/b": "true" },
    },
    [
      ["StringEquals", "Null"],
      ["StringEquals", "Null"],
    ],
  ],
  [
    "one test that nothing passes beside another",
    { StringEquals: { "aws:PrincipalTag/a": [] }, StringLike: { "aws:PrincipalTag/a": "x" } },
    [],
  ],
];

describe("iam/contradiction", () => {
  for (const [name, Condition, together] of CONTRADICTIONS)
    it(name, () => {
      const { document } = parseDocument(
        { Version: "2012-10-17", Statement: [{ ...allow("s3:GetObject", A), Condition } as JsonObject] },
        "any",
      );
      const [statement] = document.statements;
      assert.ok(statement);
      assert.deepEqual(
        contradictionsOf(statement.condition, KNOWN, budget()).map((tests) =>
          tests.map(({ operator }) => operator.name),
        ),
        together,
      );
    });
});
