import { CONTROLS, defineRule, EVERY_KIND } from "../engine";

export const policyVersion = defineRule({
  id: "policy-version",
  title: "Documents have a version",
  summary: "A document must say that its version is 2012-10-17.",
  why: "Without it a document is read as one of 2008, in which policy variables are literal text.",
  fix: 'Write `"Version": "2012-10-17"` as the first element.',
  level: "advisory",
  severity: "low",
  tags: ["iam", "validation", "grammar"],
  framework: CONTROLS["AC-3"],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html"],
  kinds: EVERY_KIND,
  options: {},
  messages: {
    missing: "the document has no `Version`, so it is read as one of 2008-10-17",
    old: "the document has the version `{version}`, in which there are no policy variables",
  },
  accessAnalyzer: { missing: "MISSING_VERSION" },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/*" },
      },
    ],
    bad: [
      { Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/*" } },
    ],
  },
  *check({ document: { version, statements }, unknown }) {
    // Of a document that is not known, or could not be read, nothing can be said.
    if (statements.length === 0 || unknown.includes("")) return;
    if (version === undefined) yield { message: "missing", path: "", data: {}, fix: FIX };
    else if (version !== "2012-10-17") yield { message: "old", path: "Version", data: { version }, fix: FIX };
  },
});

const FIX = 'write `"Version": "2012-10-17"`';
