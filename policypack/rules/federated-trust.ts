import { CONTROLS, defineRule, type Violation } from "../engine";
import { neededValues, type Statement, type Test } from "../iam";
import { effort } from "./statements/certain";
import { conditioned } from "./statements/conditioned";
import { asks, type Federation, federationsOf } from "./statements/federation";
import { weaknessOf } from "./statements/weakness";

type Message = "no-condition" | "no-repository" | "no-tenant" | "weak";

export const federatedTrust = defineRule({
  id: "federated-trust",
  title: "Identity providers are trusted for their own customers",
  summary: "A trust policy must say whose tokens of an identity provider may assume the role.",
  why: "A provider such as GitHub signs tokens for all its customers, and each of them can ask for one.",
  fix: "Add a condition on the claim that names the organization, such as `sub`, without a wildcard before its end.",
  level: "mandatory",
  severity: "critical",
  tags: ["iam", "trust", "federation", "oidc"],
  framework: CONTROLS["IA-9"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
  ],
  kinds: ["trust"],
  options: {},
  messages: {
    "no-condition":
      "{provider} lets everybody in whom it signs in: no condition is on the claims of its tokens",
    "no-repository": "{provider} serves {serves}, and no condition names {tenant}: {claims} would",
    "no-tenant": "{provider} serves {serves}, and no condition names {tenant}: {claims} would",
    weak: "{provider} serves {serves}, and the condition does not name {tenant}: {why}",
  },
  accessAnalyzer: {
    "no-condition": "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL",
    "no-repository": "MISSING_GITHUB_REPO_CONDITION_KEY",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: {
            Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
          },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
            StringLike: { "token.actions.githubusercontent.com:sub": "repo:example/app:ref:refs/heads/main" },
          },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: {
            Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
          },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } },
        },
      },
    ],
  },
  *check(judged) {
    const left = effort();
    for (const statement of judged.document.statements)
      for (const federation of federationsOf(judged, statement, left))
        if (federation.type === "oidc") yield* judge(federation, statement);
  },
});

const ANY = /[^*?]/;

function* judge(federation: Federation, statement: Statement): Generator<Violation<Message>> {
  const { issuer, shared, claims } = federation;
  const binds = (test: Test): boolean =>
    shared === undefined
      ? claims.includes(test) || issuer === "" || test.key.startsWith(`${issuer.toLowerCase()}:`)
        ? (neededValues(test)?.every((value) => ANY.test(value)) ?? false)
        : false
      : Object.entries(shared.claims).some(([claim, form]) => asks(test, issuer, claim, form));
  if (federation.isBound(binds) === true) return;
  const telling = shared && claims.filter(({ key }) => key.slice(issuer.length + 1) in shared.claims);
  const [claim, value] = shared?.example ?? ["sub", "<subject>"];
  const key = `${issuer}:${claim}`;
  const isGitHub = /^token\.actions\.githubusercontent\.com$/i.test(issuer);
  yield {
    message:
      claims.length === 0
        ? "no-condition"
        : telling?.length === 0
          ? isGitHub
            ? "no-repository"
            : "no-tenant"
          : "weak",
    path: federation.path,
    sid: statement.sid,
    data: {
      provider: issuer === "" ? "the provider" : `\`${issuer}\``,
      serves: shared?.serves ?? "those it signs in",
      tenant: shared?.tenant ?? "any of them",
      claims: Object.keys(shared?.claims ?? {}).map((name) => `${issuer}:${name}`),
      why: (telling ?? claims).map(weaknessOf).join("; "),
    },
    fix: fixOf(federation, statement, key, value),
  };
}

function fixOf({ only, issuer }: Federation, statement: Statement, key: string, value: string): string {
  const sentence = `in a statement of its own, add a condition on \`${key}\`, such as \`${value}\``;
  if (issuer === "") return "add a condition on the `sub` claim of the provider's tokens";
  return only ? (conditioned(statement, { StringEquals: { [key]: value } }) ?? sentence) : sentence;
}
