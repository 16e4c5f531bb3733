/** The page of a rule, as Markdown: the same for `rules ID` and in docs/rules. */
import { optionsOf, type Rule } from "../engine";
import { programOf } from "./program";

const json = (document: object): string =>
  ["```json", JSON.stringify(document, undefined, 2), "```"].join("\n");

const yaml = (text: string): string => ["```yaml", text, "```"].join("\n");

/** The examples of one kind: documents as JSON, stacks as the resources of a program. */
const examplesOf = (rule: Rule, kind: "good" | "bad"): string =>
  (rule.scope === "stack"
    ? rule.examples[kind].map((example) => yaml(programOf(example)))
    : rule.examples[kind].map(json)
  ).join("\n\n");

export function rulePage(rule: Rule): string {
  const options = Object.entries(optionsOf(rule)).map(
    ([name, option]) =>
      `| \`${name}\` | ${String(option.schema["description"])} | ${defaultOf(option.default)} |`,
  );
  return [
    `# ${rule.id}`,
    "",
    `${rule.summary} Level: **${rule.level}**; severity: **${rule.severity}**.`,
    "",
    "## Why",
    "",
    rule.why,
    "",
    "## Fix",
    "",
    rule.fix,
    "",
    "## Passes",
    "",
    examplesOf(rule, "good"),
    "",
    ...(rule.examples.bad.length === 0 ? [] : ["## Blocked", "", examplesOf(rule, "bad"), ""]),
    ...(rule.remediation === undefined
      ? []
      : [
          "## Remediation",
          "",
          "At the level `remediate`, before anything is judged:",
          "",
          rule.remediation.summary,
          "",
        ]),
    "## Options",
    "",
    "| option | what it does | default |",
    "| --- | --- | --- |",
    ...options,
    "",
    "## References",
    "",
    `- ${rule.framework.name} ${rule.framework.version}, ${rule.framework.reference}: ${rule.framework.specification}`,
    ...rule.references.map((reference) => `- <${reference}>`),
    "",
  ].join("\n");
}

function defaultOf(value: unknown): string {
  const isNothing = value === undefined || value === "" || JSON.stringify(value) === "{}";
  const items: readonly unknown[] = Array.isArray(value) ? value : isNothing ? [] : [value];
  return items.length === 0 ? "none" : items.map((item) => `\`${String(item)}\``).join(", ");
}
