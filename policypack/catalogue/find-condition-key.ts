/** Condition keys by the names that policies give them, and which requests can carry them. */
import { matches, parsePattern, type Pattern } from "../iam";
import { type Action, conditionKeysOf, listedElsewhere, serviceOf } from "./authorization";
import type { ConditionKey } from "./condition-key";
import { globalConditionKeys, oidcConditionKeys } from "./global-condition-keys";

interface Table {
  readonly exact: ReadonlyMap<string, ConditionKey>;
  /** those with placeholders, the longest first: `events:metadata/*` matches what is longer, too */
  readonly templates: readonly { readonly pattern: Pattern; readonly key: ConditionKey }[];
}

function tableOf(keys: readonly ConditionKey[]): Table {
  const templates = keys.filter(({ key }) => key.includes("*"));
  return {
    exact: new Map(keys.map((key) => [key.key, key])),
    templates: templates
      .sort((a, b) => b.key.length - a.key.length)
      // A placeholder stands for something: `aws:PrincipalTag/` is no key.
      .map((key) => ({ pattern: parsePattern(key.key.replaceAll("*", "?*")), key })),
  };
}

const look = (table: Table, key: string): ConditionKey | undefined =>
  (key.includes("*") ? undefined : table.exact.get(key)) ??
  table.templates.find(({ pattern }) => matches(pattern, key))?.key;

const GLOBAL = tableOf(globalConditionKeys);
const OIDC = tableOf(oidcConditionKeys);
const tables = new Map<string, Table>();

function serviceTable(prefix: string): Table {
  const made = tables.get(prefix) ?? tableOf(conditionKeysOf(prefix));
  // INVARIANT: bounded by the number of services, since what is no service has no keys.
  if (made.exact.size > 0) tables.set(prefix, made);
  return made;
}

/** Whether a key's prefix is the address of an OIDC provider: `token.actions.githubusercontent.com:sub`. */
const isOfProvider = (prefix: string): boolean => prefix.includes(".");

function find(key: string): ConditionKey | undefined {
  const prefix = serviceOf(key);
  const known = look(GLOBAL, key);
  if (known !== undefined) return known;
  if (isOfProvider(prefix)) return look(serviceTable("sts"), key) ?? look(OIDC, key);
  return look(serviceTable(listedElsewhere(key) ?? prefix), key);
}

const found = new Map<string, ConditionKey | undefined>();

/**
 * A condition key by its name in a policy, in any case, placeholders filled in: `aws:PrincipalTag/team`. Global keys
 * first, then those of the service of its prefix; undefined when the data does not have it.
 */
export function findConditionKey(name: string): ConditionKey | undefined {
  const key = name.toLowerCase();
  if (found.has(key)) return found.get(key);
  const answer = find(key);
  // INVARIANT: bounded, since a pack process lives as long as the stack is large.
  if (found.size >= 5_000) found.clear();
  found.set(key, answer);
  return answer;
}

/**
 * Whether a request for an action can carry a condition key: a global one, one of a federated session, or one that the
 * reference lists for the action or one of its resource types. Of a key that the data does not have, no.
 *
 * @param key - as in a policy, in any case
 */
export function mayCarry(action: Action, key: string): boolean {
  const known = findConditionKey(key);
  if (known === undefined) return false;
  return ANYWHERE.has(known) || isOfSession(known) || action.conditionKeys.has(known.key);
}

const ANYWHERE: ReadonlySet<ConditionKey> = new Set([...globalConditionKeys, ...oidcConditionKeys]);

// "These keys are available when a user who was federated using OIDC or SAML performs AWS operations in other services."
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-other
function isOfSession({ name }: ConditionKey): boolean {
  const prefix = serviceOf(name);
  return prefix === "saml" || isOfProvider(prefix);
}
