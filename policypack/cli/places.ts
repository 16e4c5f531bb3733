/** Where findings stand: in the document that was judged, in the program that makes a resource, or in the file that tells of it. */
import { existsSync } from "node:fs";
import type { Finding } from "../engine";
import type { Recording } from "../host";
import { type Extent, itemsAt, positionInside, positionOf } from "../iam";
import type { Place } from "../report";

export type Placed = readonly [Finding, Place];

/** The places of findings in a document; of one that is not JSON, where it stops being JSON. */
export const placesInDocument = (
  file: string,
  text: string,
  findings: readonly Finding[],
): readonly Placed[] =>
  findings.flatMap((finding): readonly Placed[] => {
    const { path, data } = finding;
    const [line, column] = [Number(data["line"]), Number(data["column"])];
    const at = line > 0 && column > 0 ? { line, column } : (positionOf(text, path) ?? positionOf(text, ""));
    return at === undefined ? [] : [[finding, { file, line: at.line, column: at.column }]];
  });

/** The places of findings about resources: in the program where it is known and there, else where the file tells of them. */
export function placesInRecording(
  file: string,
  text: string,
  { resources }: Recording,
  findings: readonly Finding[],
): readonly Placed[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const lines = new Lines(text);
  return findings.flatMap((finding): readonly Placed[] => {
    const { subject, path } = finding;
    const resource = "urn" in subject ? byUrn.get(subject.urn) : undefined;
    if (resource === undefined || !("urn" in subject)) return [];
    const { source, at } = resource;
    if (source !== undefined && existsSync(source.file)) return [[finding, source]];
    const within = at.item === undefined ? at : lines.itemsOf(at.item.list)[at.item.index];
    if (within === undefined) return [];
    const property = subject.property === "" ? at.path : `${at.path}.${subject.property}`;
    const found = positionInside(text.slice(within.start, within.end), property, path);
    return [[finding, { file, ...lines.at(within.start + (found?.offset ?? 0)) }]];
  });
}

/** The lines of a text, which may be long: they are counted once, for the first place that is asked for. */
class Lines {
  #starts: readonly number[] | undefined;
  readonly #items = new Map<string, readonly Extent[]>();

  constructor(readonly text: string) {}

  itemsOf(list: readonly string[]): readonly Extent[] {
    const key = list.join(".");
    const items = this.#items.get(key) ?? itemsAt(this.text, list);
    this.#items.set(key, items);
    return items;
  }

  at(offset: number): { readonly line: number; readonly column: number } {
    this.#starts ??= startsOf(this.text);
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}

function startsOf(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return starts;
}
