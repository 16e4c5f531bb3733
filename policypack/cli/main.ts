/** `iam-guardrails`: reads the arguments, judges, reports, and ends with the status that CI goes by. */
import { authorizationData } from "../catalogue";
import { visible } from "../engine";
import { HostFailure } from "../host";
import {
  accessJson,
  accessText,
  githubReport,
  isProved,
  isWithin,
  jsonReport,
  junitReport,
  markdownReport,
  proofJson,
  proofText,
  type Report,
  sarifReport,
  type Style,
  summaryOf,
  textReport,
} from "../report";
import { rules } from "../rules";
import { type Command, readArguments, UsageError } from "./arguments";
import { type Extent, withBaseline, writeBaseline } from "./baseline";
import { check } from "./check";
import { completionScript } from "./completion";
import { explain } from "./explain";
import { writeText } from "./files";
import { helpText } from "./help";
import type { FindingFormat } from "./option-table";
import { extentOf, previewProgram, resourceLines } from "./preview";
import { Progress } from "./progress";
import { prove } from "./prove";
import { ruleList, rulePage } from "./rules";
import { validateConfig } from "./validate-config";
import { packVersion } from "./version";

const STATUS = { clean: 0, found: 1, unusable: 2 } as const;

/** Runs the command and sets the exit status; standard output gets the report, standard error everything else. */
export function main(args: readonly string[]): void {
  run(args).then(
    (status) => {
      process.exitCode = status;
    },
    (error: unknown) => {
      process.exitCode = STATUS.unusable;
      if (error instanceof UsageError || error instanceof HostFailure)
        for (const line of error.message.split("\n")) console.error(`error: ${visible(line)}`);
      else console.error(`error: this is a bug of iam-guardrails; please report it\n${stackOf(error)}`);
    },
  );
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

async function run(args: readonly string[]): Promise<number> {
  const command = readArguments(args);
  switch (command.name) {
    case "help":
      process.stdout.write(helpText(command.of, styleOf()));
      return STATUS.clean;
    case "version": {
      const { version, date } = authorizationData();
      process.stdout.write(`iam-guardrails ${packVersion()} (authorization data ${version} of ${date})\n`);
      return STATUS.clean;
    }
    case "rules":
      process.stdout.write(command.rule === undefined ? ruleList(styleOf()) : rulePage(command.rule));
      return STATUS.clean;
    case "check": {
      const checked = check(command, new Progress(process.stderr));
      const { report, problems, notes, isUnparsable } = checked;
      for (const note of notes) console.error(`note: ${visible(note)}`);
      for (const problem of problems) console.error(`error: ${visible(problem)}`);
      // Without anything judged there is nothing to report, and no format should look as if there were.
      const status =
        report.files?.length === 0 ? STATUS.unusable : reported(command, report, "", checked.extent);
      return isUnparsable || problems.length > 0 ? STATUS.unusable : status;
    }
    case "preview": {
      const previewed = await previewProgram(command);
      const resources = resourceLines(previewed, styleFor(command), command.documents);
      return reported(command, previewed.report, resources, extentOf(previewed));
    }
    case "prove": {
      const proof = prove(command);
      const isJson = command.format === "json";
      const style = styleFor(command);
      if ("changes" in proof) {
        write(command, isJson ? accessJson(proof) : accessText(proof, style));
        return isWithin(proof) ? STATUS.clean : STATUS.found;
      }
      write(command, isJson ? proofJson(proof) : proofText(proof, style));
      return isProved(proof) ? STATUS.clean : STATUS.found;
    }
    case "validate-config":
      write(command, validateConfig(command, styleFor(command)));
      return STATUS.clean;
    case "completion":
      process.stdout.write(completionScript(command.shell));
      return STATUS.clean;
    case "explain":
      write(command, explain(command, styleFor(command)));
      return STATUS.clean;
  }
}

type Reporting = Extract<Command, { readonly format: unknown }>;
type Judging = Extract<Command, { readonly baseline: unknown }>;

/** Writes the report, with the baseline where there is one. @returns the status that its findings come to */
function reported(command: Judging, found: Report, preface: string, extent: Extent): number {
  const { baseline, writeBaseline: target, format } = command;
  const held = baseline === undefined ? found : withBaseline(found, baseline, extent);
  const report = target === undefined ? held : writeBaseline(held, target);
  write(command, REPORTS[format](report, styleFor(command), preface));
  return summaryOf(report).mandatory > 0 ? STATUS.found : STATUS.clean;
}

type Write = (report: Report, style: Style, preface: string) => string;

/** The formats; what was judged besides the findings is shown to people only. */
const REPORTS: Readonly<Record<FindingFormat, Write>> = {
  text: (report, style, preface) => preface + textReport(report, style),
  json: jsonReport,
  sarif: (report) => sarifReport(report, { version: packVersion(), rules }),
  junit: junitReport,
  github: githubReport,
  markdown: markdownReport,
};

function write({ output }: Reporting, text: string): void {
  if (output === undefined) process.stdout.write(text);
  else writeText(output, text);
}

const styleFor = (command: Reporting): Style =>
  command.output === undefined ? styleOf() : { colour: false, width: PLAIN_WIDTH };

/** The width of text that no terminal shows. */
const PLAIN_WIDTH = 100;

/** Colour for a terminal only, unless NO_COLOR is set (https://no-color.org) or FORCE_COLOR asks for it. */
function styleOf(): Style {
  const { NO_COLOR: noColour = "", FORCE_COLOR: forceColour = "" } = process.env;
  const colour = noColour === "" && (process.stdout.isTTY || (forceColour !== "" && forceColour !== "0"));
  return { colour, width: process.stdout.isTTY ? process.stdout.columns : PLAIN_WIDTH };
}
