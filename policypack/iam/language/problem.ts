/** What can be wrong with a document before any rule looks at it. Each code has its message in the rule `readable-document`. */
export type ProblemCode =
  | "not-json"
  | "duplicate-key"
  | "wrong-type"
  | "missing-element"
  | "unknown-element"
  | "exclusive-elements"
  | "invalid-value"
  | "invalid-action"
  | "invalid-resource"
  | "placeholder";

export interface Problem {
  readonly code: ProblemCode;
  /** JSON path: `Statement[1].Action[0]`; empty for the document itself */
  readonly path: string;
  readonly data: Readonly<Record<string, string | readonly string[]>>;
}
