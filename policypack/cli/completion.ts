/** Shell completion, made of the tables of commands and options. */
import { rules } from "../rules";
import { COMMANDS, type CommandSpec, SHELLS } from "./command-table";
import type { OptionSpec } from "./option-table";

/** A script for a shell: commands, their options, and the values of these where there are few. */
export const completionScript = (shell: (typeof SHELLS)[number]): string =>
  ({ bash: bashScript, zsh: zshScript, fish: fishScript })[shell]();

/** The words that may stand where an operand of a command does; undefined where it is a file. */
const WORDS: Readonly<Record<CommandSpec["takes"], () => readonly string[] | undefined>> = {
  files: () => undefined,
  folders: () => undefined,
  rules: () => rules.map(({ id }) => id),
  shells: () => SHELLS,
  commands: () => COMMANDS.map(({ name }) => name),
  nothing: () => [],
};
const operandsOf = ({ takes }: CommandSpec): readonly string[] | undefined => WORDS[takes]();

const HELP: OptionSpec = { name: "help", short: "h", does: "show its options, and examples" };
const optionsOf = ({ options }: CommandSpec): readonly OptionSpec[] => [...options, HELP];
/** `--output`, `-o` */
const spellings = ({ name, short }: OptionSpec): readonly string[] => [
  `--${name}`,
  ...(short === undefined ? [] : [`-${short}`]),
];
/** The first of several clauses: a list has no room for more. */
const briefly = (does: string): string => does.split(/[;:(]/, 1)[0]?.trim() ?? "";

function bashScript(): string {
  const values = COMMANDS.flatMap((command) =>
    command.options.flatMap(({ choices, value, ...option }) => {
      if (value === undefined) return [];
      const pattern = spellings(option as OptionSpec)
        .map((spelling) => `"${command.name} ${spelling}"`)
        .join("|");
      return [`    ${pattern}) words="${choices?.join(" ") ?? ""}" ;;`];
    }),
  );
  const commands = COMMANDS.map((command) => {
    const options = optionsOf(command).flatMap(spellings).join(" ");
    return `    ${command.name}) options="${options}"; operands="${operandsOf(command)?.join(" ") ?? ""}" ;;`;
  });
  return `# bash completion of iam-guardrails
_iam_guardrails() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} options= operands= words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${[...COMMANDS.map(({ name }) => name), "--help", "--version"].join(" ")}" -- "$cur"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${commands.join("\n")}
  esac
  case "\${COMP_WORDS[1]} $prev" in
${values.join("\n")}
    *) case "$cur" in -*) words=$options ;; *) words=$operands ;; esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
# Where it has no word to offer, a file is meant.
complete -o default -F _iam_guardrails iam-guardrails
`;
}

/** Text within single quotes, and within the brackets and between the colons of zsh. */
const quoted = (text: string): string => text.replaceAll("'", "'\\''");
const inZsh = (text: string): string => quoted(text.replace(/[[\]:\\]/g, "\\$&"));

function zshScript(): string {
  const argumentsOf = (command: CommandSpec): readonly string[] => [
    ...optionsOf(command).map((option) => {
      const { value, choices, isText = false, isRepeated = false, isList = false } = option;
      const action = choices !== undefined ? `(${choices.join(" ")})` : isText ? " " : "_files";
      const names = spellings(option);
      const takes = value === undefined ? "" : `:${isList ? "file" : inZsh(value)}:${action}`;
      const spec = `[${inZsh(briefly(option.does))}]${takes}`;
      const [first = ""] = names;
      if (isRepeated) return names.map((name) => `'*${name}${spec}'`).join(" ");
      return names.length === 1 ? `'${first}${spec}'` : `'(${names.join(" ")})'{${names.join(",")}}'${spec}'`;
    }),
    ...(command.takes === "nothing" ? [] : [`'*:${command.takes}:${zshOperands(command)}'`]),
  ];
  const commands = COMMANDS.map(({ name, does }) => `    '${name}:${inZsh(briefly(does))}'`);
  const cases = COMMANDS.map(
    (command) =>
      `    ${command.name})\n      _arguments \\\n        ${argumentsOf(command).join(" \\\n        ")} ;;`,
  );
  return `#compdef iam-guardrails
_iam_guardrails() {
  local -a commands
  commands=(
${commands.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join("\n")}
  esac
}
_iam_guardrails "$@"
`;
}

function zshOperands(command: CommandSpec): string {
  const words = operandsOf(command);
  if (words !== undefined) return `(${words.join(" ")})`;
  return command.takes === "folders" ? "_files -/" : "_files";
}

function fishScript(): string {
  const lines = COMMANDS.flatMap((command) => {
    const within = `-n '__fish_seen_subcommand_from ${command.name}'`;
    const options = optionsOf(command).map(({ name, short, value, choices, isText = false, does }) => {
      const takes =
        value === undefined
          ? ""
          : choices !== undefined
            ? ` -x -a '${choices.join(" ")}'`
            : isText
              ? " -x"
              : " -r -F";
      const brief = short === undefined ? "" : ` -s ${short}`;
      return `complete -c iam-guardrails ${within} -l ${name}${brief}${takes} -d '${quoted(briefly(does))}'`;
    });
    const words = operandsOf(command);
    const operands =
      words === undefined
        ? [`complete -c iam-guardrails ${within} -F`]
        : words.length === 0
          ? []
          : [`complete -c iam-guardrails ${within} -a '${words.join(" ")}'`];
    return [
      `complete -c iam-guardrails -n __fish_use_subcommand -a ${command.name} -d '${quoted(briefly(command.does))}'`,
      ...options,
      ...operands,
    ];
  });
  return ["# fish completion of iam-guardrails", "complete -c iam-guardrails -f", ...lines, ""].join("\n");
}
