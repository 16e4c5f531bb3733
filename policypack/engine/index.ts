/** Ring 2: what a rule is, and how documents are judged by rules. */
export { optionsOf, readConfiguration, readOptions } from "./configuration";
export { type ConfiguredRule, evaluate, judge, nothingSaid, type ReadingRule, type Said } from "./evaluate";
export { type Finding, findingOf, placeOf, textOf } from "./finding";
export { type OnUnknown, oneOf, type Options, type OptionValues, policy, strings } from "./options";
export {
  defineRule,
  type EnforcementLevel,
  type Judged,
  render,
  type Rule,
  type Severity,
  type Violation,
  type ViolationData,
} from "./rule";
export { visible } from "./visible";
export {
  EVERY_KIND,
  GRANTING,
  type PolicyKind,
  type Subject,
  type SubjectDocument,
  TYPE_OF,
} from "./subject";
