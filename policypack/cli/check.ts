/** `check`: bare policy documents. */
import { evaluate, type SubjectDocument } from "../engine";
import { parseDocument } from "../iam";
import type { Report } from "../report";
import { readableDocument } from "../rules";
import { configuredRules } from "./configuration";
import { nameOf, readText } from "./files";

/**
 * Judges policy documents.
 *
 * @returns the report, and whether some input was no JSON at all
 */
export function check(
  files: readonly string[],
  policyConfig: string | undefined,
): { readonly report: Report; readonly unparsable: boolean } {
  const { rules } = configuredRules(policyConfig);
  const documents = files.map((file): SubjectDocument => {
    // A byte order mark is no part of the document.
    const text = readText(file).replace(/^\uFEFF/, "");
    return { subject: { file: nameOf(file) }, reading: parseDocument(text) };
  });
  return {
    report: {
      findings: evaluate(rules, documents, readableDocument),
      subjects: documents.length,
      unknown: 0,
    },
    unparsable: documents.some(({ reading }) =>
      reading.problems.some((problem) => problem.code === "not-json"),
    ),
  };
}
