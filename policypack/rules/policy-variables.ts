import { CONTROLS, defineRule, EVERY_KIND, type Violation } from "../engine";
import type { Statement } from "../iam";
import { valuesOf } from "./statements/condition-values";

type Message = "literal" | "unclosed" | "empty" | "space" | "quote";

export const policyVariables = defineRule({
  id: "policy-variables",
  title: "Policy variables are variables",
  summary: "A policy variable must be written so that AWS replaces it.",
  why: "What AWS does not take for a variable is literal text, which no name of a resource or value of a request equals.",
  fix: "Write `${prefix:key}`, a default behind it in single quotation marks, in a document of Version 2012-10-17.",
  level: "mandatory",
  severity: "medium",
  tags: ["iam", "validation", "grammar"],
  framework: CONTROLS["AC-3"],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"],
  kinds: EVERY_KIND,
  options: {},
  messages: {
    literal: "`{variable}` is literal text in a document of Version {version}, which has no policy variables",
    unclosed: "the policy variable in `{text}` has no closing brace",
    empty: "`{text}` holds an empty policy variable",
    space: "a space stands in the policy variable `{variable}`",
    quote: "the default of the policy variable `{variable}` lacks a single quotation mark",
  },
  accessAnalyzer: {
    literal: "VARIABLE_UNSUPPORTED_IN_VERSION",
    unclosed: "MISSING_BRACE_IN_VARIABLE",
    empty: "EMPTY_VARIABLE",
    space: "UNSUPPORTED_SPACE_IN_VARIABLE",
    quote: "MISSING_QUOTE_IN_VARIABLE",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/${aws:username}/*",
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/${aws:username/*",
        },
      },
    ],
  },
  *check({ document: { statements, version = "2008-10-17" } }) {
    for (const statement of statements)
      for (const { text, path } of textsOf(statement)) {
        const found = text.includes("${") ? judge(text, version) : undefined;
        if (found !== undefined) yield { ...found, path, sid: statement.sid };
      }
  },
});

/** The texts in which variables may stand: resources, and values of conditions. */
const textsOf = (statement: Statement): readonly { readonly text: string; readonly path: string }[] => [
  ...statement.resources.entries,
  ...statement.condition.tests.flatMap((test) => valuesOf(statement, test)),
];

const CHARACTER = /^[*?$]$/;

/** The first mistake in a text that holds `${`. */
function judge(
  text: string,
  version: string,
): Pick<Violation<Message>, "message" | "data" | "fix"> | undefined {
  for (let at = text.indexOf("${"); at >= 0; at = text.indexOf("${", at + 2)) {
    const end = text.indexOf("}", at);
    const next = text.indexOf("${", at + 2);
    if (version !== "2012-10-17") {
      const variable = end < 0 ? text.slice(at) : text.slice(at, end + 1);
      return { message: "literal", data: { variable, version }, fix: 'write `"Version": "2012-10-17"`' };
    }
    if (end < 0 || (next >= 0 && next < end))
      return { message: "unclosed", data: { text }, fix: "add `}` behind the variable" };
    const variable = text.slice(at, end + 1);
    const inside = text.slice(at + 2, end);
    if (inside.trim() === "")
      return { message: "empty", data: { text }, fix: "name the variable, or remove `${}`" };
    if (CHARACTER.test(inside)) continue;
    const comma = inside.indexOf(",");
    if (comma >= 0 && !/^\s*'[^']*'$/.test(inside.slice(comma + 1)))
      return {
        message: "quote",
        data: { variable },
        fix: "write the default in single quotation marks, behind a comma and a space",
      };
    if (/\s/.test(comma < 0 ? inside : inside.slice(0, comma)))
      return { message: "space", data: { variable }, fix: "remove the space" };
  }
  return undefined;
}
