/**
 * The capabilities of AI workflows, in the order in which their statements are written.
 *
 * Plain data: a stack fills the placeholders, a policy pack reads the same list to know what is approved.
 */
import { BEDROCK } from "./bedrock";
import type { Capability } from "./capability";
import { LANGUAGE } from "./language";
import { PLATFORM } from "./platform";
import { REKOGNITION } from "./rekognition";
import { S3 } from "./s3";
import { SAGEMAKER } from "./sagemaker";
import { SAGEMAKER_JOBS } from "./sagemaker-jobs";

export type { Capability, ConditionTemplate, Implied, Side, StatementTemplate } from "./capability";
export { type Parameter, type ParameterName, PARAMETERS, PLACE, type PlaceName } from "./parameters";
export { existsIn } from "./partitions";
export { TRUST_SOURCES, type TrustFeature, type TrustSource } from "./trust";

export const capabilities = [
  ...S3,
  ...PLATFORM,
  ...SAGEMAKER_JOBS,
  ...SAGEMAKER,
  ...REKOGNITION,
  ...BEDROCK,
  ...LANGUAGE,
] as const satisfies readonly Capability[];

/** The id of a capability in the catalogue. */
export type CapabilityId = (typeof capabilities)[number]["id"];

const actionsOf = (some: readonly Capability[]): readonly string[] =>
  [
    ...new Set(
      some.flatMap(({ statements }) =>
        statements.flatMap(({ Effect, Action }) => (Effect === "Deny" ? [] : Action)),
      ),
    ),
  ].sort();

const all: readonly Capability[] = capabilities;

/** The capabilities that are approved by themselves; what destroys or decides is not. */
export const approvedCapabilities: readonly Capability[] = all.filter(
  ({ needsReview }) => needsReview === undefined,
);

/** Every action that some capability can grant: sorted, each once. */
export const emittableActions: readonly string[] = actionsOf(all);

/** Every action that an approved capability can grant: the default approved list of a policy pack. */
export const approvedByDefault: readonly string[] = actionsOf(approvedCapabilities);
