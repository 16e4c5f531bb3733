/** Where in the text of a document something stands. Found when it is asked for: reading a document does not pay for it. */
import { type Node, parseTree, visit } from "jsonc-parser";

export interface Position {
  /** UTF-16 units from the beginning of the text, from 0 */
  readonly offset: number;
  /** from 1 */
  readonly line: number;
  /** UTF-16 units from the beginning of the line, from 1 */
  readonly column: number;
}

/**
 * Where the value at a JSON path begins.
 *
 * @param text - the document as it was read
 * @param path - as findings and statements give it: `Statement[1].Condition.StringLike.s3:prefix[0]`; empty for the document
 * @returns undefined when the text is not JSON, or has nothing there
 */
export function positionOf(text: string, path: string): Position | undefined {
  const root = parseTree(text);
  const found = root === undefined ? undefined : nodeAt(root, path);
  return found === undefined ? undefined : placeOf(text, found.offset);
}

/**
 * Where a value of a document stands in the text of a file that holds the document as a value, or as JSON text in a string.
 *
 * @param property - the JSON path of the document in the file; where there is nothing, what it is a part of
 * @param path - within the document
 */
export function positionInside(text: string, property: string, path: string): Position | undefined {
  const root = parseTree(text);
  if (root === undefined) return undefined;
  const found = nodeAt(root, property);
  if (found === undefined)
    return property === ""
      ? undefined
      : positionInside(text, property.replace(/[.[][^.[]*$|^[^.[]*$/, ""), "");
  const written: unknown = found.value;
  if (typeof written !== "string") return placeOf(text, (nodeAt(found, path) ?? found).offset);
  const inner = positionOf(written, path)?.offset ?? 0;
  return placeOf(text, found.offset + 1 + lengthAsWritten(text, found.offset + 1, inner));
}

/** How many characters of the text of a string, from this one on, stand for so many of its own. */
function lengthAsWritten(text: string, from: number, units: number): number {
  let at = from;
  for (let unit = 0; unit < units; unit++)
    at += text.charAt(at) !== "\\" ? 1 : text.charAt(at + 1) === "u" ? 6 : 2;
  return at - from;
}

/** A part of a text: its first character, and the one behind its last. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the objects of a list stand, found without reading what is in them: a state may be long.
 *
 * @param list - the names on the way to the list
 */
export function itemsAt(text: string, list: readonly string[]): readonly Extent[] {
  const items: Extent[] = [];
  let start: number | undefined;
  visit(text, {
    onObjectBegin: (offset, _length, _line, _column, pathOf) => {
      const path = pathOf();
      if (path.length > list.length && list.every((name, at) => path[at] === name)) start = offset;
      return path.length <= list.length;
    },
    onObjectEnd: (offset, length) => {
      if (start !== undefined) items.push({ start, end: offset + length });
      start = undefined;
    },
  });
  return items;
}

/** Names may hold dots and brackets themselves: of the members whose names the path can go on with, the longest that leads to its end. */
function nodeAt(node: Node, path: string): Node | undefined {
  if (path === "") return node;
  if (node.type === "array") {
    const [all, index] = /^\[(\d+)\]\.?/.exec(path) ?? [];
    const item = index === undefined ? undefined : node.children?.[Number(index)];
    return item === undefined ? undefined : nodeAt(item, path.slice(all?.length));
  }
  // The last of two members of one name is the one that JSON.parse keeps.
  const members = [...(node.children ?? [])].reverse().sort((a, b) => nameOf(b).length - nameOf(a).length);
  for (const member of members) {
    const [, value] = member.children ?? [];
    const name = nameOf(member);
    if (value === undefined || !path.startsWith(name)) continue;
    const rest = path.slice(name.length);
    if (rest !== "" && !/^[.[]/.test(rest)) continue;
    const found = nodeAt(value, rest.replace(/^\./, ""));
    if (found !== undefined) return found;
  }
  return undefined;
}

function nameOf(member: Node): string {
  const name: unknown = member.children?.[0]?.value;
  return typeof name === "string" ? name : "";
}

function placeOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|\r|\n/);
  return { offset, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
