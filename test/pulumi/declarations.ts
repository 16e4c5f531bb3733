/** The type declarations of the installed @pulumi/aws, read as text: the properties of its resources and of what stands in them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = dirname(require.resolve("@pulumi/aws/package.json"));

export interface Property {
  readonly name: string;
  readonly optional: boolean;
  readonly type: string;
}

/** The members of an interface at a depth of indentation, from where its body begins. */
function membersOf(text: string, from: number, indent: string): readonly Property[] {
  const end = text.indexOf(`\n${indent.slice(4)}}`, from);
  // A type of several lines begins with a brace.
  const pattern = new RegExp(`^${indent}(\\w+)(\\??): (.*(?:;|\\{))$`, "gm");
  return [...text.slice(from, end).matchAll(pattern)].map(([, name = "", optional, type = ""]) => ({
    name,
    optional: optional === "?",
    type,
  }));
}

/** The inputs of each resource, by `module/type`: `iam/role`. */
export function resources(): ReadonlyMap<string, readonly Property[]> {
  const found = new Map<string, readonly Property[]>();
  for (const module of readdirSync(ROOT).filter((name) => existsSync(join(ROOT, name, "index.d.ts")))) {
    if (module === "types") continue;
    for (const file of readdirSync(join(ROOT, module)).filter((name) => name.endsWith(".d.ts"))) {
      const text = readFileSync(join(ROOT, module, file), "utf8");
      const args = /^export interface (\w+)Args \{/m.exec(text);
      if (!text.includes("extends pulumi.CustomResource") || args === null) continue;
      const [, name = ""] = args;
      const type = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
      found.set(`${module}/${type}`, membersOf(text, args.index, "    "));
    }
  }
  return found;
}

/** The objects that stand in inputs, by `module.Interface`: `iam.RoleInlinePolicy`. */
export function nestedInputs(): ReadonlyMap<string, readonly Property[]> {
  const text = readFileSync(join(ROOT, "types", "input.d.ts"), "utf8");
  const found = new Map<string, readonly Property[]>();
  for (const block of text.split(/^export declare namespace /m).slice(1)) {
    const module = block.slice(0, block.indexOf(" "));
    for (const { 1: name = "", index } of block.matchAll(/^ {4}interface (\w+) \{/gm))
      found.set(`${module}.${name}`, membersOf(block, index, "        "));
  }
  return found;
}
