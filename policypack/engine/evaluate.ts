/** Judges a document by rules: findings, in the order of the rules. Nothing is thrown. */
import { remembered } from "../iam";
import { type AppliesTo, appliesTo } from "./applies-to";
import type { Exemptions } from "./exemptions";
import { type Finding, findingOf } from "./finding";
import type { OnUnknown } from "./options";
import type { DocumentRule, EnforcementLevel, Judged, Rule, Violation } from "./rule";
import type { SubjectDocument } from "./subject";

/** A rule as it is configured. */
export interface ConfiguredRule {
  readonly rule: Rule;
  readonly level: EnforcementLevel | "disabled";
  readonly options: Readonly<Record<string, unknown>>;
  readonly appliesTo: AppliesTo;
  /** with which of them this run has needed */
  readonly exemptions: Exemptions;
}

/** What has been said of one document so far: what every rule would have to say is said once. */
export interface Said {
  problems: boolean;
  unknown: "nothing" | "reported" | "failed";
}
export const nothingSaid = (): Said => ({ problems: false, unknown: "nothing" });

/** The rule about reading: it is asked when a document cannot be read or is not known, whichever rule comes upon it first. */
export interface ReadingRule {
  readonly rule: DocumentRule;
  /** what it says of a value that is not known yet, given its JSON path */
  readonly unknown: (path: string) => Violation;
}

/**
 * Judges one document by one rule.
 *
 * Reading problems and unknown values concern every rule alike, so they are findings of whichever enabled rule comes
 * first: a document that cannot be read does not pass because one rule is switched off.
 *
 * @param said - what earlier rules have said of the same document; brought up to date
 */
export function judge(
  { rule, level, options, appliesTo: where, exemptions }: ConfiguredRule,
  document: SubjectDocument,
  readingRule: ReadingRule,
  said: Said,
): readonly Finding[] {
  const { subject, kind, reading, labels, fix } = document;
  if (level === "disabled" || rule.scope === "stack" || !rule.kinds.includes(kind)) return [];
  if (!appliesTo(where, subject, labels === undefined ? [] : [labels])) return [];
  const judged = judgedOf(document);
  const findings: Finding[] = [];
  if (!said.problems) {
    said.problems = true;
    for (const violation of safely(() => readingRule.rule.check(judged, options)))
      findings.push(asIs(rule, findingOf(readingRule.rule, violation, subject, level)));
  }
  const [unknown] = reading.unknown;
  if (unknown !== undefined) exemptions.noteUnknown();
  const onUnknown = options["onUnknown"] as OnUnknown;
  const unsaid = onUnknown === "fail" ? said.unknown !== "failed" : said.unknown === "nothing";
  if (unknown !== undefined && onUnknown !== "skip" && unsaid) {
    said.unknown = onUnknown === "fail" ? "failed" : "reported";
    const at = onUnknown === "fail" ? level : "advisory";
    findings.push(asIs(rule, findingOf(readingRule.rule, readingRule.unknown(unknown), subject, at)));
  }
  if (rule !== readingRule.rule)
    for (const violation of safely(() => rule.check(judged, options)))
      findings.push(findingOf(rule, violation, subject, level));
  return findings.map((finding) =>
    exemptions.applied(fix === undefined || finding.fix === "" ? finding : { ...finding, fix }),
  );
}

/** The same object for all rules, so that what one has found out of a document the next one knows. */
const judgedOf = remembered(({ subject, kind, reading }: SubjectDocument): Judged => ({
  ...reading,
  kind,
  subject,
}));

/** A finding in the words of the reading rule, under the name of the rule that is running. */
const asIs = (rule: Rule, finding: Finding): Finding => ({ ...finding, rule: rule.id });

/** What a rule has to say; a rule that throws has a bug, and says so instead of ending the whole operation. */
export function safely(check: () => Iterable<Violation>): readonly Violation[] {
  try {
    return [...check()];
  } catch (error) {
    return [
      {
        message: `rule error: this rule failed on this document (${reasonOf(error)}); it is a bug of the rule, and the document is not judged by it`,
        path: "",
        data: {},
        fix: "report the bug, with the document that shows it; disable the rule until it is mended",
      },
    ];
  }
}

/** The first line of what was thrown. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);

/** Judges documents by all rules. */
export function evaluate(
  rules: readonly ConfiguredRule[],
  documents: readonly SubjectDocument[],
  readingRule: ReadingRule,
): readonly Finding[] {
  return documents.flatMap((document) => {
    const said = nothingSaid();
    return rules.flatMap((rule) => judge(rule, document, readingRule, said));
  });
}
