import { CONTROLS, defineRule, EVERY_KIND, type Options, type ReadingRule, type Violation } from "../engine";
import type { Problem, ProblemCode } from "../iam";
import { nearest } from "../catalogue";

const isAt =
  (end: RegExp) =>
  ({ path }: Problem): boolean =>
    end.test(path);
const lacks =
  (element: string) =>
  ({ data }: Problem): boolean =>
    String(data["element"]).startsWith(element);
const finds =
  (found: RegExp, end = /$/) =>
  ({ path, data }: Problem): boolean =>
    end.test(path) && found.test(String(data["found"] ?? data["action"]));
const OPERATOR = /\.Condition\.[^.]+$/;
const PRINCIPAL = /\.(Not)?Principal(\.\w+(\[\d+\])?)?$/;

/** Which check of AWS's a problem is: the first that it fits. */
const CHECKS: readonly (readonly [ProblemCode, is: (problem: Problem) => boolean, check: string])[] = [
  ["missing-element", lacks("Action"), "MISSING_ACTION"],
  ["missing-element", lacks("Effect"), "MISSING_EFFECT"],
  ["missing-element", lacks("Principal"), "MISSING_PRINCIPAL"],
  ["missing-element", lacks("Resource"), "MISSING_RESOURCE"],
  ["missing-element", lacks("Statement"), "MISSING_STATEMENT"],
  ["unknown-element", isAt(PRINCIPAL), "INVALID_PRINCIPAL_KEY"],
  ["unknown-element", () => true, "INVALID_POLICY_ELEMENT"],
  ["duplicate-key", ({ data }) => data["other"] !== undefined, "DUPLICATE_KEYS_WITH_DIFFERENT_CASE"],
  ["invalid-value", isAt(/(^|\.)Effect$/), "INVALID_EFFECT"],
  ["invalid-value", isAt(/(^|\.)Version$/), "INVALID_VERSION"],
  ["invalid-value", finds(/^`NullIfExists`$/i, OPERATOR), "NULL_WITH_IF_EXISTS"],
  ["invalid-value", isAt(OPERATOR), "INVALID_CONDITION_OPERATOR"],
  ["invalid-value", finds(/^`(Not)?Resource`$/), "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE"],
  ["invalid-value", finds(/^`(Not)?Principal`$/), "UNSUPPORTED_PRINCIPAL"],
  ["invalid-value", finds(/\$\{/, PRINCIPAL), "VARIABLE_UNSUPPORTED_IN_ELEMENT"],
  ["invalid-value", finds(/[*?]/, PRINCIPAL), "UNSUPPORTED_WILDCARD_IN_PRINCIPAL"],
  ["invalid-value", isAt(PRINCIPAL), "INVALID_PRINCIPAL_FORMAT"],
  ["invalid-action", finds(/\$\{/), "VARIABLE_UNSUPPORTED_IN_ELEMENT"],
];

/** The checks that each problem may be. */
function codesOf(): Partial<Record<ProblemCode, readonly string[]>> {
  const codes = new Map<ProblemCode, string[]>();
  for (const [problem, , check] of CHECKS) codes.set(problem, [...(codes.get(problem) ?? []), check]);
  return Object.fromEntries(codes);
}

const rule = defineRule<ProblemCode | "unknown", Options>({
  id: "readable-document",
  title: "Policy documents can be read",
  summary: "A policy document must be valid and known.",
  why: "What cannot be read cannot be judged, and AWS may take it for something else than its author does.",
  fix: "Write the document as AWS's grammar has it, and from values that are known during preview.",
  level: "mandatory",
  severity: "high",
  tags: ["iam", "grammar"],
  framework: CONTROLS["AC-3"],
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
  accessAnalyzer: {
    "not-json": "JSON_SYNTAX_ERROR",
    "wrong-type": "DATA_TYPE_MISMATCH",
    "exclusive-elements": "UNSUPPORTED_ELEMENT_COMBINATION",
    "invalid-resource": "INVALID_ARN_PREFIX",
    ...codesOf(),
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
      yield {
        message: problem.code,
        path: problem.path,
        data: problem.data,
        fix: fixOf(problem),
        accessAnalyzer: CHECKS.find(([code, is]) => code === problem.code && is(problem))?.[2],
      };
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
