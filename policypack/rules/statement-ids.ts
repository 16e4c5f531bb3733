import { CONTROLS, defineRule, EVERY_KIND } from "../engine";

export const statementIds = defineRule({
  id: "statement-ids",
  title: "Statement ids tell statements apart",
  summary: "A statement id must be unique in its document, and made of letters and digits.",
  why: "AWS refuses an identity-based policy with two statements of one id, or an id of other characters.",
  fix: "Give each statement an id of its own, of letters and digits only.",
  level: "advisory",
  severity: "low",
  tags: ["iam", "validation", "grammar"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
  ],
  kinds: EVERY_KIND,
  options: {},
  messages: {
    duplicate: "the statement id `{id}` stands at {other} already; AWS refuses two statements of one id",
    "duplicate-here": "the statement id `{id}` stands at {other} already",
    characters: "the statement id `{id}` holds characters other than letters and digits",
    empty: "the statement id is empty",
  },
  accessAnalyzer: {
    duplicate: "UNIQUE_SIDS_REQUIRED",
    "duplicate-here": "UNIQUE_SIDS_RECOMMENDED",
    characters: "UNSUPPORTED_SID",
    empty: "EMPTY_SID_VALUE",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Sid: "Read",
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/*",
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Sid: "read-only",
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/*",
        },
      },
    ],
  },
  *check({ document: { type, statements } }) {
    const seen = new Map<string, string>();
    for (const { sid, source, path: statement } of statements) {
      const path = `${statement}.Sid`;
      if (sid === undefined) {
        if (source["Sid"] === "")
          yield { message: "empty", path, data: {}, fix: "give it an id, or remove it" };
        continue;
      }
      const other = seen.get(sid);
      if (other === undefined) seen.set(sid, statement);
      else
        yield {
          // Some services have requirements of their own for it; in IAM it is to be unique within a policy.
          message: type === "resource" ? "duplicate-here" : "duplicate",
          path,
          sid,
          data: { id: sid, other },
          fix: "give one of them another id",
        };
      // The policies of other services may have spaces and more; IAM's may not.
      if (type !== "resource" && !/^[A-Za-z0-9]*$/.test(sid))
        yield { message: "characters", path, sid, data: { id: sid }, fix: suggestion(sid) };
    }
  },
});

function suggestion(sid: string): string {
  const plain = sid
    .replace(/[^A-Za-z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())
    .replace(/\W|_/g, "");
  return plain === "" ? "write letters and digits" : `write \`${plain}\``;
}
