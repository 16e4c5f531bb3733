/**
 * `npm run publish-pack [-- ORGANIZATION] [--dry-run]`: builds the pack, holds what would be published against what it should be,
 * and hands it to `pulumi policy publish`. A dry run says what that would upload, and needs no Pulumi CLI.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PackProcess } from "../host";
import { contentProblems, descriptionProblems, figure, filesExpected, packedOf } from "./packed";

const PACK = join(__dirname, "..");
const { buildProblem } = createRequire(__filename)("../bin/built.js") as {
  readonly buildProblem: (pack: string) => string | undefined;
};

function fail(...reasons: readonly string[]): never {
  for (const reason of reasons) console.error(`error: ${reason}`);
  process.exit(2);
}

/** Without `--`, npm keeps `--dry-run` to itself, and says so in the environment only. */
function order(args: readonly string[]): {
  readonly organization: readonly string[];
  readonly dryRun: boolean;
} {
  const organization = args.filter((arg) => !arg.startsWith("-"));
  const unknown = args.find((arg) => arg.startsWith("-") && arg !== "--dry-run");
  if (unknown !== undefined || organization.length > 1)
    fail("expected npm run publish-pack [-- ORGANIZATION] [--dry-run]");
  return {
    organization,
    dryRun: args.includes("--dry-run") || process.env["npm_config_dry_run"] === "true",
  };
}

/** The CLI would say it too, after the build. */
function requirePulumiCloud(): void {
  const { error, status, stdout } = spawnSync("pulumi", ["whoami", "--json", "--non-interactive"], {
    encoding: "utf8",
  });
  if (error !== undefined)
    fail("the Pulumi CLI is not on PATH; install it: https://www.pulumi.com/docs/install/");
  if (status !== 0) fail("nobody is logged in to Pulumi Cloud; run `pulumi login`");
  const { url } = JSON.parse(stdout) as { readonly url: string };
  if (!/^https?:/.test(url)) fail(`${url} has no policy packs; log in to Pulumi Cloud with \`pulumi login\``);
}

/** A build that is as new as its sources is what a new one would be. */
function build(): void {
  if (buildProblem(PACK) === undefined) return;
  const { status } = spawnSync(process.execPath, [join(PACK, "tools", "build.mjs")], { stdio: "inherit" });
  if (status !== 0) fail("the pack cannot be built");
}

async function main(): Promise<void> {
  const { organization, dryRun } = order(process.argv.slice(2));
  if (!dryRun) requirePulumiCloud();
  build();
  const packed = packedOf(PACK);
  const identity = { organization: "organization", project: "publish", stack: "publish", configuration: {} };
  const pack = await PackProcess.start(PACK, identity);
  const description = await pack.describe().finally(() => {
    pack.stop();
  });
  const { name, version, policies } = description;
  const problems = [...contentProblems(packed, filesExpected(PACK)), ...descriptionProblems(description)];
  if (problems.length > 0) fail(...problems);
  const levels = ["mandatory", "advisory"].map(
    (level) => `${policies.filter((policy) => policy.level === level).length} ${level}`,
  );
  console.log(
    [
      `${name} ${version}: ${policies.length} policies (${levels.join(", ")})`,
      ...packed.files.map(({ path, size }) => `  ${figure(size).padStart(7)}  ${path}`),
      `${packed.files.length} files, ${figure(packed.unpackedSize)} bytes, ${figure(packed.size)} packed`,
    ].join("\n"),
  );
  if (dryRun) {
    console.log(
      `would be published to ${organization[0] ?? "your default organization"}; nothing was uploaded`,
    );
    return;
  }
  const { status } = spawnSync("pulumi", ["policy", "publish", ...organization], {
    cwd: PACK,
    stdio: "inherit",
  });
  process.exitCode = status ?? 2;
}

void main();
