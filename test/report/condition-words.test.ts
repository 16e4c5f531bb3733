import assert from "node:assert/strict";
import { OPERATORS } from "../../policypack/iam/language/operator";
import { type JsonObject, parseDocument } from "../../policypack/iam";
import { conditionWords } from "../../policypack/report/condition-words";

const wordsOf = (condition: JsonObject): readonly string[] => {
  const { document, problems } = parseDocument({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: "*", Resource: "*", Condition: condition },
  });
  assert.deepEqual(problems, []);
  return document.statements.flatMap((statement) => conditionWords(statement.condition));
};

const TABLE: readonly (readonly [
  operator: string,
  key: string,
  values: string | readonly string[],
  words: string,
])[] = [
  [
    "StringEquals",
    "aws:ResourceAccount",
    "123456789012",
    "the account that owns the resource is 123456789012",
  ],
  ["StringEquals", "AWS:resourceaccount", "1", "the account that owns the resource is 1"],
  [
    "StringEquals",
    "aws:SourceAccount",
    ["1", "2"],
    "the account that the calling service acts for is one of 1 or 2",
  ],
  [
    "ArnLike",
    "aws:SourceArn",
    "arn:aws:s3:::b",
    "the resource that the calling service acts for matches `arn:aws:s3:::b`",
  ],
  ["StringEquals", "aws:PrincipalOrgID", "o-1", "the caller's organization is o-1"],
  [
    "StringNotEquals",
    "aws:RequestedRegion",
    ["us-east-1", "eu-west-1"],
    "the region of the request is none of us-east-1 and eu-west-1, or the key is absent",
  ],
  ["Bool", "aws:MultiFactorAuthPresent", "true", "the caller has signed in with MFA"],
  [
    "BoolIfExists",
    "aws:MultiFactorAuthPresent",
    "false",
    "the caller's session says that it is without MFA, or the key is absent",
  ],
  ["Bool", "aws:SecureTransport", "false", "the request is not sent over TLS"],
  ["Bool", "aws:SecureTransport", ["true", "false"], "the use of TLS is one of true or false"],
  ["IpAddress", "aws:SourceIp", "10.0.0.0/8", "the caller's IP address is in `10.0.0.0/8`"],
  [
    "NotIpAddress",
    "aws:SourceIp",
    ["10.0.0.0/8", "::1/128"],
    "the caller's IP address is in none of `10.0.0.0/8` and `::1/128`, or the key is absent",
  ],
  ["StringEquals", "aws:SourceVpc", "vpc-1", "the VPC that the request comes through is vpc-1"],
  ["StringEquals", "aws:SourceVpce", "vpce-1", "the VPC endpoint that the request comes through is vpce-1"],
  [
    "StringEquals",
    "iam:PassedToService",
    "sagemaker.amazonaws.com",
    "the service that receives the role is SageMaker (`sagemaker.amazonaws.com`)",
  ],
  [
    "StringEquals",
    "iam:PassedToService",
    "robomaker.amazonaws.com",
    "the service that receives the role is `robomaker.amazonaws.com`",
  ],
  ["StringLike", "s3:prefix", ["a/", "a/*"], "the prefix that is listed matches one of `a/` or `a/*`"],
  ["StringEquals", "sts:ExternalId", "x-1", "the external id is x-1"],
  ["StringEquals", "aws:PrincipalTag/Team", "a b", "the caller's tag `Team` is `a b`"],
  [
    "StringEquals",
    "aws:ResourceTag/a/b",
    "${aws:PrincipalTag/a}",
    "the resource's tag `a/b` is `${aws:PrincipalTag/a}`",
  ],
  ["StringEquals", "secretsmanager:ResourceTag/x", "1", "the resource's tag `x` is 1"],
  ["Null", "aws:RequestTag/Owner", "false", "`aws:RequestTag/Owner` is present"],
  ["Null", "aws:TagKeys", "true", "`aws:TagKeys` is absent"],
  ["Null", "aws:TagKeys", ["true", "false"], "`aws:TagKeys` is absent and present, which cannot be told"],
  [
    "ForAllValues:StringEquals",
    "aws:TagKeys",
    ["a", "b"],
    "every tag key of the request is one of a or b, or there is none at all",
  ],
  ["ForAnyValue:StringLike", "aws:TagKeys", "a*", "some tag key of the request matches `a*`"],
  [
    "ForAnyValue:StringLikeIfExists",
    "aws:TagKeys",
    "a*",
    "some tag key of the request matches `a*`; AWS leaves open whether an absent key passes",
  ],
  ["ForAllValues:StringNotEquals", "x:y", "a", "every value of `x:y` is not a, or there is none at all"],
  ["ForAnyValue:StringNotEquals", "x:y", "a", "some value of `x:y` is not a"],
  [
    "StringEquals",
    "kms:ViaService",
    "s3.us-east-1.amazonaws.com",
    "the service that the key is used through is S3 in us-east-1 (`s3.us-east-1.amazonaws.com`)",
  ],
  ["StringEquals", "kms:EncryptionContext:aws:s3:arn", "x", "the encryption context's `aws:s3:arn` is x"],
  [
    "StringLike",
    "token.actions.githubusercontent.com:sub",
    "repo:o/*",
    "the subject of the caller's token matches `repo:o/*`",
  ],
  [
    "NumericLessThan",
    "aws:MultiFactorAuthAge",
    "300",
    "the age of the MFA sign-in in seconds is less than 300",
  ],
  [
    "NumericLessThan",
    "aws:MultiFactorAuthAge",
    "soon",
    "the age of the MFA sign-in in seconds is less than soon (a value that cannot be read, so that this cannot be told)",
  ],
  [
    "DateGreaterThanEquals",
    "aws:CurrentTime",
    "2026-01-01T00:00:00Z",
    "the time of the request is at or after `2026-01-01T00:00:00Z`",
  ],
  ["StringEqualsIgnoreCase", "x:y", "a", "`x:y` is a, whatever the case of its letters"],
  ["StringEquals", "x:y", [], "`x:y` is one of an empty list, which nothing is"],
  ["StringNotEquals", "x:y", [], "`x:y` is none of an empty list, or the key is absent"],
  [
    "StringEquals",
    "x:y",
    ["a", "b", "c", "d", "e", "f", "g", "h", "i"],
    "`x:y` is one of a, b, c, d, e, f or 3 more",
  ],
];

describe("report/condition-words", () => {
  for (const [operator, key, values, words] of TABLE)
    it(words, () => {
      assert.deepEqual(wordsOf({ [operator]: { [key]: values } }), [words]);
    });
  it("says of every operator that passes without its key that it does, and of no other", () => {
    for (const operator of OPERATORS.filter((name) => name !== "Null")) {
      const [words = ""] = wordsOf({ [operator]: { "x:y": "1" } });
      assert.equal(words.endsWith(", or the key is absent"), operator.includes("Not"), operator);
      const [optional = ""] = wordsOf({ [`${operator}IfExists`]: { "x:y": "1" } });
      assert.match(optional, /, or the key is absent$/, operator);
      const [open = ""] = wordsOf({ [`ForAnyValue:${operator}IfExists`]: { "x:y": "1" } });
      assert.match(open, /; AWS leaves open whether an absent key passes$/, operator);
    }
  });
  it("does not keep quiet about an operator without keys", () => {
    assert.deepEqual(wordsOf({ StringEquals: {} }), [
      "an operator without keys is met, which cannot be told",
    ]);
  });
});
