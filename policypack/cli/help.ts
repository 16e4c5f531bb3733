/** What `--help` prints: made of the tables, with examples first, for the width of the terminal but never wider than 80 columns. */
import { paint, type Style, wrap } from "../report";
import { COMMANDS, type CommandSpec } from "./command-table";
import type { OptionSpec } from "./option-table";

const WIDEST = 80;
const EXIT_STATUS =
  "exit status: 0 nothing mandatory was found, or proved; 1 a mandatory finding, or not proved; 2 wrong usage, or input that cannot be read";

/** The help on a command; without one, the commands. */
export function helpText(of: CommandSpec | undefined, given: Style): string {
  const style = { ...given, width: Math.min(given.width, WIDEST) };
  const parts = of === undefined ? overview(style) : helpOn(of, style);
  return `${[...parts, wrap(EXIT_STATUS, "", style)].join("\n\n")}\n`;
}

const overview = (style: Style): readonly string[] => [
  wrap("iam-guardrails: guardrails for AWS IAM in Pulumi stacks and bare policies", "", style),
  ...COMMANDS.map((command) => [usage(command, style), wrap(command.does, "    ", style)].join("\n")),
  [
    "for example",
    ...COMMANDS.slice(0, 3).flatMap(({ examples }) =>
      examples.slice(0, 1).flatMap(({ line }) => shellLines(line, style)),
    ),
  ].join("\n"),
  wrap("`iam-guardrails help COMMAND` shows its options, and more examples", "", style),
];

const usage = ({ name, operands }: CommandSpec, style: Style): string =>
  `  ${paint(`iam-guardrails ${name}`, "bold", style)}${operands === "" ? "" : ` ${operands}`}`;

function helpOn(command: CommandSpec, style: Style): readonly string[] {
  const examples = command.examples.flatMap(({ line: text, does }) => [
    wrap(`# ${does}`, "  ", style),
    ...shellLines(text, style),
  ]);
  const options = command.options.flatMap((option) => [
    `  ${paint(spelling(option), "bold", style)}`,
    wrap(option.does, "      ", style),
  ]);
  return [
    `${usage(command, style)}${command.options.length === 0 ? "" : " [OPTIONS]"}\n${wrap(command.does, "    ", style)}`,
    ["examples", ...examples].join("\n"),
    ...(options.length === 0 ? [] : [["options", ...options].join("\n")]),
  ];
}

/** `-o, --output FILE` */
const spelling = ({ name, short, value }: OptionSpec): string =>
  `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;

/** A command that is longer than a line goes on in the next, as a shell has it. */
function shellLines(text: string, style: Style): readonly string[] {
  const lines = wrap(text, "  ", { ...style, width: style.width - 2 }).split("\n");
  return lines.map((each, index) => {
    const indented = index === 0 ? each : `  ${each}`;
    return index < lines.length - 1 ? `${indented} \\` : indented;
  });
}
