import { CONTROLS, defineRule } from "../engine";
import { namedIn } from "./statements/principals";

export const principalArns = defineRule({
  id: "principal-arns",
  title: "Principals are named by their ARNs",
  summary: "A principal should not be named by the unique id of an identity.",
  why: "AWS writes the id in place of the ARN once the identity is deleted: the statement is about nobody any more, whoever has the name today.",
  fix: "Name the identity that is meant today by its ARN, or remove the principal.",
  level: "advisory",
  severity: "medium",
  tags: ["iam", "trust", "resource-policy", "validation"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
  ],
  kinds: ["trust", "resource"],
  options: {},
  messages: {
    role: "`{id}` is the unique id of a role, in place of its ARN",
    user: "`{id}` is the unique id of a user, in place of its ARN",
    other: "`{id}` is the unique id of an identity, in place of its ARN",
  },
  accessAnalyzer: { role: "INVALID_ROLE_REFERENCE", user: "INVALID_USER_REFERENCE" },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:role/training" },
          Action: "sts:AssumeRole",
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { AWS: "AROACKCEVSQ6C2EXAMPLE" },
          Action: "sts:AssumeRole",
        },
      },
    ],
  },
  *check({ document: { statements } }) {
    for (const { principals, sid } of statements)
      for (const { kind, text, path } of namedIn(principals)) {
        const [, prefix] = kind === "AWS" ? (UNIQUE_ID.exec(text) ?? []) : [];
        if (prefix === undefined) continue;
        const message = prefix === "AROA" ? "role" : prefix === "AIDA" ? "user" : "other";
        yield { message, path, sid, data: { id: text }, fix: "write the ARN of the identity that is meant" };
      }
  },
});

/** "AROA: Role", "AIDA: IAM user": https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes */
const UNIQUE_ID = /^(A[A-Z]{3})[A-Z0-9]{12,}$/;
