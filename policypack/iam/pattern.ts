/**
 * The wildcard patterns of IAM and an exact algebra over them: matches, overlaps, covers, with witnesses.
 *
 * A pattern is a list of tokens. Besides IAM's own `*` and `?`, a token may range over a smaller set of characters
 * only: that is how the placeholders of an ARN template ("a bucket name", "an account") take part in the algebra.
 *
 * Matching is linear; overlap is bounded by the product of the two lengths; coverage never backtracks.
 */

/** A set of characters: all of `only`, or (when `only` is absent) every character that is not in `except`. */
export interface CharacterSet {
  readonly only?: string;
  readonly except?: string;
}

/** One character, exactly; or a policy variable: a text that nobody knows, and that is the same wherever it stands. */
export interface Literal {
  readonly kind: "literal";
  readonly value: string;
}
/** One character of a set (`?`). */
export interface One {
  readonly kind: "one";
  readonly of: CharacterSet;
}
/** Any number of characters of a set, none included (`*`). */
export interface Many {
  readonly kind: "many";
  readonly of: CharacterSet;
}
export type Token = Literal | One | Many;
export type Pattern = readonly Token[];

/** Every character: what IAM's `*` and `?` stand for. */
export const ANY: CharacterSet = {};

const has = (set: CharacterSet, character: string): boolean =>
  set.only === undefined ? !(set.except ?? "").includes(character) : set.only.includes(character);

/** A policy variable has more than one character: `${aws:username}`. */
const isVariable = (character: string): boolean => character.length > 1;

/** Whether a token takes a character. A variable may be any text, an empty one too: only `*` takes it, and itself. */
function accepts(token: Token, character: string): boolean {
  if (token.kind === "literal") return token.value === character;
  return isVariable(character) ? token.kind === "many" && token.of === ANY : has(token.of, character);
}

/** The pattern with its policy variables as `*`: everything that it may come to match. */
export const loosened = (pattern: Pattern): Pattern =>
  pattern.map((token) =>
    token.kind === "literal" && isVariable(token.value) ? { kind: "many", of: ANY } : token,
  );

/** The UTF-16 units of a text: what counts as a character here, everywhere alike. */
const charactersOf = (text: string): readonly string[] =>
  Array.from({ length: text.length }, (_, index) => text.charAt(index));

/** The first character of a text that a predicate holds for. */
function firstOf(text: string, holds: (character: string) => boolean): string | undefined {
  for (let at = 0; at < text.length; at++) if (holds(text.charAt(at))) return text.charAt(at);
  return undefined;
}

/** A character of the set that is none of `taken`, or undefined when they are all taken. */
export function freshCharacter(set: CharacterSet, taken: ReadonlySet<string>): string | undefined {
  if (set.only !== undefined) return firstOf(set.only, (character) => !taken.has(character));
  for (let code = 0xe000; ; code++) {
    const character = String.fromCharCode(code);
    if (!taken.has(character) && has(set, character)) return character;
  }
}

/** A pattern that matches exactly this text. */
export const literal = (text: string): Pattern =>
  charactersOf(text).map((value) => ({ kind: "literal", value }));

// "${aws:username}", "${aws:PrincipalTag/team, 'none'}": https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
const VARIABLE = /\$\{([^}]*)\}/y;
const ESCAPES: ReadonlySet<string> = new Set(["*", "?", "$"]);

/**
 * Reads a pattern as IAM does.
 *
 * @param text - the pattern as written in the policy, case as written
 * @param variables - whether `${…}` is a policy variable; in a Version 2008-10-17 document it is literal text
 */
export function parsePattern(text: string, variables = false): Pattern {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    VARIABLE.lastIndex = at;
    const variable = variables && character === "$" ? VARIABLE.exec(text) : null;
    if (variable !== null) {
      const name = variable[1] ?? "";
      // "${*}", "${?}", "${$}" stand for the characters themselves.
      tokens.push({ kind: "literal", value: ESCAPES.has(name) ? name : variable[0] });
      at += variable[0].length - 1;
    } else if (character === "*") {
      if (tokens.at(-1)?.kind !== "many") tokens.push({ kind: "many", of: ANY });
    } else if (character === "?") tokens.push({ kind: "one", of: ANY });
    else tokens.push({ kind: "literal", value: character });
  }
  return tokens;
}

/** The same pattern with every `?` read as `*`: what remains of it once only its literal characters count. */
export function widened(pattern: Pattern): Pattern {
  const tokens: Token[] = [];
  for (const token of pattern) {
    const wide: Token = token.kind === "one" ? { kind: "many", of: token.of } : token;
    const last = tokens.at(-1);
    if (wide.kind !== "many" || last?.kind !== "many" || last.of !== wide.of) tokens.push(wide);
  }
  return tokens;
}

