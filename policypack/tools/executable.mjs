// The pack as one file that starts without a language host and without node_modules: `--policy-pack <file>`, CLI >= 3.255.
import { chmodSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
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

/** What a module reads from a folder at run time becomes part of the file. A module that no longer reads it ends the build. */
const embedded = ({ module, reads, instead }) => ({
  name: "embedded",
  setup(bundle) {
    let done = false;
    bundle.onLoad({ filter: module }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      if (!source.includes(reads)) throw new Error(`${path} no longer says ${reads}`);
      done = true;
      return { contents: source.replace(reads, () => instead) };
    });
    bundle.onEnd(({ errors }) => {
      if (errors.length === 0 && !done) throw new Error(`no module is ${module}`);
    });
  },
});
const version = (folder) =>
  embedded({
    module: /@pulumi[\\/]policy[\\/]policy\.js$/,
    reads: "require(`${cwd}/package.json`)",
    instead: `require(${JSON.stringify(join(folder, "package.json"))})`,
  });
/** Data is compressed, and a module of its own: it is unpacked at its first use. */
const data = (module, file) => ({
  name: "data",
  setup(bundle) {
    embedded({
      module: new RegExp(`[\\\\/]dist[\\\\/]catalogue[\\\\/]${module}\\.js$`),
      reads: `(0, node_fs_1.readFileSync)((0, node_path_1.join)(__dirname, "data", "${file}"), "utf8")`,
      instead: `require("./data/${file}")`,
    }).setup(bundle);
    bundle.onLoad({ filter: new RegExp(`[\\\\/]${file.replace(".", "\\.")}$`) }, async ({ path }) => ({
      contents: `module.exports = require("node:zlib").brotliDecompressSync(
        Buffer.from("${brotliCompressSync(await readFile(path)).toString("base64")}", "base64")).toString();`,
    }));
  },
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
    data("service-table", "authorization.ndjson"),
    data("managed-policies", "managed-policies.ndjson"),
  ]);
