/** What would be published of the pack, and what is wrong with it. */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import type { PackDescription, PolicyDescription } from "../host";

export interface Packed {
  readonly name: string;
  readonly version: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
  readonly size: number;
  readonly unpackedSize: number;
}

/** Without its dependencies: whoever is under the pack downloads it. */
const MOST_BYTES = 1_000_000;

/** What npm puts into the tarball of a folder. */
export function packedOf(folder: string): Packed {
  const printed = execFileSync("npm", ["pack", "--dry-run", "--json", "--loglevel=error"], {
    cwd: folder,
    encoding: "utf8",
  });
  const [packed] = JSON.parse(printed) as readonly Packed[];
  if (packed === undefined) throw new Error(`npm packs nothing of ${folder}`);
  return packed;
}

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** The folders that are compiled; the others hold what is not needed where the pack runs. */
const COMPILED = ["catalogue", "cli", "engine", "host", "iam", "pulumi", "report", "rules", "testing"];

/** Every file that a published pack has, and no other: a module for each source, a compressed table for each table. */
export function filesExpected(pack: string): readonly string[] {
  const sources = COMPILED.flatMap((folder) => filesBelow(join(pack, folder))).map((file) =>
    file.slice(pack.length + 1),
  );
  return [
    ...["LICENSE", "PulumiPolicy.yaml", "README.md", "package.json"],
    ...["built", "iam-guardrails", "policy-pack"].map((name) => `bin/${name}.js`),
    ...["audit", "recommended", "strict"].map((name) => `presets/${name}.json`),
    ...["github", "gitlab"].map((name) => `ci/${name}.yml`),
    "schemas/findings.schema.json",
    ...["index", "trial"].map((name) => `dist/testing/${name}.d.ts`),
    ...["index.ts", ...sources].map(
      (file) => `dist/${file.replace(/\.ts$/, ".js").replace(/\.ndjson$/, ".ndjson.br")}`,
    ),
  ].sort();
}

export function contentProblems({ files, unpackedSize }: Packed, expected: readonly string[]): string[] {
  const paths = files.map(({ path }) => path);
  return [
    ...expected.filter((path) => !paths.includes(path)).map((path) => `${path} is missing`),
    ...paths
      .filter((path) => !expected.includes(path))
      .map((path) => `${path} does not belong into the pack`),
    ...(unpackedSize < MOST_BYTES
      ? []
      : [`it has ${figure(unpackedSize)} bytes unpacked; less than ${figure(MOST_BYTES)} are wanted`]),
  ];
}

export const figure = (number: number): string => number.toLocaleString("en-US");

/** What the console would show empty, or take for no configuration. */
export const descriptionProblems = ({ policies }: PackDescription): string[] =>
  policies.flatMap((policy) =>
    [...emptyFields(policy).map((field) => `says no ${field}`), ...schemaProblems(policy)].map(
      (problem) => `policy ${policy.name}: ${problem}`,
    ),
  );

function emptyFields({ metadata: { framework, tags, ...texts } }: PolicyDescription): string[] {
  const fields = {
    ...texts,
    tags: tags.join(),
    ...Object.fromEntries(Object.entries(framework).map(([part, text]) => [`framework.${part}`, text])),
  };
  return Object.entries(fields).flatMap(([field, text]) => (text.trim() === "" ? [field] : []));
}

/** The engine validates a configuration by this schema: https://github.com/pulumi/pulumi/blob/master/pkg/resource/analyzer/config.go */
function schemaProblems({ properties, required, defaults }: PolicyDescription): string[] {
  const ajv = new Ajv({ allErrors: true, strictKeywords: true, strictDefaults: true });
  try {
    const accepts = ajv.compile({ type: "object", properties, required });
    return accepts(defaults) === true
      ? []
      : [`its defaults are not what its schema asks for: ${ajv.errorsText(accepts.errors)}`];
  } catch (error) {
    return [`its schema is none: ${error instanceof Error ? error.message : String(error)}`];
  }
}
