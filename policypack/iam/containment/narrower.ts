/** What is left of a statement within others, entry by entry: a proposal for a narrower one, to be proved before it is shown. */
import { contains } from "./containment";
import type { Known } from "./counterexample";
import { parseDocument, type Reading } from "../language/document";
import { isObject } from "../language/element";
import type { Json, JsonObject, Unknown } from "../language/json";
import { loosened } from "../pattern/pattern";
import { overlaps } from "../pattern/overlap";
import { covers } from "../pattern/region";
import type { Entry, Selection, Statement } from "../language/statement";

/**
 * Statements that allow what a statement has in common with any of the others, as far as lists of entries say it: of two
 * entries the narrower one, where one is within the other, under both conditions.
 */
export function narrowerThan(own: Statement, others: readonly Statement[]): readonly JsonObject[] {
  const made = new Map<string, { readonly shape: JsonObject; readonly actions: Set<string> }>();
  for (const other of others) {
    const actions = common(own.actions, other.actions);
    const resources = common(own.resources, other.resources);
    const condition = conjunction(own.source["Condition"], other.source["Condition"]);
    if (actions.length === 0 || resources.length === 0 || condition === undefined) continue;
    const shape: JsonObject = {
      ...("Resource" in own.source || "NotResource" in own.source ? { Resource: oneOrAll(resources) } : {}),
      ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
    };
    const key = JSON.stringify(shape);
    const group = made.get(key) ?? { shape, actions: new Set() };
    made.set(key, group);
    for (const action of actions) group.actions.add(action);
  }
  const whom = (["Principal", "NotPrincipal"] as const).filter((name) => Object.hasOwn(own.source, name));
  return [...made.values()].map(({ shape, actions }, index) => ({
    ...(own.sid === undefined ? {} : { Sid: index === 0 ? own.sid : `${own.sid}${index + 1}` }),
    Effect: "Allow",
    ...Object.fromEntries(whom.map((name) => [name, own.source[name] ?? "*"])),
    Action: oneOrAll([...actions]),
    ...shape,
  }));
}

/**
 * Statements to write instead of one that exceeds a reference; undefined where none is proved to be within.
 *
 * @param own - a statement of one of the candidate's documents
 */
export function narrowerWithin(
  own: Statement,
  reference: readonly Reading[],
  candidate: readonly Reading[],
  known: Known,
): readonly JsonObject[] | undefined {
  const from = candidate.find(({ document }) => document.statements.includes(own))?.document;
  const statementsOf = (readings: readonly Reading[], effect: Statement["effect"]): readonly Statement[] =>
    readings.flatMap(({ document }) => document.statements).filter((each) => each.effect === effect);
  const proposed = narrowerThan(own, statementsOf(reference, "Allow"));
  if (from === undefined || proposed.length === 0) return undefined;
  const reading = parseDocument({ Version: from.version ?? "2008-10-17", Statement: proposed }, from.type);
  const { document } = reading;
  const statements = [...document.statements, ...statementsOf(candidate, "Deny")];
  const proof = contains(reference, [{ ...reading, document: { ...document, statements } }], known);
  return proof.verdict === "contained" && proof.scope === "all-actions" ? proposed : undefined;
}

const oneOrAll = (texts: readonly string[]): string | readonly string[] =>
  texts.length === 1 && texts[0] !== undefined ? texts[0] : texts;

/** The entries that two selections have in common. */
function common(a: Selection, b: Selection): readonly string[] {
  if (a.negated && b.negated) return [];
  if (a.negated) return beside(b.entries, a.entries);
  if (b.negated) return beside(a.entries, b.entries);
  const found = a.entries.flatMap((own) =>
    b.entries.flatMap((other) =>
      covers([other.pattern], own.pattern)
        ? [own.text]
        : covers([own.pattern], other.pattern)
          ? [other.text]
          : [],
    ),
  );
  return [...new Set(found)];
}

/** The entries that surely have nothing in common with those left out. */
const beside = (entries: readonly Entry[], leftOut: readonly Entry[]): readonly string[] =>
  entries
    .filter(({ pattern }) => !leftOut.some((other) => overlaps(loosened(pattern), loosened(other.pattern))))
    .map(({ text }) => text);

/** Both conditions in one; undefined where both have something to say of one key with one operator, and not the same. */
function conjunction(a: Json | Unknown | undefined, b: Json | Unknown | undefined): JsonObject | undefined {
  const both: Record<string, JsonObject> = {};
  for (const [operator, keys] of [...entriesOf(a), ...entriesOf(b)]) {
    if (!isObject(keys)) return undefined;
    for (const [key, values] of Object.entries(keys)) {
      const known = both[operator]?.[key];
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(values)) return undefined;
      both[operator] = { ...both[operator], [key]: values };
    }
  }
  return both;
}

const entriesOf = (value: Json | Unknown | undefined): readonly (readonly [string, Json | Unknown])[] =>
  value !== undefined && isObject(value) ? Object.entries(value) : [];
