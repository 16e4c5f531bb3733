import { supportedConditionKeys } from "../../policypack/rules/supported-condition-keys";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const BOTH = ["arn:aws:s3:::example-bucket", "arn:aws:s3:::example-bucket/*"];
const PREFIX = { Condition: { StringLike: { "s3:prefix": "images/*" } } };
const JOBS = ["sagemaker:CreateTrainingJob", "sagemaker:CreateTransformJob"];
const tagged = (key: string, value = "a"): object => ({ Condition: { StringEquals: { [key]: value } } });

export const cases: RuleCases = {
  rule: supportedConditionKeys,
  valid: [
    { name: "no condition", document: [CLEAN] },
    { name: "a global key", document: [allow("rekognition:DetectLabels", "*", CONDITION)] },
    {
      name: "a key of the action, in any case",
      document: [allow("S3:LISTBUCKET", BOTH, { Condition: { StringLike: { "S3:Prefix": "a" } } })],
    },
    { name: "a wildcard of which one action has it", document: [allow("s3:*", BOTH, PREFIX)] },
    {
      name: "what an absent key passes, on purpose",
      document: [
        allow(JOBS, "*", { Condition: { BoolIfExists: { "sagemaker:NetworkIsolation": "true" } } }),
        allow(JOBS, "*", {
          Condition: { "ForAllValues:StringEquals": { "sagemaker:VpcSubnets": "subnet-1" } },
        }),
        deny(JOBS, "*", { Condition: { StringNotEqualsIfExists: { "sagemaker:RootAccess": "Disabled" } } }),
      ],
    },
    {
      name: "an exclusion that one of the actions does not know",
      document: [
        allow(["s3:ListBucket", "s3:GetObject"], BOTH, {
          Condition: { StringNotLike: { "s3:prefix": "secret/*" } },
        }),
      ],
    },
    {
      name: "a key that nobody knows is another mistake",
      document: [allow("s3:GetObject", "*", tagged("s3:nonsense"))],
    },
    {
      name: "a deprecated key is another mistake",
      document: [allow(JOBS, "*", tagged("sagemaker:VolumeKmsKey"))],
    },
    { name: "an action that nobody knows", document: [allow("s3:Frobnicate", "*", PREFIX)] },
    {
      name: "a service that is not judged",
      document: [allow("dynamodb:GetItem", "*", PREFIX)],
    },
    {
      name: "an option without the service",
      document: [allow("s3:GetObject", "*", PREFIX)],
      options: { services: ["rekognition"] },
    },
    {
      name: "everything but some",
      document: [{ Effect: "Allow", NotAction: "s3:ListBucket", Resource: "*", ...PREFIX }],
    },
    {
      name: "tags of resources that have them",
      document: [
        allow("sagemaker:DescribeEndpoint", "*", tagged("aws:ResourceTag/team")),
        allow("rekognition:SearchFaces", "*", tagged("aws:ResourceTag/team")),
        allow("s3:GetObject", "*", tagged("s3:ExistingObjectTag/team")),
      ],
    },
    {
      name: "tags of what is made by the request",
      document: [
        allow("bedrock:CreatePrompt", "*", tagged("aws:ResourceTag/team")),
        allow("sagemaker:CreateModel", "*", tagged("aws:RequestTag/team")),
        allow("sagemaker:DeleteTags", "*", {
          Condition: { "ForAnyValue:StringEquals": { "aws:TagKeys": "a" } },
        }),
      ],
    },
    {
      name: "the tags of whoever asks",
      document: [allow("rekognition:DetectLabels", "*", tagged("aws:PrincipalTag/team"))],
    },
  ],
  invalid: [
    {
      name: "one of two actions, after a clean statement",
      document: [CLEAN, allow(["s3:ListBucket", "s3:GetObject"], BOTH, PREFIX)],
      violations: [
        {
          message: "void",
          path: "Statement[1].Condition.StringLike.s3:prefix",
          data: { actions: ["s3:GetObject"], key: "s3:prefix" },
        },
      ],
    },
    {
      name: "a batch transform has no subnets",
      document: [allow(JOBS, "*", { Condition: { Null: { "sagemaker:VpcSubnets": "false" } } })],
      violations: [
        {
          message: "void",
          path: "Statement[0].Condition.Null.sagemaker:VpcSubnets",
          data: { actions: ["sagemaker:CreateTransformJob"] },
        },
      ],
    },
    {
      name: "a wildcard of which no action has it",
      document: [allow("s3:*Object", BOTH, PREFIX)],
      violations: [
        {
          message: "void",
          path: "Statement[0].Condition.StringLike.s3:prefix",
          data: { actions: ["s3:*Object"] },
        },
      ],
    },
    {
      name: "another service's key, in a statement as an object",
      document: { Version: "2012-10-17", Statement: allow("s3:GetObject", "*", tagged("kms:ViaService")) },
      violations: [{ message: "void", path: "Statement.Condition.StringEquals.kms:ViaService" }],
    },
    {
      name: "a guard that never stands",
      document: [
        deny("sagemaker:CreateTransformJob", "*", {
          Condition: { Bool: { "sagemaker:NetworkIsolation": "false" } },
        }),
      ],
      violations: [{ message: "toothless", path: "Statement[0].Condition.Bool.sagemaker:NetworkIsolation" }],
    },
    {
      name: "a guard that nobody passes",
      document: [
        deny(JOBS, "*", { Condition: { Null: { "sagemaker:VpcSubnets": "true" } } }),
        deny("s3:GetObject", "*", {
          Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
        }),
      ],
      violations: [
        {
          message: "absolute",
          path: "Statement[0].Condition.Null.sagemaker:VpcSubnets",
          data: { actions: ["sagemaker:CreateTransformJob"] },
        },
        {
          message: "absolute",
          path: "Statement[1].Condition.StringNotEquals.s3:x-amz-server-side-encryption",
        },
      ],
    },
    {
      name: "an exclusion that excludes nothing",
      document: [allow("s3:GetObject", "*", { Condition: { StringNotLike: { "s3:prefix": "secret/*" } } })],
      violations: [{ message: "unrestrained", path: "Statement[0].Condition.StringNotLike.s3:prefix" }],
    },
    {
      name: "tags of what is no resource",
      document: [
        allow(["rekognition:DetectLabels", "rekognition:SearchFaces"], "*", tagged("aws:ResourceTag/team")),
      ],
      violations: [
        {
          message: "void",
          path: "Statement[0].Condition.StringEquals.aws:ResourceTag/team",
          data: { actions: ["rekognition:DetectLabels"] },
        },
      ],
    },
    {
      name: "tags that no read sets",
      document: [
        allow("kms:DescribeKey", "*", { Condition: { "ForAnyValue:StringEquals": { "aws:TagKeys": "a" } } }),
      ],
      violations: [{ message: "void", path: "Statement[0].Condition.ForAnyValue:StringEquals.aws:TagKeys" }],
    },
    {
      name: "a service without tags",
      document: [
        allow("polly:*", "*", tagged("aws:ResourceTag/team")),
        deny("polly:GetLexicon", "*", tagged("aws:ResourceTag/team")),
      ],
      violations: [
        { message: "tags-void", path: "Statement[0].Condition.StringEquals.aws:ResourceTag/team" },
        { message: "tags-toothless", path: "Statement[1].Condition.StringEquals.aws:ResourceTag/team" },
      ],
    },
    {
      name: "a policy of a resource",
      kind: "resource",
      document: [{ ...allow("s3:GetObject", BOTH, PREFIX), Principal: { AWS: "123456789012" } }],
      violations: [{ message: "void", path: "Statement[0].Condition.StringLike.s3:prefix" }],
    },
  ],
};
