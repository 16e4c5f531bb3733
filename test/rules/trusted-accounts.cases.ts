import { UNKNOWN } from "../../policypack/iam";
import { trustedAccounts } from "../../policypack/rules/trusted-accounts";
import { ifs, open, type RuleCases, trust } from "./cases";

const OWN = "123456789012";
const OTHER = "111122223333";
const ORG = "o-a1b2c3d4e5";
const options = { accounts: [OWN], organizations: [ORG] };
const role = (account: string, name = "r"): string => `arn:aws:iam::${account}:role/${name}`;
const kind = "trust" as const;
const at = "Statement[0].Principal.AWS";
const other = (more: object = {}): object => trust({ AWS: role(OTHER) }, more);

export const cases: RuleCases = {
  rule: trustedAccounts,
  valid: [
    { name: "nothing is known to be trusted", kind, document: [other()] },
    {
      name: "a trusted account in all its forms",
      kind,
      options,
      document: [
        trust({
          AWS: [OWN, role(OWN), `arn:aws:sts::${OWN}:assumed-role/r/s`, `arn:aws-cn:iam::${OWN}:root`],
        }),
      ],
    },
    {
      name: "a trusted organization",
      kind,
      options,
      document: [other(ifs("StringEquals", "aws:PrincipalOrgID", ORG))],
    },
    {
      name: "a part of it",
      kind,
      options,
      document: [trust("*", ifs("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", `${ORG}/r-ab12/*`))],
    },
    {
      name: "everybody of a trusted account",
      kind: "resource",
      options,
      document: [open(ifs("ArnLike", "aws:PrincipalArn", `arn:aws:iam::${OWN}:role/*`))],
    },
    {
      name: "everybody of the resource's own account",
      kind: "resource",
      options,
      document: [
        open(ifs("StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}")),
        open(ifs("ArnLike", "aws:PrincipalArn", "arn:aws:iam::${aws:ResourceAccount}:role/*")),
      ],
    },
    {
      name: "strangers are denied",
      kind: "resource",
      options,
      document: [
        open(),
        open({
          Effect: "Deny",
          Action: "*",
          Resource: "*",
          ...ifs("StringNotEquals", "aws:PrincipalAccount", OWN),
        }),
      ],
    },
    {
      name: "denied again",
      kind,
      options,
      document: [other(), trust("*", { Effect: "Deny", Action: "sts:*" })],
    },
    { name: "everybody is the concern of another rule", kind: "resource", options, document: [open()] },
    {
      name: "services and providers",
      kind,
      options,
      document: [trust({ Service: "lambda.amazonaws.com", Federated: "accounts.google.com" })],
    },
    {
      name: "CloudFront's identity",
      kind: "resource",
      options,
      document: [
        open({ Principal: { AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1" } }),
      ],
    },
    { name: "a Deny", kind, options, document: [other({ Effect: "Deny" })] },
    {
      name: "a principal that is not known",
      kind,
      options,
      document: { Statement: trust({ AWS: UNKNOWN }) },
    },
  ],
  invalid: [
    {
      name: "everybody of the resource's own organization, which may be another",
      kind: "resource",
      options,
      document: [open(ifs("StringEquals", "aws:PrincipalOrgID", "${aws:ResourceOrgID}"))],
      violations: [{ message: "anybody", path: "Statement[0].Principal" }],
    },
    {
      name: "another account, in the second statement",
      kind,
      options,
      document: [trust({ AWS: OWN }), other()],
      violations: [{ message: "untrusted", path: "Statement[1].Principal.AWS", data: { account: OTHER } }],
    },
    {
      name: "principals of one account are one mistake",
      kind,
      options,
      document: {
        Version: "2008-10-17",
        Statement: trust({ AWS: [role(OTHER), OWN, role(OTHER, "s"), OTHER] }),
      },
      violations: [
        {
          message: "untrusted",
          path: "Statement.Principal",
          data: { principals: [role(OTHER), role(OTHER, "s"), OTHER] },
        },
      ],
    },
    {
      name: "two accounts are two",
      kind,
      options,
      document: [trust({ AWS: [OTHER, "444455556666"] })],
      violations: [
        { message: "untrusted", path: at + "[0]" },
        { message: "untrusted", path: at + "[1]" },
      ],
    },
    {
      name: "an external id",
      kind,
      options: { accounts: [OWN] },
      document: [other(ifs("StringEquals", "sts:ExternalId", "x"))],
      violations: [{ message: "untrusted", path: at }],
    },
    {
      name: "an id of a deleted role",
      kind,
      options,
      document: [trust({ AWS: "AROAJ2UCCR6DPCEXAMPLE" })],
      violations: [{ message: "unnamed", path: at }],
    },
    {
      name: "a canonical user",
      kind: "resource",
      options,
      document: [
        open({
          Principal: { CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" },
        }),
      ],
      violations: [{ message: "unnamed", path: "Statement[0].Principal.CanonicalUser" }],
    },
    {
      name: "another organization",
      kind: "resource",
      options,
      document: [open(ifs("StringEquals", "aws:PrincipalOrgID", "o-zzzzzzzzzz"))],
      violations: [{ message: "anybody", path: "Statement[0].Principal" }],
    },
    {
      name: "an endpoint",
      kind: "resource",
      options: { accounts: [OWN] },
      document: [open(ifs("StringEquals", "aws:SourceVpce", "vpce-1"))],
      violations: [{ message: "anybody", path: "Statement[0].Principal" }],
    },
    ...(
      [
        ["an organization, if there is one", ifs("StringEqualsIfExists", "aws:PrincipalOrgID", ORG)],
        ["one of two organizations", ifs("StringEquals", "aws:PrincipalOrgID", [ORG, "o-zzzzzzzzzz"])],
        ["organizations that begin alike", ifs("StringLike", "aws:PrincipalOrgID", `${ORG}*`)],
        ["all parts, or none", ifs("ForAllValues:StringLike", "aws:PrincipalOrgPaths", `${ORG}/*`)],
        ["all but an organization", ifs("StringNotEquals", "aws:PrincipalOrgID", "o-zzzzzzzzzz")],
        ["the organization of the resource", ifs("StringEquals", "aws:ResourceOrgID", ORG)],
        ["a variable", ifs("StringEquals", "aws:PrincipalOrgID", "${aws:ResourceOrgID}")],
      ] as const
    ).map(([name, condition]) => ({
      name,
      kind,
      options,
      document: [other(condition)],
      violations: [{ message: "untrusted", path: at }],
    })),
  ],
};
