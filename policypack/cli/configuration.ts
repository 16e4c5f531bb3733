/** The configuration of the rules, from a `--policy-pack-config` file. */
import { join } from "node:path";
import { type ConfiguredRule, readConfiguration } from "../engine";
import { rules } from "../rules";
import { UsageError } from "./arguments";
import { nameOf, readJsonFile } from "./files";

const PRESETS = ["recommended", "strict", "audit"];

/** The file of a preset that is asked for by its name; a file of that name is `./audit`. */
const presetOf = (name: string): string | undefined =>
  PRESETS.includes(name) ? join(__dirname, "..", "..", "presets", `${name}.json`) : undefined;

/**
 * The rules as the file configures them, and the parsed file.
 *
 * @throws {@link UsageError} with everything that is wrong with it
 */
export function configuredRules(file: string | undefined): {
  readonly rules: readonly ConfiguredRule[];
  readonly value: unknown;
} {
  const value = file === undefined ? {} : readJsonFile(presetOf(file) ?? file);
  const { rules: configured, problems } = readConfiguration(rules, value);
  if (file !== undefined && problems.length > 0)
    throw new UsageError(problems.map((problem) => `${nameOf(file)}: ${problem}`).join("\n"));
  if (configured.every(({ level }) => level === "disabled"))
    throw new UsageError(`${nameOf(file ?? "")}: every rule is disabled, so nothing would be judged`);
  return { rules: configured, value };
}
