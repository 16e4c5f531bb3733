/**
 * The `Condition` element: tests that a request must all pass.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
import { type Element, isList, isObject, kindOf, shortened } from "./element";
import { isUnknown, type Json, type Unknown } from "./json";
import { type Operator, parseOperator, spelled } from "./operator";
import type { Problem } from "./problem";
import type { Context } from "./request";
import { accepts, resolvedValues, type ValueSet, valueSetOf } from "./value-set";
import type { Variable } from "../pattern/variable";

/** One operator, one key, and the values to compare with: any of them will do. */
export interface Test {
  readonly path: string;
  readonly operator: Operator;
  /** the key as written */
  readonly name: string;
  /** the key in lower case: "Condition key names are not case-sensitive." */
  readonly key: string;
  /** the values as written, numbers and booleans as text */
  readonly texts: readonly string[];
  /** what the operator, taken without its negation, accepts; for `Null` nothing */
  readonly values: ValueSet;
  /** the same for tests that ask the same */
  readonly identity: string;
}

/** A conjunction of tests. */
export interface Condition {
  readonly tests: readonly Test[];
  /** whether some part could not be read or is not known yet */
  readonly partial: boolean;
}

export const NO_CONDITION: Condition = { tests: [], partial: false };

type Report = (problem: Problem) => void;

/**
 * Reads a condition: `{ "operator": { "key": value or list of values } }`.
 *
 * @param variables - whether `${…}` is a policy variable (Version 2012-10-17)
 * @param unknown - collects the paths of values that are not known yet
 */
export function readCondition(
  found: Element | undefined,
  variables: boolean,
  report: Report,
  unknown: string[],
): Condition {
  if (found === undefined) return NO_CONDITION;
  const tests: Test[] = [];
  let partial = !isObject(found.value);
  for (const element of membersOf(found, report, unknown)) {
    const operator = readOperator(element, report);
    // An operator without keys: AWS does not say whether that is met.
    partial ||= !isObject(element.value) || Object.keys(element.value).length === 0;
    const names = new Map<string, string>();
    for (const key of membersOf(element, report, unknown)) {
      // Keys do not differ by case: which of the two counts, nobody can tell.
      const other = names.get(key.name.toLowerCase());
      if (other !== undefined)
        report({
          code: "duplicate-key",
          path: key.path,
          data: { key: shortened(key.name), other: shortened(other) },
        });
      names.set(key.name.toLowerCase(), key.name);
      const values = readValues(key, report, unknown);
      if (values === undefined || operator === undefined) partial = true;
      else {
        const test = testOf(operator, key.name, values.texts, key.path, variables);
        const isSure = values.isSpelled || test.values.kind === "ranges";
        tests.push(
          isSure ? test : { ...test, values: { kind: "unreadable" }, identity: `${test.identity} unspelled` },
        );
      }
    }
  }
  return { tests, partial };
}

interface Member extends Element {
  readonly name: string;
}

function membersOf({ value, path }: Element, report: Report, unknown: string[]): readonly Member[] {
  if (isObject(value))
    return Object.entries(value).map(([name, member]) => ({ name, value: member, path: `${path}.${name}` }));
  if (isUnknown(value)) unknown.push(path);
  else report(wrongType(path, "an object", value));
  return [];
}

/** An operator; one in the wrong case is a problem, and is read all the same: whichever way AWS takes it, it is judged. */
function readOperator({ name, path }: Member, report: Report): Operator | undefined {
  const operator = parseOperator(name);
  if (operator === undefined || spelled(operator) !== name)
    report({
      code: "invalid-value",
      path,
      data: {
        found: `\`${shortened(name)}\``,
        expected: operator === undefined ? "a condition operator" : `\`${spelled(operator)}\``,
      },
    });
  return operator;
}

/** The values of a key as texts; undefined when some are not known. */
function readValues(
  { value, path }: Element,
  report: Report,
  unknown: string[],
): { readonly texts: readonly string[]; readonly isSpelled: boolean } | undefined {
  const values: readonly (Json | Unknown)[] = isList(value) ? value : [value];
  const texts: string[] = [];
  // JSON text may spell a number in ways that are lost once it is read: 12345678901234567891.
  const isSpelled = !values.some((item) => typeof item === "number" && !Number.isSafeInteger(item));
  values.forEach((item, index) => {
    const at = isList(value) ? `${path}[${index}]` : path;
    if (isUnknown(item)) unknown.push(at);
    else if (item === null || typeof item === "object")
      report(wrongType(at, "a value or a list of values", item));
    else texts.push(String(item));
  });
  return texts.length === values.length ? { texts, isSpelled } : undefined;
}

const wrongType = (path: string, expected: string, found: Json): Problem => ({
  code: "wrong-type",
  path,
  data: { expected, found: kindOf(found) },
});

