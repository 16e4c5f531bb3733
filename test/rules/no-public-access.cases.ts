import { UNKNOWN } from "../../policypack/iam";
import { noPublicAccess } from "../../policypack/rules/no-public-access";
import { ifs, open, type RuleCases, trust } from "./cases";

const ORG = "aws:PrincipalOrgID";
const ACCOUNT = "${aws:ResourceAccount}";
const NAMED = open({ Principal: { AWS: "arn:aws:iam::123456789012:role/reader" } });
const DENY_STRANGERS = open({
  Effect: "Deny",
  Action: "s3:*",
  Resource: "*",
  ...ifs("StringNotEquals", ORG, "o-a1b2c3d4e5"),
});

const found = (message: string, path = "Statement[0].Principal") => [{ message, path }];

/** Seventeen ranges, each of which would name somebody. */
const EIGHTHS = Array.from({ length: 17 }, (_, at) => `${at + 20}.0.0.0/8`);

export const cases: RuleCases = {
  rule: noPublicAccess,
  valid: [
    {
      name: "one network, named many times",
      kind: "resource",
      document: [
        open(
          ifs(
            "IpAddress",
            "aws:SourceIp",
            Array.from({ length: 17 }, () => "20.0.0.0/8"),
          ),
        ),
      ],
    },
    {
      name: "an API for one network, in the short form of its ARN",
      kind: "resource",
      document: [
        open({ Action: "execute-api:Invoke", Resource: "execute-api:/*" }),
        open({
          Effect: "Deny",
          Action: "execute-api:Invoke",
          Resource: "execute-api:/*",
          ...ifs("NotIpAddress", "aws:SourceIp", "203.0.113.0/24"),
        }),
      ],
    },
    { name: "a role", kind: "resource", document: [NAMED] },
    {
      name: "a service",
      kind: "resource",
      document: [open({ Principal: { Service: "logging.s3.amazonaws.com" } })],
    },
    { name: "an organization", kind: "resource", document: [open(ifs("StringEquals", ORG, "o-a1b2c3d4e5"))] },
    {
      name: "one of two tests says who",
      kind: "resource",
      document: [
        open({
          Condition: {
            Bool: { "aws:SecureTransport": "true" },
            StringEquals: { "aws:SourceVpce": "vpce-1" },
          },
        }),
      ],
    },
    {
      name: "a part of an organization",
      kind: "trust",
      document: [trust("*", ifs("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/r-ab12/*"))],
    },
    {
      name: "roles of an account",
      kind: "trust",
      document: [
        trust({ AWS: "*" }, ifs("ArnLike", "aws:PrincipalArn", "arn:aws:iam::123456789012:role/ci-*")),
      ],
    },
    // The account and the organization of the resource let in nobody else, and a request without them passes no test.
    ...(
      [
        ["the account of the resource", ifs("StringEquals", "aws:PrincipalAccount", ACCOUNT)],
        ["its account, as a pattern", ifs("StringLike", "aws:SourceAccount", "${AWS:resourceaccount}")],
        ["its account or another", ifs("StringEquals", "aws:PrincipalAccount", [ACCOUNT, "123456789012"])],
        ["its organization", ifs("StringEquals", ORG, "${aws:ResourceOrgID}")],
        [
          "a part of its organization",
          ifs("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "${aws:ResourceOrgID}/*"),
        ],
        ["roles of its account", ifs("ArnLike", "aws:PrincipalArn", `arn:aws:iam::${ACCOUNT}:role/*`)],
      ] as const
    ).flatMap(([name, condition]) => [
      { name, kind: "resource" as const, document: [open(condition)] },
      { name: `${name}, in a role's trust`, kind: "trust" as const, document: [trust("*", condition)] },
    ]),
    { name: "strangers are denied", kind: "resource", document: [open(), DENY_STRANGERS] },
    {
      name: "everybody is denied",
      kind: "resource",
      document: [open(), open({ Effect: "Deny", Action: "s3:*" })],
    },
    { name: "a Deny of everybody", kind: "resource", document: [open({ Effect: "Deny" })] },
    {
      name: "a principal that is not known",
      kind: "trust",
      document: { Statement: trust({ AWS: [UNKNOWN] }) },
    },
    {
      name: "everybody but somebody not known",
      kind: "resource",
      document: { Statement: { ...open(), Principal: undefined, NotPrincipal: { AWS: UNKNOWN } } },
    },
    {
      name: "a condition that is not known",
      kind: "resource",
      document: { Statement: open(ifs("StringEquals", ORG, UNKNOWN)) },
    },
    {
      name: "a Deny that is not known may be of everybody",
      kind: "resource",
      document: {
        Statement: [
          open({ Resource: UNKNOWN }),
          open({ Effect: "Deny", Action: UNKNOWN, Resource: UNKNOWN }),
        ],
      },
    },
    {
      name: "a statement that is not known may be such a Deny",
      kind: "resource",
      document: { Statement: [open(), UNKNOWN] },
    },
    {
      name: "an effect that is not known",
      kind: "resource",
      document: { Statement: [open(), open({ Effect: UNKNOWN })] },
    },
    {
      name: "an action that is not known",
      kind: "resource",
      document: { Statement: open({ Action: UNKNOWN }) },
    },
    {
      name: "nothing allowed",
      kind: "resource",
      document: [{ ...open(), Action: undefined, NotAction: "*" }],
    },
  ],
  invalid: [
    {
      name: "everybody, in the second statement",
      kind: "resource",
      document: [NAMED, open()],
      violations: [{ message: "public", path: "Statement[1].Principal", data: { action: "s3:GetObject" } }],
    },
    ...["arn:aws:s3::123456789012:accesspoint/x.mrap/object/*", "arn:aws:s3::123456789012:accesspoint/*"].map(
      (Resource) => ({
        name: `an access point of all regions: ${Resource}`,
        kind: "resource" as const,
        document: [open({ Resource })],
        violations: found("public"),
      }),
    ),
    {
      name: "an API, in the short form of its ARN: a method of it is said, and no domain",
      kind: "resource",
      document: [open({ Action: "execute-api:Invoke", Resource: "execute-api:/prod/GET/pets" })],
      violations: [
        {
          message: "public",
          path: "Statement[0].Principal",
          data: {
            use: "use `execute-api:Invoke` on `arn:aws:execute-api:us-east-1:123456789012:x/prod/GET/pets`",
          },
        },
      ],
    },
    {
      name: "an object statement",
      kind: "resource",
      document: { Version: "2008-10-17", Statement: open() },
      violations: found("public", "Statement.Principal"),
    },
    {
      name: "everybody, among others",
      kind: "resource",
      document: [open({ Principal: { AWS: ["arn:aws:iam::123456789012:root", "*"] } })],
      violations: found("public", "Statement[0].Principal.AWS[1]"),
    },
    { name: "a role for everybody", kind: "trust", document: [trust("*")], violations: found("public") },
    {
      name: "an external id is no secret",
      kind: "trust",
      document: [trust({ AWS: "*" }, ifs("StringEquals", "sts:ExternalId", "abc"))],
      violations: found("conditional", "Statement[0].Principal.AWS"),
    },
    {
      name: "everybody but one",
      kind: "resource",
      document: [
        { ...open(), Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } },
      ],
      violations: found("public", "Statement[0].NotPrincipal"),
    },
    {
      name: "all actions but one",
      kind: "resource",
      document: [{ ...open(), Action: undefined, NotAction: "s3:PutObject" }],
      violations: found("public"),
    },
    {
      name: "all resources but one",
      kind: "resource",
      document: [{ ...open(), Resource: undefined, NotResource: "arn:aws:s3:::b/*" }],
      violations: found("public"),
    },
    {
      name: "two statements are two mistakes",
      kind: "resource",
      document: [open(), open({ Action: "s3:PutObject" })],
      violations: [...found("public"), ...found("public", "Statement[1].Principal")],
    },
    {
      name: "an unknown resource",
      kind: "resource",
      document: { Statement: open({ Resource: [UNKNOWN] }) },
      violations: [{ message: "public", path: "Statement.Principal", data: { use: "use `s3:GetObject`" } }],
    },
    {
      name: "an unknown resource, and strangers denied without TLS",
      kind: "resource",
      document: {
        Statement: [
          open({ Resource: UNKNOWN }),
          open({
            Effect: "Deny",
            Action: "s3:*",
            Resource: UNKNOWN,
            ...ifs("Bool", "aws:SecureTransport", "false"),
          }),
        ],
      },
      violations: found("public"),
    },
    {
      name: "one action is known",
      kind: "resource",
      document: { Statement: open({ Action: ["s3:GetObject", UNKNOWN] }) },
      violations: found("public", "Statement.Principal"),
    },
    {
      name: "strangers are denied one of two actions",
      kind: "resource",
      document: [
        open({ Action: ["s3:GetObject", "s3:PutObject"] }),
        open({
          Effect: "Deny",
          Action: "s3:PutObject",
          Resource: "*",
          ...ifs("StringNotEquals", ORG, "o-a1b2c3d4e5"),
        }),
      ],
      violations: [{ message: "public", path: "Statement[0].Principal", data: { action: "s3:GetObject" } }],
    },
    {
      name: "strangers are denied, unless an AWS service asks for them",
      kind: "resource",
      document: [
        open(),
        open({
          Effect: "Deny",
          Action: "s3:*",
          Resource: "*",
          Condition: {
            StringNotEqualsIfExists: { [ORG]: "o-a1b2c3d4e5" },
            BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
          },
        }),
      ],
      violations: [
        {
          message: "public",
          path: "Statement[0].Principal",
          data: { whom: "anybody, through an AWS service," },
        },
      ],
    },
    {
      name: "strangers that belong to no organization are not denied",
      kind: "resource",
      document: [
        open(),
        open({
          Effect: "Deny",
          Action: "s3:*",
          Resource: "*",
          Condition: { StringNotEquals: { [ORG]: "o-a1b2c3d4e5" }, Null: { [ORG]: "false" } },
        }),
      ],
      violations: found("public"),
    },
    ...(
      [
        ["if there is one", ifs("StringEqualsIfExists", ORG, "o-a1b2c3d4e5")],
        [
          "all values, or none",
          ifs("ForAllValues:StringEquals", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/r-ab12/"),
        ],
        ["all but one", ifs("StringNotEquals", ORG, "o-a1b2c3d4e5")],
        ["any that begin alike", ifs("StringLike", ORG, "o-*")],
        ["one of several is open", ifs("StringLike", ORG, ["o-a1b2c3d4e5", "*"])],
        ["single characters", ifs("StringLike", "aws:SourceAccount", "????????????")],
        ["that there is one", ifs("Null", ORG, "false")],
        [
          "a variable that is its own",
          ifs("StringEquals", "aws:PrincipalAccount", "${aws:PrincipalAccount}"),
        ],
        [
          "a variable that is its own, in an ARN",
          ifs("ArnLike", "aws:PrincipalArn", "arn:aws:iam::${aws:PrincipalAccount}:role/*"),
        ],
        [
          "one of two variables",
          ifs("StringEquals", "aws:PrincipalAccount", [ACCOUNT, "${aws:SourceAccount}"]),
        ],
        ["a variable that may be another", ifs("StringEquals", ORG, ACCOUNT)],
        [
          "a variable with a default",
          ifs("StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount, '123456789012'}"),
        ],
        ["a variable among others", ifs("StringLike", "aws:PrincipalAccount", `*${ACCOUNT}*`)],
        ["the account, if there is one", ifs("StringEqualsIfExists", "aws:PrincipalAccount", ACCOUNT)],
        ["the account, or none", ifs("ForAllValues:StringEquals", "aws:PrincipalAccount", ACCOUNT)],
        ["the account, as anybody names it", ifs("StringEquals", "aws:Referer", ACCOUNT)],
        ["the account, as its tag says", ifs("StringEquals", "aws:PrincipalTag/account", ACCOUNT)],
        ["the account of the caller", ifs("StringEquals", "aws:ResourceAccount", "${aws:PrincipalAccount}")],
        [
          "a role named after the account",
          ifs("ArnLike", "aws:PrincipalArn", `arn:aws:iam::*:role/${ACCOUNT}`),
        ],
        ["transport", ifs("Bool", "aws:SecureTransport", "true")],
        ["a header that anybody can send", ifs("StringLike", "aws:Referer", "https://example.com/*")],
        ["a tag of the caller", ifs("StringEquals", "aws:PrincipalTag/team", "ml")],
        ["half of all addresses", ifs("IpAddress", "aws:SourceIp", ["0.0.0.0/1", "128.0.0.0/1"])],
        ["nearly all addresses, in parts", ifs("IpAddress", "aws:SourceIp", EIGHTHS)],
        ["an ARN of any account", ifs("ArnLike", "aws:SourceArn", "arn:aws:sns:us-east-1:*:topic")],
        ["the account of the resource", ifs("StringEquals", "aws:ResourceAccount", "123456789012")],
      ] as const
    ).map(([name, condition]) => ({
      name,
      kind: "resource" as const,
      document: [open(condition)],
      violations: found("conditional"),
    })),
    {
      name: "all accounts but the resource's own",
      kind: "resource",
      document: [open(ifs("StringNotEquals", "aws:PrincipalAccount", ACCOUNT))],
      violations: found("undecided"),
    },
    {
      // Where the resource belongs to no organization, nobody can tell whether the Deny means anything.
      name: "other organizations than the resource's are denied",
      kind: "resource",
      document: [
        open(),
        open({
          Effect: "Deny",
          Action: "*",
          Resource: "*",
          ...ifs("StringNotEquals", ORG, "${aws:ResourceOrgID}"),
        }),
      ],
      violations: found("undecided"),
    },
    {
      name: "more than can be decided",
      kind: "resource",
      document: [open({ Action: [] })],
      violations: found("undecided"),
    },
  ],
};
