/** `npm run publish-pack`, without a Pulumi CLI and with one that only writes down what it is asked. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parse } from "yaml";
import type { PackDescription, PolicyDescription } from "../../policypack/host";
import { rules } from "../../policypack/rules";
import {
  contentProblems,
  descriptionProblems,
  figure,
  filesExpected,
  type Packed,
  packedOf,
} from "../../policypack/tools/packed";
import { ROOT, run } from "../cli/run";

const PACK = join(ROOT, "policypack");

const nothing = mkdtempSync(join(tmpdir(), "nothing-"));

interface Ran {
  readonly status: number | null;
  readonly lines: readonly string[];
  readonly stderr: string;
}
function publish(
  args: readonly string[],
  { path, ...more }: { readonly path?: string; readonly npm_config_dry_run?: string } = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["-r", "ts-node/register/transpile-only", join("policypack", "tools", "publish-pack.ts"), ...args],
    {
      cwd: ROOT,
      encoding: "utf8",
      env: {
        ...more,
        HOME: process.env["HOME"] ?? "",
        PATH:
          path === undefined
            ? nothing
            : [path, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
      },
    },
  );
  return { status, lines: stdout.trimEnd().split("\n"), stderr };
}

/** A folder with a `pulumi` that answers `whoami` so, and writes down everything else. */
function withPulumi(whoami: string): { readonly path: string; readonly asked: string } {
  const path = mkdtempSync(join(tmpdir(), "pulumi-"));
  const asked = join(path, "asked");
  const command = join(path, "pulumi");
  writeFileSync(
    command,
    `#!/bin/sh\nif [ "$1" = whoami ]; then ${whoami}; else echo "$PWD: $*" > ${asked}; exit 3; fi\n`,
  );
  chmodSync(command, 0o755);
  return { path, asked };
}
const answering = (url: string): string => `echo '{"user":"somebody","url":"${url}"}'`;

describe("npm run publish-pack", function () {
  this.timeout(180_000);

  const says = (packed: Packed): readonly string[] => [
    ...packed.files.map(({ path, size }) => `  ${figure(size).padStart(7)}  ${path}`),
    `${packed.files.length} files, ${figure(packed.unpackedSize)} bytes, ${figure(packed.size)} packed`,
  ];

  it("says in a dry run what would be published, and asks no Pulumi CLI", () => {
    const { path, asked } = withPulumi(`touch ${join(tmpdir(), "never")}; exit 1`);
    const { status, lines, stderr } = publish(["acme", "--dry-run"], { path });
    const count = (level: string): number => rules.filter((rule) => rule.level === level).length;
    const packed = packedOf(PACK);
    assert.deepEqual(
      [status, stderr, lines],
      [
        0,
        "",
        [
          `ai-workflow-guardrails ${packed.version}: ${rules.length} policies (${count("mandatory")} mandatory, ${count("advisory")} advisory)`,
          ...says(packed),
          "would be published to acme; nothing was uploaded",
        ],
      ],
    );
    assert.deepEqual(packed.files.map(({ path: file }) => file).sort(), filesExpected(PACK));
    assert.equal(existsSync(asked), false);
  });
  it("takes a --dry-run that npm has kept to itself for one", () => {
    const { path, asked } = withPulumi(answering("https://app.pulumi.com/somebody"));
    const { status, lines } = publish([], { path, npm_config_dry_run: "true" });
    assert.deepEqual(
      [status, lines.at(-1), existsSync(asked)],
      [0, "would be published to your default organization; nothing was uploaded", false],
    );
  });
  it("hands the folder of the pack to the Pulumi CLI, and ends as that does", () => {
    const { path, asked } = withPulumi(answering("https://app.pulumi.com/somebody"));
    const { status, lines } = publish(["acme"], { path });
    assert.deepEqual(
      [status, lines.slice(1), readFileSync(asked, "utf8")],
      [3, says(packedOf(PACK)), `${PACK}: policy publish acme\n`],
    );
  });
  for (const [name, whoami, reason] of [
    [
      "there is no Pulumi CLI",
      undefined,
      "the Pulumi CLI is not on PATH; install it: https://www.pulumi.com/docs/install/",
    ],
    ["nobody is logged in", "exit 3", "nobody is logged in to Pulumi Cloud; run `pulumi login`"],
    [
      "the backend is a folder",
      answering("file:///srv/state"),
      "file:///srv/state has no policy packs; log in to Pulumi Cloud with `pulumi login`",
    ],
  ] as const)
    it(`says in one line that ${name}`, () => {
      const { status, stderr } = publish(
        ["acme"],
        whoami === undefined ? {} : { path: withPulumi(whoami).path },
      );
      assert.deepEqual([status, stderr], [2, `error: ${reason}\n`]);
    });
  for (const args of [["acme", "other"], ["--dryrun"]])
    it(`refuses ${args.join(" ")}`, () => {
      assert.deepEqual(publish(args), {
        status: 2,
        lines: [""],
        stderr: "error: expected npm run publish-pack [-- ORGANIZATION] [--dry-run]\n",
      });
    });
});

