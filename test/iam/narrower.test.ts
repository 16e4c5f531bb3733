import assert from "node:assert/strict";
import { type JsonObject, narrowerThan, parseDocument, type Statement } from "../../policypack/iam";
import { allow } from "../rules/cases";

const read = (...statements: readonly object[]): readonly Statement[] => {
  const { document, problems } = parseDocument({ Statement: statements as readonly JsonObject[] }, "any");
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
});
