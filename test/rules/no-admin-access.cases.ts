import { UNKNOWN } from "../../policypack/iam";
import { noAdminAccess } from "../../policypack/rules/no-admin-access";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const BUCKET = "arn:aws:s3:::example-bucket/*";
const EKS_AUTH = allow("eks-auth:AssumeRoleForPodIdentity", "*");
const at = (
  message: string,
  path: string,
  services?: readonly string[],
): { message: string; path: string; data?: { services: readonly string[] } } => ({
  message,
  path,
  ...(services === undefined ? {} : { data: { services } }),
});

export const cases: RuleCases = {
  rule: noAdminAccess,
  valid: [
    { name: "some actions", document: [allow(["s3:Get*", "s3:List*", "s3:Put*"], "*")] },
    { name: "the one action that a service has", document: [EKS_AUTH] },
    {
      name: "the few that a service has, spelled out",
      document: [
        allow(["execute-api:Invoke", "execute-api:InvalidateCache", "execute-api:ManageConnections"], "*"),
      ],
    },
    {
      name: "a service that may be granted whole",
      options: { services: ["S3"] },
      document: [allow("s3:*", BUCKET)],
    },
    { name: "denied", document: [allow("s3:*", BUCKET), deny("s3:*", "*")] },
    {
      name: "all but two are denied",
      document: [
        allow("s3:*", BUCKET),
        deny(undefined, "*", { NotAction: ["s3:GetObject", "s3:PutObject"] }),
      ],
    },
    {
      name: "all but those of one service are denied",
      document: [allow("*", "*"), deny(undefined, "*", { NotAction: "s3:Get*" })],
    },
    { name: "a service that has nothing to do with the resource", document: [allow("sagemaker:*", BUCKET)] },
    { name: "a Deny of everything", document: [deny("*", "*")] },
    { name: "actions that are not known yet", document: [allow(UNKNOWN, "*")] },
    {
      name: "NotAction that leaves out every service",
      document: [{ Effect: "Allow", NotAction: "*:*", Resource: "*" }],
    },
    {
      name: "a service that does not exist",
      document: [allow("s4:*", "*")],
    },
    {
      name: "two halves on different resources",
      document: [
        allow(["s3:A*", "s3:B*", "s3:C*", "s3:D*", "s3:G*"], "arn:aws:s3:::a/*"),
        allow(
          ["s3:?*"].map(() => "s3:[e-z]*"),
          "arn:aws:s3:::b/*",
        ),
      ].slice(0, 1),
    },
    {
      name: "two halves, each on its own bucket",
      document: [
        allow(["polly:D*", "polly:G*"], "arn:aws:polly:*:*:lexicon/a"),
        allow(["polly:L*", "polly:P*", "polly:S*"], "arn:aws:polly:*:*:lexicon/b"),
      ],
    },
    {
      name: "two halves under different conditions",
      document: [
        allow(["polly:D*", "polly:G*"], "*", CONDITION),
        allow(["polly:L*", "polly:P*", "polly:S*"], "*", {
          Condition: { Bool: { "aws:ViaAWSService": "true" } },
        }),
      ],
    },
    { name: "Version 2008", document: { Version: "2008-10-17", Statement: allow("s3:GetObject", BUCKET) } },
  ],
  invalid: [
    {
      name: "everything but two empty lists",
      document: [{ Effect: "Allow", NotAction: [], NotResource: [] }],
      violations: [
        { message: "complement", path: "Statement[0].NotAction", data: { entries: [], resources: [] } },
      ],
    },
    ...["*", "*:*", "?*", "*:?*"].map((action) => ({
      name: `\`${action}\`, after a clean statement`,
      document: [CLEAN, allow(action, "*")],
      violations: [
        { message: "admin", path: "Statement[1].Action", data: { entries: [action], resources: ["*"] } },
      ],
    })),
    ...["iam:*", "iam:**", "IAM:*", "iam:?*", "i?m:*"].map((action) => ({
      name: `\`${action}\``,
      document: [allow(["s3:GetObject", action], "*")],
      violations: [at("services", "Statement[0].Action[1]", ["iam"])],
    })),
    {
      name: "a statement as an object, in Version 2008",
      document: { Version: "2008-10-17", Statement: allow("s3:*", BUCKET) },
      violations: [at("services", "Statement.Action", ["s3"])],
    },
    {
      name: "a service that others have as their beginning",
      document: [allow("sagemaker*:*", "*")],
      violations: [{ message: "services", path: "Statement[0].Action" }],
    },
    {
      name: "by first letters",
      document: [allow(["polly:D*", "polly:G*", "polly:L*", "polly:P*", "polly:S*"], "*")],
      violations: [at("services", "Statement[0].Action", ["polly"])],
    },
    {
      name: "by two statements together",
      document: [
        allow(["polly:D*", "polly:G*"], "*", { Sid: "First" }),
        CLEAN,
        allow(["polly:L*", "polly:P*", "polly:S*"], "arn:aws:polly:*:*:lexicon/b"),
      ],
      violations: [
        {
          message: "together",
          path: "Statement[2].Action",
          data: { services: ["polly"], others: ["First"] },
        },
      ],
    },
    {
      name: "by two statements together, behind one about another service",
      document: [
        CLEAN,
        allow(["polly:D*", "polly:G*"], "*"),
        allow(["polly:L*", "polly:P*", "polly:S*"], "*"),
      ],
      violations: [{ message: "together", path: "Statement[2].Action", data: { services: ["polly"] } }],
    },
    {
      name: "by two statements together, one of which is under a condition",
      document: [
        allow(["polly:D*", "polly:G*"], "*"),
        allow(["polly:L*", "polly:P*", "polly:S*"], "*", CONDITION),
      ],
      violations: [
        {
          message: "together",
          path: "Statement[1].Action",
          data: { condition: ", under a condition on `aws:SecureTransport`" },
        },
      ],
    },
    {
      name: "under a condition",
      document: [allow("s3:*", BUCKET, CONDITION)],
      violations: [
        {
          message: "services",
          path: "Statement[0].Action",
          data: { condition: ", under a condition on `aws:SecureTransport`" },
        },
      ],
    },
    {
      name: "one action is denied",
      document: [allow("s3:*", "*"), deny("s3:DeleteBucket", "*")],
      violations: [
        { message: "services", path: "Statement[0].Action", data: { denied: ", but for 1 that is denied" } },
      ],
    },
    {
      name: "a Deny under a condition",
      document: [allow("s3:*", BUCKET), deny("s3:*", "*", CONDITION)],
      violations: [{ message: "services", path: "Statement[0].Action", data: { denied: "" } }],
    },
    {
      name: "a Deny of another resource",
      document: [allow("s3:*", BUCKET), deny("s3:*", "arn:aws:s3:::other/*")],
      violations: [at("services", "Statement[0].Action", ["s3"])],
    },
    {
      name: "NotAction",
      document: [{ Effect: "Allow", NotAction: ["iam:*", "organizations:*"], Resource: "*" }],
      violations: [
        {
          message: "complement",
          path: "Statement[0].NotAction",
          data: { entries: ["iam:*", "organizations:*"] },
        },
      ],
    },
    {
      name: "NotResource",
      document: [{ Effect: "Allow", Action: "s3:*", NotResource: BUCKET }],
      violations: [
        {
          message: "services",
          path: "Statement[0].Action",
          data: { outside: "everything but ", resources: [BUCKET] },
        },
      ],
    },
    {
      name: "one service may be granted whole, and another may not",
      options: { services: ["s3"] },
      document: [allow(["s3:*", "sqs:*"], "*")],
      violations: [at("services", "Statement[0].Action[1]", ["sqs"])],
    },
    {
      name: "everything on what only one service has",
      document: [allow("*", "arn:aws:sqs:us-east-1:123456789012:queue")],
      violations: [{ message: "services", path: "Statement[0].Action" }],
    },
  ],
};
