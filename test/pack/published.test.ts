/** The pack as its users get it: packed, unpacked elsewhere, installed alone, started, and asked. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PackProcess, type Registration } from "../../policypack/dist/host";
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
  it("holds the build, its launchers and nothing of the sources", () => {
    assert.deepEqual(
      readdirSync(unpacked)
        .filter((name) => name !== "node_modules" && name !== "package-lock.json")
        .sort(),
      [
        "LICENSE",
        "PulumiPolicy.yaml",
        "README.md",
        "bin",
        "ci",
        "dist",
        "package.json",
        "presets",
        "schemas",
      ],
    );
    assert.ok(existsSync(join(unpacked, "dist", "catalogue", "data", "authorization.ndjson")));
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
  it("checks a document with its own command", () => {
    const input = JSON.stringify({ Version: "2012-10-17", Statement: CLEAN });
    const stdout = execFileSync(join(unpacked, "bin", "iam-guardrails.js"), ["check", "-"], {
      input,
      encoding: "utf8",
    });
    assert.equal(stdout, "✔ passed: 1 document judged, 0 mandatory, 0 advisory\n");
  });
});
