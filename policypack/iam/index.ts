/** Ring 0: the language of IAM policies. Pure and synchronous; other rings import it from here. */
export {
  isAboutAction,
  isAboutEverything,
  isAboutResource,
  isFullyDenied,
  unconditionalDenies,
} from "./grant/access";
export {
  ANY_NAME,
  type ArnTemplate,
  isOfOtherService,
  isPlainlyOfType,
  mayBeOfType,
  parseArnTemplate,
  PARTITIONS,
  partitionsOf,
  spelledService,
  withoutColons,
} from "./pattern/arn";
export { type Binding, fixes, isBound, neededValues, pins, testsToPass } from "./containment/binding";
export { type Access, areEquivalent, compare, type Comparison, doesNotGrant } from "./containment/checks";
export { type Containment, contains, type Counterexample, type Scope } from "./containment/containment";
export type { Known, KnownAction } from "./containment/counterexample";
export { type Addition, type Additions, additions } from "./containment/changes";
export { asksForAbsence, type Condition, passesWithout, type Test } from "./language/condition";
export { contradictionsOf } from "./grant/contradiction";
export { type Denied, deniedOf } from "./grant/denied";
export { type Document, parseDocument, type Reading } from "./language/document";
export { type Grantor, type Grantors, type JointGrant, jointGrants, type Question } from "./grant/granted";
export { isUnknown, type Json, type JsonObject, readJson, UNKNOWN, type Unknown } from "./language/json";
export { type NearMiss, nearMiss, type Obstacle } from "./evaluation/near-miss";
export { narrowerThan, narrowerWithin } from "./containment/narrower";
export {
  EVERYTHING,
  hasVariable,
  isEverything,
  literal,
  loosened,
  matches,
  parsePattern,
  type Pattern,
  printPattern,
  type Token,
  variablesIn,
  withOpenVariables,
} from "./pattern/pattern";
export {
  type Exception,
  type Grant,
  type NormalForm,
  normalised,
  normalForm,
} from "./implication/normal-form";
export { arbitraryIn, arbitraryOutside, arbitraryResources, opensType } from "./pattern/opening";
export { type Extent, itemsAt, type Position, positionInside, positionOf } from "./language/position";
export { canonical, minified } from "./language/print";
export type { Problem, ProblemCode } from "./language/problem";
export { isOpen, isPublic, type Publicity, tellsStrangers } from "./containment/public";
export type { Idle, Reason, Taken } from "./implication/reduction";
export { spelled } from "./language/operator";
export { isExact, overlaps, witness } from "./pattern/overlap";
export { type Budget, budget, covers } from "./pattern/region";
export {
  type Entry,
  type PolicyType,
  type Selection,
  type Statement,
  type Grammar,
} from "./language/statement";
export { isSelectionWithin } from "./implication/within";
export { sizeOf } from "./language/size";
export { rangeOf } from "./language/value-set";
export { forgetAll, remembered, rememberedOfBoth, rememberedOfText } from "./pattern/remembered";
