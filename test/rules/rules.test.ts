/** The one runner of all tables of cases, and what holds for every rule. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { evaluate, readConfiguration, readOptions, render, type Rule } from "../../policypack/engine";
import { parseDocument, type Reading } from "../../policypack/iam";
import { readableDocument, rules } from "../../policypack/rules";
import type { RuleCases } from "./cases";

const read = (document: unknown): Reading =>
  parseDocument(
    typeof document === "string"
      ? document
      : JSON.stringify(Array.isArray(document) ? { Version: "2012-10-17", Statement: document } : document),
  );

const files = readdirSync(__dirname).filter((file) => file.endsWith(".cases.ts"));
const tables = files.map((file) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the tables are whatever stands in this folder
  const { cases } = require(join(__dirname, file)) as { readonly cases: RuleCases };
  return { file, cases };
});

for (const { file, cases } of tables) {
  const { rule } = cases;
  const violationsOf = (document: unknown, given: Readonly<Record<string, unknown>> = {}) => [
    ...rule.check(read(document), readOptions(rule, given).options),
  ];

  describe(`rule ${rule.id}`, () => {
    it("has its table under its own name", () => {
      assert.equal(file, `${rule.id}.cases.ts`);
    });
    for (const { name, document, options } of cases.valid)
      it(`valid: ${name}`, () => {
        assert.deepEqual(violationsOf(document, options), []);
      });
    for (const { name, document, options, violations } of cases.invalid)
      it(`invalid: ${name}`, () => {
        const found = violationsOf(document, options);
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
    for (const { name, document, options } of cases.invalid)
      it(`the statement to write instead passes: ${name}`, () => {
        for (const { fix } of violationsOf(document, options)) {
          if (!/^[[{]/.test(fix)) continue;
          const statements: unknown = JSON.parse(fix);
          assert.deepEqual(violationsOf([statements].flat(), options), [], fix);
        }
      });
    it("has an invalid case after a clean statement", () => {
      const second = cases.invalid.filter(({ violations }) =>
        violations.some(({ path }) => path.startsWith("Statement[1]")),
      );
      assert.notDeepEqual(second, []);
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
        assert.deepEqual([...rule.check(read(example), readOptions(rule, {}).options)], []);
    });
    it(`${rule.id} finds exactly one thing in each bad example`, () => {
      for (const example of rule.examples.bad)
        assert.equal([...rule.check(read(example), readOptions(rule, {}).options)].length, 1);
    });
  }
  it("fire on the worst policy there is", () => {
    const worst = { statement: {}, Statement: { Effect: "Allow", Action: "*", Resource: "*" } };
    const found = evaluate(
      configured,
      [{ subject: { file: "worst" }, reading: read(worst) }],
      readableDocument,
    );
    assert.deepEqual(
      [...new Set(found.map((finding) => finding.rule))].sort(),
      rules.map((rule) => rule.id).sort(),
    );
  });
  it("render every placeholder of their messages", () => {
    for (const { cases } of tables)
      for (const { document, options = {} } of cases.invalid)
        for (const { message, data } of cases.rule.check(
          read(document),
          readOptions(cases.rule, options).options,
        )) {
          const text = render(cases.rule.messages[message] ?? "", data);
          assert.doesNotMatch(text, /(?<!\$)\{\w+\}|``|undefined|\n/, text);
        }
  });
});
