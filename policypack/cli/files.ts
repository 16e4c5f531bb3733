/** Files given on the command line, read so that what goes wrong is one line. */
import { readFileSync, writeFileSync } from "node:fs";
import { type Problem, readJson } from "../iam";
import { UsageError } from "./arguments";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "no permission for it",
  EISDIR: "it is a folder",
  ELOOP: "its links go round in a circle",
};
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The text of a file; `-` is standard input.
 *
 * @throws {@link UsageError} when it cannot be read or is not UTF-8
 */
export function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file === "-" ? 0 : file);
  } catch (error) {
    throw new UsageError(`${nameOf(file)}: ${reasonOf(error, "read")}`);
  }
  try {
    return utf8.decode(bytes);
  } catch {
    throw new UsageError(`${nameOf(file)}: it is not UTF-8 text`);
  }
}

/** What a file is called in messages. */
export const nameOf = (file: string): string => (file === "-" ? "standard input" : file);

/** Parses a file as JSON. @throws {@link UsageError} that says where and why it is none */
export function readJsonFile(file: string): unknown {
  const { value, problems } = readJson(readText(file));
  const [problem] = problems;
  if (problem === undefined) return value;
  throw new UsageError(`${nameOf(file)}: ${problemWords(problem)}`);
}

/** What is wrong with JSON text. */
export const problemWords = ({ code, data }: Problem): string =>
  code === "not-json"
    ? `it is not JSON: ${String(data["reason"])} at line ${String(data["line"])}, column ${String(data["column"])}`
    : `the key \`${String(data["key"])}\` stands twice in one object`;

/** Writes a report. @throws {@link UsageError} when it cannot be written */
export function writeText(file: string, text: string, option = "--output"): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`${option} ${file}: ${reasonOf(error, "written")}`);
  }
}

export function reasonOf(error: unknown, done: "read" | "written"): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return REASONS[code] ?? `it cannot be ${done} (${code})`;
}
