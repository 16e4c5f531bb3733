/** What the values of a condition accept: texts that match a pattern, or points within ranges. */
import { isValidCIDR, fromByteArray, IPv4, IPv6, parse as parseAddress, parseCIDR } from "ipaddr.js";
import type { Comparison } from "./operator";
import {
  hasVariable,
  keptInFields,
  literal,
  matches,
  parsePattern,
  parseText,
  type Pattern,
  type Resolve,
  resolved,
  type Token,
} from "../pattern/pattern";
import { remembered } from "../pattern/remembered";

/** A number; a date in milliseconds since 1970; an IP address, those of version 6 after all of version 4. */
export type Point = number | bigint;

/** From `low` to `high`, the ends included unless said otherwise. */
export interface Range {
  readonly low: Point;
  readonly high: Point;
  readonly open?: "low" | "high";
}

export type Scale = "number" | "date" | "address";

/** The values that a test accepts. */
export type ValueSet =
  | { readonly kind: "text"; readonly patterns: readonly Pattern[] }
  | { readonly kind: "ranges"; readonly scale: Scale; readonly ranges: readonly Range[] }
  /** a value that cannot be read as the operator wants it: nobody can tell what it accepts */
  | { readonly kind: "unreadable" };

const UNREADABLE: ValueSet = { kind: "unreadable" };

/**
 * The values that a comparison with any of the given texts accepts.
 *
 * @param texts - the values of the policy as written, numbers and booleans as text
 * @param variables - whether `${…}` is a policy variable (Version 2012-10-17)
 */
export function valueSetOf(comparison: Comparison, texts: readonly string[], variables: boolean): ValueSet {
  const read = READERS[comparison];
  const patterns: Pattern[] = [];
  const ranges: Range[] = [];
  for (const text of texts) {
    const value = read(text, variables);
    if (value === undefined) return UNREADABLE;
    if ("low" in value) ranges.push(value);
    else patterns.push(value);
  }
  const scale = SCALES.find((known) => comparison.startsWith(known));
  return scale === undefined ? { kind: "text", patterns } : { kind: "ranges", scale, ranges };
}

const SCALES: readonly Scale[] = ["number", "date", "address"];

/** Whether the set accepts a value of a request. Policy variables must have been resolved. */
export function accepts(set: ValueSet, value: string): boolean | undefined {
  switch (set.kind) {
    case "unreadable":
      return undefined;
    case "text":
      return set.patterns.some((pattern) => matches(pattern, value));
    case "ranges": {
      // AWS does not say what it makes of a value that is no number, date or address where one is asked for.
      const point = parsePoint(set.scale, value);
      return point === undefined ? undefined : set.ranges.some((range) => isWithin(range, point));
    }
  }
}

export const isWithin = ({ low, high, open }: Range, point: Point): boolean =>
  (open === "low" ? point > low : point >= low) && (open === "high" ? point < high : point <= high);

/** The set with its policy variables in place; a value whose variable has none accepts nothing. */
export function resolvedValues(set: ValueSet, resolve: Resolve): ValueSet {
  if (set.kind !== "text") return set;
  const patterns = set.patterns.map((pattern) => resolved(pattern, resolve));
  return { kind: "text", patterns: patterns.filter((pattern) => pattern !== undefined) };
}

/** Whether some value of the set holds a policy variable. */
export const hasVariables = (set: ValueSet): boolean =>
  set.kind === "text" && set.patterns.some((pattern) => hasVariable(pattern));

type Read = (text: string, variables: boolean) => Pattern | Range | undefined;

const within =
  (scale: "number" | "date", bounds: (point: Point) => Range): Read =>
  (text) => {
    const point = parsePoint(scale, text);
    return point === undefined || (scale === "number" && !isExactNumber(text)) ? undefined : bounds(point);
  };
const AT = (point: Point): Range => ({ low: point, high: point });
const BELOW = (point: Point): Range => ({ low: -Infinity, high: point, open: "high" });
const UP_TO = (point: Point): Range => ({ low: -Infinity, high: point });
const ABOVE = (point: Point): Range => ({ low: point, high: Infinity, open: "low" });
const FROM = (point: Point): Range => ({ low: point, high: Infinity });

const READERS: Readonly<Record<Comparison, Read>> = {
  text: parseText,
  "text-any-case": (text, variables) => anyCase(parseText(text, variables)),
  "text-pattern": parsePattern,
  arn: arnPattern,
  boolean: (text) => (BOOLEAN.test(text) ? anyCase(parseText(text)) : undefined),
  binary: (text) => literal(text),
  address: addressRange,
  number: within("number", AT),
  "number<": within("number", BELOW),
  "number<=": within("number", UP_TO),
  "number>": within("number", ABOVE),
  "number>=": within("number", FROM),
  date: within("date", AT),
  "date<": within("date", BELOW),
  "date<=": within("date", UP_TO),
  "date>": within("date", ABOVE),
  "date>=": within("date", FROM),
};

/** Every letter in both cases; undefined with a policy variable, whose letters nobody knows. */
const anyCase = (pattern: Pattern): Pattern | undefined =>
  hasVariable(pattern) ? undefined : inAnyCase(pattern);
const inAnyCase = remembered((pattern: Pattern): Pattern => pattern.map(tokenInAnyCase));

