import { UNKNOWN } from "../../policypack/iam";
import { confusedDeputy } from "../../policypack/rules/confused-deputy";
import { ifs, type RuleCases, trust } from "./cases";

const SAGEMAKER = "sagemaker.amazonaws.com";
const SOURCE = "aws:SourceAccount";
const sagemaker = (more: object = {}): object => trust({ Service: SAGEMAKER }, more);
const BOUND = sagemaker(ifs("StringEquals", SOURCE, "123456789012"));
const at = "Statement[0].Principal.Service";

export const cases: RuleCases = {
  rule: confusedDeputy,
  valid: [
    {
      name: "the account of the role",
      kind: "trust",
      document: [
        sagemaker(ifs("StringEquals", SOURCE, "${aws:ResourceAccount}")),
        sagemaker(ifs("StringEquals", "aws:SourceOrgID", "${aws:ResourceOrgID}")),
        sagemaker(ifs("ArnLike", "aws:SourceArn", "arn:aws:sagemaker:*:${aws:ResourceAccount}:*")),
      ],
    },
    { name: "an account", kind: "trust", document: [BOUND] },
    {
      name: "an account and its jobs",
      kind: "trust",
      document: [
        sagemaker({
          Condition: {
            StringEquals: { [SOURCE]: "123456789012" },
            ArnLike: { "aws:SourceArn": "arn:aws:sagemaker:eu-central-1:123456789012:*" },
          },
        }),
      ],
    },
    {
      name: "jobs of an account",
      kind: "trust",
      document: [
        sagemaker(ifs("ArnLike", "aws:SourceArn", "arn:aws:sagemaker:*:123456789012:training-job/*")),
      ],
    },
    {
      name: "services that a role is passed to",
      kind: "trust",
      document: [
        trust({
          Service: [
            "ec2.amazonaws.com",
            "lambda.amazonaws.com",
            "edgelambda.amazonaws.com",
            "ecs-tasks.amazonaws.com",
            "ec2.amazonaws.com.cn",
          ],
        }),
      ],
    },
    {
      name: "an external id, as the service has it",
      kind: "trust",
      document: [
        trust({ Service: "cognito-idp.amazonaws.com" }, ifs("StringEquals", "sts:ExternalId", "pool")),
      ],
    },
    {
      name: "others are denied",
      kind: "trust",
      document: [
        sagemaker(),
        sagemaker({ Effect: "Deny", ...ifs("StringNotEqualsIfExists", SOURCE, "123456789012") }),
      ],
    },
    { name: "a role", kind: "trust", document: [trust({ AWS: "arn:aws:iam::123456789012:role/r" })] },
    {
      name: "a source that is not known",
      kind: "trust",
      document: { Statement: sagemaker(ifs("StringEquals", SOURCE, UNKNOWN)) },
    },
    { name: "bound in another way", kind: "trust", document: [sagemaker()], options: { bound: [SAGEMAKER] } },
  ],
  invalid: [
    {
      name: "whoever asks, in the second statement",
      kind: "trust",
      document: [BOUND, sagemaker({ Action: "STS:assumerole" })],
      violations: [
        {
          message: "unbound",
          path: "Statement[1].Principal.Service",
          data: {
            services: [SAGEMAKER],
            page: "https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html",
          },
        },
      ],
    },
    {
      name: "beside a service that a role is passed to",
      kind: "trust",
      document: [
        trust({ Service: ["lambda.amazonaws.com", SAGEMAKER, "bedrock.amazonaws.com"] }, { Sid: "Services" }),
      ],
      violations: [
        {
          message: "unbound",
          path: "Statement[0].Principal",
          data: { services: [SAGEMAKER, "bedrock.amazonaws.com"] },
        },
      ],
    },
    {
      name: "all actions but one, in one region",
      kind: "trust",
      document: {
        Version: "2008-10-17",
        Statement: {
          ...trust({ Service: "states.eu-central-1.amazonaws.com" }),
          Action: undefined,
          NotAction: "sts:TagSession",
        },
      },
      violations: [{ message: "unbound", path: "Statement.Principal.Service" }],
    },
    {
      name: "a service that is not listed",
      kind: "trust",
      document: [BOUND, trust({ Service: "amplify.amazonaws.com" })],
      violations: [
        {
          message: "unlisted",
          path: "Statement[1].Principal.Service",
          data: { services: ["amplify.amazonaws.com"] },
        },
      ],
    },
    {
      name: "an external id that the service does not send",
      kind: "trust",
      document: [sagemaker(ifs("StringEquals", "sts:ExternalId", "x"))],
      violations: [{ message: "weak", path: at }],
    },
    {
      name: "no external id",
      kind: "trust",
      document: [trust({ Service: "firehose.amazonaws.com" })],
      violations: [{ message: "unbound", path: at }],
    },
    ...(
      [
        ["if there is one", ifs("StringEqualsIfExists", SOURCE, "123456789012")],
        ["all, or none", ifs("ForAllValues:StringEquals", SOURCE, "123456789012")],
        ["all but one", ifs("StringNotEquals", SOURCE, "123456789012")],
        ["any account", ifs("StringLike", SOURCE, "1*")],
        [
          "jobs of any account",
          ifs("ArnLike", "aws:SourceArn", "arn:aws:sagemaker:us-east-1:*:training-job/x"),
        ],
        ["an account that is compared with itself", ifs("StringEquals", SOURCE, "${aws:SourceAccount}")],
      ] as const
    ).map(([name, condition]) => ({
      name,
      kind: "trust" as const,
      document: [sagemaker(condition)],
      violations: [{ message: "weak", path: at }],
    })),
    {
      name: "an organization that a service does not belong to",
      kind: "trust",
      document: [sagemaker(ifs("StringLike", "aws:PrincipalOrgID", "o-*"))],
      violations: [{ message: "never", path: at }],
    },
    {
      name: "more than can be decided",
      kind: "trust",
      document: [sagemaker({ Action: [] })],
      violations: [{ message: "undecided", path: at }],
    },
  ],
};
