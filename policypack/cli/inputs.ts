/** What a file holds: a policy document, or what the engine has written down of a stack. Told by its content, or insisted on. */
import {
  DamagedRecording,
  type LoggedEvent,
  readEvents,
  readPreview,
  readState,
  type Recording,
  type RecordingKind,
  type WireObject,
  type WireValue,
} from "../host";
import { readJson } from "../iam";
import { UsageError } from "./arguments";
import { problemWords } from "./files";
import type { InputKind } from "./option-table";

export type Input =
  | { readonly kind: "document"; readonly text: string }
  | { readonly kind: RecordingKind; readonly text: string; readonly recording: Recording };

/**
 * Reads the text of a file.
 *
 * @param insisted - what it is to be taken for; without it the content tells
 * @returns undefined where the text is JSON and says nothing of what it is
 * @throws {@link UsageError} where the text is not what it says it is
 */
export function readInput(name: string, text: string, insisted: InputKind | undefined): Input | undefined {
  const kind = insisted ?? lineKind(text);
  if (kind === "document") return { kind, text };
  try {
    if (kind === "event-log") return { kind, text, recording: readEvents([...eventsIn(name, text)]) };
    const { value, problems } = readJson(text);
    const told = kind ?? (value === undefined ? damagedKind(text) : kindOf(value));
    if (told === undefined) return undefined;
    if (told === "document") return { kind: told, text };
    const [problem] = problems;
    if (problem !== undefined) throw new UsageError(`${name}: ${problemWords(problem)}`);
    const read = told === "state" ? readState : readPreview;
    return { kind: told, text, recording: read(value as WireValue, text) };
  } catch (error) {
    if (error instanceof DamagedRecording) throw new UsageError(`${name}: ${error.message}`);
    throw error;
  }
}

/** A log is told by its first line, which begins with what no other kind has. */
const lineKind = (text: string): "event-log" | undefined =>
  /^\s*\{[^\n]{0,200}"(sequence|\w+Event)"\s*:/.test(text.slice(0, 400)) ? "event-log" : undefined;

/** The members that one kind has and the others have not; a document is one in any case of letters, and misspelt, too. */
function kindOf(value: unknown): InputKind | undefined {
  const keys = keysOf(value);
  if (keys.includes("deployment") || keys.includes("checkpoint")) return "state";
  if (keys.includes("steps") || keys.includes("changeSummary")) return "preview";
  const isDocument = keys.some(
    (key) => /^stat\w*ments?$/i.test(key) || (/^version$/i.test(key) && isDay((value as WireObject)[key])),
  );
  return isDocument || holdsStatements(value) ? "document" : undefined;
}

/** Whether statements stand further within, as in a list of documents or a text: nobody judges them there, which must be reported. */
function holdsStatements(value: unknown): boolean {
  if (typeof value === "string") return /"statement\\*"\s*:/i.test(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([key, member]) => (/^statement$/i.test(key) && typeof member === "object") || holdsStatements(member),
  );
}

const isDay = (value: unknown): boolean => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);

const keysOf = (value: unknown): readonly string[] =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

/** What a text was before it was damaged, by its beginning; whatever else it is, it must be reported. */
const damagedKind = (text: string): InputKind => {
  const beginning = text.slice(0, 4096);
  if (/"(deployment|checkpoint)"\s*:/.test(beginning)) return "state";
  return /"(steps|changeSummary)"\s*:/.test(beginning) ? "preview" : "document";
};

/** The events of a log, one line each. Other lines than objects are damage: a pass would not cover what stood there. */
function* eventsIn(name: string, text: string): Generator<LoggedEvent> {
  let start = 0;
  for (let line = 1; start < text.length; line++) {
    const end = text.indexOf("\n", start);
    const stop = end < 0 ? text.length : end;
    const written = text.slice(start, stop);
    if (written.trim() !== "") {
      const { value, problems } = readJson(written);
      if (keysOf(value).length === 0 || problems.length > 0)
        throw new UsageError(`${name}: line ${line} is no event; the log is damaged or cut off`);
      yield { line, start, end: stop, event: value as WireObject };
    }
    start = stop + 1;
  }
}
