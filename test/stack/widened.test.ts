/** Whatever is widened in what a capability is granted, `approved-access` shows a request that was not approved. */
import * as assert from "node:assert/strict";
import { evaluate, readConfiguration } from "../../policypack/engine";
import { type Json, parseDocument } from "../../policypack/iam";
import { readableDocument, rules } from "../../policypack/rules";
import { policyDocument } from "../../stack/grants/documents";
import type { WrittenStatement } from "../../stack/grants/statements";
import { CATALOGUE, useOf, workflowOf } from "./every-capability";

type Tests = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
interface Widening {
  readonly what: string;
  /** in place of the statement; nothing where a Deny is taken away */
  readonly statements: readonly unknown[];
}

/** Every way to drop one test of a condition. */
function* withoutOneTest(statement: WrittenStatement): Generator<Widening> {
  const condition = (statement.Condition ?? {}) as Tests;
  for (const [operator, tests] of Object.entries(condition))
    for (const key of Object.keys(tests)) {
      const others = Object.fromEntries(Object.entries(tests).filter(([name]) => name !== key));
      const Condition = Object.fromEntries(
        Object.entries({ ...condition, [operator]: others }).filter(
          ([, left]) => Object.keys(left).length > 0,
        ),
      );
      yield { what: `without ${operator} on ${key}`, statements: [{ ...statement, Condition }] };
    }
}

function* widened(statement: WrittenStatement): Generator<Widening> {
  if (statement.Effect === "Deny") {
    yield { what: "without the Deny", statements: [] };
    return;
  }
  yield* withoutOneTest(statement);
  const resources = [statement.Resource].flat();
  for (const resource of resources)
    if (resource !== "*") {
      // `bucket/prefix/*` becomes `bucket/*`, and `job/name-*` becomes `job/*`.
      const wider = resource.replace(/([^:/]+\/\*|[^:/]+:\*|[^:/]*)$/, "*");
      yield { what: `${resource} as ${wider}`, statements: [{ ...statement, Resource: wider }] };
    }
  for (const action of [statement.Action].flat())
    yield {
      what: `${action} as a pattern`,
      statements: [{ ...statement, Action: action.replace(/:.*/, ":*") }],
    };
}

const PASSING = {
  Effect: "Allow",
  Action: "iam:PassRole",
  Resource: "arn:aws:iam::123456789012:role/another",
  Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
};

describe("a widening of what a capability is granted", () => {
  for (const capability of CATALOGUE)
    it(`is seen: ${capability.id}`, () => {
      const document = policyDocument(workflowOf([useOf(capability, "aws")]), capability.side);
      const { rules: configured } = readConfiguration(
        rules.filter(({ id }) => id === "approved-access"),
        { "approved-access": { reference: document } },
      );
      const found = (statements: readonly unknown[]): number =>
        evaluate(
          configured,
          [
            {
              subject: { file: "policy.json" },
              kind: "identity",
              reading: parseDocument({ ...document, Statement: statements } as unknown as Json),
            },
          ],
          readableDocument,
        ).length;
      const statements = document.Statement as readonly WrittenStatement[];
      assert.equal(found(statements), 0);
      assert.equal(found([...statements, PASSING]), 1);
      const unseen: string[] = [];
      for (const [index, statement] of statements.entries())
        for (const { what, statements: instead } of widened(statement)) {
          const others = statements.filter((_, place) => place !== index);
          if (found([...others, ...instead]) === 0) unseen.push(what);
        }
      assert.deepEqual(unseen, []);
    });
});
