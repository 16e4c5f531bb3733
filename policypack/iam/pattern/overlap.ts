/** What is true of two patterns: whether they overlap, and which text shows it. Bounded by the product of their lengths. */
import {
  accepts,
  ANY,
  firstOf,
  freshCharacter,
  has,
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
  const known = own.overlaps.get(other.id);
  if (known !== undefined) return known;
  const answer = own.isExact ? takes(b, a) : other.isExact ? takes(a, b) : canMeet(a, b);
  // INVARIANT: bounded, since some patterns live as long as the process.
  if (own.overlaps.size >= MOST_ANSWERS) own.overlaps.clear();
  own.overlaps.set(other.id, answer);
  return answer;
}
const MOST_ANSWERS = 1_000;

/** Whether a text can lead through both patterns: by pairs of positions, those of `a` in turn. */
function canMeet(a: Pattern, b: Pattern): boolean {
  const size = b.length + 1;
  let [row, next] = rowsFor(size);
  row.fill(0, 0, size);
  row[0] = 1;
  for (const token of a) {
    next.fill(0, 0, size);
    reach(token, b, row, next);
    [row, next] = [next, row];
  }
  reach(undefined, b, row, next);
  return row[b.length] === 1;
}

/** From the positions in `b` that `row` marks: those that no character leads to, in `row`, and those that one does, in `next`. */
function reach(tokenA: Token | undefined, b: Pattern, row: Uint8Array, next: Uint8Array): void {
  for (let j = 0; j <= b.length; j++) {
    if (row[j] === 0) continue;
    const tokenB = b[j];
    if (tokenA?.kind === "many") next[j] = 1;
    if (tokenB?.kind === "many") row[j + 1] = 1;
    if (tokenA === undefined || tokenB === undefined || !haveCommon(tokenA, tokenB)) continue;
    if (tokenA.kind !== "many") next[tokenB.kind === "many" ? j : j + 1] = 1;
    else if (tokenB.kind !== "many") row[j + 1] = 1;
  }
}

/** Two rows that every question uses anew: they are asked by the ten thousand. */
function rowsFor(size: number): readonly [Uint8Array, Uint8Array] {
  if (rows[0].length < size) rows = [new Uint8Array(2 * size), new Uint8Array(2 * size)];
  return rows;
}
let rows: readonly [Uint8Array, Uint8Array] = [new Uint8Array(512), new Uint8Array(512)];

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
  const { length, text } = sameBeginning(pattern, prefix);
  const [rest, of] = [pattern.slice(length), prefix.slice(length)];
  if (differAtStart(rest, of)) return [];
  const found: string[] = [];
  for (const pair of together(rest, of)) if (pair.b === of.length) found.push(text + pair.text);
  return [...new Set(found)];
}

/** The characters that both patterns spell out before they part. */
function sameBeginning(a: Pattern, b: Pattern): { readonly length: number; readonly text: string } {
  let text = "";
  for (let length = 0; ; length++) {
    const [own, other] = [a[length], b[length]];
    if (own?.kind !== "literal" || other?.kind !== "literal" || own.value !== other.value)
      return { length, text };
    text += own.value;
  }
}

const differAtStart = ([a]: Pattern, [b]: Pattern): boolean =>
  a?.kind === "literal" && b?.kind === "literal" && a.value !== b.value;

/** Whether the patterns begin or end with different characters, so that no text matches both. */
export function differAtAnEnd(a: Pattern, b: Pattern): boolean {
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
export function takes(pattern: Pattern, exact: Pattern): boolean {
  const { text } = factsOf(exact);
  if (text !== undefined) return matches(pattern, text);
  const end = exact.reduce(
    (positions, token) => (token.kind === "literal" ? step(pattern, positions, token.value) : []),
    settle(pattern, [0]),
  );
  return end.includes(pattern.length);
}
