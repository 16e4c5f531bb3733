import { type Capability } from "../../policypack/catalogue/capabilities";
import { type RawStatement } from "../description";
import { type Conditions, type FilledStatement, mapValues } from "./fill";
import { compare, type Grant } from "./grants";
import { nameUniquely, readableSid } from "./sid";

/** A statement in IAM's JSON form; a list of one is written as a string. */
export interface WrittenStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A statement and the capabilities that it stands for. */
export interface Explained {
  readonly statement: WrittenStatement;
  readonly capabilities: readonly Capability[];
}

/** Statements joined to one. */
interface Joined extends FilledStatement {
  readonly capabilities: readonly Capability[];
  readonly target: readonly string[];
}

/**
 * Writes grants as statements.
 *
 * @param grants Grants in their order.
 * @param raw Statements of the same document whose Sids are taken.
 * @returns Statements that allow and deny exactly what the grants do, in as few characters; actions sorted, Sids unique.
 */
export function writeStatements(
  grants: readonly Grant[],
  raw: readonly RawStatement[] = [],
): readonly Explained[] {
  const reserved = raw.flatMap(({ Sid }) => (typeof Sid === "string" ? [Sid] : []));
  const name = ({ capabilities, target }: Joined): string =>
    readableSid(
      capabilities.map(({ id }) => id),
      target,
    );
  return nameUniquely(merge(grants), name, reserved).map(([sid, joined]) => {
    const { effect, actions, resources, conditions, capabilities } = joined;
    return {
      capabilities,
      statement: {
        Sid: sid,
        Effect: effect,
        Action: oneOrMany(actions),
        Resource: oneOrMany(withoutCovered(resources)),
        ...(Object.keys(conditions).length > 0 && {
          Condition: mapValues(conditions, (keys) => mapValues(keys, oneOrMany)),
        }),
      },
    };
  });
}

/**
 * Joins what differs in its actions only, then what differs in its resources only: the same requests are decided alike,
 * since a statement is about every action on every resource.
 */
function merge(grants: readonly Grant[]): readonly Joined[] {
  const single = grants.map(({ capability, ...grant }): Joined => ({ ...grant, capabilities: [capability] }));
  const byResources = joinBy(single, ({ resources, conditions, effect }) =>
    JSON.stringify([effect, [...resources].sort(), canonical(conditions)]),
  );
  return joinBy(byResources, ({ actions, conditions, effect }) =>
    JSON.stringify([effect, actions, canonical(conditions)]),
  );
}

function joinBy(all: readonly Joined[], keyOf: (each: Joined) => string): readonly Joined[] {
  const joined = new Map<string, Joined>();
  for (const each of all) {
    const key = keyOf(each);
    const same = joined.get(key);
    joined.set(key, same === undefined ? sortedActions(each) : join(same, each));
  }
  return [...joined.values()];
}

const sortedActions = (each: Joined): Joined => ({ ...each, actions: sorted(each.actions) });

const join = (a: Joined, b: Joined): Joined => ({
  effect: a.effect,
  conditions: a.conditions,
  actions: sorted([...a.actions, ...b.actions]),
  resources: sorted([...a.resources, ...b.resources]),
  capabilities: [...new Set([...a.capabilities, ...b.capabilities])].sort((x, y) => compare(x.id, y.id)),
  target: JSON.stringify(a.target) === JSON.stringify(b.target) ? a.target : [],
});

/** What starts as another one does up to its final `*` adds nothing to it: `photos/in/a/*` beside `photos/in/*`. */
const withoutCovered = (resources: readonly string[]): readonly string[] =>
  resources.filter(
    (one) =>
      !resources.some((other) => other !== one && other.endsWith("*") && one.startsWith(other.slice(0, -1))),
  );

const canonical = (conditions: Conditions): unknown =>
  Object.entries(conditions)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => [operator, key, [...values].sort()] as const),
    )
    .sort(([a, b], [c, d]) => compare(a, c) || compare(b, d));

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [first, ...rest] = values;
  return first !== undefined && rest.length === 0 ? first : values;
}
