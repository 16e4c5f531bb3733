/** What the tests of a condition bind a grant to, and conditions to write instead. */
import { asksForAbsence, isUnknown, type JsonObject, type Test } from "../../iam";

/** Whether a test passes only where its key is in the request, with one of the values. */
export const binds = ({ operator: { comparing, ifExists, qualifier } }: Test): boolean =>
  comparing !== undefined && !comparing.negated && !ifExists && qualifier !== "ForAllValues";

/** Why a test does not bind its key to its values. */
export function whyNotBinding(test: Test): string {
  if (test.texts.length === 0) return "it is compared with no value";
  const { comparing } = test.operator;
  if (comparing === undefined)
    return asksForAbsence(test) === true ? "only a request without the key passes" : "every value passes";
  return comparing.negated ? "every other value passes" : "a request without the key passes as well";
}

/** Whether a value of a test stands for more than itself: with wildcards that the operator knows, or a policy variable. */
export const isOpenValue = ({ operator: { name } }: Test, text: string): boolean =>
  text.includes("${") || (/Like|Arn/.test(name) && /[*?]/.test(text));

type Value = JsonObject[string] | undefined;

export const isObject = (value: Value): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);

/** A condition with one test of a key in place of all others of it. */
export function conditionWith(
  condition: Value,
  operator: string,
  key: string,
  values: readonly string[],
): JsonObject {
  const others = without(condition, key);
  const own = others[operator];
  const [only] = values.length === 1 ? values : [];
  return { ...others, [operator]: { ...(isObject(own) ? own : {}), [key]: only ?? values } };
}

/** A condition without its tests of a key, in whatever case the key is written. */
function without(condition: Value, key: string): JsonObject {
  if (!isObject(condition)) return {};
  const operators = Object.entries(condition).map(([operator, keys]) => {
    const own = isObject(keys) ? Object.entries(keys) : [];
    return [
      operator,
      Object.fromEntries(own.filter(([name]) => name.toLowerCase() !== key.toLowerCase())),
    ] as const;
  });
  return Object.fromEntries(operators.filter(([, keys]) => Object.keys(keys).length > 0));
}
