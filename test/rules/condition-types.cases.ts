import { GUARDRAIL } from "../../policypack/catalogue";
import { conditionTypes } from "../../policypack/rules/condition-types";
import { allow, CLEAN, deny, type RuleCases } from "./cases";

const BUCKET = "arn:aws:s3:::example-bucket";
const OBJECTS = `${BUCKET}/*`;
const when = (condition: object): object => ({ Condition: condition });

export const cases: RuleCases = {
  rule: conditionTypes,
  valid: [
    {
      name: "operators of their keys",
      document: [
        allow(
          "s3:GetObject",
          OBJECTS,
          when({
            Bool: { "aws:SecureTransport": true },
            IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] },
            DateLessThan: { "aws:CurrentTime": "2026-01-31T12:00:00Z", "aws:EpochTime": "1767225600" },
            NumericLessThan: { "aws:MultiFactorAuthAge": 3600, "aws:EpochTime": "1767225600" },
          }),
        ),
      ],
    },
    {
      name: "a text compared as an ARN, and an ARN as a text",
      document: [
        allow(
          "s3:GetObject",
          OBJECTS,
          when({
            ArnLike: { "aws:PrincipalTag/owner": "arn:aws:iam::123456789012:role/x" },
            StringEquals: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/x" },
          }),
        ),
      ],
    },
    {
      name: "the age of an archive, verbatim from AWS: vault-lock-policy.html",
      kind: "resource",
      document: [
        {
          Sid: "deny-based-on-archive-age",
          Principal: "*",
          Effect: "Deny",
          Action: "glacier:DeleteArchive",
          Resource: ["arn:aws:glacier:us-west-2:123456789012:vaults/examplevault"],
          Condition: { NumericLessThan: { "glacier:ArchiveAgeInDays": "365" } },
        },
      ],
    },
    {
      name: "StringLike on an ARN without a wildcard",
      document: [
        allow(
          "s3:GetObject",
          OBJECTS,
          when({ StringLike: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/x${*}" } }),
        ),
      ],
    },
    {
      name: "a guardrail, as another rule says to ask for it",
      document: [
        allow(
          "bedrock:InvokeModel",
          "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",
          when(GUARDRAIL.write),
        ),
      ],
    },
    {
      name: "a wildcard for ArnEquals, and one that is a character",
      document: [
        allow(
          "s3:GetObject",
          OBJECTS,
          when({ ArnEquals: { "aws:SourceArn": "arn:aws:s3:::a*" }, StringEquals: { "s3:prefix": "${*}" } }),
        ),
      ],
    },
    {
      name: "any value of a key that need not be there",
      document: [
        allow(
          "s3:GetObject",
          OBJECTS,
          when({
            StringLikeIfExists: { "aws:PrincipalTag/a": "*" },
            "ForAllValues:StringLike": { "aws:TagKeys": "*" },
          }),
        ),
      ],
    },
    {
      name: "Null",
      document: [allow("s3:GetObject", OBJECTS, when({ Null: { "aws:SourceArn": "false" } }))],
    },
    {
      name: "a key that is not known",
      document: [allow("s3:GetObject", OBJECTS, when({ NumericEquals: { "newservice:size": "1" } }))],
    },
    {
      name: "nothing but a text for a variable in a document of 2008",
      document: {
        Version: "2008-10-17",
        Statement: allow(
          "s3:GetObject",
          OBJECTS,
          when({ StringEquals: { "aws:username": "${aws:username}" } }),
        ),
      },
    },
  ],
  invalid: [
    {
      name: "a value of Null that is neither true nor false",
      document: [allow("s3:GetObject", OBJECTS, when({ Null: { "aws:PrincipalOrgID": ["true", "maybe"] } }))],
      violations: [
        {
          message: "not-boolean",
          path: "Statement[0].Condition.Null.aws:PrincipalOrgID[1]",
          data: { value: "maybe" },
        },
      ],
    },
    {
      name: "bits behind a mask, of both versions of addresses",
      document: [
        allow(
          "s3:GetObject",
          OBJECTS,
          when({
            IpAddress: {
              "aws:SourceIp": ["203.0.113.7/24", "203.0.113.0/24", "2001:db8::1/32", "2001:db8::/32"],
            },
          }),
        ),
      ],
      violations: [
        {
          message: "host-bits",
          path: "Statement[0].Condition.IpAddress.aws:SourceIp[0]",
          data: { value: "203.0.113.7/24", range: "203.0.113.0/24" },
        },
        {
          message: "host-bits",
          path: "Statement[0].Condition.IpAddress.aws:SourceIp[2]",
          data: { range: "2001:db8::/32" },
        },
      ],
    },
    {
      name: "numbers and texts in one list",
      document: [
        allow("s3:GetObject", OBJECTS, when({ StringEquals: { "aws:PrincipalTag/x": ["a", 1, true] } })),
      ],
      violations: [
        {
          message: "mixed-types",
          path: "Statement[0].Condition.StringEquals.aws:PrincipalTag/x",
          data: { types: ["string", "number", "boolean"] },
        },
      ],
    },
    {
      name: "an operator of another type after a clean statement",
      document: [
        CLEAN,
        allow("s3:GetObject", OBJECTS, when({ StringEquals: { "aws:SecureTransport": "true" } })),
      ],
      violations: [
        {
          message: "operator",
          path: "Statement[1].Condition.StringEquals.aws:SecureTransport",
          data: { type: "Bool" },
        },
      ],
    },
    {
      name: "StringNotLike on an ARN, IfExists, in a Deny",
      document: {
        Version: "2012-10-17",
        Statement: deny(
          "s3:*",
          "*",
          when({ StringNotLikeIfExists: { "aws:PrincipalArn": "arn:aws:iam::*:role/x" } }),
        ),
      },
      violations: [
        { message: "string-like-arn", path: "Statement.Condition.StringNotLikeIfExists.aws:PrincipalArn" },
      ],
    },
    {
      name: "values of other types",
      document: [
        allow(
          "s3:GetObject",
          OBJECTS,
          when({
            Bool: { "aws:SecureTransport": "yes" },
            DateLessThan: { "aws:CurrentTime": "31.01.2026" },
            IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "home"] },
            NumericLessThan: { "aws:MultiFactorAuthAge": "1h" },
            BinaryEquals: { "newservice:blob": "%" },
          }),
        ),
      ],
      violations: [
        { message: "not-boolean", path: "Statement[0].Condition.Bool.aws:SecureTransport" },
        { message: "not-date", path: "Statement[0].Condition.DateLessThan.aws:CurrentTime" },
        {
          message: "not-address",
          path: "Statement[0].Condition.IpAddress.aws:SourceIp[1]",
          data: { value: "home" },
        },
        { message: "not-number", path: "Statement[0].Condition.NumericLessThan.aws:MultiFactorAuthAge" },
        { message: "not-base64", path: "Statement[0].Condition.BinaryEquals.newservice:blob" },
      ],
    },
    {
      name: "both booleans",
      document: [
        allow("s3:GetObject", OBJECTS, when({ Bool: { "aws:SecureTransport": ["true", "FALSE"] } })),
      ],
      violations: [{ message: "several-booleans", path: "Statement[0].Condition.Bool.aws:SecureTransport" }],
    },
    {
      name: "a wildcard that is none",
      document: [allow("s3:ListBucket", BUCKET, when({ StringEquals: { "s3:prefix": ["a", "a/*", "b?"] } }))],
      violations: [
        { message: "literal-wildcard", path: "Statement[0].Condition.StringEquals.s3:prefix[1]" },
        { message: "literal-wildcard", path: "Statement[0].Condition.StringEquals.s3:prefix[2]" },
      ],
    },
    {
      name: "any value",
      document: [
        allow(
          "s3:GetObject",
          OBJECTS,
          when({
            StringLike: { "aws:PrincipalTag/a": "*" },
            "ForAnyValue:StringLike": { "aws:TagKeys": ["*"] },
          }),
        ),
      ],
      violations: [
        { message: "any-value", path: "Statement[0].Condition.StringLike.aws:PrincipalTag/a" },
        { message: "any-value", path: "Statement[0].Condition.ForAnyValue:StringLike.aws:TagKeys[0]" },
      ],
    },
    {
      name: "Null of a set",
      document: [allow("s3:GetObject", OBJECTS, when({ "ForAnyValue:Null": { "aws:TagKeys": "true" } }))],
      violations: [
        { message: "null-with-qualifier", path: "Statement[0].Condition.ForAnyValue:Null.aws:TagKeys" },
      ],
    },
    {
      name: "a variable for a number",
      document: [
        allow(
          "s3:GetObject",
          OBJECTS,
          when({ NumericLessThan: { "aws:MultiFactorAuthAge": "${aws:PrincipalTag/age}" } }),
        ),
      ],
      violations: [
        { message: "variable", path: "Statement[0].Condition.NumericLessThan.aws:MultiFactorAuthAge" },
      ],
    },
  ],
};
