/** The engine in miniature: the resources of a program, one after the other, before a policy pack. */
import type { Level, PackDescription, PolicyConfiguration } from "./description";
import { type Diagnostic, isPreview, type Pack, type StackIdentity } from "./pack";
import { checked } from "./provider-check";
import type { Registration, WireObject } from "./registration";

/** What a `--policy-pack-config` file says of a policy; absent parts keep what the pack has. */
export type ConfiguredPolicies = Readonly<Record<string, Partial<PolicyConfiguration>>>;

export interface ResourceVerdict {
  /** as the pack's remediations leave it */
  readonly registration: Registration;
  /** the policies that have remediated it */
  readonly remediated: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What is known of a resource once it is there, or would be. */
export interface Made {
  readonly id: string | undefined;
  /** what the provider adds to the inputs; nothing during a preview */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A resource that may be made: what the program goes on with. */
export interface Registered extends Made {
  readonly properties: WireObject;
}

/** The answer to a registration; without one the operation has been stopped, and the program waits in vain. */
export type Register = (registration: Registration) => Promise<Registered | undefined>;

export class Deployment {
  private readonly verdicts: ResourceVerdict[] = [];
  private readonly made: Registration[] = [];
  private last: Promise<unknown> = Promise.resolve();
  private stopped = false;

  private constructor(
    private readonly pack: Pack,
    private readonly identity: StackIdentity,
    private readonly make: (registration: Registration) => Made,
    readonly description: PackDescription,
  ) {}

  /**
   * Configures a pack for an operation.
   *
   * @param make - what a provider would say of a resource
   */
  static async under(
    pack: Pack,
    identity: StackIdentity,
    configuration: ConfiguredPolicies,
    make: (registration: Registration) => Made,
  ): Promise<Deployment> {
    await pack.configureStack(identity);
    const description = await pack.describe();
    await pack.configure(configurationOf(description, configuration));
    return new Deployment(pack, identity, make, description);
  }

  get resources(): readonly ResourceVerdict[] {
    return this.verdicts;
  }

  /** Whether a mandatory violation, or a failure of the pack, has ended an update before its program. */
  get isStopped(): boolean {
    return this.stopped;
  }

  /** Resources are judged in the order in which the program registers them, and none after the one that stops an update. */
  readonly register: Register = (registration) => {
    const judged = this.last.then(() => (this.stopped ? undefined : this.judge(registration)));
    this.last = judged.catch(() => {
      this.stopped = true;
    });
    return judged;
  };

  private async judge(registration: Registration): Promise<Registered | undefined> {
    const inputs = checked(registration);
    const { properties, policies, diagnostics: unable } = await this.pack.remediate(inputs);
    const remediated = { ...inputs, properties };
    const diagnostics = [...unable, ...(await this.pack.analyze(remediated))].map(asReported);
    this.verdicts.push({ registration: remediated, remediated: policies, diagnostics });
    this.stopped = !isPreview(this.identity) && diagnostics.some(({ level }) => level === "mandatory");
    if (this.stopped) return undefined;
    const { id, outputs } = this.make(remediated);
    this.made.push({ ...remediated, properties: { ...properties, ...(outputs as WireObject) } });
    return { properties, id, outputs };
  }

  /** What the policies about the whole stack find, at the end of a preview or of an update that was not stopped. */
  async judgeStack(): Promise<readonly Diagnostic[]> {
    return (await this.pack.analyzeStack(this.made)).map(asReported);
  }
}

/** What is still found after a remediation, or cannot be remediated, counts as mandatory. */
const asReported = (diagnostic: Diagnostic): Diagnostic => ({
  ...diagnostic,
  level: diagnostic.level === "remediate" ? "mandatory" : diagnostic.level,
});

/** Schema defaults, then what the pack says itself, then the file; in each `all` before the policy. The engine does it, not the SDK. */
function configurationOf(
  { policies, initialConfiguration }: PackDescription,
  configured: ConfiguredPolicies,
): ReadonlyMap<string, PolicyConfiguration> {
  const layers: readonly ConfiguredPolicies[] = [initialConfiguration, configured];
  const levelIn = (layer: ConfiguredPolicies, name: string): Level | undefined =>
    layer[name]?.level ?? layer["all"]?.level;
  return new Map(
    policies.map(({ name, level, defaults }): [string, PolicyConfiguration] => [
      name,
      layers.reduce<PolicyConfiguration>(
        (below, layer) => ({
          level: levelIn(layer, name) ?? below.level,
          properties: { ...below.properties, ...layer[name]?.properties },
        }),
        { level, properties: defaults },
      ),
    ]),
  );
}
