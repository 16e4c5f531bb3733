/** The report for programs: `--format json`. */
import { type Report, summaryOf } from "./summary";

export const jsonReport = (report: Report): string =>
  `${JSON.stringify(
    { version: 1, summary: summaryOf(report), findings: report.findings, remediated: report.remediated },
    undefined,
    2,
  )}\n`;
