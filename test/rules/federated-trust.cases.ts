import { UNKNOWN } from "../../policypack/iam";
import { federatedTrust } from "../../policypack/rules/federated-trust";
import { ifs, type RuleCases, trust } from "./cases";

const provider = (issuer: string): string => `arn:aws:iam::123456789012:oidc-provider/${issuer}`;
const GITHUB = "token.actions.githubusercontent.com";
const oidc = (issuer: string, more: object = {}): object =>
  trust({ Federated: provider(issuer) }, { Action: "sts:AssumeRoleWithWebIdentity", ...more });
const github = (more: object = {}): object => oidc(GITHUB, more);
const SUB = `${GITHUB}:sub`;
const MAIN = "repo:example/app:ref:refs/heads/main";
const AUD = { [`${GITHUB}:aud`]: "sts.amazonaws.com" };
const at = "Statement[0].Principal.Federated";
const EKS = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E";

const CLEAN_TRUST = trust({ AWS: "arn:aws:iam::123456789012:role/r" });
const weak = (name: string, document: unknown) => ({
  name,
  kind: "trust" as const,
  document,
  violations: [{ message: "weak", path: at }],
});

export const cases: RuleCases = {
  rule: federatedTrust,
  valid: [
    {
      name: "a branch",
      kind: "trust",
      document: [github({ Condition: { StringEquals: { ...AUD, [SUB]: MAIN } } })],
    },
    { name: "an organization", kind: "trust", document: [github(ifs("StringLike", SUB, "repo:example/*"))] },
    {
      name: "an organization with its number",
      kind: "trust",
      document: [github(ifs("StringLike", SUB, "repo:example@1234/app@5678:*"))],
    },
    {
      name: "in any case",
      kind: "trust",
      document: [github(ifs("StringEqualsIgnoreCase", SUB, "Repo:Example/App:ref:refs/heads/main"))],
    },
    {
      name: "for any of its values",
      kind: "trust",
      document: [github(ifs("ForAnyValue:StringLike", SUB, "repo:example/app:*"))],
    },
    {
      name: "claims in another order",
      kind: "trust",
      document: [github(ifs("StringLike", SUB, "repository_owner_id:1234:environment:prod*"))],
    },
    {
      name: "another claim",
      kind: "trust",
      document: [
        github({
          Condition: {
            StringEquals: { [`${GITHUB}:repository_owner_id`]: "1234" },
            StringLike: { [SUB]: "*" },
          },
        }),
      ],
    },
    {
      name: "a pattern of no wildcards",
      kind: "trust",
      document: [github(ifs("StringEquals", SUB, "repo:example/*"))],
    },
    {
      name: "others are denied",
      kind: "trust",
      document: [github(), github({ Effect: "Deny", ...ifs("StringNotLike", SUB, "repo:example/*") })],
    },
    { name: "a Deny", kind: "trust", document: [github({ Effect: "Deny" })] },
    {
      name: "denied again",
      kind: "trust",
      document: [github(), trust("*", { Effect: "Deny", Action: "sts:*" })],
    },
    {
      name: "GitLab",
      kind: "trust",
      document: [oidc("gitlab.com", ifs("StringLike", "gitlab.com:sub", "project_path:group/*"))],
    },
    {
      name: "HCP Terraform",
      kind: "trust",
      document: [
        oidc(
          "app.terraform.io",
          ifs("StringLike", "app.terraform.io:sub", "organization:example:project:*:workspace:*"),
        ),
      ],
    },
    {
      name: "Pulumi Cloud",
      kind: "trust",
      document: [oidc("api.pulumi.com/oidc", ifs("StringEquals", "api.pulumi.com/oidc:aud", "aws:example"))],
    },
    {
      name: "Google",
      kind: "trust",
      document: [
        trust(
          { Federated: "accounts.google.com" },
          {
            Action: "sts:AssumeRoleWithWebIdentity",
            ...ifs("StringEquals", "accounts.google.com:aud", "1234.apps.googleusercontent.com"),
          },
        ),
      ],
    },
    {
      name: "Cognito",
      kind: "trust",
      document: [
        trust(
          { Federated: "cognito-identity.amazonaws.com" },
          {
            Action: "sts:AssumeRoleWithWebIdentity",
            ...ifs("StringEquals", "cognito-identity.amazonaws.com:aud", "us-east-1:pool"),
          },
        ),
      ],
    },
    {
      name: "a service account",
      kind: "trust",
      document: [oidc(EKS, ifs("StringEquals", `${EKS}:sub`, "system:serviceaccount:ns:sa"))],
    },
    {
      name: "a namespace",
      kind: "trust",
      document: [oidc(EKS, ifs("StringLike", `${EKS}:sub`, "system:serviceaccount:ns:*"))],
    },
    {
      name: "a provider of one's own",
      kind: "trust",
      document: [oidc("login.example.com", ifs("StringEquals", "login.example.com:aud", "app"))],
    },
    {
      name: "the concern of another rule: the action",
      kind: "trust",
      document: [trust({ Federated: provider(GITHUB) })],
    },
    {
      name: "SAML",
      kind: "trust",
      document: [
        trust(
          { Federated: "arn:aws:iam::123456789012:saml-provider/corp" },
          { Action: "sts:AssumeRoleWithSAML" },
        ),
      ],
    },
    {
      name: "a condition that is not known",
      kind: "trust",
      document: { Statement: github(ifs("StringLike", SUB, UNKNOWN)) },
    },
    {
      name: "a provider that is not known, and what its tokens must say",
      kind: "trust",
      document: {
        Statement: trust(
          { Federated: UNKNOWN },
          { Action: "sts:AssumeRoleWithWebIdentity", ...ifs("StringLike", SUB, "repo:example/app:*") },
        ),
      },
    },
    {
      name: "a provider that is not known, and perhaps SAML",
      kind: "trust",
      document: { Statement: trust({ Federated: UNKNOWN }, { Action: "sts:*" }) },
    },
    { name: "a role", kind: "trust", document: [CLEAN_TRUST] },
  ],
  invalid: [
    {
      name: "no condition, in the second statement",
      kind: "trust",
      document: [CLEAN_TRUST, github({ Action: ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"] })],
      violations: [{ message: "no-condition", path: "Statement[1].Principal.Federated" }],
    },
    {
      name: "an object statement",
      kind: "trust",
      document: { Version: "2008-10-17", Statement: github() },
      violations: [{ message: "no-condition", path: "Statement.Principal.Federated" }],
    },
    {
      name: "all actions but one",
      kind: "trust",
      document: [{ ...github(), Action: undefined, NotAction: "sts:TagSession" }],
      violations: [{ message: "no-condition", path: at }],
    },
    {
      name: "a pattern of actions",
      kind: "trust",
      document: [github({ Action: "STS:*WebIdentit?" })],
      violations: [{ message: "no-condition", path: at }],
    },
    {
      name: "an audience, which GitHub lets all ask for",
      kind: "trust",
      document: [github(ifs("StringEquals", `${GITHUB}:aud`, "sts.amazonaws.com"))],
      violations: [{ message: "no-repository", path: at }],
    },
    {
      name: "an audience of GitLab",
      kind: "trust",
      document: [oidc("gitlab.com", ifs("StringEquals", "gitlab.com:aud", "https://gitlab.com"))],
      violations: [{ message: "no-tenant", path: at }],
    },
    {
      name: "a provider of one's own, without any condition",
      kind: "trust",
      document: [oidc("login.example.com")],
      violations: [{ message: "no-condition", path: at }],
    },
    {
      name: "a provider of one's own, and any subject",
      kind: "trust",
      document: [oidc("login.example.com", ifs("StringLike", "login.example.com:sub", "*"))],
      violations: [{ message: "weak", path: at }],
    },
    {
      name: "a claim of another provider",
      kind: "trust",
      document: [oidc("gitlab.com", ifs("StringLike", SUB, "repo:example/*"))],
      violations: [{ message: "no-condition", path: at }],
    },
    {
      name: "two providers, one of them closed",
      kind: "trust",
      document: [
        trust(
          { Federated: [provider(GITHUB), provider("gitlab.com")] },
          { Action: "sts:AssumeRoleWithWebIdentity", ...ifs("StringLike", SUB, "repo:example/*") },
        ),
      ],
      violations: [{ message: "no-condition", path: at + "[1]" }],
    },
    {
      name: "a provider that is not known, without a condition",
      kind: "trust",
      document: { Statement: trust({ Federated: UNKNOWN }, { Action: "sts:AssumeRoleWithWebIdentity" }) },
      violations: [{ message: "no-condition", path: "Statement.Principal" }],
    },
    {
      name: "a provider that is not known, and any repository",
      kind: "trust",
      document: {
        Statement: trust(
          { Federated: UNKNOWN },
          { Action: "sts:AssumeRoleWithWebIdentity", ...ifs("StringLike", SUB, "repo:*") },
        ),
      },
      violations: [{ message: "weak", path: "Statement.Principal" }],
    },
    ...(
      [
        ["any subject", "StringLike", "*"],
        ["any organization", "StringLike", "repo:*"],
        ["any organization with such a repository", "StringLike", "repo:*/app:ref:refs/heads/main"],
        ["organizations that begin alike", "StringLike", "repo:example*"],
        ["organizations of one letter more", "StringLike", "repo:exampl?/app:*"],
        ["anything before", "StringLike", "*repo:example/app:*"],
        ["an environment, which anybody can name so", "StringEquals", "environment:prod"],
        ["one of two is open", "StringLike", [MAIN, "repo:*:ref:refs/heads/main"]],
        ["if there is one", "StringLikeIfExists", MAIN],
        ["all, or none", "ForAllValues:StringLike", MAIN],
        ["all but one", "StringNotLike", "repo:evil/*"],
        ["that there is one", "Null", "false"],
        ["a variable", "StringLike", "repo:${aws:PrincipalTag/org}/*"],
        [
          "a workflow that others may call",
          "StringLike",
          "job_workflow_ref:example/flows/.github/workflows/x.yml@*",
        ],
      ] as const
    ).map(([name, operator, value]) => weak(name, [github(ifs(operator, SUB, value))])),
    weak("others are denied, if they say who they are", [
      github(ifs("StringLike", SUB, "*")),
      github({
        Effect: "Deny",
        Condition: { StringNotLike: { [SUB]: "repo:example/*" }, Null: { [`${GITHUB}:aud`]: "false" } },
      }),
    ]),
    weak("any organization of HCP Terraform", [
      oidc("app.terraform.io", ifs("StringLike", "app.terraform.io:sub", "organization:*:workspace:x:*")),
    ]),
    weak("any namespace", [oidc(EKS, ifs("StringLike", `${EKS}:sub`, "system:serviceaccount:*:sa"))]),
    weak("any application of Google", [
      trust(
        { Federated: "accounts.google.com" },
        {
          Action: "sts:AssumeRoleWithWebIdentity",
          ...ifs("StringLike", "accounts.google.com:aud", "*.apps.googleusercontent.com"),
        },
      ),
    ]),
  ],
};
