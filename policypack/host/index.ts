/** Ring 3: the engine in miniature. */
export { HostFailure } from "./failure";
export type { PackDescription, PolicyConfiguration, PolicyDescription, PolicyMetadata } from "./description";
export {
  type Client,
  type Diagnostic,
  type Operation,
  Pack,
  type Remediated,
  type StackIdentity,
} from "./pack";
export { PackProcess } from "./pack-process";
export {
  type ConfiguredPolicies,
  Deployment,
  type Made,
  type Registered,
  type ResourceVerdict,
} from "./deployment";
export { identityOf, NOT_YET, preview, type PreviewOrder, type PreviewResult } from "./preview";
export { runProgram } from "./program";
export { runUnderMocks } from "./program-run";
export { type Project, readProject } from "./project";
export { checked } from "./provider-check";
export { type LoggedEvent, readEvents, readPreview, readState, type RecordingKind } from "./read-recording";
export { DamagedRecording, type RecordedResource, type Recording } from "./recorded";
export {
  isUnknownOnWire,
  plainValue,
  type Registration,
  secret,
  UNKNOWN_STRING,
  type WireObject,
  type WireValue,
} from "./registration";
