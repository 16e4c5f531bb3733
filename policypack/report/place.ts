/** Where a finding stands, for formats that point into files. */
import { type Finding, placeOf } from "../engine";
import type { Place, Report } from "./summary";

/** The file that a finding is shown in: for a resource of which no line of a program is known, the project. */
export const fileOf = (report: Report, finding: Finding): string =>
  shownName(
    report.places?.get(finding)?.file ?? ("file" in finding.subject ? finding.subject.file : PROJECT),
  );

const shownName = (file: string): string => (file === STANDARD_INPUT ? "stdin" : file);
const STANDARD_INPUT = "standard input";
const PROJECT = "Pulumi.yaml";

/** The place in its file; undefined where it is not known. */
export const placeIn = ({ places }: Report, finding: Finding): Place | undefined => places?.get(finding);

/** The subject in words: a file, or a resource. */
export const subjectOf = ({ subject }: Finding): string =>
  "file" in subject ? subject.file : `${subject.type} ${subject.name}`;

/** `policy.json: Statement[1].Resource (Sid Read)` */
export const wherein = (finding: Finding): string => `${subjectOf(finding)}: ${placeOf(finding)}`;

/**
 * The first finding of a rule about a subject, for those behind it that say to write the same statement: it is written once.
 * Fixes in words are short, and stand at each.
 */
export function saidFirst(findings: readonly Finding[]): ReadonlyMap<Finding, Finding> {
  const firsts = new Map<string, Finding>();
  const said = new Map<Finding, Finding>();
  for (const finding of findings) {
    if (finding.exemption !== undefined || !isStatement(finding.fix)) continue;
    const key = JSON.stringify([finding.rule, finding.subject, finding.fix]);
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, finding);
    else said.set(finding, first);
  }
  return said;
}

/** Whether a fix is JSON, and not a sentence. */
export const isStatement = (fix: string): boolean => /^[[{]/.test(fix);
