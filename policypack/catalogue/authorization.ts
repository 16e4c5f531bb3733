/**
 * What AWS's Service Authorization Reference says of each action: its access levels, the resource types it can be limited
 * to, and the condition keys of its requests.
 */
import { matches, parsePattern } from "../iam";
import type { ConditionKey } from "./condition-key";
import { type Action, load, service } from "./service-table";

export type { Action, ResourceType } from "./service-table";

/** The version of the authorization data and the day it was made, `YYYY-MM-DD`. */
export const authorizationData = (): { readonly version: string; readonly date: string } => {
  const { version, date } = load();
  return { version, date };
};

/** The prefixes of all services, in lower case: `s3`. */
export const servicePrefixes = (): readonly string[] => [...load().lines.keys()];

/** The service prefix of an action or a pattern of actions, in lower case; empty without a colon. */
export const serviceOf = (action: string): string =>
  action.slice(0, Math.max(0, action.indexOf(":"))).toLowerCase();

/** An action by its name, in any case; undefined when the data does not have it. */
export function findAction(name: string): Action | undefined {
  const key = name.toLowerCase();
  return service(serviceOf(key))?.actions.get(key);
}

/** Whether the data has the service of an action or action pattern, given in any case. */
export const knowsService = (action: string): boolean => load().lines.has(serviceOf(action));

/** All actions of a service. */
export const actionsOf = (prefix: string): readonly Action[] => [
  ...(service(prefix)?.actions.values() ?? []),
];

/** The condition keys that a service lists: its own, and those of others that its requests carry. */
export const conditionKeysOf = (prefix: string): readonly ConditionKey[] =>
  service(prefix)?.conditionKeys() ?? [];

/** The service that lists a condition key, in lower case, which the one of its prefix does not: `saml:aud` → `sts`. */
export const listedElsewhere = (key: string): string | undefined =>
  Object.hasOwn(load().elsewhere, key) ? load().elsewhere[key] : undefined;

const WILD = /[*?]/;
const expanded = new Map<string, readonly Action[]>();

/**
 * The actions that a pattern stands for, of those that the data has.
 *
 * @param text - an entry of `Action` as written: `s3:Get*`, `*`, `S3:getobject`
 */
export function expandAction(text: string): readonly Action[] {
  const key = text.toLowerCase();
  const known = expanded.get(key);
  if (known !== undefined) return known;
  const found = expand(key);
  // INVARIANT: bounded, since a pack process lives as long as the stack is large.
  if (expanded.size >= 5_000) expanded.clear();
  expanded.set(key, found);
  return found;
}

const servicesOfActions = new WeakMap<readonly Action[], ReadonlySet<string>>();

/** The prefixes of the services, in lower case, that a pattern of actions is about, of those that the data has. */
export function servicesOf(text: string): ReadonlySet<string> {
  const actions = expandAction(text);
  const known = servicesOfActions.get(actions) ?? new Set(actions.map(({ key }) => serviceOf(key)));
  servicesOfActions.set(actions, known);
  return known;
}

function expand(key: string): readonly Action[] {
  if (!WILD.test(key)) return [findAction(key) ?? []].flat();
  const pattern = parsePattern(key);
  const prefix = serviceOf(key);
  const candidates = key.includes(":") && !WILD.test(prefix) ? [prefix] : servicePrefixes();
  return candidates.flatMap((candidate) =>
    actionsOf(candidate).filter((action) => matches(pattern, action.key)),
  );
}
