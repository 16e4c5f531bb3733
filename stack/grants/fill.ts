import {
  capabilities,
  type Capability,
  type CapabilityId,
  type ConditionTemplate,
} from "../../policypack/catalogue/capabilities";

/** The names of the `${placeholders}` in a template string. */
export type Placeholder<Template extends string> = Template extends `${string}\${${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** Every string found anywhere in a piece of data. */
type Strings<Data> = Data extends string ? Data : Data extends object ? Strings<Values<Data>> : never;
type Values<Data> = Data extends readonly (infer Item)[] ? Item : Data[keyof Data];

type CapabilityOf<Id extends CapabilityId> = Extract<(typeof capabilities)[number], { id: Id }>;

/** What must be given to fill a capability: exactly the placeholders of its statements. */
export type ParametersOf<Id extends CapabilityId> = Readonly<
  Record<Placeholder<Strings<CapabilityOf<Id>["statements"]>>, string>
>;

/** A statement without placeholders, not yet named. */
export interface FilledStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/**
 * Puts values into a template's placeholders.
 *
 * @param template Text with `${name}` placeholders, as the catalogue has it.
 * @param values One plain string for each placeholder; a missing one does not compile.
 * @returns The text without placeholders.
 * @throws RangeError when a value is missing, or could widen the template: `*`, `?` or `${` in it.
 */
export function fill<const Template extends string>(
  template: Template,
  values: Readonly<Record<Placeholder<Template>, string>>,
): string {
  return fillFrom(template, values);
}

/**
 * Fills every statement of a capability.
 *
 * @param id The capability.
 * @param values One plain string for each of its parameters.
 * @param selected For a selectable capability, the actions to grant; without it all of them.
 * @returns Its statements in the order of the catalogue, less those of which no action was selected.
 * @throws RangeError as `fill` does, and when an action is selected that the capability does not have.
 */
export function fillCapability<const Id extends CapabilityId>(
  id: Id,
  values: ParametersOf<Id>,
  selected?: readonly string[],
): readonly FilledStatement[] {
  const capability: Capability | undefined = capabilities.find((candidate) => candidate.id === id);
  if (capability === undefined) throw new RangeError(`no capability has the id ${id}`);
  const offered = new Set(capability.statements.flatMap(({ Action }) => Action));
  for (const action of selected ?? []) {
    if (!capability.selectable || !offered.has(action))
      throw new RangeError(`${id} has no choice of ${action}`);
  }
  return capability.statements
    .map(({ Action, Resource, Condition }) => ({
      actions: Action.filter((action) => selected?.includes(action) ?? true),
      resources: Resource.map((resource) => fillFrom(resource, values)),
      conditions: fillCondition(Condition ?? {}, values),
    }))
    .filter(({ actions }) => actions.length > 0);
}

function fillCondition(
  condition: ConditionTemplate,
  values: Readonly<Record<string, string>>,
): FilledStatement["conditions"] {
  return mapValues(condition, (keys) =>
    mapValues(keys, (templates) => [templates].flat().map((template) => fillFrom(template, values))),
  );
}

/** @returns A record with the same keys in the same order, and `to` of each value. */
export function mapValues<From, To>(
  from: Readonly<Record<string, From>>,
  to: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, to(value)]));
}

function fillFrom(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new RangeError(`no value for \${${name}} in ${template}`);
    if (/[*?]|\$\{/.test(value))
      throw new RangeError(`the value of \${${name}} could match more than itself`);
    return value;
  });
}
