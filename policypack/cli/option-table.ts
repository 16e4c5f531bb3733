/** The options of the commands: one table, of which arguments, help and shell completion are made. */
import { EVERY_KIND } from "../engine";
import type { PolicyType, Scope } from "../iam";

/** How access is reported, and how findings are. */
export type Format = "text" | "json";
export type FindingFormat = Format | "sarif" | "junit" | "github" | "markdown";
export const FORMATS: readonly Format[] = ["text", "json"];
export const FINDING_FORMATS: readonly FindingFormat[] = [...FORMATS, "sarif", "junit", "github", "markdown"];

export type InputKind = "document" | "state" | "preview" | "event-log";
export const INPUT_KINDS: readonly InputKind[] = ["document", "state", "preview", "event-log"];

export const TYPES: readonly PolicyType[] = ["identity", "resource", "trust"];
export const SCOPES: readonly Scope[] = ["all-actions", "known-actions"];

export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** what its value is called in help; undefined for one that takes none */
  readonly value?: string;
  /** the values there are; without them it is a file unless `isText` says otherwise */
  readonly choices?: readonly string[];
  readonly isText?: boolean;
  /** it may be given several times */
  readonly isRepeated?: boolean;
  /** several values may follow it at once */
  readonly isList?: boolean;
  readonly does: string;
}

const output: OptionSpec = { name: "output", short: "o", value: "FILE", does: "write the report to a file" };
const format = (choices: readonly string[], does: string): OptionSpec => ({
  name: "format",
  value: choices.length > 2 ? "FORMAT" : choices.join("|"),
  choices,
  does,
});
const ACCESS: readonly OptionSpec[] = [format(FORMATS, "how to report (text)"), output];
const FINDINGS: readonly OptionSpec[] = [
  format(
    FINDING_FORMATS,
    "how to report: text (the default); json for programs; sarif for code scanning; junit for the test view of CI; github annotates lines of a pull request; markdown is a summary for its page",
  ),
  output,
  {
    name: "policy-config",
    value: "FILE",
    does: "levels and options of the rules, as for pulumi's --policy-pack-config; or recommended, strict or audit, which are shipped",
  },
  {
    name: "baseline",
    value: "FILE",
    does: "findings listed there do not block; new ones do, and what is listed and gone is reported",
  },
  {
    name: "write-baseline",
    value: "FILE",
    does: "list the findings of this run there, as a baseline for later ones; they do not block this one",
  },
];
const documentType: OptionSpec = {
  name: "type",
  value: "TYPE",
  choices: TYPES,
  does: "what the documents are: identity, resource or trust (what they say themselves)",
};

export const CHECK_OPTIONS: readonly OptionSpec[] = [
  ...FINDINGS,
  {
    name: "type",
    value: "KIND",
    choices: EVERY_KIND,
    does: `what bare documents are: ${EVERY_KIND.join(", ")} (what they say themselves)`,
  },
  {
    name: "input",
    value: "KIND",
    choices: INPUT_KINDS,
    does: "what the files hold: document, state, preview or event-log (what their content says)",
  },
  {
    name: "exclude",
    value: "GLOB",
    isText: true,
    isRepeated: true,
    does: "leave files or folders out of the folders and globs; may be given several times",
  },
];
export const PREVIEW_OPTIONS: readonly OptionSpec[] = [
  ...FINDINGS,
  {
    name: "stack",
    short: "s",
    value: "NAME",
    isText: true,
    does: "whose configuration (dev, or the only one)",
  },
  {
    name: "config",
    short: "c",
    value: "KEY=VALUE",
    isText: true,
    isRepeated: true,
    does: "set a configuration value, a structured one as JSON",
  },
  {
    name: "call",
    value: "TOKEN=JSON",
    isText: true,
    isRepeated: true,
    does: "the result of a provider function",
  },
  {
    name: "policy-pack",
    value: "PATH",
    does: "another policy pack: its folder, or its executable (this one)",
  },
  { name: "documents", does: "show the policy documents that were judged" },
];
export const PROVE_OPTIONS: readonly OptionSpec[] = [
  {
    name: "policy",
    value: "P [P…]",
    isRepeated: true,
    isList: true,
    does: "the policy, or several that make up one role; or a state, preview or log of a stack; `-` is standard input",
  },
  {
    name: "within",
    value: "R [R…]",
    isRepeated: true,
    isList: true,
    does: "what it is to stay within; `catalogue` is the approved list as a policy; of a stack, an earlier state",
  },
  {
    name: "scope",
    value: "SCOPE",
    choices: SCOPES,
    does: "how far: all-actions, also those that AWS may add later, or known-actions, those known today (all-actions)",
  },
  documentType,
  ...ACCESS,
];
export const EXPLAIN_OPTIONS: readonly OptionSpec[] = [documentType, ...ACCESS];
export const ACCESS_OPTIONS = ACCESS;
