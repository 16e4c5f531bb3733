/** The pack as its users get it: packed, unpacked elsewhere, installed alone, started, and asked. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { PackProcess, type Registration } from "../../policypack/dist/host";
import { rules } from "../../policypack/rules";
import { descriptionProblems, filesExpected } from "../../policypack/tools/packed";
import { ROOT } from "../cli/run";
import { allow, CLEAN } from "../rules/cases";

const IDENTITY = { organization: "acme", project: "p", stack: "dev", configuration: {} };
const npm = (args: readonly string[], cwd: string): string =>
  execFileSync("npm", args, { cwd, encoding: "utf8", env: { ...process.env, npm_config_loglevel: "error" } });

const policy = (statement: object): Registration => ({
  type: "aws:iam/policy:Policy",
  name: "x",
  urn: "urn:pulumi:dev::p::aws:iam/policy:Policy::x",
  parent: "",
  custom: true,
  properties: { policy: JSON.stringify({ Version: "2012-10-17", Statement: [CLEAN, statement] }) },
  dependencies: [],
  propertyDependencies: {},
  protect: false,
  ignoreChanges: [],
  additionalSecretOutputs: [],
  deleteBeforeReplace: undefined,
});

describe("the published pack", function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), "published-"));
  const unpacked = join(folder, "package");
  let printed = "";

  before(() => {
    mkdirSync(folder, { recursive: true });
    // As `pulumi policy publish` does: what npm prints, trimmed, is the file's name.
    printed = npm(["pack", "--loglevel=error", "--pack-destination", folder], join(ROOT, "policypack"));
    execFileSync("tar", ["xzf", printed.trim()], { cwd: folder });
    npm(["install", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline"], unpacked);
  });

  it("is packed by npm without another word on standard output", () => {
    assert.match(printed, /^ai-workflow-guardrails-\d+\.\d+\.\d+\.tgz\n$/);
  });
  it("holds a module for each source, and nothing that is not needed where it runs", () => {
    const paths = readdirSync(unpacked, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(unpacked, join(entry.parentPath, entry.name)))
      .filter((path) => !path.startsWith("node_modules") && path !== "package-lock.json")
      .map((path) => path.split(sep).join("/"));
    assert.deepEqual(paths.sort(), filesExpected(join(ROOT, "policypack")));
    const bytes = paths.reduce((sum, path) => sum + statSync(join(unpacked, path)).size, 0);
    assert.ok(bytes < 1_000_000, `${bytes} bytes`);
  });
  it("has no scripts that run at its users', and neither the AWS SDK nor a compiler among its dependencies", () => {
    const manifest = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8")) as {
      readonly scripts?: object;
      readonly dependencies: object;
    };
    assert.equal(manifest.scripts, undefined);
    for (const name of ["@pulumi/aws", "typescript", "ts-node"]) {
      assert.ok(!Object.keys(manifest.dependencies).includes(name));
      assert.ok(!existsSync(join(unpacked, "node_modules", name)), name);
    }
    for (const version of Object.values(manifest.dependencies) as string[])
      assert.match(version, /^\d+\.\d+\.\d+$/);
  });
  it("starts alone, blocks a bad resource and passes a good one", async () => {
    const pack = await PackProcess.start(unpacked, IDENTITY);
    try {
      await pack.configureStack(IDENTITY);
      const { policies } = await pack.describe();
      await pack.configure(
        new Map(policies.map(({ name, level, defaults }) => [name, { level, properties: defaults }])),
      );
      assert.deepEqual(
        await pack.analyze(policy(allow("s3:PutObject", "arn:aws:s3:::example-bucket/*"))),
        [],
      );
      assert.deepEqual(
        (await pack.analyze(policy(allow("s3:GetObject", "*")))).map(({ policy: name, level }) => [
          name,
          level,
        ]),
        [["no-wildcard-resource", "mandatory"]],
      );
    } finally {
      pack.stop();
    }
  });
  it("tells people all that there is to tell of every policy, with schemas that are some", async () => {
    const pack = await PackProcess.start(unpacked, IDENTITY);
    try {
      const description = await pack.describe();
      assert.deepEqual([description.policies.length, descriptionProblems(description)], [rules.length, []]);
    } finally {
      pack.stop();
    }
  });
  it("has the test kit, for whoever has nothing but the package", () => {
    const script = `
      const { CustomResource } = require("@pulumi/pulumi");
      const { runTrial } = require("ai-workflow-guardrails/testing");
      const validateResource = ({ type, props }, report) => type === "a:b:C" && report(props.text);
      runTrial({
        program: () => new CustomResource("a:b:C", "c", { text: "seen" }),
        pack: { name: "p", policies: [{ name: "r", description: "R", validateResource }] },
      }).then(({ violations }) => console.log(violations.map(({ message }) => message)));`;
    const stdout = execFileSync(process.execPath, ["-e", script], { cwd: unpacked, encoding: "utf8" });
    assert.equal(stdout, "[ 'R\\nseen' ]\n");
  });
  it("checks a document with its own command", () => {
    const input = JSON.stringify({ Version: "2012-10-17", Statement: CLEAN });
    const stdout = execFileSync(join(unpacked, "bin", "iam-guardrails.js"), ["check", "-"], {
      input,
      encoding: "utf8",
    });
    assert.equal(stdout, "✔ passed: 1 document judged, 0 mandatory, 0 advisory\n");
  });
});
