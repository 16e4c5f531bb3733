/** What each capability must allow, and what is so near that only a mistake would: decided by the evaluator of requests. */
import * as assert from "node:assert/strict";

import { type Json, parseDocument } from "../../policypack/iam";
import { decide } from "../../policypack/iam/evaluation/evaluate";
import { policyDocument } from "../../stack/grants/documents";
import { CATALOGUE, useOf, workflowOf } from "./every-capability";
import {
  AI_SERVICES,
  type Ask,
  type Asks,
  type Context,
  HERE,
  KEY,
  KEY_ARN,
  GUARDED,
  MODEL,
  notPassed,
  pass,
  via,
} from "./requests";

const OWN: Context = { "aws:ResourceAccount": "123456789012" };
const THEIRS: Context = { "aws:ResourceAccount": "999999999999" };
const JOB: Context = {
  "sagemaker:VpcSubnets": "subnet-0123456789abcdef0",
  "sagemaker:VpcSecurityGroupIds": "sg-0123456789abcdef0",
  "sagemaker:InstanceTypes": "ml.m5.xlarge",
  "sagemaker:NetworkIsolation": "true",
  "sagemaker:InterContainerTrafficEncryption": "true",
  "sagemaker:VolumeKmsKeyArn": KEY_ARN,
  "sagemaker:OutputKmsKeyArn": KEY_ARN,
  "sagemaker:MaxRuntimeInSeconds": "3600",
};
const less = (context: Context, key: string): Context =>
  Object.fromEntries(Object.entries(context).filter(([name]) => name !== key));
/** A job that is started as it was agreed, and each way in which it is not. */
function job(
  call: string,
  type: string,
  context: Context,
): { allowed: readonly Ask[]; denied: readonly Ask[] } {
  const named = `${HERE}${type}/churn-1`;
  return {
    allowed: [
      [`sagemaker:${call}`, named, context],
      ["sagemaker:AddTags", named, { "sagemaker:TaggingAction": call }],
    ],
    denied: [
      [`sagemaker:${call}`, `${HERE}${type}/other-1`, context],
      [`sagemaker:${call}`, named.replace("123456789012", "999999999999"), context],
      ...Object.keys(context).map((key): Ask => [`sagemaker:${call}`, named, less(context, key)]),
      ["sagemaker:AddTags", named],
      ["sagemaker:AddTags", named, { "sagemaker:TaggingAction": "CreateEndpoint" }],
    ],
  };
}
const some = (context: Context, ...keys: readonly string[]): Context =>
  Object.fromEntries(keys.map((key) => [`sagemaker:${key}`, context[`sagemaker:${key}`] ?? ""]));
const OBJECT = "::example-bucket/images/a.png";
const OUTSIDE = "::example-bucket/other/a.png";
const PROFILE = "inference-profile/us.anthropic.claude-3-haiku-20240307-v1:0";

