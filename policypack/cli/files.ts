/** Files given on the command line, read so that what goes wrong is one line. */
import { readFileSync } from "node:fs";
import { UsageError } from "./arguments";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "no permission to read it",
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
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw new UsageError(`${nameOf(file)}: ${REASONS[code] ?? `it cannot be read (${code})`}`);
  }
  try {
    return utf8.decode(bytes);
  } catch {
    throw new UsageError(`${nameOf(file)}: it is not UTF-8 text`);
  }
}

/** What a file is called in messages. */
export const nameOf = (file: string): string => (file === "-" ? "standard input" : file);

/** Parses a file as JSON. @throws {@link UsageError} */
export function readJsonFile(file: string): unknown {
  try {
    return JSON.parse(readText(file)) as unknown;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${nameOf(file)}: it is not JSON`);
  }
}
