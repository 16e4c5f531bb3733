/** The `Condition` element: operators, the keys they test, and the values to test them against. */
import { type Element, isList, isObject, kindOf } from "./element";
import { isUnknown, type Json, type Unknown } from "./json";
import type { Problem } from "./problem";

/**
 * Whether a condition, of whatever strength, stands in a statement; what is wrong with its form is reported.
 *
 * `{ "operator": { "key": value or list of values } }`:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 *
 * @param unknown - collects the paths of values that are not known yet
 */
export function readCondition(
  found: Element | undefined,
  report: (problem: Problem) => void,
  unknown: string[],
): boolean {
  if (found === undefined) return false;
  for (const operator of membersOf(found, report, unknown))
    for (const key of membersOf(operator, report, unknown)) readValues(key, report, unknown);
  return !(isObject(found.value) && Object.keys(found.value).length === 0);
}

type Report = (problem: Problem) => void;

function membersOf({ value, path }: Element, report: Report, unknown: string[]): readonly Element[] {
  if (isObject(value))
    return Object.entries(value).map(([key, member]) => ({ value: member, path: `${path}.${key}` }));
  if (isUnknown(value)) unknown.push(path);
  else report(wrongType(path, "an object", value));
  return [];
}

function readValues({ value, path }: Element, report: Report, unknown: string[]): void {
  const values: readonly (Json | Unknown)[] = isList(value) ? value : [value];
  values.forEach((item, index) => {
    const at = isList(value) ? `${path}[${index}]` : path;
    if (isUnknown(item)) unknown.push(at);
    else if (item === null || typeof item === "object")
      report(wrongType(at, "a value or a list of values", item));
  });
}

const wrongType = (path: string, expected: string, found: Json): Problem => ({
  code: "wrong-type",
  path,
  data: { expected, found: kindOf(found) },
});
