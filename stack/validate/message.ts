// Not the whole ring: that loads all of its data, and this program is to start soon.
import { nearest } from "../../policypack/catalogue/nearest";

const MAX_ECHO = 80;

/** Takes one problem as one line. */
export type Report = (line: string) => void;

/** @returns The line for a value that is not what it should be: where, what was found, what is expected. */
export function mismatch(path: string, value: unknown, expected: string): string {
  return value === undefined
    ? `${path}: missing, expected ${expected}`
    : `${path}: found ${show(value)}, expected ${expected}`;
}

/** @returns The line for a key, or another name, that there is not, with the valid key that looks most like it, or all of them. */
export function unknownKey(path: string, key: string, valid: readonly string[], kind = "key"): string {
  const near = nearest(key.slice(0, MAX_ECHO), valid);
  return `${path}: found the ${kind} ${quote(key)}, expected ${near === undefined ? oneOf(valid) : quote(near)}`;
}

/** @returns The choices of a closed list, as the end of a message. */
export function oneOf(names: readonly string[]): string {
  return `one of ${names.map(quote).join(", ")}`;
}

/** @returns A value as it may stand in a message: its kind unless it is text, cut to 80 characters. */
export function show(value: unknown): string {
  if (value === "") return "an empty string";
  if (typeof value === "string") return quote(value);
  if (value === null) return "nothing";
  // The mark by which Pulumi's SDK itself knows one: https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/output.ts
  if (typeof value === "object" && "__pulumiOutput" in value) return "an Output";
  const kind = Array.isArray(value) ? "list" : typeof value;
  const told = typeof value === "number" ? String(value) : asJson(value);
  return told === undefined ? `a value of the type \`${kind}\`` : `the ${kind} ${quote(told)}`;
}

/** JSON has no word for some values, and none for what holds itself. */
function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** @returns Text in backticks, on one line, cut to 80 characters. */
export function quote(text: string): string {
  return `\`${printable(text)}\``;
}

/** @returns Text on one line and without backticks, cut to 80 characters. */
export function printable(text: string): string {
  const line = text
    .replaceAll("`", "'")
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (control) => `\\u{${(control.codePointAt(0) ?? 0).toString(16)}}`);
  const characters = Array.from(line);
  return characters.length > MAX_ECHO ? `${characters.slice(0, MAX_ECHO - 1).join("")}…` : line;
}
