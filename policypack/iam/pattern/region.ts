/**
 * What is true of several patterns together: whether they cover one another, and which text shows that they do not.
 *
 * The walk goes through the sets of positions that the patterns can be at, breadth first, so that the text it finds is a
 * shortest one; a budget bounds it.
 */
import type { Automaton, State, Step } from "./automaton";
import { differAtAnEnd, isExact, overlaps, takes } from "./overlap";
import {
  ANY,
  type CharacterSet,
  charactersOf,
  firstOf,
  freshCharacter,
  has,
  isVariable,
  type Pattern,
  type Token,
} from "./pattern";
import { factsOf } from "./pattern-facts";

/** A set of texts: those that match every pattern of `all` and no pattern of `none`. */
export interface Region {
  readonly all: readonly Pattern[];
  readonly none: readonly Pattern[];
}

/** How much work is still allowed: what is too hard to decide must end all the same. And what the work has shown so far. */
export interface Budget {
  left: number;
  readonly samples: Map<string, Pattern | undefined>;
}

/** How many steps one question may take, a step being a position of a pattern: far above what any a person wrote needs. */
const STEPS = 500_000;
export const budget = (steps = STEPS): Budget => ({ left: steps, samples: new Map() });

/** The answer when the budget ran out. */
export const UNDECIDED: unique symbol = Symbol("undecided");
export type Undecided = typeof UNDECIDED;

/**
 * A shortest text of a region, as a pattern without wildcards: policy variables are left standing in it.
 * Undefined when the region is empty, which is then a proof.
 */
export function sampleOf(region: Region, left: Budget = budget()): Pattern | undefined | Undecided {
  const { all, none } = region;
  const exact = all.find(isExact);
  if (exact === undefined) {
    const key = `${idsOf(all)}|${idsOf(none)}`;
    const known = left.samples.get(key);
    if (known !== undefined || left.samples.has(key)) return known;
    const found = canAllMeet(all) ? walk(region, left) : undefined;
    if (found !== UNDECIDED) left.samples.set(key, found);
    return found;
  }
  return all.every((pattern) => takes(pattern, exact)) && !none.some((pattern) => takes(pattern, exact))
    ? exact
    : undefined;
}

/** Whether any two of the patterns overlap: far cheaper than to walk them all, and mostly the answer. */
const canAllMeet = (all: readonly Pattern[]): boolean =>
  all.every((pattern, index) => all.slice(0, index).every((other) => overlaps(other, pattern)));

/** Numbers that tell sets of patterns apart. */
const idsOf = (patterns: readonly Pattern[]): string =>
  patterns
    .map((pattern) => factsOf(pattern).id)
    .sort((a, b) => a - b)
    .join();

/** Whether the patterns together match every text that `target` matches: a proof when true. See {@link coverage}. */
export const covers = (patterns: readonly Pattern[], target: Pattern): boolean =>
  coverage(patterns, target) === true;

/**
 * Whether the patterns together match every text that `target` matches; undefined when the budget runs out before that is
 * decided, which takes patterns that are built to be hard.
 *
 * @param patterns - the union that is to cover
 * @param target - what is to be covered; its tokens may range over smaller sets
 */
export function coverage(
  patterns: readonly Pattern[],
  target: Pattern,
  left: Budget = budget(),
): boolean | undefined {
  if (patterns.some((pattern) => plainlyCovers(pattern, target))) return true;
  const near = patterns.filter((pattern) => !differAtAnEnd(pattern, target));
  const found = near.length === 0 ? target : sampleOf({ all: [target], none: near }, left);
  return found === UNDECIDED ? undefined : found === undefined;
}

/** Whether it takes no search to see that the pattern covers: it is the same, or a beginning followed by `*`. */
function plainlyCovers(pattern: Pattern, target: Pattern): boolean {
  const end = pattern.at(-1);
  const open = end?.kind === "many" && end.of === ANY;
  const length = open ? pattern.length - 1 : pattern.length;
  if (open ? target.length < length : target.length !== length) return false;
  for (let at = 0; at < length; at++) if (!sameToken(pattern[at], target[at])) return false;
  return true;
}

const sameToken = (a: Token | undefined, b: Token | undefined): boolean =>
  a === b ||
  (a?.kind === b?.kind &&
    (a?.kind === "literal"
      ? b?.kind === "literal" && a.value === b.value
      : b?.kind !== "literal" && a?.of === b?.of));

/** How far a text has come in every pattern, and the character that led there. */
interface Node {
  readonly all: readonly State[];
  readonly none: readonly State[];
  readonly character: string;
  readonly before: Node | undefined;
}

