/** The statement to write instead: the same with a condition more. */
import { isUnknown, type Json, type JsonObject, type Statement, type Unknown } from "../../iam";

/** Tests to add: `{ "StringEquals": { "aws:SourceAccount": "<account-id>" } }`. */
export type Tests = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/**
 * The statement with tests added, in place of its own on the same keys; as JSON.
 *
 * @param changes - elements to write in place of the statement's own
 * @returns undefined where some value of it is not known yet
 */
export function conditioned(
  statement: Statement,
  tests: Tests,
  changes: JsonObject = {},
): string | undefined {
  const { Condition, ...rest } = { ...statement.source, ...changes };
  const added = new Set(
    Object.values(tests).flatMap((keys) => Object.keys(keys).map((key) => key.toLowerCase())),
  );
  const condition: Record<string, Record<string, Json | Unknown>> = {};
  for (const [operator, keys] of entriesOf(Condition))
    for (const [key, value] of entriesOf(keys))
      if (!added.has(key.toLowerCase())) condition[operator] = { ...condition[operator], [key]: value };
  for (const [operator, keys] of Object.entries(tests))
    condition[operator] = { ...condition[operator], ...keys };
  return written({ ...rest, Condition: condition });
}

/** A statement as JSON; undefined where some value of it is not known yet. */
export const written = (statement: JsonObject): string | undefined =>
  isKnown(statement) ? JSON.stringify(statement) : undefined;

const entriesOf = (value: Json | Unknown | undefined): readonly (readonly [string, Json | Unknown])[] =>
  value !== undefined &&
  !isUnknown(value) &&
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value)
    ? Object.entries(value)
    : [];

const isKnown = (value: Json | Unknown): boolean =>
  !isUnknown(value) && (typeof value !== "object" || value === null || Object.values(value).every(isKnown));
