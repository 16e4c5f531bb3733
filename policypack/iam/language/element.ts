/** The named elements of a document or a statement, and the words for a JSON value in a message. */
import { isUnknown, type Json, type JsonObject, type Unknown } from "./json";
import type { Problem } from "./problem";

/** An element's value and the path it stands at. */
export interface Element {
  readonly value: Json | Unknown;
  readonly path: string;
}

/**
 * The elements of an object by their proper names. A name in the wrong case is a problem, and is read all the same:
 * whichever way AWS takes it, it is judged.
 */
export function readElements<Name extends string>(
  object: JsonObject,
  names: readonly Name[],
  path: string,
  report: (problem: Problem) => void,
): ReadonlyMap<Name, Element> {
  const elements = new Map<Name, Element>();
  for (const [key, value] of Object.entries(object)) {
    const at = path === "" ? key : `${path}.${key}`;
    const name = names.find((candidate) => candidate.toLowerCase() === key.toLowerCase());
    if (name !== key) report({ code: "unknown-element", path: at, data: { element: key, names } });
    if (name !== undefined && (name === key || !elements.has(name))) elements.set(name, { value, path: at });
  }
  return elements;
}

export const isList = (value: Json | Unknown): value is readonly (Json | Unknown)[] => Array.isArray(value);
export const isObject = (value: Json | Unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !isList(value);

/** The text of an element that is one: `Sid`, `Id`. Anything else is a problem, or not known yet. */
export function readText(
  found: Element | undefined,
  report: (problem: Problem) => void,
  unknown: string[],
): string | undefined {
  if (found === undefined) return undefined;
  if (typeof found.value === "string") return found.value;
  if (isUnknown(found.value)) unknown.push(found.path);
  else
    report({
      code: "wrong-type",
      path: found.path,
      data: { expected: "a string", found: kindOf(found.value) },
    });
  return undefined;
}

/** What a JSON value is, in words. */
export function kindOf(value: Json | Unknown): string {
  if (value === null) return "null";
  if (isUnknown(value)) return "an unknown value";
  if (isList(value)) return "a list";
  return isObject(value) ? "an object" : `a ${typeof value}`;
}

/** Text cut to a length that a message can bear. */
export const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

/** A value for a message: text in backticks and cut short, everything else by its kind. */
export const printed = (value: Json | Unknown): string =>
  typeof value === "string" ? `\`${shortened(value)}\`` : kindOf(value);