it("documents a policy group whose configuration the pack takes", () => {
  const page = readFileSync(join(PACK, "docs", "publishing.md"), "utf8");
  const program = parse(/```yaml\n([^]*?)```/.exec(page)?.[1] ?? "") as {
    readonly resources: {
      readonly "ai-stacks": { readonly properties: { readonly policyPacks: readonly { config: object }[] } };
    };
  };
  const [pack] = program.resources["ai-stacks"].properties.policyPacks;
  const { status, stderr } = run(["validate-config", "-"], { input: JSON.stringify(pack?.config) });
  assert.deepEqual([status, stderr], [0, ""]);
});

describe("what would be published", () => {
  const packed = (unpackedSize: number, ...paths: readonly string[]): Packed => ({
    name: "x",
    version: "1.0.0",
    files: paths.map((path) => ({ path, size: 1 })),
    size: 1,
    unpackedSize,
  });
  const policy: PolicyDescription = {
    name: "p",
    level: "mandatory",
    properties: { limit: { type: "number", default: 1 } },
    required: [],
    defaults: { limit: 1 },
    metadata: {
      displayName: "P",
      description: "It must be.",
      severity: "low",
      framework: { name: "F", version: "1", reference: "F.1", specification: "It is" },
      tags: ["t"],
      remediationSteps: "Do it.",
      url: "https://example.com",
    },
  };
  const problemsOf = (changes: Partial<PolicyDescription>): readonly string[] =>
    descriptionProblems({
      name: "x",
      version: "1.0.0",
      initialConfiguration: {},
      policies: [{ ...policy, ...changes }],
    } satisfies PackDescription);

  it("may be what is expected, and small", () => {
    assert.deepEqual(contentProblems(packed(999_999, "a", "b"), ["a", "b"]), []);
    assert.deepEqual(problemsOf({}), []);
  });
  it("has no file too few, none too many, and no million bytes", () => {
    assert.deepEqual(contentProblems(packed(1_000_000, "a", "c"), ["a", "b"]), [
      "b is missing",
      "c does not belong into the pack",
      "it has 1,000,000 bytes unpacked; less than 1,000,000 are wanted",
    ]);
  });
  it("has no policy that says nothing of itself", () => {
    assert.deepEqual(
      problemsOf({
        metadata: {
          displayName: "",
          description: " ",
          severity: "",
          framework: { name: "", version: "", reference: "", specification: "" },
          tags: [],
          remediationSteps: "",
          url: "",
        },
      }),
      [
        ...["displayName", "description", "severity", "remediationSteps", "url", "tags"],
        ...["name", "version", "reference", "specification"].map((part) => `framework.${part}`),
      ].map((field) => `policy p: says no ${field}`),
    );
  });
  it("has no schema that is none, and no defaults beside it", () => {
    assert.match(
      problemsOf({ properties: { limit: { type: "numbre" } } }).join(),
      /^policy p: its schema is none: /,
    );
    assert.match(problemsOf({ properties: { limit: { typ: "number" } } }).join(), /unknown keyword/i);
    assert.deepEqual(problemsOf({ defaults: { limit: "1" } }), [
      "policy p: its defaults are not what its schema asks for: data.limit should be number",
    ]);
    assert.deepEqual(problemsOf({ required: ["other"] }), [
      "policy p: its defaults are not what its schema asks for: data should have required property 'other'",
    ]);
  });
});
