import assert from "node:assert/strict";
import fc from "fast-check";
import { KNOWN } from "../../policypack/catalogue";
import {
  contains,
  type Document,
  type Json,
  type JsonObject,
  normalForm,
  normalised,
  parseDocument,
  type PolicyType,
  type Reading,
} from "../../policypack/iam";
import { applies, decide } from "../../policypack/iam/evaluation/evaluate";
import type { Request } from "../../policypack/iam/language/request";
import { allow, deny } from "../rules/cases";
import { runs } from "./runs";

const read = (document: Json, type: PolicyType = "identity"): Reading => {
  const reading = parseDocument(document, type);
  assert.deepEqual(reading.problems, []);
  return reading;
};
const documentOf = (statements: readonly object[], version = "2012-10-17"): Document =>
  read({ Version: version, Statement: statements as readonly JsonObject[] }).document;
const normal = (...statements: readonly object[]): unknown =>
  normalised(documentOf(statements), KNOWN)["Statement"];

const TLS = { Condition: { Bool: { "aws:SecureTransport": "true" } } };
const OBJECTS = "arn:aws:s3:::b/*";
const NOTHING = [{ Effect: "Deny", Action: "*", Resource: "*" }];

/** What is written, and what is left of it; `same` where nothing changes. */
const TABLE: readonly (readonly [
  name: string,
  written: readonly object[],
  left: readonly object[] | "same",
])[] = [
  ["one statement", [allow("s3:GetObject", OBJECTS)], "same"],
  [
    "entries that another one covers",
    [allow(["s3:GetObject", "s3:Get*", "S3:get*"], [OBJECTS, "arn:aws:s3:::b/x", OBJECTS])],
    [allow("s3:Get*", OBJECTS)],
  ],
  ["entries that only overlap", [allow(["s3:Get*", "s3:*Object"], OBJECTS)], "same"],
  [
    "actions that are denied",
    [allow(["s3:GetObject", "s3:PutObject"], OBJECTS), deny("s3:Put*", "*")],
    [allow("s3:GetObject", OBJECTS)],
  ],
  [
    "resources that are denied",
    [allow("s3:GetObject", [OBJECTS, "arn:aws:s3:::c/*"]), deny("*", "arn:aws:s3:::c/*")],
    [allow("s3:GetObject", OBJECTS)],
  ],
  [
    "actions that several denials take away together",
    [
      allow(["s3:GetObject", "s3:PutObject"], OBJECTS),
      deny("s3:GetObject", "*"),
      deny("s3:PutObject", "arn:aws:s3:::b/*"),
    ],
    NOTHING,
  ],
  [
    "an action denied on some resources",
    [allow("s3:GetObject", OBJECTS), deny("s3:GetObject", "arn:aws:s3:::b/x")],
    "same",
  ],
  ["a pattern of which some is denied", [allow("s3:*", OBJECTS), deny("s3:DeleteObject", "*")], "same"],
  ["a denial under a condition", [allow("s3:GetObject", OBJECTS), deny("s3:GetObject", "*", TLS)], "same"],
  [
    "a denial under the grant's own condition",
    [allow("s3:GetObject", OBJECTS, TLS), deny("s3:GetObject", "*", TLS), allow("s3:PutObject", OBJECTS)],
    [allow("s3:PutObject", OBJECTS)],
  ],
  [
    "a denial with NotAction",
    [allow(["s3:GetObject", "iam:PassRole"], "*"), { Effect: "Deny", NotAction: "s3:*", Resource: "*" }],
    [allow("s3:GetObject", "*")],
  ],
  [
    "a NotAction that is denied",
    [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }, deny("*", "*")],
    NOTHING,
  ],
  [
    "a NotAction of which some is denied",
    [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }, deny("s3:*", "*")],
    "same",
  ],
  ["a NotAction that leaves nothing", [{ Effect: "Allow", NotAction: "*", Resource: "*" }], NOTHING],
  [
    "a denial of what nothing allows",
    [allow("s3:GetObject", OBJECTS), deny("iam:*", "*")],
    [allow("s3:GetObject", OBJECTS)],
  ],
  [
    "a statement within another",
    [allow("s3:GetObject", "arn:aws:s3:::b/x", TLS), allow("s3:Get*", OBJECTS)],
    [allow("s3:Get*", OBJECTS)],
  ],
  [
    "equal statements",
    [allow("s3:GetObject", OBJECTS), allow("S3:GetObject", OBJECTS)],
    [allow("s3:GetObject", OBJECTS)],
  ],
  [
    "a condition that cannot be met",
    [
      allow("s3:GetObject", OBJECTS, {
        Condition: { StringEquals: { "aws:username": "a" }, StringNotEquals: { "AWS:UserName": "a" } },
      }),
      allow("s3:PutObject", OBJECTS),
    ],
    [allow("s3:PutObject", OBJECTS)],
  ],
  [
    "tests that always hold",
    [
      allow("s3:GetObject", OBJECTS, {
        Condition: { StringLikeIfExists: { "aws:username": "*" }, ...TLS.Condition },
      }),
    ],
    [allow("s3:GetObject", OBJECTS, TLS)],
  ],
  [
    "a condition of nothing but a test that always holds",
    [allow("s3:GetObject", OBJECTS, { Condition: { "ForAllValues:StringLike": { "aws:TagKeys": "*" } } })],
    [allow("s3:GetObject", OBJECTS)],
  ],
  [
    "tests that another one implies",
    [
      allow("s3:GetObject", OBJECTS, {
        Condition: {
          StringEquals: { "aws:username": "a" },
          StringLike: { "aws:username": ["a*", "b"] },
          Null: { "aws:username": "false" },
        },
      }),
    ],
    [allow("s3:GetObject", OBJECTS, { Condition: { StringEquals: { "aws:username": "a" } } })],
  ],
  [
    "what only shows once something else is dropped",
    // The condition of the first always holds, so that the second is within it, so that its own denial denies nothing.
    [
      allow("s3:GetObject", OBJECTS, { Condition: { StringLikeIfExists: { "aws:username": "*" } } }),
      allow("s3:GetObject", "arn:aws:s3:::b/x", TLS),
      deny("s3:PutObject", "*"),
    ],
    [allow("s3:GetObject", OBJECTS)],
  ],
  [
    "a policy variable",
    [allow("s3:GetObject", "arn:aws:s3:::b/${aws:username}/*"), deny("s3:*", "arn:aws:s3:::b/x/*")],
    "same",
  ],
];

