/** The files by which CI runs the guardrails are what GitHub, GitLab and pre-commit take; test/e2e runs what stands in them. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { allow, CLEAN } from "../rules/cases";
import { folderWith, ROOT } from "../cli/run";
import { CI, gitlabJob, githubSteps, hooks, type Workflow, WORKFLOWS, yaml } from "./files";

const text = { type: "string", minLength: 1 };
const map = { type: "object", additionalProperties: { type: ["string", "number", "boolean"] } };
const closed = (required: readonly string[], properties: object): object => ({
  type: "object",
  required,
  additionalProperties: false,
  properties,
});
const list = (items: object): object => ({ type: "array", minItems: 1, items });

/** The part of https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax that is used here. */
const STEP = {
  oneOf: [
    closed(["uses"], {
      name: text,
      id: text,
      if: text,
      uses: { pattern: "^[\\w-]+/[\\w/-]+@v\\d+$" },
      with: map,
      env: map,
    }),
    closed(["run"], { name: text, id: text, if: text, run: text, env: map }),
  ],
};
const GITHUB = closed(["name", "on", "permissions", "jobs"], {
  name: text,
  on: {
    oneOf: [
      { const: "pull_request" },
      closed(["pull_request"], {
        pull_request: { type: ["object", "null"] },
        push: { type: ["object", "null"] },
      }),
    ],
  },
  permissions: closed(["contents"], { contents: { const: "read" }, "security-events": { const: "write" } }),
  concurrency: closed(["group"], { group: text, "cancel-in-progress": { type: "boolean" } }),
  jobs: {
    type: "object",
    minProperties: 1,
    additionalProperties: closed(["runs-on", "timeout-minutes", "steps"], {
      "runs-on": { const: "ubuntu-latest" },
      "timeout-minutes": { type: "integer", maximum: 60 },
      env: map,
      steps: list(STEP),
    }),
  },
});
/** https://docs.gitlab.com/ci/yaml/ */
const GITLAB = {
  type: "object",
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: closed(["image", "rules", "script"], {
    image: closed(["name"], { name: text, entrypoint: { const: [""] } }),
    rules: list(closed(["if"], { if: text })),
    timeout: text,
    variables: map,
    script: list(text),
    artifacts: closed(["when", "reports"], {
      when: { const: "always" },
      reports: closed(["junit"], { junit: text }),
    }),
  }),
};
/** https://pre-commit.com/#new-hooks */
const PRE_COMMIT = list(
  closed(["id", "name", "entry", "language"], {
    id: text,
    name: text,
    description: text,
    entry: text,
    language: { enum: ["system", "node"] },
    files: { type: "string", format: "regex" },
    types: list(text),
  }),
);

const matches = (schema: object, value: unknown): void => {
  const validate = new Ajv({ allErrors: true }).compile(schema);
  assert.ok(validate(value), JSON.stringify(validate.errors));
};

describe("the files for CI", () => {
  for (const file of WORKFLOWS)
    it(`${basename(file)} is a workflow, and no expression in a command can be written by others`, () => {
      const workflow = yaml(file) as Workflow;
      matches(GITHUB, workflow);
      for (const { run = "" } of Object.values(workflow.jobs).flatMap(({ steps }) => steps))
        assert.doesNotMatch(run, /\$\{\{/);
    });
  it("refuses what is no workflow", () => {
    const written = readFileSync(join(CI, "github.yml"), "utf8");
    for (const [right, wrong] of [
      ["runs-on", "run-on"],
      ["contents: read", "contents: write"],
      ["checkout@v4", "checkout"],
      ["- run: npm ci", "- run: npm ci\n        uses: actions/checkout@v4"],
    ] as const)
      assert.throws(() => {
        matches(GITHUB, parse(written.replace(right, wrong)));
      }, wrong);
  });
  it("gitlab.yml is a job, in an image of the version of the CLI that the scenarios run", () => {
    matches(GITLAB, yaml(join(CI, "gitlab.yml")));
    const built = /pulumi\/pkg\/v3 v(\S+)/.exec(readFileSync(join(ROOT, "test/e2e/cli/go.mod"), "utf8"))?.[1];
    assert.equal(gitlabJob().image.name, `pulumi/pulumi-nodejs:${built}`);
    assert.ok(gitlabJob().script.some((line) => line.includes(`-o ${gitlabJob().artifacts.reports.junit} `)));
  });
  it("this repository's own checks run what there is", () => {
    const [own = ""] = WORKFLOWS;
    const steps = Object.values((yaml(own) as Workflow).jobs).flatMap((job) => job.steps);
    const commands = steps.flatMap(({ run }) => run ?? []);
    assert.deepEqual([basename(own), commands], ["check.yml", [".ci/run"]]);
    assert.ok(existsSync(join(ROOT, ".ci/run")));
    for (const { with: given } of steps)
      if (given?.["go-version-file"] !== undefined)
        assert.ok(existsSync(join(ROOT, String(given["go-version-file"]))));
    for (const [, file = ""] of JSON.stringify(steps).matchAll(/'(test\/[^']+)'/g))
      assert.ok(existsSync(join(ROOT, file)), file);
  });
  it("are all that there are, and docs/ci.md speaks of each", () => {
    const page = readFileSync(join(ROOT, "policypack", "docs", "ci.md"), "utf8");
    for (const file of ["../ci/github.yml", "../ci/gitlab.yml", "../../.pre-commit-hooks.yaml"])
      assert.ok(page.includes(`](${file})`) && existsSync(join(ROOT, "policypack/docs", file)), file);
    assert.ok(githubSteps().length > 0);
  });
});

describe("the pre-commit hook", () => {
  const GOOD = JSON.stringify({ Version: "2012-10-17", Statement: [CLEAN] });
  const BAD = JSON.stringify({ Version: "2012-10-17", Statement: [allow("s3:GetObject", "*")] });
  const folder = folderWith({});
  for (const path of ["policies", "node_modules/.bin"]) mkdirSync(join(folder, path), { recursive: true });
  symlinkSync(
    join(ROOT, "policypack/bin/iam-guardrails.js"),
    join(folder, "node_modules/.bin/iam-guardrails"),
  );
  writeFileSync(join(folder, "policies/good.json"), GOOD);
  writeFileSync(join(folder, "policies/bad.json"), BAD);

  it("is one as pre-commit takes it", () => {
    matches(PRE_COMMIT, hooks());
  });
  for (const [file, status, said] of [
    ["policies/good.json", 0, /^✔ passed: 1 document judged/],
    ["policies/bad.json", 1, /^✘ mandatory {2}no-wildcard-resource\n {4}policies\/bad\.json: Statement\[0\]/],
    ["policies/none.json", 2, /^error: policies\/none\.json: there is no such file or folder/],
  ] as const)
    it(`ends with ${status} for ${file}`, () => {
      const [{ entry, files } = { entry: "", files: "" }] = hooks();
      assert.match(file, new RegExp(files));
      const ran = spawnSync("bash", ["-c", `${entry} "$@"`, "pre-commit", file], {
        cwd: folder,
        encoding: "utf8",
      });
      assert.equal(ran.status, status, ran.stderr);
      assert.match(ran.stdout + ran.stderr, said);
    });
  it("leaves other JSON files alone", () => {
    const [{ files } = { files: "" }] = hooks();
    for (const file of ["package.json", "policies/README.md", "my-policies.json"])
      assert.doesNotMatch(file, new RegExp(files));
  });
});
