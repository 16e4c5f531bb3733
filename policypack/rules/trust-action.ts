import { isServicePrincipal, nearest, sharedProvider } from "../catalogue";
import { areStatementsKnown, CONTROLS, defineRule, type Judged, type Violation } from "../engine";
import { type Entry, isAboutAction, matches, parsePattern, type Selection, type Statement } from "../iam";
import { conditioned, written } from "./statements/conditioned";
import { issuerOf } from "./statements/federation";
import { type Named, namedIn } from "./statements/principals";

type Message = "mismatch" | "no-principal-for" | "no-session-action" | "service" | "provider" | "incomplete";

export const trustAction = defineRule({
  id: "trust-action",
  title: "Trust policies work",
  summary: "A trust policy must give principals the action by which they can assume a role.",
  why: "AWS refuses such a policy, or takes it and nobody can assume the role, which shows only when it is needed.",
  fix: "Use `sts:AssumeRole` for AWS principals and services, `sts:AssumeRoleWithWebIdentity` for OIDC, `sts:AssumeRoleWithSAML` for SAML.",
  level: "mandatory",
  severity: "medium",
  tags: ["iam", "trust", "grammar"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_request.html",
  ],
  kinds: ["trust"],
  options: {},
  messages: {
    mismatch: "{principals} cannot assume a role by {actions}; that takes `{needed}`",
    "no-principal-for": "none of the principals can use `{action}`, which is for {whom}",
    "no-session-action": "`{action}` is no action on sessions, which is all that a trust policy can allow",
    service: "`{service}` is no service principal; expected a name such as `{expected}`",
    provider: "`{provider}` is no identity provider; expected {expected}",
    incomplete:
      "`{service}` assumes a role by {needed} together; {missing} {missing?is:are} not allowed to it",
  },
  accessAnalyzer: {
    mismatch: "MISMATCHED_ACTION_FOR_PRINCIPAL",
    "no-principal-for": "MISMATCHED_ACTION_FOR_PRINCIPAL",
    service: "INVALID_SERVICE_PRINCIPAL_FORMAT",
    provider: "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY",
    incomplete: ["MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY"],
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { Federated: "arn:aws:iam::123456789012:saml-provider/corp" },
          Action: "sts:AssumeRole",
        },
      },
    ],
  },
  *check(judged) {
    for (const statement of judged.document.statements) {
      yield* judgeServices(statement);
      yield* judgeProviders(statement);
      if (statement.effect !== "Allow") continue;
      yield* judgeActions(statement);
      yield* judgeMatch(statement);
    }
    yield* judgeTogether(judged);
  },
});

const ASSUMING = ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"] as const;
type Assuming = (typeof ASSUMING)[number];
/** "AssumeRole policy may only specify STS AssumeRole actions", and those that go with it. */
const SESSION_ACTIONS = [...ASSUMING, "sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"];

/** Whom each action is for. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_request.html */
const WHOM: Readonly<Record<Assuming, string>> = {
  "sts:AssumeRole": "AWS principals and services",
  "sts:AssumeRoleWithWebIdentity": "OIDC providers",
  "sts:AssumeRoleWithSAML": "SAML providers",
};

const SAML = ":saml-provider/";

/** The action by which a principal assumes a role; undefined for everybody, and where AWS does not say. */
function neededBy({ kind, text }: Named): Assuming | undefined {
  switch (kind) {
    case "AWS":
    case "Service":
      return "sts:AssumeRole";
    case "Federated":
      return text.includes(SAML) ? "sts:AssumeRoleWithSAML" : "sts:AssumeRoleWithWebIdentity";
    case "anybody":
    case "CanonicalUser":
      return undefined;
  }
}

const SERVICE = "Service:";