const TABLE: Readonly<Record<string, Asks>> = {
  ...AI_SERVICES,
  "s3.list": {
    allowed: [
      ["s3:ListBucket", "::example-bucket", { ...OWN, "s3:prefix": "images/" }],
      ["s3:ListBucket", "::example-bucket", { ...OWN, "s3:prefix": "images/2026/" }],
    ],
    denied: [
      ["s3:ListBucket", "::example-bucket", OWN],
      ["s3:ListBucket", "::example-bucket", { ...OWN, "s3:prefix": "other/" }],
      ["s3:ListBucket", "::example-bucket", { ...THEIRS, "s3:prefix": "images/" }],
    ],
  },
  "s3.read": {
    allowed: [
      ["s3:GetObject", OBJECT, OWN],
      ["kms:Decrypt", KEY, via("s3")],
    ],
    denied: [
      ["s3:GetObject", OUTSIDE, OWN],
      ["s3:GetObject", OBJECT, THEIRS],
      ["s3:PutObject", OBJECT, OWN],
      ["kms:Decrypt", KEY, via("dynamodb")],
    ],
  },
  "s3.readVersions": {
    allowed: [["s3:GetObjectVersion", OBJECT, OWN]],
    denied: [
      ["s3:GetObjectVersion", OUTSIDE, OWN],
      ["s3:GetObject", OBJECT, OWN],
    ],
  },
  "s3.write": {
    allowed: [
      ["s3:PutObject", OBJECT, OWN],
      ["s3:AbortMultipartUpload", OBJECT, OWN],
      ["kms:GenerateDataKey", KEY, via("s3")],
    ],
    denied: [
      ["s3:PutObject", OUTSIDE, OWN],
      ["s3:PutObject", OBJECT, THEIRS],
      ["s3:DeleteObject", OBJECT, OWN],
      ["s3:PutObjectAcl", OBJECT, OWN],
    ],
  },
  "s3.delete": {
    allowed: [["s3:DeleteObject", OBJECT, OWN]],
    denied: [
      ["s3:DeleteObjectVersion", OBJECT, OWN],
      ["s3:DeleteObject", OUTSIDE, OWN],
    ],
  },
  "s3.location": {
    allowed: [["s3:GetBucketLocation", "::example-bucket", OWN]],
    denied: [
      ["s3:GetBucketLocation", "::example-bucket", THEIRS],
      ["s3:ListBucket", "::example-bucket", OWN],
    ],
  },
  "kms.volumeGrant": {
    allowed: [["kms:CreateGrant", KEY, { ...via("sagemaker"), "kms:GrantIsForAWSResource": "true" }]],
    denied: [
      ["kms:CreateGrant", KEY, via("sagemaker")],
      ["kms:CreateGrant", KEY, { ...via("s3"), "kms:GrantIsForAWSResource": "true" }],
    ],
  },
  "ecr.pull": {
    allowed: [
      ["ecr:BatchGetImage", `${HERE}repository/churn-training`],
      ["ecr:GetAuthorizationToken", "*"],
    ],
    denied: [
      ["ecr:BatchGetImage", `${HERE}repository/other`],
      ["ecr:PutImage", `${HERE}repository/churn-training`],
    ],
  },
  "metrics.put": {
    allowed: [["cloudwatch:PutMetricData", "*", { "cloudwatch:namespace": "/aws/sagemaker/TrainingJobs" }]],
    denied: [
      ["cloudwatch:PutMetricData", "*", { "cloudwatch:namespace": "Other" }],
      ["cloudwatch:PutMetricData", "*"],
    ],
  },
  "logs.write": {
    allowed: [
      ["logs:PutLogEvents", `${HERE}log-group:/aws/sagemaker/TrainingJobs:log-stream:churn-1/algo-1`],
    ],
    denied: [
      ["logs:PutLogEvents", `${HERE}log-group:/aws/lambda/x:log-stream:y`],
      ["logs:GetLogEvents", `${HERE}log-group:/aws/sagemaker/TrainingJobs:log-stream:churn-1`],
    ],
  },
  "vpc.eni": {
    allowed: [
      ["ec2:CreateNetworkInterface", `${HERE}subnet/subnet-0123456789abcdef0`],
      [
        "ec2:DeleteNetworkInterface",
        `${HERE}network-interface/eni-1`,
        { "ec2:Subnet": `arn:aws:ec2:${HERE}subnet/subnet-0123456789abcdef0` },
      ],
    ],
    denied: [
      ["ec2:CreateNetworkInterface", `${HERE}subnet/subnet-1`],
      [
        "ec2:DeleteNetworkInterface",
        `${HERE}network-interface/eni-1`,
        { "ec2:Subnet": `arn:aws:ec2:${HERE}subnet/subnet-1` },
      ],
    ],
  },
  "vpc.eniAnywhere": {
    // Nothing of these is limited, and nothing else is allowed.
    allowed: [
      ["ec2:CreateNetworkInterface", `${HERE}subnet/subnet-1`],
      ["ec2:CreateNetworkInterfacePermission", `${HERE}network-interface/eni-1`],
      ["ec2:DeleteNetworkInterface", `${HERE}network-interface/eni-1`],
      ["ec2:DescribeSubnets", "*"],
    ],
    denied: [
      ["ec2:AttachNetworkInterface", `${HERE}network-interface/eni-1`],
      ["ec2:ModifyNetworkInterfaceAttribute", `${HERE}network-interface/eni-1`],
      ["ec2:DescribeInstances", "*"],
    ],
  },
  "sagemaker.invokeEndpoint": {
    allowed: [
      [
        "sagemaker:InvokeEndpoint",
        `${HERE}endpoint/image-classifier`,
        { "sagemaker:TargetModel": "churn.tar.gz" },
      ],
    ],
    denied: [
      [
        "sagemaker:InvokeEndpoint",
        `${HERE}endpoint/image-classifier`,
        { "sagemaker:TargetModel": "other.tar.gz" },
      ],
      [
        "sagemaker:InvokeEndpoint",
        `${HERE}endpoint/image-classifier-2`,
        { "sagemaker:TargetModel": "churn.tar.gz" },
      ],
    ],
  },
  "sagemaker.registerModel": {
    allowed: [
      [
        "sagemaker:CreateModelPackage",
        `${HERE}model-package/churn/1`,
        { "sagemaker:ModelApprovalStatus": "PendingManualApproval" },
      ],
    ],
    denied: [
      [
        "sagemaker:CreateModelPackage",
        `${HERE}model-package/churn/1`,
        { "sagemaker:ModelApprovalStatus": "Approved" },
      ],
      [
        "sagemaker:CreateModelPackage",
        `${HERE}model-package/churn2/1`,
        { "sagemaker:ModelApprovalStatus": "PendingManualApproval" },
      ],
      [
        "sagemaker:UpdateModelPackage",
        `${HERE}model-package/churn/1`,
        { "sagemaker:ModelApprovalStatus": "Approved" },
      ],
    ],
  },
  "sagemaker.deployEndpoint": {
    allowed: [
      ["sagemaker:CreateEndpoint", `${HERE}endpoint/image-classifier`],
      ["sagemaker:CreateEndpoint", `${HERE}endpoint-config/image-classifier-1`],
    ],
    denied: [
      ["sagemaker:CreateEndpoint", `${HERE}endpoint/other`],
      ["sagemaker:InvokeEndpoint", `${HERE}endpoint/image-classifier`],
    ],
  },
  "rekognition.searchFaces": {
    allowed: [["rekognition:SearchFacesByImage", `${HERE}collection/products`]],
    denied: [
      ["rekognition:SearchFacesByImage", `${HERE}collection/people`],
      ["rekognition:DeleteCollection", `${HERE}collection/products`],
      ["rekognition:IndexFaces", `${HERE}collection/products`],
    ],
  },
  "rekognition.detect": {
    allowed: [
      ["rekognition:DetectLabels", "*"],
      ["rekognition:DetectModerationLabels", "*"],
    ],
    denied: [
      ["rekognition:CompareFaces", "*"],
      ["rekognition:CreateCollection", "*"],
    ],
  },
  "rekognition.video": {
    allowed: [["rekognition:StartLabelDetection", "*"], pass("rekognition")],
    denied: notPassed("rekognition"),
  },
  "bedrock.invoke": {
    allowed: [["bedrock:InvokeModel", `us-east-1:${MODEL}`, GUARDED]],
    denied: [
      ["bedrock:InvokeModel", `us-east-1:${MODEL}`],
      [
        "bedrock:InvokeModel",
        `us-east-1:${MODEL}`,
        { "bedrock:GuardrailIdentifier": `arn:aws:bedrock:${HERE}guardrail/other` },
      ],
      ["bedrock:InvokeModel", `eu-west-1:${MODEL}`, GUARDED],
    ],
  },
  "bedrock.invokeGeoProfile": {
    allowed: [
      ["bedrock:InvokeModel", `${HERE}${PROFILE}`, GUARDED],
      [
        "bedrock:InvokeModel",
        `us-west-2:${MODEL}`,
        { ...GUARDED, "bedrock:InferenceProfileArn": `arn:aws:bedrock:${HERE}${PROFILE}` },
      ],
    ],
    denied: [
      ["bedrock:InvokeModel", `us-west-2:${MODEL}`, GUARDED],
      [
        "bedrock:InvokeModel",
        `eu-west-1:${MODEL}`,
        { ...GUARDED, "bedrock:InferenceProfileArn": `arn:aws:bedrock:${HERE}${PROFILE}` },
      ],
    ],
  },
  "bedrock.batch": {
    allowed: [["bedrock:CreateModelInvocationJob", `${HERE}model-invocation-job/a1`], pass("bedrock")],
    denied: [
      ...notPassed("bedrock"),
      ["bedrock:CreateModelInvocationJob", `us-east-1:foundation-model/other`],
    ],
  },
  "transcribe.jobs": {
    allowed: [
      [
        "transcribe:StartTranscriptionJob",
        "*",
        {
          "transcribe:OutputBucketName": "example-bucket",
          "transcribe:OutputKey": "transcripts/a.json",
          "transcribe:OutputEncryptionKMSKeyId": KEY_ARN,
        },
      ],
    ],
    denied: [
      [
        "transcribe:StartTranscriptionJob",
        "*",
        {
          "transcribe:OutputBucketName": "example-bucket",
          "transcribe:OutputKey": "other/a.json",
          "transcribe:OutputEncryptionKMSKeyId": KEY_ARN,
        },
      ],
      ["transcribe:StartTranscriptionJob", "*"],
    ],
  },
  "sagemaker.train": merge(job("CreateTrainingJob", "training-job", JOB), "sagemaker"),
  "sagemaker.process": merge(job("CreateProcessingJob", "processing-job", JOB), "sagemaker"),
  "sagemaker.tune": merge(
    job("CreateHyperParameterTuningJob", "hyper-parameter-tuning-job", JOB),
    "sagemaker",
  ),
  "sagemaker.transform": job("CreateTransformJob", "transform-job", {
    ...some(JOB, "InstanceTypes", "VolumeKmsKeyArn", "OutputKmsKeyArn"),
    "sagemaker:ModelArn": `arn:aws:sagemaker:${HERE}model/churn-1`,
  }),
  "sagemaker.automl": merge(
    job(
      "CreateAutoMLJobV2",
      "automl-job",
      less(
        less(less(JOB, "sagemaker:InstanceTypes"), "sagemaker:NetworkIsolation"),
        "sagemaker:MaxRuntimeInSeconds",
      ),
    ),
    "sagemaker",
  ),
  "sagemaker.createModel": merge(
    job("CreateModel", "model", some(JOB, "VpcSubnets", "VpcSecurityGroupIds", "NetworkIsolation")),
    "sagemaker",
  ),
};

