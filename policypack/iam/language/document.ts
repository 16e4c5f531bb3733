/**
 * Reads a policy document: from JSON text or a JSON value to statements, or to the problems that make it unreadable.
 * Nothing is thrown; all problems are returned at once, each with its JSON path. What can be read is read, even beside
 * a problem, so that one mistake does not hide another.
 */
import { type Element, isList, isObject, kindOf, printed, readElements, readText } from "./element";
import { isUnknown, type Json, type JsonObject, readJson, type Unknown } from "./json";
import type { Problem } from "./problem";
import { leastSizeOf, sizeOf } from "./size";
import { type Grammar, type PolicyType, readStatement, type Statement } from "./statement";

export interface Document {
  readonly type: PolicyType;
  readonly version: string | undefined;
  readonly statements: readonly Statement[];
}

/** A document as far as it could be read, and what was wrong with it. */
export interface Reading {
  readonly document: Document;
  readonly problems: readonly Problem[];
  /** JSON paths of the values that are not known yet; the empty path is the whole document */
  readonly unknown: readonly string[];
  /** how many characters AWS's quotas count; of what is known, where a part is not */
  readonly characters: number;
}

/** The elements of a document, in the order of AWS's grammar. */
export const DOCUMENT_ELEMENTS = ["Version", "Id", "Statement"] as const;
const VERSIONS: readonly string[] = ["2012-10-17", "2008-10-17"];
const EMPTY: Document = { type: "identity", version: undefined, statements: [] };

/**
 * Reads a policy document.
 *
 * @param source - JSON text, or the value such text stands for; values not known yet are {@link Unknown}
 * @param expected - what it is attached to; `any` leaves that to the document: see {@link policyTypeOf}
 */
export function parseDocument(
  source: string | Json | Unknown,
  expected: Grammar | "any" = "identity",
): Reading {
  const empty = expected === "any" ? EMPTY : { ...EMPTY, type: typeOf(expected) };
  if (isUnknown(source)) return { document: empty, problems: [], unknown: [""], characters: 0 };
  const characters = typeof source === "string" ? sizeOf(source) : leastSizeOf(source);
  const { value, problems } = typeof source === "string" ? readJson(source) : { value: source, problems: [] };
  if (value === undefined) return { document: empty, problems, unknown: [], characters };
  const all: Problem[] = [...problems];
  const unknown: string[] = [];
  const report = (problem: Problem): void => void all.push(problem);
  if (!isObject(value)) {
    report({ code: "wrong-type", path: "", data: { expected: "an object", found: kindOf(value) } });
    return { document: empty, problems: all, unknown, characters };
  }
  const grammar = expected === "any" ? policyTypeOf(value) : expected;
  const elements = readElements(value, DOCUMENT_ELEMENTS, "", report);
  readText(elements.get("Id"), report, unknown);
  const version = readVersion(elements.get("Version"), report, unknown);
  const statements = readStatements(elements.get("Statement"), grammar, version, report, unknown);
  return { document: { type: typeOf(grammar), version, statements }, problems: all, unknown, characters };
}

const typeOf = (grammar: Grammar): PolicyType => (grammar === "implied-resource" ? "resource" : grammar);

/** What a document that does not say so is attached to: only some name a principal, and only trust policies no resource. */
export function policyTypeOf(document: JsonObject): PolicyType {
  const found = document["Statement"] ?? null;
  const listed: readonly (Json | Unknown)[] = isList(found) ? found : [found];
  const statements = listed.filter((item) => isObject(item));
  const has = (...names: readonly string[]): boolean =>
    statements.some((statement) => names.some((name) => Object.hasOwn(statement, name)));
  if (!has("Principal", "NotPrincipal")) return "identity";
  return has("Resource", "NotResource") ? "resource" : "trust";
}

function readVersion(
  found: Element | undefined,
  report: (problem: Problem) => void,
  unknown: string[],
): string | undefined {
  if (found === undefined) return undefined;
  if (isUnknown(found.value)) unknown.push(found.path);
  else if (typeof found.value === "string" && VERSIONS.includes(found.value)) return found.value;
  else
    report({
      code: "invalid-value",
      path: found.path,
      data: {
        found: printed(found.value),
        expected: VERSIONS.map((version) => `\`${version}\``).join(" or "),
      },
    });
  // A version nobody can tell is read as the one in which more has a meaning.
  return "2012-10-17";
}

function readStatements(
  found: Element | undefined,
  type: Grammar,
  version: string | undefined,
  report: (problem: Problem) => void,
  unknown: string[],
): readonly Statement[] {
  if (found === undefined) {
    report({ code: "missing-element", path: "", data: { element: "Statement" } });
    return [];
  }
  const { value, path } = found;
  if (isUnknown(value)) {
    unknown.push(path);
    return [];
  }
  const listed = isList(value)
    ? value.map((item, index) => [item, `${path}[${index}]`] as const)
    : [[value, path] as const];
  return listed.flatMap(([item, at]) => {
    if (isUnknown(item)) {
      unknown.push(at);
      return [];
    }
    if (!isObject(item)) {
      const expected = isList(value) ? "an object" : "an object or a list of objects";
      report({ code: "wrong-type", path: at, data: { expected, found: kindOf(item) } });
      return [];
    }
    const statement = readStatement(item, at, type, version === "2012-10-17", report, unknown);
    return statement === undefined ? [] : [statement];
  });
}
