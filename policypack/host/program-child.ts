/** The process that runs the program of a project. It is started by `program.ts` and talks to it over Node's IPC. */
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Pulumi from "@pulumi/pulumi";
import type { Registered } from "./deployment";
import type { StackIdentity } from "./pack";
import { runUnderMocks } from "./program-run";
import type { Registration } from "./registration";

export interface ProgramOrder {
  readonly identity: StackIdentity;
  readonly programFolder: string;
  readonly program: string;
  /** results of provider functions, by token */
  readonly calls: Readonly<Record<string, unknown>>;
}

export type ProgramReport =
  | { readonly kind: "resource"; readonly registration: Registration }
  | { readonly kind: "outputs"; readonly outputs: readonly string[] }
  | { readonly kind: "failed"; readonly message: string };

/** The answers to the resources that were reported, in their order. */
export interface ProgramAnswer {
  readonly registered: Registered;
}

const send = (report: ProgramReport): void => void process.send?.(report);

async function run(order: ProgramOrder): Promise<void> {
  const require = createRequire(join(order.programFolder, "package.json"));
  process.chdir(order.programFolder);
  const { runtime } = require("@pulumi/pulumi") as typeof Pulumi;
  const waiting: ((registered: Registered) => void)[] = [];
  process.on("message", ({ registered }: ProgramAnswer) => waiting.shift()?.(registered));
  const program = (): unknown => {
    if (order.program.endsWith(".ts")) registerTypeScript(require);
    const exported: unknown = require(order.program);
    return typeof exported === "function" ? (exported as () => unknown)() : exported;
  };
  const outputs = await runUnderMocks(
    runtime,
    order.identity,
    order.calls,
    program,
    (registration) =>
      new Promise((fulfil) => {
        waiting.push(fulfil);
        send({ kind: "resource", registration });
      }),
  );
  send({ kind: "outputs", outputs });
}

/** TypeScript is compiled without type-checking: `tsc` checks types, a preview shows resources. */
function registerTypeScript(require: NodeJS.Require): void {
  let tsNode: { register(options: object): unknown };
  try {
    tsNode = require("ts-node") as typeof tsNode;
    require.resolve("typescript");
  } catch {
    throw new Error(
      "the program is TypeScript; install ts-node and typescript beside it, or compile it first",
    );
  }
  tsNode.register({ transpileOnly: true, compilerOptions: { module: "node16", moduleResolution: "node16" } });
}

/** Errors that a program raises on purpose have a message for people; of any other, the first lines say where. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isForPeople = (error as { readonly __pulumiRunError?: boolean }).__pulumiRunError === true;
  const at = isForPeople ? undefined : /\n\s+at (.+)/.exec(error.stack ?? "")?.[1];
  return at === undefined ? error.message : `${error.message}\n  at ${at}`;
}

function fail(error: unknown): void {
  const report: ProgramReport = { kind: "failed", message: describe(error) };
  process.send?.(report, undefined, undefined, () => {
    process.exit(1);
  });
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
process.once("message", (order: ProgramOrder) => {
  run(order).then(() => {
    process.disconnect();
  }, fail);
});
