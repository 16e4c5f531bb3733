import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The version of the pack, from its package.json. */
export const packVersion = (): string =>
  (JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8")) as { version: string })
    .version;
