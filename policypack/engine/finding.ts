/** A finding: a violation of a rule, at a place, at a level. */
import { createHash } from "node:crypto";
import {
  type EnforcementLevel,
  render,
  type Rule,
  type Severity,
  type Violation,
  type ViolationData,
} from "./rule";
import { type Exemption, exemptionWords } from "./exemptions";
import type { Subject } from "./subject";
import { visible } from "./visible";

export interface Finding {
  readonly rule: string;
  readonly level: EnforcementLevel;
  readonly severity: Severity;
  readonly subject: Subject;
  /** JSON path within the document; empty for the document itself */
  readonly path: string;
  readonly sid?: string;
  readonly message: string;
  readonly fix: string;
  readonly data: ViolationData;
  /** the code of the same check of AWS's own validation */
  readonly accessAnalyzer?: string;
  /** somebody has decided to bear with it */
  readonly exemption?: Exemption;
  /** it stands in the baseline of this run, and does not block */
  readonly baseline?: true;
  /** the same for the same mistake, wherever its statement stands in the document */
  readonly fingerprint: string;
}

/** Makes the finding of a violation. */
export function findingOf(
  rule: Rule,
  violation: Violation,
  subject: Subject,
  level: EnforcementLevel,
): Finding {
  const { message, path, sid, data, fix } = violation;
  const codes = rule.accessAnalyzer?.[message];
  const code = typeof codes === "string" ? codes : codes?.find((each) => each === violation.accessAnalyzer);
  return {
    rule: rule.id,
    level,
    severity: rule.severity,
    subject,
    path: visible(path),
    ...(sid === undefined ? {} : { sid: visible(sid) }),
    message: visible(render(rule.messages[message] ?? message, data)),
    fix: visible(fix),
    data,
    ...(code === undefined ? {} : { accessAnalyzer: code }),
    fingerprint: fingerprintOf([rule.id, message, subject, sid ?? "", data]),
  };
}

const fingerprintOf = (parts: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);

/** Where a finding stands, for a person: `policy.Statement[1].Resource (Sid Read)`. */
export function placeOf(finding: Pick<Finding, "subject" | "path" | "sid">): string {
  const root = "file" in finding.subject ? "" : finding.subject.property;
  const path = [root, finding.path].filter((part) => part !== "").join(".");
  const sid = finding.sid === undefined ? "" : ` (Sid ${finding.sid})`;
  const whole = "file" in finding.subject ? "document" : "resource";
  return `${path === "" ? whole : path}${sid}`;
}

/** The text of a finding where nothing else shows its place and fix: a violation in Pulumi's own output. */
export const textOf = (finding: Finding): string => {
  const what = `${placeOf(finding)}: ${finding.message}`;
  return finding.exemption === undefined
    ? `${what}\nfix: ${finding.fix}`
    : `${what}\n${visible(exemptionWords(finding.exemption))}`;
};
