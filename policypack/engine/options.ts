/** The options of rules: for each its type, default, description and JSON schema in one value. */

import { parseDocument, type Reading } from "../iam";

/** A JSON schema as CrossGuard accepts it for one property. */
export type OptionSchema = Readonly<Record<string, unknown>>;

export interface Option<T> {
  readonly schema: OptionSchema;
  readonly default: T;
  /** what the value should be, for a message */
  readonly expected: string;
  /** the value when it has the right form, and what is doubtful about it all the same; undefined otherwise */
  readonly read: (value: unknown) => { readonly value: T; readonly doubts: readonly string[] } | undefined;
}

export type Options = Readonly<Record<string, Option<unknown>>>;
export type OptionValues<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never;
};

/**
 * A list of texts.
 *
 * @param doubts - what is doubtful about a list, one line each
 */
export const strings = (
  description: string,
  fallback: readonly string[],
  doubts: (value: readonly string[]) => readonly string[] = () => [],
): Option<readonly string[]> => ({
  schema: { type: "array", items: { type: "string" }, default: fallback, description },
  default: fallback,
  expected: "a list of strings",
  read: (value) =>
    Array.isArray(value) && value.every((item): item is string => typeof item === "string")
      ? { value, doubts: doubts(value) }
      : undefined,
});

/** One of a few words. */
export const oneOf = <const T extends string>(
  description: string,
  words: readonly T[],
  fallback: T,
): Option<T> => ({
  schema: { type: "string", enum: words, default: fallback, description },
  default: fallback,
  expected: `one of ${words.map((word) => `\`${word}\``).join(", ")}`,
  read: (value) => {
    const word = words.find((known) => known === value);
    return word === undefined ? undefined : { value: word, doubts: [] };
  },
});

/** A policy document, or the statements of one; undefined where there are none. */
export const policy = (description: string): Option<Reading | undefined> => ({
  schema: { type: ["object", "array"], default: [], description },
  default: undefined,
  expected: "a policy document, or a list of statements",
  read: (given) => {
    if (typeof given !== "object" || given === null) return undefined;
    if (Array.isArray(given) && given.length === 0) return { value: undefined, doubts: [] };
    // An option comes from JSON, and holds nothing that JSON does not.
    const value = parseDocument(
      JSON.stringify(Array.isArray(given) ? { Version: "2012-10-17", Statement: given as unknown } : given),
    );
    const doubts = value.problems.map(({ code, path }) => `cannot be read at \`${path}\`: ${code}`);
    return { value, doubts: value.document.statements.length > 0 ? doubts : [...doubts, "has no statement"] };
  },
});

/** The id of an AWS account; empty where none is given. */
export const account = (description: string): Option<string> => ({
  schema: { type: "string", pattern: "^(\\d{12})?$", default: "", description },
  default: "",
  expected: "an account id of 12 digits, in quotes",
  read: (value) =>
    typeof value === "string" && /^(\d{12})?$/.test(value) ? { value, doubts: [] } : undefined,
});

/** A whole number, one or more. */
export const count = (description: string, fallback: number): Option<number> => ({
  schema: { type: "integer", minimum: 1, default: fallback, description },
  default: fallback,
  expected: "a whole number, one or more",
  read: (value) =>
    typeof value === "number" && Number.isInteger(value) && value > 0 ? { value, doubts: [] } : undefined,
});

/** What to do with a value that is not known yet: every rule has this option. */
export type OnUnknown = "report" | "fail" | "skip";
export const ON_UNKNOWN = oneOf<OnUnknown>(
  "What to do with a document that cannot be known during preview: report an advisory finding, fail, or skip it.",
  ["report", "fail", "skip"],
  "report",
);
