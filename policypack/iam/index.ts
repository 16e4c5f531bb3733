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
export { type Document, parseDocument, type Reading } from "./document";
export { isUnknown, type Json, type JsonObject, readJson, UNKNOWN, type Unknown } from "./json";
export { covers, matches, overlaps, parsePattern, type Pattern, witness } from "./pattern";
export type { Problem, ProblemCode } from "./problem";
export type { Entry, Selection, Statement } from "./statement";
