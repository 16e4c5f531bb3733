/** The command line: what was asked for, or one line about what is wrong with it. */
import { parseArgs } from "node:util";
import { nearest } from "../catalogue";
import { EVERY_KIND, type PolicyKind } from "../engine";
import type { PolicyType, Scope } from "../iam";
import { commandCalled, COMMANDS, type CommandSpec, SHELLS } from "./command-table";
import {
  FINDING_FORMATS,
  type FindingFormat,
  type Format,
  FORMATS,
  INPUT_KINDS,
  type InputKind,
  type OptionSpec,
  SCOPES,
  TYPES,
} from "./option-table";

/** Something wrong with what the command was given: one line, exit status 2. */
export class UsageError extends Error {}

/** What a document may be taken for; `any` leaves it to the document. */
export type AnyType = PolicyType | "any";

interface Output<F = Format> {
  readonly format: F;
  readonly output: string | undefined;
}
interface Shared extends Output<FindingFormat> {
  /** a `--policy-pack-config` file */
  readonly policyConfig: string | undefined;
  /** a file that lists findings which do not block */
  readonly baseline: string | undefined;
  /** where to list the findings of this run */
  readonly writeBaseline: string | undefined;
}
export type Command =
  | ({
      readonly name: "check";
      readonly files: readonly string[];
      /** globs of what is left out */
      readonly excluded: readonly string[];
      readonly kind: PolicyKind | undefined;
      /** what the files hold; undefined leaves it to their content */
      readonly input: InputKind | undefined;
    } & Shared)
  | ({
      readonly name: "preview";
      readonly folder: string;
      readonly stack: string | undefined;
      readonly policyPack: string | undefined;
      readonly config: readonly string[];
      readonly calls: readonly string[];
      /** whether to show the documents that were judged */
      readonly documents: boolean;
    } & Shared)
  | ({
      readonly name: "prove";
      readonly policies: readonly string[];
      readonly within: readonly string[];
      readonly type: AnyType;
      readonly scope: Scope;
    } & Output)
  | ({
      readonly name: "explain";
      readonly file: string;
      /** the document that it is a change of */
      readonly before: string | undefined;
      readonly type: AnyType;
    } & Output)
  | ({ readonly name: "validate-config"; readonly file: string } & Output)
  | { readonly name: "rules"; readonly rule: string | undefined }
  | { readonly name: "completion"; readonly shell: (typeof SHELLS)[number] }
  | { readonly name: "help"; readonly of: CommandSpec | undefined }
  | { readonly name: "version" };

/** Reads the arguments. */
export function readArguments(args: readonly string[]): Command {
  const [first, ...rest] = args;
  if (first === undefined || first === "--help" || first === "-h") return { name: "help", of: undefined };
  const name = first === "--version" ? "version" : first;
  const spec = commandCalled(name);
  if (spec === undefined) throw unknownCommand(name);
  if (rest.includes("--help") || rest.includes("-h")) return { name: "help", of: spec };
  return read(spec, new Given(spec, rest));
}

const unknownCommand = (name: string): UsageError => {
  const meant = nearest(
    name,
    COMMANDS.map((command) => command.name),
  );
  return new UsageError(
    `there is no command \`${name}\`${meant === undefined ? "; see --help" : `; did you mean \`${meant}\`?`}`,
  );
};

function read({ name }: CommandSpec, given: Given): Command {
  const { operands } = given;
  switch (name) {
    case "check":
      if (operands.length === 0)
        throw new UsageError("check: expected a file, a folder, a glob, or `-` for standard input");
      return {
        name,
        files: operands,
        excluded: given.all("exclude"),
        kind: given.choice("type", EVERY_KIND),
        input: given.choice("input", INPUT_KINDS),
        ...shared(given),
      };
    case "preview":
      if (operands.length > 1) throw new UsageError(`preview: expected one folder, found ${operands.length}`);
      return {
        name,
        folder: operands[0] ?? ".",
        stack: given.one("stack"),
        policyPack: given.one("policy-pack"),
        config: given.all("config"),
        calls: given.all("call"),
        documents: given.has("documents"),
        ...shared(given),
      };
    case "prove": {
      const [policies, within] = [given.all("policy"), given.all("within")];
      if (operands.length > 0) throw new UsageError(`prove: unexpected \`${operands.join(" ")}\``);
      if (policies.length === 0 || within.length === 0)
        throw new UsageError(
          "prove: expected --policy FILE and --within FILE, each a file, `-` or `catalogue`; see --help",
        );
      const scope = given.choice("scope", SCOPES) ?? "all-actions";
      return { name, policies, within, type: given.choice("type", TYPES) ?? "any", scope, ...output(given) };
    }
    case "explain": {
      const [first, second, ...more] = operands;
      if (first === undefined || more.length > 0)
        throw new UsageError(`explain: expected a file, or an old and a new one, found ${operands.length}`);
      const files = second === undefined ? { file: first, before: second } : { file: second, before: first };
      return { name, ...files, type: given.choice("type", TYPES) ?? "any", ...output(given) };
    }
    case "validate-config":
      return { name, file: given.only("a file, or the name of a preset"), ...output(given) };
    case "completion": {
      const shell = choice("completion", given.only("a shell"), SHELLS);
      return { name, shell };
    }
    case "rules":
      return { name, rule: operands[0] };
    case "help": {
      const of = operands[0] === undefined ? undefined : commandCalled(operands[0]);
      if (operands[0] !== undefined && of === undefined) throw unknownCommand(operands[0]);
      return { name, of };
    }
    default:
      return { name: "version" };
  }
}

