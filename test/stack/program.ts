import * as pulumi from "@pulumi/pulumi";
import { createRequire } from "node:module";
import { join, sep } from "node:path";

import { type Registration, type WireObject } from "../../policypack/dist/host";

// Turns an Output in a template string, which Pulumi only warns about, into an error.
process.env["PULUMI_ERROR_OUTPUT_STRING"] = "true";

const load = createRequire(__filename);
const STACK = join(__dirname, "..", "..", "stack") + sep;

/** What Pulumi does with a program: tell what would be, or make it. */
export type Phase = "preview" | "update";

/** One resource as the program registered it. */
export interface Registered extends Registration {
  /** `properties` in the SDK's own form: an unknown value is marked. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What the mocks know of the resource besides its inputs; in a preview no ARN. */
  readonly outputs: WireObject;
}

/** What became of a program. */
export interface Run {
  /** In the order of registration; the stack itself is left out. */
  readonly resources: readonly Registered[];
  readonly urns: readonly string[];
  readonly exports: Readonly<Record<string, unknown>>;
  readonly error: unknown;
}

/** The part of the SDK's registration requests that is looked at here; it declares no types for them. */
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
}
type Answer = (error: unknown, response: { getUrn(): string } | undefined) => void;
interface Monitor {
  registerResource: (request: RegisterRequest, answer: Answer) => unknown;
}

/** What IAM gives a policy or a role once it is made; anything else has no ARN. */
function arnOf(type: string, { name = "", path = "/" }: Readonly<Record<string, unknown>>): object {
  const kind = /^aws:iam\/(policy|role):/.exec(type)?.[1];
  if (kind === undefined || typeof name !== "string" || typeof path !== "string") return {};
  return { arn: `arn:aws:iam::123456789012:${kind}${path}${name}` };
}

/**
 * Runs the stack's program afresh under Pulumi's mocks, as a preview or as an update: in a preview no resource has an ARN or
 * an id yet.
 *
 * A name that was left out is made up from the logical name, as the AWS provider does before it shows a preview.
 */
export async function run(
  config: Readonly<Record<string, unknown>>,
  phase: Phase = "preview",
  stack = "dev",
  program = (): object => load(`${STACK}index`) as object,
): Promise<Run> {
  const resources: Registered[] = [];
  const made = new Map<string, Pick<Registered, "inputs" | "outputs">>();
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const given = inputs as Registered["inputs"];
        const named = { name: `${name}-0000000`, ...given };
        const outputs = { ...named, ...(phase === "update" ? arnOf(type, named) : {}) } as WireObject;
        made.set(`${type} ${name}`, { inputs: given, outputs });
        return { id: phase === "update" ? `${name}-id` : undefined, state: outputs };
      },
      call: () => {
        throw new Error("the program calls no function of a provider");
      },
    },
    "ai-workflow",
    stack,
    phase === "preview",
  );
  pulumi.runtime.setAllConfig(asPulumiKeepsThem(config));
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, answer) =>
    register(request, (error, response) => {
      const known = made.get(`${request.getType()} ${request.getName()}`);
      if (response !== undefined && known !== undefined && request.getType() !== "pulumi:pulumi:Stack")
        resources.push({ ...registrationOf(request, response.getUrn()), ...known });
      answer(error, response);
    });
  forgetProgram();
  let exported = {};
  let error: unknown;
  try {
    await pulumi.runtime.runInPulumiStack(() => {
      exported = { ...program() };
      return Promise.resolve(exported);
    });
  } catch (thrown) {
    error = thrown;
  }
  await pulumi.runtime.disconnect();
  return { resources, urns: resources.map(({ urn }) => urn), exports: exported, error };
}

/** Runs the stack's program as a preview. */
export const preview = (config: Readonly<Record<string, unknown>>): Promise<Run> => run(config);

/** The engine leaves the stack's own type out of URNs, which the mocks do not. */
export const asTheEngineHasIt = (urn: string): string => urn.replace("pulumi:pulumi:Stack$", "");

function registrationOf(request: RegisterRequest, urn: string): Registration {
  const propertyDependencies: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((of, property) => {
    propertyDependencies[property] = of.getUrnsList();
  });
  return {
    type: request.getType(),
    name: request.getName(),
    urn: asTheEngineHasIt(urn),
    parent: asTheEngineHasIt(request.getParent()),
    custom: request.getCustom(),
    properties: request.getObject()?.toJavaScript() ?? {},
    dependencies: request.getDependenciesList(),
    propertyDependencies,
    protect: false,
    ignoreChanges: [],
    additionalSecretOutputs: [],
    deleteBeforeReplace: undefined,
  };
}

/** Text stays text; lists and objects become JSON. */
function asPulumiKeepsThem(config: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/** Drops the stack's own modules, so that the next load runs the program again; Pulumi's stay. */
function forgetProgram(): void {
  for (const file of Object.keys(load.cache)) {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- this is how Node forgets a module
    if (file.startsWith(STACK)) delete load.cache[file];
  }
}
