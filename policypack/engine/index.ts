/** Ring 2: what a rule is, and how documents are judged by rules. */
export type { Labels } from "./applies-to";
export { areStatementsKnown, everything, forCertain, widest } from "./certain";
export { type Control, CONTROLS } from "./control";
export { configuredRule, optionsOf, readConfiguration, readOptions } from "./configuration";
export { type ConfiguredRule, evaluate, judge, nothingSaid, type ReadingRule, type Said } from "./evaluate";
export { evaluateStack, judgeStack, nothingSaidOfStack, type StackSaid } from "./evaluate-stack";
export { boundaryFor, leftToPeople, type Left, type Remedied, remedied } from "./remedy";
export { type AccessChange, accessChanges, type StackSide } from "./stack-access";
export type {
  AttachedPolicy,
  Attachment,
  Elsewhere,
  Identity,
  IdentityKind,
  LooseAttachment,
  ManagedPolicy,
  Membership,
  Stack,
  StackDocument,
  StackResource,
} from "./stack";
export { type Exemption, exemptionWords } from "./exemptions";
export { type Finding, findingOf, placeOf, textOf } from "./finding";
export {
  account,
  count,
  type OnUnknown,
  oneOf,
  type Options,
  type OptionValues,
  policy,
  strings,
} from "./options";
export {
  defineRule,
  defineStackRule,
  type DocumentRule,
  type EnforcementLevel,
  type ExampleResource,
  type Judged,
  type LeftToPeople,
  type Remediation,
  type Remedy,
  render,
  type Rule,
  type Severity,
  type StackRule,
  type StackViolation,
  type Violation,
  type ViolationData,
} from "./rule";
export { visible } from "./visible";
export {
  EVERY_KIND,
  GRANTING,
  type PolicyKind,
  type ResourceSubject,
  type Subject,
  type SubjectDocument,
  TYPE_OF,
} from "./subject";
