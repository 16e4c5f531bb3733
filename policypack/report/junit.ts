/** JUnit's XML, as CI systems show it: a test case for each finding, and one for each document without any. */
import { exemptionWords, type Finding, placeOf } from "../engine";
import { subjectOf } from "./place";
import type { Report } from "./summary";

export function junitReport(report: Report): string {
  const suites = new Map<string, Finding[]>((report.files ?? []).map((file) => [file, []]));
  for (const finding of report.findings)
    suites.set(subjectOf(finding), [...(suites.get(subjectOf(finding)) ?? []), finding]);
  // Resources without findings have no name in a report, but they were judged.
  if (suites.size === 0) suites.set(`${report.subjects} documents`, []);
  const all = [...suites].map(([name, findings]) => suite(name, findings));
  const failures = report.findings.filter(isFailure).length;
  const tests = [...suites.values()].reduce((sum, { length }) => sum + Math.max(1, length), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="iam-guardrails" tests="${tests}" failures="${failures}">`,
    ...all,
    "</testsuites>",
    "",
  ].join("\n");
}

const isFailure = ({ level, exemption }: Finding): boolean =>
  level === "mandatory" && exemption === undefined;

function suite(name: string, findings: readonly Finding[]): string {
  const failures = findings.filter(isFailure).length;
  const skipped = findings.filter(({ exemption, baseline }) => exemption !== undefined || baseline).length;
  const counts = `tests="${Math.max(1, findings.length)}" failures="${failures}" skipped="${skipped}"`;
  return [
    `  <testsuite name="${escaped(name)}" ${counts}>`,
    ...(findings.length === 0
      ? [`    <testcase classname="${escaped(name)}" name="no findings"/>`]
      : findings.map((finding) => testCase(name, finding))),
    "  </testsuite>",
  ].join("\n");
}

function testCase(classname: string, finding: Finding): string {
  const { rule, message, fix, exemption, baseline = false } = finding;
  const open = `    <testcase classname="${escaped(classname)}" name="${escaped(`${rule}: ${placeOf(finding)}`)}">`;
  const text = escaped(fix === "" ? message : `${message}\nfix: ${fix}`);
  const inner =
    exemption !== undefined || baseline
      ? `<skipped message="${escaped(exemption === undefined ? "in the baseline" : exemptionWords(exemption))}"/>`
      : isFailure(finding)
        ? `<failure type="${escaped(rule)}" message="${escaped(message)}">${text}</failure>`
        : `<system-out>${text}</system-out>`;
  return `${open}\n      ${inner}\n    </testcase>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\n": "&#10;",
};

/** Text for XML 1.0, which has no control characters: https://www.w3.org/TR/xml/#charsets */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"'\n]/g, (character) => ENTITIES[character] ?? character);
