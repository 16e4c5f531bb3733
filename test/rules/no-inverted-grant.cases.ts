import { UNKNOWN } from "../../policypack/iam";
import { noInvertedGrant } from "../../policypack/rules/no-inverted-grant";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const TABLE = "arn:aws:s3:::example-bucket/*";
const but = (actions: unknown, resource: unknown = TABLE, more: object = {}): object => ({
  Effect: "Allow",
  NotAction: actions,
  Resource: resource,
  ...more,
});
const shared = (more: object): object => ({
  Effect: "Allow",
  Principal: { AWS: "111122223333" },
  Resource: TABLE,
  ...more,
});
const COMPLEMENT = { message: "complement", path: "Statement[0].NotAction" };

export const cases: RuleCases = {
  rule: noInvertedGrant,
  valid: [
    { name: "a list", document: [CLEAN] },
    { name: "a Deny", document: [deny(undefined, "*", { NotAction: "s3:*" })] },
    { name: "services whole, of which `no-admin-access` speaks", document: [but("iam:*", "*")] },
    {
      name: "NotResource, of which `no-wildcard-resource` speaks",
      document: [{ Effect: "Allow", Action: "s3:GetObject", NotResource: TABLE }],
    },
    { name: "nothing is left", document: [but("*")] },
    { name: "what is left is denied", document: [but("s3:Delete*"), deny("*", "*")] },
    {
      name: "what is left has nothing to do with the resource",
      document: [but("s3:*", "arn:aws:s3:::x"), deny(["backup:*", "ssm:*", "*:*"], "*")],
    },
    {
      name: "a resource policy that lists, and denies the rest",
      kind: "resource",
      document: [
        shared({ Action: "s3:GetObject" }),
        { ...shared({ NotAction: "s3:GetObject" }), Effect: "Deny" },
      ],
    },
    {
      name: "a resource policy that denies again what it allows",
      kind: "resource",
      document: [
        shared({ NotAction: "s3:Delete*" }),
        { Effect: "Deny", Principal: "*", Action: "*", Resource: TABLE },
      ],
    },
    { name: "actions that are not known yet", document: [but(["s3:Delete*", UNKNOWN])] },
    { name: "everything, listed", document: [allow("*", TABLE)] },
  ],
  invalid: [
    {
      name: "a resource policy, to another account",
      kind: "resource",
      document: [shared({ Action: "s3:GetObject" }), shared({ NotAction: ["s3:Delete*", "s3:Put*"] })],
      violations: [
        {
          message: "shared",
          path: "Statement[1].NotAction",
          data: { principals: ["111122223333"], entries: ["s3:Delete*", "s3:Put*"] },
        },
      ],
    },
    {
      name: "on one bucket, after a clean statement",
      document: [CLEAN, but("s3:Delete*")],
      violations: [
        {
          message: "complement",
          path: "Statement[1].NotAction",
          data: { entries: ["s3:Delete*"], resources: [TABLE] },
        },
      ],
    },
    {
      name: "on one queue",
      document: [
        but(["sqs:Delete*", "SQS:purgequeue"], "arn:aws:sqs:us-east-1:123456789012:q", { Sid: "Queue" }),
      ],
      violations: [COMPLEMENT],
    },
    {
      name: "a statement as an object, in Version 2008",
      document: { Version: "2008-10-17", Statement: but("s3:D?lete*") },
      violations: [{ message: "complement", path: "Statement.NotAction" }],
    },
    { name: "under a condition", document: [but("s3:Delete*", TABLE, CONDITION)], violations: [COMPLEMENT] },
    {
      name: "a Deny under a condition",
      document: [but("s3:Delete*"), deny("*", "*", CONDITION)],
      violations: [COMPLEMENT],
    },
    {
      name: "all but a few are denied",
      document: [
        but("s3:Delete*", "*"),
        deny(undefined, "*", { NotAction: ["s3:GetObject", "sqs:SendMessage"] }),
      ],
      violations: [
        { ...COMPLEMENT, data: { granted: ["sqs:SendMessage", "s3:GetObject"], services: ["sqs", "s3"] } },
      ],
    },
    {
      name: "beside a resource that is not known yet",
      document: [but("s3:Delete*", [TABLE, UNKNOWN])],
      violations: [COMPLEMENT],
    },
    {
      name: "under a bucket of a variable",
      document: [but("s3:Delete*", "arn:aws:s3:::${aws:PrincipalTag/bucket}/*")],
      violations: [COMPLEMENT],
    },
  ],
};