function merge(asked: { allowed: readonly Ask[]; denied: readonly Ask[] }, service: string) {
  return { allowed: [...asked.allowed, pass(service)], denied: [...asked.denied, ...notPassed(service)] };
}

function outcome(id: string, [action, resource, context = {}]: Ask): string {
  const [capability] = CATALOGUE.filter((each) => each.id === id);
  assert.ok(capability);
  const reading = parseDocument(
    policyDocument(workflowOf([useOf(capability, "aws")]), capability.side) as unknown as Json,
  );
  assert.ok(reading.document);
  const arn = resource === "*" ? "*" : `arn:aws:${action.slice(0, action.indexOf(":"))}:${resource}`;
  return decide([reading.document], {
    action,
    resource: arn,
    principal: undefined,
    context: new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), [value].flat()])),
  }).outcome;
}

describe("what a capability allows", () => {
  it("is told of each, with near misses", () => {
    assert.deepEqual(Object.keys(TABLE).sort(), CATALOGUE.map(({ id }) => id).sort());
    for (const [id, { allowed, denied }] of Object.entries(TABLE))
      assert.ok(allowed.length > 0 && denied.length > 1, id);
  });
  for (const [id, { allowed, denied }] of Object.entries(TABLE)) {
    for (const ask of allowed)
      it(`${id}: ${ask[0]} on ${ask[1]}`, () => {
        assert.equal(outcome(id, ask), "allowed");
      });
    for (const ask of denied)
      it(`${id}: not ${ask[0]} on ${ask[1]} ${JSON.stringify(ask[2] ?? {}).slice(0, 80)}`, () => {
        assert.match(outcome(id, ask), /^(implicitly|explicitly) denied$/);
      });
  }
});
