/** `check` of folders and globs, and of what cannot be read. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Progress } from "../../policypack/cli/progress";
import { allow, CLEAN } from "../rules/cases";
import { folderWith, type Ran, ROOT, run } from "./run";

const text = (...statements: unknown[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const GOOD = text(CLEAN);
const BAD = text(CLEAN, allow("s3:GetObject", "*"));

/** A folder with folders in it. */
function tree(files: Readonly<Record<string, string | Buffer>>): string {
  const root = folderWith({});
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}
const checkIn = (cwd: string, ...args: readonly string[]): Ran => run(["check", ...args], { cwd });
/** The files that have findings, by the reports that name them. */
const blamed = ({ stdout }: Ran): readonly string[] =>
  [...stdout.matchAll(/^ {4}(\S+\.json): Statement/gm)].map(([, file = ""]) => file);

const FOLDER = tree({
  "a/bad.json": BAD,
  "a/deep/er/bad.json": BAD,
  "a/deep/good.json": GOOD,
  "a/misspelt.json": '{"Version":"2012-10-17","Statments":[]}',
  "a/package.json": '{"name":"x","version":"1.0.0"}',
  "a/list.json": "[1]",
  "a/notes.txt": "not JSON",
  "a/node_modules/x/bad.json": BAD,
  "b/bad.json": BAD,
  "none/package.json": "{}",
});

describe("iam-guardrails check, of folders and globs", () => {
  const table: readonly (readonly [args: readonly string[], blamed: readonly string[]])[] = [
    [
      ["a", "--exclude", "misspelt.json"],
      ["a/bad.json", "a/deep/er/bad.json"],
    ],
    [["./a/", "--exclude", "misspelt.json", "--exclude", "er"], ["a/bad.json"]],
    [
      ["a/deep", "b"],
      ["a/deep/er/bad.json", "b/bad.json"],
    ],
    [["*/bad.json"], ["a/bad.json", "b/bad.json"]],
    [["**/bad.json"], ["a/bad.json", "a/deep/er/bad.json", "b/bad.json"]],
    [["a/**/b?d.json", "--exclude", "a/deep/**"], ["a/bad.json"]],
    [["{b,c}/*.json"], ["b/bad.json"]],
    [["a/*/good.json"], []],
  ];
  for (const [args, files] of table)
    it(`finds ${files.length} bad files in ${args.join(" ")}`, () => {
      const ran = checkIn(FOLDER, ...args);
      assert.deepEqual([ran.status, blamed(ran)], [files.length > 0 ? 1 : 0, files]);
    });
  it("says how many files hold nothing to judge, and takes a misspelt document for one", () => {
    const { status, stdout, stderr } = checkIn(FOLDER, "a");
    assert.equal(status, 1);
    assert.equal(stderr, "note: 2 JSON files hold no policy document, state, preview or event log\n");
    assert.match(stdout, /a\/misspelt\.json: Statement\n|a\/misspelt\.json/);
  });
  it("does not pass over statements that stand where no document is read", () => {
    const hidden = {
      "list.json": `[${BAD}]`,
      "lower.json": `{"policies":{"x":${BAD.replaceAll("Statement", "statement")}}}`,
      "string.json": JSON.stringify(BAD),
      "twice.json": JSON.stringify([JSON.stringify(BAD)]),
      "wrapped.json": `{"policy":${BAD}}`,
    };
    // What is named alike and holds none: a report of test coverage, and a bank's.
    const others = {
      "bank.json": '{"bank":{"statement":"2026-01"}}',
      "coverage.json": '{"t":{"statements":{}}}',
    };
    const folder = tree({ "good.json": GOOD, ...hidden, ...others });
    const { status, stdout, stderr } = checkIn(folder, ".", "--type", "identity", "--format", "json");
    const { findings } = JSON.parse(stdout) as {
      readonly findings: readonly { readonly rule: string; readonly subject: { readonly file: string } }[];
    };
    assert.deepEqual(
      [status, stderr, [...new Set(findings.map(({ rule, subject }) => `${rule} ${subject.file}`))]],
      [
        1,
        "note: 2 JSON files hold no policy document, state, preview or event log\n",
        Object.keys(hidden).map((file) => `readable-document ${file}`),
      ],
    );
  });
  it("judges thousands of files, one at a time", function () {
    this.timeout(120_000);
    const many = Object.fromEntries(
      Array.from({ length: 3000 }, (_, index) => [`p/${index % 30}/${index}.json`, index === 7 ? BAD : GOOD]),
    );
    const folder = tree(many);
    const { status, stdout } = checkIn(folder, "p");
    assert.equal(status, 1);
    assert.match(stdout, /✘ blocked: 3000 documents judged, 1 mandatory, 0 advisory\n$/);
    // What is kept of a file does not depend on its length: 300 MB of documents fit into 200.
    const filler = " ".repeat(1_000_000);
    const long = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`l/${index}.json`, GOOD + filler]),
    );
    const ran = spawnSync(
      process.execPath,
      ["--max-old-space-size=200", join(ROOT, "policypack", "bin", "iam-guardrails.js"), "check", "l"],
      { cwd: tree(long), encoding: "utf8" },
    );
    assert.deepEqual([ran.status, ran.stderr], [0, ""]);
  });
});

