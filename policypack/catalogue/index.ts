/** Ring 1: what AWS and AI workflows are made of. Data with its sources; other rings import it from here. */
export { AI_SERVICE_PRINCIPALS, type ServicePrincipal } from "./ai-service-principals";
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
export { CREDENTIAL_ACTIONS, type CredentialAction } from "./credential-actions";
export { ACCESS_LEVELS, mostDangerousFirst } from "./danger";
export { findConditionKey, mayCarry } from "./find-condition-key";
export { globalConditionKeys } from "./global-condition-keys";
export { KNOWN } from "./known";
export { nearest, nearestAction } from "./nearest";
export {
  API_KEYS,
  DATA_PERIMETER,
  GUARDRAIL,
  MODEL_APPROVAL,
  MODELS_WITHOUT_GUARDRAIL,
  SAGEMAKER_SAFEGUARDS,
  type Safeguard,
} from "./safeguards";
export { placeholderArn } from "./placeholder-arn";
export {
  mayNameTypeOnly,
  needsEverything,
  WILDCARD_REQUIRED,
  type WildcardRequired,
} from "./wildcard-required";
