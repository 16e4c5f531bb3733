/** The one runner of all tables of cases, and what holds for every rule. */
import assert from "node:assert/strict";
import {
  type DocumentRule,
  EVERY_KIND,
  evaluate,
  type ExampleResource,
  type Judged,
  type PolicyKind,
  readConfiguration,
  readOptions,
  render,
  type Rule,
  type StackRule,
  type StackViolation,
  TYPE_OF,
  type Violation,
  type ViolationData,
} from "../../policypack/engine";
import { parseDocument } from "../../policypack/iam";
import { readableDocument, rules } from "../../policypack/rules";
import type { Case, DocumentRuleCases, StackCase, StackRuleCases } from "./cases";
import { stackOfExamples, urnOf } from "./stack-of-examples";
import { documentOf, isAboutStacks, tables } from "./tables";

const read = (document: unknown, kind: PolicyKind = "identity", type?: string): Judged => ({
  ...parseDocument(documentOf(document), TYPE_OF[kind]),
  kind,
  subject:
    type === undefined
      ? { file: "policy.json" }
      : { urn: urnOf("policy"), type, name: "policy", property: "policy" },
});
/** What a rule finds in a document. */
const violationsIn = (
  rule: DocumentRule,
  { document, kind, type, options = {} }: Pick<Case, "document" | "kind" | "type" | "options">,
): readonly Violation[] => {
  assert.ok(rule.kinds.includes(kind ?? "identity"), `${rule.id} is not about ${kind ?? "identity"}`);
  return [...rule.check(read(document, kind, type), readOptions(rule, options).options)];
};

/** What a rule finds in a stack. */
const violationsInStack = (
  rule: StackRule,
  { resources, options = {} }: Pick<StackCase, "resources" | "options">,
): readonly StackViolation[] => [
  ...rule.check(stackOfExamples(resources), readOptions(rule, options).options),
];

/** Of the data that was found, the items that are expected. */
const asked = (found: ViolationData, expected: ViolationData = {}): ViolationData =>
  Object.fromEntries(Object.keys(expected).map((key) => [key, found[key] ?? ""]));

