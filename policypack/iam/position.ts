/** Where in the text of a document something stands. Found when it is asked for: reading a document does not pay for it. */
import { type Node, parseTree } from "jsonc-parser";

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
