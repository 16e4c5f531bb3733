/** All tables of cases: whatever stands in this folder. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Json, UNKNOWN } from "../../policypack/iam";
import type { RuleCases, StackRuleCases } from "./cases";

export const tables = readdirSync(__dirname)
  .filter((file) => file.endsWith(".cases.ts"))
  .map((file) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the tables are whatever stands in this folder
    const { cases } = require(join(__dirname, file)) as { readonly cases: RuleCases };
    return { file, cases };
  });

export const isAboutStacks = (cases: RuleCases): cases is StackRuleCases => cases.rule.scope === "stack";

/** The document of a case, as JSON has it, in which values not known yet stay; text stays text. */
export const documentOf = (document: unknown): Json => {
  if (typeof document === "string") return document;
  const whole = Array.isArray(document)
    ? { Version: "2012-10-17", Statement: document as unknown }
    : document;
  return JSON.parse(
    JSON.stringify(whole, (_, value: unknown) => (value === UNKNOWN ? "(unknown)" : value)),
    (_, value: unknown) => (value === "(unknown)" ? UNKNOWN : value),
  ) as Json;
};