/** What stands behind the name of a command. */
class Given {
  readonly operands: readonly string[];
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #command: string;

  constructor({ name, options }: CommandSpec, args: readonly string[]) {
    this.#command = name;
    const { values, positionals } = parse(joined(args, options), options);
    this.#values = values;
    this.operands = positionals;
  }

  one(option: string): string | undefined {
    const value = this.#values[option];
    return typeof value === "string" ? value : undefined;
  }
  all(option: string): readonly string[] {
    const values = this.#values[option] ?? [];
    return Array.isArray(values) ? values.filter((value) => typeof value === "string") : [];
  }
  has(option: string): boolean {
    return this.#values[option] === true;
  }
  choice<const T extends string>(option: string, choices: readonly T[]): T | undefined {
    const value = this.one(option);
    return value === undefined ? undefined : choice(`--${option}`, value, choices);
  }
  /** @param what - the one operand that there must be */
  only(what: string): string {
    const [only, ...more] = this.operands;
    if (only !== undefined && more.length === 0) return only;
    throw new UsageError(`${this.#command}: expected ${what}, found ${this.operands.length}`);
  }
}

function parse(
  args: readonly string[],
  options: readonly OptionSpec[],
): { readonly values: Readonly<Record<string, unknown>>; readonly positionals: readonly string[] } {
  const known = Object.fromEntries(
    options.map(({ name, short, value, isRepeated = false }) => [
      name,
      {
        type: value === undefined ? ("boolean" as const) : ("string" as const),
        multiple: isRepeated,
        ...(short === undefined ? {} : { short }),
      },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true, strict: true });
  } catch (error) {
    // "Unknown option '--fromat'. To specify a positional argument …": the first sentence says it.
    const message = error instanceof Error ? error.message : String(error);
    // With the option's two names, or as it was written: "Option '-o, --output <value>' argument missing".
    const bare = /^Option '(?:-\w, )?(--?[\w-]+)(?: <value>)?' argument (?:missing|is ambiguous)/.exec(
      message,
    )?.[1];
    if (bare !== undefined) throw new UsageError(`${bare}: expected a value`);
    const unknown = /^Unknown option '--?([^' ]+)/.exec(message)?.[1];
    if (unknown === undefined) throw new UsageError(message.split(/\.\s/, 1)[0] ?? message);
    const meant = nearest(unknown, Object.keys(known));
    throw new UsageError(
      `there is no option \`--${unknown}\`${meant === undefined ? "; see --help" : `; did you mean \`--${meant}\`?`}`,
    );
  }
}

/** Several values of one option: `--policy a b` as `--policy a --policy b`. */
function joined(args: readonly string[], options: readonly OptionSpec[]): readonly string[] {
  const lists = options.filter(({ isList }) => isList).map(({ name }) => `--${name}`);
  let current: string | undefined;
  return args.flatMap((arg, index) => {
    if (arg !== "-" && arg.startsWith("-")) {
      current = lists.find((option) => option === arg);
      return [arg];
    }
    const isFirst = args[index - 1] === current;
    return current === undefined || isFirst ? [arg] : [current, arg];
  });
}

function choice<const T extends string>(of: string, value: string, choices: readonly T[]): T {
  const found = choices.find((known) => known === value);
  if (found !== undefined) return found;
  const last = choices.at(-1) ?? "";
  throw new UsageError(`${of} \`${value}\`: expected ${choices.slice(0, -1).join(", ")} or ${last}`);
}

const output = (given: Given): Output => ({
  format: given.choice("format", FORMATS) ?? "text",
  output: given.one("output"),
});

const shared = (given: Given): Shared => ({
  format: given.choice("format", FINDING_FORMATS) ?? "text",
  output: given.one("output"),
  policyConfig: given.one("policy-config"),
  baseline: given.one("baseline"),
  writeBaseline: given.one("write-baseline"),
});
