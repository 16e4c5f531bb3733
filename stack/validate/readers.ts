import { mismatch, oneOf, printable, type Report, unknownKey } from "./message";
import { type TextRule } from "./names";

/**
 * Reads one value: gives it typed, and reports each thing that is wrong with it.
 *
 * The path says where the value stands, such as `ai-workflow:buckets[0].name`; a value left out is undefined.
 */
export type Read<T> = (path: string, value: unknown, report: Report) => T;

/** An object of JSON whose values nobody has looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** @returns A reader of text that keeps a rule; it gives undefined for anything else. */
export function text({ expected, wrong }: TextRule): Read<string | undefined> {
  return (path, value, report) => {
    const instead = typeof value === "string" && value !== "" ? wrong(value) : expected;
    if (typeof value === "string" && instead === undefined) return value;
    report(mismatch(path, value, instead ?? expected));
    return undefined;
  };
}

/** @returns A reader of one name of a closed list; it gives undefined for anything else. */
export function choice<const Name extends string>(names: readonly Name[]): Read<Name | undefined> {
  return (path, value, report) => {
    const chosen = names.find((name) => name === value);
    if (chosen === undefined) report(mismatch(path, value, oneOf(names)));
    return chosen;
  };
}

/** @returns A reader that gives `absent` where no value stands. */
export function optional<T>(read: Read<T>, absent: T): Read<T> {
  return (path, value, report) => (value === undefined ? absent : read(path, value, report));
}

/**
 * Makes a reader of a list that may be left out.
 *
 * @param what What the list is, for messages.
 * @param read Reads one entry; undefined where it is wrong.
 * @param identity Two entries of one identity are a repetition; without it, entries may be equal.
 * @returns The reader; it gives the entries that are right, even where others are not.
 */
export function list<T>(
  what: string,
  read: Read<T | undefined>,
  identity?: (entry: T) => string,
): Read<readonly T[]> {
  return (path, value, report) => {
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      report(mismatch(path, value, what));
      return [];
    }
    const seen = new Map<string, number>();
    return value.flatMap((found: unknown, index) => {
      const at = `${path}[${index}]`;
      const entry = read(at, found, report);
      if (entry === undefined) return [];
      const id = identity?.(entry);
      const first = id === undefined ? undefined : seen.get(id);
      if (first !== undefined)
        report(mismatch(at, typeof entry === "string" ? entry : id, `it once, it is in ${path}[${first}]`));
      else if (id !== undefined) seen.set(id, index);
      return [entry];
    });
  };
}

/** @returns A reader of an object that has these keys and no others; it gives undefined where it is no object. */
export function object(what: string, keys: readonly string[]): Read<Fields | undefined> {
  return (path, value, report) => {
    if (!isObject(value)) {
      report(mismatch(path, value, what));
      return undefined;
    }
    for (const key of Object.keys(value)) {
      if (!keys.includes(key)) report(unknownKey(`${path}.${printable(key)}`, key, keys));
    }
    return value;
  };
}

/** @returns A reader of what Pulumi stores as JSON text; it reads text that is not JSON as left out. */
export function json<T>(what: string, read: Read<T>): Read<T> {
  return (path, value, report) => {
    if (typeof value !== "string") return read(path, value, report);
    let parsed: unknown;
    try {
      parsed = JSON.parse(value);
    } catch {
      report(mismatch(path, value, `${what}, in YAML or JSON`));
    }
    return read(path, parsed, report);
  };
}

/** @returns Whether a value is an object in the sense of JSON: an instance of a class, such as an Output, is none. */
export function isObject(value: unknown): value is Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
