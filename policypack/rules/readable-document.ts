import { defineRule, EVERY_KIND, type Options, type ReadingRule, type Violation } from "../engine";
import type { Problem, ProblemCode } from "../iam";
import { nearest } from "../catalogue";

const rule = defineRule<ProblemCode | "unknown", Options>({
  id: "readable-document",
  title: "Policy documents can be read",
  summary: "A policy document must be valid and known.",
  why: "What cannot be read cannot be judged, and AWS may take it for something else than its author does.",
  fix: "Write the document as AWS's grammar has it, and from values that are known during preview.",
  level: "mandatory",
  severity: "high",
  tags: ["iam", "grammar"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html",
  ],
  kinds: EVERY_KIND,
  options: {},
  messages: {
    "not-json": "the document is not JSON: {reason} at line {line}, column {column}",
    "duplicate-key":
      "the key `{key}` stands twice in one object; readers differ in which of the two they keep",
    "wrong-type": "expected {expected}, found {found}",
    "missing-element": "the element `{element}` is missing",
    "unknown-element": "`{element}` is not an element of the policy language",
    "exclusive-elements": "{elements} stand in one statement; they exclude each other",
    "invalid-value": "found {found}, expected {expected}",
    "invalid-action": "`{action}` is not an action; expected `service:Action` or `*`",
    "invalid-resource": "`{resource}` is not a resource; expected an ARN or `*`",
    placeholder: "`{placeholder}` is a placeholder, to be filled in",
    unknown: "this value is not known during preview, so nothing can be said of what depends on it",
  },
  // Only messages that stand for one code of AWS's: an element that is missing has a code for each element there.
  accessAnalyzer: {
    "not-json": "JSON_SYNTAX_ERROR",
    "wrong-type": "DATA_TYPE_MISMATCH",
    "exclusive-elements": "UNSUPPORTED_ELEMENT_COMBINATION",
    "invalid-resource": "INVALID_ARN_PREFIX",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/images/*" },
        ],
      },
    ],
    bad: [
      { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: 7, Resource: "*" }] },
      {
        Version: "2012-10-17",
        Statement: { Effect: "allow", Action: "rekognition:DetectText", Resource: "*" },
      },
    ],
  },
  *check({ problems }) {
    for (const problem of problems)
      yield { message: problem.code, path: problem.path, data: problem.data, fix: fixOf(problem) };
  },
});

const UNKNOWN_FIX =
  "build the document from configuration instead of from outputs of other resources; or set `onUnknown` to `fail` or `skip`";

/** The rule about reading, and what it says of a value that is not known yet. */
export const readableDocument: ReadingRule = {
  rule,
  unknown: (path): Violation => ({ message: "unknown", path, data: {}, fix: UNKNOWN_FIX }),
};

function fixOf({ code, data }: Problem): string {
  switch (code) {
    case "not-json":
      return "write the document as JSON; JSON has no comments and no trailing commas";
    case "duplicate-key":
      return "keep one of them; write several values as a list";
    case "unknown-element": {
      const meant = nearest(String(data["element"]), data["names"] ?? []);
      return meant === undefined ? "remove it" : `write \`${meant}\``;
    }
    case "exclusive-elements":
      return "keep one of them, or split the statement";
    case "missing-element":
      return `add \`${String(data["element"])}\``;
    case "invalid-resource":
      return "write the resource's ARN, such as `arn:aws:s3:::<bucket>/<key>`";
    case "invalid-action":
      return "write the service's prefix, a colon and the action, such as `s3:GetObject`";
    case "placeholder":
      return "write the name in its place";
    case "wrong-type":
    case "invalid-value":
      return "write what is expected";
  }
}
