/** Files given on the command line, read so that what goes wrong is one line. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { type Problem, readJson } from "../iam";
import { UsageError } from "./arguments";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "no permission for it",
  EISDIR: "it is a folder",
  ELOOP: "its links go round in a circle",
};
/** What the shell hands over as a file, such as `<(command)`, or the streams of the process: somebody is at the other end. */
const HANDED_OVER = /^\/(dev\/(fd\/|std)|proc\/self\/fd\/)/;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The text of a file; `-` is standard input.
 *
 * @throws {@link UsageError} when it cannot be read or is not UTF-8
 */
export function readText(file: string): string {
  let bytes: Buffer;
  try {
    if (file !== "-" && !HANDED_OVER.test(file) && isEndless(file))
      throw new UsageError(
        `${nameOf(file)}: it is neither a file nor a folder; what a pipe brings is given as standard input, \`-\``,
      );
    bytes = readFileSync(file === "-" ? 0 : file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${nameOf(file)}: ${reasonOf(error, "read")}`);
  }
  try {
    return utf8.decode(bytes);
  } catch {
    throw new UsageError(`${nameOf(file)}: it is not UTF-8 text`);
  }
}

/** Whether reading it may keep everybody waiting: a pipe that nobody writes to, a device that never ends. */
function isEndless(file: string): boolean {
  const stats = statSync(file);
  return !stats.isFile() && !stats.isDirectory();
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
    if (!HANDED_OVER.test(file) && (statSync(file, { throwIfNoEntry: false })?.isFIFO() ?? false))
      throw new UsageError(`${option} ${file}: it is a pipe; standard output can be piped`);
    writeFileSync(file, text);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${option} ${file}: ${reasonOf(error, "written")}`);
  }
}

export function reasonOf(error: unknown, done: "read" | "written"): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return REASONS[code] ?? `it cannot be ${done} (${code})`;
}
