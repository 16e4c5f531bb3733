import { approvedActions } from "../../policypack/rules/approved-actions";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const OBJECTS = "arn:aws:s3:::example-bucket/*";
const QUEUE = "arn:aws:sqs:us-east-1:123456789012:jobs";
const MODEL = "arn:aws:sagemaker:us-east-1:123456789012:model/m";

export const cases: RuleCases = {
  rule: approvedActions,
  valid: [
    { name: "the seed policy", document: [CLEAN] },
    {
      name: "approved detection",
      document: [allow(["rekognition:DetectLabels", "rekognition:DetectText"], "*")],
    },
    { name: "an action of another service", document: [allow("dynamodb:DeleteTable", "*")] },
    { name: "a pattern that stands for approved actions only", document: [allow("s3:GetObjec?", OBJECTS)] },
    { name: "any case", document: [allow("S3:GETOBJECT", OBJECTS)] },
    { name: "everything, on the resources of another service", document: [allow("*", QUEUE)] },
    {
      name: "everything but some, on the resources of another service",
      document: [{ Effect: "Allow", NotAction: "iam:*", Resource: [QUEUE, "arn:aws:sqs:*:*:*"] }],
    },
    { name: "a Deny may name anything", document: [deny(["s3:*", "sagemaker:NoSuchThing"], "*")] },
    {
      name: "the excess is denied everywhere",
      document: [
        allow("s3:*Object", OBJECTS),
        deny(["s3:DeleteObject", "s3:RestoreObject", "s3:ReplicateObject", "s3:UpdateObject*"], "*"),
      ],
    },
    {
      name: "everything but the approved is denied",
      document: [
        allow("s3:*", OBJECTS),
        { Effect: "Deny", NotAction: ["s3:GetObject", "s3:PutObject"], Resource: "*" },
      ],
    },
    {
      name: "denied where it is allowed",
      document: [
        allow(["s3:GetObject", "s3:DeleteObject"], OBJECTS),
        deny("s3:DeleteObject", "arn:aws:s3:::example-bucket*"),
      ],
    },
    {
      name: "denied outside of what is out of reach",
      document: [
        allow(["s3:GetObject", "s3:DeleteObject"], OBJECTS),
        deny("s3:DeleteObject", undefined, { NotResource: "arn:aws:s3:::other/*" }),
      ],
    },
    {
      name: "a list of one's own, with patterns",
      document: [allow(["s3:GetObjectTagging", "s3:GetObjectNewThing"], OBJECTS)],
      options: { actions: ["s3:getobject*"] },
    },
    {
      name: "services of one's own",
      document: [allow("s3:DeleteBucket", OBJECTS)],
      options: { services: ["rekognition"] },
    },
    {
      name: "an exclusion of all governed services",
      document: [{ Effect: "Allow", NotAction: ["s3:*", "sagemaker:*", "rekognition:*"], Resource: "*" }],
    },
  ],
  invalid: [
    {
      name: "a pattern, with every excess action named",
      document: [CLEAN, allow("s3:Get*Tagging", OBJECTS)],
      violations: [
        {
          message: "excess",
          path: "Statement[1].Action",
          data: {
            entries: ["s3:Get*Tagging"],
            excess: [
              "s3:GetBucketTagging",
              "s3:GetJobTagging",
              "s3:GetObjectTagging",
              "s3:GetObjectVersionTagging",
              "s3:GetStorageLensConfigurationTagging",
            ],
          },
        },
      ],
    },
    {
      name: "one action of a list",
      document: [allow(["s3:GetObject", "s3:DeleteObject"], OBJECTS)],
      violations: [
        { message: "not-approved", path: "Statement[0].Action[1]", data: { excess: ["s3:DeleteObject"] } },
      ],
    },
    {
      name: "several actions are one mistake",
      document: [allow(["s3:DeleteObject", "s3:GetObject", "s3:DeleteBucket"], OBJECTS)],
      violations: [
        {
          message: "not-approved",
          path: "Statement[0].Action",
          data: { excess: ["s3:DeleteBucket", "s3:DeleteObject"] },
        },
      ],
    },
    {
      name: "Statement as an object",
      document: { Version: "2012-10-17", Statement: allow("sagemaker:DeleteModelPackage", MODEL) },
      violations: [
        {
          message: "not-approved",
          path: "Statement.Action",
          data: { excess: ["sagemaker:DeleteModelPackage"] },
        },
      ],
    },
    {
      name: "everything but some",
      document: [
        {
          Effect: "Allow",
          NotAction: [
            "s3:*",
            "sagemaker:*",
            "rekognition:*Detect*",
            "rekognition:[a-z]*",
            "rekognition:A*",
            "rekognition:C*",
            "rekognition:D*",
            "rekognition:G*",
            "rekognition:I*",
            "rekognition:L*",
            "rekognition:P*",
            "rekognition:R*",
            "rekognition:S*",
            "rekognition:T*",
            "rekognition:Un*",
          ],
          Resource: "*",
        },
      ],
      violations: [
        {
          message: "complement",
          path: "Statement[0].NotAction",
          data: { excess: ["rekognition:UpdateDatasetEntries", "rekognition:UpdateStreamProcessor"] },
        },
      ],
    },
    {
      name: "a wildcard for the service",
      document: [allow("s?:DeleteObject", OBJECTS)],
      violations: [{ message: "excess", path: "Statement[0].Action", data: { excess: ["s3:DeleteObject"] } }],
    },
    {
      name: "every service",
      document: [allow("*:DeleteObject", OBJECTS)],
      violations: [{ message: "excess", path: "Statement[0].Action", data: { excess: ["s3:DeleteObject"] } }],
    },
    {
      name: "everything, on resources of which one is of a governed service",
      document: [allow("*:DeleteObject", [QUEUE, OBJECTS])],
      violations: [{ message: "excess", path: "Statement[0].Action", data: { excess: ["s3:DeleteObject"] } }],
    },
    {
      name: "everything, on resources whose service is not spelled out",
      document: [allow("*:DeleteObject", "arn:aws:s*:::example-bucket/*")],
      violations: [{ message: "excess", path: "Statement[0].Action", data: { excess: ["s3:DeleteObject"] } }],
    },
    {
      name: "everything, but on the resources of another service",
      document: [{ Effect: "Allow", Action: "*:DeleteObject", NotResource: QUEUE }],
      violations: [{ message: "excess", path: "Statement[0].Action", data: { excess: ["s3:DeleteObject"] } }],
    },
    {
      name: "a conditional Deny takes nothing away",
      document: [allow("s3:DeleteObject", OBJECTS), deny("s3:DeleteObject", "*", CONDITION)],
      violations: [{ message: "not-approved", path: "Statement[0].Action" }],
    },
    {
      name: "a Deny elsewhere takes nothing away",
      document: [allow("s3:DeleteObject", OBJECTS), deny("s3:DeleteObject", "arn:aws:s3:::other/*")],
      violations: [{ message: "not-approved", path: "Statement[0].Action" }],
    },
    {
      name: "a Deny of a part leaves the rest",
      document: [
        allow("s3:DeleteObject", OBJECTS),
        deny("s3:DeleteObject", "arn:aws:s3:::example-bucket/logs/*"),
      ],
      violations: [{ message: "not-approved", path: "Statement[0].Action" }],
    },
    {
      name: "a condition on the Allow does not approve",
      document: [allow("s3:DeleteObject", OBJECTS, CONDITION)],
      violations: [{ message: "not-approved", path: "Statement[0].Action" }],
    },
    {
      name: "an action that does not exist",
      document: [allow("sagemaker:GetModel", MODEL)],
      violations: [
        {
          message: "no-such-action",
          path: "Statement[0].Action",
          data: { action: "sagemaker:GetModel", nearest: "sagemaker:DescribeModel" },
        },
      ],
    },
    {
      name: "the name of an API that is authorised otherwise",
      document: [allow("s3:ListObjectsV2", "arn:aws:s3:::example-bucket")],
      violations: [
        {
          message: "no-such-action",
          path: "Statement[0].Action",
          data: { action: "s3:ListObjectsV2", nearest: "s3:ListBucket" },
        },
      ],
    },
    {
      name: "two slips and a third that is not approved, in one statement",
      document: [allow(["s3:GetObjekt", "s3:PutObjekt", "s3:DeleteObject"], OBJECTS)],
      violations: [
        { message: "no-such-action", path: "Statement[0].Action[0]", data: { nearest: "s3:GetObject" } },
        { message: "no-such-action", path: "Statement[0].Action[1]", data: { nearest: "s3:PutObject" } },
        { message: "not-approved", path: "Statement[0].Action[2]" },
      ],
    },
    {
      name: "a slip beside an exclusion, which the suggestion must not turn round",
      document: [{ Effect: "Allow", Action: "s3:GetObjekt", NotResource: "arn:aws:s3:::secret/*" }],
      violations: [{ message: "no-such-action", path: "Statement[0].Action" }],
    },
    {
      name: "a pattern that stands for nothing",
      document: [allow("s3:Frobnicate*", OBJECTS)],
      violations: [
        { message: "matches-nothing", path: "Statement[0].Action", data: { action: "s3:Frobnicate*" } },
      ],
    },
    {
      name: "a list of one's own is all there is",
      document: [CLEAN],
      options: { actions: [] },
      violations: [
        { message: "not-approved", path: "Statement[0].Action", data: { excess: ["s3:GetObject"] } },
      ],
    },
    {
      name: "services of one's own",
      document: [allow("dynamodb:DeleteTable", "arn:aws:dynamodb:us-east-1:123456789012:table/t")],
      options: { services: ["DynamoDB"] },
      violations: [
        { message: "not-approved", path: "Statement[0].Action", data: { excess: ["dynamodb:DeleteTable"] } },
      ],
    },
  ],
};
