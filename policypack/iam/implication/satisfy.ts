/**
 * Whether some request passes and fails given tests: the logic of conditions. Keys are taken to be independent of one another,
 * which can only add requests: where this finds none, there is none.
 */
import { asksForAbsence, passes, passesWithout, type Test } from "../language/condition";
import {
  ANY,
  EVERYTHING,
  hasVariable,
  literal,
  loosened,
  type Pattern,
  variablesIn,
  matches,
} from "../pattern/pattern";
import { overlaps } from "../pattern/overlap";
import { type Budget, sampleOf, UNDECIDED, type Undecided } from "../pattern/region";
import {
  hasVariables,
  isOnScale,
  isWithin,
  parsePoint,
  type Point,
  printPoint,
  type Range,
  type Scale,
  type ValueSet,
} from "../language/value-set";

/** A test, and whether a request is to pass it. */
export interface Demand {
  readonly test: Test;
  readonly passes: boolean;
}

/** What is known of condition keys, by name in lower case. */
export interface KnownKeys {
  readonly isBoolean: (key: string) => boolean;
  readonly isMultivalued: (key: string) => boolean;
  /** whether AWS says that every request has it; no proof rests on that, but no request is shown without it */
  readonly isAlwaysThere: (key: string) => boolean;
}

/** The values of a key, as patterns without wildcards in which policy variables may stand; undefined for an absent key. */
export type Values = readonly Pattern[] | undefined;

/** The values of all keys that are asked about. */
export type Assignment = ReadonlyMap<string, Values>;

/**
 * Values for all keys that meet every demand, and at least one demand of each choice; undefined when there are none, which
 * is then a proof. What cannot be told is taken to be possible: the values are a proposal, to be tried on the policies.
 */
export function assign(
  demands: readonly Demand[],
  choices: readonly (readonly Demand[])[],
  known: KnownKeys,
  left: Budget,
): Assignment | undefined | Undecided {
  const byKey = new Map<string, readonly Demand[]>();
  for (const demand of demands) byKey.set(demand.test.key, [...(byKey.get(demand.test.key) ?? []), demand]);
  const found = new Map<string, Values>();
  for (const [key, own] of byKey) {
    const values = valuesFor(own, known, left);
    if (values === UNDECIDED) return UNDECIDED;
    if (values === NONE) return undefined;
    found.set(key, values);
  }
  return choose(byKey, found, choices, known, left);
}

/** Takes the choices one by one, the narrowest first, and goes back where one cannot be met. */
function choose(
  byKey: ReadonlyMap<string, readonly Demand[]>,
  found: Assignment,
  choices: readonly (readonly Demand[])[],
  known: KnownKeys,
  left: Budget,
): Assignment | undefined | Undecided {
  let narrowest: readonly Option[] | undefined;
  let of: readonly Demand[] | undefined;
  const open: (readonly Demand[])[] = [];
  for (const choice of choices) {
    if (left.left-- <= 0) return UNDECIDED;
    if (choice.some((demand) => byKey.get(demand.test.key)?.some((other) => isSame(other, demand)))) continue;
    const options: Option[] = [];
    for (const demand of choice) {
      const values = valuesFor([...(byKey.get(demand.test.key) ?? []), demand], known, left);
      if (values === UNDECIDED) return UNDECIDED;
      if (values !== NONE) options.push({ demand, values });
    }
    if (options.length === 0) return undefined;
    open.push(choice);
    if (narrowest === undefined || options.length < narrowest.length) [narrowest, of] = [options, choice];
  }
  if (narrowest === undefined) return found;
  const rest = open.filter((choice) => choice !== of);
  for (const { demand, values } of narrowest) {
    const { key } = demand.test;
    const next = new Map(byKey).set(key, [...(byKey.get(key) ?? []), demand]);
    const result = choose(next, new Map(found).set(key, values), rest, known, left);
    if (result !== undefined) return result;
  }
  return undefined;
}

interface Option {
  readonly demand: Demand;
  readonly values: Values;
}

const isSame = (a: Demand, b: Demand): boolean =>
  a.passes === b.passes && (a.test === b.test || a.test.identity === b.test.identity);

/** No values will do. */
const NONE: unique symbol = Symbol("none");
type None = typeof NONE;

/** What it takes to look at a test, in steps of the budget. */
const COST = 20;

/** Values of one key that meet all demands on it. */
function valuesFor(demands: readonly Demand[], known: KnownKeys, left: Budget): Values | None | Undecided {
  for (const { test } of demands) left.left -= COST + test.texts.length;
  if (left.left <= 0) return UNDECIDED;
  for (const demand of demands)
    if (
      demands.some((other) => other.passes !== demand.passes && other.test.identity === demand.test.identity)
    )
      return NONE;
  // What nobody can tell may be as demanded.
  const mayBeAbsent = demands.every(
    (demand) => (passesWithout(demand.test) ?? demand.passes) === demand.passes,
  );
  if (mayBeAbsent && !known.isAlwaysThere(demands[0]?.test.key ?? "")) return undefined;
  const found = presentValues(demands, known, left);
  if (found !== NONE) return found;
  if (mayBeAbsent) return undefined;
  return mayBeEmpty(demands, known) ? [literal("")] : NONE;
}

