// Compiles the pack into dist/, compresses its tables, bundles it into one executable there, takes out of the modules what only
// people need, and stamps all with a digest of the sources, which bin/built.js compares at every start.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { buildExecutable } from "./executable.mjs";

const require = createRequire(import.meta.url);
const pack = fileURLToPath(new URL("..", import.meta.url));
const { buildProblem, sourceDigest, stampFile } = require("../bin/built.js");

// Of the same sources comes the same build: two test runs beside each other do not take it from under each other.
if (buildProblem(pack) === undefined) process.exit(0);

// The digest is taken before the compiler reads the sources: an edit made meanwhile leaves a stale stamp, never a false one.
const digest = sourceDigest(pack);
// With the stamp goes everything else: what a source that is gone has left would still be found.
rmSync(join(pack, "dist"), { recursive: true, force: true });
try {
  execFileSync(
    process.execPath,
    [require.resolve("typescript/bin/tsc"), "-p", join(pack, "tsconfig.build.json")],
    {
      stdio: "inherit",
    },
  );
} catch {
  process.exit(1); // the compiler has printed why
}
const [data, compressed] = [pack, join(pack, "dist")].map((folder) => join(folder, "catalogue", "data"));
mkdirSync(compressed);
for (const table of readdirSync(data))
  writeFileSync(join(compressed, `${table}.br`), brotliCompressSync(readFileSync(join(data, table))));
await buildExecutable(pack);
await shorten(join(pack, "dist"));
writeFileSync(stampFile(pack), `${digest}\n`);

/** A published pack is downloaded wherever it is enforced, and read at every start: comments and long names stay at home. */
async function shorten(folder) {
  const modules = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".js"));
  await build({
    entryPoints: modules.map((file) => join(folder, file)),
    outdir: folder,
    outbase: folder,
    allowOverwrite: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    minify: true,
    lineLimit: 160,
    logLevel: "warning",
  });
}
