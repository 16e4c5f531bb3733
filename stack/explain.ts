/** `npm run explain -- STACK`: why each statement of a stack's policies is there, from its configuration alone. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { writeDocuments } from "./grants/documents";
import { explained, explanationsOf } from "./grants/explain";
import { readDescription } from "./validate/description";

function explain(stack: string): readonly string[] {
  const name = `Pulumi.${stack}.yaml`;
  const file = join(__dirname, "..", name);
  if (!existsSync(file)) return [`${name}: not there, expected the configuration of the stack \`${stack}\``];
  const { config } = parse(readFileSync(file, "utf8")) as { readonly config?: Record<string, unknown> };
  const read = readDescription(config ?? {});
  if ("problems" in read) return read.problems;
  const written = writeDocuments(read.description);
  if ("problems" in written) return written.problems;
  console.log(explained(explanationsOf(written.identities)));
  return [];
}

const problems = explain(process.argv[2] ?? "dev");
for (const line of problems) console.error(`error: ${line}`);
if (problems.length > 0) process.exitCode = 2;
