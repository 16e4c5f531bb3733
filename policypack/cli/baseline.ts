/** A baseline: findings that somebody has decided to live with for now. They do not block; new ones do, and what is gone is told. */
import { existsSync } from "node:fs";
import { type Finding, findingOf, placeOf } from "../engine";
import type { Report } from "../report";
import { readableDocument, rules } from "../rules";
import { UsageError } from "./arguments";
import { nameOf, readJsonFile, writeText } from "./files";

/** A finding as it is listed: known by its fingerprint; the rest is for people, and tells what is judged where. */
interface Entry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly subject: { readonly file: string } | { readonly urn: string };
  readonly place: string;
  readonly message: string;
}

/** What a run has judged: only of that can be told that a finding is gone. */
export interface Extent {
  readonly files: readonly string[];
  /** URNs of resources */
  readonly urns: readonly string[];
  /** what the URNs of a stack begin with, for each that was judged whole */
  readonly stacks: readonly string[];
}

/** `urn:pulumi:dev::project::` */
export const stackOfUrn = (urn: string): string => `${urn.split("::").slice(0, 2).join("::")}::`;

/** The report with what the baseline lists as known, and an advisory finding for what is listed and gone. */
export function withBaseline(report: Report, file: string, extent: Extent): Report {
  const entries = readBaseline(file);
  const left = new Map<string, number[]>();
  for (const [index, { fingerprint }] of entries.entries())
    left.set(fingerprint, [...(left.get(fingerprint) ?? []), index]);
  // As many as are listed: one more of the same kind is new.
  const borne = known(report, ({ fingerprint }) => left.get(fingerprint)?.shift() !== undefined);
  const gone = [...left.values()].flat().sort((a, b) => a - b);
  const stale = gone.flatMap((index) => {
    const entry = entries[index];
    return entry === undefined || !isWithin(entry, extent) ? [] : [staleFinding(entry, index, nameOf(file))];
  });
  return { ...borne, findings: [...borne.findings, ...stale] };
}

/** Lists all findings that nobody has exempted. @returns the report in which they are known */
export function writeBaseline(report: Report, file: string): Report {
  const listed = (finding: Finding): boolean => isListable(finding) && finding.exemption === undefined;
  const entries = report.findings.filter(listed).map(entryOf);
  writeText(
    file,
    `${JSON.stringify({ version: 1, findings: entries.sort(byPlace) }, undefined, 2)}\n`,
    "--write-baseline",
  );
  return known(report, listed);
}

/** Violations of other packs have no fingerprint: nobody can tell one from the next. */
const isListable = ({ fingerprint }: Finding): boolean => fingerprint !== "";

function known(report: Report, isKnown: (finding: Finding) => boolean): Report {
  const places = new Map(report.places);
  const findings = report.findings.map((finding): Finding => {
    if (finding.exemption !== undefined || !isListable(finding) || !isKnown(finding)) return finding;
    const borne: Finding = { ...finding, level: "advisory", baseline: true };
    const place = places.get(finding);
    if (place !== undefined) places.set(borne, place);
    return borne;
  });
  return { ...report, findings, places, hasBaseline: true };
}

const entryOf = (finding: Finding): Entry => {
  const { fingerprint, rule, subject, message } = finding;
  const where = "file" in subject ? { file: subject.file } : { urn: subject.urn };
  return { fingerprint, rule, subject: where, place: placeOf(finding), message };
};

/** In an order that does not depend on that of the files: a change of the list is a change of the findings. */
const byPlace = (one: Entry, other: Entry): number => {
  const key = ({ subject, rule, place, fingerprint }: Entry): string =>
    JSON.stringify([Object.values(subject), rule, place, fingerprint]);
  return key(one) < key(other) ? -1 : 1;
};

function readBaseline(file: string): readonly Entry[] {
  const value = readJsonFile(file);
  const { version, findings } = (typeof value === "object" ? (value ?? {}) : {}) as {
    readonly version?: unknown;
    readonly findings?: unknown;
  };
  if (version !== 1 || !Array.isArray(findings))
    throw new UsageError(`${nameOf(file)}: it is no baseline; \`check --write-baseline FILE\` writes one`);
  const wrong = findings.findIndex((entry) => !isEntry(entry));
  if (wrong >= 0) throw new UsageError(`${nameOf(file)}: \`findings[${wrong}]\` is no finding of a baseline`);
  return findings as readonly Entry[];
}

function isEntry(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { fingerprint, rule, subject, place, message } = value as Readonly<Record<string, unknown>>;
  const { file, urn } = (typeof subject === "object" ? (subject ?? {}) : {}) as Readonly<
    Record<string, unknown>
  >;
  return (
    [fingerprint, rule, place, message, file ?? urn].every((each) => typeof each === "string") &&
    fingerprint !== ""
  );
}

/** Whether the run would have found it again: it was judged, or it is no longer there at all. */
const isWithin = ({ subject }: Entry, { files, urns, stacks }: Extent): boolean =>
  "file" in subject
    ? files.includes(subject.file) || (subject.file !== nameOf("-") && !existsSync(subject.file))
    : urns.includes(subject.urn) || stacks.includes(stackOfUrn(subject.urn));

const staleFinding = ({ rule: id, subject, place, message }: Entry, index: number, file: string): Finding => {
  const rule = rules.find((each) => each.id === id) ?? readableDocument.rule;
  const where = "file" in subject ? subject.file : subject.urn;
  return findingOf(
    rule,
    {
      message: `the finding at ${where}: ${place} is gone`,
      path: `findings[${index}]`,
      data: { finding: message },
      fix: "remove it from the baseline, or write the baseline anew with `--write-baseline`",
    },
    { file },
    "advisory",
  );
};
