/**
 * What is not known during preview is no reason to say anything: whatever a value turns out to be, a finding must be right.
 * The good documents of every table are the oracle: with one value hidden, the good value is among those that it may be.
 */
import assert from "node:assert/strict";
import { readOptions, TYPE_OF } from "../../policypack/engine";
import { type Json, parseDocument, UNKNOWN, type Unknown } from "../../policypack/iam";
import type { Case, DocumentRuleCases } from "./cases";
import { documentOf, isAboutStacks, tables } from "./tables";

/** Every document that is the same but for one value, which is hidden, and where that stood. */
function* hidden(
  value: Json | Unknown,
  path = "",
): Generator<readonly [path: string, document: Json | Unknown]> {
  if (value === UNKNOWN) return;
  yield [path, UNKNOWN];
  if (typeof value !== "object" || value === null) return;
  const members: readonly (readonly [string, Json | Unknown])[] = Object.entries(value);
  for (const [key, item] of members) {
    const own = Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    for (const [at, other] of hidden(item, own)) {
      const changed = members.map(([name, each]) => [name, name === key ? other : each] as const);
      yield [at, Array.isArray(value) ? changed.map(([, each]) => each) : Object.fromEntries(changed)];
    }
  }
}

function* violations({ rule }: DocumentRuleCases, one: Case, document: Json | Unknown): Generator<string> {
  const kind = one.kind ?? "identity";
  const judged = { ...parseDocument(document, TYPE_OF[kind]), kind, subject: { file: "policy.json" } };
  for (const { message, path } of rule.check(judged, readOptions(rule, one.options ?? {}).options))
    yield `${message} at ${path}`;
}

const MOST_VALUES = 60;

describe("what is not known yet", () => {
  for (const { cases } of tables) {
    if (isAboutStacks(cases)) continue;
    it(`is no reason for ${cases.rule.id} to find something`, () => {
      const wrong: string[] = [];
      for (const one of cases.valid) {
        const document = documentOf(one.document);
        if (typeof document === "string" || one.type !== undefined) continue;
        const partials = [...hidden(document)];
        // What is made to be hard is no better example for being tried hundreds of times.
        if (partials.length > MOST_VALUES) continue;
        for (const [path, partial] of partials)
          for (const found of violations(cases, one, partial))
            wrong.push(`${one.name}, without ${path}: ${found}`);
      }
      assert.deepEqual(wrong, []);
    });
  }
});
