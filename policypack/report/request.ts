/** A request that shows that access is wider: as JSON, and as a table. */
import { findConditionKey } from "../catalogue";
import { visible } from "../engine";
import type { Counterexample } from "../iam";
import { paint, type Style } from "./style";

/** In the form of the contract: a key that must be absent is `null`. */
export interface RequestJson {
  readonly action: string;
  readonly resource: string;
  /** as a policy writes it; null where the policy does not say: whoever has it */
  readonly principal: Readonly<Record<string, string>> | null;
  readonly context: Readonly<Record<string, string | readonly string[] | null>>;
}

/** A key as AWS writes it, or as the documents do. */
function nameOf(key: string, written: ReadonlyMap<string, string>): string {
  const known = findConditionKey(key)?.name;
  return (
    written.get(key) ?? (known === undefined || known.includes("$") || known.includes("<") ? key : known)
  );
}

export function requestJson(
  { action, resource, principal, context, absent }: Counterexample,
  written: ReadonlyMap<string, string>,
): RequestJson {
  const present = [...context].map(([key, values]) => {
    const [only] = values;
    const isSingle = values.length === 1 && findConditionKey(key)?.multivalued !== true;
    return [nameOf(key, written), isSingle && only !== undefined ? only : values] as const;
  });
  const missing = absent.map((key) => [nameOf(key, written), null] as const);
  return {
    action,
    resource,
    principal: principal === undefined ? null : { [principal.type]: principal.id },
    context: Object.fromEntries([...present, ...missing]),
  };
}

/** One row for each part of the request; nothing in it is cut short, since it is there to be tried. */
export function requestTable(request: RequestJson, indent: string, style: Style): string {
  const { action, resource, principal, context } = request;
  const caller = Object.entries(principal ?? {}).map(([type, id]) => [
    "caller",
    type === "AWS" ? id : `${type} ${id}`,
  ]);
  const keys = Object.entries(context).map(([key, value]) => [
    key,
    value === null ? "(absent)" : [value].flat().join(", ") || "(empty)",
  ]);
  const rows = [["action", action], ["resource", resource], ...caller, ...keys];
  const width = Math.max(...rows.map(([label = ""]) => visible(label).length));
  return rows
    .map(([label = "", value = ""]) => {
      return `${indent}${paint(visible(label).padEnd(width), "dim", style)}  ${visible(value)}`;
    })
    .join("\n");
}

/** The request in one line: `s3:GetObject on arn:aws:s3:::b/x, aws:SourceVpc absent`. */
export function requestLine({ action, resource, principal, context }: RequestJson): string {
  const caller = Object.values(principal ?? {}).map((id) => `by ${id}`);
  const keys = Object.entries(context).map(([key, value]) =>
    value === null ? `${key} absent` : `${key}=${[value].flat().join(", ")}`,
  );
  return visible([[`${action} on ${resource}`, ...caller].join(" "), ...keys].join(", "));
}
