/** The engine in miniature: a program's resources, one after the other, before a policy pack. */
import { checked } from "./provider-check";
import type { PackDescription, PolicyConfiguration } from "./description";
import { type Diagnostic, PackProcess, type StackIdentity } from "./pack-process";
import { type ProgramResult, runProgram } from "./program";
import type { Project } from "./project";
import type { Registration } from "./registration";

export interface ResourceVerdict {
  /** as the pack's remediations leave it */
  readonly registration: Registration;
  /** the policies that have remediated it */
  readonly remediated: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface PreviewResult {
  readonly pack: PackDescription;
  readonly resources: readonly ResourceVerdict[];
  /** what policies that look at the whole stack have found */
  readonly stack: readonly Diagnostic[];
  /** the names of the stack's outputs */
  readonly outputs: readonly string[];
}

/** What a `--policy-pack-config` file says of a policy; absent parts keep what the pack has. */
export type ConfiguredPolicies = Readonly<Record<string, Partial<PolicyConfiguration>>>;

export interface PreviewOrder {
  readonly project: Project;
  /** the folder of the policy pack */
  readonly pack: string;
  readonly configuration: ConfiguredPolicies;
  /** results of provider functions, by token */
  readonly calls: Readonly<Record<string, unknown>>;
  /** added to the environment of the pack */
  readonly packEnvironment?: Readonly<Record<string, string>>;
}

/** Runs a program and its policy pack as `pulumi preview --policy-pack` does, up to where a provider would be needed. */
export async function preview(order: PreviewOrder): Promise<PreviewResult> {
  const { project } = order;
  const identity: StackIdentity = {
    organization: "organization",
    project: project.name,
    stack: project.stack,
    configuration: project.configuration,
  };
  // Both take about as long to start, and neither needs the other.
  const [program, pack] = await Promise.allSettled([
    runProgram(project, order.calls),
    PackProcess.start(order.pack, identity, order.packEnvironment),
  ]);
  if (pack.status === "rejected") throw pack.reason;
  try {
    if (program.status === "rejected") throw program.reason;
    return await judge(pack.value, identity, order.configuration, program.value);
  } finally {
    pack.value.stop();
  }
}

/** The calls of the engine, in its order. */
async function judge(
  pack: PackProcess,
  identity: StackIdentity,
  configuration: ConfiguredPolicies,
  program: ProgramResult,
): Promise<PreviewResult> {
  await pack.configureStack(identity);
  const description = await pack.describe();
  await pack.configure(configurationOf(description, configuration));
  const resources: ResourceVerdict[] = [];
  for (const registration of program.registrations) {
    const inputs = checked(registration);
    const { properties, policies, diagnostics } = await pack.remediate(inputs);
    const remediated = { ...inputs, properties };
    resources.push({
      registration: remediated,
      remediated: policies,
      diagnostics: [...diagnostics, ...(await pack.analyze(remediated))],
    });
  }
  const stack = await pack.analyzeStack(resources.map(({ registration }) => registration));
  return { pack: description, resources, stack, outputs: program.outputs };
}

/** Schema defaults, then what the pack says itself, then the file; in each `all` before the policy. The engine does it, not the SDK. */
function configurationOf(
  { policies, initialConfiguration }: PackDescription,
  configured: ConfiguredPolicies,
): ReadonlyMap<string, PolicyConfiguration> {
  const layers: readonly ConfiguredPolicies[] = [initialConfiguration, configured];
  return new Map(
    policies.map(({ name, level, defaults }): [string, PolicyConfiguration] => [
      name,
      layers.reduce<PolicyConfiguration>(
        (below, layer) => ({
          level: layer[name]?.level ?? layer["all"]?.level ?? below.level,
          properties: { ...below.properties, ...layer[name]?.properties },
        }),
        { level, properties: defaults },
      ),
    ]),
  );
}
