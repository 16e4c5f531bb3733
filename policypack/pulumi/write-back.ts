/**
 * Writes what a rule has put right into the properties of a resource, as the SDK hands them over for remediation: through its
 * proxies, so that what is secret stays so, and with the SDK's own marks in place of what is not known yet.
 */
import { Secret } from "@pulumi/policy";
import type { Json } from "../iam";

/** What is written in place of statements, by their place in the list. */
type Statements = ReadonlyMap<number, readonly object[]>;

/**
 * Puts statements in place of others in the document of a property.
 *
 * @param props - the SDK's; they are changed
 * @param at - the path of the property: `policies[1].policyDocument`
 */
export function writeStatements(props: object, at: string, statements: Statements): void {
  const path = at.match(/[^.[\]]+/g) ?? [];
  const last = path.pop() ?? "";
  const holder = path.reduce<Holder>((of, key) => of[key] as Holder, props as Holder);
  const kept = asKept(holder, last);
  const { value, isSecret } = bare(kept);
  const written =
    typeof value === "string"
      ? JSON.stringify(withStatements(JSON.parse(value) as Json, statements))
      : withStatements(value, statements);
  // What takes the place of a secret is made one by the SDK; a document of which a part is secret is so as a whole.
  holder[last] = isSecret && !(kept instanceof Secret) ? new Secret(written) : written;
}

type Holder = Record<string, unknown>;

/** The value as it is kept. To read it is to lose the mark of a secret, and to fail on one that is not known. */
const asKept = (of: object, key: string): unknown => Object.getOwnPropertyDescriptor(of, key)?.value;

/** The value without the marks of secrets, and whether there are any. */
function bare(kept: unknown): { readonly value: unknown; readonly isSecret: boolean } {
  if (kept instanceof Secret) return { value: bare(kept.value).value, isSecret: true };
  if (typeof kept !== "object" || kept === null) return { value: kept, isSecret: false };
  const members = Object.entries(kept).map(([key, member]) => [key, bare(member)] as const);
  const values = members.map(([key, { value }]) => [key, value] as const);
  return {
    value: Array.isArray(kept) ? values.map(([, value]) => value) : Object.fromEntries(values),
    isSecret: members.some(([, { isSecret }]) => isSecret),
  };
}

/** A document with statements in place of others; all else is as it was. */
function withStatements(document: unknown, statements: Statements): unknown {
  const { Statement: found, ...rest } = document as { readonly Statement: unknown };
  const all: readonly unknown[] = Array.isArray(found) ? found : [found];
  const written = all.flatMap((statement, index) => statements.get(index) ?? [statement]);
  return { ...rest, Statement: Array.isArray(found) || written.length > 1 ? written : written[0] };
}
