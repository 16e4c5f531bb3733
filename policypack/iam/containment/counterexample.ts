/** From an excess to a request that AWS could receive: a real action, an ARN of a type it has, a caller, and condition keys. */
import { serviceIn } from "../evaluation/action-index";
import type { Excess } from "./exploration";
import { isExact, overlaps, textOf } from "../pattern/overlap";
import {
  EVERYTHING,
  hasVariable,
  loosened,
  matches,
  type Pattern,
  type Resolve,
  resolved,
  variablesIn,
} from "../pattern/pattern";
import { factsOf } from "../pattern/pattern-facts";
import { type Budget, type Region, UNDECIDED } from "../pattern/region";
import type { Context, Request } from "../language/request";
import { callerIn } from "./requested-caller";
import { mayHave, resourcesIn } from "./requested-resource";
import { exampleOf, type KnownKeys } from "../implication/satisfy";

/** An action that exists, and the resources that it can be about. */
export interface KnownAction {
  /** `s3:GetObject` */
  readonly name: string;
  /** the forms of the resources, the most telling first; none for an action that is about no resource */
  readonly resources: readonly Pattern[];
  /** whether its requests can carry a condition key, in lower case; absent where nobody can tell */
  readonly mayCarry?: (key: string) => boolean;
  /** whether whoever calls it writes the value of a condition key as they like, in lower case; absent where nobody does */
  readonly isChosen?: (key: string) => boolean;
}

/** What is known of AWS's services: ring 1 knows. */
export interface Known extends KnownKeys {
  /** the known actions that a pattern of actions in lower case matches */
  readonly actionsOf: (pattern: Pattern) => Iterable<KnownAction>;
  /** where that comes from, for people: `authorization data of 2026-09-26` */
  readonly source: string;
}

/** A request that was found; or why there is none that is known to be possible. */
export type Realised =
  | { readonly kind: "request"; readonly request: Request }
  /** no known action has such resources: only one that AWS adds could be such a request */
  | { readonly kind: "beyond"; readonly action: KnownAction | undefined }
  /** the action is spelled out, and not known */
  | { readonly kind: "unknown-action"; readonly action: string }
  /** only a request without this key would exceed, though AWS says that there is none */
  | { readonly kind: "never-sent"; readonly key: string }
  /** only a request with this key would exceed, and no such action's requests carry it */
  | { readonly kind: "never-carried"; readonly key: string }
  /** only a request would exceed in which this key says another thing of the resource than its ARN does */
  | { readonly kind: "contradiction"; readonly key: string }
  | { readonly kind: "undecided" };

/** Requests of an excess, one for each known action that can be one; or, as the last word, why there are none. */
export function* requestsOf(
  { statement, cell, assignment }: Excess,
  known: Known,
  left: Budget,
): Generator<Realised> {
  const context = contextOf(assignment, [...cell.resources.all, ...cell.resources.none]);
  const resources = resolvedRegion(cell.resources, context);
  const principal = statement.principals === undefined ? undefined : callerIn(cell.principals, context, left);
  const [missing] = [...assignment].filter(
    ([key, values]) => values === undefined && known.isAlwaysThere(key),
  );
  if (missing !== undefined) {
    yield { kind: "never-sent", key: missing[0] };
    return;
  }
  if (resources === undefined || (statement.principals !== undefined && principal === undefined)) {
    yield { kind: "undecided" };
    return;
  }
  const carried = [...assignment.keys()].filter((key) => context.has(key) && !isGlobal(key));
  let lastKnown: KnownAction | undefined;
  let isDoubtful = [...cell.resources.all, ...cell.resources.none].some(hasVariable);
  for (const action of actionsIn(cell.actions, carried, known)) {
    lastKnown = action;
    const uncarried = carried.find((key) => action.mayCarry?.(key) === false);
    if (uncarried !== undefined) {
      if (mayHave(resources, action)) yield { kind: "never-carried", key: uncarried };
      continue;
    }
    for (const found of resourcesIn(resources, action, context, left)) {
      if (found === UNDECIDED) isDoubtful = true;
      else if ("contradicted" in found) yield { kind: "contradiction", key: found.contradicted };
      else yield { kind: "request", request: { action: action.name, principal, ...found } };
    }
  }
  const own = cell.actions.all.find((pattern) => factsOf(pattern).isExact);
  const spelledOut = statement.actions.negated || own === undefined ? undefined : textOf(own);
  if (lastKnown === undefined && spelledOut !== undefined)
    yield { kind: "unknown-action", action: spelledOut };
  else yield isDoubtful ? { kind: "undecided" } : { kind: "beyond", action: lastKnown };
}

