/** A Pulumi project on disk: its name, its program and the configuration of one stack, as the CLI reads them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseDocument } from "yaml";
import { nearest } from "../catalogue";
import { HostFailure } from "./failure";

export interface Project {
  readonly name: string;
  readonly stack: string;
  /** the folder of Pulumi.yaml */
  readonly folder: string;
  /** the folder the program runs in, and where its package.json stands */
  readonly programFolder: string;
  /** what to load: a file or a folder */
  readonly program: string;
  /** `namespace:key` → text; structured values as JSON text */
  readonly configuration: Readonly<Record<string, string>>;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Reads the project of a folder.
 *
 * @param stack - the stack's name; without one, `dev` if there is one, else the only one there is
 * @param overrides - `key=value` or `namespace:key=value`, in place of what the files say
 * @throws {@link HostFailure} when there is no project, no such stack, or a value that cannot be read
 */
export function readProject(
  folder: string,
  stack: string | undefined,
  overrides: readonly string[],
): Project {
  const root = resolve(folder);
  const file = ["Pulumi.yaml", "Pulumi.yml"].map((name) => join(root, name)).find((path) => existsSync(path));
  if (file === undefined) throw new HostFailure(`no Pulumi.yaml in ${root}`);
  const project = readYaml(file);
  const name = project["name"];
  if (typeof name !== "string") throw new HostFailure(`${file}: \`name\` is missing`);
  requireNodejs(file, project["runtime"]);
  const chosen = stack ?? onlyStack(root);
  const main = typeof project["main"] === "string" ? resolve(root, project["main"]) : root;
  const programFolder =
    existsSync(join(main, "package.json")) || !/\.[cm]?[jt]s$/.test(main) ? main : dirname(main);
  return {
    name,
    stack: chosen,
    folder: root,
    programFolder,
    program: entryOf(main),
    configuration: readConfiguration(root, name, chosen, project["config"], overrides),
  };
}

function requireNodejs(file: string, runtime: unknown): void {
  const name = isRecord(runtime) ? runtime["name"] : runtime;
  if (name !== "nodejs")
    throw new HostFailure(
      `${file}: \`runtime\` is ${typeof name === "string" ? `\`${name}\`` : "missing"}; only nodejs programs can be previewed here, others with \`pulumi preview --policy-pack\``,
    );
}

/** As the Node language host resolves a program: package.json `main`, else index.ts or index.js. */
function entryOf(main: string): string {
  const manifest = join(main, "package.json");
  const parsed: unknown = existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")) : {};
  const entry =
    isRecord(parsed) && typeof parsed["main"] === "string" ? join(main, parsed["main"]) : undefined;
  const candidates = [entry, join(main, "index.ts"), join(main, "index.js"), main];
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? main;
}

const stackFiles = (root: string): readonly string[] =>
  readdirSync(root).flatMap((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? []);

function onlyStack(root: string): string {
  const stacks = stackFiles(root);
  const [only] = stacks;
  if (stacks.includes("dev") || only === undefined) return "dev";
  if (stacks.length === 1) return only;
  throw new HostFailure(`which stack? give one with --stack: ${stacks.join(", ")}`);
}

function readConfiguration(
  root: string,
  project: string,
  stack: string,
  defaults: unknown,
  overrides: readonly string[],
): Record<string, string> {
  const file = [join(root, `Pulumi.${stack}.yaml`), join(root, `Pulumi.${stack}.yml`)].find((path) =>
    existsSync(path),
  );
  if (file === undefined && stackFiles(root).length > 0) {
    const stacks = stackFiles(root);
    const meant = nearest(stack, stacks);
    const hint = meant === undefined ? `there are ${stacks.join(", ")}` : `did you mean \`${meant}\`?`;
    throw new HostFailure(`no stack \`${stack}\` in ${root}; ${hint}`);
  }
  const values: Record<string, string> = {};
  const qualified = (key: string): string => (key.includes(":") ? key : `${project}:${key}`);
  const overridden = new Map(
    overrides.map((override): [string, string] => {
      const at = override.indexOf("=");
      if (at < 1) throw new HostFailure(`--config \`${override}\`: expected key=value`);
      return [qualified(override.slice(0, at)), override.slice(at + 1)];
    }),
  );
  for (const [key, declared] of Object.entries(isRecord(defaults) ? defaults : {})) {
    const value = isRecord(declared) ? (declared["default"] ?? declared["value"]) : declared;
    if (value !== undefined) values[qualified(key)] = asText(value);
  }
  const configured = file === undefined ? {} : readYaml(file)["config"];
  for (const [key, value] of Object.entries(isRecord(configured) ? configured : {})) {
    const name = qualified(key);
    if (overridden.has(name)) continue;
    if (isRecord(value) && "secure" in value)
      throw new HostFailure(
        `\`${name}\` is encrypted, and only the Pulumi CLI can decrypt it; give a value for this preview with --config ${name}=…`,
      );
    values[name] = asText(value);
  }
  return { ...values, ...Object.fromEntries(overridden) };
}

const asText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

function readYaml(file: string): Readonly<Record<string, unknown>> {
  const document = parseDocument(readFileSync(file, "utf8"));
  const [error] = document.errors;
  if (error !== undefined)
    throw new HostFailure(`${file}: ${error.message.split("\n", 1)[0]?.replace(/:$/, "") ?? "invalid YAML"}`);
  const value: unknown = document.toJS();
  if (!isRecord(value)) throw new HostFailure(`${file}: expected a mapping`);
  return value;
}