function tokenInAnyCase(token: Token): Token {
  if (token.kind !== "literal") return token;
  const cases = [...new Set([token.value, token.value.toLowerCase(), token.value.toUpperCase()])];
  const only = cases.filter((letter) => letter.length === 1).join("");
  return only.length === 1 ? token : { kind: "one", of: { only } };
}

/**
 * "Each of the six colon-delimited components of the ARN is checked separately and each can include multi-character match
 * wildcards (*) or single-character match wildcards (?)."
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
function arnPattern(text: string, variables: boolean): Pattern | undefined {
  const pattern = parsePattern(text, variables);
  return text === "*" ? pattern : keptInFields(pattern);
}

const BOOLEAN = /^(true|false)$/i;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
// "You must specify date/time values with one of the W3C implementations of the ISO 8601 date formats or in epoch (UNIX) time."
const DATE = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3}0*)?)?(Z|[+-]\d{2}:\d{2}))?)?)?$/;
const EPOCH = /^\d{5,}$/;
/** 9999-12-31T23:59:59.999Z: a later date has no form that {@link DATE} knows, and is more likely given in milliseconds. */
const LAST_DATE = 253_402_300_799_999;
const FIRST_DATE = Date.parse("0000-01-01");

function parseDate(text: string): number | undefined {
  const time = EPOCH.test(text) ? Number(text) * 1000 : DATE.test(text) ? Date.parse(text) : NaN;
  if (!isOnScale("date", time)) return undefined;
  // `2026-02-30` is no date, and not the second of March.
  const day = text.slice(0, 10);
  return EPOCH.test(text) || printPoint("date", Date.parse(day)).startsWith(day) ? time : undefined;
}

/** Whether a number is such that it can be told from all others, and those beside it too: at most 15 digits count. */
function isExactNumber(text: string): boolean {
  const digits = (text.split(/e/i, 1)[0] ?? "").replace(/[^\d]/g, "").replace(/^0+/, "");
  const size = Math.abs(Number(text));
  return digits.length <= 15 && (digits === "" || (size >= 1e-100 && size <= 1e15));
}

/** The range that an address with a mask stands for, as AWS would write it; undefined for what is none. */
export function rangeOf(text: string): string | undefined {
  const [address = "", bits] = text.split("/");
  if (bits === undefined) return undefined;
  if (IPv4.isValidCIDRFourPartDecimal(text)) return `${IPv4.networkAddressFromCIDR(text).toString()}/${bits}`;
  if (!IPv6.isValidCIDR(text)) return undefined;
  const network = IPv6.networkAddressFromCIDR(text);
  // One address of version 6 can be spelled in many ways.
  return network.toString() === IPv6.parse(address).toString() ? text : `${network.toString()}/${bits}`;
}

/** A value of a request as a point, or undefined when it is none. */
export function parsePoint(scale: Scale, text: string): Point | undefined {
  switch (scale) {
    case "number":
      return NUMBER.test(text) ? Number(text) : undefined;
    case "date":
      return parseDate(text);
    case "address":
      return isValid(text) ? pointOf(parseAddress(text).toByteArray()) : undefined;
  }
}

/** A zone (`fe80::1%eth0`) is no part of an address. */
const isValid = (text: string): boolean =>
  text.includes(":") ? IPv6.isValid(text) && !text.includes("%") : IPv4.isValidFourPartDecimal(text);

/** A point as a request would give it. */
export function printPoint(scale: Scale, point: Point): string {
  if (scale === "number") return String(point);
  if (scale === "date") return new Date(Number(point)).toISOString();
  const six = BigInt(point) >= VERSION_6;
  const bytes: number[] = [];
  for (let rest = BigInt(point) - (six ? VERSION_6 : 0n), left = six ? 16 : 4; left > 0; left--, rest >>= 8n)
    bytes.unshift(Number(rest & 0xffn));
  return fromByteArray(bytes).toString();
}

/** Where the addresses of version 6 begin: far beyond those of version 4, and where a range of any size can begin. */
const VERSION_6 = 1n << 128n;
const LAST_OF_VERSION_6 = VERSION_6 + (1n << 128n) - 1n;

/** Whether an address is one of version 6. */
export const isOfVersion6 = (point: Point): boolean => BigInt(point) >= VERSION_6;

/** Whether a point is one that the scale has. */
export const isOnScale = (scale: Scale, point: Point): boolean => {
  if (scale === "number") return Number.isFinite(Number(point));
  if (scale === "date") return point >= FIRST_DATE && point <= LAST_DATE;
  return (point >= 0n && point <= 0xffff_ffffn) || (point >= VERSION_6 && point <= LAST_OF_VERSION_6);
};

function pointOf(bytes: readonly number[]): bigint {
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return bytes.length === 4 ? value : VERSION_6 + value;
}

/** "The value must be in the standard CIDR format"; an address alone is itself with the longest prefix. */
function addressRange(text: string): Range | undefined {
  if (isValid(text)) return AT(pointOf(parseAddress(text).toByteArray()));
  if (!isValid(text.split("/", 1)[0] ?? "") || !isValidCIDR(text)) return undefined;
  const [address, prefix] = parseCIDR(text);
  const bytes = address.toByteArray();
  const size = 1n << BigInt(bytes.length * 8 - prefix);
  const low = pointOf(bytes) - (pointOf(bytes) % size);
  return { low, high: low + size - 1n };
}
