/** The command line: what was asked for, or one line about what is wrong with it. */
import { parseArgs } from "node:util";
import { nearest } from "../catalogue";
import { EVERY_KIND, type PolicyKind } from "../engine";
import type { PolicyType, Scope } from "../iam";

/** Something wrong with what the command was given: one line, exit status 2. */
export class UsageError extends Error {}

/** How access is reported, and how findings are. */
export type Format = "text" | "json";
export type FindingFormat = Format | "sarif" | "junit" | "github" | "markdown";
const FORMATS: readonly Format[] = ["text", "json"];
const FINDING_FORMATS: readonly FindingFormat[] = [...FORMATS, "sarif", "junit", "github", "markdown"];

/** What a document may be taken for; `any` leaves it to the document. */
export type AnyType = PolicyType | "any";
const TYPES: readonly PolicyType[] = ["identity", "resource", "trust"];
const SCOPES: readonly Scope[] = ["all-actions", "known-actions"];

interface Output<F = Format> {
  readonly format: F;
  readonly output: string | undefined;
}
interface Shared extends Output<FindingFormat> {
  /** a `--policy-pack-config` file */
  readonly policyConfig: string | undefined;
}
export type Command =
  | ({
      readonly name: "check";
      readonly files: readonly string[];
      readonly kind: PolicyKind | undefined;
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
  | { readonly name: "rules"; readonly rule: string | undefined }
  | { readonly name: "help" }
  | { readonly name: "version" };

const COMMANDS = ["check", "preview", "prove", "explain", "rules", "help"];
const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const texts = { type: "string", multiple: true } as const;
const OUTPUT = { format: text, output: { ...text, short: "o" } } as const;
const SHARED = { ...OUTPUT, "policy-config": text } as const;
const PROVE = { ...OUTPUT, type: text, policy: texts, within: texts, scope: text } as const;
const PREVIEW = {
  stack: { ...text, short: "s" },
  "policy-pack": text,
  config: { ...texts, short: "c" },
  call: texts,
  documents: flag,
};

/** Reads the arguments that follow the command's own name. */
export function readArguments(args: readonly string[]): Command {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || rest.includes("--help") || rest.includes("-h"))
    return { name: "help" };
  switch (name) {
    case "--help":
    case "-h":
      return { name: "help" };
    case "--version":
    case "version":
      return { name: "version" };
    case "check": {
      const { values, positionals } = parse(rest, { ...SHARED, type: text });
      if (positionals.length === 0) throw new UsageError("check: expected a file, or `-` for standard input");
      const kind = values.type === undefined ? undefined : choice("type", values.type, EVERY_KIND);
      return { name, files: positionals, kind, ...shared(values) };
    }
    case "preview": {
      const { values, positionals } = parse(rest, { ...SHARED, ...PREVIEW });
      if (positionals.length > 1)
        throw new UsageError(`preview: expected one folder, found ${positionals.length}`);
      return {
        name,
        folder: positionals[0] ?? ".",
        stack: values.stack,
        policyPack: values["policy-pack"],
        config: values.config ?? [],
        calls: values.call ?? [],
        documents: values.documents ?? false,
        ...shared(values),
      };
    }
    case "prove": {
      const { values, positionals } = parse(joined(rest, ["--policy", "--within"]), PROVE);
      const { policy: policies = [], within = [] } = values;
      if (positionals.length > 0) throw new UsageError(`prove: unexpected \`${positionals.join(" ")}\``);
      if (policies.length === 0 || within.length === 0)
        throw new UsageError(
          "prove: expected --policy FILE and --within FILE, each a file, `-` or `catalogue`; see --help",
        );
      const scope = choice("scope", values.scope ?? "all-actions", SCOPES);
      return { name, policies, within, type: typeOf(values.type), scope, ...output(values) };
    }
    case "explain": {
      const { values, positionals } = parse(rest, { ...OUTPUT, type: text });
      const [first, second, ...more] = positionals;
      if (first === undefined || more.length > 0)
        throw new UsageError(
          `explain: expected a file, or an old and a new one, found ${positionals.length}`,
        );
      const files = second === undefined ? { file: first, before: second } : { file: second, before: first };
      return { name, ...files, type: typeOf(values.type), ...output(values) };
    }
    case "rules": {
      const { positionals } = parse(rest, {});
      return { name, rule: positionals[0] };
    }
    default: {
      const meant = nearest(name, COMMANDS);
      throw new UsageError(
        `there is no command \`${name}\`${meant === undefined ? "; see --help" : `; did you mean \`${meant}\`?`}`,
      );
    }
  }
}

type OptionTypes = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>["options"]>;

function parse<const O extends OptionTypes>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
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
    const meant = nearest(unknown, Object.keys(options));
    throw new UsageError(
      `there is no option \`--${unknown}\`${meant === undefined ? "; see --help" : `; did you mean \`--${meant}\`?`}`,
    );
  }
}

/** Several values of one option: `--policy a b` as `--policy a --policy b`. */
function joined(args: readonly string[], options: readonly string[]): readonly string[] {
  let current: string | undefined;
  return args.flatMap((arg, index) => {
    if (arg !== "-" && arg.startsWith("-")) {
      current = options.find((option) => option === arg);
      return [arg];
    }
    const isFirst = args[index - 1] === current;
    return current === undefined || isFirst ? [arg] : [current, arg];
  });
}

function choice<const T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((known) => known === value);
  if (found !== undefined) return found;
  const last = choices.at(-1) ?? "";
  throw new UsageError(`--${option} \`${value}\`: expected ${choices.slice(0, -1).join(", ")} or ${last}`);
}

const typeOf = (value: string | undefined): AnyType =>
  value === undefined ? "any" : choice("type", value, TYPES);

interface OutputValues {
  readonly format?: string | undefined;
  readonly output?: string | undefined;
}

const output = (values: OutputValues): Output => ({
  format: choice("format", values.format ?? "text", FORMATS),
  output: values.output,
});

const shared = (values: OutputValues & { readonly "policy-config"?: string | undefined }): Shared => ({
  format: choice("format", values.format ?? "text", FINDING_FORMATS),
  output: values.output,
  policyConfig: values["policy-config"],
});