describe("iam/normal-form", () => {
  for (const [name, written, left] of TABLE)
    it(`${left === "same" ? "keeps" : "reduces"} ${name}`, () => {
      assert.deepEqual(normal(...written), left === "same" ? written : left);
    });

  it("says why a statement changes nothing, and because of which", () => {
    const { idle, spent } = normalForm(
      documentOf([
        allow("s3:GetObject", OBJECTS),
        allow("s3:GetObject", "arn:aws:s3:::b/x"),
        allow("iam:PassRole", "*"),
        deny("iam:*", "*"),
        deny("ec2:*", "*"),
        allow([], "*"),
        allow("s3:PutObject", "*", { Condition: { StringEquals: { "aws:username": [] } } }),
      ]),
      KNOWN,
    );
    assert.deepEqual(
      idle.map(({ statement, reason, by }) => [statement.path, reason, by.map(({ path }) => path)]),
      [
        ["Statement[1]", "within another", ["Statement[0]"]],
        ["Statement[2]", "denied", ["Statement[3]"]],
        ["Statement[4]", "denies nothing allowed", []],
        ["Statement[5]", "selects nothing", []],
        ["Statement[6]", "never met", []],
      ],
    );
    assert.deepEqual(
      spent.map(({ path }) => path),
      ["Statement[3]"],
    );
  });
  describe("says what denials take away", () => {
    const ALL_BUT_IAM = {
      Effect: "Allow",
      NotAction: "iam:*",
      Resource: ["arn:aws:s3:::b/*", "arn:aws:s3:::c/*"],
    };
    const cases: readonly (readonly [
      name: string,
      statements: readonly object[],
      taken: readonly string[],
      denied: readonly string[],
    ])[] = [
      [
        "of an action",
        [allow(["s3:GetObject", "s3:DeleteObject"], OBJECTS), deny("s3:DeleteObject", "*")],
        ["1 takes s3:DeleteObject"],
        [],
      ],
      [
        "of two actions, each its own",
        [
          allow(["s3:GetObject", "s3:PutObject"], OBJECTS),
          deny("s3:GetObject", OBJECTS),
          deny("s3:PutObject", OBJECTS),
          deny("s3:DeleteObject", OBJECTS),
        ],
        ["1 takes s3:GetObject", "2 takes s3:PutObject"],
        ["1", "2"],
      ],
      [
        "where each would be enough",
        [allow("s3:GetObject", OBJECTS), deny(["s3:GetObject", "s3:Put*"], OBJECTS), deny("s3:Get*", "*")],
        ["1 takes all", "2 takes all"],
        ["1"],
      ],
      [
        "where only both together are enough",
        [
          allow("s3:GetObject", [OBJECTS, "arn:aws:s3:::c/x"]),
          deny("s3:*", "arn:aws:s3:::b/"),
          deny("s3:*", "arn:aws:s3:::b/?*"),
        ],
        ["1 takes arn:aws:s3:::b/* with 2", "2 takes arn:aws:s3:::b/* with 1"],
        [],
      ],
      [
        "of everything but something",
        [
          ALL_BUT_IAM,
          deny("*", "arn:aws:s3:::c/*"),
          { Effect: "Deny", NotAction: "iam:*", Resource: "arn:aws:s3:::b/*" },
        ],
        ["2 takes arn:aws:s3:::b/*", "1 takes arn:aws:s3:::c/*"],
        ["1", "2"],
      ],
      [
        "one after the other",
        [
          allow(["s3:GetObject", "s3:PutObject"], [OBJECTS, "arn:aws:s3:::c/*"]),
          deny("s3:GetObject", "*"),
          deny("s3:PutObject", OBJECTS),
          deny("s3:PutObject", "arn:aws:s3:::c/*"),
        ],
        ["1 takes s3:GetObject", "2 takes arn:aws:s3:::b/*", "3 takes arn:aws:s3:::c/*"],
        ["1", "2", "3"],
      ],
      [
        "of what others have left",
        [
          allow(["s3:GetObject", "s3:PutObject"], OBJECTS),
          deny("s3:GetObject", "*"),
          { Effect: "Deny", NotAction: "s3:GetObject", Resource: "*", Condition: {} },
        ],
        ["1 takes s3:GetObject", "2 takes s3:PutObject"],
        ["1", "2"],
      ],
    ];
    const indexOf = (path: string): string => /\d+/.exec(path)?.[0] ?? path;
    for (const [name, statements, expected, denied] of cases)
      it(name, () => {
        const { taken, idle } = normalForm(documentOf(statements), KNOWN);
        assert.deepEqual(
          taken.map(({ by, together, from, entries }) => {
            assert.equal(from.path, "Statement[0]");
            const what = typeof entries === "string" ? entries : entries.map(({ text }) => text).join();
            const others = together.map(({ path }) => ` with ${indexOf(path)}`).join("");
            return `${indexOf(by.path)} takes ${what}${others}`;
          }),
          expected,
        );
        const why = idle.find(({ reason }) => reason === "denied")?.by ?? [];
        assert.deepEqual(
          why.map(({ path }) => indexOf(path)),
          denied,
        );
      });
  });
  it("tells of a denial what it takes from each grant, and how far it goes", () => {
    const { grants } = normalForm(
      documentOf([
        allow("s3:*", OBJECTS),
        allow("iam:*", "*"),
        deny(["s3:DeleteObject", "ec2:*", "iam:Create*"], ["arn:aws:s3:::b/*", "arn:aws:iam::*:user/*"], TLS),
        { Effect: "Deny", NotAction: "s3:Get*", Resource: "arn:aws:s3:::*" },
      ]),
      KNOWN,
    );
    assert.deepEqual(
      grants.map(({ exceptions }) =>
        exceptions.map(({ statement, actions, resources, every }) => [
          statement.path,
          actions.entries.map(({ text }) => text),
          resources.entries.map(({ text }) => text),
          Object.entries(every).flatMap(([what, all]) => (all ? [what] : [])),
        ]),
      ),
      [
        [
          ["Statement[2]", ["s3:DeleteObject"], ["arn:aws:s3:::b/*"], ["resource", "caller"]],
          ["Statement[3]", ["s3:Get*"], ["arn:aws:s3:::*"], ["resource", "caller", "request"]],
        ],
        [
          ["Statement[2]", ["iam:Create*"], ["arn:aws:s3:::b/*", "arn:aws:iam::*:user/*"], ["caller"]],
          ["Statement[3]", ["s3:Get*"], ["arn:aws:s3:::*"], ["caller", "request"]],
        ],
      ],
    );
  });
  it("keeps callers, and writes no resource of a trust policy", () => {
    const statement = {
      Effect: "Allow",
      Principal: { Service: "ec2.amazonaws.com" },
      Action: ["sts:AssumeRole"],
    };
    assert.deepEqual(normalised(read({ Statement: statement }, "trust").document, KNOWN), {
      Statement: [{ ...statement, Action: "sts:AssumeRole" }],
    });
    const none = { Statement: { ...statement, Principal: { AWS: [] } } };
    assert.deepEqual(normalised(read(none, "trust").document, KNOWN), {
      Statement: [{ Effect: "Deny", Principal: "*", Action: "*" }],
    });
  });

  const ACTIONS = [
    "*",
    "s3:*",
    "s3:Get*",
    "s3:GetObject",
    "s3:PutObject",
    "s3:*Object",
    "iam:PassRole",
    "sagemaker:*",
    "s?:Get*",
  ];
  const RESOURCES = [
    "*",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b/x",
    "arn:aws:s3:::b",
    "arn:aws:s3:::*",
    "arn:aws:s3:::b/${aws:username}/*",
    "arn:aws:iam::*:role/*",
    "arn:*:s3:::?/*",
  ];
  const CONDITIONS: readonly JsonObject[] = [
    { Bool: { "aws:SecureTransport": "true" } },
    { Bool: { "aws:SecureTransport": ["true", "false"] } },
    { BoolIfExists: { "aws:SecureTransport": "false" } },
    { StringEquals: { "aws:username": "a" } },
    { StringEquals: { "aws:username": ["a", "b"] }, StringLike: { "aws:username": "a*" } },
    { StringNotEquals: { "aws:username": "a" } },
    { StringLikeIfExists: { "aws:username": "*" } },
    { StringEquals: { "aws:username": "${aws:PrincipalTag/owner}" } },
    { Null: { "aws:username": "true" } },
    { Null: { "aws:username": "false" }, Bool: { "aws:SecureTransport": "true" } },
    { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } },
    { "ForAnyValue:StringLike": { "aws:TagKeys": "a*" } },
    { NumericLessThan: { "aws:MultiFactorAuthAge": "300" } },
  ];
  const list = (texts: readonly string[]) => fc.subarray([...texts], { minLength: 1, maxLength: 3 });
  const statements = fc
    .record({
      Effect: fc.constantFrom("Allow", "Allow", "Deny"),
      actions: list(ACTIONS),
      notAction: fc.integer({ min: 0, max: 5 }),
      resources: list(RESOURCES),
      notResource: fc.integer({ min: 0, max: 5 }),
      condition: fc.option(fc.constantFrom(...CONDITIONS)),
    })
    // What selects nothing is in the table: a proof says "beyond" of a region whose own emptiness nothing else shows.
    .filter(
      ({ actions, notAction, resources, notResource }) =>
        !(notAction === 0 && actions.includes("*")) && !(notResource === 0 && resources.includes("*")),
    )
    .map(({ Effect, actions, notAction, resources, notResource, condition }) => ({
      Effect,
      [notAction === 0 ? "NotAction" : "Action"]: actions,
      [notResource === 0 ? "NotResource" : "Resource"]: resources,
      ...(condition === null ? {} : { Condition: condition }),
    }));
  const documents = fc
    .record({
      Version: fc.constantFrom("2012-10-17", "2012-10-17", "2008-10-17"),
      Statement: fc.array(statements, { minLength: 1, maxLength: 5 }),
    })
    .map((document) => document as unknown as JsonObject);
  const values = (...choices: readonly string[]) =>
    fc.option(fc.constantFrom(...choices), { nil: undefined });
  const requests = fc
    .record({
      action: fc.constantFrom(
        "s3:GetObject",
        "s3:GetObjectAcl",
        "s3:PutObject",
        "s3:DeleteObject",
        "iam:PassRole",
        "sagemaker:CreateModel",
        "sx:GetA",
      ),
      resource: fc.constantFrom(
        "*",
        "arn:aws:s3:::b/x",
        "arn:aws:s3:::b/a/y",
        "arn:aws:s3:::b",
        "arn:aws:s3:::cc/z",
        "arn:aws:iam::123456789012:role/r",
      ),
      "aws:username": values("a", "b", "ab"),
      "aws:securetransport": values("true", "false"),
      "aws:tagkeys": values("a", "c"),
      "aws:multifactorauthage": values("10", "1000"),
      "aws:principaltag/owner": values("a", "b"),
    })
    .map(({ action, resource, ...keys }): Request => ({
      action,
      resource,
      principal: undefined,
      context: new Map(
        Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [[key, [value]]])),
      ),
    }));

  /** What a document allows by itself: where no Allow can apply, a denial nobody can tell of changes nothing. */
  function whetherAllowed(document: Document, request: Request): "allowed" | "denied" | "unknown" {
    const allows = document.statements.filter(({ effect }) => effect === "Allow");
    if (allows.every((statement) => applies(statement, request) === false)) return "denied";
    const { outcome } = decide([document], request);
    return outcome === "allowed" || outcome === "unknown" ? outcome : "denied";
  }

  it("allows what its source allows, asked request by request", () => {
    fc.assert(
      fc.property(documents, fc.array(requests, { minLength: 20, maxLength: 20 }), (source, asked) => {
        const [before, after] = [read(source), read(normalised(read(source).document, KNOWN))];
        for (const request of asked) {
          const [was, is] = [before, after].map(({ document }) => whetherAllowed(document, request));
          // Where a value is not in the request, what was doubtful may be certain by now.
          if (was !== "unknown") assert.equal(is, was, JSON.stringify([request, ...request.context]));
        }
      }),
      { numRuns: runs(400) },
    );
  });
  it("is proved to be its source, both ways", () => {
    fc.assert(
      fc.property(documents, (source) => {
        const before = read(source);
        const after = read(normalised(before.document, KNOWN));
        for (const [reference, candidate] of [
          [before, after],
          [after, before],
        ] as const) {
          const answer = contains([reference], [candidate], KNOWN);
          const found = answer.verdict === "contained" ? answer.scope : answer.verdict;
          // A policy variable in what a Deny is about can keep a proof from being found, never from being right.
          if (found === "exceeds" || !JSON.stringify(source).includes("${"))
            assert.equal(found, "all-actions", JSON.stringify([candidate.document.statements, answer]));
        }
      }),
      { numRuns: runs(400) },
    );
  });
  it("is its own normal form", () => {
    fc.assert(
      fc.property(documents, (source) => {
        const once = normalised(read(source).document, KNOWN);
        assert.deepEqual(normalised(read(once).document, KNOWN), once);
      }),
      { numRuns: runs(300) },
    );
  });
});
