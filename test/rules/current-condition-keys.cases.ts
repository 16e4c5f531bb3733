import { currentConditionKeys } from "../../policypack/rules/current-condition-keys";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const CONFIG = "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/example";
const when = (condition: object): object =>
  allow("sagemaker:CreateEndpointConfig", CONFIG, { Condition: condition });

export const cases: RuleCases = {
  rule: currentConditionKeys,
  valid: [
    { name: "no condition", document: [CLEAN] },
    { name: "a global key", document: [allow("s3:GetObject", "*", CONDITION)] },
    { name: "the current key", document: [when({ ArnEquals: { "sagemaker:VolumeKmsKeyArn": KEY } })] },
    { name: "a key that nobody knows", document: [when({ StringEquals: { "sagemaker:VolumeKey": KEY } })] },
  ],
  invalid: [
    {
      name: "an old key, after a clean statement",
      document: [CLEAN, when({ ArnEquals: { "sagemaker:volumekmskey": KEY }, ...CONDITION.Condition })],
      violations: [
        {
          message: "deprecated",
          path: "Statement[1].Condition.ArnEquals.sagemaker:volumekmskey",
          data: { key: "sagemaker:volumekmskey", replacement: "sagemaker:VolumeKmsKeyArn" },
        },
      ],
    },
    {
      name: "one key in two tests is one mistake",
      document: [
        when({
          Null: { "sagemaker:VolumeKmsKey": "false" },
          ArnLikeIfExists: { "sagemaker:VolumeKmsKey": KEY },
        }),
      ],
      violations: [
        { message: "deprecated", path: "Statement[0].Condition.ArnLikeIfExists.sagemaker:VolumeKmsKey" },
      ],
    },
    {
      name: "two keys, in a statement as an object and a denial",
      document: {
        Version: "2012-10-17",
        Statement: deny("sagemaker:CreateTrainingJob", "*", {
          Condition: { Null: { "sagemaker:VolumeKmsKey": "true", "sagemaker:OutputKmsKey": "true" } },
        }),
      },
      violations: [
        { message: "deprecated", path: "Statement.Condition.Null.sagemaker:VolumeKmsKey" },
        { message: "deprecated", path: "Statement.Condition.Null.sagemaker:OutputKmsKey" },
      ],
    },
    {
      name: "the id of a key, which is no ARN",
      document: [
        when({ StringEquals: { "sagemaker:VolumeKmsKey": "1234abcd-12ab-34cd-56ef-1234567890ab" } }),
      ],
      violations: [
        { message: "deprecated", path: "Statement[0].Condition.StringEquals.sagemaker:VolumeKmsKey" },
      ],
    },
    {
      name: "both names under one operator",
      document: [when({ ArnEquals: { "sagemaker:VolumeKmsKey": KEY, "sagemaker:VolumeKmsKeyArn": KEY } })],
      violations: [
        { message: "deprecated", path: "Statement[0].Condition.ArnEquals.sagemaker:VolumeKmsKey" },
      ],
    },
    {
      name: "everything but some, in a boundary",
      kind: "boundary",
      document: [
        {
          Effect: "Allow",
          NotAction: "iam:*",
          NotResource: CONFIG,
          Condition: { StringEquals: { "kms:CustomerMasterKeySpec": "SYMMETRIC_DEFAULT" } },
        },
      ],
      violations: [
        { message: "deprecated", path: "Statement[0].Condition.StringEquals.kms:CustomerMasterKeySpec" },
      ],
    },
  ],
};
