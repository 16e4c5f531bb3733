/** Runs a program in a process of its own, and answers what it registers. */
import { fork } from "node:child_process";
import { join } from "node:path";
import type { Register } from "./deployment";
import { HostFailure } from "./failure";
import type { StackIdentity } from "./pack";
import type { ProgramAnswer, ProgramOrder, ProgramReport } from "./program-child";
import type { Project } from "./project";

/** How long a program may take. A real preview has no limit; one that waits for something under mocks waits for ever. */
const TIME_LIMIT_MS = 120_000;

/**
 * Runs a project's program.
 *
 * @param calls - results of provider functions, by token
 * @returns the names of the stack's outputs; none where the operation was stopped
 * @throws {@link HostFailure} with the program's own message when it fails; whatever `register` throws
 */
export function runProgram(
  { programFolder, program }: Project,
  identity: StackIdentity,
  calls: Readonly<Record<string, unknown>>,
  register: Register,
): Promise<readonly string[]> {
  const order: ProgramOrder = { identity, programFolder, program, calls };
  return new Promise((resolve, reject) => {
    // What the program prints goes to standard error: standard output is the verdict's.
    const child = fork(join(__dirname, "program-child"), {
      stdio: ["ignore", "pipe", "inherit", "ipc"],
      env: { ...process.env, PULUMI_ERROR_OUTPUT_STRING: "true" },
    });
    child.stdout?.pipe(process.stderr);
    // A program that has gone cannot be told; that it has gone, and why, is said when it closes.
    const tell = (message: ProgramOrder | ProgramAnswer): void =>
      void child.send(message, undefined, undefined, () => undefined);
    let outputs: readonly string[] | undefined;
    let failure: unknown;
    const end = (reason: unknown): void => {
      failure ??= reason;
      child.kill("SIGKILL");
    };
    const timer = setTimeout(() => {
      end(new HostFailure(`the program did not end within ${TIME_LIMIT_MS / 1000} s`));
    }, TIME_LIMIT_MS);
    child.on("message", (report: ProgramReport) => {
      if (report.kind === "outputs") outputs = report.outputs;
      else if (report.kind === "failed") failure ??= new HostFailure(report.message);
      else
        register(report.registration).then((registered) => {
          if (registered === undefined) {
            outputs = [];
            child.kill("SIGKILL");
          } else tell({ registered });
        }, end);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      if (failure === undefined && outputs !== undefined) resolve(outputs);
      else
        reject(
          failure instanceof Error
            ? failure
            : new HostFailure(`the program ended with status ${code ?? "unknown"} before it was done`),
        );
    });
    tell(order);
  });
}
