/** `check`: bare policy documents. */
import {
  type ConfiguredRule,
  evaluate,
  type Finding,
  findingOf,
  type PolicyKind,
  type SubjectDocument,
  TYPE_OF,
} from "../engine";
import { parseDocument } from "../iam";
import type { Report } from "../report";
import { readableDocument } from "../rules";
import { configuredRules } from "./configuration";
import { nameOf, readText } from "./files";

/**
 * Judges policy documents.
 *
 * @param kind - what they are; undefined leaves it to the documents
 * @returns the report, and whether some input was no JSON at all
 */
export function check(
  files: readonly string[],
  kind: PolicyKind | undefined,
  policyConfig: string | undefined,
): { readonly report: Report; readonly unparsable: boolean } {
  const { rules } = configuredRules(policyConfig);
  const names = files.map((file) => ({ name: nameOf(file) }));
  const sources = new Map<string, string>();
  const documents = files.map((file): SubjectDocument => {
    // A byte order mark is no part of the document.
    const text = readText(file).replace(/^\uFEFF/, "");
    sources.set(nameOf(file), text);
    const reading = parseDocument(text, kind === undefined ? "any" : TYPE_OF[kind]);
    return { subject: { file: nameOf(file) }, kind: kind ?? reading.document.type, reading };
  });
  return {
    report: {
      findings: [
        ...evaluate(rules, documents, readableDocument),
        ...(policyConfig === undefined ? [] : idleExemptions(rules, names, nameOf(policyConfig))),
      ],
      subjects: documents.length,
      unknown: 0,
      sources,
    },
    unparsable: documents.some(({ reading }) =>
      reading.problems.some((problem) => problem.code === "not-json"),
    ),
  };
}

/** Exemptions that no finding of the files needs; rules about stacks are not asked about files. */
const idleExemptions = (
  rules: readonly ConfiguredRule[],
  files: readonly { readonly name: string }[],
  configuration: string,
): readonly Finding[] =>
  rules
    .filter(({ rule, level }) => rule.scope !== "stack" && level !== "disabled")
    .flatMap(({ rule, exemptions }) =>
      exemptions.idle(files, "these files").map(({ index, message }) => {
        const path = `${rule.id}.exemptions[${index}]`;
        const violation = { message: `the exemption ${message}`, path, data: {}, fix: "" };
        return findingOf(rule, violation, { file: configuration }, "advisory");
      }),
    );
