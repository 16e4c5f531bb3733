import * as pulumi from "@pulumi/pulumi";

import { type Description } from "./description";
import { readDescription } from "./validate/description";

/**
 * Reads the running program's configuration.
 *
 * @returns The workflow that the keys `ai-workflow:*` describe.
 * @throws pulumi.RunError with one line for each problem: Pulumi shows its message alone, without a stack trace.
 */
export function loadDescription(): Description {
  // All keys, where pulumi.Config gives only those asked for by name: a mistyped key must be seen.
  const read = readDescription(pulumi.runtime.allConfig());
  if ("problems" in read) throw new pulumi.RunError(read.problems.join("\n"));
  return read.description;
}
