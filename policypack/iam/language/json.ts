/** JSON as policy documents use it: values that may not be known yet, and text that may hold a key twice. */
import { type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";
import type { Problem } from "./problem";

/** A value that is not known yet: an output of a resource that does not exist at preview. */
export const UNKNOWN: unique symbol = Symbol("unknown");
export type Unknown = typeof UNKNOWN;

export type Json = string | number | boolean | null | readonly (Json | Unknown)[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | Unknown;
}

export const isUnknown = (value: unknown): value is Unknown => value === UNKNOWN;

/** How deep JSON may nest. No policy comes near it; far deeper text would exhaust the stack of those who walk it. */
const MAX_DEPTH = 200;

/**
 * Reads JSON text. A key that stands twice in one object is a problem: readers differ in which of the two they keep,
 * so nobody can tell what such a document allows.
 *
 * @returns the value, absent when the text is not JSON, and the problems
 */
export function readJson(text: string): { readonly value?: Json; readonly problems: readonly Problem[] } {
  const { depth, members } = measure(text);
  if (depth > MAX_DEPTH) return { problems: [notJson(`nested more than ${MAX_DEPTH} deep`, 1, 1)] };
  const parsed = parse(text);
  if (parsed === undefined) return { problems: [firstError(text)] };
  // Valid text has a colon for every member it writes: as many members as the value has, unless some stand twice.
  return { value: parsed.value, problems: members === membersOf(parsed.value) ? [] : duplicateKeys(text) };
}

function parse(text: string): { readonly value: Json } | undefined {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
}

/** How deep the brackets of a text nest, and how many colons it has, those inside strings not counted. */
function measure(text: string): { readonly depth: number; readonly members: number } {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") deepest = Math.max(deepest, ++depth);
    else if (character === "}" || character === "]") depth--;
    else if (character === ":") members++;
  }
  return { depth: deepest, members };
}

/** How many members the objects of a value have, all together. */
function membersOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const items: readonly unknown[] = Object.values(value);
  return items.reduce<number>((sum, item) => sum + membersOf(item), Array.isArray(value) ? 0 : items.length);
}

/** The keys that stand more than once in their object, each reported once. */
function duplicateKeys(text: string): readonly Problem[] {
  const problems: Problem[] = [];
  const keys: Map<string, number>[] = [];
  visit(text, {
    onObjectBegin: () => void keys.push(new Map()),
    onObjectProperty: (key, _offset, _length, _line, _column, pathOf) => {
      const seen = keys.at(-1);
      const times = (seen?.get(key) ?? 0) + 1;
      seen?.set(key, times);
      if (times === 2)
        problems.push({ code: "duplicate-key", path: jsonPath([...pathOf(), key]), data: { key } });
    },
    onObjectEnd: () => void keys.pop(),
  });
  return problems;
}

/** Where a text stops being JSON, and why: in words that do not depend on the version of the engine. */
function firstError(text: string): Problem {
  const errors: Problem[] = [];
  visit(
    text,
    {
      onError: (error, _offset, _length, line, column) => {
        errors.push(notJson(reasonOf(error), line + 1, column + 1));
      },
    },
    { disallowComments: true, allowEmptyContent: false },
  );
  return errors[0] ?? notJson("invalid text", 1, 1);
}

const notJson = (reason: string, line: number, column: number): Problem => ({
  code: "not-json",
  path: "",
  data: { reason, line: String(line), column: String(column) },
});

/** `InvalidSymbol` → `invalid symbol` */
const reasonOf = (code: ParseErrorCode): string =>
  printParseErrorCode(code)
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();

/** A JSON path as findings show it: `Statement[1].Action[0]`. */
const jsonPath = (segments: readonly (string | number)[]): string =>
  segments.reduce<string>(
    (path, segment) =>
      typeof segment === "number" ? `${path}[${segment}]` : path === "" ? segment : `${path}.${segment}`,
    "",
  );
