/**
 * What is true of several patterns together: whether they overlap, cover one another, and which text shows that they do not.
 *
 * Overlap of two patterns is bounded by the product of their lengths. Everything else walks the sets of positions that the
 * patterns can be at, breadth first, so that the text it finds is a shortest one; a budget bounds the walk.
 */
import type { Automaton, State } from "./automaton";
import {
  accepts,
  ANY,
  charactersOf,
  type CharacterSet,
  firstOf,
  freshCharacter,
  has,
  isVariable,
  matches,
  type Pattern,
  settle,
  step,
  type Token,
} from "./pattern";
import { factsOf } from "./pattern-facts";
/** A character that both tokens accept, or undefined. */
function common(a: Token, b: Token): string | undefined {
  if (a.kind === "literal") return accepts(b, a.value) ? a.value : undefined;
  if (b.kind === "literal") return accepts(a, b.value) ? b.value : undefined;
  const [narrow, wide] = a.of.only === undefined ? [b.of, a.of] : [a.of, b.of];
  if (narrow.only !== undefined) return firstOf(narrow.only, (character) => has(wide, character));
  return freshCharacter({ except: (narrow.except ?? "") + (wide.except ?? "") }, new Set());
}

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly text: string;
}

/** Walks both patterns side by side, breadth first: every pair of positions that one text can reach, with a shortest such text. */
function* together(a: Pattern, b: Pattern): Generator<Pair> {
  const seen = new Set<number>([0]);
  let queue: Pair[] = [{ a: 0, b: 0, text: "" }];
  while (queue.length > 0) {
    const next: Pair[] = [];
    const visit = (into: Pair[], pair: Pair): void => {
      const key = pair.a * (b.length + 1) + pair.b;
      if (seen.has(key)) return;
      seen.add(key);
      into.push(pair);
    };
    for (const pair of queue) {
      yield pair;
      const [tokenA, tokenB] = [a[pair.a], b[pair.b]];
      if (tokenA?.kind === "many") visit(queue, { ...pair, a: pair.a + 1 });
      if (tokenB?.kind === "many") visit(queue, { ...pair, b: pair.b + 1 });
      if (tokenA === undefined || tokenB === undefined) continue;
      const character = common(tokenA, tokenB);
      if (character === undefined) continue;
      visit(next, {
        a: tokenA.kind === "many" ? pair.a : pair.a + 1,
        b: tokenB.kind === "many" ? pair.b : pair.b + 1,
        text: pair.text + character,
      });
    }
    queue = next;
  }
}

/** A shortest text that both patterns match, or undefined when there is none. */
export function witness(a: Pattern, b: Pattern): string | undefined {
  for (const pair of together(a, b)) if (pair.a === a.length && pair.b === b.length) return pair.text;
  return undefined;
}

/** Whether some text matches both patterns. */
export function overlaps(a: Pattern, b: Pattern): boolean {
  if (a === b) return true;
  if (differAtAnEnd(a, b)) return false;
  const [own, other] = [factsOf(a), factsOf(b)];
  if (own.isExact) return takes(b, a);
  if (other.isExact) return takes(a, b);
  const known = own.overlaps.get(other.id);
  if (known !== undefined) return known;
  const answer = canMeet(a, b);
  // INVARIANT: bounded, since some patterns live as long as the process.
  if (own.overlaps.size >= MOST_ANSWERS) own.overlaps.clear();
  own.overlaps.set(other.id, answer);
  return answer;
}
const MOST_ANSWERS = 1_000;

/** Whether a text can lead through both patterns: by pairs of positions, those of `a` in turn. */
function canMeet(a: Pattern, b: Pattern): boolean {
  let row = new Uint8Array(b.length + 1);
  row[0] = 1;
  for (let i = 0; i <= a.length; i++) {
    const next = new Uint8Array(b.length + 1);
    const tokenA = a[i];
    for (let j = 0; j <= b.length; j++) {
      if (row[j] === 0) continue;
      const tokenB = b[j];
      if (tokenA?.kind === "many") next[j] = 1;
      if (tokenB?.kind === "many") row[j + 1] = 1;
      if (tokenA === undefined || tokenB === undefined || !haveCommon(tokenA, tokenB)) continue;
      if (tokenA.kind !== "many") next[tokenB.kind === "many" ? j : j + 1] = 1;
      else if (tokenB.kind !== "many") row[j + 1] = 1;
    }
    if (i === a.length) return row[b.length] === 1;
    row = next;
  }
  return false;
}

