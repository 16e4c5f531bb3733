import assert from "node:assert/strict";
import { readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allow, CLEAN } from "../rules/cases";
import { folderWith, type Ran, run } from "./run";

const text = (...statements: unknown[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const OLD = allow("s3:GetObject", "*");

describe("iam-guardrails check --baseline", () => {
  let folder = "";
  const check = (...args: readonly string[]): Ran => run(["check", ...args], { cwd: folder });
  beforeEach(() => {
    folder = folderWith({ "a.json": text(CLEAN, OLD), "b.json": text(CLEAN) });
    const { status, stdout } = check("a.json", "b.json", "--write-baseline", "base.json");
    assert.deepEqual(
      [status, stdout],
      [0, "✔ passed: 2 documents judged, 0 mandatory, 0 advisory, 1 in the baseline\n"],
    );
  });
  const write = (name: string, content: string): void => {
    writeFileSync(join(folder, name), content);
  };

  it("lists findings for people, in a fixed order", () => {
    const { version, findings } = JSON.parse(readFileSync(join(folder, "base.json"), "utf8")) as {
      version: number;
      findings: readonly { fingerprint: string }[];
    };
    assert.deepEqual(
      [version, findings],
      [
        1,
        [
          {
            fingerprint: findings[0]?.fingerprint,
            rule: "no-wildcard-resource",
            subject: { file: "a.json" },
            place: "Statement[1].Resource",
            message: "`s3:GetObject` is allowed on `*`, which singles out no object",
          },
        ],
      ],
    );
  });
  it("bears with what it lists, by whatever path the file is named and wherever its statement stands", () => {
    write("a.json", text(OLD, CLEAN));
    assert.equal(check("./a.json", "b.json", "--baseline", "base.json").status, 0);
  });
  it("blocks what is new, one more of the same kind included", () => {
    write("b.json", text(CLEAN, OLD));
    const other = check("a.json", "b.json", "--baseline", "base.json");
    assert.equal(other.status, 1);
    assert.match(other.stdout, /b\.json: Statement\[1\].*1 mandatory, 0 advisory, 1 in the baseline\n$/s);
    assert.doesNotMatch(other.stdout, /a\.json/);
    write("a.json", text(OLD, CLEAN, OLD));
    assert.match(check("a.json", "--baseline", "base.json").stdout, /1 mandatory, .*, 1 in the baseline\n$/);
  });
  it("says what is gone: mended, or with its file", () => {
    const gone =
      /^▲ advisory {2}no-wildcard-resource\n {4}base\.json: findings\[0\]\n {4}the finding at a\.json: Statement\[1\]\.Resource is gone\n/;
    write("a.json", text(CLEAN));
    assert.match(check("a.json", "--baseline", "base.json").stdout, gone);
    unlinkSync(join(folder, "a.json"));
    assert.match(check("b.json", "--baseline", "base.json").stdout, gone);
  });
  it("says nothing of files that were not judged", () => {
    assert.doesNotMatch(check("b.json", "--baseline", "base.json").stdout, /gone/);
  });
  it("marks what it lists in formats for programs", () => {
    const of = (format: string): string =>
      check("a.json", "--baseline", "base.json", "--format", format).stdout;
    assert.match(of("json"), /"baseline": 1\s.*"level": "advisory".*"baseline": true/s);
    assert.match(of("sarif"), /"baselineState": "unchanged"/);
    assert.match(of("junit"), /<skipped message="in the baseline"\/>/);
    assert.equal(of("github"), "passed: 1 document judged, 0 mandatory, 0 advisory, 1 in the baseline\n");
  });
  for (const [content, error] of [
    ["{}", "it is no baseline; `check --write-baseline FILE` writes one"],
    ['{"version":1,"findings":[{"fingerprint":""}]}', "`findings[0]` is no finding of a baseline"],
    ["[", "it is not JSON: close bracket expected at line 1, column 2"],
  ] as const)
    it(`ends with 2 for ${content}`, () => {
      write("wrong.json", content);
      const { status, stderr } = check("a.json", "--baseline", "wrong.json");
      assert.deepEqual([status, stderr], [2, `error: wrong.json: ${error}\n`]);
    });
});

describe("iam-guardrails validate-config", () => {
  const folder = folderWith({
    "good.json": JSON.stringify({ all: "advisory", "no-wildcard-resource": { onUnknown: "fail" } }),
    "wrong.json": JSON.stringify({
      "aproved-actions": "mandatory",
      "no-wildcard-resource": { onUnknwon: "fail", enforcementLevel: "madatory" },
      "pass-role": { appliesTo: { project: ["x"] } },
    }),
  });
  const validate = (...args: readonly string[]): Ran => run(["validate-config", ...args], { cwd: folder });
  it("says everything that is wrong at once, and what was meant", () => {
    const { status, stdout, stderr } = validate("wrong.json");
    assert.deepEqual([status, stdout], [2, ""]);
    assert.deepEqual(
      [...stderr.matchAll(/did you mean `([^`]*)`/g)].map(([, meant]) => meant),
      ["approved-actions", "onUnknown", "projects"],
    );
    assert.match(stderr, /`no-wildcard-resource`: expected an enforcement level/);
    assert.ok(
      stderr
        .trimEnd()
        .split("\n")
        .every((line) => line.startsWith("error: wrong.json: ")),
    );
  });
  it("shows what a configuration means, with its defaults", () => {
    const { status, stdout } = validate("good.json");
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^no-wildcard-resource {2}advisory\n(?: {4}.*\n)* {4}onUnknown: "fail"\n {4}appliesTo: \{\} \(default\)\n/m,
    );
    assert.match(stdout, /\n✔ valid: \d+ rules, \d+ advisory\n$/);
  });
  it("shows it as a configuration that means the same", () => {
    const { stdout } = validate("good.json", "--format", "json");
    writeFileSync(join(folder, "full.json"), stdout);
    assert.equal(validate("full.json", "--format", "json").stdout, stdout);
  });
  for (const preset of ["recommended", "strict", "audit"])
    it(`knows the preset ${preset}`, () => {
      assert.equal(validate(preset).status, 0);
    });
});