/** "ForAllValues … also returns true … if the key values resolve to a null data set, such as an empty string." */
function mayBeEmpty(demands: readonly Demand[], known: KnownKeys): boolean {
  if (!demands.some(({ test }) => test.operator.qualifier === "ForAllValues")) return false;
  const context = new Map(demands.map(({ test }) => [test.key, [""]]));
  const isMet = (demand: Demand): boolean => {
    const { test, passes: wanted } = demand;
    if (test.operator.qualifier === "ForAllValues") return wanted;
    // Several empty values are not a single one.
    if (isDoubtful(demand, known) || hasVariables(test.values)) return true;
    return (passes(test, context) ?? wanted) === wanted;
  };
  return demands.every(isMet);
}

/**
 * Values of a key that is there. Tests that nobody can tell the outcome of are met too, if that can be; if not, they may still
 * turn out as demanded.
 */
function presentValues(
  demands: readonly Demand[],
  known: KnownKeys,
  left: Budget,
): readonly Pattern[] | None | Undecided {
  const doubtful = new Set(demands.filter((demand) => isDoubtful(demand, known)));
  const found = valuesThatMeet(demands, known, left);
  return found === NONE && doubtful.size > 0
    ? valuesThatMeet(
        demands.filter((demand) => !doubtful.has(demand)),
        known,
        left,
      )
    : found;
}

function isDoubtful({ test: { operator, key, values }, passes }: Demand, known: KnownKeys): boolean {
  const { comparing, qualifier } = operator;
  if (comparing === undefined) return false;
  // An operator without qualifier on a key of several values: AWS does not say what it makes of them.
  if (qualifier === undefined && known.isMultivalued(key)) return true;
  // Where a variable stands for nothing, nobody can tell whether a negated operator passes.
  return comparing.negated && !passes && mayBeUnresolved(values, known);
}

function valuesThatMeet(
  demands: readonly Demand[],
  known: KnownKeys,
  left: Budget,
): readonly Pattern[] | None | Undecided {
  const key = demands[0]?.test.key ?? "";
  const everyValue: Membership[] = known.isBoolean(key) ? [{ set: BOOLEAN, inside: true }] : [];
  const someValue: Membership[] = [];
  let isSingle = false;
  for (const { test, passes } of demands) {
    const { comparing, qualifier } = test.operator;
    if (comparing === undefined) {
      const absent = asksForAbsence(test);
      if (absent !== undefined && absent === passes) return NONE;
      continue;
    }
    isSingle ||= qualifier === undefined;
    const membership = { set: test.values, inside: comparing.negated !== passes };
    // "For any value" fails where "for all values" its opposite passes.
    const isAboutSome = qualifier !== undefined && (qualifier === "ForAnyValue") === passes;
    (isAboutSome ? someValue : everyValue).push(membership);
  }
  const groups =
    isSingle || someValue.length === 0
      ? [[...everyValue, ...someValue]]
      : someValue.map((membership) => [...everyValue, membership]);
  const values: Pattern[] = [];
  for (const group of groups) {
    const value = memberOf(group, exampleOf(key), left);
    if (value === UNDECIDED) return UNDECIDED;
    if (value === undefined) return NONE;
    values.push(value);
  }
  return values;
}

/** Whether a policy variable in a set may have no single value, and no default either. */
const mayBeUnresolved = (set: ValueSet, known: KnownKeys): boolean =>
  set.kind === "text" &&
  set.patterns
    .flatMap(variablesIn)
    .some(({ key, fallback }) => fallback === undefined || known.isMultivalued(key.toLowerCase()));

const BOOLEAN: ValueSet = { kind: "text", patterns: [literal("true"), literal("false")] };

interface Membership {
  readonly set: ValueSet;
  readonly inside: boolean;
}

/** A value that is in all the sets it is to be inside of, and in none of the others. */
function memberOf(
  memberships: readonly Membership[],
  example: string,
  left: Budget,
): Pattern | undefined | Undecided {
  const scales = new Set<Scale>();
  for (const { set } of memberships) if (set.kind === "ranges") scales.add(set.scale);
  // Sets of one kind are looked at together; where kinds are mixed each must have a member, and one of them is proposed: one that
  // is in all of them, if it is found at once.
  let proposed = example;
  for (const scale of scales) {
    const point = pointIn(memberships, scale);
    if (point !== undefined) proposed = printPoint(scale, point);
    // A value that is no number is in no range of numbers: it may be what is asked for where all are to be avoided.
    else if (memberships.some(({ set, inside }) => inside && set.kind === "ranges" && set.scale === scale))
      return undefined;
  }
  const texts = memberships.filter(({ set }) => set.kind === "text");
  const fits = texts.every(
    ({ set, inside }) =>
      set.kind === "text" && set.patterns.some((pattern) => matches(pattern, proposed)) === inside,
  );
  return fits ? literal(proposed) : textIn(texts, left);
}

