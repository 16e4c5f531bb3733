import { type Capability, reference } from "./capability";

const OBJECTS = "arn:${partition}:s3:::${bucket}/${prefix}*";
// On S3 alone: what other services use may belong to AWS, and the key would deny it.
const OWNED = { StringEquals: { "aws:ResourceAccount": "${owner}" } } as const;
const LIST = { id: "s3.list" } as const;

export const S3 = [
  {
    id: "s3.list",
    side: "execution",
    parameters: ["bucket", "prefix"],
    statements: [
      {
        Action: ["s3:ListBucket"],
        Resource: ["arn:${partition}:s3:::${bucket}"],
        Condition: { ...OWNED, StringLike: { "s3:prefix": ["${prefix}", "${prefix}*"] } },
      },
    ],
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html",
    why: "Listing is granted on the bucket, so only `s3:prefix` keeps the keys outside the prefix unseen; a listing of the whole bucket may send none.",
  },
  {
    id: "s3.read",
    side: "execution",
    parameters: ["bucket", "prefix"],
    optional: ["key"],
    statements: [{ Action: ["s3:GetObject"], Resource: [OBJECTS], Condition: OWNED }],
    implies: [LIST, { id: "kms.decrypt" }],
    source: reference("amazons3"),
    why: "Reads the objects under the prefix; without `s3.list` of the same prefix a missing key is answered 403.",
  },
  {
    id: "s3.readVersions",
    side: "execution",
    parameters: ["bucket", "prefix"],
    optional: ["key"],
    statements: [{ Action: ["s3:GetObjectVersion"], Resource: [OBJECTS], Condition: OWNED }],
    implies: [{ id: "kms.decrypt" }],
    source: reference("amazons3"),
    why: "Reads versions of objects by their id; a bucket that is not versioned needs no such grant.",
  },
  {
    id: "s3.write",
    side: "execution",
    parameters: ["bucket", "prefix"],
    optional: ["key"],
    statements: [
      { Action: ["s3:PutObject", "s3:AbortMultipartUpload"], Resource: [OBJECTS], Condition: OWNED },
    ],
    implies: [{ id: "kms.encrypt" }],
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html",
    why: "Writes objects under the prefix, in parts where they are large, and can give up an upload it began.",
  },
  {
    id: "s3.delete",
    side: "execution",
    needsReview: "data is gone",
    parameters: ["bucket", "prefix"],
    statements: [{ Action: ["s3:DeleteObject"], Resource: [OBJECTS], Condition: OWNED }],
    source: reference("amazons3"),
    why: "Deletes objects under the prefix, and never their versions.",
  },
  {
    id: "s3.location",
    side: "execution",
    parameters: ["bucket"],
    statements: [
      { Action: ["s3:GetBucketLocation"], Resource: ["arn:${partition}:s3:::${bucket}"], Condition: OWNED },
    ],
    source: reference("amazons3"),
    why: "Asks for the region of the bucket, as SDKs do that know it by name alone.",
  },
] as const satisfies readonly Capability[];