function haveCommon(a: Token, b: Token): boolean {
  if (a.kind === "literal") return accepts(b, a.value);
  if (b.kind === "literal") return accepts(a, b.value);
  return a.of === ANY || b.of === ANY || common(a, b) !== undefined;
}

/**
 * The texts that match all of `prefix` and may begin a text of `pattern`: one shortest text for each place in `pattern`
 * that the prefix can end at.
 */
export function beginnings(pattern: Pattern, prefix: Pattern): readonly string[] {
  const found: string[] = [];
  for (const pair of together(pattern, prefix)) if (pair.b === prefix.length) found.push(pair.text);
  return [...new Set(found)];
}

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

/** Whether the patterns begin or end with different characters, so that no text matches both. */
function differAtAnEnd(a: Pattern, b: Pattern): boolean {
  const length = Math.min(a.length, b.length);
  return differs(length, (at) => [a[at], b[at]]) || differs(length, (at) => [a.at(-1 - at), b.at(-1 - at)]);
}

function differs(
  length: number,
  pairAt: (at: number) => readonly [Token | undefined, Token | undefined],
): boolean {
  for (let at = 0; at < length; at++) {
    const [a, b] = pairAt(at);
    if (a?.kind !== "literal" || b?.kind !== "literal") return false;
    if (a.value !== b.value) return true;
  }
  return false;
}

/** Whether the pattern matches one text only, policy variables left aside. */
export const isExact = (pattern: Pattern): boolean => factsOf(pattern).isExact;

/** The text of a pattern without wildcards. */
export function textOf(exact: Pattern): string {
  let text = "";
  for (const token of exact) if (token.kind === "literal") text += token.value;
  return text;
}

/** Whether a pattern matches the text of a pattern without wildcards, in which policy variables may stand. */
function takes(pattern: Pattern, exact: Pattern): boolean {
  const { text } = factsOf(exact);
  if (text !== undefined) return matches(pattern, text);
  const end = exact.reduce(
    (positions, token) => (token.kind === "literal" ? step(pattern, positions, token.value) : []),
    settle(pattern, [0]),
  );
  return end.includes(pattern.length);
}

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
      const keys = new Map<string, string>();
      for (const { character, like } of alphabet(node)) {
        const next = follow(all, node.all, character);
        left.left -= costOf(next);
        const key = keyOf(next);
        keys.set(character, key);
        // A character that leads `all` no further than one that nobody names leads `none` at least as far: it adds nothing.
        if (like !== undefined && keys.get(like) === key) continue;
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

/** A character that can go on, and one that no pattern names but that is in the same sets. */
interface Step {
  readonly character: string;
  readonly like?: string | undefined;
}

/** The characters that can go on, one of each kind that the patterns tell apart here. */
function alphabet({ all, none }: Node): readonly Step[] {
  const literals = new Set<string>();
  const special = new Set<CharacterSet>();
  for (const state of all) {
    // Where a pattern knows its next character, nothing else goes on.
    if (state.sets.length === 0) return [...new Set(state.literals)].map((character) => ({ character }));
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
  const mentioned = sets.map((set) => `${set.only ?? ""}${set.except ?? ""}`).join("");
  const beside = new Set([...literals, ...charactersOf(mentioned)]);
  const fresh = firstOf(READABLE, (character) => !beside.has(character)) ?? freshCharacter(ANY, beside);
  const found = new Map<string, string>();
  for (const character of charactersOf((fresh ?? "") + mentioned)) {
    const key = membership(sets, character);
    if (!literals.has(character) && !found.has(key)) found.set(key, character);
  }
  return found;
}
