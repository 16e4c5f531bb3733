/** The built command, as a shell would run it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const ROOT = join(__dirname, "..", "..");
const COMMAND = join(ROOT, "policypack", "bin", "iam-guardrails.js");

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Buffer;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `iam-guardrails` with a plain environment: no colour is asked for, no terminal is there. */
export function run(args: readonly string[], options: RunOptions = {}): Ran {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(FORCE|NO)_COLOR$/.test(name)),
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    cwd: options.cwd ?? ROOT,
    input: options.input ?? "",
    encoding: "utf8",
    env: { ...env, ...options.env },
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

/** A new folder with these files in it. */
export function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), "iam-guardrails-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
