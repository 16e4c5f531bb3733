import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../cli/run";

/** A copy of the workspace's pack, build included. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), "built-"));
  cpSync(join(ROOT, "policypack"), join(folder, "policypack"), {
    recursive: true,
    filter: (path) => !path.includes("node_modules"),
  });
  cpSync(join(ROOT, "tsconfig.json"), join(folder, "tsconfig.json"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return join(folder, "policypack");
}
const start = (pack: string, file: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(pack, "bin", file), ...args], {
    encoding: "utf8",
    timeout: 60_000,
    cwd: pack,
  });
  return { status, stdout, stderr };
};
const refused = (reason: string) => ({
  status: 2,
  stdout: "",
  stderr: `error: the policy pack is ${reason}; run \`npm run build\`\n`,
});

describe("a build", () => {
  it("runs while it is as new as its sources", () => {
    const { status, stdout } = start(copy(), "iam-guardrails.js", "--version");
    assert.deepEqual([status, stdout.split(" ", 1)[0]], [0, "iam-guardrails"]);
  });
  for (const file of ["iam-guardrails.js", "policy-pack.js"]) {
    it(`is refused by ${file} when a source has changed since`, () => {
      const pack = copy();
      appendFileSync(join(pack, "rules", "approved-actions.ts"), "// changed\n");
      assert.deepEqual(start(pack, file), refused("older than its sources"));
    });
    it(`is refused by ${file} when a source is gone`, () => {
      const pack = copy();
      rmSync(join(pack, "report", "json.ts"));
      assert.deepEqual(start(pack, file), refused("older than its sources"));
    });
    it(`is asked for by ${file} when there is none`, () => {
      const pack = copy();
      rmSync(join(pack, "dist"), { recursive: true });
      assert.deepEqual(start(pack, file), refused("not built"));
    });
  }
  it("runs without sources, as published", () => {
    const pack = copy();
    rmSync(join(pack, "index.ts"));
    appendFileSync(join(pack, "rules", "approved-actions.ts"), "// changed\n");
    assert.equal(start(pack, "iam-guardrails.js", "--version").status, 0);
  });
  it("previews under its executable, and under its folder where it has none, as published", () => {
    const pack = copy();
    const executable = join(pack, "dist", "ai-workflow-guardrails.cjs");
    const preview = () =>
      start(pack, "iam-guardrails.js", "preview", join(ROOT, "test", "host", "programs", "attaching"));
    writeFileSync(executable, 'console.error("this is the executable"); process.exit(1);');
    assert.deepEqual(preview(), { status: 2, stdout: "", stderr: "error: this is the executable\n" });
    rmSync(executable);
    const { status, stdout, stderr } = preview();
    assert.deepEqual([status === 2, stderr], [false, ""]);
    assert.match(stdout, /^attaching\/dev under ai-workflow-guardrails /);
  });
});