for (const { file, cases } of tables) {
  const { rule } = cases;
  describe(`rule ${rule.id}`, () => {
    it("has its table under its own name", () => {
      assert.equal(file, `${rule.id}.cases.ts`);
    });
    if (isAboutStacks(cases)) stackCases(cases);
    else documentCases(cases);
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

function documentCases({ rule, valid, invalid }: DocumentRuleCases): void {
  for (const one of valid)
    it(`valid: ${one.name}`, () => {
      assert.deepEqual(violationsIn(rule, one), []);
    });
  for (const { violations, ...one } of invalid)
    it(`invalid: ${one.name}`, () => {
      const found = violationsIn(rule, one);
      assert.deepEqual(
        found.map(({ message, path, data, fix }, index) => ({
          message,
          path,
          data: asked(data, violations[index]?.data),
          ...(violations[index]?.fix === undefined ? {} : { fix }),
        })),
        violations.map(({ data = {}, ...expected }) => ({ ...expected, data })),
      );
    });
  for (const one of invalid)
    it(`the statement to write instead passes: ${one.name}`, () => {
      for (const { fix } of violationsIn(rule, one)) {
        if (!/^[[{]/.test(fix)) continue;
        const statements: unknown = JSON.parse(fix);
        assert.deepEqual(violationsIn(rule, { ...one, document: [statements].flat() }), [], fix);
      }
    });
  it("has an invalid case after a clean statement, unless it is about whole documents", () => {
    const paths = invalid.flatMap(({ violations }) => violations.map(({ path }) => path));
    assert.ok(
      paths.every((path) => !path.startsWith("Statement")) ||
        paths.some((path) => path.startsWith("Statement[1]")),
    );
  });
}

function stackCases({ rule, valid, invalid }: StackRuleCases): void {
  for (const one of valid)
    it(`valid: ${one.name}`, () => {
      assert.deepEqual(violationsInStack(rule, one), []);
    });
  for (const { violations, ...one } of invalid)
    it(`invalid: ${one.name}`, () => {
      const found = violationsInStack(rule, one);
      assert.deepEqual(
        found.map(({ message, subject: { name, property }, data }, index) => ({
          message,
          at: name,
          property,
          data: asked(data, violations[index]?.data),
        })),
        violations.map(({ message, at, property = "", data = {} }) => ({ message, at, property, data })),
      );
    });
  it("has an invalid case with a resource before the one it is about", () => {
    const second = invalid.filter(({ resources, violations }) =>
      violations.some(({ at }) => resources.findIndex(({ name }) => name === at) > 0),
    );
    assert.notDeepEqual(second, []);
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

/** What a rule finds in one of its examples; a document is of the first kind that the rule is about. */
const violationsInExample = (rule: Rule, example: object): readonly Violation[] =>
  rule.scope === "stack"
    ? violationsInStack(rule, { resources: example as readonly ExampleResource[] })
    : violationsIn(rule, {
        document: example,
        ...(rule.kinds[0] === undefined ? {} : { kind: rule.kinds[0] }),
      });

/** The worst policy of each kind. */
const WORST: Partial<Record<PolicyKind, object>> = {
  identity: {
    statement: {},
    Id: "x".repeat(10_240),
    Statement: [
      { Effect: "Allow", Action: "*", Resource: "*" },
      { Effect: "Allow", NotAction: "s3:Delete*", Resource: "arn:aws:s3:::example-*" },
    ],
  },
  trust: {
    Statement: [
      { Effect: "Allow", Principal: { Service: ["lambda", "sagemaker.amazonaws.com"] }, Action: "*" },
      {
        Effect: "Allow",
        Principal: {
          Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
        },
        Action: "sts:AssumeRoleWithWebIdentity",
      },
      {
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::123456789012:saml-provider/corp" },
        Action: "sts:AssumeRoleWithSAML",
      },
      { Effect: "Allow", Principal: { AWS: ["111122223333", "123456789012", "123456789012"] }, Action: "*" },
    ],
  },
  resource: {
    Statement: [
      { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
      { Effect: "Allow", NotPrincipal: { AWS: "123456789012" }, Action: "*", Resource: "*" },
      { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "*", Resource: "*" },
    ],
  },
};

describe("all rules", () => {
  // Which accounts are trusted and which access is approved, only a configuration can say.
  const { rules: configured } = readConfiguration(rules, {
    "trusted-accounts": { accounts: ["444455556666"] },
    "approved-access": { reference: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] },
  });

  it("have a table of cases each", () => {
    assert.deepEqual(tables.map(({ cases }) => cases.rule.id).sort(), rules.map((rule) => rule.id).sort());
  });
  for (const rule of rules) {
    it(`${rule.id} says who it is, what it wants and why`, () => {
      documented(rule);
    });
    it(`${rule.id} finds nothing in its good examples`, () => {
      for (const example of rule.examples.good) assert.deepEqual(violationsInExample(rule, example), []);
    });
    it(`${rule.id} finds exactly one thing in each bad example`, () => {
      for (const example of rule.examples.bad) assert.equal(violationsInExample(rule, example).length, 1);
    });
  }
  it("fire on the worst policies there are", () => {
    const found = Object.entries(WORST).flatMap(([name, worst]) => {
      const kind = EVERY_KIND.find((each) => each === name) ?? "identity";
      return evaluate(
        configured,
        [{ subject: { file: "worst" }, kind, reading: read(worst, kind) }],
        readableDocument,
      );
    });
    // What never applies, or what AWS's own validation is about, is a mistake and no danger.
    const dangers = rules.filter(({ tags }) => !tags.includes("correctness") && !tags.includes("validation"));
    const firing = new Set(found.map((finding) => finding.rule));
    assert.deepEqual(
      dangers.filter((rule) => rule.scope !== "stack" && !firing.has(rule.id)).map((rule) => rule.id),
      // What is certain is not said to be possible, too.
      ["possible-escalation"],
    );
  });
  it("render every placeholder of their messages", () => {
    for (const { cases } of tables) {
      const found = isAboutStacks(cases)
        ? cases.invalid.flatMap((invalid) => violationsInStack(cases.rule, invalid))
        : cases.invalid.flatMap((invalid) => violationsIn(cases.rule, invalid));
      for (const { message, data } of found) {
        const text = render(cases.rule.messages[message] ?? "", data);
        // Of an empty list something is said, too: `everything but nothing`.
        assert.doesNotMatch(text, /(?<!\$)\{\w+[?#}]|``|undefined|\n| {2}| ,| $/, text);
      }
    }
  });
});
