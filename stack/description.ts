/** The AWS partitions a workflow can run in. */
export const PARTITIONS = ["aws", "aws-cn", "aws-us-gov"] as const;
export type Partition = (typeof PARTITIONS)[number];

/** What may be done with a bucket. `read` includes `list`: without it a missing key is answered 403, not 404. */
export const ACCESS = ["list", "read", "write"] as const;
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

/** Access to the objects of one bucket whose keys start with `prefix`. */
export interface BucketGrant {
  /** The bucket's name, not its ARN. The bucket belongs to the workflow's account. */
  readonly name: string;
  /** The start of the keys, literally: `images/` is a folder, `images` also covers `images-old/`, "" the bucket. */
  readonly prefix: string;
  readonly access: readonly Access[];
}

/** Existing identities that get the workflow's policy too, by name: no path, no ARN. */
export interface AttachmentTargets {
  readonly roles: readonly string[];
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** A statement as it goes into the document, in IAM's own JSON form. */
export type RawStatement = Readonly<Record<string, unknown>>;

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
  readonly attachTo: AttachmentTargets;
  readonly trustedService: TrustedService;
  /** Statements added as they are, after those written from the rest. */
  readonly statements: readonly RawStatement[];
}
