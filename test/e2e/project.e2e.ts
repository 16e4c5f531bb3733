/** This project as people run it: `pulumi up` in its folder, with the program started by Pulumi's Node language host. */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { stringify } from "yaml";
import { yaml } from "../ci/files";
import { ROOT } from "../cli/run";
import { plugins } from "./pulumi";
import { account, pulumi } from "./setting";
import { type NodeHost, nodeHost } from "./tools";

const COPIED = [
  "Pulumi.yaml",
  "Pulumi.dev.yaml",
  "Pulumi.overbroad.yaml",
  "package.json",
  "stack",
  "policypack",
];
const SETTINGS = ["tsconfig.json", "tsconfig.pulumi.json"];

/** A copy of the project, with the provider of the tests; its packages are those of this clone. */
function copy(): string {
  const folder = mkdtempSync(join(pulumi.folder, "project-"));
  for (const name of [...COPIED, ...SETTINGS])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  const project = yaml(join(ROOT, "Pulumi.yaml")) as object;
  writeFileSync(join(folder, "Pulumi.yaml"), stringify({ ...project, ...plugins }));
  mkdirSync(join(folder, "node_modules"));
  for (const name of readdirSync(join(ROOT, "node_modules")))
    if (name !== "ai-workflow-guardrails")
      symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  symlinkSync(join("..", "policypack"), join(folder, "node_modules", "ai-workflow-guardrails"));
  return folder;
}

describe("this project, as a plain Pulumi project", function () {
  this.timeout(600_000);
  let [folder, pack] = ["", ""];
  let env: Readonly<Record<string, string>> = {};
  before(async function () {
    this.timeout(1_800_000); // the first time, the language host is built
    const host: NodeHost = nodeHost(pulumi.cli);
    pack = host.startsPacks ? "policypack" : join("policypack", "dist", "ai-workflow-guardrails.cjs");
    if (!host.startsPacks)
      process.stderr.write(
        "the Node language host that is built here runs programs but starts no packs: the plain project has the pack as one file\n",
      );
    env = { PATH: [host.folder, pulumi.cli.path].join(delimiter) };
    await account.clear();
    folder = copy();
  });
  const run = (...args: readonly string[]) => pulumi.run([...args, "--non-interactive"], folder, env);

  it("goes up under the pack, and away", async () => {
    assert.equal(run("stack", "init", "dev").status, 0);
    const up = run("up", "--yes", "--stack", "dev", "--policy-pack", pack);
    assert.equal(up.status, 0, up.stdout + up.stderr);
    assert.match(up.stdout, /ai-workflow-guardrails/);
    const { policies, roles } = await account.contents();
    const policy = Object.keys(policies).find((name) => name.startsWith("aiWorkflowPolicy"));
    assert.ok(policy !== undefined);
    assert.deepEqual(
      Object.entries(roles).map(([name, { attached }]) => [name, attached]),
      [["ai-workflow-dev-ai-execution", [policy]]],
    );
    const destroy = run("destroy", "--yes", "--stack", "dev");
    assert.equal(destroy.status, 0, destroy.stdout + destroy.stderr);
    assert.deepEqual((await account.contents()).policies, {});
  });
  it("is blocked where it is over-broad", async () => {
    assert.equal(run("stack", "init", "overbroad").status, 0);
    for (const command of ["preview", "up"]) {
      const ran = run(
        command,
        ...(command === "up" ? ["--yes", "--skip-preview"] : []),
        "--stack",
        "overbroad",
        "--policy-pack",
        pack,
      );
      assert.notEqual(ran.status, 0);
      for (const rule of ["no-admin-access", "approved-actions", "no-wildcard-resource"])
        assert.match(
          ran.stdout,
          new RegExp(`\\[mandatory\\].* ${rule} +\\(aws:iam:Policy: aiWorkflowPolicy\\)`),
        );
    }
    assert.deepEqual((await account.contents()).policies, {});
  });
});
