import { resourceNameCase } from "../../policypack/rules/resource-name-case";
import { allow, CLEAN, deny, type RuleCases } from "./cases";

export const cases: RuleCases = {
  rule: resourceNameCase,
  valid: [
    { name: "lower case", document: [CLEAN] },
    {
      name: "the names of objects",
      document: [allow("s3:GetObject", "arn:aws:s3:::example-bucket/Images/*")],
    },
    {
      name: "what a wildcard may make an object's name",
      document: [allow("s3:GetObject", "arn:aws:s3:::*SageMaker*")],
    },
    {
      name: "a question mark may be the slash",
      document: [allow("s3:GetObject", "arn:aws:s3:::example?Images")],
    },
    { name: "a variable", document: [allow("s3:GetObject", "arn:aws:s3:::${aws:PrincipalTag/Bucket}/x")] },
    {
      name: "both spellings",
      document: [allow("s3:ListBucket", ["arn:aws:s3:::Example-Bucket", "arn:aws:s3:::example-bucket"])],
    },
    {
      name: "names that may have them",
      document: [
        allow(
          "sagemaker:CreateTrainingJob",
          "arn:aws:sagemaker:us-east-1:123456789012:training-job/AWSBatch*",
        ),
        allow("rekognition:SearchFaces", "arn:aws:rekognition:us-east-1:123456789012:collection/Faces"),
        allow("kms:DescribeKey", "arn:aws:kms:us-east-1:123456789012:alias/Data"),
        allow("iam:GetRole", "arn:aws:iam::123456789012:role/App"),
      ],
    },
    { name: "everything", document: [allow("*", "*")] },
  ],
  invalid: [
    {
      name: "a bucket, after a clean statement",
      document: [
        CLEAN,
        allow("s3:GetObject", ["arn:aws:s3:::other/*", "arn:aws:s3:::Example-Bucket/Images/*"]),
      ],
      violations: [
        {
          message: "upper-case",
          path: "Statement[1].Resource[1]",
          data: { resource: "arn:aws:s3:::Example-Bucket/Images/*", what: "a bucket" },
        },
      ],
    },
    {
      name: "the beginning of a name, in a statement as an object",
      document: {
        Version: "2012-10-17",
        Statement: allow("s3:ListBucket", "arn:*:s3:::DataZone-SageMaker*"),
      },
      violations: [{ message: "upper-case", path: "Statement.Resource" }],
    },
    {
      name: "a denial that protects nothing, and an exclusion that leaves nothing out",
      document: [
        deny("s3:*", "arn:aws:s3:::Secret/*"),
        { Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::Secret/*" },
      ],
      violations: [
        { message: "upper-case", path: "Statement[0].Resource" },
        { message: "upper-case", path: "Statement[1].NotResource" },
      ],
    },
    {
      name: "a name before a variable",
      document: [allow("s3:ListBucket", "arn:aws:s3:::Home-${aws:PrincipalTag/Team}")],
      violations: [{ message: "upper-case", path: "Statement[0].Resource" }],
    },
    {
      name: "other names that are in lower case only",
      document: [
        allow("ecr:BatchGetImage", "arn:aws:ecr:us-east-1:123456789012:repository/team/Models"),
        allow("kms:Decrypt", "arn:aws:kms:us-east-1:123456789012:key/1234ABCD-12ab-34cd-56ef-1234567890ab"),
        allow(
          "bedrock:InvokeModel",
          "arn:aws:bedrock:us-east-1::foundation-model/Amazon.titan-text-express-v1",
        ),
        allow("rds:StartDBInstance", "arn:aws:rds:us-east-1:123456789012:db:Features"),
        allow("redshift:GetClusterCredentials", "arn:aws:redshift:us-east-1:123456789012:cluster:Features"),
        allow("es:ESHttpGet", "arn:aws:es:us-east-1:123456789012:domain/Search/Index/*"),
      ],
      violations: Array.from({ length: 6 }, (_, at) => ({
        message: "upper-case",
        path: `Statement[${at}].Resource`,
      })),
    },
  ],
};
