import { deprecatedKey } from "../catalogue";
import { CONTROLS, defineRule, EVERY_KIND, type Violation } from "../engine";
import type { JsonObject, Statement } from "../iam";

export const currentConditionKeys = defineRule({
  id: "current-condition-keys",
  title: "Condition keys are current",
  summary: "A condition should not use a key that AWS has replaced.",
  why: "AWS need not put a deprecated key into requests any longer: a grant then allows nothing, and a denial nothing denies.",
  fix: "Use the key that AWS has put in its place.",
  level: "advisory",
  severity: "medium",
  tags: ["iam", "condition", "correctness", "ai"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html",
  ],
  kinds: EVERY_KIND,
  options: {},
  messages: { deprecated: "`{key}` is deprecated: AWS has replaced it by `{replacement}`" },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "sagemaker:CreateEndpointConfig",
          Resource: "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/example",
          Condition: {
            ArnEquals: {
              "sagemaker:VolumeKmsKeyArn":
                "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            },
          },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "sagemaker:CreateEndpointConfig",
          Resource: "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/example",
          Condition: {
            ArnEquals: {
              "sagemaker:VolumeKmsKey":
                "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            },
          },
        },
      },
    ],
  },
  *check({ document: { statements } }) {
    for (const statement of statements) yield* judge(statement);
  },
});

/** One violation for each deprecated key of a statement, however many tests are about it. */
function* judge(statement: Statement): Generator<Violation<"deprecated">> {
  const tests = new Map(statement.condition.tests.map((test) => [test.key, test]));
  for (const { key, name, path } of tests.values()) {
    const entry = deprecatedKey(key);
    if (entry === undefined) continue;
    const { replacement } = entry;
    yield {
      message: "deprecated",
      path,
      sid: statement.sid,
      data: { key: name, replacement },
      fix: withCurrentKeys(statement) ?? `use \`${replacement}\`, with the ARN of the key where it takes one`,
    };
  }
}

/** The statement with the current keys; undefined where a value would have to be another, or is not known. */
function withCurrentKeys({
  source,
  condition,
  actions,
  resources,
  principals,
}: Statement): string | undefined {
  const old = condition.tests.filter(({ key }) => deprecatedKey(key) !== undefined);
  const fits = old.every(
    ({ key, operator, texts }) =>
      operator.comparing === undefined ||
      !key.includes("kmskey") ||
      texts.every((text) => text.startsWith("arn:")),
  );
  const isPartial = [condition, actions, resources, principals].some((part) => part?.partial === true);
  const { Condition } = source;
  if (!fits || isPartial || typeof Condition !== "object" || Condition === null) return undefined;
  const renamed = Object.entries(Condition as JsonObject).map(([operator, keys]) => {
    const current = Object.entries(keys as JsonObject).map(
      ([key, values]) => [deprecatedKey(key.toLowerCase())?.replacement ?? key, values] as const,
    );
    // Both names under one operator would become one.
    return new Set(current.map(([key]) => key.toLowerCase())).size < current.length
      ? undefined
      : ([operator, Object.fromEntries(current)] as const);
  });
  const whole = renamed.filter((entry) => entry !== undefined);
  return whole.length < renamed.length
    ? undefined
    : JSON.stringify({ ...source, Condition: Object.fromEntries(whole) });
}
