/** Documents as reports name them. */
import { visible } from "../engine";
import type { Reading, Statement } from "../iam";

/** What a document says, and what it is called. */
export interface NamedReading {
  readonly name: string;
  readonly reading: Reading;
}

/** A document and what it is called. */
export interface NamedDocument extends NamedReading {
  /** the JSON text, as it was given */
  readonly text: string;
}

/** `Statement[0] (Sid Read)` */
export const statementName = ({ path, sid }: Pick<Statement, "path" | "sid">): string =>
  visible(sid === undefined ? path : `${path} (Sid ${sid})`);

/** The document that a statement stands in. */
export const documentOf = (
  statement: Statement,
  documents: readonly NamedReading[],
): NamedReading | undefined =>
  documents.find(({ reading }) => reading.document.statements.includes(statement));

/** `a.json`, `a.json and b.json`, `4 documents` */
export function namesOf(documents: readonly NamedReading[]): string {
  const names = documents.map(({ name }) => visible(name));
  return names.length > 3 ? `${names.length} documents` : names.join(" and ");
}

/** Condition keys in the case in which documents write them, by name in lower case. */
export function keyNames(documents: readonly NamedReading[]): ReadonlyMap<string, string> {
  const statements = documents.flatMap(({ reading }) => reading.document.statements);
  return new Map(
    statements.flatMap(({ condition }) => condition.tests.map(({ key, name }) => [key, name] as const)),
  );
}
