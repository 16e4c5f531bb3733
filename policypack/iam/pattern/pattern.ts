/**
 * The wildcard patterns of IAM: reading them, and matching a text. What is true of several patterns together is in region.ts.
 *
 * A pattern is a list of tokens. Besides IAM's own `*` and `?`, a token may range over a smaller set of characters
 * only: that is how the placeholders of an ARN template ("a bucket name", "an account") take part in the algebra.
 */

import { rememberedOfText } from "./remembered";
import { readVariable, type Variable, variableOf } from "./variable";

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

/** What stands in one field of an ARN. */
export const FIELD: CharacterSet = { except: ":" };

export const has = (set: CharacterSet, character: string): boolean =>
  set.only === undefined ? !(set.except ?? "").includes(character) : set.only.includes(character);

/** A policy variable has more than one character: `${aws:username}`. */
export const isVariable = (character: string): boolean => character.length > 1;

/** Whether a token takes a character. A variable may be any text, an empty one too: only `*` takes it, and itself. */
export function accepts(token: Token, character: string): boolean {
  if (token.kind === "literal") return token.value === character;
  return isVariable(character) ? token.kind === "many" && token.of === ANY : has(token.of, character);
}

/** The pattern with its policy variables as `*`: everything that it may come to match. */
export const loosened = (pattern: Pattern): Pattern => withOpenVariables(pattern, () => true);

/**
 * The pattern with some of its policy variables as `*`.
 *
 * @param isOpen - given the key of a variable, in lower case but for the names of tags
 */
export const withOpenVariables = (pattern: Pattern, isOpen: (key: string) => boolean): Pattern =>
  hasVariable(pattern)
    ? pattern.map((token) =>
        token.kind === "literal" && isVariable(token.value) && isOpen(variableOf(token.value).key)
          ? MANY
          : token,
      )
    : pattern;

/** Whether a policy variable stands in the pattern. */
export const hasVariable = (pattern: Pattern): boolean =>
  pattern.some((token) => token.kind === "literal" && isVariable(token.value));

/** The UTF-16 units of a text: what counts as a character here, everywhere alike. */
export function charactersOf(text: string): readonly string[] {
  const characters: string[] = [];
  for (let at = 0; at < text.length; at++) characters.push(text.charAt(at));
  return characters;
}

/** The first character of a text that a predicate holds for. */
export function firstOf(text: string, holds: (character: string) => boolean): string | undefined {
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

const tokenOf = new Map<string, Literal>();

/** One token for all places that a character stands at: a large policy has a hundred thousand of them. */
function literalToken(value: string): Literal {
  const known = tokenOf.get(value);
  if (known !== undefined) return known;
  const made: Literal = { kind: "literal", value };
  if (tokenOf.size < MOST_SHARED) tokenOf.set(value, made);
  return made;
}
const MOST_SHARED = 10_000;
const MANY: Many = { kind: "many", of: ANY };
const ONE: One = { kind: "one", of: ANY };

/** A pattern that matches every text. */
export const EVERYTHING: Pattern = [MANY];

/** A pattern that matches exactly this text. */
export const literal = (text: string): Pattern => charactersOf(text).map(literalToken);

/**
 * Reads a pattern as IAM does.
 *
 * @param text - the pattern as written in the policy, case as written
 * @param variables - whether `${…}` is a policy variable; in a Version 2008-10-17 document it is literal text
 */
export const parsePattern = (text: string, variables = false): Pattern =>
  (variables ? PARSED.patternsWithVariables : PARSED.patterns)(text);

/** Reads a text in which `*` and `?` are characters like any other, as in a value of `StringEquals`. */
export const parseText = (text: string, variables = false): Pattern =>
  (variables ? PARSED.textsWithVariables : PARSED.texts)(text);

const MOST_PARSED = 5_000;

const parsed = (variables: boolean, wildcards: boolean): ((text: string) => Pattern) =>
  rememberedOfText(MOST_PARSED, (text) => parse(text, variables, wildcards));

/** The same pattern for the same text: what is found out about it holds wherever it stands. */
const PARSED = {
  patterns: parsed(false, true),
  patternsWithVariables: parsed(true, true),
  texts: parsed(false, false),
  textsWithVariables: parsed(true, false),
};

function parse(text: string, variables: boolean, wildcards: boolean): Pattern {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const variable = variables && character === "$" ? readVariable(text, at) : undefined;
    if (variable !== undefined) {
      tokens.push(literalToken(variable.value));
      at += variable.length - 1;
    } else if (wildcards && character === "*") {
      if (tokens.at(-1) !== MANY) tokens.push(MANY);
    } else if (wildcards && character === "?") tokens.push(ONE);
    else tokens.push(literalToken(character));
  }
  return tokens;
}

/** The policy variables of a pattern. */
export const variablesIn = (pattern: Pattern): readonly Variable[] =>
  hasVariable(pattern)
    ? pattern.flatMap((token) =>
        token.kind === "literal" && isVariable(token.value) ? [variableOf(token.value)] : [],
      )
    : [];

/** What a policy variable stands for in a request; undefined when the request does not say. */
export type Resolve = (variable: Variable) => string | undefined;

/** The pattern with its policy variables replaced; undefined when one of them stands for nothing: it then matches no text. */
export function resolved(pattern: Pattern, resolve: Resolve): Pattern | undefined {
  if (!hasVariable(pattern)) return pattern;
  const tokens: Token[] = [];
  for (const token of pattern) {
    if (token.kind !== "literal" || !isVariable(token.value)) tokens.push(token);
    else {
      const value = resolve(variableOf(token.value));
      if (value === undefined) return undefined;
      tokens.push(...literal(value));
    }
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

/**
 * An ARN pattern whose wildcards in the first five fields match within their fields; undefined when it has fewer than six.
 */
export function keptInFields(pattern: Pattern): Pattern | undefined {
  let colons = 0;
  const tokens = pattern.map((token): Token => {
    if (token.kind === "literal") {
      if (token.value === ":") colons++;
      return token;
    }
    return colons < COLONS ? { kind: token.kind, of: FIELD } : token;
  });
  return colons < COLONS ? undefined : tokens;
}
/** `arn:partition:service:region:account:resource` */
const COLONS = 5;

/** A pattern as a policy writes it, as far as its stars range over every character. */
export const printPattern = (pattern: Pattern): string =>
  pattern
    .map((token) => (token.kind === "literal" ? token.value : token.kind === "one" ? "?" : "*"))
    .join("");

/** Whether the pattern matches the text. Two pointers and the last star: linear in practice, never exponential. */
export function matches(pattern: Pattern, text: string): boolean {
  // Mostly a text that does not match differs before the first wildcard.
  let at = 0;
  for (let token = pattern[0]; token?.kind === "literal"; token = pattern[++at])
    if (token.value !== text.charAt(at)) return false;
  if (at === pattern.length) return at === text.length;
  if (pattern.some((token) => token.kind === "many" && token.of !== ANY))
    return matchesByPositions(pattern, text);
  let token = at;
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

/** The positions of a pattern after one more character. */
export function step(pattern: Pattern, positions: readonly number[], character: string): readonly number[] {
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
export function settle(pattern: Pattern, positions: readonly number[]): readonly number[] {
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
export const isEverything = (pattern: Pattern): boolean => {
  const [only] = pattern;
  return pattern.length === 1 && only?.kind === "many" && only.of === ANY;
};

export const isUniversal = (pattern: Pattern, positions: readonly number[]): boolean => {
  const last = pattern.at(-1);
  return last?.kind === "many" && last.of === ANY && positions.includes(pattern.length - 1);
};
