/** The one runner of all tables of cases, and what holds for every rule. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import {
  evaluate,
  type Judged,
  type PolicyKind,
  readConfiguration,
  readOptions,
  render,
  type Rule,
  TYPE_OF,
  type Violation,
} from "../../policypack/engine";
import { parseDocument } from "../../policypack/iam";
import { readableDocument, rules } from "../../policypack/rules";
import type { Case, RuleCases } from "./cases";

const read = (document: unknown, kind: PolicyKind = "identity"): Judged => {
  const text =
    typeof document === "string"
      ? document
      : JSON.stringify(Array.isArray(document) ? { Version: "2012-10-17", Statement: document } : document);
  return { ...parseDocument(text, TYPE_OF[kind]), kind, subject: { file: "policy.json" } };
};
/** What a rule finds in a document. */
const violationsIn = (
  rule: Rule,
  { document, kind, options = {} }: Pick<Case, "document" | "kind" | "options">,
): readonly Violation[] => {
  assert.ok(rule.kinds.includes(kind ?? "identity"), `${rule.id} is not about ${kind ?? "identity"}`);
  return [...rule.check(read(document, kind), readOptions(rule, options).options)];
};

const files = readdirSync(__dirname).filter((file) => file.endsWith(".cases.ts"));
const tables = files.map((file) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the tables are whatever stands in this folder
  const { cases } = require(join(__dirname, file)) as { readonly cases: RuleCases };
  return { file, cases };
});

for (const { file, cases } of tables) {
  const { rule } = cases;
  describe(`rule ${rule.id}`, () => {
    it("has its table under its own name", () => {
      assert.equal(file, `${rule.id}.cases.ts`);
    });
    for (const valid of cases.valid)
      it(`valid: ${valid.name}`, () => {
        assert.deepEqual(violationsIn(rule, valid), []);
      });
    for (const { violations, ...invalid } of cases.invalid)
      it(`invalid: ${invalid.name}`, () => {
        const found = violationsIn(rule, invalid);
        assert.deepEqual(
          found.map(({ message, path, data }, index) => ({
            message,
            path,
            data: Object.fromEntries(
              Object.keys(violations[index]?.data ?? {}).map((key) => [key, data[key]]),
            ),
          })),
          violations.map(({ message, path, data = {} }) => ({ message, path, data })),
        );
      });
    for (const invalid of cases.invalid)
      it(`the statement to write instead passes: ${invalid.name}`, () => {
        for (const { fix } of violationsIn(rule, invalid)) {
          if (!/^[[{]/.test(fix)) continue;
          const statements: unknown = JSON.parse(fix);
          assert.deepEqual(violationsIn(rule, { ...invalid, document: [statements].flat() }), [], fix);
        }
      });
    it("has an invalid case after a clean statement", () => {
      const second = cases.invalid.filter(({ violations }) =>
        violations.some(({ path }) => path.startsWith("Statement[1]")),
      );
      const isOfDocument = cases.invalid.every(({ violations }) =>
        violations.every(({ path }) => !path.startsWith("Statement")),
      );
      assert.ok(isOfDocument || second.length > 0);
    });
    it("uses every message", () => {
      const used = new Set(
        cases.invalid.flatMap(({ violations }) => violations.map(({ message }) => message)),
      );
      const unused = Object.keys(rule.messages).filter(
        (message) => !used.has(message) && message !== "unknown",
      );
      assert.deepEqual(unused, []);
    });
  });
}

const documented = (rule: Rule): void => {
  assert.match(rule.id, /^[a-z]+(-[a-z]+)+$/);
  assert.match(rule.summary, /^(A|An|The) .*\.$/);
  for (const text of [rule.why, rule.fix]) assert.match(text, /^[A-Z][^\n]*\.$/);
  assert.ok(rule.tags.length > 0);
  for (const reference of rule.references) assert.match(reference, /^https:\/\/docs\.aws\.amazon\.com\//);
  for (const message of Object.values(rule.messages)) assert.match(message, /^[^A-Z\n][^\n]*[^.\n]$/);
};

/** An example is of the first kind that the rule is about. */
const exampleOf = (rule: Rule, document: object): Pick<Case, "document" | "kind"> => ({
  document,
  ...(rule.kinds[0] === undefined ? {} : { kind: rule.kinds[0] }),
});

describe("all rules", () => {
  const { rules: configured } = readConfiguration(rules, {});

  it("have a table of cases each", () => {
    assert.deepEqual(tables.map(({ cases }) => cases.rule.id).sort(), rules.map((rule) => rule.id).sort());
  });
  for (const rule of rules) {
    it(`${rule.id} says who it is, what it wants and why`, () => {
      documented(rule);
    });
    it(`${rule.id} finds nothing in its good examples`, () => {
      for (const example of rule.examples.good)
        assert.deepEqual(violationsIn(rule, exampleOf(rule, example)), []);
    });
    it(`${rule.id} finds exactly one thing in each bad example`, () => {
      for (const example of rule.examples.bad)
        assert.equal(violationsIn(rule, exampleOf(rule, example)).length, 1);
    });
  }
  it("about what is granted fire on the worst policy there is", () => {
    const worst = { statement: {}, Statement: { Effect: "Allow", Action: "*", Resource: "*" } };
    const found = evaluate(
      configured,
      [{ subject: { file: "worst" }, kind: "identity", reading: read(worst) }],
      readableDocument,
    );
    const firing = new Set(found.map((finding) => finding.rule));
    for (const id of [
      "readable-document",
      "approved-actions",
      "no-wildcard-resource",
      "service-linked-roles",
    ])
      assert.ok(firing.has(id), id);
  });
  it("render every placeholder of their messages", () => {
    for (const { cases } of tables)
      for (const invalid of cases.invalid)
        for (const { message, data } of violationsIn(cases.rule, invalid)) {
          const text = render(cases.rule.messages[message] ?? "", data);
          assert.doesNotMatch(text, /(?<!\$)\{\w+\}|``|undefined|\n/, text);
        }
  });
});
