import { UNKNOWN } from "../../policypack/iam";
import { passRole } from "../../policypack/rules/pass-role";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const ROLE = "arn:aws:iam::123456789012:role/training";
const to = (services: unknown, operator = "StringEquals", key = "iam:PassedToService"): object => ({
  Condition: { [operator]: { [key]: services } },
});
const SAGEMAKER = to("sagemaker.amazonaws.com");
const STAR = { message: "star", path: "Statement[0].Resource" };
const STAR_ACTION = { message: "star-action", path: "Statement[0].Resource" };
const PATTERN = { message: "pattern", path: "Statement[0].Resource" };
const weakly = (operator: string): { message: string; path: string } => ({
  message: "weak",
  path: `Statement[0].Condition.${operator}.iam:PassedToService`,
});
const AT = "Statement[0].Condition.StringEquals.iam:PassedToService";
const AT_LIKE = "Statement[0].Condition.StringLike.iam:PassedToService";
const associated = (arn: string, operator = "ArnLike"): object =>
  to(arn, operator, "iam:AssociatedResourceArn");

export const cases: RuleCases = {
  rule: passRole,
  valid: [
    { name: "a named role, to one service", document: [allow("iam:PassRole", ROLE, SAGEMAKER)] },
    {
      name: "in any case",
      document: [
        allow("IAM:passrole", ROLE, to("sagemaker.amazonaws.com", "StringEquals", "IAM:passedtoservice")),
      ],
    },
    {
      name: "two services, all approved",
      document: [allow("iam:PassRole", ROLE, to(["sagemaker.amazonaws.com", "bedrock.amazonaws.com"]))],
    },
    {
      name: "in China",
      document: [
        allow("iam:PassRole", "arn:aws-cn:iam::123456789012:role/t", to("sagemaker.amazonaws.com.cn")),
      ],
    },
    {
      name: "names that begin alike",
      document: [allow("iam:PassRole", "arn:aws:iam::*:role/app/train-*", SAGEMAKER)],
    },
    {
      name: "StringLike without a wildcard",
      document: [allow("iam:PassRole", ROLE, to("sagemaker.amazonaws.com", "StringLike"))],
    },
    {
      name: "for any value",
      document: [allow("iam:PassRole", ROLE, to("sagemaker.amazonaws.com", "ForAnyValue:StringEquals"))],
    },
    {
      name: "any case of the service",
      document: [allow("iam:PassRole", ROLE, to("SageMaker.amazonaws.com", "StringEqualsIgnoreCase"))],
    },
    {
      name: "a resource that the role is for, of an approved service",
      document: [
        allow("iam:PassRole", ROLE, associated("arn:aws:sagemaker:us-east-1:123456789012:training-job/*")),
      ],
    },
    {
      name: "another service, approved",
      options: { services: ["lambda.amazonaws.com"] },
      document: [allow("iam:PassRole", ROLE, to("lambda.amazonaws.com"))],
    },
    {
      name: "bound by a Deny",
      document: [
        allow("iam:PassRole", ROLE),
        deny("iam:PassRole", "*", to("sagemaker.amazonaws.com", "StringNotEquals")),
      ],
    },
    { name: "denied", document: [allow("iam:*", "*"), deny("iam:PassRole", "*")] },
    {
      name: "denied on every role",
      document: [allow("iam:*", "*"), deny("iam:Pass*", "arn:aws:iam::*:role/*")],
    },
    {
      name: "denied by a complement",
      document: [allow("*", "*"), deny(undefined, "*", { NotAction: "s3:*" })],
    },
    { name: "of other actions", document: [allow(["iam:Get*", "iam:List*"], "*")] },
    { name: "all actions on what is no role", document: [allow("*", "arn:aws:s3:::example-bucket/*")] },
    {
      name: "NotAction that leaves it out",
      document: [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
    },
    {
      name: "NotResource that leaves out every role",
      document: [{ Effect: "Allow", Action: "iam:PassRole", NotResource: "arn:aws:iam::*:role/*" }],
    },
    { name: "a service that is not known yet", document: [allow("iam:PassRole", ROLE, to(UNKNOWN))] },
    { name: "a role that is not known yet", document: [allow("iam:PassRole", UNKNOWN, SAGEMAKER)] },
    {
      name: "conditions that cannot both hold",
      document: [
        allow("iam:PassRole", ROLE, {
          Condition: {
            StringEquals: { "aws:PrincipalOrgID": "a" },
            StringNotEquals: { "aws:PrincipalOrgID": "a" },
          },
        }),
      ],
    },
    {
      name: "a statement as an object",
      document: { Version: "2012-10-17", Statement: allow("iam:PassRole", ROLE, SAGEMAKER) },
    },
    {
      name: "Version 2008",
      document: { Version: "2008-10-17", Statement: [allow("iam:PassRole", ROLE, SAGEMAKER)] },
    },
    { name: "a permission set", kind: "permission-set", document: [allow("iam:PassRole", ROLE, SAGEMAKER)] },
  ],
  invalid: [
    {
      name: "a role that the caller names in a header",
      document: [allow("iam:PassRole", "arn:aws:iam::123456789012:role/${aws:UserAgent}", SAGEMAKER)],
      violations: [{ message: "any-role", path: "Statement[0].Resource" }],
    },
    {
      name: "roles of every last character",
      document: [
        allow(
          "iam:PassRole",
          Array.from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789").map(
            (character) => `arn:aws:iam::123456789012:role/*${character}`,
          ),
          SAGEMAKER,
        ),
      ],
      violations: [{ message: "any-role", path: "Statement[0].Resource[0]" }],
    },
    {
      name: "everything, after a clean statement",
      document: [CLEAN, allow("iam:PassRole", "*")],
      violations: [
        {
          message: "star",
          path: "Statement[1].Resource",
          data: { resources: ["*"], entries: ["iam:PassRole"] },
        },
      ],
    },
    {
      name: "in any case",
      document: [allow("IAM:passrole", ["*"])],
      violations: [{ ...STAR, path: "Statement[0].Resource[0]" }],
    },
    {
      name: "a statement as an object",
      document: { Version: "2012-10-17", Statement: allow("iam:PassRole", "*") },
      violations: [{ message: "star", path: "Statement.Resource" }],
    },
    {
      name: "Version 2008",
      document: { Version: "2008-10-17", Statement: [allow("iam:PassRole", "*")] },
      violations: [STAR],
    },
    {
      name: "a condition on something else",
      document: [allow("iam:PassRole", "*", CONDITION)],
      violations: [STAR],
    },
    {
      name: "with other actions",
      document: [allow(["s3:ListAllMyBuckets", "iam:PassRole"], "*", { Sid: "Both" })],
      violations: [STAR],
    },
    ...["*", "*:*", "iam:*", "iam:**", "i?m:*", "iam:Pass*", "*:PassRole", "IAM:P?ssRole"].map((action) => ({
      name: `\`${action}\``,
      document: [allow(action, "*")],
      violations: [{ ...STAR_ACTION, data: { entries: [action] } }],
    })),
    {
      name: "NotAction",
      document: [{ Effect: "Allow", NotAction: ["organizations:*"], Resource: "*" }],
      violations: [
        { message: "not-action", path: "Statement[0].Resource", data: { entries: ["organizations:*"] } },
      ],
    },
    {
      name: "NotResource",
      document: [{ Effect: "Allow", Action: "iam:PassRole", NotResource: ROLE }],
      violations: [
        { message: "not-resource", path: "Statement[0].NotResource", data: { resources: [ROLE] } },
      ],
    },
    ...(
      [
        ["every role of one account", "arn:aws:iam::123456789012:role/*"],
        ["one role", ROLE],
      ] as const
    ).map(([name, role]) => ({
      name: `everything but ${name}, to one service`,
      document: [{ Effect: "Allow", Action: "iam:PassRole", NotResource: role, ...SAGEMAKER }],
      violations: [
        { message: "any-other-role", path: "Statement[0].NotResource", data: { resources: [role] } },
      ],
    })),
    {
      name: "everything but one role, to a service that is not approved",
      document: [
        {
          Effect: "Allow",
          Action: "iam:PassRole",
          NotResource: ROLE,
          ...to("ec2.amazonaws.com"),
        },
      ],
      violations: [{ message: "outside-any-other-role", path: AT, data: { values: ["ec2.amazonaws.com"] } }],
    },
    {
      name: "everything but one role, and a condition that does not bind",
      document: [
        {
          Effect: "Allow",
          Action: "iam:PassRole",
          NotResource: ROLE,
          ...to("sagemaker.amazonaws.com", "StringEqualsIfExists"),
        },
      ],
      violations: [{ ...weakly("StringEqualsIfExists"), data: { except: "everything but " } }],
    },
    {
      name: "no service at all in a condition",
      document: [allow("iam:PassRole", ROLE, to([]))],
      violations: [
        { ...weakly("StringEquals"), data: { reason: "it is compared with no value", except: "" } },
      ],
    },
    {
      name: "NotResource and a wildcard",
      document: [{ Effect: "Allow", Action: "iam:P*", NotResource: ROLE }],
      violations: [{ message: "star-action-not-resource", path: "Statement[0].NotResource" }],
    },
    {
      name: "NotAction and NotResource",
      document: [{ Effect: "Allow", NotAction: "s3:*", NotResource: [ROLE] }],
      violations: [{ message: "not-action-not-resource", path: "Statement[0].NotResource" }],
    },
    ...[
      "arn:aws:iam::123456789012:role/*",
      "arn:aws:iam::*:role/*",
      "arn:*:iam::*:role/*",
      "arn:aws:iam::123456789012:*",
      "arn:aws:iam::123456789012:role/?*",
      "arn:aws:iam::${aws:PrincipalAccount}:role/*",
      "arn:*",
    ].map((resource) => ({
      name: resource,
      document: [allow("iam:PassRole", resource)],
      violations: [{ ...PATTERN, data: { resources: [resource] } }],
    })),
    {
      name: "one of several resources",
      document: [allow("iam:PassRole", [ROLE, "arn:aws:iam::123456789012:role/*"])],
      violations: [{ message: "pattern", path: "Statement[0].Resource[1]" }],
    },
    {
      name: "every role, to an approved service",
      document: [allow("iam:PassRole", "arn:aws:iam::123456789012:role/*", SAGEMAKER)],
      violations: [{ message: "any-role", path: "Statement[0].Resource" }],
    },
    {
      name: "every role, to a service that is not known yet",
      document: [allow("iam:PassRole", "*", to(UNKNOWN))],
      violations: [{ message: "any-role", path: "Statement[0].Resource" }],
    },
    {
      name: "a named role, to any service",
      document: [allow("iam:PassRole", ROLE)],
      violations: [{ message: "any-service", path: "Statement[0].Action", data: { resources: [ROLE] } }],
    },
    {
      name: "a Deny under a condition that leaves some",
      document: [allow("iam:PassRole", ROLE), deny("iam:PassRole", "*", CONDITION)],
      violations: [{ message: "any-service", path: "Statement[0].Action" }],
    },
    {
      name: "a Deny that binds a service which is not approved",
      document: [
        allow("iam:PassRole", ROLE),
        deny("iam:PassRole", "*", to("ec2.amazonaws.com", "StringNotEquals")),
      ],
      violations: [{ message: "left", path: "Statement[0].Action" }],
    },
    {
      name: "every role of another partition is denied",
      document: [allow("iam:PassRole", "arn:aws-cn:iam::*:role/*"), deny("*", "arn:aws:iam::*:role/*")],
      violations: [PATTERN],
    },
    {
      name: "a Deny of another role",
      document: [allow("iam:PassRole", ROLE), deny("iam:PassRole", "arn:aws:iam::123456789012:role/admin")],
      violations: [{ message: "any-service", path: "Statement[0].Action" }],
    },
    ...[
      ["StringEqualsIfExists", "sagemaker.amazonaws.com"],
      ["ForAllValues:StringEquals", "sagemaker.amazonaws.com"],
      ["StringNotEquals", "ec2.amazonaws.com"],
      ["Null", "false"],
      ["Null", "true"],
    ].map(([operator = "", value]) => ({
      name: `${operator} of ${String(value)}`,
      document: [allow("iam:PassRole", ROLE, to(value, operator))],
      violations: [{ ...weakly(operator), data: { key: "iam:PassedToService", operator } }],
    })),
    {
      name: "every role, and a condition that does not bind",
      document: [allow("iam:PassRole", "*", to("sagemaker.amazonaws.com", "StringEqualsIfExists"))],
      violations: [weakly("StringEqualsIfExists")],
    },
    ...["*", "*.amazonaws.com", "s?gemaker.amazonaws.com", "${aws:PrincipalTag/service}"].map((value) => ({
      name: `a service like ${value}`,
      document: [allow("iam:PassRole", ROLE, to(value, "StringLike"))],
      violations: [{ message: "wildcard-service", path: AT_LIKE, data: { values: [value] } }],
    })),
    {
      name: "a service that is not approved",
      document: [allow("iam:PassRole", ROLE, to(["sagemaker.amazonaws.com", "ec2.amazonaws.com"]))],
      violations: [{ message: "outside", path: AT, data: { values: ["ec2.amazonaws.com"] } }],
    },
    {
      name: "no service is approved",
      options: { services: [] },
      document: [allow("iam:PassRole", ROLE, SAGEMAKER)],
      violations: [{ message: "outside", path: AT }],
    },
    {
      name: "every role, to a service that is not approved",
      document: [allow("iam:PassRole", "*", to("ec2.amazonaws.com"))],
      violations: [
        { message: "outside-any-role", path: AT, data: { values: ["ec2.amazonaws.com"], resources: ["*"] } },
      ],
    },
    {
      name: "a resource of a service that is not approved",
      document: [allow("iam:PassRole", ROLE, associated("arn:aws:ec2:us-east-1:123456789012:instance/*"))],
      violations: [{ message: "outside", path: "Statement[0].Condition.ArnLike.iam:AssociatedResourceArn" }],
    },
    {
      name: "a resource of any service",
      document: [allow("iam:PassRole", ROLE, associated("arn:aws:*:us-east-1:123456789012:*", "StringLike"))],
      violations: [
        { message: "wildcard-service", path: "Statement[0].Condition.StringLike.iam:AssociatedResourceArn" },
      ],
    },
    {
      name: "a wildcard that StringEquals takes literally is no service",
      document: [allow("iam:PassRole", ROLE, to("*.amazonaws.com"))],
      violations: [{ message: "outside", path: AT }],
    },
    {
      name: "two statements, each by itself",
      document: [allow("iam:PassRole", ROLE), allow("iam:*", "arn:aws:iam::123456789012:role/app-*")],
      violations: [
        { message: "any-service", path: "Statement[0].Action" },
        { message: "any-service", path: "Statement[1].Action", data: { entries: ["iam:*"] } },
      ],
    },
  ],
};
