/**
 * What AWS's Service Authorization Reference says of each action: its access levels, the resource types it can be limited
 * to, and the condition keys of its requests.
 */
import { matches, parsePattern, remembered, rememberedOfText } from "../iam";
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
const MOST_EXPANDED = 5_000;
const expanded = rememberedOfText(MOST_EXPANDED, expand);

/**
 * The actions that a pattern stands for, of those that the data has.
 *
 * @param text - an entry of `Action` as written: `s3:Get*`, `*`, `S3:getobject`
 */
export const expandAction = (text: string): readonly Action[] => expanded(text.toLowerCase());

const servicesOfActions = remembered(
  (actions: readonly Action[]): ReadonlySet<string> => new Set(actions.map(({ key }) => serviceOf(key))),
);

/** The prefixes of the services, in lower case, that a pattern of actions is about, of those that the data has. */
export const servicesOf = (text: string): ReadonlySet<string> => servicesOfActions(expandAction(text));

function expand(key: string): readonly Action[] {
  if (!WILD.test(key)) return [findAction(key) ?? []].flat();
  const pattern = parsePattern(key);
  const prefix = serviceOf(key);
  const candidates = key.includes(":") && !WILD.test(prefix) ? [prefix] : servicePrefixes();
  return candidates.flatMap((candidate) =>
    actionsOf(candidate).filter((action) => matches(pattern, action.key)),
  );
}
