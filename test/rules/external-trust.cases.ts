import { UNKNOWN } from "../../policypack/iam";
import { externalTrust } from "../../policypack/rules/external-trust";
import { ifs, type RuleCases, trust } from "./cases";

const OWN = "123456789012";
const OTHER = "111122223333";
const THIRD = "444455556666";
const role = (account: string, name = "r"): string => `arn:aws:iam::${account}:role/${name}`;
const root = (account: string): string => `arn:aws:iam::${account}:root`;
const kind = "trust" as const;
const at = "Statement[0].Principal.AWS";
const ID = ifs("StringEquals", "sts:ExternalId", "example-5d41");
const SAML = trust(
  { Federated: `arn:aws:iam::${OWN}:saml-provider/corp` },
  { Action: "sts:AssumeRoleWithSAML" },
);
const options = { accounts: [OWN] };
/** The statement to write for a whole account. */
const naming = (caller: string, condition: object): string =>
  JSON.stringify(
    trust(
      { AWS: root(OTHER) },
      { Condition: { ...condition, ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${OTHER}:${caller}` } } },
    ),
  );

export const cases: RuleCases = {
  rule: externalTrust,
  valid: [
    { name: "a role: of whose account is not known", kind, document: [trust({ AWS: role(OTHER) })] },
    {
      name: "a role of a listed account, and the account",
      kind,
      options,
      document: [trust({ AWS: [role(OWN), root(OWN)] })],
    },
    { name: "a role of the provider's account", kind, document: [SAML, trust({ AWS: role(OWN) })] },
    { name: "an external id", kind, options, document: [trust({ AWS: root(OTHER) }, ID)] },
    {
      name: "an organization",
      kind,
      options,
      document: [trust({ AWS: role(OTHER) }, ifs("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"))],
    },
    {
      name: "the organization of the role",
      kind,
      options,
      document: [
        trust({ AWS: role(OTHER) }, ifs("StringEquals", "aws:PrincipalOrgID", "${aws:ResourceOrgID}")),
      ],
    },
    {
      name: "one of two accounts is asked for an id",
      kind,
      document: [trust({ AWS: role(OWN) }), trust({ AWS: role(OTHER) }, ID)],
    },
    {
      name: "an account, and a role in it by condition",
      kind,
      document: [trust({ AWS: root(OTHER) }, ifs("ArnLike", "aws:PrincipalArn", role(OTHER, "ci-*")))],
    },
    {
      name: "callers without the id are denied",
      kind,
      options,
      document: [
        trust({ AWS: role(OTHER) }),
        trust("*", { Effect: "Deny", ...ifs("StringNotEquals", "sts:ExternalId", "x") }),
      ],
    },
    {
      name: "denied again",
      kind,
      options,
      document: [trust({ AWS: OTHER }), trust("*", { Effect: "Deny", Action: "sts:*" })],
    },
    {
      name: "an id that is not known",
      kind,
      options,
      document: { Statement: trust({ AWS: role(OTHER) }, ifs("StringEquals", "sts:ExternalId", UNKNOWN)) },
    },
    { name: "a service", kind, options, document: [trust({ Service: "lambda.amazonaws.com" })] },
  ],
  invalid: [
    {
      name: "another account, in the second statement",
      kind,
      options,
      document: [trust({ AWS: role(OWN) }), trust({ AWS: role(OTHER) })],
      violations: [{ message: "external", path: "Statement[1].Principal.AWS", data: { account: OTHER } }],
    },
    {
      name: "another account than the provider's",
      kind,
      document: [trust({ AWS: [role(OTHER), role(OTHER, "s")] }), SAML],
      violations: [
        {
          message: "external",
          path: "Statement[0].Principal",
          data: { principals: [role(OTHER), role(OTHER, "s")] },
        },
      ],
    },
    {
      name: "the whole of another account is one mistake",
      kind,
      options,
      document: { Version: "2008-10-17", Statement: trust({ AWS: OTHER }) },
      violations: [{ message: "external", path: "Statement.Principal.AWS" }],
    },
    {
      name: "several accounts, of which one may be the role's own",
      kind,
      document: [trust({ AWS: [role(OWN), role(OTHER)] }), trust({ AWS: root(THIRD) })],
      violations: [{ message: "several", path: at + "[0]", data: { accounts: [OWN, OTHER, THIRD] } }],
    },
    {
      name: "a whole account",
      kind,
      document: [trust({ AWS: root(OTHER) })],
      violations: [{ message: "account", path: at, data: { account: OTHER } }],
    },
    // What only users have, no role would bring along.
    ...[
      { StringLike: { "sts:RoleSessionName": "${aws:username}" } },
      { StringLike: { "sts:SourceIdentity": "${AWS:UserName, 'none'}@example.com" } },
      { StringLike: { "aws:username": "*" } },
      { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      { NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } },
    ].map((condition) => ({
      name: `a whole account, by a user with ${Object.keys(condition).join()} ${JSON.stringify(Object.values(condition))}`,
      kind,
      document: [trust({ AWS: root(OTHER) }, { Condition: condition })],
      violations: [{ message: "account", path: at, fix: naming("user/<user>", condition) }],
    })),
    {
      name: "a whole account by its number, for all actions but one",
      kind,
      document: [{ ...trust({ AWS: OTHER }), Action: undefined, NotAction: "sts:TagSession" }],
      violations: [{ message: "account", path: at }],
    },
    {
      name: "a whole account of an organization",
      kind,
      document: [trust({ AWS: root(OTHER) }, ifs("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"))],
      violations: [
        {
          message: "account",
          path: at,
          fix: naming("role/<role>", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }),
        },
      ],
    },
    {
      name: "a condition that repeats the account",
      kind,
      document: [
        trust({ AWS: root(OTHER) }, ifs("ArnLike", "aws:PrincipalArn", `arn:aws:iam::${OTHER}:role/*`)),
      ],
      violations: [{ message: "account", path: at }],
    },
    ...(
      [
        ["an id, if there is one", ifs("StringEqualsIfExists", "sts:ExternalId", "x")],
        ["any id", ifs("StringLike", "sts:ExternalId", "*")],
        ["ids that begin alike", ifs("StringLike", "sts:ExternalId", "x*")],
        ["all but an id", ifs("StringNotEquals", "sts:ExternalId", "x")],
        ["that there is an id", ifs("Null", "sts:ExternalId", "false")],
        ["all ids, or none", ifs("ForAllValues:StringEquals", "sts:ExternalId", "x")],
        ["the role's account as an id", ifs("StringEquals", "sts:ExternalId", "${aws:ResourceAccount}")],
        ["a variable", ifs("StringEquals", "sts:ExternalId", "${aws:PrincipalAccount}")],
        ["MFA", ifs("Bool", "aws:MultiFactorAuthPresent", "true")],
      ] as const
    ).map(([name, condition]) => ({
      name,
      kind,
      options,
      document: [trust({ AWS: role(OTHER) }, condition)],
      violations: [{ message: "external", path: at }],
    })),
  ],
};
