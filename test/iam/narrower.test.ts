import assert from "node:assert/strict";
import { KNOWN } from "../../policypack/catalogue";
import {
  type JsonObject,
  narrowerThan,
  narrowerWithin,
  parseDocument,
  type Reading,
  type Statement,
} from "../../policypack/iam";
import { allow, deny } from "../rules/cases";

const read = (...statements: readonly object[]): readonly Statement[] => {
  const Statement = statements as readonly JsonObject[];
  const { document, problems } = parseDocument({ Version: "2012-10-17", Statement }, "any");
  assert.deepEqual(problems, []);
  return document.statements;
};
const TLS = { Condition: { Bool: { "aws:SecureTransport": "true" } } };
const MFA = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };
const BOTH = { Condition: { Bool: { ...TLS.Condition.Bool, ...MFA.Condition.Bool } } };
const B = "arn:aws:s3:::b/*";

const TABLE: readonly (readonly [
  name: string,
  own: object,
  others: readonly object[],
  narrower: readonly object[],
])[] = [
  ["the same", allow("s3:GetObject", B), [allow("s3:GetObject", B)], [allow("s3:GetObject", B)]],
  ["nothing in common", allow("s3:GetObject", B), [allow("s3:PutObject", B)], []],
  ["no resource in common", allow("s3:GetObject", B), [allow("s3:GetObject", "arn:aws:s3:::c/*")], []],
  [
    "a narrower action and a narrower resource",
    allow("s3:*", "arn:aws:s3:::b/x"),
    [allow(["s3:GetObject", "iam:*"], B)],
    [allow("s3:GetObject", "arn:aws:s3:::b/x")],
  ],
  [
    "several statements on the same resource",
    allow("s3:*", "*"),
    [allow("s3:GetObject", B), allow("s3:PutObject", B), allow("s3:ListBucket", "arn:aws:s3:::b")],
    [allow(["s3:GetObject", "s3:PutObject"], B), allow("s3:ListBucket", "arn:aws:s3:::b")],
  ],
  ["another condition", allow("s3:*", B), [allow("s3:Get*", B, TLS)], [allow("s3:Get*", B, TLS)]],
  ["both conditions", allow("s3:*", B, TLS), [allow("s3:Get*", B, MFA)], [allow("s3:Get*", B, BOTH)]],
  [
    "conditions that one statement cannot hold",
    allow("s3:*", B, { Condition: { StringEquals: { "aws:username": "a" } } }),
    [allow("s3:Get*", B, { Condition: { StringEquals: { "aws:username": "b" } } })],
    [],
  ],
  [
    "an exclusion beside a list",
    { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
    [allow(["iam:PassRole", "s3:GetObject"], B)],
    [allow("s3:GetObject", B)],
  ],
  [
    "a list beside an exclusion",
    allow(["iam:PassRole", "s3:GetObject"], B),
    [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
    [allow("s3:GetObject", B)],
  ],
  [
    "two exclusions",
    { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
    [{ Effect: "Allow", NotAction: "ec2:*", Resource: "*" }],
    [],
  ],
  [
    "a list beside an exclusion of several",
    allow(["iam:PassRole", "s3:GetObject", "ec2:RunInstances"], B),
    [{ Effect: "Allow", NotAction: ["iam:*", "ec2:*"], Resource: "*" }],
    [allow("s3:GetObject", B)],
  ],
  [
    "a list beside an exclusion that reaches into it",
    allow(["s3:*", "sqs:*"], B),
    [{ Effect: "Allow", NotAction: "s3:Put*", Resource: "*" }],
    [allow("sqs:*", B)],
  ],
  [
    "a policy variable beside an exclusion of a name",
    allow("s3:GetObject", "arn:aws:s3:::b/${aws:username}"),
    [{ Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::b/secret" }],
    [],
  ],
  ["one condition twice", allow("s3:*", B, TLS), [allow("s3:Get*", B, TLS)], [allow("s3:Get*", B, TLS)]],
  [
    "two operators",
    allow("s3:*", B, TLS),
    [allow("s3:Get*", B, { Condition: { StringEquals: { "aws:username": "a" } } })],
    [
      allow("s3:Get*", B, {
        Condition: { ...TLS.Condition, StringEquals: { "aws:username": "a" } },
      }),
    ],
  ],
  [
    "a trust policy's statement",
    {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
    },
    [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }],
    [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  ],
  [
    "an exclusion of callers, and of resources",
    {
      Effect: "Allow",
      NotPrincipal: { AWS: "123456789012" },
      Action: "s3:*",
      NotResource: "arn:aws:s3:::c/*",
    },
    [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: B }],
    [{ Effect: "Allow", NotPrincipal: { AWS: "123456789012" }, Action: "s3:GetObject", Resource: B }],
  ],
  [
    "a caller and a name",
    { Sid: "A", Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "s3:*", Resource: B },
    [
      { Effect: "Allow", Principal: "*", Action: "s3:Get*", Resource: B },
      { Effect: "Allow", Principal: "*", Action: "s3:Put*", Resource: "arn:aws:s3:::b/x" },
    ],
    [
      { Sid: "A", Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "s3:Get*", Resource: B },
      {
        Sid: "A2",
        Effect: "Allow",
        Principal: { AWS: "123456789012" },
        Action: "s3:Put*",
        Resource: "arn:aws:s3:::b/x",
      },
    ],
  ],
];

describe("iam/narrower", () => {
  for (const [name, own, others, narrower] of TABLE)
    it(name, () => {
      const [statement, ...rest] = read(own, ...others);
      assert.ok(statement);
      assert.deepEqual(narrowerThan(statement, rest), narrower);
    });

  const document = (Version: string | undefined, ...Statement: readonly object[]): Reading =>
    parseDocument({
      ...(Version === undefined ? {} : { Version }),
      Statement: Statement as readonly JsonObject[],
    });
  const NOW = "2012-10-17";
  const HOME = "arn:aws:s3:::b/${aws:username}/*";
  const TABLE_WITHIN: readonly (readonly [
    name: string,
    reference: Reading,
    candidate: Reading,
    narrower: readonly object[] | undefined,
  ])[] = [
    [
      "is proposed where it is proved",
      document(NOW, allow("s3:GetObject", B)),
      document(NOW, allow("s3:*", "*")),
      [allow("s3:GetObject", B)],
    ],
    [
      "is not where nothing is in common",
      document(NOW, allow("s3:GetObject", B)),
      document(NOW, allow("iam:*", "*")),
      undefined,
    ],
    [
      "is not where the reference denies some of it",
      document(NOW, allow("s3:GetObject", B), deny("s3:*", "arn:aws:s3:::b/secret")),
      document(NOW, allow("s3:*", "*")),
      undefined,
    ],
    [
      "is where the policy denies the same",
      document(NOW, allow("s3:GetObject", B), deny("s3:*", "arn:aws:s3:::b/secret")),
      document(NOW, allow("s3:*", "*"), deny("s3:Get*", "arn:aws:s3:::b/secret")),
      [allow("s3:GetObject", B)],
    ],
    [
      "takes nothing from what the reference denies",
      document(NOW, allow("s3:GetObject", B), deny("s3:PutObject", "*")),
      document(NOW, allow(["s3:GetObject", "s3:PutObject"], B)),
      [allow("s3:GetObject", B)],
    ],
    [
      "keeps variables as variables",
      document(NOW, allow("s3:GetObject", HOME)),
      document(NOW, allow("s3:*", "*")),
      [allow("s3:GetObject", HOME)],
    ],
    // In the first version of the language a variable is just text, and the same in both.
    [
      "keeps text that looks like a variable as text",
      document(undefined, allow("s3:GetObject", HOME)),
      document(undefined, allow("s3:*", "*")),
      [allow("s3:GetObject", HOME)],
    ],
    [
      "is not where text would have to be a variable",
      document(NOW, allow("s3:GetObject", HOME)),
      document(undefined, allow("s3:*", "*")),
      undefined,
    ],
  ];
  describe("narrowerWithin", () => {
    for (const [name, reference, candidate, narrower] of TABLE_WITHIN)
      it(name, () => {
        const [own] = candidate.document.statements;
        assert.ok(own);
        assert.deepEqual(narrowerWithin(own, [reference], [candidate], KNOWN), narrower);
      });
    it("knows no statement of another document", () => {
      const [reference, candidate] = [document(NOW, allow("s3:*", B)), document(NOW, allow("s3:*", "*"))];
      const [own] = document(NOW, allow("s3:*", "*")).document.statements;
      assert.ok(own);
      assert.equal(narrowerWithin(own, [reference], [candidate], KNOWN), undefined);
    });
    it("looks at all documents of both", () => {
      const own = document(NOW, allow("s3:*", "*"));
      const [statement] = own.document.statements;
      assert.ok(statement);
      const reference = [document(NOW, allow("sqs:*", "*")), document(NOW, allow("s3:GetObject", B))];
      const others = [document(NOW, allow("sqs:*", "*")), own, document(NOW, deny("s3:*", "arn:aws:s3:::z"))];
      assert.deepEqual(narrowerWithin(statement, reference, others, KNOWN), [allow("s3:GetObject", B)]);
    });
  });
});
