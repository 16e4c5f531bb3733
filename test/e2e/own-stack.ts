/** This project's own stack, as its shipped files configure it. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, sep } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { ROOT } from "../cli/run";
import { account, pulumi } from "./setting";

const load = createRequire(__filename);
const FOLDER = join(ROOT, "stack") + sep;

/** The program runs afresh each time, as a process of its own would run it. */
function program(): Promise<Record<string, unknown>> {
  for (const file of Object.keys(load.cache))
    if (file.startsWith(FOLDER)) Reflect.deleteProperty(load.cache, file);
  return Promise.resolve({ ...(load(`${FOLDER}index`) as Record<string, unknown>) });
}

/** The stack as this project's file configures it, and with more, as YAML. */
export async function configured(stackName: string, more = ""): Promise<Stack> {
  await account.clear();
  const file = `Pulumi.${stackName}.yaml`;
  const workDir = mkdtempSync(join(pulumi.folder, "stack-"));
  const configuration = readFileSync(join(ROOT, file), "utf8");
  writeFileSync(join(workDir, file), configuration + more);
  return pulumi.inline("ai-workflow", program, { stackName, workDir });
}
