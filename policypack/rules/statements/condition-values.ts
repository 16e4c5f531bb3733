/** Tests of conditions, and where their values stand. */
import { isUnknown, type Json, type Statement, type Test, type Unknown } from "../../iam";

/** A value of a test and its JSON path. */
export interface ConditionValue {
  readonly text: string;
  readonly path: string;
}

/** The values of a test with their paths; a lone value stands where its key does. */
export function valuesOf(statement: Statement, test: Test): readonly ConditionValue[] {
  const isListed = Array.isArray(writtenValue(statement, test));
  return test.texts.map((text, index) => ({ text, path: isListed ? `${test.path}[${index}]` : test.path }));
}

/** The JSON types of the values of a test, such as `string`. */
export function typesOf(statement: Statement, test: Test): readonly string[] {
  const value = writtenValue(statement, test);
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return [...new Set(values.map((each) => typeof each))];
}

/** What stands at the key of a test, as JSON. */
function writtenValue({ source, path }: Statement, test: Test): Json | Unknown | undefined {
  const steps = test.path.slice(path.length + 1, test.path.length - test.name.length - 1);
  const dot = steps.indexOf(".");
  return member(member(source[steps.slice(0, dot)], steps.slice(dot + 1)), test.name);
}

const member = (value: Json | Unknown | undefined, name: string): Json | Unknown | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value)
    ? (value as Readonly<Record<string, Json | Unknown>>)[name]
    : undefined;

/** A statement and one of the tests of its condition. */
export interface Tested {
  readonly statement: Statement;
  readonly test: Test;
}

/** All tests of a document's statements. */
export const testsOf = (statements: readonly Statement[]): readonly Tested[] =>
  statements.flatMap((statement) => statement.condition.tests.map((test) => ({ statement, test })));
