/** Which services are granted whole: every action that a service has, however that is spelled. */
import { type Action, expandAction, type ResourceType, serviceOf, servicesOf } from "../../catalogue";
import {
  budget,
  isAboutAction,
  isFullyDenied,
  isSelectionWithin,
  remembered,
  type Statement,
  unconditionalDenies,
} from "../../iam";
import { mayBeAbout } from "./grants";
import { allowedActions } from "./openings";

/** A service of which statements allow every action, less what is denied. */
export interface WholeService {
  readonly prefix: string;
  readonly total: number;
  /** how many of its actions denials take away */
  readonly denied: number;
}

/** Statements that grant services whole only together. */
export interface JointGrant {
  /** the last of them, and those before it */
  readonly statement: Statement;
  readonly others: readonly Statement[];
  readonly services: readonly WholeService[];
}

/** A service with a few actions has no smaller grant to write: who spells out all of them has thought of each. */
const FEW = 5;

type ByService = ReadonlyMap<string, readonly Action[]>;

function byService(actions: readonly Action[]): ByService {
  const found = new Map<string, Action[]>();
  for (const action of actions) {
    const service = serviceOf(action.key);
    const group = found.get(service);
    if (group === undefined) found.set(service, [action]);
    else group.push(action);
  }
  return found;
}

const grouped = remembered(byService);

/** The actions that a statement selects, by service. */
const selectedBy = (statement: Statement): ByService => grouped(allowedActions(statement));

const sizes = new Map<string, number>();
function sizeOf(prefix: string): number {
  const size = sizes.get(prefix) ?? expandAction(`${prefix}:*`).length;
  sizes.set(prefix, size);
  return size;
}

/** The services that a statement grants whole by itself. */
export function wholeServices(
  statement: Statement,
  statements: readonly Statement[],
): readonly WholeService[] {
  if (statement.effect !== "Allow") return [];
  return wholeIn(statement, [statement], selectedBy(statement), statements);
}

/** The services in a selection of actions that are whole on the resources of a statement. */
function wholeIn(
  statement: Statement,
  contributing: readonly Statement[],
  selected: ByService,
  statements: readonly Statement[],
): readonly WholeService[] {
  const denies = unconditionalDenies(statements);
  return [...selected].flatMap(([prefix, actions]): readonly WholeService[] => {
    const total = sizeOf(prefix);
    if (actions.length < total || (total <= FEW && isSpelledOut(contributing, prefix))) return [];
    if (!mayBeAbout(statement, ownTypesOf(prefix, actions))) return [];
    const denied =
      denies.length === 0 ? 0 : actions.filter((action) => isDenied(statement, action, denies)).length;
    // A service of which denials leave the lesser part is not granted whole, but in part.
    return denied * 2 < total ? [{ prefix, total, denied }] : [];
  });
}

const ownTypes = new Map<string, readonly ResourceType[]>();

/**
 * A service's own types of resources, given all its actions: those in the part of ARNs where most of its resources are.
 * `backup` can be asked to look after a bucket, and is not granted whole to those who may do so.
 */
function ownTypesOf(prefix: string, actions: readonly Action[]): readonly ResourceType[] {
  const known = ownTypes.get(prefix);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  for (const { resourceTypes } of actions)
    for (const type of resourceTypes.slice(0, 1))
      counts.set(spaceOf(type), (counts.get(spaceOf(type)) ?? 0) + 1);
  const [[home] = [""]] = [...counts].sort(([, a], [, b]) => b - a);
  const types = new Set(actions.flatMap(({ resourceTypes }) => resourceTypes));
  const own = [...types].filter((type) => spaceOf(type) === home);
  ownTypes.set(prefix, own);
  return own;
}
const spaceOf = ({ arn }: ResourceType): string => arn.text.split(":")[2] ?? "";

/** The actions that a statement allows on some resource it selects, less those that are denied on all of them. */
export function grantedActions(statement: Statement, statements: readonly Statement[]): readonly Action[] {
  const denies = unconditionalDenies(statements);
  return allowedActions(statement).filter(
    (action) => mayBeAbout(statement, action.resourceTypes) && !isDenied(statement, action, denies),
  );
}

const isDenied = ({ resources }: Statement, action: Action, denies: readonly Statement[]): boolean => {
  const about = denies.filter((deny) => isAboutAction(deny, action.key));
  return about.length > 0 && isFullyDenied(resources, about);
};

const isSpelledOut = (statements: readonly Statement[], prefix: string): boolean =>
  statements.every(
    ({ actions }) =>
      !actions.negated &&
      actions.entries.every(({ text }) => !/[*?]/.test(text) || !servicesOf(text).has(prefix)),
  );

/** The services of which several statements may select every action together, wherever that is. */
function mayBeWholeTogether(allows: readonly Statement[]): readonly string[] {
  const sums = new Map<string, { count: number; length: number }>();
  for (const each of allows)
    for (const [prefix, { length }] of selectedBy(each)) {
      const sum = sums.get(prefix) ?? { count: 0, length: 0 };
      sums.set(prefix, { count: sum.count + 1, length: sum.length + length });
    }
  return [...sums].flatMap(([prefix, { count, length }]) =>
    count > 1 && length >= sizeOf(prefix) ? [prefix] : [],
  );
}

/** The services that only several statements together grant whole, on resources that all of them allow. */
export function jointGrants(statements: readonly Statement[]): readonly JointGrant[] {
  const allows = statements.filter(({ effect }) => effect === "Allow");
  const prefixes = mayBeWholeTogether(allows);
  const contributing = allows.filter((each) => prefixes.some((prefix) => selectedBy(each).has(prefix)));
  const groups = new Map<string, { readonly on: Statement; readonly beside: readonly Statement[] }>();
  for (const on of contributing.length < 2 ? [] : allows) {
    const beside = contributing.filter((other) => isBeside(on, other));
    const key = [on.resources.path, ...beside.map(({ path }) => path)].join();
    if (beside.length > 1 && !groups.has(key)) groups.set(key, { on, beside });
  }
  const found = new Map<string, JointGrant>();
  for (const { on, beside } of groups.values())
    for (const prefix of prefixes) {
      const parts = beside.filter((each) => selectedBy(each).has(prefix));
      const sizeIn = (each: Statement): number => selectedBy(each).get(prefix)?.length ?? 0;
      const total = sizeOf(prefix);
      if (parts.some((each) => sizeIn(each) === total)) continue;
      if (parts.reduce((sum, each) => sum + sizeIn(each), 0) < total) continue;
      const union = [...new Set(parts.flatMap((each) => selectedBy(each).get(prefix) ?? []))];
      const [service] = wholeIn(on, parts, new Map([[prefix, union]]), statements);
      const last = parts.at(-1);
      if (service === undefined || last === undefined) continue;
      const key = parts.map(({ path }) => path).join();
      const known = found.get(key)?.services ?? [];
      if (!known.some((each) => each.prefix === prefix))
        found.set(key, { statement: last, others: parts.slice(0, -1), services: [...known, service] });
    }
  return [...found.values()];
}

/** Whether one statement allows its actions wherever another one allows its own. */
const isBeside = (own: Statement, other: Statement): boolean =>
  (!other.conditional || conditionOf(own) === conditionOf(other)) &&
  (own === other || isSelectionWithin(own.resources, other.resources, budget()));

const conditionOf = ({ condition: { tests, partial }, path }: Statement): string =>
  partial
    ? path
    : tests
        .map(({ identity }) => identity)
        .sort()
        .join();
