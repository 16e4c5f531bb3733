/** Ring 1: what AWS and AI workflows are made of. Data with its sources; other rings import it from here. */
export { type ApprovedStatement, approvedPolicy } from "./approved-policy";
export {
  type Action,
  authorizationData,
  expandAction,
  findAction,
  knowsService,
  type ResourceType,
  serviceOf,
  servicePrefixes,
} from "./authorization";
export { emittableActions } from "./capabilities";
export type { ConditionKey, ConditionKeyType, Presence } from "./condition-key";
export { ACCESS_LEVELS, mostDangerousFirst } from "./danger";
export { ESCALATION_PATHS, type EscalationPath, type Reach, typesOfStep } from "./escalation-paths";
export { findConditionKey, mayCarry } from "./find-condition-key";
export { globalConditionKeys } from "./global-condition-keys";
export { KNOWN } from "./known";
export {
  awsManagedPolicy,
  type AwsManagedPolicy,
  isAwsManaged,
  managedPolicyData,
  TABULATED_SERVICES,
} from "./managed-policies";
export { nearest, nearestAction } from "./nearest";
export { placeholderArn } from "./placeholder-arn";
export {
  mayNameTypeOnly,
  needsEverything,
  WILDCARD_REQUIRED,
  type WildcardRequired,
} from "./wildcard-required";
