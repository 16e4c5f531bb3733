import { UNKNOWN } from "../../policypack/iam";
import { serviceAccess } from "../../policypack/rules/service-access";
import { ifs, open, type RuleCases } from "./cases";

const SNS = { Service: "sns.amazonaws.com" };
const BUCKET = { Service: "s3.amazonaws.com" };
const service = (more: object = {}): object =>
  open({
    Principal: SNS,
    Action: "sqs:SendMessage",
    Resource: "arn:aws:sqs:us-east-1:123456789012:q",
    ...more,
  });
const SOURCE = "aws:SourceAccount";
const kms = (more: object): object =>
  open({
    Principal: { Service: "logs.us-east-1.amazonaws.com" },
    Action: "kms:Decrypt",
    Resource: "*",
    ...more,
  });
const NAMED = open({ Principal: { AWS: "arn:aws:iam::123456789012:role/reader" } });
const DENIED = { Effect: "Deny", Action: "sqs:*", Resource: "*" };

export const cases: RuleCases = {
  rule: serviceAccess,
  valid: [
    {
      name: "the account of the resource",
      kind: "resource",
      document: [
        service(ifs("StringEquals", SOURCE, "${aws:ResourceAccount}")),
        service(ifs("StringEquals", "aws:SourceOrgID", "${aws:ResourceOrgID}")),
        service(ifs("ArnLike", "aws:SourceArn", "arn:aws:sagemaker:*:${aws:ResourceAccount}:*")),
      ],
    },
    { name: "a role", kind: "resource", document: [NAMED] },
    {
      name: "an account",
      kind: "resource",
      document: [service(ifs("StringEquals", SOURCE, "123456789012"))],
    },
    {
      name: "accounts",
      kind: "resource",
      document: [service(ifs("StringLike", "AWS:sourceAccount", ["123456789012", "111122223333"]))],
    },
    {
      name: "the topics of an account",
      kind: "resource",
      document: [service(ifs("ArnLike", "aws:SourceArn", "arn:aws:sns:*:123456789012:*"))],
    },
    {
      name: "an organization",
      kind: "resource",
      document: [service(ifs("StringEquals", "aws:SourceOrgID", "o-a1b2c3d4e5"))],
    },
    {
      name: "a part of one",
      kind: "resource",
      document: [service(ifs("ForAnyValue:StringLike", "aws:SourceOrgPaths", "o-a1b2c3d4e5/r-ab12/*"))],
    },
    {
      name: "a bucket, and its account",
      kind: "resource",
      document: [
        service({
          Principal: BUCKET,
          Condition: {
            ArnLike: { "aws:SourceArn": "arn:aws:s3:::b" },
            StringEquals: { [SOURCE]: "123456789012" },
          },
        }),
      ],
    },
    {
      name: "others are denied",
      kind: "resource",
      document: [service(), service({ ...DENIED, ...ifs("StringNotEquals", SOURCE, "123456789012") })],
    },
    { name: "a Deny", kind: "resource", document: [service({ Effect: "Deny" })] },
    { name: "denied again", kind: "resource", document: [service(), service(DENIED)] },
    {
      name: "log groups of an account, by the encryption context",
      kind: "resource",
      document: [
        kms(ifs("ArnLike", "kms:EncryptionContext:aws:logs:arn", "arn:aws:logs:us-east-1:123456789012:*")),
      ],
    },
    {
      name: "a source that is not known",
      kind: "resource",
      document: { Statement: service(ifs("ArnEquals", "aws:SourceArn", UNKNOWN)) },
    },
    {
      name: "a Deny with a source that is not known",
      kind: "resource",
      document: {
        Statement: [service(), service({ ...DENIED, ...ifs("StringNotEquals", SOURCE, UNKNOWN) })],
      },
    },
    {
      name: "a service that sends no source",
      kind: "resource",
      document: [open({ Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" } })],
    },
    {
      name: "bound in another way",
      kind: "resource",
      document: [service()],
      options: { bound: ["sns.amazonaws.com"] },
    },
  ],
  invalid: [
    {
      name: "an account that is compared with itself",
      kind: "resource",
      document: [service(ifs("StringEquals", SOURCE, "${aws:SourceAccount}"))],
      violations: [{ message: "weak", path: "Statement[0].Principal.Service" }],
    },
    {
      name: "whoever asks, in the second statement",
      kind: "resource",
      document: [NAMED, service()],
      violations: [
        {
          message: "unbound",
          path: "Statement[1].Principal.Service",
          data: { services: ["sns.amazonaws.com"] },
        },
      ],
    },
    {
      name: "two services are one mistake, and a role is none",
      kind: "resource",
      document: [
        service({
          Sid: "Send",
          Principal: {
            Service: ["sns.amazonaws.com", "events.amazonaws.com"],
            AWS: "arn:aws:iam::123456789012:role/r",
          },
        }),
      ],
      violations: [
        {
          message: "unbound",
          path: "Statement[0].Principal",
          data: { services: ["sns.amazonaws.com", "events.amazonaws.com"] },
        },
      ],
    },
    {
      name: "an object statement on a resource that is not known",
      kind: "resource",
      document: { Version: "2008-10-17", Statement: service({ Resource: UNKNOWN }) },
      violations: [{ message: "unbound", path: "Statement.Principal.Service" }],
    },
    {
      name: "all actions but one, all resources but one",
      kind: "resource",
      document: [
        {
          ...service(),
          Action: undefined,
          NotAction: "sqs:DeleteQueue",
          Resource: undefined,
          NotResource: "arn:aws:sqs:us-east-1:123456789012:x",
        },
      ],
      violations: [{ message: "unbound", path: "Statement[0].Principal.Service" }],
    },
    {
      name: "others are denied one of two actions",
      kind: "resource",
      document: [
        service({ Action: ["sqs:SendMessage", "sqs:ReceiveMessage"] }),
        service({ ...DENIED, Action: "sqs:SendMessage", ...ifs("StringNotEquals", SOURCE, "123456789012") }),
      ],
      violations: [{ message: "unbound", path: "Statement[0].Principal.Service" }],
    },
    ...(
      [
        ["if there is one", ifs("StringEqualsIfExists", SOURCE, "123456789012")],
        ["all, or none", ifs("ForAllValues:StringEquals", SOURCE, "123456789012")],
        ["all but one", ifs("StringNotEquals", SOURCE, "123456789012")],
        ["that there is one", ifs("Null", SOURCE, "false")],
        ["any account", ifs("StringLike", SOURCE, "*")],
        ["a bucket by name", ifs("ArnLike", "aws:SourceArn", "arn:aws:s3:::b")],
        ["topics of any account", ifs("ArnLike", "aws:SourceArn", "arn:aws:sns:us-east-1:*:q")],
        [
          "topics by single characters",
          ifs("ArnLike", "aws:SourceArn", "arn:aws:sns:us-east-1:????????????:q"),
        ],
        ["transport", ifs("Bool", "aws:SecureTransport", "true")],
        ["the service by name", ifs("StringEquals", "aws:PrincipalServiceName", "sns.amazonaws.com")],
      ] as const
    ).map(([name, condition]) => ({
      name,
      kind: "resource" as const,
      document: [service(condition)],
      violations: [{ message: "weak", path: "Statement[0].Principal.Service" }],
    })),
    {
      name: "a key of another service, which no request carries",
      kind: "resource",
      document: [service(ifs("ArnLike", "kms:EncryptionContext:aws:logs:arn", "arn:aws:logs:us-east-1:*:*"))],
      violations: [{ message: "undecided", path: "Statement[0].Principal.Service" }],
    },
    {
      name: "an organization that a service does not belong to",
      kind: "resource",
      document: [service(ifs("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"))],
      violations: [
        { message: "never", path: "Statement[0].Principal.Service", data: { why: "aws:PrincipalOrgID" } },
      ],
    },
    {
      name: "the account of the caller, which is said of a service nowhere",
      kind: "resource",
      document: [service(ifs("StringEquals", SOURCE, "${aws:PrincipalAccount}"))],
      violations: [{ message: "undecided", path: "Statement[0].Principal.Service" }],
    },
    {
      name: "more than can be decided",
      kind: "resource",
      document: [service({ Action: [] })],
      violations: [{ message: "undecided", path: "Statement[0].Principal.Service" }],
    },
  ],
};
