import { knownConditionKeys } from "../../policypack/rules/known-condition-keys";
import { allow, CLEAN, deny, type RuleCases } from "./cases";

const BUCKET = "arn:aws:s3:::example-bucket";
const when = (condition: object): object => ({ Condition: condition });

export const cases: RuleCases = {
  rule: knownConditionKeys,
  valid: [
    {
      name: "keys in any case",
      document: [
        allow(
          "s3:ListBucket",
          BUCKET,
          when({ StringLike: { "S3:Prefix": "a/*", "AWS:PrincipalTag/Team": "x" } }),
        ),
      ],
    },
    {
      name: "a key of an OIDC provider",
      kind: "trust",
      document: [
        {
          Effect: "Allow",
          Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/example.com" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringEquals: { "example.com:custom": "x" } },
        },
      ],
    },
    {
      name: "a key of a service that is not known",
      document: [allow("s3:ListBucket", BUCKET, when({ StringEquals: { "newservice:key": "x" } }))],
    },
  ],
  invalid: [
    {
      name: "a misspelt key of a service after a clean statement",
      document: [CLEAN, allow("s3:ListBucket", BUCKET, when({ StringLikeIfExists: { "s3:prefixes": "x" } }))],
      violations: [
        {
          message: "unknown-key",
          path: "Statement[1].Condition.StringLikeIfExists.s3:prefixes",
          data: { service: "s3" },
        },
      ],
    },
    {
      name: "a misspelt global key in a Deny",
      document: [deny("s3:*", "*", when({ StringNotEquals: { "aws:SourceVpces": "x" } }))],
      violations: [
        { message: "unknown-global-key", path: "Statement[0].Condition.StringNotEquals.aws:SourceVpces" },
      ],
    },
    {
      name: "a key that AWS replaced",
      document: {
        Version: "2008-10-17",
        Statement: allow("s3:ListBucket", BUCKET, when({ ArnLike: { "aws:ARN": "arn:*" } })),
      },
      violations: [{ message: "replaced", path: "Statement.Condition.ArnLike.aws:ARN" }],
    },
    {
      name: "a key without prefix",
      document: [allow("s3:ListBucket", BUCKET, when({ StringLike: { prefix: "x" } }))],
      violations: [{ message: "no-prefix", path: "Statement[0].Condition.StringLike.prefix" }],
    },
    {
      name: "a tag without a name",
      document: [allow("s3:ListBucket", BUCKET, when({ StringEquals: { "aws:PrincipalTag/": "x" } }))],
      violations: [{ message: "no-tag-key", path: "Statement[0].Condition.StringEquals.aws:PrincipalTag/" }],
    },
  ],
};
