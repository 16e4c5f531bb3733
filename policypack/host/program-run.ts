/** Runs a program in this process, under the SDK's own mocks: every resource that it registers is told, and waits for an answer. */
import type * as Pulumi from "@pulumi/pulumi";
import type { Register, Registered } from "./deployment";
import { isPreview, type StackIdentity } from "./pack";
import type { Registration, WireObject } from "./registration";

/** The part of a registration request that a policy sees. The SDK declares no types for the requests of its monitor. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getObject(): Struct | undefined;
  setObject(value: Struct): void;
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
interface Struct {
  readonly constructor: unknown;
  toJavaScript(): WireObject;
}
type Callback = (error: unknown, response: unknown) => void;
interface Monitor {
  newUrn: (parent: string, type: string, name: string) => string;
  registerResource: (request: RegisterRequest, callback: Callback) => unknown;
}

/**
 * Runs a program to its end, or for ever where a registration is not answered.
 *
 * @param runtime - of the program's own copy of the SDK
 * @param calls - results of provider functions, by token
 * @returns the names of the stack's outputs
 */
export async function runUnderMocks(
  runtime: typeof Pulumi.runtime,
  identity: StackIdentity,
  calls: Readonly<Record<string, unknown>>,
  program: () => unknown,
  register: Register,
): Promise<readonly string[]> {
  let registered: Registered | undefined;
  await runtime.setMocks(
    {
      newResource: ({ inputs, id }) => {
        // What is only read has not been registered.
        const made = registered ?? { id, outputs: {} };
        registered = undefined;
        return { id: made.id, state: { ...(inputs as Readonly<Record<string, unknown>>), ...made.outputs } };
      },
      call: ({ token }) => {
        if (Object.hasOwn(calls, token)) return calls[token] as Record<string, unknown>;
        const reason = `the program calls ${token}, which only AWS can answer; give its result with --call ${token}=JSON`;
        // The SDK hands on the details of an error, as those of a gRPC status.
        throw Object.assign(new Error(reason), { details: reason });
      },
    },
    identity.project,
    identity.stack,
    isPreview(identity),
    identity.organization,
  );
  runtime.setAllConfig({ ...identity.configuration });
  const monitor = runtime.getMonitor() as unknown as Monitor;
  const answer = monitor.registerResource.bind(monitor);
  monitor.newUrn = (parent, type, name) => urnOf(identity, parent, type, name);
  monitor.registerResource = (request, callback) => {
    const urn = monitor.newUrn(request.getParent(), request.getType(), request.getName());
    register(registrationOf(request, urn)).then(
      (answered) => {
        if (answered === undefined) return;
        // The mocks ask for it at once.
        registered = answered;
        const given = request.getObject()?.constructor as
          { fromJavaScript(value: WireObject): Struct } | undefined;
        if (given !== undefined) request.setObject(given.fromJavaScript(answered.properties));
        answer(request, callback);
      },
      callback as (error: unknown) => void,
    );
  };
  let names: readonly string[] = [];
  // What the stack itself says of them is nothing at all where one of them is not known.
  await runtime.runInPulumiStack(async () => {
    const outputs: unknown = await program();
    names = Object.keys(Object(outputs) as object);
    return outputs;
  });
  await runtime.disconnect();
  return names;
}

const ROOT = "pulumi:pulumi:Stack";

/** The mocks name the nearest parent's own type only; the engine all of them, but for the stack. */
function urnOf({ stack, project }: StackIdentity, parent: string, type: string, name: string): string {
  const [, , above = ROOT] = parent.split("::");
  return `urn:pulumi:${stack}::${project}::${above === ROOT ? type : `${above}$${type}`}::${name}`;
}

/** The raw request, in which unknowns and secrets are still what they are. */
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

function propertyDependenciesOf(request: RegisterRequest): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((of, property) => {
    found[property] = of.getUrnsList();
  });
  return found;
}
