import * as pulumi from "@pulumi/pulumi";
import { createRequire } from "node:module";
import { join, sep } from "node:path";

// Turns an Output in a template string, which Pulumi only warns about, into an error.
process.env["PULUMI_ERROR_OUTPUT_STRING"] = "true";

const load = createRequire(__filename);
const STACK = join(__dirname, "..", "..", "stack") + sep;

/** One resource as the program registered it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What became of a program. */
export interface Run {
  /** In the order of registration. */
  readonly resources: readonly Registered[];
  readonly urns: readonly string[];
  readonly exports: Readonly<Record<string, unknown>>;
  readonly error: unknown;
}

/**
 * Runs the stack's program afresh, under Pulumi's mocks and as a preview: no resource has an ARN or an id yet.
 *
 * A name that was left out is made up from the logical name, as the AWS provider does before it shows a preview.
 */
export async function preview(config: Readonly<Record<string, unknown>>): Promise<Run> {
  const resources: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        resources.push({ type, name, inputs: inputs as Registered["inputs"] });
        return { id: undefined, state: { name: `${name}-0000000`, ...(inputs as Registered["inputs"]) } };
      },
      call: () => {
        throw new Error("the program calls no function of a provider");
      },
    },
    "ai-workflow",
    "dev",
    true,
  );
  pulumi.runtime.setAllConfig(asPulumiKeepsThem(config));
  forgetProgram();
  let exports = {};
  let error: unknown;
  try {
    exports = { ...(load(`${STACK}index`) as Record<string, unknown>) };
  } catch (thrown) {
    error = thrown;
  }
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    readonly resources: ReadonlyMap<string, unknown>;
  };
  await pulumi.runtime.disconnect();
  return { resources, urns: [...monitor.resources.keys()], exports, error };
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
