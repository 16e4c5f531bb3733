import {
  type Capability,
  type ConditionTemplate,
  type StatementTemplate,
} from "../../policypack/catalogue/capabilities";

/** The values of placeholders, by name. None is left out of a document; `""` is all there is. */
export type Values = Readonly<Partial<Record<string, readonly string[]>>>;

/** A condition block without placeholders: operator → key → values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A statement without placeholders, not yet named. */
export interface FilledStatement {
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: Conditions;
}

/**
 * Puts values into a template's placeholders: one text for each value, or for each combination of them.
 *
 * @param template Text with `${name}` placeholders, as the catalogue has it.
 * @param values The values of each placeholder.
 * @returns The texts; none where a placeholder has no value.
 * @throws RangeError when a value could widen the template: `*`, `?` or `${` in it.
 */
export function fill(template: string, values: Values): readonly string[] {
  const [, before = "", name, after = ""] = /^(.*?)\$\{(\w+)\}(.*)$/s.exec(template) ?? [];
  if (name === undefined) return [template];
  // The rest may name it again: it is the same value there.
  return valuesOf(name, values).flatMap((value) => {
    if (/[*?]|\$\{/.test(value))
      throw new RangeError(`the value of \${${name}} could match more than itself`);
    return fill(after, { ...values, [name]: [value] }).map((rest) => before + value + rest);
  });
}

const valuesOf = (name: string, values: Values): readonly string[] =>
  (Object.hasOwn(values, name) ? values[name] : undefined) ?? [];

/** @returns The names of the placeholders in a text. */
export const placeholdersOf = (text: string): readonly string[] =>
  [...text.matchAll(/\$\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);

/**
 * Fills every statement of a capability.
 *
 * @param capability The capability.
 * @param values Values of its parameters, and of the place.
 * @returns Its statements in the order of the catalogue, less those of which no call was selected, or whose parameter is not given.
 * @throws RangeError as `fill` does, and when a value is missing or a call selected that the capability does not have.
 */
export function fillCapability(capability: Capability, values: Values): readonly FilledStatement[] {
  const { id, parameters, selectable, statements } = capability;
  for (const name of parameters)
    if (valuesOf(name, values).length === 0) throw new RangeError(`${id} needs a value for ${name}`);
  const calls = selectable ? valuesOf("calls", values) : [];
  for (const call of calls)
    if (!choicesOf(capability).includes(call)) throw new RangeError(`${id} has no choice of ${call}`);
  const isSelected = (action: string): boolean =>
    !selectable || action === "iam:PassRole" || calls.includes(callOf(action));
  return statements
    .filter(({ when }) => when === undefined || valuesOf(when, values).length > 0)
    .map((statement) => ({
      effect: statement.Effect ?? ("Allow" as const),
      actions: statement.Action.filter(isSelected),
      resources: resourcesOf(statement, values),
      conditions: conditionsOf(statement.Condition ?? {}, values, new Set(capability.optional ?? [])),
    }))
    .filter(({ actions }) => actions.length > 0);
}

/** @returns The calls that a selectable capability has, without the service. */
export const choicesOf = ({ statements }: Capability): readonly string[] =>
  statements.flatMap(({ Action }) => Action.filter((action) => action !== "iam:PassRole").map(callOf));

const callOf = (action: string): string => action.slice(action.indexOf(":") + 1);

function resourcesOf({ Resource }: StatementTemplate, values: Values): readonly string[] {
  return Resource.flatMap((template) => {
    const filled = fill(template, values);
    if (filled.length === 0) throw new RangeError(`no value for what ${template} needs`);
    return filled;
  });
}

/** A test on what is not given is left out where it may be, and so is one on the prefix that every key starts with. */
function conditionsOf(
  template: ConditionTemplate,
  values: Values,
  optional: ReadonlySet<string>,
): Conditions {
  const filled: Record<string, Record<string, readonly string[]>> = {};
  const add = (operator: string, key: string, texts: readonly string[]): void => {
    (filled[operator] ??= {})[key] = texts;
  };
  for (const [operator, keys] of Object.entries(template))
    for (const [key, templates] of Object.entries(keys)) {
      const all = [templates].flat();
      const names = all.flatMap(placeholdersOf);
      if (names.some((name) => valuesOf(name, values).includes(""))) continue;
      const texts = all.flatMap((text) => fill(text, values));
      if (texts.length > 0) {
        add(operator, key, texts);
        if (operator.startsWith("ForAllValues:")) add("Null", key, ["false"]);
      } else if (!names.some((name) => optional.has(name))) throw new RangeError(`no value for \`${key}\``);
    }
  return filled;
}

/** @returns A record with the same keys in the same order, and `to` of each value. */
export function mapValues<From, To>(
  from: Readonly<Record<string, From>>,
  to: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, to(value)]));
}
