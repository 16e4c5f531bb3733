import { UNKNOWN } from "../../policypack/iam";
import { federatedSubject } from "../../policypack/rules/federated-subject";
import { ifs, type RuleCases, trust } from "./cases";

const provider = (issuer: string): string => `arn:aws:iam::123456789012:oidc-provider/${issuer}`;
const GITHUB = "token.actions.githubusercontent.com";
const OWN = "login.example.com";
const EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";
const oidc = (issuer: string, more: object): object =>
  trust({ Federated: provider(issuer) }, { Action: "sts:AssumeRoleWithWebIdentity", ...more });
const github = (
  sub: unknown,
  aud: object = { StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com" } },
): object => oidc(GITHUB, { Condition: { ...aud, StringLike: { [`${GITHUB}:sub`]: sub } } });
const saml = (more: object = {}): object =>
  trust(
    { Federated: "arn:aws:iam::123456789012:saml-provider/corp" },
    { Action: "sts:AssumeRoleWithSAML", ...more },
  );
const COGNITO = "cognito-identity.amazonaws.com";
const pool = (more: object): object =>
  trust(
    { Federated: COGNITO },
    {
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { StringEquals: { [`${COGNITO}:aud`]: "us-east-1:12345678-abcd" }, ...more },
    },
  );
const MAIN = "repo:example/app:ref:refs/heads/main";
const at = "Statement[0].Principal.Federated";
const branch = (name: string, sub: unknown, values: readonly string[]) => ({
  name,
  kind: "trust" as const,
  document: [github(sub)],
  violations: [{ message: "branch", path: at, data: { values } }],
});

export const cases: RuleCases = {
  rule: federatedSubject,
  valid: [
    { name: "a branch", kind: "trust", document: [github(MAIN)] },
    {
      name: "release branches",
      kind: "trust",
      document: [github("repo:example/app:ref:refs/heads/release-*")],
    },
    { name: "an environment", kind: "trust", document: [github("repo:example/app:environment:prod")] },
    {
      name: "an organization, of which a Deny leaves one branch",
      kind: "trust",
      document: [
        github("repo:example/*"),
        oidc(GITHUB, { Effect: "Deny", Condition: { StringNotEquals: { [`${GITHUB}:sub`]: MAIN } } }),
      ],
    },
    ...["authenticated", "unauthenticated"].map((amr) => ({
      name: `an identity pool: ${amr}`,
      kind: "trust" as const,
      document: [pool({ "ForAnyValue:StringLike": { [`${COGNITO}:amr`]: amr } })],
    })),
    { name: "no claim at all is another rule's", kind: "trust", document: [oidc(GITHUB, {})] },
    {
      name: "an application of Facebook",
      kind: "trust",
      document: [
        trust(
          { Federated: "graph.facebook.com" },
          {
            Action: "sts:AssumeRoleWithWebIdentity",
            ...ifs("StringEquals", "graph.facebook.com:app_id", "1"),
          },
        ),
      ],
    },
    {
      name: "SAML",
      kind: "trust",
      document: [saml(ifs("StringEquals", "saml:aud", "https://signin.aws.amazon.com/saml"))],
    },
    {
      name: "SAML in regions",
      kind: "trust",
      document: [saml(ifs("StringLike", "SAML:aud", "https://*.signin.aws.amazon.com/saml"))],
    },
    { name: "a role", kind: "trust", document: [trust({ AWS: "arn:aws:iam::123456789012:role/r" })] },
    {
      name: "a condition that is not known",
      kind: "trust",
      document: { Statement: saml(ifs("StringEquals", "saml:aud", UNKNOWN)) },
    },
  ],
  invalid: [
    ...[{}, { "ForAllValues:StringEquals": { [`${COGNITO}:amr`]: "authenticated" } }].map((more) => ({
      name: `an identity pool, its guests included: ${JSON.stringify(more)}`,
      kind: "trust" as const,
      document: [pool(more)],
      violations: [{ message: "guests", path: at }],
    })),
    {
      name: "an organization, by a Deny of the others",
      kind: "trust",
      document: [
        oidc(GITHUB, { Condition: { StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com" } } }),
        oidc(GITHUB, {
          Effect: "Deny",
          Condition: { StringNotLike: { [`${GITHUB}:sub`]: "repo:example/*" } },
        }),
      ],
      violations: [
        {
          message: "branch",
          path: at,
          data: { values: ["repo:example/*"] },
          fix: `in a statement of its own, add a condition on \`${GITHUB}:sub\`, such as \`repo:example/<repository>:ref:refs/heads/main\``,
        },
      ],
    },
    {
      name: "an organization by a Deny of the others, and no audience",
      kind: "trust",
      document: [
        oidc(GITHUB, {}),
        oidc(GITHUB, { Effect: "Deny", Condition: { StringNotLike: { [`${GITHUB}:sub`]: MAIN } } }),
      ],
      violations: [{ message: "audience", path: at }],
    },
    {
      name: "a Deny of other branches that not every token meets",
      kind: "trust",
      document: [
        github("repo:example/*"),
        oidc(GITHUB, {
          Effect: "Deny",
          Condition: {
            StringNotEquals: { [`${GITHUB}:sub`]: MAIN },
            StringEquals: { [`${GITHUB}:actor`]: "someone" },
          },
        }),
      ],
      violations: [{ message: "branch", path: at, data: { values: ["repo:example/*"] } }],
    },
    {
      name: "no audience, in the second statement",
      kind: "trust",
      document: [github(MAIN), github(MAIN, {})],
      violations: [
        { message: "audience", path: "Statement[1].Principal.Federated", data: { key: `${GITHUB}:aud` } },
      ],
    },
    {
      name: "an audience, if there is one",
      kind: "trust",
      document: [github(MAIN, { StringEqualsIfExists: { [`${GITHUB}:aud`]: "sts.amazonaws.com" } })],
      violations: [{ message: "audience", path: at }],
    },
    ...(
      [
        ["gitlab.com", "project_path:example/app:ref_type:branch:ref:main", "<audience>"],
        ["app.terraform.io", "organization:example:project:p:workspace:w:run_phase:apply", "<audience>"],
        [OWN, "app", "<audience>"],
        [GITHUB, MAIN, "sts.amazonaws.com"],
        [EKS, "system:serviceaccount:default:app", "sts.amazonaws.com"],
      ] as const
    ).map(([issuer, sub, audience]) => {
      const condition = (aud: object): object => ({ StringEquals: { [`${issuer}:sub`]: sub, ...aud } });
      return {
        name: `no audience of ${issuer}`,
        kind: "trust" as const,
        document: [oidc(issuer, { Condition: condition({}) })],
        violations: [
          {
            message: "audience",
            path: at,
            fix: JSON.stringify(oidc(issuer, { Condition: condition({ [`${issuer}:aud`]: audience }) })),
          },
        ],
      };
    }),
    branch("any branch", "repo:example/app:*", ["repo:example/app:*"]),
    branch("any repository", "repo:example/*", ["repo:example/*"]),
    branch("a branch of any repository", "repo:example/*:ref:refs/heads/main", [
      "repo:example/*:ref:refs/heads/main",
    ]),
    branch("one of two", [MAIN, "repo:example/app:ref:*"], ["repo:example/app:ref:*"]),
    {
      name: "any user of a provider of one's own",
      kind: "trust",
      document: [oidc(OWN, ifs("StringEquals", `${OWN}:aud`, "app"))],
      violations: [{ message: "subject", path: at }],
    },
    ...(
      [
        ["of at least one character", "StringLike", "?*"],
        ["like anything", "StringLike", ["user-1", "*"]],
        ["but one", "StringNotEquals", "user-1"],
        ["if there is one", "StringEqualsIfExists", "user-1"],
        ["that there is", "Null", "false"],
      ] as const
    ).map(([name, operator, value]) => ({
      name: `a subject ${name}`,
      kind: "trust" as const,
      document: [
        oidc(OWN, {
          Condition: { StringEquals: { [`${OWN}:aud`]: "app" }, [operator]: { [`${OWN}:sub`]: value } },
        }),
      ],
      violations: [{ message: "subject", path: at }],
    })),
    { name: "SAML", kind: "trust", document: [saml()], violations: [{ message: "saml-audience", path: at }] },
    {
      name: "SAML, and any audience",
      kind: "trust",
      document: [saml(ifs("StringLike", "SAML:aud", "*"))],
      violations: [{ message: "saml-audience", path: at }],
    },
    {
      name: "SAML, for all values or none",
      kind: "trust",
      document: {
        Version: "2008-10-17",
        Statement: saml(ifs("ForAllValues:StringEquals", "SAML:aud", "https://signin.aws.amazon.com/saml")),
      },
      violations: [{ message: "saml-audience", path: "Statement.Principal.Federated" }],
    },
  ],
};
