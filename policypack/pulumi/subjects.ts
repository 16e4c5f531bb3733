/** From a resource to the policy documents it holds. */
import { type SubjectDocument, TYPE_OF } from "../engine";
import { isUnknown, type Json, parseDocument, UNKNOWN, type Unknown } from "../iam";
import { plain, property } from "./plain-values";
import { RESOURCE_TYPES } from "./resource-types";

/** What is needed of a resource to judge it. */
export interface Resource {
  /** type token: `aws:iam/policy:Policy` */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: object;
}

/** The documents of a resource, read; undefined when its type holds none. */
export function documentsOf({ type, name, urn, props }: Resource): readonly SubjectDocument[] | undefined {
  const properties = RESOURCE_TYPES.get(type);
  if (properties === undefined) return undefined;
  return properties.flatMap((entry) =>
    [...valuesAt(props, entry.property)].flatMap(([at, value]): SubjectDocument[] => {
      if (value === undefined && !entry.required) return [];
      return [
        {
          subject: { urn, type, name, property: at },
          kind: entry.kind,
          reading: parseDocument(value ?? null, TYPE_OF[entry.kind]),
        },
      ];
    }),
  );
}

/** The values that a property path means, each with its own path: `inlinePolicies[].policy` means one for each item. */
function* valuesAt(props: object, path: string): Generator<readonly [string, Json | Unknown | undefined]> {
  const [list, member] = path.split("[].");
  if (list === undefined || member === undefined) {
    yield [path, plain(property(props, path))];
    return;
  }
  const items = plain(property(props, list));
  if (items === undefined || items === null) return;
  if (isUnknown(items)) yield [list, UNKNOWN];
  else if (!Array.isArray(items)) yield [list, items];
  else
    for (const [index, item] of (items as readonly (Json | Unknown)[]).entries()) {
      const at = `${list}[${index}]`;
      if (isUnknown(item)) yield [at, UNKNOWN];
      else if (typeof item === "object" && item !== null && !Array.isArray(item))
        yield [`${at}.${member}`, (item as Readonly<Record<string, Json | Unknown>>)[member]];
      else yield [at, item];
    }
}
