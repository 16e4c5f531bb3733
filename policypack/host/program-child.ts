/**
 * The process that runs a program under the SDK's own mocks and reports every resource that it registers, as the engine
 * would receive it. It is started by `program.ts` and talks to it over Node's IPC.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Pulumi from "@pulumi/pulumi";
import type { Registration, WireObject } from "./registration";

export interface ProgramOrder {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly configuration: Readonly<Record<string, string>>;
  readonly programFolder: string;
  readonly program: string;
  /** results of provider functions, by token */
  readonly calls: Readonly<Record<string, unknown>>;
}

export type ProgramReport =
  | { readonly kind: "resource"; readonly registration: Registration }
  | { readonly kind: "outputs"; readonly outputs: readonly string[] }
  | { readonly kind: "failed"; readonly message: string };

/** The part of a registration request that a policy sees. The SDK declares no types for the requests of its monitor. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getObject(): { toJavaScript(): WireObject } | undefined;
  getDependenciesList(): string[];
  getPropertydependenciesMap(): {
    forEach(visit: (of: { getUrnsList(): string[] }, property: string) => void): void;
  };
  getProtect(): boolean;
  getIgnorechangesList(): string[];
  getAdditionalsecretoutputsList(): string[];
  getDeletebeforereplacedefined(): boolean;
  getDeletebeforereplace(): boolean;
}
interface RegisterResponse {
  getUrn(): string;
}
type Callback = (error: unknown, response: RegisterResponse | undefined) => void;
interface Monitor {
  registerResource: (request: RegisterRequest, callback: Callback) => unknown;
}

const send = (report: ProgramReport): void => void process.send?.(report);

async function run(order: ProgramOrder): Promise<void> {
  const require = createRequire(join(order.programFolder, "package.json"));
  process.chdir(order.programFolder);
  const { runtime } = require("@pulumi/pulumi") as typeof Pulumi;
  await runtime.setMocks(
    {
      // Nothing but the inputs is known of a resource that does not exist yet.
      newResource: (args) => ({ id: undefined, state: args.inputs as Record<string, unknown> }),
      call: ({ token }) => {
        if (Object.hasOwn(order.calls, token)) return order.calls[token] as Record<string, unknown>;
        const reason = `the program calls ${token}, which only AWS can answer; give its result with --call ${token}=JSON`;
        // The SDK hands on the details of an error, as those of a gRPC status.
        throw Object.assign(new Error(reason), { details: reason });
      },
    },
    order.project,
    order.stack,
    true,
    order.organization,
  );
  runtime.setAllConfig({ ...order.configuration });
  listen(runtime.getMonitor() as unknown as Monitor);
  if (order.program.endsWith(".ts")) registerTypeScript(require);
  const outputs = await runtime.runInPulumiStack(async () => {
    const exported: unknown = require(order.program);
    return (await (typeof exported === "function" ? (exported as () => unknown)() : exported)) as Record<
      string,
      unknown
    >;
  });
  await runtime.disconnect();
  send({ kind: "outputs", outputs: Object.keys((outputs as object | undefined) ?? {}) });
}

/** Reports each request before it is answered: the raw one, in which unknowns and secrets are still what they are. */
function listen(monitor: Monitor): void {
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) =>
    register(request, (error, response) => {
      if (response !== undefined)
        send({ kind: "resource", registration: registrationOf(request, response.getUrn()) });
      callback(error, response);
    });
}

function propertyDependenciesOf(request: RegisterRequest): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((of, property) => {
    found[property] = of.getUrnsList();
  });
  return found;
}

const registrationOf = (request: RegisterRequest, urn: string): Registration => ({
  type: request.getType(),
  name: request.getName(),
  urn,
  parent: request.getParent(),
  custom: request.getCustom(),
  properties: request.getObject()?.toJavaScript() ?? {},
  dependencies: request.getDependenciesList(),
  propertyDependencies: propertyDependenciesOf(request),
  protect: request.getProtect(),
  ignoreChanges: request.getIgnorechangesList(),
  additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
  deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
});

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
