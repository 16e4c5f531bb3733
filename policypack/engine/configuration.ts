/** The configuration of rules, read strictly: a typo is a problem that names the nearest valid name. */
import { nearest } from "../catalogue";
import type { ConfiguredRule } from "./evaluate";
import { APPLIES_TO, type AppliesTo } from "./applies-to";
import { type Exemption, EXEMPTIONS, Exemptions } from "./exemptions";
import { ON_UNKNOWN, type Options } from "./options";
import type { EnforcementLevel, Rule } from "./rule";

const LEVELS = ["advisory", "mandatory", "remediate", "disabled"] as const;
type Level = (typeof LEVELS)[number];

/** The options of a rule with those that every rule has. */
export const optionsOf = (rule: Rule): Options => ({
  ...rule.options,
  onUnknown: ON_UNKNOWN,
  appliesTo: APPLIES_TO,
  exemptions: EXEMPTIONS,
});

/** The values of a rule's options, and what is wrong with those given. Whatever is wrong falls back to its default. */
export function readOptions(
  rule: Rule,
  given: Readonly<Record<string, unknown>>,
): { readonly options: Readonly<Record<string, unknown>>; readonly problems: readonly string[] } {
  const known = optionsOf(rule);
  const problems = Object.keys(given).flatMap((name) =>
    Object.hasOwn(known, name) ? [] : [unknownName(`${rule.id}.${name}`, "option", name, Object.keys(known))],
  );
  const options = Object.entries(known).map(([name, option]): [string, unknown] => {
    if (!Object.hasOwn(given, name)) return [name, option.default];
    const read = option.read(given[name]);
    if (read === undefined) problems.push(`\`${rule.id}.${name}\`: expected ${option.expected}`);
    for (const doubt of read?.doubts ?? []) problems.push(`\`${rule.id}.${name}\`: ${doubt}`);
    return [name, read?.doubts.length === 0 ? read.value : option.default];
  });
  return { options: Object.fromEntries(options), problems };
}

const unknownName = (path: string, what: string, name: string, names: readonly string[]): string => {
  const meant = nearest(name, names);
  return `\`${path}\`: there is no such ${what}${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`;
};

/** @param options - of the rule, with those that every rule has */
export const configuredRule = (
  rule: Rule,
  level: ConfiguredRule["level"],
  options: Readonly<Record<string, unknown>>,
): ConfiguredRule => ({
  rule,
  level,
  options,
  appliesTo: options["appliesTo"] as AppliesTo,
  exemptions: new Exemptions(
    options["exemptions"] as readonly Exemption[],
    new Date().toISOString().slice(0, 10),
  ),
});

/**
 * Reads a policy-pack configuration: `{"rule": "mandatory"}` or `{"rule": {"enforcementLevel": …, "option": …}}`, and
 * `"all"` for the level of every rule.
 *
 * @param value - the parsed JSON of a `--policy-pack-config` file
 */
export function readConfiguration(
  rules: readonly Rule[],
  value: unknown,
): { readonly rules: readonly ConfiguredRule[]; readonly problems: readonly string[] } {
  if (!isRecord(value)) return { rules: [], problems: ["expected an object of rules"] };
  const names = ["all", ...rules.map((rule) => rule.id)];
  const problems = Object.keys(value).flatMap((name) =>
    names.includes(name) ? [] : [unknownName(name, "rule", name, names)],
  );
  const all = readEntry("all", value["all"]);
  problems.push(...all.problems);
  for (const name of Object.keys(all.given))
    problems.push(`\`all.${name}\`: \`all\` takes an enforcement level and nothing else`);
  const able = rules.filter(({ remediation }) => remediation !== undefined).map(({ id }) => `\`${id}\``);
  if (all.level === "remediate")
    problems.push(`\`all\`: only some rules can remediate; give that level to ${able.join(", ")}`);
  const configured = rules.map((rule) => {
    const own = readEntry(rule.id, value[rule.id]);
    if (own.level === "remediate" && rule.remediation === undefined)
      problems.push(
        `\`${rule.id}\`: this rule cannot remediate, only ${able.join(", ")} can; write \`mandatory\``,
      );
    const { options, problems: wrong } = readOptions(rule, own.given);
    problems.push(...own.problems, ...wrong);
    return configuredRule(rule, levelOf(own.level ?? all.level, rule.level), options);
  });
  return { rules: configured, problems };
}

/** As CrossGuard reads it: `remediate` counts as mandatory once a violation is left. */
const levelOf = (level: Level | undefined, fallback: EnforcementLevel): ConfiguredRule["level"] =>
  level === "remediate" ? "mandatory" : (level ?? fallback);

function readEntry(
  name: string,
  value: unknown,
): {
  readonly level?: Level;
  readonly given: Readonly<Record<string, unknown>>;
  readonly problems: readonly string[];
} {
  const { enforcementLevel, ...given } = isRecord(value) ? value : { enforcementLevel: value };
  if (enforcementLevel === undefined) return { given, problems: [] };
  const level = LEVELS.find((known) => known === enforcementLevel);
  if (level !== undefined) return { level, given, problems: [] };
  const expected = LEVELS.map((known) => `\`${known}\``).join(", ");
  return { given, problems: [`\`${name}\`: expected an enforcement level, one of ${expected}`] };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
