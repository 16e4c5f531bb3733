/** Values of a resource's properties as plain data, with what is not known yet as a value instead of an exception. */
import { UnknownValueError } from "@pulumi/policy";
import { type Json, UNKNOWN, type Unknown } from "../iam";

/** Reads a property that may not be known yet. The SDK throws when a policy touches one. */
export function property(of: object, key: string | number): unknown {
  try {
    return (of as Readonly<Record<string | number, unknown>>)[key];
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
}

/** The value as JSON; a member that is not known yet is {@link UNKNOWN}, and one that JSON does not have is left out. */
export function plain(value: unknown): Json | Unknown | undefined {
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
