/** Ring 0: the language of IAM policies. Pure and synchronous; other rings import it from here. */
export { isAboutAction, isAboutResource, isFullyDenied, unconditionalDenies } from "./access";
export {
  ANY_NAME,
  arbitraryIn,
  arbitraryOutside,
  type ArnTemplate,
  mayBeOfType,
  parseArnTemplate,
  partitionsOf,
} from "./arn";
export { type Containment, contains, type Counterexample, type Scope } from "./containment";
export type { Known, KnownAction } from "./counterexample";
export { type Document, parseDocument, type Reading } from "./document";
export { isUnknown, type Json, type JsonObject, readJson, UNKNOWN, type Unknown } from "./json";
export { literal, matches, parsePattern, type Pattern, printPattern } from "./pattern";
export type { Problem, ProblemCode } from "./problem";
export { covers, overlaps, witness } from "./region";
export type { Entry, Selection, Statement } from "./statement";
