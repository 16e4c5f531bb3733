/** A program and its policy pack as `pulumi preview --policy-pack` runs them, up to where a provider would be needed. */
import { type ConfiguredPolicies, Deployment, type Made, type ResourceVerdict } from "./deployment";
import type { PackDescription } from "./description";
import type { Diagnostic, Operation, StackIdentity } from "./pack";
import { PackProcess } from "./pack-process";
import { runProgram } from "./program";
import type { Project } from "./project";

export interface PreviewResult {
  readonly pack: PackDescription;
  readonly resources: readonly ResourceVerdict[];
  /** what policies that look at the whole stack have found */
  readonly stack: readonly Diagnostic[];
  /** the names of the stack's outputs */
  readonly outputs: readonly string[];
}

export interface PreviewOrder {
  readonly project: Project;
  /** the folder of the policy pack, or its executable */
  readonly pack: string;
  readonly configuration: ConfiguredPolicies;
  /** results of provider functions, by token */
  readonly calls: Readonly<Record<string, unknown>>;
  /** added to the environment of the pack */
  readonly packEnvironment?: Readonly<Record<string, string>>;
}

/** Of a resource that does not exist yet nothing is known but its inputs. */
export const NOT_YET: Made = { id: undefined, outputs: {} };

export const identityOf = (project: Project, operation: Operation): StackIdentity => ({
  organization: "organization",
  project: project.name,
  stack: project.stack,
  configuration: project.configuration,
  operation,
});

/** Runs a program and its policy pack. @throws {@link HostFailure} where either fails */
export async function preview(order: PreviewOrder): Promise<PreviewResult> {
  const { project } = order;
  const identity = identityOf(project, "preview");
  const starting = PackProcess.start(order.pack, identity, order.packEnvironment);
  const configuring = starting.then((pack) =>
    Deployment.under(pack, identity, order.configuration, () => NOT_YET),
  );
  // Both take about as long to start; the program waits for the pack with its first resource.
  const running = runProgram(project, identity, order.calls, async (registration) =>
    (await configuring).register(registration),
  );
  const [pack, configured, ran] = await Promise.allSettled([starting, configuring, running]);
  if (pack.status === "rejected") throw pack.reason;
  try {
    if (configured.status === "rejected") throw configured.reason;
    if (ran.status === "rejected") throw ran.reason;
    const { description, resources } = configured.value;
    return { pack: description, resources, stack: await configured.value.judgeStack(), outputs: ran.value };
  } finally {
    pack.value.stop();
  }
}