const holds = ({ all, none }: Region, text: string): boolean =>
  all.every((pattern) => matches(pattern, text)) && !none.some((pattern) => matches(pattern, text));

const actions = new WeakMap<Known, WeakMap<Region, readonly KnownAction[]>>();

/** "AWS global condition context keys" are the ones that any request may carry; their names begin so. */
const isGlobal = (key: string): boolean => key.startsWith("aws:");

/** Known actions of a region, all of those that are told apart by the keys that their requests carry. */
function* actionsIn(region: Region, carried: readonly string[], known: Known): Generator<KnownAction> {
  if (carried.length === 0) {
    yield* actionsByResources(region, known);
    return;
  }
  const seen = new Map<readonly Pattern[], Set<string>>();
  for (const action of known.actionsOf(ownPattern(region))) {
    if (!holds(region, action.name.toLowerCase())) continue;
    const without = carried.filter((key) => action.mayCarry?.(key) === false).join(" ");
    const alike = seen.get(action.resources) ?? new Set<string>();
    if (alike.has(without)) continue;
    seen.set(action.resources, alike.add(without));
    yield action;
  }
}

const ownPattern = ({ all }: Region): Pattern =>
  all.find((pattern) => serviceIn(pattern) !== undefined) ?? EVERYTHING;

/** Known actions of a region: of those that are about the same resources one, since nothing else tells them apart here. */
function* actionsByResources(region: Region, known: Known): Generator<KnownAction> {
  const byRegion = actions.get(known) ?? new WeakMap<Region, readonly KnownAction[]>();
  actions.set(known, byRegion);
  const found = byRegion.get(region);
  if (found !== undefined) {
    yield* found;
    return;
  }
  const byResources = new Map<readonly Pattern[], KnownAction>();
  // Mostly the first will do, and the services need not all be read.
  for (const action of known.actionsOf(ownPattern(region)))
    if (!byResources.has(action.resources) && holds(region, action.name.toLowerCase())) {
      byResources.set(action.resources, action);
      yield action;
    }
  byRegion.set(region, [...byResources.values()]);
}

/** Whether some request with one of these actions and one of these resources may be known of, or be spelled out. */
export function mayBeKnown(actions: Region, resources: Region, known: Known): boolean {
  const isSpelledOut = actions.all.some(isExact);
  const own = resources.all.map(loosened);
  let isKnown = false;
  for (const { resources: forms } of actionsByResources(actions, known)) {
    isKnown = true;
    if (
      forms.length === 0
        ? isSpelledOut || holds(resources, "*")
        : forms.some((form) => own.every((each) => overlaps(each, form)))
    )
      return true;
  }
  return isSpelledOut && !isKnown;
}

/** The condition keys of a request: those that are asked about, and those that policy variables stand for. */
function contextOf(assignment: Excess["assignment"], patterns: readonly Pattern[]): Context {
  const context = new Map<string, readonly string[]>();
  const values = [...assignment].filter((entry) => entry[1] !== undefined);
  for (const [key, own = []] of values) if (!own.some(hasVariable)) context.set(key, own.map(textOf));
  const resolve: Resolve = (variable) => {
    const key = variable.key.toLowerCase();
    const known = context.get(key);
    if (known !== undefined) return known[0];
    if (assignment.has(key) && assignment.get(key) === undefined) return variable.fallback;
    const value = exampleOf(key);
    context.set(key, [value]);
    return value;
  };
  for (const [key, own = []] of values)
    if (!context.has(key))
      context.set(
        key,
        own.map((pattern) => textOf(resolved(pattern, resolve) ?? [])),
      );
  for (const variable of patterns.flatMap(variablesIn)) resolve(variable);
  return context;
}

/** The region with the values of policy variables in place; undefined when one of them has none. */
function resolvedRegion({ all, none }: Region, context: Context): Region | undefined {
  const resolve: Resolve = ({ key, fallback }) => context.get(key.toLowerCase())?.[0] ?? fallback;
  const own = all.map((pattern) => resolved(pattern, resolve));
  const others = none.map((pattern) => resolved(pattern, resolve));
  return own.includes(undefined)
    ? undefined
    : {
        all: own.filter((pattern) => pattern !== undefined),
        none: others.filter((pattern) => pattern !== undefined),
      };
}
