/** Help and completion: what they show is what there is, and every example runs. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { completionScript } from "../../policypack/cli/completion";
import { COMMANDS } from "../../policypack/cli/command-table";
import { helpText } from "../../policypack/cli/help";
import { rules } from "../../policypack/rules";
import { CLEAN } from "../rules/cases";
import { folderWith, ROOT, run } from "./run";

const recordings = join(__dirname, "recordings");
const GOOD = JSON.stringify({ Version: "2012-10-17", Statement: [CLEAN] });
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "sagemaker.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    },
  ],
});

/** A folder in which all examples find what they speak of, with `iam-guardrails` and a `pulumi` that prints what it once did. */
function exampleFolder(): string {
  const names = ["policy", "approved", "old", "new", "more"].map((name) => [`${name}.json`, GOOD] as const);
  const folder = folderWith({
    ...Object.fromEntries(names),
    "trust.json": TRUST,
    "guardrails.json": "{}",
    "preview.json": readFileSync(join(recordings, "preview.json")),
  });
  const write = (path: string, content: string): void => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  write("policies/a.json", GOOD);
  write("policies/drafts/b.json", "not JSON");
  for (const project of [".", "infra"]) {
    write(`${project}/Pulumi.yaml`, "name: demo\nruntime: nodejs\n");
    write(`${project}/Pulumi.dev.yaml`, "config: {}\n");
    write(`${project}/Pulumi.prod.yaml`, "config: {}\n");
    write(`${project}/index.js`, "");
    write(`${project}/package.json`, '{"name":"demo","version":"1.0.0"}');
  }
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const programs = {
    "iam-guardrails": `exec "${process.execPath}" "${join(ROOT, "policypack/bin/iam-guardrails.js")}" "$@"`,
    pulumi: `case "$1" in stack) cat "${recordings}/state.json" ;; *) cat "${recordings}/preview.json" ;; esac`,
  };
  for (const [name, script] of Object.entries(programs)) {
    write(`bin/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, "bin", name), 0o755);
  }
  for (const path of [".local/share/bash-completion/completions", ".config/fish/completions", "functions"])
    mkdirSync(join(folder, path), { recursive: true });
  return folder;
}

describe("help", () => {
  const folder = exampleFolder();
  for (const { name, examples } of COMMANDS)
    for (const { line } of examples) {
      // The folder is shown as zsh has it; bash, which runs it here, counts from 0.
      it(`shows what can be run: ${line}`, () => {
        if (name === "check" && line.includes("--baseline"))
          run(["check", "policies/a.json", "--write-baseline", "baseline.json"], { cwd: folder });
        const excluded = /policies\/( |$)/.test(line) ? " --exclude drafts" : "";
        const { status, stderr } = spawnSync(
          "bash",
          ["-c", `fpath=(x "${folder}/functions"); ${line}${excluded}`],
          {
            cwd: folder,
            encoding: "utf8",
            env: {
              ...process.env,
              HOME: folder,
              PATH: `${join(folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
            },
          },
        );
        // What the engine has recorded is blocked.
        assert.deepEqual([status, stderr], [line.startsWith("pulumi") ? 1 : 0, ""]);
      });
    }
  it("names every command and option, and fits any terminal down to 60 columns", () => {
    for (const width of [60, 80, 200])
      for (const command of [undefined, ...COMMANDS]) {
        const text = helpText(command, { colour: false, width });
        for (const { name } of command?.options ?? COMMANDS) assert.ok(text.includes(name), name);
        // The folder of bash's completions is one word.
        const most = command?.name === "completion" ? 80 : Math.min(width, 80);
        for (const line of text.split("\n")) assert.ok(line.length <= most, line);
      }
  });
  it("is coloured on request only", () => {
    const coloured = (env: Readonly<Record<string, string>>) =>
      run(["check", "--help"], { env }).stdout.includes("\u001b[");
    assert.deepEqual([{}, { FORCE_COLOR: "1" }, { FORCE_COLOR: "1", NO_COLOR: "1" }].map(coloured), [
      false,
      true,
      false,
    ]);
  });
});

describe("completion", () => {
  const bash = (...words: readonly string[]): readonly string[] => {
    const list = words.map((word) => `"${word}"`).join(" ");
    const { stdout, stderr } = spawnSync(
      "bash",
      [
        "-c",
        `${completionScript("bash")}\nCOMP_WORDS=(iam-guardrails ${list}); COMP_CWORD=${words.length}; _iam_guardrails; printf '%s\\n' "\${COMPREPLY[@]}"`,
      ],
      { encoding: "utf8" },
    );
    assert.equal(stderr, "");
    return stdout.split("\n").filter((word) => word !== "");
  };
  for (const [words, offered] of [
    [["che"], ["check"]],
    [["check", "--form"], ["--format"]],
    [["check", "--format", "s"], ["sarif"]],
    [
      ["prove", "--format", ""],
      ["text", "json"],
    ],
    [["rules", "no-wild"], ["no-wildcard-resource"]],
    [["check", "-o", ""], []],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
  ] as const)
    it(`offers bash ${offered.join(", ") || "files"} after ${words.join(" ")}`, () => {
      assert.deepEqual(bash(...words), offered);
    });
  for (const shell of ["bash", "zsh", "fish"] as const)
    it(`names every command, option, value and rule to ${shell}`, () => {
      const script = completionScript(shell);
      for (const { name, options } of COMMANDS) {
        assert.ok(script.includes(name));
        for (const option of options)
          for (const word of [option.name, ...(option.choices ?? [])]) assert.ok(script.includes(word), word);
      }
      for (const { id } of rules) assert.ok(script.includes(id), id);
    });
  /** What a shell prints of a script; the completion of shells that are not here cannot be run. */
  const SHELLS: Readonly<Record<string, (words: string) => readonly string[]>> = {
    // zsh's own functions need a terminal: these say what they are given.
    zsh: (words) => {
      const list = words.split(" ");
      return [
        "-fc",
        `_arguments() { print -rl -- "$@" }; _describe() { print -rl -- "\${(P@)2}" }
words=(${list.map((word) => `"${word}"`).join(" ")}); CURRENT=${list.length}
${completionScript("zsh")}`,
      ];
    },
    fish: (words) => ["--no-config", "-c", `${completionScript("fish")}\ncomplete -C '${words}'`],
  };
  for (const [shell, words, offered] of [
    ["fish", "iam-guardrails che", /^check\tjudge policy documents/],
    ["fish", "iam-guardrails check --format s", /^sarif\t/],
    ["fish", "iam-guardrails rules no-wild", /^no-wildcard-resource$/],
    ["fish", "iam-guardrails completion ", /^bash\nfish\nzsh$/],
    ["zsh", "iam-guardrails ", /^check:judge policy documents.*\nversion:/s],
    ["zsh", "iam-guardrails check ", /^--format\[how to report\]:FORMAT:\(text json sarif/],
    ["zsh", "iam-guardrails preview ", /^\*:folders:_files -\/$/m],
  ] as const)
    if (spawnSync(shell, ["--version"]).status === 0)
      it(`offers ${shell} what may follow ${words}`, () => {
        const { stdout, stderr } = spawnSync(shell, SHELLS[shell]?.(words) ?? [], { encoding: "utf8" });
        assert.equal(stderr, "");
        assert.match(stdout.trim(), offered);
      });
    else process.stderr.write(`${shell} is not here: what it offers after \`${words}\` is not tested\n`);
  it("refuses another shell", () => {
    assert.deepEqual(
      run(["completion", "tcsh"]).stderr,
      "error: completion `tcsh`: expected bash, zsh or fish\n",
    );
  });
});
