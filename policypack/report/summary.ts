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
}

/** A resource that a rule has changed before it was judged. */
export interface Remediated {
  readonly rule: string;
  readonly subject: Omit<ResourceSubject, "property">;
}

/** What one run has found. */
export interface Report {
  readonly findings: readonly Finding[];
  /** what was judged otherwise than the program has it; absent where nothing was */
  readonly remediated?: readonly Remediated[];
  readonly subjects: number;
  /** documents that could not be known, whether or not they led to a finding */
  readonly unknown: number;
  /** the texts of the files that were judged, by name; absent where resources were */
  readonly sources?: ReadonlyMap<string, string>;
}

export const summaryOf = ({ findings, subjects, unknown }: Report): Summary => ({
  subjects,
  mandatory: findings.filter((finding) => finding.level === "mandatory").length,
  advisory: findings.filter((finding) => finding.level === "advisory" && finding.exemption === undefined)
    .length,
  unknown,
  exempted: findings.filter((finding) => finding.exemption !== undefined).length,
});
