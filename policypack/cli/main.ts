/** `iam-guardrails`: reads the arguments, judges, reports, and ends with the status that CI goes by. */
import { authorizationData } from "../catalogue";
import { HostFailure } from "../host";
import {
  githubReport,
  isProved,
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
import { type Command, type FindingFormat, readArguments, UsageError } from "./arguments";
import { check } from "./check";
import { explain } from "./explain";
import { writeText } from "./files";
import { HELP } from "./help";
import { previewProgram, resourceLines } from "./preview";
import { prove } from "./prove";
import { ruleList, rulePage } from "./rules";
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
        for (const line of error.message.split("\n")) console.error(`error: ${line}`);
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
      process.stdout.write(HELP);
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
      const { report, unparsable } = check(command.files, command.kind, command.policyConfig);
      writeReport(command, report, "");
      return unparsable ? STATUS.unusable : statusOf(report);
    }
    case "preview": {
      const previewed = await previewProgram(command);
      writeReport(command, previewed.report, resourceLines(previewed, styleFor(command), command.documents));
      return statusOf(previewed.report);
    }
    case "prove": {
      const proof = prove(command);
      write(command, command.format === "json" ? proofJson(proof) : proofText(proof, styleFor(command)));
      return isProved(proof) ? STATUS.clean : STATUS.found;
    }
    case "explain":
      write(command, explain(command, styleFor(command)));
      return STATUS.clean;
  }
}

const statusOf = (report: Report): number => (summaryOf(report).mandatory > 0 ? STATUS.found : STATUS.clean);

type Reporting = Extract<Command, { readonly format: unknown }>;

function writeReport(command: Reporting, report: Report, preface: string): void {
  write(command, REPORTS[command.format](report, styleFor(command), preface));
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
