import { type capabilities, type ParameterName, type Side } from "../policypack/catalogue/capabilities";

/** The AWS partitions a workflow can run in. */
export const PARTITIONS = ["aws", "aws-cn", "aws-us-gov"] as const;
export type Partition = (typeof PARTITIONS)[number];

/** What may be done with a bucket. `read` includes `list`: without it a missing key is answered 403, not 404. */
export const ACCESS = ["list", "read", "readVersions", "write", "delete", "location"] as const;
export type Access = (typeof ACCESS)[number];

/** The Rekognition calls on one image, each chosen by itself. */
export const DETECT_ACTIONS = [
  "DetectFaces",
  "DetectLabels",
  "DetectModerationLabels",
  "DetectProtectiveEquipment",
  "DetectText",
] as const;
export type DetectAction = (typeof DETECT_ACTIONS)[number];

/** The services that can assume the execution role. */
export const TRUSTED_SERVICES = ["bedrock", "rekognition", "sagemaker"] as const;
export type TrustedService = (typeof TRUSTED_SERVICES)[number];

/** The services that can assume the caller role. */
export const CALLING_SERVICES = ["lambda", "sagemaker", "states"] as const;
export type CallingService = (typeof CALLING_SERVICES)[number];

/** The two roles of a workflow: what services work with, and who starts, deploys and hands over that role. */
export const SIDES = ["execution", "caller"] as const satisfies readonly Side[];
export type { Side };

/** Access to the objects of one bucket whose keys start with `prefix`. */
export interface BucketGrant {
  /** The bucket's name, not its ARN. */
  readonly name: string;
  /** The start of the keys, literally: `images/` is a folder, `images` also covers `images-old/`, "" the bucket. */
  readonly prefix: string;
  readonly access: readonly Access[];
  /** The account that the bucket belongs to; the workflow's own where it is left out. */
  readonly owner?: string;
  /** The ARN of the KMS key that the objects are encrypted with; reading and writing then include using it. */
  readonly key?: string;
  /** Whose access it is; the execution role's where it is left out. */
  readonly side?: Side;
}

type Given = string | readonly string[];
type CapabilityOf = (typeof capabilities)[number];
type OptionalOf<C> = C extends { readonly optional: readonly (infer Name extends ParameterName)[] }
  ? Name
  : never;
type UseOf<C> = C extends CapabilityOf
  ? { readonly capability: C["id"]; readonly side?: Side } & Readonly<
      Record<C["parameters"][number], Given>
    > &
      Readonly<Partial<Record<OptionalOf<C>, Given>>>
  : never;

/**
 * One capability of the catalogue with its parameters: `{ capability: "sagemaker.train", jobs: "churn-" }`. Each parameter
 * takes one value or a list. `side` says whose it is, where that is not the capability's own.
 */
export type Use = UseOf<CapabilityOf>;

/** Existing identities that get policies too, by name: no path, no ARN. */
export interface AttachmentTargets {
  readonly roles: readonly string[];
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** A statement as it goes into the document, in IAM's own JSON form. */
export type RawStatement = Readonly<Record<string, unknown>>;

/** Who starts the workflow. */
export interface Caller {
  /** Services that assume the caller role. */
  readonly trustedServices: readonly CallingService[];
  /** Names, with their path, of roles of the account that assume it. */
  readonly trustedRoles: readonly string[];
  /** Existing identities that get the caller's policies. */
  readonly attachTo: AttachmentTargets;
  /** Statements added to those written for the caller. */
  readonly statements: readonly RawStatement[];
}

/** An AI workflow: where it runs, what it uses and who else may do the same. All values are plain, none an Output. */
export interface Description {
  readonly partition: Partition;
  /** Such as `eu-central-1`; a region of `partition`. */
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
  readonly buckets: readonly BucketGrant[];
  /** Names of SageMaker endpoints to invoke, in lower case. */
  readonly endpoints: readonly string[];
  readonly rekognition: {
    readonly detect: readonly DetectAction[];
    /** Ids of face collections to search. */
    readonly collections: readonly string[];
  };
  /** Everything else of the catalogue. */
  readonly uses: readonly Use[];
  /** Existing identities that get the execution role's policies. */
  readonly attachTo: AttachmentTargets;
  /** Who assumes the execution role besides those that the capabilities say; SageMaker where they say none. */
  readonly trustedService?: TrustedService;
  /** Statements added as they are to the execution role's, after those written from the rest. */
  readonly statements: readonly RawStatement[];
  readonly caller: Caller;
  /** A permissions boundary for each role: made of all that its policies allow, none, or an existing policy by its ARN. */
  readonly boundary: string;
  /** The path of what is created, such as `/ai-workflows/`. */
  readonly path: string;
  /** Tags of what is created, besides `Project`, `Stack` and `Workflow`. */
  readonly tags: Readonly<Record<string, string>>;
  /** How long a session of the roles may last, in seconds; IAM's own hour where it is left out. */
  readonly sessionDuration?: number;
  /** The names of the roles; made of project, stack and component where they are left out. */
  readonly names: { readonly executionRole?: string; readonly callerRole?: string };
}

const NOBODY: AttachmentTargets = { roles: [], users: [], groups: [] };

/** `boundary`: made of all that the role's policies allow. */
export const GENERATED = "generated";
/** `boundary`: none. */
export const NONE = "none";

/** What a description has where nothing is said. */
export const DEFAULTS: Omit<Description, "partition" | "region" | "account"> = {
  buckets: [],
  endpoints: [],
  rekognition: { detect: [], collections: [] },
  uses: [],
  attachTo: NOBODY,
  statements: [],
  caller: { trustedServices: [], trustedRoles: [], attachTo: NOBODY, statements: [] },
  boundary: GENERATED,
  path: "/",
  tags: {},
  names: {},
};
