/** What rules put right by themselves, as documents; `test/host` has the same table over the protocol. */
import assert from "node:assert/strict";
import {
  configuredRule,
  type DocumentRule,
  evaluate,
  readOptions,
  remedied,
  type SubjectDocument,
  TYPE_OF,
} from "../../policypack/engine";
import { type Json, type JsonObject, parseDocument } from "../../policypack/iam";
import { readableDocument, rules } from "../../policypack/rules";
import { type RemedyCase, remedies } from "../rules/remedies";

const ruleOf = (id: string): DocumentRule => {
  const rule = rules.find((each) => each.id === id);
  assert.ok(rule !== undefined && rule.scope !== "stack");
  return rule;
};
const configured = ({ rule, options = {} }: RemedyCase) => {
  const read = readOptions(ruleOf(rule), options);
  assert.deepEqual(read.problems, []);
  return configuredRule(ruleOf(rule), "mandatory", read.options);
};
const document = (kind: RemedyCase["kind"], statement: unknown): SubjectDocument => ({
  subject: { urn: "urn:pulumi:dev::project::type::x", type: "type", name: "x", property: "policy" },
  kind,
  reading: parseDocument({ Version: "2012-10-17", Statement: statement as Json }, TYPE_OF[kind]),
});
/** The statements afterwards; undefined where nothing is written. */
const written = (one: RemedyCase, statements: ReadonlyMap<number, readonly JsonObject[]>): unknown => {
  if (statements.size === 0) return undefined;
  const before: readonly unknown[] = [one.statement].flat();
  const all = before.flatMap<unknown>((statement, index) => statements.get(index) ?? [statement]);
  return Array.isArray(one.statement) || all.length > 1 ? all : all[0];
};

describe("remediation", () => {
  for (const one of remedies)
    describe(`of ${one.rule}: ${one.name}`, () => {
      const { statements, left } = remedied(configured(one), document(one.kind, one.statement));
      it("writes what is expected, and leaves the rest", () => {
        assert.deepEqual(written(one, statements), one.becomes);
        assert.deepEqual(
          left.map(({ path, because }, index) => [path, because.slice(0, one.left?.[index]?.[1].length)]),
          one.left ?? [],
        );
      });
      if (one.becomes === undefined) return;
      const after = document(one.kind, one.becomes);
      it("is done after one time", () => {
        assert.equal(remedied(configured(one), after).statements.size, 0);
      });
      it("leaves the rule nothing but what is left", () => {
        const found = evaluate([configured(one)], [after], readableDocument).filter(
          ({ message }) => !message.startsWith("this value is not known"),
        );
        assert.deepEqual(
          found.map(({ path }) => path.split(".", 1)[0]),
          (one.left ?? []).map(([path]) => path),
        );
      });
    });
  it("is in the table for each rule that has it, done and left", () => {
    const able = rules.filter((rule) => rule.scope !== "stack" && rule.remediation !== undefined);
    for (const has of ["becomes", "left"] as const)
      assert.deepEqual(
        [...new Set(remedies.filter((one) => one[has] !== undefined).map(({ rule }) => rule))].sort(),
        able.map(({ id }) => id).sort(),
      );
  });
});
