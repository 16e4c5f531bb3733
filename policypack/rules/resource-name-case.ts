import { inLowerCase } from "../catalogue";
import { CONTROLS, defineRule, EVERY_KIND, type Violation } from "../engine";
import type { Entry, Statement } from "../iam";
import { rewritten } from "./statements/rewritten";

export const resourceNameCase = defineRule({
  id: "resource-name-case",
  title: "Names of resources are in the case that AWS has them in",
  summary: "A resource whose names AWS has in lower case only should not be named with upper-case letters.",
  why: "ARNs are compared letter for letter: a grant on a name that no resource has allows nothing, and a denial protects nothing.",
  fix: "Write the name in lower case.",
  level: "advisory",
  severity: "medium",
  tags: ["iam", "correctness", "ai"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
  ],
  kinds: EVERY_KIND.filter((kind) => kind !== "trust"),
  options: {},
  messages: { "upper-case": "`{resource}` names {what} with upper-case letters, but {reason}" },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/Images/*",
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::Example-Bucket/Images/*",
        },
      },
    ],
  },
  *check({ document: { statements } }) {
    for (const statement of statements) yield* judge(statement);
  },
});

/** One violation for each entry of `Resource` that does not stand there in lower case, too. */
function* judge(statement: Statement): Generator<Violation<"upper-case">> {
  const { entries, partial } = statement.resources;
  // The same in lower case may be among those that are not known yet.
  if (partial) return;
  let texts: ReadonlySet<string> | undefined;
  for (const { text, path } of entries) {
    const lower = inLowerCase(text);
    if (lower === undefined) continue;
    texts ??= new Set(entries.map((entry) => entry.text));
    if (texts.has(lower.text)) continue;
    const { what, why } = lower.name;
    yield {
      message: "upper-case",
      path,
      sid: statement.sid,
      data: { resource: text, what, reason: why },
      fix: inCase(statement, entries) ?? `write \`${lower.text}\``,
    };
  }
}

/** The statement with all names in lower case. */
function inCase(statement: Statement, entries: readonly Entry[]): string | undefined {
  const { actions, resources } = statement;
  if ([actions, resources].some(({ negated, partial }) => negated || partial)) return undefined;
  const texts = entries.map(({ text }) => inLowerCase(text)?.text ?? text);
  return rewritten(statement, [
    { actions: actions.entries.map(({ text }) => text), resources: [...new Set(texts)] },
  ]);
}
