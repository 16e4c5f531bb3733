/** The files for CI, run as they stand, on pull requests of a project that is deployed. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CI, githubSteps, gitlabJob, type Step, type Workflow, WORKFLOWS, yaml } from "../ci/files";
import { ROOT } from "../cli/run";
import { GOOD, OVERBROAD, readOf, yamlWorkflow } from "./programs";
import { asFromFolder, plugins } from "./pulumi";
import { account, pulumi, unusedName } from "./setting";
import { actionlint, installedNodeHost } from "./tools";

interface Ran {
  readonly status: number;
  readonly printed: string;
}
/** What became of each command, by its text, in order; and what the page of the job shows. */
interface Job {
  readonly failed: readonly string[];
  readonly printed: string;
  readonly summary: string;
}

/** A project in YAML that has the pack among its devDependencies, and what is deployed of it. */
class Repository {
  readonly folder = mkdtempSync(join(pulumi.folder, "repository-"));
  readonly name = unusedName();

  /** @param pack - a file that `npm pack` has made */
  constructor(pack: string) {
    const manifest = {
      name: "infrastructure",
      version: "1.0.0",
      devDependencies: { "ai-workflow-guardrails": `file:${pack}` },
    };
    writeFileSync(join(this.folder, "package.json"), JSON.stringify(manifest));
    this.write(GOOD);
    const env = { STACK: "prod" };
    for (const command of [
      "npm install --package-lock-only --no-audit --no-fund --prefer-offline",
      'pulumi stack init "$STACK"',
      'pulumi up --yes --skip-preview --stack "$STACK" --non-interactive',
    ])
      assert.equal(this.run(command, env).status, 0, command);
  }

  write(...statements: readonly object[]): void {
    const project = { name: this.name, runtime: "yaml", ...plugins, resources: yamlWorkflow(...statements) };
    writeFileSync(join(this.folder, "Pulumi.yaml"), JSON.stringify(project));
  }

  /** As both run a line of a shell. What `npm ci` has installed once is not installed again: that is most of the time. */
  run(command: string, env: Readonly<Record<string, string>>): Ran {
    if (command === "npm ci" && existsSync(join(this.folder, "node_modules")))
      return { status: 0, printed: "" };
    // Where there is no Node language host, what it would start is started without it.
    const line =
      installedNodeHost() === undefined
        ? command.replace(
            /--policy-pack (node_modules\/\S+)$/m,
            (_, pack: string) => `--policy-pack ${asFromFolder(pulumi.folder, join(this.folder, pack))}`,
          )
        : command;
    const { status, stdout, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", line], {
      cwd: this.folder,
      encoding: "utf8",
      env: {
        ...process.env,
        ...pulumi.environment,
        npm_config_prefer_offline: "true",
        npm_config_audit: "false",
        ...env,
      },
    });
    return { status: status ?? -1, printed: stdout + stderr };
  }

  /** The job of GitHub: after a step that fails only those run that ask for it. */
  github(steps: readonly Step[], own: Readonly<Record<string, string>>): Job {
    const [failed, printed]: [string[], string[]] = [[], []];
    const summary = join(this.folder, "summary.md");
    rmSync(summary, { force: true });
    let pages = "";
    for (const { run, if: condition } of steps) {
      if (run === undefined || (failed.length > 0 && condition !== "${{ !cancelled() }}")) continue;
      writeFileSync(summary, "");
      const ran = this.run(run, { ...own, GITHUB_STEP_SUMMARY: summary });
      if (ran.status !== 0) failed.push(run);
      printed.push(ran.printed);
      pages += readFileSync(summary, "utf8");
    }
    return { failed, printed: printed.join("\n"), summary: pages };
  }

  /** The job of GitLab: it ends with the first line that fails. */
  gitlab(lines: readonly string[], own: Readonly<Record<string, string>>): Job {
    const printed: string[] = [];
    for (const line of lines) {
      const ran = this.run(line, own);
      printed.push(ran.printed);
      if (ran.status !== 0) return { failed: [line], printed: printed.join("\n"), summary: "" };
    }
    return { failed: [], printed: printed.join("\n"), summary: "" };
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }
}