/** Whether the pattern matches the text. Two pointers and the last star: linear in practice, never exponential. */
export function matches(pattern: Pattern, text: string): boolean {
  if (pattern.some((token) => token.kind === "many" && token.of !== ANY))
    return matchesByPositions(pattern, text);
  let at = 0;
  let token = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const current = pattern[token];
    if (current?.kind === "many") {
      star = token++;
      starAt = at;
    } else if (current !== undefined && accepts(current, text.charAt(at))) {
      token++;
      at++;
    } else {
      const last = star < 0 ? undefined : pattern[star];
      if (last === undefined) return false;
      token = star + 1;
      at = ++starAt;
    }
  }
  while (pattern[token]?.kind === "many") token++;
  return token === pattern.length;
}

/** The same where a star ranges over fewer characters, so that the last one reached is not always the best. */
function matchesByPositions(pattern: Pattern, text: string): boolean {
  const end = charactersOf(text).reduce(
    (positions, character) => step(pattern, positions, character),
    settle(pattern, [0]),
  );
  return end.includes(pattern.length);
}

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
export const overlaps = (a: Pattern, b: Pattern): boolean => witness(a, b) !== undefined;

/**
 * The texts that match all of `prefix` and may begin a text of `pattern`: one shortest text for each place in `pattern`
 * that the prefix can end at.
 */
export function beginnings(pattern: Pattern, prefix: Pattern): readonly string[] {
  const found: string[] = [];
  for (const pair of together(pattern, prefix)) if (pair.b === prefix.length) found.push(pair.text);
  return [...new Set(found)];
}

/** How many states a coverage proof may visit before it gives up: far above what any pattern a person wrote needs. */
const COVER_BUDGET = 20_000;

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
export function coverage(patterns: readonly Pattern[], target: Pattern): boolean | undefined {
  const seen = new Set<string>();
  const stack: { readonly states: readonly (readonly number[])[]; readonly at: number }[] = [];
  const push = (states: readonly (readonly number[])[], at: number): void => {
    if (patterns.some((pattern, index) => isUniversal(pattern, states[index] ?? []))) return;
    const key = `${at}|${states.map((positions) => positions.join(",")).join("|")}`;
    if (seen.has(key)) return;
    seen.add(key);
    stack.push({ states, at });
  };
  push(
    patterns.map((pattern) => settle(pattern, [0])),
    0,
  );
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.size > COVER_BUDGET) return undefined;
    const { states, at } = node;
    const token = target[at];
    if (token === undefined) {
      if (!patterns.some((pattern, index) => states[index]?.includes(pattern.length))) return false;
      continue;
    }
    if (token.kind === "many") push(states, at + 1);
    const after = token.kind === "many" ? at : at + 1;
    for (const character of alphabet(token, patterns, states))
      push(
        patterns.map((pattern, index) => step(pattern, states[index] ?? [], character)),
        after,
      );
  }
  return true;
}

/** The characters of a token that the patterns can tell apart here: their next literals, and one that is none of them. */
function alphabet(
  token: Token,
  patterns: readonly Pattern[],
  states: readonly (readonly number[])[],
): readonly string[] {
  if (token.kind === "literal") return [token.value];
  const told = new Set<string>();
  patterns.forEach((pattern, index) => {
    for (const position of states[index] ?? []) {
      const next = pattern[position];
      if (next?.kind === "literal") told.add(next.value);
      else for (const character of next?.of.only ?? next?.of.except ?? "") told.add(character);
    }
  });
  const fresh = freshCharacter(token.of, told);
  return [
    ...[...told].filter((character) => !isVariable(character) && has(token.of, character)),
    ...(fresh === undefined ? [] : [fresh]),
  ];
}

/** The positions of a pattern after one more character. */
function step(pattern: Pattern, positions: readonly number[], character: string): readonly number[] {
  const next: number[] = [];
  for (const position of positions) {
    const token = pattern[position];
    if (token !== undefined && accepts(token, character))
      next.push(token.kind === "many" ? position : position + 1);
  }
  return settle(pattern, next);
}

/**
 * Adds the positions reached without a character, and drops those before the last `*` reached: from a `*` a pattern
 * accepts all that it accepts from any place before it, so they add nothing.
 */
function settle(pattern: Pattern, positions: readonly number[]): readonly number[] {
  const all = new Set<number>();
  let lastStar = -1;
  for (let position of positions) {
    for (; !all.has(position); position++) {
      all.add(position);
      const token = pattern[position];
      if (token?.kind !== "many") break;
      if (token.of === ANY) lastStar = Math.max(lastStar, position);
    }
  }
  return [...all].filter((position) => position >= lastStar).sort((a, b) => a - b);
}

/** Whether the pattern matches every text. */
export const isEverything = (pattern: Pattern): boolean => pattern.length === 1 && isUniversal(pattern, [0]);

const isUniversal = (pattern: Pattern, positions: readonly number[]): boolean => {
  const last = pattern.at(-1);
  return last?.kind === "many" && last.of === ANY && positions.includes(pattern.length - 1);
};
