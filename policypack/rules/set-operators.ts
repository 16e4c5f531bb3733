import { findConditionKey } from "../catalogue";
import { CONTROLS, defineRule, EVERY_KIND, type Violation } from "../engine";
import { asksForAbsence, type Statement, type Test } from "../iam";
import { testsOf } from "./statements/condition-values";

type Message = "missing" | "single" | "unbound" | "denies-any";

export const setOperators = defineRule({
  id: "set-operators",
  title: "Set operators fit their keys",
  summary: "A key with several values needs a set operator, and one with a single value must not have any.",
  why: "A test with `ForAllValues` holds where the key is not in the request at all, so a grant that seems limited is not.",
  fix: "Write `ForAnyValue` or `ForAllValues` for keys with several values only, with a `Null` test beside `ForAllValues` in an Allow.",
  level: "advisory",
  severity: "medium",
  tags: ["iam", "validation", "condition"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
  ],
  kinds: EVERY_KIND,
  options: {},
  messages: {
    missing: "`{key}` has several values, and `{operator}` does not say how many of them must match",
    single:
      "`{key}` has a single value, and `ForAllValues` lets every request pass that does not have the key",
    unbound: "`ForAllValues` lets every request pass that does not have `{key}`",
    "denies-any": "`ForAnyValue` with `{operator}` denies nothing where the request does not have `{key}`",
  },
  accessAnalyzer: {
    missing: "MISSING_QUALIFIER",
    single: "FORALLVALUES_WITH_SINGLE_VALUED_KEY",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:PutObject",
          Resource: "arn:aws:s3:::example-bucket/*",
          Condition: { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" } },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:PutObject",
          Resource: "arn:aws:s3:::example-bucket/*",
          Condition: { "ForAllValues:StringLike": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
        },
      },
    ],
  },
  *check({ document: { statements } }) {
    for (const { statement, test } of testsOf(statements)) {
      const found = judge(statement, test);
      if (found !== undefined)
        yield {
          ...found,
          path: test.path,
          sid: statement.sid,
          data: { key: test.name, operator: test.operator.name },
        };
    }
  },
});

/**
 * Keys with several values that AWS itself tests without a set operator: an event pattern with two sources does not meet
 * `StringEquals` with both of them. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
const ALONE: ReadonlySet<string> = new Set(["events:source", "events:detail-type"]);

function judge(statement: Statement, test: Test): Pick<Violation<Message>, "message" | "fix"> | undefined {
  const { comparing, qualifier, name } = test.operator;
  const key = findConditionKey(test.name);
  // `Null` asks whether the key is there; of a key that is not known nobody can tell how many values it has.
  if (comparing === undefined || key === undefined) return undefined;
  if (qualifier === undefined)
    return key.multivalued && !ALONE.has(key.key)
      ? { message: "missing", fix: `write \`ForAnyValue:${name}\` or \`ForAllValues:${name}\`` }
      : undefined;
  const isAllow = statement.effect === "Allow";
  if (qualifier === "ForAllValues" && !key.multivalued && isAllow)
    return { message: "single", fix: `write \`${name}\` without \`ForAllValues\`` };
  const isBound = isRequired(statement, test.key) || statement.condition.partial || key.presence === "always";
  // "aws:TagKeys": a request without tags is one that adds none, which is what such a statement is meant to allow.
  if (qualifier === "ForAllValues" && isAllow && key.key !== "aws:tagkeys" && !isBound)
    return {
      message: "unbound",
      fix: `add \`"Null": {${JSON.stringify(test.name)}: "false"}\` to the condition`,
    };
  if (qualifier === "ForAnyValue" && comparing.negated && !isAllow && !isBound)
    return {
      message: "denies-any",
      fix: `deny requests without the key in a second statement, with \`"Null": {${JSON.stringify(test.name)}: "true"}\``,
    };
  return undefined;
}

/** Whether another test of the condition asks for the key. */
const isRequired = ({ condition }: Statement, key: string): boolean =>
  condition.tests.some(
    (test) =>
      test.key === key &&
      (test.operator.comparing === undefined
        ? asksForAbsence(test) === false
        : test.operator.qualifier !== "ForAllValues" &&
          !test.operator.ifExists &&
          !test.operator.comparing.negated),
  );
