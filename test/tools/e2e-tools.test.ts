import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const TOOLS = join(__dirname, "..", "e2e", "tools.ts");

/** What a tool's function says where there is nothing: no command, no cache, no home. */
function refusalOf(tool: "pulumiCli" | "motoServer"): string {
  const nothing = mkdtempSync(join(tmpdir(), "nothing-"));
  const script = `require("ts-node").register({ transpileOnly: true });
    try { require(${JSON.stringify(TOOLS)}).${tool}(); } catch (error) { process.stdout.write(error.message); }`;
  const { stdout } = spawnSync(process.execPath, ["-e", script], {
    encoding: "utf8",
    env: { PATH: nothing, HOME: nothing },
  });
  return stdout;
}

describe("the tools of the scenarios under the real engine", () => {
  it("say how to get the Pulumi CLI where there is neither it nor Go", () => {
    assert.equal(
      refusalOf("pulumiCli"),
      "the tests need the Pulumi CLI 3.255 or newer: install it (https://www.pulumi.com/docs/install/), or Go 1.26.6 or newer, with which they build 3.274.1",
    );
  });
  it("say how to get moto where there is neither it nor Python", () => {
    assert.equal(
      refusalOf("motoServer"),
      'the tests need moto: install Python 3, or `pip install "moto[server]==5.2.5"`',
    );
  });
});
