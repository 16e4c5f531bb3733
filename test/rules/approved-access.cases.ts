import { UNKNOWN } from "../../policypack/iam";
import { approvedAccess } from "../../policypack/rules/approved-access";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const IMAGES = "arn:aws:s3:::example-bucket/images/*";
const BUCKET = "arn:aws:s3:::example-bucket/*";
const options = {
  reference: [
    allow(["s3:GetObject", "s3:PutObject"], BUCKET),
    allow("rekognition:DetectLabels", "*"),
    allow("sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:q", {
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } },
    }),
  ],
};
const known = { ...options, scope: "known-actions" };
const LISTED = {
  scope: "known-actions",
  reference: {
    Version: "2012-10-17",
    Statement: [allow(["s3:GetObjectTagging", "s3:GetObjectVersionTagging"], BUCKET)],
  },
};

export const cases: RuleCases = {
  rule: approvedAccess,
  valid: [
    { name: "no reference", document: [allow("*", "*")] },
    { name: "the same", options, document: options.reference },
    { name: "less", options, document: [CLEAN, allow("S3:getobject", IMAGES)] },
    {
      name: "less, as an object, in Version 2008",
      options,
      document: { Version: "2008-10-17", Statement: allow("s3:GetObject", IMAGES) },
    },
    { name: "a Deny", options, document: [deny("*", "*")] },
    {
      name: "what exceeds is denied",
      options,
      document: [
        allow("s3:*", BUCKET),
        deny(undefined, "*", { NotAction: ["s3:GetObject", "s3:PutObject"] }),
      ],
    },
    { name: "by the known actions", options: LISTED, document: [allow("s3:GetObject*Tagging", BUCKET)] },
    {
      name: "a condition that is not known yet",
      options,
      document: [
        allow("s3:GetObject", IMAGES, { Condition: { StringEquals: { "aws:PrincipalOrgID": UNKNOWN } } }),
      ],
    },
    {
      name: "an action that is not known yet beside one that is within",
      options,
      document: [allow(["s3:GetObject", UNKNOWN], IMAGES)],
    },
    {
      name: "NotAction that is not known yet",
      options,
      document: [{ Effect: "Allow", NotAction: UNKNOWN, Resource: IMAGES }],
    },
  ],
  invalid: [
    {
      name: "another action, after a clean statement",
      options,
      document: [CLEAN, allow("s3:DeleteObject", IMAGES)],
      violations: [{ message: "exceeds", path: "Statement[1]", data: { action: "s3:DeleteObject" } }],
    },
    {
      name: "another resource",
      options,
      document: [allow("s3:GetObject", "arn:aws:s3:::other/key")],
      violations: [
        {
          message: "exceeds",
          path: "Statement[0]",
          data: { action: "s3:GetObject", resource: "arn:aws:s3:::other/key" },
        },
      ],
    },
    {
      name: "less of a condition",
      options,
      document: [allow("sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:q")],
      violations: [{ message: "exceeds-in", path: "Statement[0]", data: { action: "sqs:SendMessage" } }],
    },
    {
      name: "a condition that does not bind",
      options,
      document: [
        allow("sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:q", {
          Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1234567890" } },
        }),
      ],
      violations: [
        { message: "exceeds-in", path: "Statement[0]", data: { context: ["no aws:PrincipalOrgID"] } },
      ],
    },
    {
      name: "a statement of which part is approved",
      options,
      document: [allow(["s3:GetObject", "s3:DeleteObject"], IMAGES, { Sid: "Both" })],
      violations: [{ message: "exceeds", path: "Statement[0]" }],
    },
    {
      name: "patterns, two of them, each by itself",
      options: known,
      document: [allow("s3:*", BUCKET), allow("s?s:*", "*")],
      violations: [
        { message: "exceeds", path: "Statement[0]" },
        { message: "exceeds", path: "Statement[1]" },
      ],
    },
    {
      name: "NotAction",
      options,
      document: [{ Effect: "Allow", NotAction: "s3:*", Resource: "*" }],
      violations: [{ message: "exceeds", path: "Statement[0]" }],
    },
    {
      name: "NotResource",
      options,
      document: [{ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::secret/*" }],
      violations: [{ message: "exceeds", path: "Statement[0]" }],
    },
    {
      name: "a Deny under a condition",
      options,
      document: [allow("s3:DeleteObject", BUCKET), deny("s3:DeleteObject", "*", CONDITION)],
      violations: [{ message: "exceeds-in", path: "Statement[0]" }],
    },
    {
      name: "an action that is not known yet beside one that exceeds",
      options,
      document: [allow(["s3:DeleteObject", UNKNOWN], IMAGES)],
      violations: [{ message: "exceeds", path: "Statement[0]" }],
    },
    {
      name: "only by the known actions",
      options: { ...LISTED, scope: "all-actions" },
      document: [allow("s3:GetObject*Tagging", BUCKET)],
      violations: [{ message: "beyond", path: "Statement[0]" }],
    },
    {
      name: "an action that the data does not have",
      options,
      document: [allow("s3:GetObjectt", IMAGES)],
      violations: [{ message: "not-proved", path: "Statement[0]" }],
    },
    {
      name: "an empty list",
      options,
      document: [allow([], IMAGES)],
      violations: [{ message: "not-proved", path: "Statement[0]" }],
    },
    {
      name: "an empty list in the reference",
      options: { reference: [allow([], IMAGES)] },
      document: [CLEAN],
      violations: [{ message: "not-proved", path: "Statement[0]" }],
    },
  ],
};
