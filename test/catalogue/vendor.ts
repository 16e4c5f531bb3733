/** The vendor's own files, read without a look at how the project compiles them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..", "node_modules", "@cloud-copilot", "iam-data");
const read = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(ROOT, ...path), "utf8"));

export interface VendorAction {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly conditionKeys: readonly string[];
    readonly dependentActions: readonly string[];
  }[];
  readonly conditionKeys: readonly string[];
  readonly dependentActions: readonly string[];
}
export interface VendorService {
  readonly prefix: string;
  readonly actions: readonly VendorAction[];
  /** ARN templates by the name of the resource type */
  readonly arns: ReadonlyMap<string, string>;
  /** the condition keys of a resource type itself, by its name */
  readonly keysOfTypes: ReadonlyMap<string, readonly string[]>;
  /** the types of condition keys by their names */
  readonly conditionKeys: ReadonlyMap<string, string>;
}

export const vendorManifest = read("package.json") as { readonly version: string };

export const vendorServices: readonly VendorService[] = readdirSync(join(ROOT, "data", "actions")).map(
  (file) => {
    const types = read("data", "resourceTypes", file) as Record<
      string,
      { readonly key: string; readonly arn: string; readonly conditionKeys?: readonly string[] }
    >;
    const keys = read("data", "conditionKeys", file) as Record<
      string,
      { readonly key: string; readonly type: string }
    >;
    return {
      prefix: file.replace(/\.json$/, ""),
      actions: Object.values(read("data", "actions", file) as Record<string, VendorAction>),
      arns: new Map(Object.values(types).map(({ key, arn }) => [key, arn])),
      keysOfTypes: new Map(Object.values(types).map(({ key, conditionKeys }) => [key, conditionKeys ?? []])),
      conditionKeys: new Map(Object.values(keys).map(({ key, type }) => [key, type])),
    };
  },
);

/** The names of all actions for which the condition holds, sorted. */
export const vendorActions = (holds: (service: string, action: string) => boolean): readonly string[] =>
  vendorServices
    .flatMap(({ prefix, actions }) =>
      actions.filter(({ name }) => holds(prefix, name)).map(({ name }) => `${prefix}:${name}`),
    )
    .sort();

/** What the reference says of each condition key. */
export const vendorDescriptions: readonly { readonly key: string; readonly description: string }[] =
  readdirSync(join(ROOT, "data", "conditionKeys")).flatMap((file) =>
    Object.values(
      read("data", "conditionKeys", file) as Record<
        string,
        { readonly key: string; readonly description: string }
      >,
    ),
  );
