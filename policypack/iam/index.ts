/** Ring 0: the language of IAM policies. Pure and synchronous; other rings import it from here. */
export { isAboutAction, isAboutResource, isFullyDenied, unconditionalDenies } from "./access";
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
} from "./arn";
export { type Binding, fixes, isBound, neededValues, testsToPass } from "./binding";
export { type Access, areEquivalent, compare, type Comparison, doesNotGrant } from "./checks";
export { type Containment, contains, type Counterexample, type Scope } from "./containment";
export type { Known, KnownAction } from "./counterexample";
export { type Addition, type Additions, additions } from "./changes";
export { asksForAbsence, type Condition, passesWithout, type Test } from "./condition";
export { contradictionsOf } from "./contradiction";
export { type Denied, deniedOf } from "./denied";
export { type Document, parseDocument, type Reading } from "./document";
export { type Grantor, type Grantors, type JointGrant, jointGrants, type Question } from "./granted";
export { isUnknown, type Json, type JsonObject, readJson, UNKNOWN, type Unknown } from "./json";
export { type NearMiss, nearMiss, type Obstacle } from "./near-miss";
export { narrowerThan, narrowerWithin } from "./narrower";
export {
  literal,
  loosened,
  matches,
  parsePattern,
  type Pattern,
  printPattern,
  hasVariable,
  type Token,
  EVERYTHING,
  isEverything,
} from "./pattern";
export { type Exception, type Grant, type NormalForm, normalised, normalForm } from "./normal-form";
export { arbitraryIn, arbitraryOutside, arbitraryResources, opensType } from "./opening";
export { type Extent, itemsAt, type Position, positionInside, positionOf } from "./position";
export { canonical, minified } from "./print";
export type { Problem, ProblemCode } from "./problem";
export { isOpen, isPublic, type Publicity, tellsStrangers } from "./public";
export type { Idle, Reason, Taken } from "./reduction";
export { spelled } from "./operator";
export { isExact, overlaps, witness } from "./overlap";
export { type Budget, budget, covers } from "./region";
export { type Entry, type PolicyType, type Selection, type Statement, type Grammar } from "./statement";
export { isSelectionWithin } from "./within";
export { sizeOf } from "./size";
export { rangeOf } from "./value-set";
