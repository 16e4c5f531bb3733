import { SAGEMAKER_SAFEGUARDS } from "../../policypack/catalogue";
import { UNKNOWN } from "../../policypack/iam";
import { sagemakerEncryption } from "../../policypack/rules/sagemaker-encryption";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const JOB = "arn:aws:sagemaker:us-east-1:123456789012:transform-job/app-*";
const TRANSFORM = "sagemaker:CreateTransformJob";
const KEYS = { "sagemaker:VolumeKmsKeyArn": "false", "sagemaker:OutputKmsKeyArn": "false" };
const key = "arn:aws:kms:us-east-1:123456789012:key/abc";
const lacking = (
  names: readonly string[],
  at = "Statement[0].Action",
): { message: string; path: string; data: { keys: readonly string[] } } => ({
  message: "lacking",
  path: at,
  data: { keys: names.map((name) => `sagemaker:${name}`) },
});
const BOTH = [lacking(["VolumeKmsKeyArn", "OutputKmsKeyArn"])];

/** All keys that an action can be asked for, with the actions that have the same. */
const keysOf = (action: string): readonly string[] =>
  SAGEMAKER_SAFEGUARDS.filter(({ actions }) => actions.includes(action)).map((each) => each.key);
const actions = [...new Set(SAGEMAKER_SAFEGUARDS.flatMap((each) => each.actions))];
const groups = [...new Set(actions.map((action) => keysOf(action).join()))].map(
  (keys) => [keys.split(","), actions.filter((action) => keysOf(action).join() === keys)] as const,
);

export const cases: RuleCases = {
  rule: sagemakerEncryption,
  valid: [
    { name: "keys are demanded", document: [allow(TRANSFORM, JOB, { Condition: { Null: KEYS } })] },
    {
      name: "by value, and by the former names",
      document: [
        allow("SageMaker:createtransformjob", JOB, {
          Condition: { ArnEquals: { "sagemaker:VolumeKmsKey": key, "sagemaker:OutputKmsKey": key } },
        }),
      ],
    },
    {
      name: "everything of a training job",
      document: [
        allow("sagemaker:CreateTrainingJob", "arn:aws:sagemaker:us-east-1:123456789012:training-job/app-*", {
          Condition: {
            Null: { ...KEYS, "sagemaker:VpcSubnets": "false" },
            Bool: { "sagemaker:NetworkIsolation": "true" },
          },
        }),
      ],
    },
    {
      name: "denied where a key is missing",
      document: [
        allow(TRANSFORM, JOB),
        deny("sagemaker:Create*", "*", { Condition: { Null: { "sagemaker:VolumeKmsKeyArn": "true" } } }),
        deny("sagemaker:Create*", "*", { Condition: { Null: { "sagemaker:OutputKmsKeyArn": "true" } } }),
      ],
    },
    { name: "other actions", document: [allow(["sagemaker:CreateEndpoint", "sagemaker:Describe*"], "*")] },
    { name: "denied", document: [allow("*", "*"), deny("sagemaker:Create*", "*")] },
    { name: "on what is none", document: [allow("*", "arn:aws:s3:::example-bucket/*")] },
    {
      name: "NotAction that leaves it out",
      document: [{ Effect: "Allow", NotAction: "sagemaker:*", Resource: "*" }],
    },
    {
      name: "a key that is not known yet",
      document: [
        allow(TRANSFORM, JOB, { Condition: { ArnEquals: { "sagemaker:VolumeKmsKeyArn": UNKNOWN } } }),
      ],
    },
    {
      name: "Version 2008",
      document: { Version: "2008-10-17", Statement: allow(TRANSFORM, JOB, { Condition: { Null: KEYS } }) },
    },
  ],
  invalid: [
    {
      name: "no keys, after a clean statement",
      document: [CLEAN, allow(TRANSFORM, JOB)],
      violations: [lacking(["VolumeKmsKeyArn", "OutputKmsKeyArn"], "Statement[1].Action")],
    },
    {
      name: "several actions, each with its own keys",
      document: [
        allow(["sagemaker:CreateModel", "sagemaker:CreateEndpointConfig", "sagemaker:AddTags"], "*", {
          Sid: "Serve",
        }),
      ],
      violations: [lacking(["VolumeKmsKeyArn"]), lacking(["VpcSubnets", "NetworkIsolation"])],
    },
    {
      name: "one of two keys",
      document: [allow(TRANSFORM, JOB, { Condition: { Null: { "sagemaker:VolumeKmsKeyArn": "false" } } })],
      violations: [lacking(["OutputKmsKeyArn"])],
    },
    { name: "another condition", document: [allow(TRANSFORM, JOB, CONDITION)], violations: BOTH },
    {
      name: "IfExists",
      document: [
        allow(TRANSFORM, JOB, {
          Condition: {
            ArnEqualsIfExists: { "sagemaker:VolumeKmsKeyArn": key, "sagemaker:OutputKmsKeyArn": key },
          },
        }),
      ],
      violations: BOTH,
    },
    {
      name: "no isolation",
      document: [
        allow("sagemaker:CreateModel", "*", {
          Condition: {
            Null: { "sagemaker:VpcSubnets": "false" },
            Bool: { "sagemaker:NetworkIsolation": "false" },
          },
        }),
      ],
      violations: [lacking(["NetworkIsolation"])],
    },
    {
      name: "subnets that no request needs to have",
      document: [
        allow("sagemaker:CreateModel", "*", {
          Condition: {
            "ForAllValues:StringEquals": { "sagemaker:VpcSubnets": "subnet-1" },
            Bool: { "sagemaker:NetworkIsolation": "true" },
          },
        }),
      ],
      violations: [lacking(["VpcSubnets"])],
    },
    { name: "a pattern", document: [allow("sagemaker:CreateTransf?rm*", JOB)], violations: BOTH },
    {
      name: "everything, as an object",
      document: { Version: "2012-10-17", Statement: allow("*", "*") },
      violations: groups.map(([keys, actions]) => ({
        message: "lacking",
        path: "Statement.Action",
        data: { keys, actions },
      })),
    },
    {
      name: "NotResource",
      document: [{ Effect: "Allow", Action: TRANSFORM, NotResource: JOB }],
      violations: BOTH,
    },
    {
      name: "a Deny under a condition that leaves some",
      document: [allow(TRANSFORM, JOB), deny(TRANSFORM, "*", CONDITION)],
      violations: BOTH,
    },
  ],
};
