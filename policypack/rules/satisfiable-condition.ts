import { findConditionKey, KNOWN, type ValueForm, valueFormOf } from "../catalogue";
import { CONTROLS, defineRule, EVERY_KIND, type PolicyKind, type Violation } from "../engine";
import {
  asksForAbsence,
  type Budget,
  budget,
  contradictionsOf,
  overlaps,
  passesWithout,
  spelled,
  type Statement,
  type Test,
} from "../iam";

type Message = "contradiction" | "value" | "always-there";

export const satisfiableCondition = defineRule({
  id: "satisfiable-condition",
  title: "Conditions can be met",
  summary: "A condition must be one that some request can meet.",
  why: "All tests of a condition must pass together: one that cannot pass makes a grant void, and a denial a guard that never stands.",
  fix: "Give alternatives as a list of values of one test, and values in the form that AWS gives them.",
  level: "mandatory",
  severity: "medium",
  tags: ["iam", "condition", "correctness"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
  ],
  kinds: EVERY_KIND,
  options: {},
  messages: {
    contradiction: "no request passes {tests} on `{key}` together, so nothing is {effect}",
    value: "`{key}` is {form}, and {values} {values?is:are} not, so nothing is {effect}",
    "always-there":
      "every request has `{key}`, so none passes a test for its absence and nothing is {effect}",
  },
  accessAnalyzer: { value: ["INVALID_REGION", "INVALID_VPC_FORMAT", "INVALID_VPCE_FORMAT"] },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:ListBucket",
          Resource: "arn:aws:s3:::example-bucket",
          Condition: { StringLike: { "s3:prefix": ["images", "images/*"] } },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:ListBucket",
          Resource: "arn:aws:s3:::example-bucket",
          Condition: { StringEquals: { "s3:prefix": "images" }, StringLike: { "s3:prefix": "images/*" } },
        },
      },
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: "arn:aws:iam::123456789012:role/example",
          Condition: { StringEquals: { "iam:PassedToService": "sagemaker" } },
        },
      },
    ],
  },
  *check({ document: { statements }, kind }) {
    const left = budget();
    for (const statement of statements) yield* judge(statement, kind, left);
  },
});

function* judge(statement: Statement, kind: PolicyKind, left: Budget): Generator<Violation<Message>> {
  const { condition, sid } = statement;
  const effect = statement.effect === "Allow" ? "allowed" : "denied";
  const void_ = (at: Test, message: Message, data: Violation["data"], fix: string): Violation<Message> => ({
    message,
    path: at.path,
    sid,
    data: { key: at.name, effect, ...data },
    fix,
  });
  for (const tests of contradictionsOf(condition, KNOWN, left)) {
    const [last] = tests.slice(-1);
    if (last !== undefined)
      yield void_(
        last,
        "contradiction",
        { tests: tests.map(({ operator }) => spelled(operator)) },
        "keep one of the tests, or give the alternatives as a list of values of one test",
      );
  }
  for (const test of condition.tests) {
    const form = misses(test);
    if (form !== undefined)
      yield {
        ...void_(
          test,
          "value",
          { form: form.words, values: test.texts },
          `write ${form.words} as the value of \`${test.name}\``,
        ),
        accessAnalyzer: form.check,
      };
    else if (asksForMissing(test, kind))
      yield void_(test, "always-there", {}, "remove the test, or turn it round");
  }
}

const TEXTS: ReadonlySet<string> = new Set(["text", "text-any-case", "text-pattern"]);

/** The form of the key's values, where the test passes only for values and none of those it lists is of the form. */
function misses(test: Test): ValueForm | undefined {
  const { key, operator, values, texts } = test;
  const { comparing } = operator;
  const form = valueFormOf(key);
  if (form === undefined || comparing === undefined || comparing.negated || values.kind !== "text")
    return undefined;
  if (!TEXTS.has(comparing.comparison) || passesWithout(test) !== false || texts.length === 0)
    return undefined;
  // A wildcard or a variable that is none is another mistake.
  const others = comparing.comparison === "text-pattern" ? /\$\{/ : /[*?]|\$\{/;
  if (texts.some((text) => others.test(text))) return undefined;
  const isOfForm = values.patterns.some((pattern) => form.forms.some((other) => overlaps(pattern, other)));
  return isOfForm ? undefined : form;
}

/** Whether the test asks for the absence of a key that every request has; an anonymous one has not what a signed one has. */
function asksForMissing(test: Test, kind: PolicyKind): boolean {
  if (test.operator.comparing !== undefined || asksForAbsence(test) !== true) return false;
  const presence = findConditionKey(test.key)?.presence;
  return presence === "always" || (presence === "signed" && kind !== "resource" && kind !== "trust");
}
