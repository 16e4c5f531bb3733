import { type ConditionKey, type ConditionKeyType, findConditionKey } from "../catalogue";
import { CONTROLS, defineRule, EVERY_KIND, type Violation } from "../engine";
import { rangeOf, type Statement, type Test } from "../iam";
import { type ConditionValue, testsOf, typesOf, valuesOf } from "./statements/condition-values";

type Message =
  | "operator"
  | "string-like-arn"
  | "not-boolean"
  | "several-booleans"
  | "not-date"
  | "not-address"
  | "not-number"
  | "not-base64"
  | "literal-wildcard"
  | "any-value"
  | "null-with-qualifier"
  | "variable"
  | "host-bits"
  | "mixed-types";

export const conditionTypes = defineRule({
  id: "condition-types",
  title: "Condition operators fit their keys and values",
  summary: "A condition must compare a key with values of its type, by an operator of its type.",
  why: "AWS does not promise what a comparison of different types gives, so the statement may allow or deny something else than it says.",
  fix: "Use the operator of the key's type, and values of that type.",
  level: "advisory",
  severity: "medium",
  tags: ["iam", "validation", "condition"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
  ],
  kinds: EVERY_KIND,
  options: {},
  messages: {
    operator: "`{operator}` compares values of another type than `{key}` has, which is {type}",
    "string-like-arn":
      "`{operator}` matches across the parts of an ARN, and `{key}` is one: a `*` meant for one part takes in the others",
    "not-boolean": "`{operator}` compares `{key}` with `{value}`, which is neither `true` nor `false`",
    "several-booleans": "`{operator}` compares `{key}` with both `true` and `false`, so any value will do",
    "not-date": "`{operator}` compares `{key}` with `{value}`, which is no date",
    "not-address":
      "`{operator}` compares `{key}` with `{value}`, which is no address and no range of addresses",
    "not-number": "`{operator}` compares `{key}` with `{value}`, which is no number",
    "not-base64": "`{operator}` compares `{key}` with `{value}`, which is not base64",
    "literal-wildcard": "`{operator}` takes the wildcard in `{value}` as a character like any other",
    "any-value": "`{operator}` with `*` only asks whether `{key}` is there",
    "null-with-qualifier": "`{operator}` has the same answer in every request, whatever `{key}` is",
    variable: "`{operator}` does not replace the policy variable in `{value}`",
    "host-bits": "`{value}` sets bits that its own mask leaves out, which do not count: it is `{range}`",
    "mixed-types": "the values of `{key}` are of several JSON types: {types}",
  },
  accessAnalyzer: {
    operator: "TYPE_MISMATCH",
    "string-like-arn": "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS",
    "not-boolean": "TYPE_MISMATCH_BOOLEAN",
    "several-booleans": "INVALID_CONDITION_MULTIPLE_BOOLEAN",
    "not-date": "TYPE_MISMATCH_DATE",
    "not-address": "TYPE_MISMATCH_IP_RANGE",
    "not-number": "TYPE_MISMATCH_NUMBER",
    "not-base64": "TYPE_MISMATCH_STRING",
    "literal-wildcard": "WILDCARD_WITHOUT_LIKE_OPERATOR",
    "any-value": "EQUIVALENT_TO_NULL_FALSE",
    "null-with-qualifier": "NULL_WITH_QUALIFIER",
    variable: "INVALID_VARIABLE_FOR_OPERATOR",
    "host-bits": "IMPROVE_IP_RANGE",
    "mixed-types": "INVALID_CONDITION_DATA_TYPE",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/*",
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/*",
          Condition: { NumericEquals: { "aws:SecureTransport": "1" } },
        },
      },
    ],
  },
  *check({ document: { statements, version } }) {
    for (const { statement, test } of testsOf(statements))
      for (const found of judge(statement, test, version === "2012-10-17"))
        yield { path: test.path, ...found, sid: statement.sid };
  },
});

type Found = Pick<Violation<Message>, "message" | "data" | "fix"> & { readonly path?: string };

/** What an operator compares. */
type Family = "String" | "Arn" | "Numeric" | "Date" | "Bool" | "Binary" | "Ip" | "Null";
const familyOf = ({ operator: { name } }: Test): Family =>
  (/^(String|Arn|Numeric|Date|Bool|Binary|Null)/.exec(name)?.[1] ?? "Ip") as Family;

/** The operators for each type of key. Texts may be compared as ARNs and ARNs as texts: AWS does not object to either. */
const FITTING: Readonly<Record<ConditionKeyType, readonly Family[]>> = {
  String: ["String", "Arn"],
  ARN: ["String", "Arn"],
  Bool: ["Bool"],
  Numeric: ["Numeric"],
  Date: ["Date"],
  IPAddress: ["Ip"],
  Binary: ["Binary"],
};
const OPERATORS: Readonly<Record<ConditionKeyType, string>> = {
  String: "`StringEquals` or `StringLike`",
  ARN: "`ArnEquals` or `ArnLike`",
  Bool: "`Bool`",
  Numeric: "`NumericEquals` or another `Numeric…` operator",
  Date: "`DateLessThan` or another `Date…` operator",
  IPAddress: "`IpAddress` or `NotIpAddress`",
  Binary: "`BinaryEquals`",
};

/** One mistake of a test, the first that there is; of its values one each. */
function* judge(statement: Statement, test: Test, variables: boolean): Generator<Found> {
  const family = familyOf(test);
  const { name, qualifier } = test.operator;
  const data = { operator: qualifier === undefined ? name : `${qualifier}:${name}`, key: test.name };
  if (family === "Null") {
    if (qualifier !== undefined)
      yield { message: "null-with-qualifier", data, fix: "write `Null` without the qualifier" };
    for (const value of valuesOf(statement, test))
      if (!isBoolean(value) && !value.text.includes("${"))
        yield {
          message: "not-boolean",
          path: value.path,
          data: { ...data, value: value.text },
          fix: "write `true` or `false`",
        };
    return;
  }
  const key = findConditionKey(test.name);
  if (key !== undefined && !fits(key, family)) {
    yield { message: "operator", data: { ...data, type: key.type }, fix: `use ${OPERATORS[key.type]}` };
    return;
  }
  const values = valuesOf(statement, test);
  const types = typesOf(statement, test);
  if (types.length > 1)
    yield { message: "mixed-types", data: { ...data, types }, fix: "write all of them as strings" };
  if (
    name.startsWith("String") &&
    name.includes("Like") &&
    key?.type === "ARN" &&
    key.alternativeType === undefined &&
    // A text without one is compared as it is.
    values.some(({ text }) => WILDCARD.test(text))
  ) {
    yield { message: "string-like-arn", data, fix: `write \`${name.replace("String", "Arn")}\`` };
    return;
  }
  if (
    family === "Bool" &&
    new Set(values.map(({ text }) => text.toLowerCase())).size > 1 &&
    values.every(isBoolean)
  ) {
    yield { message: "several-booleans", data, fix: "keep one of the two values" };
    return;
  }
  for (const value of values) {
    const mistake = mistakeIn(value.text, family, test, variables);
    if (mistake !== undefined)
      yield {
        message: mistake,
        path: value.path,
        data: { ...data, value: value.text },
        fix: FIX[mistake](test),
      };
    const range = family === "Ip" && mistake === undefined ? rangeOf(value.text) : undefined;
    if (range !== undefined && range !== value.text)
      yield {
        message: "host-bits",
        path: value.path,
        data: { ...data, value: value.text, range },
        fix: `write \`${range}\``,
      };
  }
}

const fits = ({ type, alternativeType }: ConditionKey, family: Family): boolean =>
  FITTING[type].includes(family) ||
  (alternativeType !== undefined && FITTING[alternativeType].includes(family));

const isBoolean = ({ text }: ConditionValue): boolean => /^(true|false)$/i.test(text);
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
// "one of the W3C implementations of the ISO 8601 date formats or in epoch (UNIX) time"
const DATE = /^(\d+|\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?)$/i;
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[\da-f:]*:[\da-f:.]*)(\/\d{1,3})?$/i;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** A wildcard outside of `${*}`, which is the character itself. */
const WILDCARD = /(?<!\$\{)[*?]/;

type ValueMistake = Exclude<
  Message,
  "operator" | "string-like-arn" | "several-booleans" | "null-with-qualifier" | "host-bits" | "mixed-types"
>;

function mistakeIn(
  text: string,
  family: Family,
  { operator: { name, qualifier, ifExists } }: Test,
  variables: boolean,
): ValueMistake | undefined {
  if (family === "String" || family === "Arn") {
    // `IfExists` and `ForAllValues` let a request without the key pass as well.
    if (text === "*" && (name === "StringLike" || name === "ArnLike"))
      return ifExists || qualifier === "ForAllValues" ? undefined : "any-value";
    // `ArnEquals` takes wildcards, too.
    return family === "String" && !name.includes("Like") && WILDCARD.test(text)
      ? "literal-wildcard"
      : undefined;
  }
  if (variables && /\$\{[^}]/.test(text)) return "variable";
  switch (family) {
    case "Bool":
      return isBoolean({ text, path: "" }) ? undefined : "not-boolean";
    case "Numeric":
      return NUMBER.test(text) ? undefined : "not-number";
    case "Date":
      return DATE.test(text) ? undefined : "not-date";
    case "Ip":
      return ADDRESS.test(text) ? undefined : "not-address";
    case "Binary":
      return BASE64.test(text) && text.length % 4 === 0 ? undefined : "not-base64";
    case "Null":
      return undefined;
  }
}

const FIX: Readonly<Record<ValueMistake, (test: Test) => string>> = {
  "not-boolean": () => "write `true` or `false`",
  "not-date": () => "write a date such as `2026-01-31` or `2026-01-31T12:00:00Z`",
  "not-address": () => "write an address or a range such as `203.0.113.0/24`",
  "not-number": () => "write a number",
  "not-base64": () => "write the value in base64",
  "literal-wildcard": ({ operator: { name } }) =>
    `write \`${name.replace(/Equals(IgnoreCase)?$/, "Like")}\`, or the value without the wildcard`,
  "any-value": ({ name }) => `write \`"Null": {${JSON.stringify(name)}: "false"}\``,
  variable: () => "write the value itself",
};
