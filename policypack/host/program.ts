/** Runs a program in a process of its own, and collects what it registers. */
import { fork } from "node:child_process";
import { join } from "node:path";
import { HostFailure } from "./failure";
import type { ProgramOrder, ProgramReport } from "./program-child";
import type { Project } from "./project";
import type { Registration } from "./registration";

export interface ProgramResult {
  readonly registrations: readonly Registration[];
  /** the names of the stack's outputs */
  readonly outputs: readonly string[];
}

/** How long a program may take. A real preview has no limit; one that waits for something under mocks waits for ever. */
const TIME_LIMIT_MS = 120_000;

/**
 * Runs a project's program as in a preview.
 *
 * @param calls - results of provider functions, by token
 * @throws {@link HostFailure} with the program's own message when it fails
 */
export function runProgram(
  project: Project,
  calls: Readonly<Record<string, unknown>>,
): Promise<ProgramResult> {
  const order: ProgramOrder = {
    project: project.name,
    stack: project.stack,
    organization: "organization",
    configuration: project.configuration,
    programFolder: project.programFolder,
    program: project.program,
    calls,
  };
  return new Promise((resolve, reject) => {
    // What the program prints goes to standard error: standard output is the verdict's.
    const child = fork(join(__dirname, "program-child"), {
      stdio: ["ignore", "pipe", "inherit", "ipc"],
      env: { ...process.env, PULUMI_ERROR_OUTPUT_STRING: "true" },
    });
    child.stdout?.pipe(process.stderr);
    const registrations: Registration[] = [];
    let result: ProgramResult | undefined;
    let failure: string | undefined;
    const timer = setTimeout(() => {
      failure = `the program did not end within ${TIME_LIMIT_MS / 1000} s`;
      child.kill("SIGKILL");
    }, TIME_LIMIT_MS);
    child.on("message", (report: ProgramReport) => {
      if (report.kind === "resource") registrations.push(report.registration);
      else if (report.kind === "outputs") result = { registrations, outputs: report.outputs };
      else failure ??= report.message;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      if (failure === undefined && result !== undefined) resolve(result);
      else
        reject(
          new HostFailure(failure ?? `the program ended with status ${code ?? "unknown"} before it was done`),
        );
    });
    child.send(order);
  });
}
