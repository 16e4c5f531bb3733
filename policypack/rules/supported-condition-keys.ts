import {
  absenceOf,
  type Absence,
  type Action,
  deprecatedKey,
  expandAction,
  findConditionKey,
  mayCarry,
  serviceOf,
} from "../catalogue";
import { CONTROLS, defineRule, EVERY_KIND, strings, type Violation } from "../engine";
import { passesWithout, type Statement, type Test } from "../iam";
import { doubtfulServices } from "./statements/doubtful-names";

type Outcome = "void" | "toothless" | "unrestrained" | "absolute";
type Message = Outcome | "tags-void" | "tags-toothless";

export const supportedConditionKeys = defineRule({
  id: "supported-condition-keys",
  title: "Condition keys are in the requests they are about",
  summary: "A condition must be about keys that requests for the actions of its statement can have.",
  why: "A key that no request has makes a grant void, and a denial either a guard that never stands or one that nobody passes.",
  fix: "Give each action a statement of its own with the keys that its requests have.",
  level: "mandatory",
  severity: "medium",
  tags: ["iam", "condition", "correctness", "ai"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
  ],
  kinds: EVERY_KIND.filter((kind) => kind !== "trust"),
  options: {
    services: strings(
      "The services whose actions are judged, by prefix, in place of the default.",
      [
        "s3",
        "sagemaker",
        "rekognition",
        "bedrock",
        "comprehend",
        "textract",
        "transcribe",
        "polly",
        "translate",
        "kms",
        "ecr",
        "logs",
        "cloudwatch",
        "iam",
      ],
      doubtfulServices,
    ),
  },
  messages: {
    void: "no request for {actions} has `{key}`, so that nothing is allowed",
    toothless: "no request for {actions} has `{key}`, so that nothing is denied",
    unrestrained: "no request for {actions} has `{key}`, so that the test restricts nothing",
    absolute:
      "no request for {actions} has `{key}`, so that the test passes for all of them and limits the denial in nothing",
    "tags-void":
      "the service of {actions} has no tags that `{key}` could be about, so that nothing is allowed",
    "tags-toothless":
      "the service of {actions} has no tags that `{key}` could be about, so that nothing is denied",
  },
  accessAnalyzer: {
    "tags-void": "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
    "tags-toothless": "DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:ListBucket",
          Resource: "arn:aws:s3:::example-bucket",
          Condition: { StringLike: { "s3:prefix": "images/*" } },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: ["s3:ListBucket", "s3:GetObject"],
          Resource: ["arn:aws:s3:::example-bucket", "arn:aws:s3:::example-bucket/*"],
          Condition: { StringLike: { "s3:prefix": "images/*" } },
        },
      },
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: ["sagemaker:CreateTrainingJob", "sagemaker:CreateTransformJob"],
          Resource: "arn:aws:sagemaker:us-east-1:123456789012:*/example-*",
          Condition: { Null: { "sagemaker:VpcSubnets": "false" } },
        },
      },
    ],
  },
  *check({ document: { statements } }, { services }) {
    const judged = new Set(services.map((service) => service.toLowerCase()));
    for (const statement of statements)
      if (!statement.actions.negated)
        for (const test of statement.condition.tests)
          yield* judge(statement, test, ({ key }) => judged.has(serviceOf(key)));
  },
});

/** One violation for a test and all entries of `Action` none of whose actions has its key; two where the reasons differ. */
function* judge(
  { effect, actions, sid }: Statement,
  test: Test,
  isJudged: (action: Action) => boolean,
): Generator<Violation<Message>> {
  const { key, name, path } = test;
  // A key that nobody knows is another mistake, and one that is deprecated may still be there.
  if (findConditionKey(key) === undefined || deprecatedKey(key) !== undefined) return;
  const outcome = outcomeOf(effect, test);
  if (outcome === undefined) return;
  const found = new Map<Absence, string[]>();
  for (const entry of actions.entries) {
    const expanded = expandAction(entry.text);
    const reasons = new Set<Absence>();
    const isAbsent = expanded.every((action) => {
      const absence = isJudged(action) ? absenceOf(action, key) : undefined;
      if (absence !== undefined) reasons.add(absence);
      return absence !== undefined;
    });
    const [reason] = reasons;
    if (!isAbsent || reason === undefined) continue;
    const [only] = expanded.length === 1 ? expanded : [];
    found.set(reason, [...(found.get(reason) ?? []), only?.name ?? entry.text]);
  }
  const all =
    !actions.partial &&
    [...found.values()].reduce((sum, { length }) => sum + length, 0) === actions.entries.length;
  for (const [reason, names] of found) {
    // An exclusion that some actions of a statement do not know is meant for the others.
    if (outcome === "unrestrained" && !all) continue;
    const tags = reason === "no tags in the service" && (outcome === "void" || outcome === "toothless");
    yield {
      message: tags ? `tags-${outcome}` : outcome,
      path,
      sid,
      data: { actions: names, key: name },
      fix: fixOf(outcome, key, name, names),
    };
  }
}

/** What comes of a test for requests without its key; undefined where that is what the test is written for. */
function outcomeOf(effect: Statement["effect"], test: Test): Outcome | undefined {
  const passes = passesWithout(test);
  if (passes === false) return effect === "Allow" ? "void" : "toothless";
  const { ifExists, qualifier } = test.operator;
  if (passes === undefined || ifExists || qualifier !== undefined) return undefined;
  return effect === "Allow" ? "unrestrained" : "absolute";
}

const MOST_NAMED = 3;

function fixOf(outcome: Outcome, key: string, name: string, actions: readonly string[]): string {
  const listed = actions.map((action) => `\`${action}\``).join(", ");
  const having = expandAction(`${serviceOf(key)}:*`)
    .filter((action) => mayCarry(action, key))
    .slice(0, MOST_NAMED)
    .map((action) => `\`${action.name}\``);
  const whose = having.length === 0 ? "" : `, which is for actions such as ${having.join(", ")}`;
  return `${FIXES[outcome](listed, name)}${whose}`;
}

const FIXES: Readonly<Record<Outcome, (actions: string, key: string) => string>> = {
  void: (actions, key) => `put ${actions} into a statement without \`${key}\``,
  toothless: (actions, key) => `deny ${actions} by a key that their requests have, and not by \`${key}\``,
  unrestrained: (actions, key) =>
    `restrict ${actions} by a key that their requests have, and not by \`${key}\``,
  absolute: (actions, key) => `leave ${actions} out of the denial by \`${key}\``,
};
