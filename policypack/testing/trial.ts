/** What a trial is, and what comes of it. These types are published, and use no others of the pack. */
import type { PolicyPackArgs, PolicyPackConfig } from "@pulumi/policy";

/** What `new PolicyPack(name, args, initialConfig)` is given. */
export interface InlinePack extends PolicyPackArgs {
  readonly name: string;
  /** without it, 0.0.0 */
  readonly version?: string;
  readonly initialConfig?: PolicyPackConfig;
}

export type EnforcementLevel = "advisory" | "mandatory" | "remediate" | "disabled";

/** A program, a pack, and what to do. */
export interface Trial {
  /** a function that makes resources, or the folder of a project */
  readonly program: (() => unknown) | string;
  /** policies, the folder of a pack, or its executable */
  readonly pack: InlinePack | string;
  /** without it, a preview */
  readonly operation?: "preview" | "update";
  /** as in a file for `--policy-pack-config`: by policy, or `all`, a level, or an object with one and with the policy's own properties */
  readonly policyConfig?: Readonly<Record<string, EnforcementLevel | Readonly<Record<string, unknown>>>>;
  /** the configuration of the stack: `key` of the project, or `namespace:key`; before what the files of a project say */
  readonly config?: Readonly<Record<string, string>>;
  /** of a function: without it, project; of a folder it is what its Pulumi.yaml says */
  readonly project?: string;
  /** of a function: without it, dev; of a folder: without it, dev or the only one */
  readonly stack?: string;
  /** in an update, what a provider would say of a resource: its id, and outputs besides its inputs */
  readonly outputs?: (resource: ResourceInputs) => {
    readonly id?: string;
    readonly [output: string]: unknown;
  };
  /** results of provider functions, by token */
  readonly calls?: Readonly<Record<string, unknown>>;
  /** from where the SDKs of a function and of inline policies are found; without it, the current folder */
  readonly folder?: string;
}

export interface ResourceInputs {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** as policies see them: after the provider's Check and after remediation, secrets as what they hold, and `isUnknown` values */
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface TrialResource extends ResourceInputs {
  /** the policies that have remediated it */
  readonly remediatedBy: readonly string[];
}

export interface Violation {
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  /** what the CLI shows: the policy's description, then the message */
  readonly message: string;
  readonly urn: string;
}

export interface Outcome {
  /** whether the CLI would end with an error: for a mandatory violation, or because of a diagnostic */
  readonly failed: boolean;
  readonly violations: readonly Violation[];
  /** what the program has registered, in its order; in an update nothing after the resource that stops it */
  readonly resources: readonly TrialResource[];
  /** the names of the stack's outputs */
  readonly outputs: readonly string[];
  /** what ends an operation and is no violation: an exception of a policy */
  readonly diagnostics: readonly string[];
}
