/**
 * What the tests run that npm does not hold: the Pulumi CLI, its language hosts of YAML and Node, actionlint, which checks GitHub's workflows,
 * and moto, a server that answers as IAM does.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** What is built, each by a Go module of its own, since they need other versions of the same packages. */
const CLI = { folder: join(__dirname, "cli"), name: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" };
const YAML = {
  folder: join(__dirname, "yaml"),
  name: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
};
const NODEJS = {
  folder: join(__dirname, "nodejs"),
  name: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
};
const ACTIONLINT = {
  folder: join(__dirname, "actionlint"),
  name: "github.com/rhysd/actionlint/cmd/actionlint",
};
const CACHE = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "ai-workflow-guardrails");
/** The first one to take an executable file for `--policy-pack`. */
const NEW_ENOUGH = [3, 255];
const MOTO = "5.2.5";

export interface Cli {
  readonly command: string;
  readonly version: string;
  /** what PATH must be for it to find its language hosts */
  readonly path: string;
}

const pathWith = (...folders: readonly string[]): string =>
  [...folders, process.env["PATH"] ?? ""].join(delimiter);

function onPath(name: string, path = process.env["PATH"] ?? ""): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

/** The version of a CLI, `3.274.1`; undefined where there is none, or it is too old. */
function usable(command: string | undefined): string | undefined {
  if (command === undefined || !existsSync(command)) return undefined;
  const { stdout } = spawnSync(command, ["version"], { encoding: "utf8" });
  const [, version = "", major = "", minor = ""] = /^v?((\d+)\.(\d+)\.\d+)/.exec(stdout) ?? [];
  const [leastMajor = 0, leastMinor = 0] = NEW_ENOUGH;
  const [is, has] = [Number(major), Number(minor)];
  return is > leastMajor || (is === leastMajor && has >= leastMinor) ? version : undefined;
}

/** The CLI on PATH, else the one of `$PULUMI_HOME`, else the one of `cli/go.mod`, built once into the cache folder. */
export function pulumiCli(): Cli {
  const home = process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
  const own = pinned(CLI, "github.com/pulumi/pulumi/pkg/v3");
  const built = join(CACHE, `pulumi-${own}`, "bin");
  for (const command of [onPath("pulumi"), join(home, "bin", "pulumi")]) {
    const version = usable(command);
    if (command !== undefined && version !== undefined) {
      const yaml = onPath("pulumi-language-yaml", pathWith(join(command, "..")));
      if (yaml === undefined) build(own, built, YAML);
      return {
        command,
        version,
        path: pathWith(join(command, ".."), ...(yaml === undefined ? [built] : [])),
      };
    }
  }
  build(own, built, CLI);
  build(own, built, YAML);
  return { command: join(built, "pulumi"), version: own, path: pathWith(built) };
}

/** The version that a Go module of the tests asks for. */
function pinned({ folder }: typeof CLI, module: string): string {
  const lines = readFileSync(join(folder, "go.mod"), "utf8").split("\n");
  const required = lines.map((line) => line.split(/\s+/)).find((words) => words.includes(module));
  return required?.find((word) => /^v\d/.test(word))?.slice(1) ?? "";
}

function build(version: string, folder: string, { folder: cwd, name }: typeof CLI): void {
  const program = name.slice(name.lastIndexOf("/") + 1);
  if (existsSync(join(folder, program))) return;
  const goVersion = /^go (\S+)$/m.exec(readFileSync(join(cwd, "go.mod"), "utf8"))?.[1] ?? "";
  if (onPath("go") === undefined)
    throw new Error(
      `the tests need the Pulumi CLI ${NEW_ENOUGH.join(".")} or newer: install it (https://www.pulumi.com/docs/install/), or Go ${goVersion} or newer, with which they build ${version}`,
    );
  process.stderr.write(`building ${program} ${version} into ${folder}, once; this takes some minutes\n`);
  mkdirSync(folder, { recursive: true });
  // Without its version linked in, the Automation API refuses a CLI.
  const variable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
  execFileSync(
    "go",
    ["build", "-mod=readonly", "-ldflags", `-s -w -X ${variable}=v${version}`, "-o", `${folder}/`, name],
    { cwd, stdio: ["ignore", "inherit", "inherit"] },
  );
}

/** Pulumi's Node language host, as the folder that is to be on PATH for it. */
export interface NodeHost {
  readonly folder: string;
  /** whether it starts policy packs from their folder: the one that is built here is too old for that */
  readonly startsPacks: boolean;
}

/** The host beside the CLI or on PATH; undefined where none is installed. */
export function installedNodeHost(path = process.env["PATH"] ?? ""): NodeHost | undefined {
  const found = onPath("pulumi-language-nodejs", path);
  return found === undefined ? undefined : { folder: join(found, ".."), startsPacks: true };
}

/** The host that is installed, else the one of `nodejs/go.mod`, built once into a folder of its own. */
export function nodeHost(cli: Cli): NodeHost {
  const installed = installedNodeHost(cli.path);
  if (installed !== undefined) return installed;
  const version = pinned(NODEJS, "github.com/pulumi/pulumi/sdk/v3");
  const folder = join(CACHE, `pulumi-nodejs-${version}`);
  build(version, folder, NODEJS);
  return { folder, startsPacks: false };
}

/** actionlint: the one on PATH, else the one of `actionlint/go.mod`, built once. */
export function actionlint(): string {
  const found = onPath("actionlint");
  if (found !== undefined) return found;
  const version = pinned(ACTIONLINT, "github.com/rhysd/actionlint");
  const folder = join(CACHE, `actionlint-${version}`);
  build(version, folder, ACTIONLINT);
  return join(folder, "actionlint");
}

/** moto's server: the one on PATH, else one installed into a virtual environment of the cache folder. */
export function motoServer(): string {
  const environment = join(CACHE, `moto-${MOTO}`);
  const installed = join(environment, "bin", "moto_server");
  const found = onPath("moto_server") ?? (existsSync(installed) ? installed : undefined);
  if (found !== undefined) return found;
  const python = onPath("python3");
  if (python === undefined)
    throw new Error(`the tests need moto: install Python 3, or \`pip install "moto[server]==${MOTO}"\``);
  process.stderr.write(`installing moto ${MOTO} into ${environment}, once\n`);
  execFileSync(python, ["-m", "venv", environment], { stdio: "inherit" });
  execFileSync(
    join(environment, "bin", "pip"),
    ["install", "--quiet", "--disable-pip-version-check", `moto[server]==${MOTO}`],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  return installed;
}
