/** The command line: what was asked for, or one line about what is wrong with it. */
import { parseArgs } from "node:util";
import { nearest } from "../catalogue";

/** Something wrong with what the command was given: one line, exit status 2. */
export class UsageError extends Error {}

export type Format = "text" | "json";
const FORMATS: readonly Format[] = ["text", "json"];

interface Shared {
  readonly format: Format;
  /** a `--policy-pack-config` file */
  readonly policyConfig: string | undefined;
  readonly output: string | undefined;
}
export type Command =
  | ({ readonly name: "check"; readonly files: readonly string[] } & Shared)
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
  | { readonly name: "rules"; readonly rule: string | undefined }
  | { readonly name: "help" }
  | { readonly name: "version" };

const COMMANDS = ["check", "preview", "rules", "help"];
const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const texts = { type: "string", multiple: true } as const;
const SHARED = { format: text, "policy-config": text, output: { ...text, short: "o" } } as const;
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
      const { values, positionals } = parse(rest, SHARED);
      if (positionals.length === 0) throw new UsageError("check: expected a file, or `-` for standard input");
      return { name, files: positionals, ...shared(values) };
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
    const bare = /^Option '(?:-\w, )?--([\w-]+) <value>' argument (?:missing|is ambiguous)/.exec(
      message,
    )?.[1];
    if (bare !== undefined) throw new UsageError(`--${bare}: expected a value`);
    const unknown = /^Unknown option '--?([^' ]+)/.exec(message)?.[1];
    if (unknown === undefined) throw new UsageError(message.split(/\.\s/, 1)[0] ?? message);
    const meant = nearest(unknown, Object.keys(options));
    throw new UsageError(
      `there is no option \`--${unknown}\`${meant === undefined ? "; see --help" : `; did you mean \`--${meant}\`?`}`,
    );
  }
}

function shared(values: {
  readonly format?: string | undefined;
  readonly "policy-config"?: string | undefined;
  readonly output?: string | undefined;
}): Shared {
  const format = FORMATS.find((known) => known === (values.format ?? "text"));
  if (format === undefined)
    throw new UsageError(`--format \`${values.format ?? ""}\`: expected ${FORMATS.join(" or ")}`);
  return { format, policyConfig: values["policy-config"], output: values.output };
}
