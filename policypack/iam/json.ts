/** JSON as policy documents use it: values that may not be known yet, and text that may hold a key twice. */
import { type ParseError, type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";
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
  const problems: Problem[] = [];
  const errors: (ParseError & { line: number; column: number })[] = [];
  const keys: Map<string, number>[] = [];
  if (depthOf(text) > MAX_DEPTH) return { problems: [notJson(`nested more than ${MAX_DEPTH} deep`, 1, 1)] };
  visit(
    text,
    {
      onObjectBegin: () => void keys.push(new Map()),
      onObjectProperty: (key, _offset, _length, _line, _column, pathOf) => {
        const seen = keys.at(-1);
        const times = (seen?.get(key) ?? 0) + 1;
        seen?.set(key, times);
        if (times === 2)
          problems.push({ code: "duplicate-key", path: jsonPath([...pathOf(), key]), data: { key } });
      },
      onObjectEnd: () => void keys.pop(),
      onError: (error, offset, length, line, column) =>
        void errors.push({ error, offset, length, line: line + 1, column: column + 1 }),
    },
    { disallowComments: true, allowEmptyContent: false },
  );
  const parsed = parse(text);
  if (parsed !== undefined) return { value: parsed.value, problems };
  const [first] = errors;
  return {
    problems: [
      notJson(
        first === undefined ? "invalid text" : reasonOf(first.error),
        first?.line ?? 1,
        first?.column ?? 1,
      ),
    ],
  };
}

const notJson = (reason: string, line: number, column: number): Problem => ({
  code: "not-json",
  path: "",
  data: { reason, line: String(line), column: String(column) },
});

/** How deep the brackets of a text nest, those inside strings not counted. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") deepest = Math.max(deepest, ++depth);
    else if (character === "}" || character === "]") depth--;
  }
  return deepest;
}

function parse(text: string): { readonly value: Json } | undefined {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
}

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
