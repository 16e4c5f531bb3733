import { satisfiableCondition } from "../../policypack/rules/satisfiable-condition";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const BUCKET = "arn:aws:s3:::example-bucket";
const ROLE = "arn:aws:iam::123456789012:role/app";
const when = (condition: object): object => allow("s3:ListBucket", BUCKET, { Condition: condition });
const passing = (service: string | readonly string[], operator = "StringEquals"): object =>
  allow("iam:PassRole", ROLE, { Condition: { [operator]: { "iam:PassedToService": service } } });
const HARD = Array.from({ length: 38 }, (_, at) => `${"*a?b".repeat(30)}${at}*`);

export const cases: RuleCases = {
  rule: satisfiableCondition,
  valid: [
    { name: "no condition", document: [CLEAN] },
    { name: "one test", document: [allow("s3:GetObject", `${BUCKET}/*`, CONDITION)] },
    { name: "alternatives in a list", document: [when({ StringLike: { "s3:prefix": ["a", "a/*"] } })] },
    {
      name: "tests that meet",
      document: [when({ StringLike: { "s3:prefix": "a*" }, StringNotLike: { "s3:prefix": "ab*" } })],
    },
    {
      name: "tests that an absent key passes",
      document: [
        when({ StringEqualsIfExists: { "s3:prefix": "a" }, StringLikeIfExists: { "s3:prefix": "b*" } }),
      ],
    },
    {
      name: "a key of several values that has both",
      document: [
        when({
          "ForAnyValue:StringEquals": { "aws:TagKeys": "a" },
          "ForAnyValue:StringLike": { "aws:TagKeys": "b*" },
        }),
      ],
    },
    {
      name: "all of no values",
      document: [
        when({
          "ForAllValues:StringEquals": { "aws:TagKeys": "a" },
          "ForAllValues:StringLike": { "aws:TagKeys": "b*" },
        }),
      ],
    },
    {
      name: "a variable that may be the other's value",
      document: [
        when({ StringEquals: { "s3:prefix": "${aws:username}" }, StringLike: { "s3:prefix": "home/*" } }),
      ],
    },
    {
      name: "a range and a number in it",
      document: [when({ NumericLessThan: { "s3:max-keys": 10 }, NumericGreaterThan: { "s3:max-keys": 9 } })],
    },
    {
      name: "ranges of addresses that meet",
      document: [
        when({
          IpAddress: { "aws:SourceIp": "10.0.0.0/8" },
          NotIpAddress: { "aws:SourceIp": "10.1.0.0/16" },
        }),
      ],
    },
    {
      name: "different keys",
      document: [when({ StringEquals: { "s3:prefix": "a", "s3:delimiter": "/" } })],
    },
    {
      name: "a key that must be there, and its value",
      document: [when({ Null: { "s3:prefix": "false" }, StringEquals: { "s3:prefix": "a" } })],
    },
    { name: "a service's full name", document: [passing("sagemaker.amazonaws.com")] },
    { name: "one in another partition", document: [passing("ec2.amazonaws.com.cn")] },
    { name: "one of several", document: [passing(["sagemaker", "bedrock.amazonaws.com"])] },
    { name: "a pattern that a name may match", document: [passing("sagemaker*", "StringLike")] },
    { name: "a variable", document: [passing("${aws:PrincipalTag/service}")] },
    { name: "a test that an absent key passes", document: [passing("sagemaker", "StringEqualsIfExists")] },
    { name: "what is not asked for", document: [passing("sagemaker", "StringNotEquals")] },
    {
      name: "any case",
      document: [when({ StringEqualsIgnoreCase: { "aws:RequestedRegion": "US-EAST-1" } })],
    },
    { name: "a wildcard that is none is another mistake", document: [passing("sage*")] },
    {
      name: "a variable that Version 2008 does not know is another mistake",
      document: {
        Version: "2008-10-17",
        Statement: when({ StringEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } }),
      },
    },
    { name: "a key that may be absent", document: [when({ Null: { "aws:SourceVpce": "true" } })] },
    {
      name: "a key that an anonymous request has not",
      kind: "resource",
      document: [{ ...when({ Null: { "aws:PrincipalArn": "true" } }), Principal: "*" }],
    },
    { name: "the opposite", document: [when({ Null: { "aws:SecureTransport": "false" } })] },
    {
      name: "too hard to decide",
      document: [
        when({
          StringLike: { "s3:prefix": HARD },
          StringNotLike: { "s3:prefix": HARD.map((text) => `?${text}`) },
        }),
      ],
    },
    { name: "no values at all are another mistake", document: [when({ StringEquals: { "s3:prefix": [] } })] },
    {
      name: "everything but some",
      document: [{ Effect: "Allow", NotAction: "s3:*", NotResource: BUCKET, ...CONDITION }],
    },
  ],
  invalid: [
    {
      name: "a VPC that is none, an endpoint in place of one, and a region in capitals",
      document: [
        allow("s3:GetObject", "arn:aws:s3:::b/*", {
          Condition: { StringEquals: { "aws:SourceVpc": "vpce-0123456789abcdef0" } },
        }),
        allow("s3:GetObject", "arn:aws:s3:::b/*", {
          Condition: { StringEquals: { "aws:SourceVpce": ["vpce-1", "vpc-01234567"] } },
        }),
        allow("s3:GetObject", "arn:aws:s3:::b/*", {
          Condition: { StringEquals: { "aws:RequestedRegion": "US-EAST-1" } },
        }),
        allow("s3:GetObject", "arn:aws:s3:::b/*", {
          Condition: { StringLike: { "aws:SourceVpc": "vpc-*" } },
        }),
      ],
      violations: [
        { message: "value", path: "Statement[0].Condition.StringEquals.aws:SourceVpc" },
        { message: "value", path: "Statement[1].Condition.StringEquals.aws:SourceVpce" },
        { message: "value", path: "Statement[2].Condition.StringEquals.aws:RequestedRegion" },
      ],
    },
    {
      name: "alternatives as two tests, after a clean statement",
      document: [CLEAN, when({ StringEquals: { "s3:prefix": "a" }, StringLike: { "S3:Prefix": "a/*" } })],
      violations: [
        {
          message: "contradiction",
          path: "Statement[1].Condition.StringLike.S3:Prefix",
          data: { tests: ["StringEquals", "StringLike"], key: "S3:Prefix", effect: "allowed" },
        },
      ],
    },
    {
      name: "only the tests that contradict are named",
      document: [
        when({
          StringLike: { "s3:prefix": "*" },
          StringEquals: { "s3:prefix": "a" },
          StringNotLike: { "s3:prefix": "a*" },
        }),
      ],
      violations: [
        {
          message: "contradiction",
          path: "Statement[0].Condition.StringNotLike.s3:prefix",
          data: { tests: ["StringEquals", "StringNotLike"] },
        },
      ],
    },
    {
      name: "a value of a key that must not be there",
      document: [when({ Null: { "s3:prefix": true }, StringEquals: { "s3:prefix": "a" } })],
      violations: [{ message: "contradiction", path: "Statement[0].Condition.StringEquals.s3:prefix" }],
    },
    {
      name: "numbers out of range",
      document: [
        when({ NumericLessThan: { "s3:max-keys": 10 }, NumericGreaterThanEquals: { "s3:max-keys": 10 } }),
      ],
      violations: [
        { message: "contradiction", path: "Statement[0].Condition.NumericGreaterThanEquals.s3:max-keys" },
      ],
    },
    {
      name: "addresses apart",
      document: [
        when({
          IpAddress: { "aws:SourceIp": "10.1.0.0/16" },
          NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" },
        }),
      ],
      violations: [{ message: "contradiction", path: "Statement[0].Condition.NotIpAddress.aws:SourceIp" }],
    },
    {
      name: "a time that is over before it begins, in a denial",
      document: [
        deny("s3:*", "*", {
          Condition: {
            DateLessThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
            DateGreaterThan: { "aws:CurrentTime": "2026-06-01T00:00:00Z" },
          },
        }),
      ],
      violations: [
        {
          message: "contradiction",
          path: "Statement[0].Condition.DateGreaterThan.aws:CurrentTime",
          data: { effect: "denied" },
        },
      ],
    },
    {
      name: "a service's short name",
      document: [passing(["sagemaker", "bedrock"])],
      violations: [
        {
          message: "value",
          path: "Statement[0].Condition.StringEquals.iam:PassedToService",
          data: { values: ["sagemaker", "bedrock"] },
        },
      ],
    },
    {
      name: "a region in capitals, in a statement as an object",
      document: {
        Version: "2012-10-17",
        Statement: when({ StringEquals: { "aws:RequestedRegion": "US-EAST-1" } }),
      },
      violations: [{ message: "value", path: "Statement.Condition.StringEquals.aws:RequestedRegion" }],
    },
    {
      name: "an account with eleven digits, in a trust policy",
      kind: "trust",
      document: [
        {
          Effect: "Allow",
          Principal: { Service: "sagemaker.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringLike: { "aws:SourceAccount": "12345678901" } },
        },
      ],
      violations: [{ message: "value", path: "Statement[0].Condition.StringLike.aws:SourceAccount" }],
    },
    {
      name: "an account where an ARN is",
      document: [when({ StringLike: { "aws:SourceArn": ["123456789012", "12*"] } })],
      violations: [{ message: "value", path: "Statement[0].Condition.StringLike.aws:SourceArn" }],
    },
    {
      name: "a word that is none of the key's",
      document: [
        deny("sagemaker:CreateNotebookInstance", "*", {
          Condition: { StringEquals: { "sagemaker:RootAccess": "enabled" } },
        }),
      ],
      violations: [
        {
          message: "value",
          path: "Statement[0].Condition.StringEquals.sagemaker:RootAccess",
          data: { effect: "denied", form: "one of `Enabled`, `Disabled`" },
        },
      ],
    },
    {
      name: "the absence of what is always there",
      document: [deny("s3:*", "*", { Condition: { Null: { "aws:SecureTransport": "true" } } })],
      violations: [{ message: "always-there", path: "Statement[0].Condition.Null.aws:SecureTransport" }],
    },
    {
      name: "the absence of what every signed request has",
      document: [when({ Null: { "aws:PrincipalArn": "true" } })],
      violations: [{ message: "always-there", path: "Statement[0].Condition.Null.aws:PrincipalArn" }],
    },
  ],
};
