/** The example of the page about the kit, as somebody would copy it: it compiles, and its tests pass. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../cli/run";

const PAGE = readFileSync(join(ROOT, "policypack", "docs", "testing.md"), "utf8");
const EXAMPLE = /```ts\n([^]*?)```/.exec(PAGE)?.[1] ?? "";

describe("the documented example", function () {
  this.timeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), "documented-"));
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    return { status, printed: stdout + stderr };
  };
  const tool = (path: string): string => join(ROOT, "node_modules", path);
  const compile = (file: string, moduleResolution: string) =>
    run(
      tool("typescript/bin/tsc"),
      ...["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--types", "node,mocha"],
      ...["--module", moduleResolution === "node10" ? "commonjs" : moduleResolution],
      ...["--moduleResolution", moduleResolution, "--esModuleInterop", file],
    );
  before(() => {
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), "{}");
    const compilerOptions = { module: "node16", moduleResolution: "node16", target: "es2022" };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    writeFileSync(join(folder, "example.test.ts"), EXAMPLE);
    writeFileSync(
      join(folder, "wrong.test.ts"),
      EXAMPLE.replace('operation: "update"', 'operation: "updated"'),
    );
  });

  for (const resolution of ["node16", "node10"])
    it(`compiles where modules are resolved as by ${resolution}, against types that tell right from wrong`, () => {
      assert.deepEqual(compile("example.test.ts", resolution), { status: 0, printed: "" });
      assert.match(compile("wrong.test.ts", resolution).printed, /'"updated"' is not assignable/);
    });
  it("passes", () => {
    const { status, printed } = run(
      tool("mocha/bin/mocha.js"),
      ...["--no-config", "--no-package", "--timeout", "60000", "-r", "ts-node/register/transpile-only"],
      "example.test.ts",
    );
    assert.equal(status, 0, printed);
    assert.match(printed, /2 passing/);
  });
});
