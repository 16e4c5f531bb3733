// Mutation testing of ring 0: `npm run mutate` holds all mutants against the tables, which take a second or two each; then
// `npm run mutate -- survivors` holds those that are left against everything, properties included. Other arguments are
// Stryker's: `npm run mutate -- -m policypack/iam/pattern/region.ts`.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const stryker = join(dirname(require.resolve("@stryker-mutator/core/package.json")), "bin", "stryker.js");
const [pass, ...rest] = process.argv.slice(2);
const isSecond = pass === "survivors";
const { status } = spawnSync(
  process.execPath,
  [stryker, "run", ...(isSecond ? rest : process.argv.slice(2))],
  { stdio: "inherit", env: { ...process.env, ...(isSecond ? { MUTATE: "survivors" } : {}) } },
);
process.exitCode = status ?? 1;