function testOf(
  operator: Operator,
  name: string,
  texts: readonly string[],
  path: string,
  variables: boolean,
): Test {
  const { comparing } = operator;
  const key = name.toLowerCase();
  return {
    path,
    operator,
    name,
    key,
    texts,
    values: comparing === undefined ? NO_VALUES : valueSetOf(comparing.comparison, texts, variables),
    identity: JSON.stringify([spelled(operator), key, variables, ...[...texts].sort()]),
  };
}
const NO_VALUES: ValueSet = { kind: "text", patterns: [] };

/** What `Null` asks for: that the key is absent; undefined when its values say both, or neither. */
export function asksForAbsence({ texts }: Test): boolean | undefined {
  const answers = new Set(texts.map((text) => text.toLowerCase()));
  const [answer] = answers;
  return answers.size === 1 && (answer === "true" || answer === "false") ? answer === "true" : undefined;
}

/**
 * Whether a test passes when the request does not have its key; undefined when nobody can tell.
 *
 * "If the key that you specify in a policy condition is not present in the request context, the values do not match and the
 * condition is false. If the policy condition requires that the key is not matched, such as StringNotLike or ArnNotLike, and
 * the right key is not present, the condition is true."
 */
export function passesWithout(test: Test): boolean | undefined {
  const { comparing, qualifier, ifExists } = test.operator;
  if (comparing === undefined) return asksForAbsence(test);
  // "IfExists … If the key is not present, evaluate the condition element as true"; beside "for any value" that is not what
  // AWS is seen to do: https://iam.cloudcopilot.io/resources/operators/ForAnyValue:StringNotEqualsIfExists
  if (ifExists) return qualifier === "ForAnyValue" ? undefined : true;
  // "ForAllValues … It also returns true if there are no context keys in the request"; "ForAnyValue … For no matching context
  // key or if the key does not exist, the condition returns false."
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  if (qualifier !== undefined) return qualifier === "ForAllValues";
  return comparing.negated;
}

/** The test that passes where this one fails; undefined where no operator says that. */
export function opposite(test: Test): Test | undefined {
  const { comparing, qualifier, ifExists } = test.operator;
  if (comparing === undefined) return undefined;
  // Passed without the key, a test has an opposite that is failed without it: no negated operator is, save "for any value".
  if (ifExists && (qualifier === "ForAnyValue" || (qualifier === undefined && !comparing.negated)))
    return undefined;
  const operator: Operator = {
    ...test.operator,
    comparing: { ...comparing, negated: !comparing.negated },
    qualifier: qualifier && (qualifier === "ForAllValues" ? "ForAnyValue" : "ForAllValues"),
    ifExists: false,
  };
  return { ...test, operator, identity: `not ${test.identity}` };
}

/** Whether a test passes in a request; undefined when nobody can tell. */
export function passes(test: Test, context: Context): boolean | undefined {
  const values = context.get(test.key);
  if (values === undefined || values.length === 0) return passesWithout(test);
  const { comparing, qualifier } = test.operator;
  if (comparing === undefined) return negation(asksForAbsence(test));
  // An operator without qualifier is for keys with a single value; AWS does not say what it makes of several.
  if (qualifier === undefined && values.length > 1) return undefined;
  const set = resolvedValues(test.values, (variable) => valueOf(variable, context));
  const isWhole = !isShorter(set, test.values);
  const answers = values.map((value) => {
    const answer = accepts(set, value);
    if (!comparing.negated) return answer;
    // "If AWS cannot resolve a variable this might cause the entire statement to be invalid."
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    return answer === false && !isWhole ? undefined : negation(answer);
  });
  const decisive = qualifier === "ForAnyValue";
  if (answers.includes(decisive)) {
    // "ForAllValues … also returns true … if the key values resolve to a null data set, such as an empty string."
    const mayBeNone = qualifier === "ForAllValues" && values.every((value) => value === "");
    return mayBeNone ? undefined : decisive;
  }
  return answers.includes(undefined) ? undefined : !decisive;
}

/** Whether values are missing from a set: those whose policy variables stand for nothing. */
const isShorter = (set: ValueSet, whole: ValueSet): boolean =>
  set.kind === "text" && whole.kind === "text" && set.patterns.length < whole.patterns.length;

const negation = (answer: boolean | undefined): boolean | undefined =>
  answer === undefined ? undefined : !answer;

/** What a policy variable stands for in a request: the single value of its key, or its default. */
export function valueOf({ key, fallback }: Variable, context: Context): string | undefined {
  const values = context.get(key.toLowerCase());
  if (values === undefined || values.length === 0) return fallback;
  // "You can use policy variables … only for keys with a single value."
  return values.length === 1 ? values[0] : undefined;
}

/** Whether all tests pass; undefined when that hangs on something nobody can tell. */
export function isMet({ tests, partial }: Condition, context: Context): boolean | undefined {
  const answers = tests.map((test) => passes(test, context));
  if (answers.includes(false)) return false;
  return partial || answers.includes(undefined) ? undefined : true;
}
