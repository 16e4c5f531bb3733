import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith, ROOT, run } from "./run";

const golden = (name: string): string => readFileSync(join(ROOT, "test", "golden", name), "utf8");
const preview = (...args: readonly string[]) => run(["preview", ...args]);

describe("iam-guardrails preview", () => {
  it("passes the stack", () => {
    assert.deepEqual(preview(), { status: 0, stdout: golden("preview-dev.txt"), stderr: "" });
  });
  it("blocks the over-broad one, naming rule, resource, path and fix", () => {
    assert.deepEqual(preview("--stack", "overbroad"), {
      status: 1,
      stdout: golden("preview-overbroad.txt"),
      stderr: "",
    });
  });
  it("reports as JSON what the pack process has found", () => {
    const { status, stdout } = preview("--stack", "overbroad", "--format", "json");
    const { summary, findings } = JSON.parse(stdout) as {
      readonly summary: unknown;
      readonly findings: readonly Record<string, unknown>[];
    };
    assert.equal(status, 1);
    assert.deepEqual(summary, { subjects: 2, mandatory: 6, advisory: 1, unknown: 0, exempted: 0 });
    const [finding = {}] = findings;
    assert.deepEqual(finding["subject"], {
      urn: "urn:pulumi:overbroad::ai-workflow::ai-workflow:index:AiWorkflow$aws:iam/policy:Policy::aiWorkflowPolicy",
      type: "aws:iam/policy:Policy",
      name: "aiWorkflowPolicy",
      property: "policy",
    });
    assert.equal((finding["data"] as { readonly excess: readonly string[] }).excess.length, 174);
  });
  it("shows the documents where they are asked for", () => {
    const { status, stdout } = preview("--documents");
    assert.equal(status, 0);
    const document = /aiWorkflowPolicy\n(.*?)\n {2}\S/s.exec(stdout)?.[1] ?? "";
    const { Statement } = JSON.parse(document) as { readonly Statement: readonly { readonly Sid: string }[] };
    assert.deepEqual(
      Statement.map(({ Sid }) => Sid),
      [
        "S3ListExampleBucketImages",
        "S3ReadWriteExampleBucketImages",
        "SagemakerInvokeEndpointImageClassifier",
        "RekognitionDetect",
        "RekognitionSearchFacesProducts",
      ],
    );
  });
  it("takes levels from a policy-pack configuration", () => {
    const folder = folderWith({ "config.json": '{"all":"advisory"}' });
    const { status, stdout } = preview(
      "--stack",
      "overbroad",
      "--policy-config",
      join(folder, "config.json"),
    );
    assert.equal(status, 0);
    assert.match(stdout, /✔ passed: 2 documents judged, 0 mandatory, 7 advisory\n$/);
  });
  it("shows what a rule has remediated, and refuses the level where a rule cannot", () => {
    const folder = folderWith({
      "config.json": JSON.stringify({
        "permissions-boundary": {
          enforcementLevel: "remediate",
          boundaries: ["arn:aws:iam::123456789012:policy/boundary"],
        },
      }),
      "wrong.json": '{"policy-size":"remediate"}',
    });
    const bare = ["--config", "boundary=none", "--policy-config", join(folder, "config.json")];
    const { status, stdout } = preview(...bare);
    assert.equal(status, 0);
    assert.match(
      stdout,
      / {2}✔ aws:iam\/role:Role {34}aiExecutionRole\n {6}✎ remediated by permissions-boundary\n/,
    );
    assert.match(stdout, /✔ passed: 2 documents judged, 0 mandatory, 0 advisory\n$/);
    const json = preview(...bare, "--format", "json");
    assert.deepEqual((JSON.parse(json.stdout) as { readonly remediated: unknown }).remediated, [
      {
        rule: "permissions-boundary",
        subject: {
          urn: "urn:pulumi:dev::ai-workflow::ai-workflow:index:AiWorkflow$aws:iam/role:Role::aiExecutionRole",
          type: "aws:iam/role:Role",
          name: "aiExecutionRole",
        },
      },
    ]);
    const refused = preview("--policy-config", join(folder, "wrong.json"));
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /^error: .*wrong\.json: `policy-size`: this rule cannot remediate, only /);
  });
  it("sets configuration values", () => {
    const { status, stderr } = preview("--config", "account=1234", "-c", 'ai-workflow:endpoints=["Upper"]');
    assert.equal(status, 2);
    assert.match(
      stderr,
      /^error: ai-workflow:account: found `1234`, expected .*\nerror: ai-workflow:endpoints\[0\]: found `Upper`, expected .*\n$/,
    );
  });

  const unknown = join(ROOT, "test", "host", "programs", "unknown-document");
  it("counts what is not known, and fails on it where it is told to", () => {
    const { status, stdout } = preview(
      unknown,
      "--policy-config",
      join(folderWith({ "c.json": '{"no-wildcard-resource":"advisory"}' }), "c.json"),
    );
    assert.equal(status, 0);
    assert.match(stdout, /✔ passed: 5 documents judged, 0 mandatory, 5 advisory, 2 unknown\n$/);
    const strict = folderWith({
      "c.json": '{"no-wildcard-resource":"advisory","readable-document":{"onUnknown":"fail"}}',
    });
    assert.match(
      preview(unknown, "--policy-config", join(strict, "c.json")).stdout,
      /✘ blocked: 5 documents judged, 2 mandatory, 3 advisory, 2 unknown\n$/,
    );
  });
  it("says the same whether the pack is started as its executable or as its folder", () => {
    assert.deepEqual(preview("--policy-pack", join(ROOT, "policypack")), preview());
  });
  it("shows another pack's violations as they are", () => {
    const pack = join(ROOT, "test", "host", "packs", "remediating");
    const { status, stdout } = preview("--policy-pack", pack);
    assert.equal(status, 0);
    assert.match(stdout, /^ai-workflow\/dev under remediating 1\.2\.3\n/);
    assert.match(
      stdout,
      /▲ advisory {2}one-policy\n {4}aws:iam\/policy:Policy aiWorkflowPolicy: .*\n {4}A stack has one policy\.\n {4}2 policy under ai\n/,
    );
  });

  const project = (files: Readonly<Record<string, string>>): string =>
    folderWith({ "Pulumi.yaml": "name: p\nruntime: nodejs\n", "index.js": "", ...files });
  const unusable: readonly (readonly [string, () => readonly string[], RegExp])[] = [
    ["no project", () => [folderWith({})], /^error: no Pulumi\.yaml in .*\n$/],
    [
      "a misspelt stack",
      () => ["--stack", "overbraod"],
      /^error: no stack `overbraod` in .*; did you mean `overbroad`\?\n$/,
    ],
    [
      "several stacks and none of them dev",
      () => [project({ "Pulumi.a.yaml": "", "Pulumi.b.yaml": "" })],
      /^error: which stack\? give one with --stack: a, b\n$/,
    ],
    [
      "a program in another language",
      () => [folderWith({ "Pulumi.yaml": "name: p\nruntime: yaml\n" })],
      /^error: .*`runtime` is `yaml`; only nodejs programs can be previewed here/,
    ],
    ["YAML that is none", () => [folderWith({ "Pulumi.yaml": "name: [" })], /^error: .*Pulumi\.yaml: /],
    [
      "an encrypted value",
      () => [project({ "Pulumi.dev.yaml": "config:\n  p:key:\n    secure: abc\n" })],
      /^error: `p:key` is encrypted, and only the Pulumi CLI can decrypt it; give a value for this preview with --config p:key=…\n$/,
    ],
    [
      "a value without a key",
      () => ["--config", "novalue"],
      /^error: --config `novalue`: expected key=value\n$/,
    ],
    [
      "a call without a result",
      () => ["--call", "aws:x=nojson"],
      /^error: --call `aws:x=nojson`: expected TOKEN=JSON\n$/,
    ],
    ["two folders", () => ["a", "b"], /^error: preview: expected one folder, found 2\n$/],
    [
      "a folder that is no pack",
      () => ["--policy-pack", "/nonexistent"],
      /^error: there is no folder \/nonexistent\n$/,
    ],
    [
      "a program that fails",
      () => [join(ROOT, "test", "host", "programs", "failing")],
      /^error: something of the program's own\nerror: {3}at .*\n$/,
    ],
    ["a program without the SDK", () => [project({})], /^error: Cannot find module '@pulumi\/pulumi'/],
  ];
  for (const [name, args, expected] of unusable)
    it(`refuses ${name}`, () => {
      const { status, stdout, stderr } = preview(...args());
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, expected);
    });
});
