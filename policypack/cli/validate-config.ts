/** `validate-config`: all that is wrong with a configuration of the pack at once, or what it means with all defaults. */
import { type ConfiguredRule, optionsOf } from "../engine";
import { paint, type Style, wrap } from "../report";
import { type Command } from "./arguments";
import { configuredRules } from "./configuration";

type ValidateCommand = Extract<Command, { readonly name: "validate-config" }>;

/** @throws UsageError with one line for each thing that is wrong */
export function validateConfig({ file, format }: ValidateCommand, style: Style): string {
  const { rules, value } = configuredRules(file);
  const given = value as Readonly<Record<string, unknown>>;
  const meant = rules.map((configured) => meaningOf(configured, given));
  return format === "json" ? jsonOf(meant) : textOf(meant, style);
}

interface Meaning {
  readonly rule: string;
  readonly level: string;
  /** whether the configuration says so, by the rule or by `all` */
  readonly isLevelGiven: boolean;
  readonly options: readonly { readonly name: string; readonly value: unknown; readonly isGiven: boolean }[];
}

function meaningOf({ rule, level }: ConfiguredRule, given: Readonly<Record<string, unknown>>): Meaning {
  const own = given[rule.id];
  const entry = (typeof own === "object" && own !== null ? own : {}) as Readonly<Record<string, unknown>>;
  const { enforcementLevel = typeof own === "string" ? own : given["all"] } = entry;
  return {
    rule: rule.id,
    // As it is written: `remediate` counts as mandatory once a violation is left.
    level: typeof enforcementLevel === "string" ? enforcementLevel : level,
    isLevelGiven: enforcementLevel !== undefined,
    options: Object.entries(optionsOf(rule)).map(([name, option]) => ({
      name,
      value: Object.hasOwn(entry, name) ? entry[name] : option.schema["default"],
      isGiven: Object.hasOwn(entry, name),
    })),
  };
}

const jsonOf = (meant: readonly Meaning[]): string => {
  const byRule = meant.map(({ rule, level, options }) => [
    rule,
    { enforcementLevel: level, ...Object.fromEntries(options.map(({ name, value }) => [name, value])) },
  ]);
  return `${JSON.stringify(Object.fromEntries(byRule), undefined, 2)}\n`;
};

/** The longest value that stands in a line whole; of a longer list its length tells more. */
const LONGEST = 120;

function textOf(meant: readonly Meaning[], style: Style): string {
  const lines = meant.flatMap(({ rule, level, isLevelGiven, options }) => [
    `${paint(rule, "bold", style)}  ${level}${isLevelGiven ? "" : paint(" (default)", "dim", style)}`,
    ...options.map(({ name, value, isGiven }) =>
      wrap(`${name}: ${shownValue(value)}${isGiven ? "" : " (default)"}`, "    ", style),
    ),
  ]);
  const count = (of: string): number => meant.filter(({ level }) => level === of).length;
  const levels = ["mandatory", "advisory", "remediate", "disabled"]
    .filter((level) => count(level) > 0)
    .map((level) => `${count(level)} ${level}`);
  return `${lines.join("\n")}\n\n${paint("✔ valid", "green", style)}: ${meant.length} rules, ${levels.join(", ")}\n`;
}

function shownValue(value: unknown): string {
  const text = JSON.stringify(value);
  if (text.length <= LONGEST) return text;
  return Array.isArray(value) ? `a list of ${value.length}` : `${text.slice(0, LONGEST)}…`;
}
