import { CONTROLS, defineRule, type Violation } from "../engine";
import { neededValues, type Statement, type Test } from "../iam";
import { effort } from "./statements/certain";
import { conditioned } from "./statements/conditioned";
import { asks, claimOf, type Federation, federationsOf } from "./statements/federation";

type Message = "audience" | "guests" | "saml-audience" | "branch" | "subject";

export const federatedSubject = defineRule({
  id: "federated-subject",
  title: "Federated access is for one workload and one audience",
  summary:
    "A trust policy should say which workload of an identity provider may assume the role, and for whom its tokens are.",
  why: "Otherwise every repository, branch or user of the organization has the role, and a token made for another application will do.",
  fix: "Name repository and branch, or the subject, without wildcards, and the audience.",
  level: "advisory",
  severity: "medium",
  tags: ["iam", "trust", "federation", "oidc", "saml"],
  framework: CONTROLS["IA-9"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_saml.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html",
  ],
  kinds: ["trust"],
  options: {},
  messages: {
    audience: "no condition says for whom the tokens of `{issuer}` must be made: `{key}`",
    "saml-audience": "no condition says for whom the assertions of `{issuer}` must be made: `{key}`",
    guests: "those who did not sign in have the role, too: no condition on `{key}` says who may",
    branch: "{values} {values?lets:let} in more than one repository and branch",
    subject: "whoever `{issuer}` signs in has the role: no condition on `{key}` says who",
  },
  accessAnalyzer: { branch: "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED" },
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
            StringEquals: {
              "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
              "token.actions.githubusercontent.com:sub": "repo:example/app:ref:refs/heads/main",
            },
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
          Condition: {
            StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
            StringLike: { "token.actions.githubusercontent.com:sub": "repo:example/app:*" },
          },
        },
      },
    ],
  },
  *check(judged) {
    const left = effort();
    for (const statement of judged.document.statements)
      for (const federation of federationsOf(judged, statement, left))
        yield* federation.type === "saml" ? judgeSaml(federation, statement) : judge(federation, statement);
  },
});

const ANY = /[^*?]/;
/** Whether a test lets some tokens in for what they say, and not all but some, or all that say anything. */
const saysWho = (test: Test): boolean =>
  test.texts.some((text) => text.includes("${")) ||
  (neededValues(test)?.every((value) => ANY.test(value)) ?? false);
const FIXED = /^[^*?]+$/;
/** The endpoints of a region are one audience: `https://*.signin.aws.amazon.com/saml`. */
const SAML_AUDIENCE = /^https:\/\/[^/]*signin\.(aws\.amazon|amazonaws)\.[a-z.]+\/saml/;

function* judgeSaml(federation: Federation, statement: Statement): Generator<Violation<Message>> {
  const isAudience = (test: Test): boolean =>
    test.key === "saml:aud" && (neededValues(test)?.every((value) => SAML_AUDIENCE.test(value)) ?? false);
  if (federation.isBound(isAudience) !== true)
    yield violation("saml-audience", federation, statement, "SAML:aud", "https://signin.aws.amazon.com/saml");
}

function* judge(federation: Federation, statement: Statement): Generator<Violation<Message>> {
  const { issuer, shared, claims, asked } = federation;
  // One without any claim is the concern of another rule.
  if (issuer === "" || asked.length === 0) return;
  const on = (claim: string, form: RegExp) => (test: Test) => asks(test, issuer, claim, form);
  const example = shared?.example ?? ["sub", "<subject>"];
  const hasAudience = shared === undefined || "sub" in shared.claims;
  if (
    hasAudience &&
    federation.isBound((test) => ["aud", "oaud"].some((claim) => on(claim, FIXED)(test))) !== true
  )
    yield violation("audience", federation, statement, `${issuer}:aud`, shared?.audience ?? "<audience>");
  if (
    shared === undefined &&
    federation.isBound((test) => claimOf(test) !== "aud" && asked.includes(test) && saysWho(test)) !== true
  )
    yield violation("subject", federation, statement, `${issuer}:sub`, example[1]);
  // "amr … is authenticated or unauthenticated"
  // https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
  if (/^cognito-identity\.amazonaws\.com$/i.test(issuer) && federation.isBound(on("amr", ANY)) !== true)
    yield violation("guests", federation, statement, `${issuer}:amr`, "authenticated");
  if (!/^token\.actions\.githubusercontent\.com$/i.test(issuer)) return;
  const isSubject = on("sub", shared?.claims["sub"] ?? FIXED);
  const isOwn = claims.some(isSubject);
  const values = (isOwn ? claims : asked).filter(isSubject).flatMap((test) => neededValues(test) ?? []);
  const open = values.filter((value) => !ONE_BRANCH.test(value));
  if (open.length === 0 || federation.isBound(on("sub", ONE_BRANCH)) === true) return;
  const named = values.map((value) => (open.includes(value) ? onBranch(value) : value));
  yield {
    ...violation(
      "branch",
      { ...federation, only: federation.only && isOwn },
      statement,
      `${issuer}:sub`,
      named,
    ),
    data: { values: open },
  };
}

/** `repo:example/*` → `repo:example/<repository>:ref:refs/heads/main` */
function onBranch(value: string): string {
  const [, organization = "<organization>", repository = "<repository>"] =
    /^repo:([^:/*?]+)\/(?:([^:/*?]+):)?/.exec(value) ?? [];
  return `repo:${organization}/${repository}:ref:refs/heads/main`;
}

/** A repository, and within it a ref, an environment or pull requests. */
const ONE_BRANCH =
  /^(?!repo:)|^repo:[^:/*?]+\/[^:/*?]+:(ref:refs\/(heads|tags)\/[^*?]|environment:[^*?]+$|pull_request$)/;

const violation = (
  message: Message,
  { issuer, path, only }: Federation,
  statement: Statement,
  key: string,
  value: string | readonly string[],
): Violation<Message> => ({
  message,
  path,
  sid: statement.sid,
  data: { issuer, key },
  fix:
    (only ? conditioned(statement, { StringEquals: { [key]: oneOrMore(value) } }) : undefined) ??
    `in a statement of its own, add a condition on \`${key}\`, such as \`${[value].flat()[0] ?? ""}\``,
});

const oneOrMore = (value: string | readonly string[]): string | readonly string[] =>
  typeof value !== "string" && value.length === 1 ? (value[0] ?? value) : value;
