import { KNOWN } from "../catalogue";
import { CONTROLS, defineRule, type Judged, strings, type Violation } from "../engine";
import { type Budget, fixes, isBound, neededValues, type Statement, type Test } from "../iam";
import { aloneOf, effort } from "./statements/certain";
import { conditioned } from "./statements/conditioned";
import { doubtfulAccounts } from "./statements/doubtful-names";
import { accountOf, type Named, namedIn } from "./statements/principals";

type Message = "external" | "several" | "account";

export const externalTrust = defineRule({
  id: "external-trust",
  title: "Other accounts assume a role under a condition",
  summary:
    "A trust policy should ask principals of another account for an external id or an organization, and name them.",
  why: "A third party works for many customers, and may be made to use the role for another one; and a whole account is whoever its administrators let.",
  fix: "Name the role instead of the account, and add a condition on `sts:ExternalId` or `aws:PrincipalOrgID`.",
  level: "advisory",
  severity: "medium",
  tags: ["iam", "trust", "cross-account", "confused-deputy"],
  framework: CONTROLS["AC-20"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  ],
  kinds: ["trust"],
  options: {
    accounts: strings(
      "Accounts that are one's own or trusted, by their 12 digits; all others are then known to be external.",
      [],
      doubtfulAccounts,
    ),
  },
  messages: {
    external:
      "{principals} {principals?is:are} of another account than the role, `{account}`, and no condition asks for an external id or an organization",
    several:
      "accounts {accounts} may all assume the role without an external id or an organization, and at most one of them is the role's own",
    account: "{principals} {principals?is:are} everybody in account `{account}` whom its own policies let",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": "example-5d41402abc4b" } },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Action: "sts:AssumeRole",
        },
      },
    ],
  },
  *check(judged, { accounts }) {
    const { statements } = judged.document;
    const own = new Set([...accounts, ...statements.flatMap(ownAccounts)]);
    const left = effort();
    const callers = statements.flatMap((statement) => callersOf(statement, judged, left));
    const strangers = callers.filter(({ account, isAsked }) => !isAsked && !accounts.includes(account));
    const unasked = [...new Set(strangers.map(({ account }) => account))];
    if (own.size === 0 && unasked.length > 1) {
      const [first] = strangers;
      if (first !== undefined) yield several(first, unasked);
      return;
    }
    for (const group of grouped(callers)) {
      const [{ account, isAsked, isNamed }] = group;
      if (accounts.includes(account)) continue;
      if (own.size > 0 && !own.has(account) && !isAsked) yield violation("external", group, "sts:ExternalId");
      else if (!isNamed) yield violation("account", group, "aws:PrincipalArn");
    }
  },
});

/** An AWS principal that a statement lets assume the role, and what it asks of it. */
interface AwsCaller {
  readonly statement: Statement;
  readonly named: Named;
  readonly account: string;
  /** whether it must come with an external id, or be of an organization */
  readonly isAsked: boolean;
  /** whether it is named, by itself or by a condition, and not only its account */
  readonly isNamed: boolean;
}

function callersOf(statement: Statement, judged: Judged, left: Budget): readonly AwsCaller[] {
  const { principals, effect } = statement;
  if (effect !== "Allow" || principals?.negated !== false) return [];
  return namedIn(principals).flatMap((named) => {
    const account = named.kind === "AWS" ? accountOf(named.text) : undefined;
    const alone = aloneOf(judged, statement, named.selection);
    if (account === undefined || alone === undefined) return [];
    const holds = (binds: (test: Test) => boolean): boolean =>
      isBound([alone], binds, KNOWN, [], left).bound === true;
    // What is denied again is let in by nobody.
    if (holds(() => false)) return [];
    return [
      {
        statement,
        named,
        account,
        isAsked: holds(asksForRelation),
        isNamed: !WHOLE_ACCOUNT.test(named.text) || holds(namesWithin),
      },
    ];
  });
}

const WHOLE_ACCOUNT = /^(\d{12}|arn:[\w-]+:iam::\d{12}:root)$/;

const asksForRelation = (test: Test): boolean =>
  (test.key === "sts:externalid" && fixes(test, "text")) ||
  (test.key === "aws:principalorgid" && fixes(test, "organization")) ||
  (test.key === "aws:principalorgpaths" && fixes(test, "organization-path"));

const NAMING = /^(aws:(principalarn|userid|username|principaltag\/.+|sourceidentity)|sts:externalid)$/;
/** A pattern that only repeats the account names nobody in it. */
const SOMEBODY = /^(?!arn:[^:]*:(iam|sts)::[^:]*:(\*|role\/\*|user\/\*|root)$).*[^*?]/;

const namesWithin = (test: Test): boolean =>
  NAMING.test(test.key) && (neededValues(test)?.every((value) => SOMEBODY.test(value)) ?? false);

/** "The role and the provider are in the same account": an identity provider's ARN says whose the role is. */
const ownAccounts = ({ principals }: Statement): readonly string[] =>
  namedIn(principals)
    .filter(({ kind }) => kind === "Federated")
    .flatMap(({ text }) => accountOf(text) ?? []);

/** The callers of a statement that are of one account, and of which the same holds. */
function grouped(callers: readonly AwsCaller[]): readonly (readonly [AwsCaller, ...AwsCaller[]])[] {
  const groups = new Map<string, [AwsCaller, ...AwsCaller[]]>();
  for (const caller of callers) {
    const key = [caller.statement.path, caller.account, caller.isAsked, caller.isNamed].join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [caller]);
    else group.push(caller);
  }
  return [...groups.values()];
}

const several = ({ statement, named }: AwsCaller, accounts: readonly string[]): Violation<Message> => ({
  message: "several",
  path: named.path,
  sid: statement.sid,
  data: { accounts },
  fix: "add a condition on `sts:ExternalId` or `aws:PrincipalOrgID` for the others, or list those that are trusted in `accounts`",
});

/**
 * Keys that IAM users have and roles have not, or not once they assume the next role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
const OF_USERS = /^aws:(username|multifactorauth(present|age))$/;
const NAMES_USER = /\$\{aws:username\b/i;

const asksForUser = ({ condition }: Statement): boolean =>
  condition.tests.some(({ key, texts }) => OF_USERS.test(key) || texts.some((text) => NAMES_USER.test(text)));

function violation(
  message: "external" | "account",
  group: readonly [AwsCaller, ...AwsCaller[]],
  key: "sts:ExternalId" | "aws:PrincipalArn",
): Violation<Message> {
  const [{ statement, named, account }] = group;
  const partition = /^arn:([\w-]+):/.exec(named.text)?.[1] ?? "aws";
  const caller = asksForUser(statement) ? "user/<user>" : "role/<role>";
  const isAlone =
    namedIn(statement.principals).length === group.length && statement.principals?.partial === false;
  const tests =
    key === "sts:ExternalId"
      ? { StringEquals: { [key]: "<external-id>" } }
      : { ArnLike: { [key]: `arn:${partition}:iam::${account}:${caller}` } };
  return {
    message,
    path: group.length === 1 ? named.path : (statement.principals?.path ?? statement.path),
    sid: statement.sid,
    data: { principals: group.map((each) => each.named.text), account },
    fix:
      (isAlone ? conditioned(statement, tests) : undefined) ??
      `in a statement of its own, add a condition on \`${key}\``,
  };
}
