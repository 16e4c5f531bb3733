import { CONTROLS, defineRule } from "../engine";
import { covers, isEverything } from "../iam";
import { type Named, namedIn } from "./statements/principals";

export const redundantPrincipal = defineRule({
  id: "redundant-principal",
  title: "Principals stand once",
  summary: "A statement should not name a principal that another one of it already stands for.",
  why: "Whoever removes one of the two believes that access is gone.",
  fix: "Remove the session beside its role, and what stands twice.",
  level: "advisory",
  severity: "low",
  tags: ["iam", "trust", "resource-policy", "clarity"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
  ],
  kinds: ["trust", "resource"],
  options: {},
  messages: {
    session: "`{principal}` is a session of `{by}`, which stands beside it",
    twice: "`{principal}` stands twice",
  },
  accessAnalyzer: { session: "REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY" },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:role/r" },
          Action: "sts:AssumeRole",
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: {
            AWS: ["arn:aws:iam::123456789012:role/r", "arn:aws:sts::123456789012:assumed-role/r/session"],
          },
          Action: "sts:AssumeRole",
        },
      },
    ],
  },
  *check({ document: { statements } }) {
    for (const { principals, sid } of statements) {
      // "When you use NotPrincipal … you must also specify the ARN of the assumed-role user": there a session is not redundant.
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
      if (principals?.negated !== false) continue;
      const named = namedIn(principals);
      for (const [index, each] of named.entries()) {
        const by = named.find(
          (other, at) => isWithin(each, other) && (other.text !== each.text || at < index),
        );
        if (by === undefined) continue;
        yield {
          message: by.text === each.text ? "twice" : "session",
          path: each.path,
          sid,
          data: { principal: each.text, by: by.text },
          fix: "remove it",
        };
      }
    }
  },
});

const SESSION = ":assumed-role/";

/** Whether a principal is another one, or a session of a role; an account beside its role grants something else. */
function isWithin(one: Named, other: Named): boolean {
  if (one.kind !== other.kind) return false;
  if (one.text === other.text) return one.path !== other.path;
  if (!one.text.includes(SESSION) || !other.text.includes(":role/")) return false;
  const patterns = other.selection.entries
    .map(({ pattern }) => pattern)
    .filter((each) => !isEverything(each));
  return one.selection.entries.every(({ pattern }) => covers(patterns, pattern));
}
