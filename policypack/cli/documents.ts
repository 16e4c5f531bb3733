/** Policy documents given on the command line, for what needs them whole: one that cannot be read ends the command. */
import { approvedPolicy, readPolicy } from "../catalogue";
import { findingOf, placeOf } from "../engine";
import { type Json, parseDocument } from "../iam";
import type { NamedDocument } from "../report";
import { readableDocument } from "../rules";
import { type AnyType, UsageError } from "./arguments";
import { nameOf, readText } from "./files";

/** The word that stands for the approved list as a policy; a file of that name is `./catalogue`. */
export const CATALOGUE = "catalogue";

/**
 * Reads documents.
 *
 * @param read - reads a file, which may have been read before
 * @throws {@link UsageError} with one line for each problem, file and JSON path first
 */
export function readDocuments(
  files: readonly string[],
  type: AnyType,
  read: (file: string) => string = readText,
): readonly NamedDocument[] {
  const documents = files.map((file): NamedDocument => {
    if (file === CATALOGUE) {
      const reading = parseDocument(approvedPolicy as unknown as Json, "identity");
      return { name: CATALOGUE, text: JSON.stringify(approvedPolicy, undefined, 2), reading };
    }
    // A byte order mark is no part of the document.
    const text = read(file).replace(/^\uFEFF/, "");
    return { name: nameOf(file), text, reading: readPolicy(text, type) };
  });
  const problems = documents.flatMap(problemsOf);
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return documents;
}

/** `policy.json: Statement[0].Action: expected a string or a list of strings, found a number` */
function problemsOf({ name, reading }: NamedDocument): readonly string[] {
  const { rule } = readableDocument;
  return [...rule.check({ ...reading, kind: reading.document.type, subject: { file: name } }, {})].map(
    (violation) => {
      const finding = findingOf(rule, violation, { file: name }, rule.level);
      return `${name}: ${placeOf(finding)}: ${finding.message}`;
    },
  );
}
