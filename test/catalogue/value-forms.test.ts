import assert from "node:assert/strict";
import { findConditionKey } from "../../policypack/catalogue";
import { VALUE_FORMS, valueFormOf } from "../../policypack/catalogue/value-forms";
import { matches } from "../../policypack/iam";

describe("catalogue/value forms", () => {
  for (const { keys, source } of VALUE_FORMS)
    it(`${keys.join(", ")}: known keys of text, and a source`, () => {
      for (const key of keys) assert.match(findConditionKey(key)?.type ?? "", /^(String|ARN)$/, key);
      assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\/\S+$/);
    });
  const table: readonly (readonly [key: string, value: string, isOfForm: boolean])[] = [
    ["aws:sourceaccount", "123456789012", true],
    ["aws:sourceaccount", "12345678901", false],
    ["aws:principalaccount", "anonymous", true],
    ["aws:principalorgid", "o-a1b2c3d4e5", true],
    ["aws:principalorgid", "O-A1B2C3D4E5", false],
    ["aws:sourcearn", "arn:aws:s3:::example-bucket", true],
    ["aws:sourcearn", "123456789012", false],
    ["aws:requestedregion", "us-gov-west-1", true],
    ["aws:requestedregion", "unspecified", true],
    ["aws:requestedregion", "EU", false],
    ["iam:passedtoservice", "ec2.amazonaws.com.cn", true],
    ["iam:passedtoservice", "telemetry-pipelines.observabilityadmin.amazonaws.com", true],
    ["iam:passedtoservice", "EC2.amazonaws.com", false],
    ["kms:viaservice", "s3.us-east-1.amazonaws.com", true],
    ["sagemaker:taggingaction", "CreateTrainingJob", true],
    ["sagemaker:taggingaction", "sagemaker:CreateTrainingJob", false],
  ];
  for (const [key, value, isOfForm] of table)
    it(`${key} ${value}: ${isOfForm}`, () => {
      assert.equal(
        valueFormOf(key)?.forms.some((form) => matches(form, value)),
        isOfForm,
      );
    });
});
