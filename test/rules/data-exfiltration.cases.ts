import { UNKNOWN } from "../../policypack/iam";
import { dataExfiltration } from "../../policypack/rules/data-exfiltration";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const WIDE = "arn:aws:s3:::sagemaker-*/*";
const bound = (key: string, value: unknown, operator = "StringEquals"): object => ({
  Condition: { [operator]: { [key]: value } },
});
const found = (
  path: string,
  ...actions: readonly string[]
): { message: string; path: string; data?: { actions: readonly string[] } } => ({
  message: "anybody",
  path,
  ...(actions.length === 0 ? {} : { data: { actions } }),
});
const PUT = found("Statement[0].Resource", "s3:PutObject");

export const cases: RuleCases = {
  rule: dataExfiltration,
  valid: [
    {
      name: "every bucket, but all others than one are denied",
      document: [
        allow("s3:GetObject", "*"),
        deny("s3:*", undefined, { NotResource: "arn:aws:s3:::example-bucket/*" }),
      ],
    },
    {
      name: "a bucket that is named",
      document: [
        allow(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::example-bucket/*", "arn:*:s3:::b/k?y"]),
      ],
    },
    {
      name: "an access point of a named account",
      document: [allow("s3:GetObject", "arn:aws:s3:*:123456789012:accesspoint/*/object/*")],
    },
    ...(
      [
        ["aws:ResourceAccount", "123456789012"],
        ["aws:resourceaccount", ["123456789012", "210987654321"]],
        ["s3:ResourceAccount", "123456789012"],
        ["aws:ResourceAccount", "${aws:PrincipalAccount}"],
        ["aws:ResourceOrgID", "o-1234567890"],
        ["aws:ResourceOrgID", "${aws:PrincipalOrgID}"],
      ] as const
    ).map(([key, value]) => ({
      name: `${key} is ${String(value)}`,
      document: [allow("s3:PutObject", WIDE, bound(key, value))],
    })),
    {
      name: "an organisation's path",
      document: [
        allow(
          "s3:PutObject",
          WIDE,
          bound("aws:ResourceOrgPaths", "o-1234567890/*", "ForAnyValue:StringLike"),
        ),
      ],
    },
    {
      name: "a Deny of all other accounts",
      document: [
        allow("s3:PutObject", WIDE),
        deny("s3:*", "*", bound("aws:ResourceAccount", "123456789012", "StringNotEquals")),
      ],
    },
    { name: "denied", document: [allow("s3:*", WIDE), deny("s3:*", "*")] },
    {
      name: "every bucket, of which `no-wildcard-resource` speaks",
      document: [allow("s3:PutObject", ["*", "arn:aws:s3:::*", "arn:aws:s3:::*/*"])],
    },
    {
      name: "everything but a bucket, of which `no-wildcard-resource` speaks",
      document: [{ Effect: "Allow", Action: "s3:PutObject", NotResource: WIDE }],
    },
    { name: "actions that move no data", document: [allow(["s3:GetObjectTagging", "s3:ListBucket"], WIDE)] },
    {
      name: "NotAction that leaves it out",
      document: [{ Effect: "Allow", NotAction: "s3:*", Resource: WIDE }],
    },
    {
      name: "an account that is not known yet",
      document: [allow("s3:PutObject", WIDE, bound("aws:ResourceAccount", UNKNOWN))],
    },
    { name: "a bucket that is not known yet", document: [allow("s3:PutObject", UNKNOWN)] },
  ],
  invalid: [
    {
      name: "a part of a name, after a clean statement",
      document: [CLEAN, allow("s3:PutObject", ["arn:aws:s3:::example-bucket/*", WIDE])],
      violations: [found("Statement[1].Resource[1]", "s3:PutObject")],
    },
    {
      name: "as an object, in Version 2008",
      document: { Version: "2008-10-17", Statement: allow("S3:putobject", WIDE) },
      violations: [found("Statement.Resource", "s3:PutObject")],
    },
    ...[
      "arn:aws:s3:::*-models/*",
      "arn:aws:s3:::example-bucket*",
      "arn:aws:s3:::ex?mple/*",
      "arn:aws:s3:::${aws:PrincipalTag/bucket}/*",
    ].map((resource) => ({
      name: resource,
      document: [allow("s3:PutObject", resource)],
      violations: [PUT],
    })),
    { name: "another condition", document: [allow("s3:PutObject", WIDE, CONDITION)], violations: [PUT] },
    {
      name: "another account is left out",
      document: [
        allow("s3:PutObject", WIDE, bound("aws:ResourceAccount", "123456789012", "StringNotEquals")),
      ],
      violations: [PUT],
    },
    {
      name: "any account",
      document: [allow("s3:PutObject", WIDE, bound("aws:ResourceAccount", "*", "StringLike"))],
      violations: [PUT],
    },
    {
      name: "a Deny of one account",
      document: [
        allow("s3:PutObject", WIDE),
        deny("s3:*", "*", bound("aws:ResourceAccount", "123456789012")),
      ],
      violations: [PUT],
    },
    {
      name: "a pattern",
      document: [allow("s3:Get?bject*", WIDE, { Sid: "Read" })],
      violations: [found("Statement[0].Resource", "s3:GetObject", "s3:GetObjectVersion")],
    },
    {
      name: "with others",
      document: [allow(["s3:ListBucket", "s3:GetObject"], ["arn:aws:s3:::sagemaker-*", WIDE])],
      violations: [found("Statement[0].Resource[0]", "s3:GetObject")],
    },
    {
      name: "NotAction",
      document: [{ Effect: "Allow", NotAction: ["s3:Put*", "s3:Rep*"], Resource: WIDE }],
      violations: [found("Statement[0].Resource", "s3:GetObject", "s3:GetObjectVersion")],
    },
  ],
};
