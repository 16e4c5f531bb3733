/** `check`: documents, states, previews and event logs; by file, folder and glob. */
import { type ConfiguredRule, type Finding, findingOf } from "../engine";
import type { Place, Report } from "../report";
import { type Command, UsageError } from "./arguments";
import { type Extent, stackOfUrn } from "./baseline";
import { configuredRules } from "./configuration";
import { nameOf, readText } from "./files";
import { filesOf, type Found, shown } from "./folders";
import { type Input, readInput } from "./inputs";
import { judgeInput, type Judged } from "./judge";
import type { Progress } from "./progress";

type CheckCommand = Extract<Command, { readonly name: "check" }>;

/** What was found, and why it may not be all. */
export interface Checked {
  readonly report: Report;
  /** what could not be read or judged: one line each */
  readonly problems: readonly string[];
  /** what was left alone, and is no mistake */
  readonly notes: readonly string[];
  /** whether some document is no JSON, which a finding says */
  readonly isUnparsable: boolean;
  readonly extent: Extent;
}

/** Formats that point into files. */
const PLACED: readonly CheckCommand["format"][] = ["sarif", "github", "markdown"];

/** Judges files, one at a time: no more than one is held. */
export function check(command: CheckCommand, progress: Progress): Checked {
  const { files, excluded, input: insisted, kind, policyConfig, format } = command;
  const { rules } = configuredRules(policyConfig);
  const order = { rules, kind, places: PLACED.includes(format) };
  const sums = new Sums();
  for (const found of filesOf(files, excluded)) {
    progress.show(`${sums.names.length} files judged, ${sums.findings.length} findings`);
    const read = readFound(found, insisted);
    if ("problem" in read) sums.problems.push(...read.problem.split("\n"));
    else if (read.input === undefined) sums.leftOut++;
    else sums.add(read.name, judgeInput(read.name, read.input, order));
  }
  progress.show(undefined);
  const idle = policyConfig === undefined ? [] : idleExemptions(rules, sums, nameOf(policyConfig));
  return {
    report: {
      findings: [...sums.findings, ...idle],
      subjects: sums.subjects,
      unknown: sums.unknown,
      files: sums.names,
      places: sums.places,
    },
    problems:
      sums.names.length === 0 && sums.problems.length === 0
        ? [`${files.map(shown).join(", ")}: no policy document, state, preview or event log is there`]
        : sums.problems,
    notes:
      sums.leftOut === 0
        ? sums.notes
        : [...sums.notes, `${sums.leftOut} JSON files hold no policy document, state, preview or event log`],
    isUnparsable: sums.isUnparsable,
    extent: sums.extent,
  };
}

type Read = { readonly name: string; readonly input: Input | undefined } | { readonly problem: string };

/** A file that is named holds something to judge, whatever it looks like; one that is found in a folder may not. */
function readFound(found: Found, insisted: CheckCommand["input"]): Read {
  if ("problem" in found) return found;
  const name = found.file === "-" ? nameOf(found.file) : shown(found.file);
  try {
    // A byte order mark is no part of what it holds.
    const text = readText(found.file).replace(/^\uFEFF/, "");
    const input = readInput(name, text, insisted);
    return { name, input: input ?? (found.isSearched ? undefined : { kind: "document", text }) };
  } catch (error) {
    if (error instanceof UsageError) return { problem: error.message };
    throw error;
  }
}

/** What has been judged so far. Of the files nothing is kept but their names. */
class Sums {
  readonly names: string[] = [];
  readonly findings: Finding[] = [];
  readonly places = new Map<Finding, Place>();
  readonly resources: { readonly urn?: string; readonly name: string }[] = [];
  readonly problems: string[] = [];
  readonly notes: string[] = [];
  subjects = 0;
  unknown = 0;
  leftOut = 0;
  isUnparsable = false;
  hasStack = false;
  /** the stacks of which nothing is missing */
  readonly #stacks = new Set<string>();

  add(name: string, judged: Judged): void {
    this.names.push(name);
    for (const finding of judged.findings) this.findings.push(finding);
    for (const [finding, place] of judged.places) this.places.set(finding, place);
    for (const resource of judged.resources) {
      const { urn, name: called } = resource;
      this.resources.push(urn === undefined ? { name: called } : { urn, name: called });
      this.hasStack ||= urn !== undefined;
    }
    this.problems.push(...judged.problems);
    this.notes.push(...judged.notes);
    this.subjects += judged.subjects;
    this.unknown += judged.unknown;
    this.isUnparsable ||= judged.isUnparsable;
    // A preview may leave out what stays the same.
    if (judged.problems.length === 0 && judged.notes.length === 0)
      for (const { urn } of judged.resources) if (urn !== undefined) this.#stacks.add(stackOfUrn(urn));
  }

  get extent(): Extent {
    const urns = this.resources.flatMap(({ urn }) => urn ?? []);
    return { files: this.names, urns, stacks: [...this.#stacks] };
  }
}

/** Exemptions that no finding needs; rules about stacks are asked where there was a stack. */
const idleExemptions = (
  rules: readonly ConfiguredRule[],
  { resources, hasStack }: Sums,
  configuration: string,
): readonly Finding[] =>
  rules
    .filter(({ rule, level }) => (hasStack || rule.scope !== "stack") && level !== "disabled")
    .flatMap(({ rule, exemptions }) =>
      exemptions.idle(resources, "these files").map(({ index, message }) => {
        const path = `${rule.id}.exemptions[${index}]`;
        const violation = { message: `the exemption ${message}`, path, data: {}, fix: "" };
        return findingOf(rule, violation, { file: configuration }, "advisory");
      }),
    );
