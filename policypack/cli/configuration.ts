/** The configuration of the rules, from a `--policy-pack-config` file. */
import { type ConfiguredRule, readConfiguration } from "../engine";
import { rules } from "../rules";
import { UsageError } from "./arguments";
import { nameOf, readJsonFile } from "./files";

/**
 * The rules as the file configures them, and the parsed file.
 *
 * @throws {@link UsageError} with everything that is wrong with it
 */
export function configuredRules(file: string | undefined): {
  readonly rules: readonly ConfiguredRule[];
  readonly value: unknown;
} {
  const value = file === undefined ? {} : readJsonFile(file);
  const { rules: configured, problems } = readConfiguration(rules, value);
  if (file !== undefined && problems.length > 0)
    throw new UsageError(problems.map((problem) => `${nameOf(file)}: ${problem}`).join("\n"));
  if (configured.every(({ level }) => level === "disabled"))
    throw new UsageError(`${nameOf(file ?? "")}: every rule is disabled, so nothing would be judged`);
  return { rules: configured, value };
}
