/** `preview`: a Pulumi program under the real policy pack. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type EnforcementLevel, type Finding, type SubjectDocument, visible } from "../engine";
import {
  type ConfiguredPolicies,
  type Diagnostic,
  plainValue,
  preview,
  type PreviewResult,
  readProject,
  type Registration,
} from "../host";
import { documentsOf } from "../pulumi/subjects";
import { paint, type Report, type Style } from "../report";
import { type Command, UsageError } from "./arguments";
import { type Extent, stackOfUrn } from "./baseline";
import { configuredRules } from "./configuration";
import { readJsonFile } from "./files";

type PreviewCommand = Extract<Command, { readonly name: "preview" }>;

/** The pack that this file, `dist/cli/preview.js`, is a part of: as its executable, which starts faster, where that is; a published pack has none. */
const EXECUTABLE = join(__dirname, "..", "ai-workflow-guardrails.cjs");
const THIS_PACK = existsSync(EXECUTABLE) ? EXECUTABLE : join(__dirname, "..", "..");

export interface Previewed {
  readonly project: string;
  readonly result: PreviewResult;
  readonly report: Report;
}

/** Runs the program and judges what it registers. */
export async function previewProgram(command: PreviewCommand): Promise<Previewed> {
  const project = readProject(command.folder, command.stack, command.config);
  const pack = command.policyPack ?? THIS_PACK;
  const result = await preview({
    project,
    pack,
    configuration: configurationOf(command),
    calls: callsOf(command.calls),
    packEnvironment: { IAM_GUARDRAILS_MESSAGES: "json" },
  });
  return { project: `${project.name}/${project.stack}`, result, report: reportOf(result) };
}

/** What a preview judges: all of the stack. */
export const extentOf = ({ result }: Previewed): Extent => {
  const urns = result.resources.map(({ registration }) => registration.urn);
  return { files: [], urns, stacks: [...new Set(urns.map(stackOfUrn))] };
};

function configurationOf({ policyConfig, policyPack }: PreviewCommand): ConfiguredPolicies {
  const value = policyPack === undefined ? configuredRules(policyConfig).value : readGiven(policyConfig);
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  return Object.fromEntries(
    entries.map(([name, entry]) => {
      if (typeof entry === "string") return [name, { level: entry }];
      const { enforcementLevel, ...properties } = entry as Readonly<Record<string, unknown>>;
      return [name, { ...(enforcementLevel === undefined ? {} : { level: enforcementLevel }), properties }];
    }),
  ) as ConfiguredPolicies;
}

/** The configuration of a pack whose rules are not known here. */
function readGiven(file: string | undefined): object {
  const value = file === undefined ? {} : readJsonFile(file);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UsageError(`${file ?? ""}: expected an object of policies`);
  return value;
}

function callsOf(calls: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    calls.map((call): [string, unknown] => {
      const at = call.indexOf("=");
      try {
        if (at > 0) return [call.slice(0, at), JSON.parse(call.slice(at + 1)) as unknown];
      } catch {
        // said below
      }
      throw new UsageError(`--call \`${call.slice(0, 80)}\`: expected TOKEN=JSON`);
    }),
  );
}

function reportOf({ resources, stack }: PreviewResult): Report {
  const findings = [
    ...resources.flatMap(({ registration, diagnostics }) =>
      diagnostics.map((diagnostic) => findingOf(diagnostic, registration)),
    ),
    ...stack.map((diagnostic) =>
      findingOf(
        diagnostic,
        resources.find(({ registration }) => registration.urn === diagnostic.urn)?.registration,
      ),
    ),
  ];
  const documents = resources.flatMap(({ registration }) => documentsIn(registration));
  const unknown = documents.filter(({ reading }) => reading.unknown.length > 0);
  const remediated = resources.flatMap(({ registration: { urn, type, name }, remediated: policies }) =>
    policies.map((rule) => ({ rule, subject: { urn, type, name } })),
  );
  return {
    findings,
    ...(remediated.length === 0 ? {} : { remediated }),
    subjects: documents.length,
    unknown: unknown.length,
  };
}

const documentsIn = ({ properties, ...registration }: Registration): readonly SubjectDocument[] =>
  documentsOf({ ...registration, props: Object(plainValue(properties)) as object }) ?? [];

/** This pack says its findings as JSON when it is asked to; another pack's violation is a text. */
function findingOf({ policy, level, message }: Diagnostic, of: Registration | undefined): Finding {
  const reported: EnforcementLevel = level === "advisory" ? "advisory" : "mandatory";
  try {
    const finding = JSON.parse(message) as Finding;
    if (finding.rule === policy) return { ...finding, level: reported };
  } catch {
    // a text
  }
  const subject = { urn: of?.urn ?? "", type: of?.type ?? "stack", name: of?.name ?? "", property: "" };
  return {
    rule: policy,
    level: reported,
    severity: "medium",
    subject,
    path: "",
    message,
    fix: "",
    data: {},
    fingerprint: "",
  };
}

/** The resources in the order of registration, each with its verdict, and with its documents where they are asked for. */
export function resourceLines({ project, result }: Previewed, style: Style, documents: boolean): string {
  const { pack, resources, stack } = result;
  const width = Math.max(...resources.map(({ registration }) => registration.type.length));
  const lines = resources.flatMap(({ registration, remediated, diagnostics: own }) => {
    const diagnostics = [...own, ...stack.filter(({ urn }) => urn === registration.urn)];
    const blocked = diagnostics.some((diagnostic) => diagnostic.level !== "advisory");
    const mark = blocked
      ? paint("✘", "red", style)
      : diagnostics.length > 0
        ? paint("▲", "yellow", style)
        : paint("✔", "green", style);
    const line = `  ${mark} ${visible(registration.type.padEnd(width))}  ${visible(registration.name)}`;
    const by = remediated.map(
      (policy) => `      ${paint("✎", "green", style)} remediated by ${visible(policy)}`,
    );
    return [line, ...by, ...(documents ? documentsIn(registration).map(documentLines) : [])];
  });
  return `${paint(project, "bold", style)} under ${pack.name} ${pack.version}\n${lines.join("\n")}\n\n`;
}

/** A document as it was read, indented under its resource. */
function documentLines({ reading: { document, unknown } }: SubjectDocument): string {
  const statements = document.statements.map(({ source }) => source);
  const text =
    unknown.length > 0
      ? "not known during preview"
      : JSON.stringify({ Version: document.version, Statement: statements }, undefined, 2);
  return text.replace(/^/gm, "      ");
}