/** What keys hold whose names end so; the account is that of the example ARNs. */
const EXAMPLES: readonly (readonly [RegExp, string])[] = [
  [/account(id)?$/, "123456789012"],
  [/region$/, "us-east-1"],
  [/principalarn$/, "arn:aws:iam::123456789012:role/example"],
  [/arn$/, "arn:aws:sns:us-east-1:123456789012:example"],
];

/** A value that a key could have, and that no other key has: `aws:username` → `aws-username`. */
export const exampleOf = (key: string): string =>
  EXAMPLES.find(([name]) => name.test(key))?.[1] ?? key.replace(/[^a-z0-9]+/g, "-");

/** A point of a scale: between and at the ends of all ranges there is one of every kind. */
function pointIn(memberships: readonly Membership[], scale: Scale): Point | undefined {
  const own = memberships.flatMap(({ set, inside }) =>
    set.kind === "ranges" && set.scale === scale ? [{ ranges: set.ranges, inside }] : [],
  );
  const isMember = (point: Point): boolean =>
    own.every(({ ranges, inside }) => ranges.some((range) => isWithin(range, point)) === inside);
  return candidates(
    own.flatMap(({ ranges }) => ranges),
    scale,
  ).find((point) => isOnScale(scale, point) && isMember(point));
}

function candidates(ranges: readonly Range[], scale: Scale): readonly Point[] {
  if (scale === "address") {
    const ends = ranges.flatMap(({ low, high }) => [BigInt(low), BigInt(high)]);
    return [...ANY_ADDRESSES, ...ends, ...ends.flatMap((end) => [end - 1n, end + 1n])];
  }
  const ends = ranges.flatMap(({ low, high }) => [Number(low), Number(high)]).filter(Number.isFinite);
  const sorted = [...new Set(ends)].sort((a, b) => a - b);
  const between = sorted.flatMap((end, index) => (index === 0 ? [] : halfway(sorted[index - 1] ?? end, end)));
  return [...sorted, ...sorted.flatMap((end) => [end - 1, end + 1]), ...between, 0];
}
/** A whole number where there is one: hardly any key holds another. */
const halfway = (low: number, high: number): readonly number[] => [
  Math.round((low + high) / 2),
  (low + high) / 2,
];
const ANY_ADDRESSES = ["198.51.100.7", "2001:db8::7"].flatMap((text) => parsePoint("address", text) ?? []);

/** A text that is in all sets but the excluded ones: of each set it is one pattern that the text matches. */
function textIn(memberships: readonly Membership[], left: Budget): Pattern | undefined | Undecided {
  const patternsOf = ({ set }: Membership): readonly Pattern[] => (set.kind === "text" ? set.patterns : []);
  const none = memberships.filter(({ inside }) => !inside).flatMap(patternsOf);
  const inside = memberships.filter((membership) => membership.inside).map(patternsOf);
  const uncertain = memberships.some(({ set }) => hasVariables(set));
  const search = (
    chosen: readonly Pattern[],
    rest: readonly (readonly Pattern[])[],
  ): Pattern | undefined | Undecided => {
    const [next, ...others] = rest;
    if (next === undefined)
      return uncertain ? textWithVariables(chosen, none, left) : textOfAll(chosen, none, left);
    for (const pattern of next) {
      if (left.left-- <= 0) return UNDECIDED;
      if (!chosen.every((other) => overlaps(loosened(other), loosened(pattern)))) continue;
      const found = search([...chosen, pattern], others);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search([], inside);
}

/** One that is not empty is preferred: few values are. */
function textOfAll(
  all: readonly Pattern[],
  none: readonly Pattern[],
  left: Budget,
): Pattern | undefined | Undecided {
  const found = sampleOf({ all: [...all, NOT_EMPTY], none }, left);
  return found ?? sampleOf({ all: all.length === 0 ? [EVERYTHING] : all, none }, left);
}
const NOT_EMPTY: Pattern = [{ kind: "one", of: ANY }, ...EVERYTHING];

/**
 * The same where policy variables stand in the patterns. A text in which they stand, taken for one of the patterns, may be
 * matched by the others in ways that show only once the variables have values: the others are then loosened, or left out.
 * Whenever one of these looser questions has no answer, there is none.
 */
function textWithVariables(
  chosen: readonly Pattern[],
  none: readonly Pattern[],
  left: Budget,
): Pattern | undefined | Undecided {
  let proposed: Pattern | undefined | Undecided = chosen.length === 0 ? textOfAll([], none, left) : undefined;
  for (const pattern of chosen) {
    const others = hasVariable(pattern) ? [] : chosen.filter((other) => other !== pattern).map(loosened);
    const found = textOfAll([pattern, ...others], none, left);
    if (found === undefined || found === UNDECIDED) return found;
    proposed = found;
  }
  return proposed;
}
