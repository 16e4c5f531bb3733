import { mfaCondition } from "../../policypack/rules/mfa-condition";
import { allow, CLEAN, deny, type RuleCases } from "./cases";

const BUCKET = "arn:aws:s3:::example-bucket";
const OBJECTS = `${BUCKET}/*`;
const when = (condition: object): object => ({ Condition: condition });

export const cases: RuleCases = {
  rule: mfaCondition,
  valid: [
    {
      name: "an Allow with Bool",
      document: [allow("s3:GetObject", OBJECTS, when({ Bool: { "aws:MultiFactorAuthPresent": true } }))],
    },
    {
      name: "a Deny with BoolIfExists",
      document: [deny("s3:*", "*", when({ BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }))],
    },
    {
      name: "a Deny with Bool beside another test",
      document: [
        deny(
          "s3:*",
          "*",
          when({
            Bool: { "aws:MultiFactorAuthPresent": "false" },
            StringEquals: { "aws:PrincipalType": "User" },
          }),
        ),
      ],
    },
    {
      name: "IfExists beside a test that the key is there",
      document: [
        allow(
          "s3:GetObject",
          OBJECTS,
          when({
            BoolIfExists: { "aws:MultiFactorAuthPresent": "true" },
            Null: { "aws:MultiFactorAuthPresent": "false" },
          }),
        ),
      ],
    },
  ],
  invalid: [
    {
      name: "an Allow with BoolIfExists, after a clean statement",
      document: [
        CLEAN,
        allow("s3:GetObject", OBJECTS, when({ BoolIfExists: { "AWS:multifactorauthpresent": "True" } })),
      ],
      violations: [
        {
          message: "without-key",
          path: "Statement[1].Condition.BoolIfExists.AWS:multifactorauthpresent",
          data: { operator: "BoolIfExists" },
        },
      ],
    },
    {
      name: "an Allow without it",
      document: {
        Version: "2008-10-17",
        Statement: {
          Effect: "Allow",
          NotAction: "iam:*",
          Resource: "*",
          Condition: { Bool: { "aws:MultiFactorAuthPresent": false } },
        },
      },
      violations: [{ message: "without-mfa", path: "Statement.Condition.Bool.aws:MultiFactorAuthPresent" }],
    },
    {
      name: "a Deny with Bool",
      document: [deny("s3:*", "*", when({ Bool: { "aws:MultiFactorAuthPresent": "false" } }))],
      violations: [
        { message: "denies-too-little", path: "Statement[0].Condition.Bool.aws:MultiFactorAuthPresent" },
      ],
    },
  ],
};
