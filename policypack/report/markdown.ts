/** A summary for a pull request, or for the page of a CI job: a table, and the statements to write behind it. */
import { exemptionWords, type Finding, placeOf } from "../engine";
import { isStatement, placeIn, saidFirst, wherein } from "./place";
import { countsOf, newFindings, type Report, summaryOf } from "./summary";

export function markdownReport(report: Report): string {
  const { mandatory } = summaryOf(report);
  const counts = countsOf(report);
  const findings = newFindings(report.findings);
  const said = saidFirst(findings);
  return [
    `### ${mandatory > 0 ? "✘ Blocked" : "✔ Passed"} by iam-guardrails`,
    "",
    `${counts}.`,
    "",
    ...(findings.length === 0
      ? []
      : [
          "| | rule | where | what |",
          "| --- | --- | --- | --- |",
          ...findings.map((each) => row(report, each)),
          "",
        ]),
    ...findings.flatMap((finding) => fixOf(finding, said)),
  ].join("\n");
}

function row(report: Report, finding: Finding): string {
  const { rule, level, message, exemption } = finding;
  const sign = exemption !== undefined ? "○ exempted" : level === "mandatory" ? "✘ mandatory" : "▲ advisory";
  const line = placeIn(report, finding)?.line;
  const where = `${wherein(finding)}${line === undefined ? "" : `, line ${line}`}`;
  const what = exemption === undefined ? message : `${message} (${exemptionWords(exemption)})`;
  return `| ${[sign, `\`${rule}\``, cell(where), cell(what)].join(" | ")} |`;
}

/** Text of a table's cell: backticks stay code, everything else is text. */
const cell = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\*_[\]<>#~]/g, "\\$&")))
    .join("")
    .replaceAll("|", "\\|")
    .replace(/\s*\n\s*/g, " ");

function fixOf(finding: Finding, said: ReadonlyMap<Finding, Finding>): readonly string[] {
  const { rule, fix, exemption } = finding;
  if (fix === "" || exemption !== undefined || said.has(finding)) return [];
  const others = [...said].filter(([, first]) => first === finding).map(([other]) => placeOf(other));
  const where = [wherein(finding), ...others].join(", ");
  const isJson = isStatement(fix);
  const written = isJson ? JSON.stringify(JSON.parse(fix), undefined, 2) : fix;
  return [
    `<details><summary>${html(`${rule}, ${where}: write instead`)}</summary>`,
    "",
    ...(isJson ? ["```json", written, "```"] : [cell(written)]),
    "",
    "</details>",
    "",
  ];
}

const html = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
