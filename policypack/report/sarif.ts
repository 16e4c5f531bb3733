/** SARIF 2.1.0, as code scanning takes it. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
import { exemptionWords, type Finding, type Rule, type Severity } from "../engine";
import { fileOf, placeIn, wherein } from "./place";
import type { Report } from "./summary";

/** What the report says of the tool. */
export interface Tool {
  readonly version: string;
  readonly rules: readonly Rule[];
}

/** "over 9.0 is critical, 7.0 to 8.9 is high, 4.0 to 6.9 is medium and 0.1 to 3.9 is low": GitHub sorts alerts by it. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
};
const LEVELS = { mandatory: "error", advisory: "warning" } as const;

export function sarifReport(report: Report, { version, rules }: Tool): string {
  const used = rules.filter(({ id }) => report.findings.some(({ rule }) => rule === id));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "iam-guardrails", version, rules: used.map(described) } },
        columnKind: "utf16CodeUnits",
        results: report.findings.map((finding) =>
          resultOf(
            report,
            finding,
            used.findIndex(({ id }) => id === finding.rule),
          ),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

const described = ({ id, title, summary, why, fix, level, severity, tags, references }: Rule): object => ({
  id,
  shortDescription: { text: title },
  fullDescription: { text: summary },
  help: { text: `${why} ${fix}` },
  ...(references[0] === undefined ? {} : { helpUri: references[0] }),
  defaultConfiguration: { level: LEVELS[level] },
  properties: { tags: [...tags, "security"], "security-severity": SECURITY_SEVERITY[severity] },
});

function resultOf(report: Report, finding: Finding, ruleIndex: number): object {
  const { rule, level, message, fix, subject, accessAnalyzer, exemption, fingerprint, baseline } = finding;
  const position = placeIn(report, finding);
  return {
    ruleId: rule,
    // A violation of another pack has no rule here.
    ...(ruleIndex < 0 ? {} : { ruleIndex }),
    level: LEVELS[level],
    message: { text: `${wherein(finding)}: ${message}${fix === "" ? "" : `\n\nfix: ${fix}`}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(fileOf(report, finding).replaceAll("\\", "/")) },
          region:
            position === undefined
              ? { startLine: 1 }
              : { startLine: position.line, startColumn: position.column },
        },
        ...("urn" in subject
          ? { logicalLocations: [{ name: subject.name, fullyQualifiedName: subject.urn, kind: "resource" }] }
          : {}),
      },
    ],
    ...(fingerprint === "" ? {} : { partialFingerprints: { "iamGuardrails/v1": fingerprint } }),
    ...(report.hasBaseline === true ? { baselineState: baseline ? "unchanged" : "new" } : {}),
    ...(exemption === undefined
      ? {}
      : { suppressions: [{ kind: "external", justification: exemptionWords(exemption) }] }),
    ...(accessAnalyzer === undefined ? {} : { properties: { accessAnalyzer } }),
  };
}
