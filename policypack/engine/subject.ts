/** What is judged, and where it comes from. */
import type { Reading } from "../iam";

/** Where a document stands: a file, or a property of a Pulumi resource. */
export type Subject =
  | { readonly file: string }
  | { readonly urn: string; readonly type: string; readonly name: string; readonly property: string };

/** A policy document and where it stands. */
export interface SubjectDocument {
  readonly subject: Subject;
  readonly reading: Reading;
}