/** Service principals whose form is wrong: a Deny that names one denies nothing either. */
function* judgeServices({ principals, sid }: Statement): Generator<Violation<Message>> {
  for (const { kind, text, path } of namedIn(principals)) {
    if (kind !== "Service" || isServicePrincipal(text)) continue;
    const name =
      text
        .toLowerCase()
        .replace(/^https?:\/\//, "")
        .split(/[./:]/, 1)[0] ?? "";
    const expected = `${/^[a-z0-9-]+$/.test(name) && name !== "arn" ? name : "lambda"}.amazonaws.com`;
    yield { message: "service", path, sid, data: { service: text, expected }, fix: `write \`${expected}\`` };
  }
}

/** "Update the federated principal to a domain name or a SAML metadata ARN"; and the ARNs of OIDC providers. */
const PROVIDER = /^(arn:[\w-]+:iam::\d{12}:(saml|oidc)-provider\/.+|[a-z0-9-]+(\.[a-z0-9-]+)+)$/i;

/** Federated principals that are no providers. */
function* judgeProviders({ principals, sid }: Statement): Generator<Violation<Message>> {
  for (const { kind, text, path } of namedIn(principals)) {
    if (kind !== "Federated" || PROVIDER.test(text)) continue;
    const expected =
      "a domain such as `accounts.google.com`, or the ARN of a provider such as `arn:aws:iam::<account>:oidc-provider/<address>`";
    yield { message: "provider", path, sid, data: { provider: text, expected }, fix: `write ${expected}` };
  }
}

/** Entries that stand for no action that a trust policy can allow. */
function* judgeActions({ actions, sid }: Statement): Generator<Violation<Message>> {
  if (actions.negated) return;
  for (const { text, path, pattern } of actions.entries) {
    if (SESSION_ACTIONS.some((action) => matches(pattern, action.toLowerCase()))) continue;
    const meant = nearest(text, SESSION_ACTIONS);
    const fix = meant === undefined ? "remove it" : `write \`${meant}\``;
    yield { message: "no-session-action", path, sid, data: { action: text }, fix };
  }
}

/** Principals that cannot use any of the actions, or else actions that none of the principals can use. */
function* judgeMatch(statement: Statement): Generator<Violation<Message>> {
  const { principals, actions, sid } = statement;
  const named = namedIn(principals);
  const allowed = ASSUMING.filter((action) => isAboutAction(statement, action.toLowerCase()));
  // Without any of them the statement goes with another one: `sts:TagSession` may stand alone.
  if (principals?.negated !== false || allowed.length === 0 || actions.partial) return;
  let isDead = false;
  for (const needed of ASSUMING) {
    const lost = named.filter((each) => neededBy(each) === needed && !allowed.includes(needed));
    const [first] = lost;
    if (first === undefined) continue;
    isDead = true;
    yield {
      message: "mismatch",
      path: lost.length === 1 ? first.path : principals.path,
      sid,
      data: { principals: lost.map(({ text }) => text), actions: allowed, needed },
      fix: separated(statement, named, lost, needed),
    };
  }
  if (isDead || principals.partial || actions.negated || named.some((each) => neededBy(each) === undefined))
    return;
  for (const entry of actions.entries) {
    const useless = uselessOf(entry, named);
    if (useless === undefined) continue;
    const { path } = entry;
    yield {
      message: "no-principal-for",
      path,
      sid,
      data: { action: useless, whom: WHOM[useless] },
      fix: withoutAction(statement, actions, entry),
    };
  }
}

/** An action spelled out that is for principals of which there are none. */
function uselessOf({ text }: Entry, named: readonly Named[]): Assuming | undefined {
  const action = ASSUMING.find((each) => each.toLowerCase() === text.toLowerCase());
  const isFor = named.some((each) => neededBy(each) === action);
  return action === undefined || isFor || named.length === 0 ? undefined : action;
}

function withoutAction(statement: Statement, actions: Selection, entry: Entry): string {
  const left = actions.entries.filter((each) => each !== entry).map(({ text }) => text);
  return (
    written({ ...statement.source, Action: left.length === 1 ? (left[0] ?? left) : left }) ?? "remove it"
  );
}

/** The statement with the action that its principals need, where they all need the same. */
function separated(
  statement: Statement,
  named: readonly Named[],
  lost: readonly Named[],
  needed: Assuming,
): string {
  const sentence = `give them a statement of their own, with \`${needed}\``;
  if (lost.length < named.length || statement.actions.negated) return sentence;
  const others = statement.actions.entries
    .map(({ text }) => text)
    .filter(
      (text) => !ASSUMING.some((each) => matches(parsePattern(text.toLowerCase()), each.toLowerCase())),
    );
  const action = others.length === 0 ? needed : [needed, ...others];
  const [first] = lost.length === 1 ? lost : [];
  const closed =
    first === undefined || needed !== "sts:AssumeRoleWithWebIdentity"
      ? undefined
      : withClaim(statement, issuerOf(first.text), action);
  return closed ?? written({ ...statement.source, Action: action }) ?? sentence;
}

/** The same with a condition on the provider's tokens, where it has none: a statement to copy should not let everybody in. */
function withClaim(
  statement: Statement,
  issuer: string,
  action: string | readonly string[],
): string | undefined {
  if (statement.condition.tests.some(({ key }) => key.startsWith(`${issuer.toLowerCase()}:`)))
    return undefined;
  const [claim, value] = sharedProvider(issuer)?.example ?? ["sub", "<subject>"];
  return conditioned(statement, { StringEquals: { [`${issuer}:${claim}`]: value } }, { Action: action });
}

/** Services that need several actions. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
  "rolesanywhere.amazonaws.com": ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
  // https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
  "pods.eks.amazonaws.com": ["sts:AssumeRole", "sts:TagSession"],
};

function* judgeTogether(judged: Judged): Generator<Violation<Message>> {
  const { statements } = judged.document;
  // What is missing may be allowed by what is not known yet.
  if (!areStatementsKnown(judged) || statements.some(({ principals }) => principals?.partial === true))
    return;
  for (const [service, needed] of Object.entries(TOGETHER)) {
    const own = statements.filter(
      ({ effect, principals }) =>
        effect === "Allow" &&
        principals?.negated === false &&
        principals.entries.some(({ pattern }) => matches(pattern, SERVICE + service)),
    );
    const [first] = own.filter((each) => namedIn(each.principals).some(({ text }) => text === service));
    if (first === undefined || own.some(({ actions }) => actions.partial)) continue;
    const missing = needed.filter((action) => !own.some((each) => isAboutAction(each, action.toLowerCase())));
    if (missing.length === 0 || missing.length === needed.length) continue;
    const isAlone = namedIn(first.principals).length === 1 && !first.actions.negated && own.length === 1;
    yield {
      message: "incomplete",
      path: first.actions.path,
      sid: first.sid,
      data: { service, needed, missing },
      accessAnalyzer: service.startsWith("rolesanywhere.")
        ? "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY"
        : undefined,
      fix:
        (isAlone ? written({ ...first.source, Action: needed }) : undefined) ??
        `allow it all of ${needed.join(", ")}`,
    };
  }
}