describe("iam-guardrails check, of what cannot be read", () => {
  const ENDLESS = "it is neither a file nor a folder; what a pipe brings is given as standard input, `-`";
  const root = tree({
    "latin/x.json": Buffer.from('{"Sid":"\u00e9"}', "latin1"),
    "latin/bad.json": BAD,
    "self/good.json": GOOD,
    "round/in/good.json": GOOD,
    "dangling/good.json": GOOD,
    "pipe/good.json": GOOD,
    "cut/policy.json": '{"Version":',
    "nul/policy.json": BAD.replace(",", ",\0"),
    "utf16/x.json": Buffer.from(`\uFEFF${BAD}`, "utf16le"),
    "deep/state.json": `{"version":3,"deployment":{"resources":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`,
    "line/x.json": `{"sequence":1,"x":"${"a".repeat(2_000_000)}"`,
  });
  symlinkSync("x.json", join(root, "self", "x.json"));
  symlinkSync("..", join(root, "round", "in", "up"));
  symlinkSync("gone.json", join(root, "dangling", "x.json"));
  execFileSync("mkfifo", [join(root, "pipe", "x.json")]);

  const table: readonly (readonly [args: readonly string[], stderr: string])[] = [
    [["latin"], "error: latin/x.json: it is not UTF-8 text\n"],
    [["self"], "error: self/x.json: its links go round in a circle\n"],
    [["round"], "error: round/in/up: its links go round in a circle\n"],
    [["dangling"], "error: dangling/x.json: there is no such file or folder\n"],
    [["pipe"], "error: pipe/x.json: it is neither a file nor a folder\n"],
    [["pipe/x.json"], `error: pipe/x.json: ${ENDLESS}\n`],
    [["/dev/zero"], `error: /dev/zero: ${ENDLESS}\n`],
    [["latin/bad.json", "--policy-config", "pipe/x.json"], `error: pipe/x.json: ${ENDLESS}\n`],
    [["latin/bad.json", "--baseline", "pipe/x.json"], `error: pipe/x.json: ${ENDLESS}\n`],
    [
      ["latin/bad.json", "-o", "pipe/x.json"],
      "error: --output pipe/x.json: it is a pipe; standard output can be piped\n",
    ],
    [["utf16"], "error: utf16/x.json: it is not UTF-8 text\n"],
    [["deep"], "error: deep/state.json: it is not JSON: nested more than 200 deep at line 1, column 1\n"],
    [["line"], "error: line/x.json: line 1 is no event; the log is damaged or cut off\n"],
    [["nul"], ""],
    [["cut"], ""],
    [["nowhere"], "error: nowhere: there is no such file or folder\n"],
    [["nowhere/*.json"], "error: nowhere/*.json: nothing matches it\n"],
    [["{a"], "error: {a: a brace is not closed\n"],
    [["*.json"], "error: *.json: nothing matches it\n"],
  ];
  for (const [args, stderr] of table)
    it(`ends with 2 for ${args.join(" ")}`, () => {
      const ran = checkIn(root, ...args);
      assert.deepEqual([ran.status, ran.stderr], [2, stderr]);
    });
  it("reads what the shell hands over as a file", () => {
    const command = `"${process.execPath}" "${join(ROOT, "policypack", "bin", "iam-guardrails.js")}" check <(cat latin/bad.json) -o >(cat)`;
    const { status, stdout } = spawnSync("bash", ["-c", command], { cwd: root, encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(stdout, /no-wildcard-resource/);
  });
  it("judges the rest all the same", () => {
    assert.deepEqual(blamed(checkIn(root, "latin")), ["latin/bad.json"]);
  });
  it("ends with 2 where nothing is found to judge", () => {
    const { status, stdout, stderr } = checkIn(FOLDER, "none", "--format", "json");
    assert.deepEqual(
      [status, stdout, stderr],
      [
        2,
        "",
        "note: 1 JSON files hold no policy document, state, preview or event log\nerror: none: no policy document, state, preview or event log is there\n",
      ],
    );
  });
  it("ends with 2 for a folder and a file without permission", function () {
    const folder = tree({ "good.json": GOOD, "shut/x.json": GOOD, "shut.json": GOOD });
    chmodSync(join(folder, "shut"), 0o000);
    chmodSync(join(folder, "shut.json"), 0o000);
    chmodSync(folder, 0o755);
    // Nothing is shut for root: the child is somebody else, where this process may make it so.
    const isRoot = process.getuid?.() === 0;
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, "policypack", "bin", "iam-guardrails.js"), "check", "."],
      { cwd: folder, encoding: "utf8", ...(isRoot ? { uid: 65534, gid: 65534 } : {}) },
    );
    chmodSync(join(folder, "shut"), 0o755);
    assert.deepEqual(
      [status, stderr],
      [2, "error: shut: no permission for it\nerror: shut.json: no permission for it\n"],
    );
  });
  it("judges a document of 1 MB in time", function () {
    this.timeout(120_000);
    const resources = Array.from({ length: 30_000 }, (_, item) => `arn:aws:s3:::example-bucket/${item}`);
    const statements = [CLEAN, allow("s3:GetObject", resources)];
    assert.ok(text(...statements).length > 1_000_000);
    const folder = folderWith({ "long.json": text(...statements) });
    const { status, stdout } = checkIn(folder, "long.json");
    assert.equal(status, 1);
    assert.match(stdout, /policy-size/);
  });
  it("judges a state of 50 MB in time, and points into it", function () {
    this.timeout(240_000);
    const resource = (index: number) => ({
      urn: `urn:pulumi:dev::p::aws:s3/bucketObject:BucketObject::o${index}`,
      custom: true,
      type: "aws:s3/bucketObject:BucketObject",
      inputs: { content: "x".repeat(25_000) },
      outputs: { content: "x".repeat(25_000) },
    });
    const policy = {
      urn: "urn:pulumi:dev::p::aws:iam/policy:Policy::last",
      custom: true,
      type: "aws:iam/policy:Policy",
      inputs: { policy: BAD },
    };
    const resources = [...Array.from({ length: 1000 }, (_, index) => resource(index)), policy];
    const state = JSON.stringify({ version: 3, deployment: { resources } }, undefined, 1);
    assert.ok(state.length > 50_000_000);
    const { status, stdout } = checkIn(folderWith({ "s.json": state }), "s.json", "--format", "github");
    assert.equal(status, 1);
    assert.match(stdout, new RegExp(`^::error file=s\\.json,line=${state.split("\n").length - 5},`));
    assert.equal(checkIn(folderWith({ "s.json": state.slice(0, -9) }), "s.json").status, 2);
  });
});

describe("progress", () => {
  const shownOn = (isTTY: boolean): readonly string[] => {
    const written: string[] = [];
    let now = 0;
    const progress = new Progress({ isTTY, write: (line) => written.push(line) }, () => now);
    for (now = 0; now <= 1150; now += 50) progress.show(`${now}`);
    progress.show(undefined);
    progress.show(undefined);
    return written;
  };
  it("begins after a second on a terminal, is seldom, and leaves nothing", () => {
    assert.deepEqual(shownOn(true), ["\r\u001b[K1000", "\r\u001b[K1100", "\r\u001b[K"]);
  });
  it("is nowhere else", () => {
    assert.deepEqual(shownOn(false), []);
  });
});
