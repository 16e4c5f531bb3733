import { CONTROLS, defineRule, EVERY_KIND, type Violation } from "../engine";
import { asksForAbsence, type Statement, type Test } from "../iam";
import { testsOf } from "./statements/condition-values";

type Message = "without-key" | "without-mfa" | "denies-too-little";

const PRESENT = "aws:multifactorauthpresent";

export const mfaCondition = defineRule({
  id: "mfa-condition",
  title: "Tests of multi-factor authentication hold",
  summary: "A condition on multi-factor authentication must not pass without it.",
  why: "Requests signed with long-term access keys do not have the key `aws:MultiFactorAuthPresent` at all: a test that lets them pass asks for nothing.",
  fix: "Allow with `Bool`, deny with `BoolIfExists`.",
  level: "advisory",
  severity: "high",
  tags: ["iam", "validation", "condition", "mfa"],
  framework: CONTROLS["IA-2"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
  ],
  kinds: EVERY_KIND,
  options: {},
  messages: {
    "without-key":
      "`{operator}` allows requests that do not have `{key}`, which are those signed with long-term access keys",
    "without-mfa": "the statement allows only requests without multi-factor authentication",
    "denies-too-little":
      "`{operator}` does not deny requests that do not have `{key}`, which are those signed with long-term access keys",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/*",
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/*",
          Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
        },
      },
    ],
  },
  *check({ document: { statements } }) {
    for (const { statement, test } of testsOf(statements)) {
      const found = test.key === PRESENT ? judge(statement, test) : undefined;
      if (found === undefined) continue;
      const { name, ifExists } = test.operator;
      yield {
        ...found,
        path: test.path,
        sid: statement.sid,
        data: { key: test.name, operator: ifExists ? `${name}IfExists` : name },
      };
    }
  },
});

function judge(statement: Statement, test: Test): Pick<Violation<Message>, "message" | "fix"> | undefined {
  const { comparing, ifExists, qualifier } = test.operator;
  if (comparing?.comparison !== "boolean" || qualifier !== undefined) return undefined;
  const values = new Set(test.texts.map((text) => text.toLowerCase()));
  const [value] = values;
  if (values.size !== 1) return undefined;
  if (statement.effect === "Allow") {
    if (value === "false") return { message: "without-mfa", fix: ALLOW };
    return value === "true" && ifExists && !statement.condition.partial && !hasKey(statement)
      ? { message: "without-key", fix: ALLOW }
      : undefined;
  }
  // Beside another test the Deny is about some requests only, and those with the key may be the ones that are meant.
  const isAlone = statement.condition.tests.length === 1 && !statement.condition.partial;
  return value === "false" && !ifExists && isAlone ? { message: "denies-too-little", fix: DENY } : undefined;
}

const ALLOW = 'write `"Bool": {"aws:MultiFactorAuthPresent": "true"}`';
const DENY = 'write `"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}`';

/** Whether another test asks for the key, so that `IfExists` changes nothing. */
const hasKey = ({ condition }: Statement): boolean =>
  condition.tests.some(
    (test) =>
      test.key === PRESENT &&
      (test.operator.comparing === undefined ? asksForAbsence(test) === false : !test.operator.ifExists),
  );