const automatonOf = (pattern: Pattern): Automaton => factsOf(pattern).automaton;

function walk(region: Region, left: Budget): Pattern | undefined | Undecided {
  const [all, none] = [region.all.map(automatonOf), region.none.map(automatonOf)];
  const seen = new Set<string>();
  let queue: Node[] = [];
  const visit = (node: Node, key: string): void => {
    if (node.all.some((state) => state.dead) || node.none.some((state) => state.universal)) return;
    const whole = `${key}|${keyOf(node.none)}`;
    if (seen.has(whole)) return;
    seen.add(whole);
    queue.push(node);
  };
  const start = ({ start: state }: Automaton): State => state;
  visit({ all: all.map(start), none: none.map(start), character: "", before: undefined }, "");
  while (queue.length > 0) {
    const nodes = queue;
    queue = [];
    for (const node of nodes) {
      if (left.left <= 0) return UNDECIDED;
      left.left -= 1;
      if (node.all.every((state) => state.accepts) && !node.none.some((state) => state.accepts))
        return textTo(node);
      const steps = alphabet(node);
      const keys = steps.length > 1 ? new Map<string, string>() : undefined;
      for (const { character, like } of steps) {
        const next = follow(all, node.all, character);
        left.left -= costOf(next);
        const key = keyOf(next);
        keys?.set(character, key);
        // A character that leads `all` no further than one that nobody names leads `none` at least as far: it adds nothing.
        if (like !== undefined && keys?.get(like) === key) continue;
        const beside = follow(none, node.none, character);
        left.left -= costOf(beside);
        visit({ all: next, none: beside, character, before: node }, key);
      }
    }
  }
  return undefined;
}

/** What it takes to make states, and to tell them from others. */
const costOf = (states: readonly State[]): number => {
  let cost = 0;
  for (const { positions } of states) cost += 1 + positions.length;
  return cost;
};

const keyOf = (states: readonly State[]): string => {
  let key = "";
  for (const { id } of states) key += `${id},`;
  return key;
};

const follow = (
  automata: readonly Automaton[],
  states: readonly State[],
  character: string,
): readonly State[] =>
  automata.map((automaton, index) => automaton.after(states[index] ?? automaton.start, character));

function textTo(node: Node): Pattern {
  const characters: Token[] = [];
  for (let at = node; at.before !== undefined; at = at.before)
    characters.push({ kind: "literal", value: at.character });
  return characters.reverse();
}

/** The characters that can go on, one of each kind that the patterns tell apart here. */
function alphabet({ all, none }: Node): readonly Step[] {
  const literals = new Set<string>();
  const special = new Set<CharacterSet>();
  for (const state of all) {
    // Where a pattern knows its next character, nothing else goes on.
    if (state.only !== undefined) return state.only;
  }
  for (const states of [all, none])
    for (const state of states) {
      for (const value of state.literals) literals.add(value);
      for (const set of state.sets) if (set !== ANY) special.add(set);
    }
  const sets = [...special];
  const nameless = unnamed(sets, literals);
  return [
    ...[...nameless.values()].map((character) => ({ character })),
    ...[...literals].map((character) => ({
      character,
      like: isVariable(character) ? undefined : nameless.get(membership(sets, character)),
    })),
  ];
}

const membership = (sets: readonly CharacterSet[], character: string): string =>
  sets.map((set) => (has(set, character) ? "1" : "0")).join("");

/** What a text of a region is made of where nothing else is asked: readable, if possible. */
const READABLE = "xyzabcdefghijklmnopqrstuvw0123456789-_XYZABCDEFGHIJKLMNOPQRSTUVW";

/** For each combination of sets a character that is in just these, and is none of the literals. */
function unnamed(sets: readonly CharacterSet[], literals: ReadonlySet<string>): ReadonlyMap<string, string> {
  if (sets.length === 0) return new Map([["", freshBeside(literals)]]);
  const mentioned = sets.map((set) => `${set.only ?? ""}${set.except ?? ""}`).join("");
  const fresh = freshBeside(new Set([...literals, ...charactersOf(mentioned)]));
  const found = new Map<string, string>();
  for (const character of charactersOf(fresh + mentioned)) {
    const key = membership(sets, character);
    if (!literals.has(character) && !found.has(key)) found.set(key, character);
  }
  return found;
}

const freshBeside = (taken: ReadonlySet<string>): string =>
  firstOf(READABLE, (character) => !taken.has(character)) ?? freshCharacter(ANY, taken) ?? "";
