/** Values of a resource's properties as plain data, with what is not known yet as a value instead of an exception. */
import { UnknownValueError } from "@pulumi/policy";
import { isUnknown, type Json, type JsonObject, UNKNOWN, type Unknown } from "../iam";

/** A value that may not be known yet, or not be there. */
export type Value = Json | Unknown | undefined;

/** Reads a property that may not be known yet. The SDK throws when a policy touches one. */
function property(of: object, key: string | number): unknown {
  try {
    return (of as Readonly<Record<string | number, unknown>>)[key];
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
}

/** The value as JSON; a member that is not known yet is {@link UNKNOWN}, and one that JSON does not have is left out. */
export function plain(value: unknown): Value {
  if (value === UNKNOWN) return UNKNOWN;
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (typeof value !== "object") return undefined;
  if (Array.isArray(value))
    return Array.from({ length: value.length }, (_, index) => plain(property(value, index)) ?? null);
  const members = Object.keys(value).flatMap((key): [string, Json | Unknown][] => {
    const member = plain(property(value, key));
    return member === undefined ? [] : [[key, member]];
  });
  return Object.fromEntries(members);
}

export const isList = (value: Value): value is readonly (Json | Unknown)[] => Array.isArray(value);
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a property says nothing: providers take an empty text for one that is not there. */
export const isAbsent = (value: Value): boolean => value === undefined || value === null || value === "";

/** A property's name as all spell it: `inlinePolicies`, `InlinePolicies` and Terraform's `inline_policy` are one. */
const spelling = (name: string): string => name.replaceAll("_", "").toLowerCase().replace(/ies$/, "y");

/** A member of an object by its name in any spelling: its own name, and its value as plain data. */
export function member(of: object, name: string): readonly [string, Value] {
  const key = Object.hasOwn(of, name)
    ? name
    : Object.keys(of).find((candidate) => spelling(candidate) === spelling(name));
  return key === undefined ? [name, undefined] : [key, plain(property(of, key))];
}

/** The values that a path of names means, each with the path it has: a list on the way means each of its items. */
export function* valuesAt(
  value: object | Value,
  path: readonly string[],
  at: string,
): Generator<readonly [at: string, value: Value]> {
  const [name, ...rest] = path;
  if (name === undefined) yield [at, plain(value)];
  else if (Array.isArray(value))
    for (let index = 0; index < value.length; index++)
      yield* valuesAt(plain(property(value, index)), path, `${at}[${index}]`);
  else if (isUnknown(value) || value === null || typeof value !== "object") yield [at, value];
  else {
    const [key, found] = member(value, name);
    yield* valuesAt(found, rest, at === "" ? key : `${at}.${key}`);
  }
}
