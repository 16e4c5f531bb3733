// Compiles the pack into dist/, bundles it into one executable there, and stamps it with a digest of its sources, which bin/built.js compares at every start.
import { execFileSync } from "node:child_process";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildExecutable } from "./executable.mjs";

const require = createRequire(import.meta.url);
const pack = fileURLToPath(new URL("..", import.meta.url));
const { sourceDigest, stampFile } = require("../bin/built.js");

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
cpSync(join(pack, "catalogue", "data"), join(pack, "dist", "catalogue", "data"), { recursive: true });
await buildExecutable(pack);
writeFileSync(stampFile(pack), `${digest}\n`);
