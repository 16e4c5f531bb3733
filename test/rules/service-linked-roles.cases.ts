import { serviceLinkedRoles } from "../../policypack/rules/service-linked-roles";
import { allow, CLEAN, deny, type RuleCases } from "./cases";

const SLR = "iam:CreateServiceLinkedRole";
const BUCKET = "arn:aws:s3:::example-bucket";
const OBJECTS = `${BUCKET}/*`;
const when = (condition: object): object => ({ Condition: condition });

export const cases: RuleCases = {
  rule: serviceLinkedRoles,
  valid: [
    {
      name: "a role by its path",
      document: [allow(SLR, "arn:aws:iam::*:role/aws-service-role/sagemaker.amazonaws.com/*")],
    },
    {
      name: "a service by its name",
      document: [allow(SLR, "*", when({ StringLike: { "IAM:awsservicename": "sage*" } }))],
    },
    { name: "denied again", document: [allow("iam:*", "*"), deny("IAM:Create?erviceLinkedRole", "*")] },
    { name: "a Deny", document: [deny(SLR, "*")] },
    { name: "NotAction without it", document: [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }] },
    {
      name: "NotResource that leaves nothing",
      document: [{ Effect: "Allow", Action: SLR, NotResource: "*" }],
    },
  ],
  invalid: [
    {
      name: "every resource, after a clean statement",
      document: [CLEAN, allow(["iam:createservicelinkedrole"], ["*"])],
      violations: [{ message: "exact", path: "Statement[1].Action[0]" }],
    },
    {
      name: "patterns in an object Statement of 2008",
      document: { Version: "2008-10-17", Statement: allow("i?m:*", "arn:*") },
      violations: [{ message: "pattern", path: "Statement.Action", data: { action: "i?m:*" } }],
    },
    {
      name: "NotAction",
      document: [{ Effect: "Allow", NotAction: "s3:*", Resource: "*" }],
      violations: [{ message: "complement", path: "Statement[0].NotAction" }],
    },
    {
      name: "NotResource, each way",
      document: [
        { Effect: "Allow", Action: SLR, NotResource: BUCKET },
        { Effect: "Allow", Action: "iam:**", NotResource: BUCKET },
        { Effect: "Allow", NotAction: "s3:*", NotResource: OBJECTS },
      ],
      violations: [
        { message: "exact-outside", path: "Statement[0].Action" },
        { message: "pattern-outside", path: "Statement[1].Action" },
        { message: "complement-outside", path: "Statement[2].NotAction" },
      ],
    },
    {
      name: "conditions that do not bind",
      document: [
        allow(SLR, "*", when({ StringLike: { "iam:AWSServiceName": ["sage*", "*.amazonaws.com"] } })),
        allow(SLR, "*", when({ StringEqualsIfExists: { "iam:AWSServiceName": "x.amazonaws.com" } })),
        allow(SLR, "*", when({ StringNotEquals: { "iam:AWSServiceName": "x.amazonaws.com" } })),
        allow(SLR, "*", when({ "ForAllValues:StringEquals": { "iam:AWSServiceName": "x.amazonaws.com" } })),
      ],
      violations: [0, 1, 2, 3].map((index) => ({ message: "exact", path: `Statement[${index}].Action` })),
    },
    {
      name: "denied only by condition, or on one role",
      document: [
        allow(SLR, "*"),
        deny("iam:*", "*", when({ Bool: { "aws:SecureTransport": "false" } })),
        deny(SLR, "arn:aws:iam::123456789012:role/x"),
      ],
      violations: [{ message: "exact", path: "Statement[0].Action" }],
    },
  ],
};
