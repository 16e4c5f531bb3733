import { KNOWN } from "../catalogue";
import { CONTROLS, defineRule, EVERY_KIND, type Violation } from "../engine";
import { budget, type Denied, deniedOf, type Entry, type Selection, type Statement } from "../iam";
import { rewritten } from "./statements/rewritten";

type Message = Denied["what"];

export const effectiveGrant = defineRule({
  id: "effective-grant",
  title: "What is allowed is not denied again",
  summary:
    "An Allow statement should grant something that no Deny statement of the same document takes away.",
  why: "Whoever reads the policy believes in a permission that nobody has, and whoever removes the denial grants it unawares.",
  fix: "Remove what is denied in any case, or narrow the denial if the permission was meant.",
  level: "advisory",
  severity: "low",
  tags: ["iam", "correctness"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html",
  ],
  kinds: EVERY_KIND,
  options: {},
  messages: {
    actions:
      "{entries} {entries?is:are} allowed, but {denials} {denials?denies:deny} all of {entries?it:them}",
    resources:
      "{entries} {entries?is:are} named, but {denials} {denials?denies:deny} every action of the statement there",
    statement: "{denials} {denials?denies:deny} all that the statement allows",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/*" },
          { Effect: "Deny", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/secret/*" },
        ],
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["s3:GetObject", "s3:DeleteObject"],
            Resource: "arn:aws:s3:::example-bucket/*",
          },
          { Effect: "Deny", Action: "s3:Delete*", Resource: "*" },
        ],
      },
    ],
  },
  *check({ document: { statements } }) {
    const denials = statements.filter(({ effect }) => effect === "Deny");
    if (denials.length === 0) return;
    const left = budget();
    for (const statement of statements)
      if (statement.effect === "Allow")
        for (const denied of deniedOf(statement, denials, KNOWN, left)) yield violationOf(statement, denied);
  },
});

function violationOf(statement: Statement, { what, entries, by }: Denied): Violation<Message> {
  const [only] = entries.length === 1 ? entries : [];
  const whole = what === "statement" ? statement : statement[what];
  return {
    message: what,
    path: only?.path ?? whole.path,
    sid: statement.sid,
    data: { entries: entries.map(({ text }) => text), denials: by.map(({ path }) => path) },
    fix: what === "statement" ? "remove the statement" : without(statement, what, entries),
  };
}

/** The statement without some of its entries. */
function without(statement: Statement, what: "actions" | "resources", entries: readonly Entry[]): string {
  const { actions, resources } = statement;
  if ([actions, resources].some(({ negated, partial }) => negated || partial))
    return "remove what is denied from the list";
  const left = (selection: Selection): readonly string[] =>
    selection.entries.filter((entry) => !entries.includes(entry)).map(({ text }) => text);
  return rewritten(statement, [
    {
      actions: what === "actions" ? left(actions) : actions.entries.map(({ text }) => text),
      resources: what === "resources" ? left(resources) : resources.entries.map(({ text }) => text),
    },
  ]);
}
