import { matchingResource } from "../../policypack/rules/matching-resource";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const BUCKET = "arn:aws:s3:::example-bucket";
const OBJECTS = `${BUCKET}/*`;
const FACES = "arn:aws:rekognition:us-east-1:123456789012:collection/faces";
const MODEL = "arn:aws:sagemaker:us-east-1:123456789012:model/m";

export const cases: RuleCases = {
  rule: matchingResource,
  valid: [
    { name: "objects", document: [CLEAN] },
    { name: "everything", document: [allow(["s3:ListBucket", "s3:GetObject", "sagemaker:Search"], "*")] },
    {
      name: "one resource that suits is enough",
      document: [allow(["s3:ListBucket", "s3:GetObject"], [BUCKET, OBJECTS])],
    },
    { name: "a pattern that suits both", document: [allow(["s3:ListBucket", "s3:GetObject"], `${BUCKET}*`)] },
    { name: "a question mark that may be a slash", document: [allow("s3:GetObject", `${BUCKET}?x`)] },
    { name: "any case of the action", document: [allow("S3:LISTBUCKET", BUCKET)] },
    { name: "a wildcard of which one action applies", document: [allow("s3:*", OBJECTS)] },
    {
      name: "a variable may be anything",
      document: [allow("s3:ListBucket", "arn:aws:s3:::${aws:username}")],
    },
    {
      name: "a variable may hold the slash",
      document: [allow("s3:GetObject", "arn:aws:s3:::${aws:PrincipalTag/bucket}")],
    },
    { name: "a variable for the whole", document: [allow("s3:GetObject", "${aws:PrincipalTag/arn}")] },
    {
      name: "an access point",
      document: [
        allow("s3:GetObject", "arn:aws:s3:us-east-1:123456789012:accesspoint/ap/object/*"),
        allow("s3:ListBucket", "arn:aws:s3:us-east-1:123456789012:accesspoint/ap"),
      ],
    },
    {
      name: "all buckets, on which AWS decides it",
      document: [allow("s3:ListAllMyBuckets", "arn:aws:s3:::*")],
    },
    {
      name: "all domains, on which AWS decides it",
      document: [allow("sagemaker:ListDomains", "arn:aws:sagemaker:us-east-1:123456789012:domain/*")],
    },
    {
      name: "what is to be made, or the one that the action is named after",
      document: [
        allow("rekognition:CreateCollection", FACES),
        allow("sagemaker:ListCandidatesForAutoMLJob", "arn:aws:sagemaker:*:*:automl-job/team-*"),
      ],
    },
    { name: "all of a service", document: [allow("sagemaker:ListModels", "arn:aws:sagemaker:*:*:*")] },
    { name: "another partition", document: [allow("s3:GetObject", "arn:aws-cn:s3:::example-bucket/*")] },
    { name: "any service", document: [allow("s3:GetObject", "arn:aws:*:::example-bucket/*")] },
    {
      name: "everything but some",
      document: [
        { Effect: "Allow", NotAction: "s3:GetObject", Resource: BUCKET },
        { Effect: "Allow", Action: "s3:GetObject", NotResource: BUCKET },
      ],
    },
    { name: "an action that no data knows", document: [allow("s3:FrobnicateBucket", OBJECTS)] },
    {
      name: "another service",
      document: [allow("ecr:GetAuthorizationToken", "arn:aws:ecr:*:1:repository/x")],
    },
    { name: "no ARN at all", document: [allow("s3:GetObject", "example-bucket")] },
    { name: "a denial that applies", document: [deny("s3:GetObject", OBJECTS)] },
    {
      name: "a service that is not governed",
      document: [allow("s3:ListBucket", OBJECTS)],
      options: { services: ["rekognition"] },
    },
    {
      name: "variables of Version 2008 are text, and may be an object's name",
      document: {
        Version: "2008-10-17",
        Statement: allow("s3:GetObject", "arn:aws:s3:::example-bucket/${aws:username}"),
      },
    },
    {
      name: "too hard to decide",
      document: [
        allow(
          "s3:ListBucket",
          Array.from({ length: 300 }, (_, at) => `${BUCKET}/${"*a".repeat(900)}${at}`),
        ),
      ],
    },
  ],
  invalid: [
    {
      name: "a bucket's action on objects, after a clean statement",
      document: [CLEAN, allow(["s3:GetObject", "s3:ListBucket"], OBJECTS)],
      violations: [
        {
          message: "mismatch",
          path: "Statement[1].Action[1]",
          data: {
            actions: ["s3:ListBucket"],
            resources: [OBJECTS],
            type: "bucket or accesspoint",
            effect: "allowed",
          },
        },
      ],
    },
    {
      name: "actions on objects with the bucket",
      document: [allow(["s3:GetObject", "s3:PutObject"], BUCKET)],
      violations: [{ message: "mismatch", path: "Statement[0].Action" }],
    },
    {
      name: "a wildcard of which no action applies",
      document: [allow("s3:GetObject*", BUCKET)],
      violations: [
        { message: "mismatch", path: "Statement[0].Action", data: { actions: ["s3:GetObject*"] } },
      ],
    },
    {
      name: "a bucket's name has no slash, whatever the pattern",
      document: [allow("s3:ListBucket", "arn:aws:s3:::example*/?")],
      violations: [{ message: "mismatch", path: "Statement[0].Action" }],
    },
    {
      name: "a type of another name",
      document: [allow("sagemaker:DescribeEndpointConfig", "arn:aws:sagemaker:*:*:endpointconfig/*")],
      violations: [{ message: "mismatch", path: "Statement[0].Action", data: { type: "endpoint-config" } }],
    },
    {
      name: "the name without its type",
      document: [allow("sagemaker:DescribeEndpoint", "arn:aws:sagemaker:*:*:team-*")],
      violations: [{ message: "mismatch", path: "Statement[0].Action" }],
    },
    {
      name: "another service's ARN",
      document: [allow("sagemaker:CreateModel", "arn:aws:iam::123456789012:role/app")],
      violations: [{ message: "mismatch", path: "Statement[0].Action" }],
    },
    {
      name: "an action that cannot be limited",
      document: [allow("rekognition:DetectLabels", FACES)],
      violations: [{ message: "unlimited", path: "Statement[0].Action", data: { resources: [FACES] } }],
    },
    {
      name: "what another statement says already",
      document: [
        allow("s3:ListBucket", BUCKET),
        allow(["s3:GetObject", "s3:ListBucket"], OBJECTS),
        allow("S3:ListBucket", OBJECTS),
      ],
      violations: [
        { message: "mismatch", path: "Statement[1].Action[1]" },
        { message: "mismatch", path: "Statement[2].Action" },
      ],
    },
    {
      name: "both in one statement, under a condition",
      document: [
        allow(["rekognition:DetectLabels", "rekognition:SearchFaces", "s3:GetObject"], FACES, CONDITION),
      ],
      violations: [
        { message: "unlimited", path: "Statement[0].Action[0]" },
        { message: "mismatch", path: "Statement[0].Action[2]" },
      ],
    },
    {
      name: "a call that carries a resource only at times",
      document: [allow("rekognition:DetectModerationLabels", FACES)],
      violations: [{ message: "mismatch", path: "Statement[0].Action" }],
    },
    {
      name: "a list on one name",
      document: [allow("sagemaker:ListModels", MODEL)],
      violations: [{ message: "unlimited", path: "Statement[0].Action" }],
    },
    {
      name: "a denial that protects nothing",
      document: [deny("s3:DeleteBucket", OBJECTS)],
      violations: [{ message: "mismatch", path: "Statement[0].Action", data: { effect: "denied" } }],
    },
    {
      name: "a statement as an object, of a resource's policy",
      kind: "resource",
      document: {
        Version: "2012-10-17",
        Statement: { ...allow("s3:GetObject", BUCKET), Principal: { AWS: "123456789012" } },
      },
      violations: [{ message: "mismatch", path: "Statement.Action" }],
    },
    {
      name: "a limit that lets nothing through",
      kind: "boundary",
      document: [allow("s3:ListBucket", OBJECTS)],
      violations: [{ message: "mismatch", path: "Statement[0].Action" }],
    },
    {
      name: "two types that one call needs",
      document: [allow("sagemaker:CreateEndpoint", MODEL)],
      violations: [{ message: "mismatch", path: "Statement[0].Action" }],
    },
    {
      name: "a pattern of many actions",
      document: [allow("sagemaker:Describe*Job", BUCKET)],
      violations: [{ message: "mismatch", path: "Statement[0].Action" }],
    },
    {
      name: "variables of Version 2008 are text without a slash",
      document: { Version: "2008-10-17", Statement: allow("s3:GetObject", "arn:aws:s3:::${aws:username}") },
      violations: [{ message: "mismatch", path: "Statement.Action" }],
    },
  ],
};
