import { KNOWN } from "../catalogue";
import { CONTROLS, defineRule, type Judged, strings, type Violation } from "../engine";
import { type Budget, isBound, isPublic, neededValues, type Statement, type Test } from "../iam";
import { doubtfulAccounts, doubtfulOrganizations } from "./statements/doubtful-names";
import { aloneOf, effort } from "./statements/certain";
import { conditioned } from "./statements/conditioned";
import { accountOf, type Named, namedIn } from "./statements/principals";

type Message = "untrusted" | "unnamed" | "anybody";

export const trustedAccounts = defineRule({
  id: "trusted-accounts",
  title: "Access is for trusted accounts",
  summary:
    "A trust policy or resource policy must let in principals of the configured accounts and organizations only.",
  why: "Whoever governs another account governs what its principals do with this role or resource.",
  fix: "Remove the account, or list it in `accounts` once it has been reviewed.",
  level: "mandatory",
  severity: "high",
  tags: ["iam", "trust", "resource-policy", "cross-account"],
  framework: CONTROLS["AC-20"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid",
  ],
  kinds: ["trust", "resource"],
  options: {
    accounts: strings(
      "The trusted accounts, by their 12 digits; the rule judges nothing while no account and no organization is listed.",
      [],
      doubtfulAccounts,
    ),
    organizations: strings(
      "The trusted organizations, by id: a condition on `aws:PrincipalOrgID` that names one is enough.",
      [],
      doubtfulOrganizations,
    ),
  },
  messages: {
    untrusted: "{principals} {principals?is:are} of account `{account}`, which is not trusted",
    unnamed:
      "{principals} {principals?does:do} not say of which account; that it is a trusted one cannot be seen",
    anybody:
      "everybody is let in who meets the condition, and that does not ask for a trusted account or organization",
  },
  // Examples are judged with the defaults, and those judge nothing.
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "sts:AssumeRole" },
      },
    ],
    bad: [],
  },
  *check(judged, { accounts, organizations }) {
    if (accounts.length + organizations.length === 0) return;
    const trusted = {
      accounts: new Set(accounts),
      organizations: new Set(organizations),
      left: effort(),
    };
    for (const statement of judged.document.statements) yield* judge(judged, statement, trusted);
  },
});

interface Trusted {
  readonly accounts: ReadonlySet<string>;
  readonly organizations: ReadonlySet<string>;
  readonly left: Budget;
}

function* judge(judged: Judged, statement: Statement, trusted: Trusted): Generator<Violation<Message>> {
  const { principals, effect, sid } = statement;
  if (effect !== "Allow" || principals?.negated !== false) return;
  const byAccount = new Map<string, Named[]>();
  for (const named of namedIn(principals)) {
    // CloudFront's own identities are of no customer's account.
    if (!["AWS", "CanonicalUser", "anybody"].includes(named.kind) || CLOUDFRONT.test(named.text)) continue;
    const account = named.kind === "anybody" ? "*" : (accountOf(named.text) ?? "");
    if (trusted.accounts.has(account)) continue;
    const alone = aloneOf(judged, statement, named.selection);
    if (
      alone === undefined ||
      isBound([alone], (test) => asksForTrusted(test, trusted), KNOWN, [], trusted.left).bound === true
    )
      continue;
    // That anybody at all is let in is the concern of another rule.
    if (account === "*" && isPublic([alone], KNOWN, trusted.left).public !== false) continue;
    byAccount.set(account, [...(byAccount.get(account) ?? []), named]);
  }
  for (const [account, found] of byAccount) {
    const [first] = found.length === 1 ? found : [];
    yield {
      message: account === "*" ? "anybody" : account === "" ? "unnamed" : "untrusted",
      path: first?.path ?? principals.path,
      sid,
      data: { principals: found.map(({ text }) => text), account },
      fix: fixOf(statement, trusted, found.length === namedIn(principals).length && !principals.partial),
    };
  }
}

const CLOUDFRONT = /^arn:[\w-]+:iam::cloudfront:user\//;

/** The keys that say of which account or organization a caller is, or for which a service acts. */
const ACCOUNT_KEYS = ["aws:principalaccount", "aws:sourceaccount", "aws:vpceaccount", "kms:calleraccount"];
const ARN_KEYS = ["aws:principalarn", "aws:sourcearn"];
const ORGANIZATION_KEYS = /^aws:(principal|source|vpce)org(id|paths)$/;

/** The account that the role or resource is in, which is no other one: nobody has this number. */
const OWN = "000000000000";

function asksForTrusted(test: Test, { accounts, organizations }: Trusted): boolean {
  const { key } = test;
  const isTrustedAccount = (account: string): boolean => account === OWN || accounts.has(account);
  const isTrusted = (value: string): boolean =>
    (ACCOUNT_KEYS.includes(key) && isTrustedAccount(value)) ||
    (ARN_KEYS.includes(key) && isTrustedAccount(accountOf(value) ?? "")) ||
    (ORGANIZATION_KEYS.test(key) && organizations.has(value.split("/", 1)[0] ?? ""));
  return neededValues(test, { account: OWN })?.every(isTrusted) ?? false;
}

/** @param isAlone - whether the statement lets nobody else in, whom a condition would shut out */
function fixOf(statement: Statement, { organizations }: Trusted, isAlone: boolean): string {
  const [organization] = organizations;
  const sentence = "remove it, or list its account in `accounts`";
  if (organization === undefined || !isAlone) return sentence;
  return conditioned(statement, { StringEquals: { "aws:PrincipalOrgID": organization } }) ?? sentence;
}
