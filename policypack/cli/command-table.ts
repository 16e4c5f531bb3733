/** The commands: what each is for, what it takes, and examples that the tests run. */
import {
  ACCESS_OPTIONS,
  CHECK_OPTIONS,
  EXPLAIN_OPTIONS,
  type OptionSpec,
  PREVIEW_OPTIONS,
  PROVE_OPTIONS,
} from "./option-table";

export interface Example {
  /** a line for a shell */
  readonly line: string;
  readonly does: string;
}

export interface CommandSpec {
  readonly name: string;
  readonly operands: string;
  /** what its operands are, for completion */
  readonly takes: "files" | "folders" | "rules" | "shells" | "commands" | "nothing";
  readonly does: string;
  readonly options: readonly OptionSpec[];
  readonly examples: readonly Example[];
}

export const SHELLS = ["bash", "zsh", "fish"] as const;

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: "check",
    operands: "FILE…",
    takes: "files",
    does: "judge policy documents, and the resources of Pulumi states, previews and event logs; files, folders, globs, or `-` for standard input",
    options: CHECK_OPTIONS,
    examples: [
      { line: "iam-guardrails check policy.json", does: "judge a policy document" },
      { line: "iam-guardrails check --type trust trust.json", does: "say what it is" },
      { line: "iam-guardrails check policies/", does: "all that is in a folder" },
      {
        line: "iam-guardrails check 'policies/**/*.json' --exclude drafts",
        does: "a glob, without a folder",
      },
      {
        line: "pulumi stack export --show-secrets | iam-guardrails check -",
        does: "what a stack has deployed",
      },
      {
        line: "pulumi preview --json --show-sames > preview.json; iam-guardrails check preview.json",
        does: "what a stack is about to deploy",
      },
      {
        line: "iam-guardrails check policies/ --write-baseline baseline.json",
        does: "bear with what there is today",
      },
      { line: "iam-guardrails check policies/ --baseline baseline.json", does: "and block what is new" },
      { line: "iam-guardrails check policies/ --format sarif -o findings.sarif", does: "for code scanning" },
    ],
  },
  {
    name: "preview",
    operands: "[DIR]",
    takes: "folders",
    does: "judge a Pulumi Node program under the real policy pack, without the Pulumi CLI, a network or an AWS account",
    options: PREVIEW_OPTIONS,
    examples: [
      { line: "iam-guardrails preview", does: "the program of this folder" },
      { line: "iam-guardrails preview infra --stack prod", does: "as configured in infra/Pulumi.prod.yaml" },
      { line: "iam-guardrails preview --documents", does: "show the policy documents as well" },
      { line: 'iam-guardrails preview -c \'demo:endpoints=["a","b"]\'', does: "with another configuration" },
      {
        line: `iam-guardrails preview --call 'aws:index/getRegion:getRegion={"name":"eu-west-1"}'`,
        does: "with the result of a provider function",
      },
    ],
  },
  {
    name: "prove",
    operands: "--policy P… --within R…",
    takes: "nothing",
    does: "prove that a policy allows nothing that another one does not, or a stack nothing that it did not before; or show a request that says otherwise",
    options: PROVE_OPTIONS,
    examples: [
      {
        line: "iam-guardrails prove --policy policy.json --within approved.json",
        does: "one policy within another",
      },
      {
        line: "iam-guardrails prove --policy policy.json --within catalogue",
        does: "within the approved list of the pack",
      },
      {
        line: "iam-guardrails prove --policy new.json --within old.json more.json --format json",
        does: "within several policies of one role, for programs",
      },
      {
        line: "pulumi stack export | iam-guardrails prove --policy preview.json --within -",
        does: "what access a preview of a stack adds to what is deployed",
      },
    ],
  },
  {
    name: "explain",
    operands: "[OLD] FILE",
    takes: "files",
    does: "say what a policy allows, in words and as a table; or what a change of it adds and removes",
    options: EXPLAIN_OPTIONS,
    examples: [
      { line: "iam-guardrails explain policy.json", does: "what it allows" },
      { line: "iam-guardrails explain old.json new.json", does: "what the change adds and removes" },
    ],
  },
  {
    name: "validate-config",
    operands: "FILE",
    takes: "files",
    does: "say all that is wrong with a configuration of the policy pack, or what it means with all defaults",
    options: ACCESS_OPTIONS,
    examples: [
      { line: "iam-guardrails validate-config guardrails.json", does: "before the pack is given it" },
      { line: "iam-guardrails validate-config strict", does: "what a preset means" },
      { line: "iam-guardrails validate-config guardrails.json --format json", does: "for programs" },
    ],
  },
  {
    name: "rules",
    operands: "[ID]",
    takes: "rules",
    does: "list the rules, or show one: what it requires, why, and how to put it right",
    options: [],
    examples: [
      { line: "iam-guardrails rules", does: "list them" },
      { line: "iam-guardrails rules no-wildcard-resource", does: "show one" },
    ],
  },
  {
    name: "completion",
    operands: SHELLS.join("|"),
    takes: "shells",
    does: "print a script that completes commands, options and their values in a shell",
    options: [],
    examples: [
      {
        line: "iam-guardrails completion bash > ~/.local/share/bash-completion/completions/iam-guardrails",
        does: "for bash, with the package bash-completion",
      },
      {
        line: 'iam-guardrails completion zsh > "${fpath[1]}/_iam-guardrails"',
        does: "for zsh, before compinit",
      },
      {
        line: "iam-guardrails completion fish > ~/.config/fish/completions/iam-guardrails.fish",
        does: "for fish",
      },
    ],
  },
  {
    name: "help",
    operands: "[COMMAND]",
    takes: "commands",
    does: "show the commands, or one with its options",
    options: [],
    examples: [{ line: "iam-guardrails help check", does: "the same as check --help" }],
  },
  {
    name: "version",
    operands: "",
    takes: "nothing",
    does: "tell the version of the pack and of its authorization data",
    options: [],
    examples: [{ line: "iam-guardrails version", does: "the same as --version" }],
  },
];

export const commandCalled = (name: string): CommandSpec | undefined =>
  COMMANDS.find((command) => command.name === name);
