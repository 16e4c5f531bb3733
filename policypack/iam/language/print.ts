/** Policy documents as text: as short as can be, and in one canonical form. */
import { DOCUMENT_ELEMENTS } from "./document";
import { isList, isObject } from "./element";
import { isUnknown, type Json, type JsonObject, type Unknown } from "./json";
import { STATEMENT_ELEMENTS } from "./statement";

/** The document without white space between its tokens. Values that are not known yet are left out. */
export const minified = (document: Json): string =>
  JSON.stringify(document, (_key, value: unknown) => (isUnknown(value) ? undefined : value));

/**
 * The document in its canonical form: elements in the order of AWS's grammar, lists where one or several may stand, sorted and
 * without repetitions, condition keys by name. Two documents that differ in nothing else have the same form.
 */
export function canonical(document: JsonObject): JsonObject {
  const found = document["Statement"];
  if (found === undefined) return ordered(document, DOCUMENT_ELEMENTS);
  const statements: readonly (Json | Unknown)[] = isList(found) ? found : [found];
  return ordered(
    { ...document, Statement: statements.map((item) => (isObject(item) ? canonicalStatement(item) : item)) },
    DOCUMENT_ELEMENTS,
  );
}

function canonicalStatement(statement: JsonObject): JsonObject {
  const made = Object.entries(statement).map(([name, value]): [string, Json | Unknown] => {
    if (/^(Not)?(Action|Resource)$/.test(name)) return [name, sortedList(value)];
    if (/^(Not)?Principal$/.test(name) && isObject(value)) return [name, sortedMembers(value)];
    if (name === "Condition" && isObject(value))
      return [
        name,
        ordered(
          mapped(value, (keys) => (isObject(keys) ? sortedMembers(keys) : keys)),
          [],
        ),
      ];
    return [name, value];
  });
  return ordered(Object.fromEntries(made), STATEMENT_ELEMENTS);
}

const mapped = (object: JsonObject, change: (value: Json | Unknown) => Json | Unknown): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));

const sortedMembers = (object: JsonObject): JsonObject => ordered(mapped(object, sortedList), []);

/** Text alone, sorted and once each; whatever else stands in a list is kept as it is. */
function sortedList(value: Json | Unknown): Json | Unknown {
  const items: readonly (Json | Unknown)[] = isList(value) ? value : [value];
  const texts = items.filter((item): item is string => typeof item === "string");
  const rest = items.filter((item) => typeof item !== "string");
  const all: readonly (Json | Unknown)[] = [...[...new Set(texts)].sort(), ...rest];
  return all;
}

/** The members of an object in a given order; the others after them, by name. */
function ordered(object: JsonObject, order: readonly string[]): JsonObject {
  const rank = (name: string): number => {
    const at = order.indexOf(name);
    return at < 0 ? order.length : at;
  };
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)));
}
