/** Which types to speak of where any of several would do: of those that a statement opens, the likely ones. */
import {
  type Action,
  expandAction,
  type ResourceType,
  serviceOf,
  TAGGING_KEYS,
  wellKnownFirst,
} from "../../catalogue";
import { covers, isAboutAction, neededValues, parsePattern, type Statement } from "../../iam";
import type { Opening, Surroundings } from "./openings";

/** How many types a condition may mean to be named each. */
const MOST_MEANT = 4;

/**
 * The openings with the types that the statement likely means, in place of the first in the alphabet: those that are made where its
 * condition says so, or the best known. Types that every call carries stay, and so do those that stand alone.
 */
export const likely = (
  statement: Statement,
  openings: readonly Opening[],
  { denies }: Surroundings,
): readonly Opening[] =>
  openings.flatMap((opening) => {
    const { entry, type, actions } = opening;
    const [action] = actions;
    // What a denial leaves of another type nobody has asked.
    if (
      entry === undefined ||
      action.requiredTypes.has(type.name) ||
      denies.some((deny) => isAboutAction(deny, action.key))
    )
      return [opening];
    const open = wellKnownFirst(action).filter(
      (each) => !action.requiredTypes.has(each.name) && covers([entry.pattern], anyOf(each)),
    );
    const meant = meantIn(statement, serviceOf(action.key), open);
    const chosen = meant.length > 0 && meant.length <= MOST_MEANT ? meant : [meant[0] ?? open[0] ?? type];
    return chosen.map((each) => ({ ...opening, type: each }));
  });

/** Every resource of a type. */
const anyOf = ({ arn }: ResourceType) => parsePattern(arn.text.replace(/\$\{[^}]*\}/g, "*"));

/** The types of which, as the condition says, something is being made. */
function meantIn(
  { condition }: Statement,
  service: string,
  open: readonly ResourceType[],
): readonly ResourceType[] {
  const types = new Set(
    condition.tests
      .filter(({ key }) => TAGGING_KEYS.has(key))
      .flatMap((test) => neededValues(test) ?? [])
      .flatMap((value) => expandAction(`${service}:${value}`))
      .flatMap(madeBy),
  );
  return open.filter(({ name }) => types.has(name));
}

/** Of the types of an action, that which it is named after: `CreateEndpoint` makes an endpoint of its configuration. */
function madeBy({ key, resourceTypes }: Action): readonly string[] {
  const made = key.slice(key.indexOf(":create") + ":create".length);
  const named = resourceTypes.filter(({ name }) => {
    const word = name.toLowerCase().replaceAll("-", "");
    return made.startsWith(word) || word.endsWith(made);
  });
  return named
    .map(({ name }) => name)
    .sort((one, other) => other.length - one.length)
    .slice(0, 1);
}
