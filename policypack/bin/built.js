"use strict";
// Plain JavaScript, so that it is never itself out of date: refuses to run a build that is older than its sources.
// A stale guard is a wrong guard. In the published pack there are no sources, and nothing is compared.
const { createHash } = require("node:crypto");
const { existsSync, readFileSync, readdirSync } = require("node:fs");
const { join } = require("node:path");

const SOURCE_FOLDERS = ["iam", "catalogue", "engine", "rules", "pulumi", "report", "host", "cli", "testing"];
const OTHERS = [
  "index.ts",
  "tsconfig.build.json",
  "../tsconfig.json",
  "tools/build.mjs",
  "tools/executable.mjs",
];
const IS_SOURCE = /\.(ts|ndjson|json|mjs)$/;

/** The source files of the pack, as paths relative to its folder, in a fixed order. */
function sourceFiles(pack) {
  const below = (folder) =>
    readdirSync(join(pack, folder), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? below(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
    );
  return [...OTHERS, ...SOURCE_FOLDERS.flatMap(below)].filter((file) => IS_SOURCE.test(file)).sort();
}

/** A digest over the names and the contents of all sources. */
function sourceDigest(pack) {
  const hash = createHash("sha256");
  for (const file of sourceFiles(pack))
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(pack, file)));
  return hash.digest("hex");
}

const stampFile = (pack) => join(pack, "dist", ".stamp");

/** What is wrong with the build of the pack in this folder, or undefined when it may run. */
function buildProblem(pack) {
  if (!existsSync(join(pack, "index.ts"))) return undefined;
  if (!existsSync(stampFile(pack))) return "the policy pack is not built; run `npm run build`";
  if (readFileSync(stampFile(pack), "utf8").trim() !== sourceDigest(pack))
    return "the policy pack is older than its sources; run `npm run build`";
  return undefined;
}

/** Loads a compiled module of the pack, or ends the process with one line when the build is missing or stale. */
function requireBuilt(module) {
  const pack = join(__dirname, "..");
  const problem = buildProblem(pack);
  if (problem !== undefined) {
    console.error(`error: ${problem}`);
    process.exit(2);
  }
  return require(join(pack, "dist", module));
}

module.exports = { buildProblem, requireBuilt, sourceDigest, stampFile };
