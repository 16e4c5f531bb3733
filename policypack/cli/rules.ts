/** `rules`: what is required, why, and how to put it right. */
import { nearest } from "../catalogue";
import { paint, rulePage as pageOf, type Style, wrap } from "../report";
import { rules } from "../rules";
import { UsageError } from "./arguments";

/** One line a rule. */
export function ruleList(style: Style): string {
  const lines = rules.map(
    (rule) => `${paint(rule.id, "bold", style)}  ${rule.level}\n${wrap(rule.summary, "    ", style)}`,
  );
  return `${lines.join("\n")}\n`;
}

/** One rule's page, as Markdown. @throws {@link UsageError} when there is no such rule */
export function rulePage(id: string): string {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule !== undefined) return pageOf(rule);
  const meant = nearest(
    id,
    rules.map((candidate) => candidate.id),
  );
  throw new UsageError(
    `there is no rule \`${id}\`${meant === undefined ? "; see `rules`" : `; did you mean \`${meant}\`?`}`,
  );
}
