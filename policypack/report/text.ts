/** The report for people: what, where, why, and what to write instead. */
import { exemptionWords, type Finding, placeOf, visible } from "../engine";
import { isStatement, saidFirst, wherein } from "./place";
import { paint, type Style, wrap } from "./style";
import { countsOf, newFindings, type Report, summaryOf } from "./summary";

const INDENT = "    ";

/** All findings, and the verdict. */
export function textReport(report: Report, style: Style): string {
  const { mandatory } = summaryOf(report);
  const blocked = mandatory > 0;
  const counts = countsOf(report);
  const verdict = blocked ? paint("✘ blocked", "red", style) : paint("✔ passed", "green", style);
  const findings = newFindings(report.findings);
  const said = saidFirst(findings);
  return [
    ...findings.map((finding) => textFinding(finding, said.get(finding), style)),
    `${verdict}: ${counts}\n`,
  ].join("\n");
}

const SIGNS = {
  mandatory: ["✘", "red"],
  advisory: ["▲", "yellow"],
  exempted: ["○", "dim"],
} as const;

/**
 * @param first - the finding before it that says to write the same statement
 */
function textFinding(finding: Finding, first: Finding | undefined, style: Style): string {
  const { exemption } = finding;
  const [sign, ink] = exemption !== undefined ? SIGNS.exempted : SIGNS[finding.level];
  const mark = paint(`${sign} ${exemption === undefined ? finding.level : "exempted"}`, ink, style);
  const head = `${mark}  ${paint(finding.rule, "bold", style)}`;
  const where = paint(wrap(visible(wherein(finding)), INDENT, style), "dim", style);
  // Other packs' violations may have several lines, and have no fix of their own.
  const message = finding.message.split("\n").map((line) => wrap(visible(line), INDENT, style));
  const fix =
    exemption !== undefined
      ? [wrap(visible(exemptionWords(exemption)), INDENT, style)]
      : finding.fix === ""
        ? []
        : [fixLines(first === undefined ? finding.fix : `as for ${placeOf(first)}`, style)];
  return `${[head, where, ...message, ...fix].join("\n")}\n`;
}

/** A fix in words, or the statements to write as indented JSON. */
function fixLines(fix: string, style: Style): string {
  const statements = statementsOf(fix);
  if (statements === undefined) return wrap(visible(`fix: ${fix}`), INDENT, style);
  const json = statements.map((statement) => indentedJson(statement)).join(",\n");
  const lead = statements.length === 1 ? "write instead:" : `write ${statements.length} statements instead:`;
  return [lead, ...json.split("\n").map((line) => `  ${line}`)]
    .map((line) => INDENT + visible(line))
    .join("\n");
}

function statementsOf(fix: string): readonly object[] | undefined {
  if (!isStatement(fix)) return undefined;
  const parsed = JSON.parse(fix) as object | readonly object[];
  return Array.isArray(parsed) ? (parsed as readonly object[]) : [parsed];
}

/** One line an element; lists of one line each stay readable at any width. */
const indentedJson = (statement: object): string => JSON.stringify(statement, undefined, 2);