/** A pull request: what the policy says after it, whether it is blocked, and what is said of the access that it adds. */
const REQUESTS: readonly (readonly [
  what: string,
  statements: readonly object[],
  blocked: boolean,
  access: RegExp,
])[] = [
  ["changes nothing", [GOOD], false, /✔ no access added: 2 identities and documents of preview\.json/],
  [
    "adds access that may be",
    [GOOD, readOf("labels")],
    false,
    /✘ exceeds: policy\.policy of preview\.json.*s3:GetObject.*\/labels\//s,
  ],
  ["is over-broad", [OVERBROAD], true, /✘ exceeds: policy\.policy of preview\.json allows what/],
];

describe("the files for CI, under the real engine", function () {
  this.timeout(600_000);
  let repository: Repository;
  before(async function () {
    this.timeout(600_000);
    await account.clear();
    const folder = mkdtempSync(join(pulumi.folder, "packed-"));
    const packed = execFileSync("npm", ["pack", "--loglevel=error", "--pack-destination", folder], {
      cwd: join(ROOT, "policypack"),
      encoding: "utf8",
    }).trim();
    repository = new Repository(join(folder, packed));
  });
  const ownOf = (variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(variables).filter(([, value]) => !value.includes("${{")));

  for (const [what, statements, blocked, access] of REQUESTS) {
    it(`github.yml ${blocked ? "blocks" : "passes"} a pull request that ${what}`, () => {
      const steps = githubSteps();
      const [{ env = {} } = {}] = Object.values((yaml(join(CI, "github.yml")) as Workflow).jobs);
      repository.write(...statements);
      const { failed, printed, summary } = repository.github(steps, ownOf(env));
      const blocking = steps.flatMap(({ name, run }) =>
        run !== undefined && ["Findings", "Preview under the policy pack"].includes(name ?? "") ? run : [],
      );
      assert.deepEqual(failed, blocked ? blocking : [], printed);
      assert.match(summary, blocked ? /^### ✘ Blocked by iam-guardrails/ : /^### ✔ Passed/);
      assert.match(summary, /\n### Access that this change adds\n~~~~\n.*~~~~\n$/s);
      assert.match(summary, access);
      const { runs } = JSON.parse(repository.read("findings.sarif")) as {
        readonly runs: readonly { readonly results: readonly { ruleId: string; level: string }[] }[];
      };
      assert.deepEqual(
        runs.flatMap(({ results }) =>
          results.filter(({ level }) => level === "error").map(({ ruleId }) => ruleId),
        ),
        blocked ? ["no-wildcard-resource"] : [],
      );
      assert.equal(/\[mandatory\].* no-wildcard-resource/.test(printed), blocked);
    });

    it(`gitlab.yml ${blocked ? "blocks" : "passes"} a merge request that ${what}`, () => {
      const { script, variables, artifacts } = gitlabJob();
      repository.write(...statements);
      rmSync(join(repository.folder, artifacts.reports.junit), { force: true });
      const { failed, printed } = repository.gitlab(script, variables);
      assert.deepEqual(
        failed,
        blocked ? [script.find((line) => line.includes("--policy-pack"))] : [],
        printed,
      );
      assert.match(printed, access);
      assert.equal(repository.read(artifacts.reports.junit).includes("<failure"), blocked);
    });
  }

  it("github.yml fails where the preview does", () => {
    repository.write({ Effect: "Allow", Action: "${nothing}", Resource: "*" });
    const { failed } = repository.github(githubSteps(), { STACK: "prod" });
    assert.match(failed[0] ?? "", /--show-sames > preview\.json$/);
  });

  it("are what actionlint takes", () => {
    const ran = spawnSync(actionlint(), ["-shellcheck=", "-pyflakes=", ...WORKFLOWS], { encoding: "utf8" });
    assert.deepEqual([ran.status, ran.stdout], [0, ""]);
    const folder = join(pulumi.folder, "wrong");
    mkdirSync(folder);
    writeFileSync(
      join(folder, "wrong.yml"),
      readFileSync(join(CI, "github.yml"), "utf8").replace("${{ vars.", "${{ var."),
    );
    assert.equal(spawnSync(actionlint(), [join(folder, "wrong.yml")]).status, 1);
  });
});
