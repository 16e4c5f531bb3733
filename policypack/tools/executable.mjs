// The pack as one file that starts without a language host and without node_modules: `--policy-pack <file>`, CLI >= 3.255.
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const rpc = require("@pulumi/pulumi/runtime/rpc");

// What @pulumi/policy uses of @pulumi/pulumi, out of which its root would pull package managers and two compilers.
const SIGNATURES = ["specialSigKey", "specialAssetSig", "specialArchiveSig", "specialSecretSig"];
const STAND_INS = {
  "@pulumi/pulumi": `
    exports.asset = require("@pulumi/pulumi/asset");
    exports.Output = { isInstance: (value) => require("@pulumi/pulumi/utils").isInstance(value, "__pulumiOutput") };`,
  "@pulumi/pulumi/runtime/rpc": SIGNATURES.map(
    (name) => `exports.${name} = ${JSON.stringify(rpc[name])};`,
  ).join("\n"),
};

const standIns = (folder) => ({
  name: "stand-ins",
  setup(bundle) {
    bundle.onResolve({ filter: /^@pulumi\/pulumi(\/runtime\/rpc)?$/ }, ({ path }) => ({
      path,
      namespace: "stand-in",
    }));
    bundle.onLoad({ filter: /.*/, namespace: "stand-in" }, ({ path }) => ({
      contents: STAND_INS[path],
      resolveDir: folder,
    }));
  },
});

/** Another text for a module. A module that is no longer there ends the build. */
const instead = (module, textOf) => ({
  name: String(module),
  setup(bundle) {
    let done = false;
    bundle.onLoad({ filter: module }, async ({ path }) => {
      done = true;
      return { contents: await textOf(path) };
    });
    bundle.onEnd(({ errors }) => {
      if (errors.length === 0 && !done) throw new Error(`no module is ${module}`);
    });
  },
});

/** The version is read from a package.json of the current folder: it becomes part of the file. */
const version = (folder) =>
  instead(/@pulumi[\\/]policy[\\/]policy\.js$/, async (path) => {
    const source = await readFile(path, "utf8");
    const reads = "require(`${cwd}/package.json`)";
    if (!source.includes(reads)) throw new Error(`${path} no longer says ${reads}`);
    return source.replace(reads, () => `require(${JSON.stringify(join(folder, "package.json"))})`);
  });

/** So do the compressed tables. Each stands in a function, which nothing compiles before it is called. */
const tables = (data) =>
  instead(/[\\/]dist[\\/]catalogue[\\/]table\.js$/, async () => {
    const texts = readdirSync(data).map((file) => [file, readFileSync(join(data, file), "base64")]);
    return `const TABLES = { ${texts.map(([file, text]) => `"${file}": () => "${text}"`).join()} };
      exports.linesOf = (name) => require("node:zlib")
        .brotliDecompressSync(Buffer.from(TABLES[name + ".br"](), "base64")).toString().trimEnd().split("\\n");`;
  });

/**
 * Bundles a pack of plain JavaScript.
 *
 * @param folder where its package.json is
 * @param entry the module that serves it
 */
export async function bundlePack(folder, entry, outfile, plugins = []) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    // Most of a start is reading the file. Names stay, and lines are short, so that an error can be read.
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 160,
    charset: "ascii", // one character of another kind would double what V8 has to read
    legalComments: "eof",
    logLevel: "warning",
    alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" }, // what its `main` requires cannot be followed
    plugins: [standIns(folder), version(folder), ...plugins],
  });
  chmodSync(outfile, 0o755);
}

/** Bundles the compiled pack. `.cjs`, so that a copy stays what it is below a package.json with `"type": "module"`. */
export const buildExecutable = (pack) =>
  bundlePack(pack, join(pack, "bin", "executable.js"), join(pack, "dist", "ai-workflow-guardrails.cjs"), [
    tables(join(pack, "dist", "catalogue", "data")),
  ]);
