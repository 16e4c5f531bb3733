/**
 * Annotations of a GitHub Actions job.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
import { exemptionWords, type Finding } from "../engine";
import { fileOf, placeIn, wherein } from "./place";
import { countsOf, newFindings, type Report, summaryOf } from "./summary";

/** One annotation for each finding, and the verdict as a line of the log. */
export function githubReport(report: Report): string {
  const verdict = `${summaryOf(report).mandatory > 0 ? "blocked" : "passed"}: ${countsOf(report)}`;
  return [...newFindings(report.findings).map((finding) => annotation(report, finding)), verdict, ""].join(
    "\n",
  );
}

function annotation(report: Report, finding: Finding): string {
  const { rule, level, message, fix, exemption } = finding;
  const command = exemption !== undefined ? "notice" : level === "mandatory" ? "error" : "warning";
  const position = placeIn(report, finding);
  const properties = [
    `file=${property(fileOf(report, finding))}`,
    ...(position === undefined ? [] : [`line=${position.line}`, `col=${position.column}`]),
    `title=${property(rule)}`,
  ].join(",");
  const end = exemption !== undefined ? exemptionWords(exemption) : fix === "" ? undefined : `fix: ${fix}`;
  const text = `${wherein(finding)}: ${message}${end === undefined ? "" : `\n${end}`}`;
  return `::${command} ${properties}::${data(text)}`;
}

const data = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
