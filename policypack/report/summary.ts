/** Counts, for every format alike. */
import type { Finding, ResourceSubject } from "../engine";

/** The summary of the JSON report. */
export interface Summary {
  /** documents judged */
  readonly subjects: number;
  readonly mandatory: number;
  readonly advisory: number;
  /** documents that could not be known */
  readonly unknown: number;
  /** findings that somebody has decided to bear with */
  readonly exempted: number;
  /** findings that stand in the baseline; absent where there is none */
  readonly baseline?: number;
}

/** A resource that a rule has changed before it was judged. */
export interface Remediated {
  readonly rule: string;
  readonly subject: Omit<ResourceSubject, "property">;
}

/** A place in a file; lines and columns begin at 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What one run has found. */
export interface Report {
  readonly findings: readonly Finding[];
  /** what was judged otherwise than the program has it; absent where nothing was */
  readonly remediated?: readonly Remediated[];
  readonly subjects: number;
  /** documents that could not be known, whether or not they led to a finding */
  readonly unknown: number;
  /** whether there is a baseline, of which some findings may be */
  readonly hasBaseline?: boolean;
  /** the files that were judged; absent where a program was */
  readonly files?: readonly string[];
  /** where findings stand, as far as that is known */
  readonly places?: ReadonlyMap<Finding, Place>;
}

export const summaryOf = ({ findings, subjects, unknown, hasBaseline = false }: Report): Summary => ({
  subjects,
  mandatory: findings.filter((finding) => finding.level === "mandatory").length,
  advisory: newFindings(findings).filter(
    (finding) => finding.level === "advisory" && finding.exemption === undefined,
  ).length,
  unknown,
  exempted: findings.filter((finding) => finding.exemption !== undefined).length,
  ...(hasBaseline ? { baseline: findings.filter((finding) => finding.baseline).length } : {}),
});

/** What people are shown: nobody reads what stands in the baseline again and again. */
export const newFindings = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter((finding) => !finding.baseline);

/** `3 documents judged, 1 mandatory, 0 advisory, 2 in the baseline` */
export function countsOf(report: Report): string {
  const { subjects, mandatory, advisory, unknown, exempted, baseline } = summaryOf(report);
  return [
    `${subjects} ${subjects === 1 ? "document" : "documents"} judged`,
    `${mandatory} mandatory`,
    `${advisory} advisory`,
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
    ...(exempted > 0 ? [`${exempted} exempted`] : []),
    ...(baseline === undefined ? [] : [`${baseline} in the baseline`]),
  ].join(", ");
}
