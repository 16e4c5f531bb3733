/** A resource that is no document but makes a statement of one: a permission of a function, a layer, an event bus, a profile, an open URL. */
import { isUnknown, type Json, type JsonObject, type Unknown } from "../iam";
import { isAbsent, isList, isObject, member, type Value } from "./plain-values";

/** The properties that narrow a permission, as the tests of a condition. */
const TESTS: readonly (readonly [property: string, operator: string, key: string])[] = [
  ["sourceArn", "ArnLike", "aws:SourceArn"],
  ["sourceAccount", "StringEquals", "aws:SourceAccount"],
  ["principalOrgId", "StringEquals", "aws:PrincipalOrgID"],
  ["organizationId", "StringEquals", "aws:PrincipalOrgID"],
  ["functionUrlAuthType", "StringEquals", "lambda:FunctionUrlAuthType"],
  ["eventSourceToken", "StringEquals", "lambda:EventSourceToken"],
  ["invokedViaFunctionUrl", "Bool", "lambda:InvokedViaFunctionUrl"],
];

/** The document of which the only statement is what a permission makes. Its resource is the one that the permission is for. */
export function documentOf(permission: object, action: Json | Unknown): JsonObject {
  const read = (name: string): Value => member(permission, name)[1];
  const statement = read("statement");
  if (!isAbsent(statement)) return { Version: "2012-10-17", Statement: statement ?? null };
  return {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: principalOf(read("principal") ?? null),
      Action: action,
      ...conditionOf(read),
    },
  };
}

/**
 * The statement by which the provider lets anybody use the URL of a function. A second one, for `lambda:InvokeFunction` by way of
 * the URL, opens the same door. https://www.pulumi.com/registry/packages/aws/api-docs/lambda/functionurl/
 */
export const OPEN_URL: JsonObject = {
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: "*",
    Action: "lambda:InvokeFunctionUrl",
    Condition: { StringEquals: { "lambda:FunctionUrlAuthType": "NONE" } },
  },
};

function conditionOf(read: (name: string) => Value): JsonObject {
  const tests: Record<string, Record<string, Json | Unknown>> = {};
  for (const [property, operator, key] of TESTS) {
    const value = read(property);
    if (value === undefined || isAbsent(value)) continue;
    tests[operator] = { ...tests[operator], [key]: value };
  }
  const written = read("condition");
  const listed = isList(written) ? written[0] : written;
  if (isUnknown(listed)) return { Condition: listed };
  if (isObject(listed)) {
    const [type, key, value] = ["type", "key", "value"].map((name) => member(listed, name)[1]);
    if (typeof type !== "string" || typeof key !== "string") return { Condition: unknownOf(type, key) };
    tests[type] = { ...tests[type], [key]: value ?? null };
  }
  return Object.keys(tests).length === 0 ? {} : { Condition: tests };
}

const unknownOf = (...values: readonly Value[]): Json | Unknown => values.find(isUnknown) ?? null;

/** `*`, a service, or an account or identity. */
function principalOf(principal: Json | Unknown): Json | Unknown {
  if (isUnknown(principal) || principal === "*") return principal;
  const text = typeof principal === "number" ? String(principal) : principal;
  return typeof text === "string" && /^[\w-]+(\.[\w-]+)+$/.test(text) ? { Service: text } : { AWS: text };
}
