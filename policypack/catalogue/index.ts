/** Ring 1: what AWS and AI workflows are made of. Data with its sources; other rings import it from here. */
export { mayApply } from "./applicable";
export { AI_SERVICE_PRINCIPALS, type ServicePrincipal } from "./ai-service-principals";
export { arnServices, fieldsOf, fieldsOfService, type FieldUse, isArnService } from "./arn-services";
export { type ApprovedStatement, approvedPolicy } from "./approved-policy";
export {
  type Action,
  authorizationData,
  expandAction,
  findAction,
  knowsService,
  type ResourceType,
  serviceOf,
  servicesOf,
  servicePrefixes,
} from "./authorization";
export { isChosenByCaller, mayBeChosen } from "./caller-chosen-keys";
export { approvedByDefault, emittableActions } from "./capabilities";
export type { ConditionKey, ConditionKeyType, Presence } from "./condition-key";
export { type DeprecatedKey, deprecatedKey } from "./deprecated-keys";
export { CREDENTIAL_ACTIONS, type CredentialAction } from "./credential-actions";
export { ACCESS_LEVELS, mostDangerousFirst } from "./danger";
export { ESCALATION_PATHS, type EscalationPath, type Reach, typesOfStep } from "./escalation-paths";
export { findConditionKey, mayCarry } from "./find-condition-key";
export { globalConditionKeys } from "./global-condition-keys";
export { KNOWN, mayBeAbout } from "./known";
export { readPolicy } from "./implied-resource";
export { inLowerCase, type LowerCaseName } from "./lower-case-names";
export { type IdentityProvider, SHARED_PROVIDERS, sharedProvider } from "./identity-providers";
export {
  awsManagedPolicy,
  type AwsManagedPolicy,
  isAwsManaged,
  managedPolicyData,
  TABULATED_SERVICES,
} from "./managed-policies";
export { nearest } from "./nearest";
export { nearestAction } from "./nearest-action";
export { bindingOf, isServicePrincipal, type ServiceBinding, type SourceBinding } from "./service-principals";
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
export { type Absence, absenceOf } from "./tag-keys";
export { type ValueForm, valueFormOf } from "./value-forms";
export {
  creationKeyOf,
  mayNameTypeOnly,
  needsEverything,
  WILDCARD_REQUIRED,
  type WildcardRequired,
} from "./wildcard-required";
export { type Standing, standingOf } from "./unlisted-actions";
export { isSeldomNamed } from "./seldom-named-types";
