/** The tables that `npm run generate` compiles: text in the sources, where a change can be read, and compressed in a build. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

/** The lines of a table of `data/`. They are read when they are first asked for, never while the pack starts. */
export function linesOf(name: "authorization.ndjson" | "managed-policies.ndjson"): readonly string[] {
  const file = join(__dirname, "data", name);
  const text = existsSync(file)
    ? readFileSync(file, "utf8")
    : brotliDecompressSync(readFileSync(`${file}.br`)).toString();
  return text.trimEnd().split("\n");
}
