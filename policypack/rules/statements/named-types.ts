/** Of which resource types some are to be named for an action, where a statement leaves them open. */
import {
  type Action,
  emittableActions,
  findAction,
  isSeldomNamed,
  type ResourceType,
  serviceOf,
} from "../../catalogue";
import { mayBeOfType } from "../../iam";
import type { Opening, OpeningEntries } from "./openings";

/** A type, and the entries of `Resource` in place of which some of it is named. */
export type TypeToName = Pick<Opening, "type" | "entries">;

/**
 * How many types may stand for each other before none of them can be said to be meant: S3 has two, the objects of a bucket
 * and those of an access point.
 */
const MOST_ALTERNATIVES = 2;

/**
 * Whether what is open is of any of many types: of tags on `*` nobody can tell what they are put on.
 *
 * "If the resource type is optional …, then you can choose to use one of the optional resource types."
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const isOneOfMany = ({ actions: [action], entries }: Opening): boolean =>
  action.requiredTypes.size === 0 && namesOf(letIn(action, entries)).length > MOST_ALTERNATIVES;

/** The types of an action that entries may be of; all of them for `NotResource`. */
const letIn = ({ resourceTypes }: Action, entries: OpeningEntries): readonly ResourceType[] =>
  resourceTypes.filter(
    ({ arn }) => entries.length === 0 || entries.some(({ pattern }) => mayBeOfType(pattern, arn)),
  );

const namesOf = (types: readonly ResourceType[]): readonly string[] => [
  ...new Set(types.map(({ name }) => name)),
];

/**
 * The types that an action leaves open, and where it requires some, the optional ones that the same entries let in: a call
 * that uses them is asked about them, too.
 */
export function typesToName(action: Action, openings: readonly Opening[]): readonly TypeToName[] {
  const found = openings.map(({ type, entries }): TypeToName => ({ type, entries }));
  if (action.requiredTypes.size === 0) return found;
  const groups = [...new Set(openings.map(({ entries }) => entries))];
  const optional = groups.flatMap((entries) =>
    letIn(action, entries)
      .filter(
        (type) =>
          !action.requiredTypes.has(type.name) &&
          !isSeldomNamed(action, type) &&
          !found.some((each) => each.type === type),
      )
      .map((type): TypeToName => ({ type, entries })),
  );
  return [...found, ...optional];
}

/** How many types are listed. */
const FIRST_FEW = 8;

/** The sentence that says what each of some actions can be limited to. */
export const limitedTo = (actions: readonly Action[], openings: readonly Opening[]): string =>
  `name the resources that the workload uses, of those that each action can be limited to: ${actions
    .map((action) => {
      const own = openings.filter((opening) => opening.actions.includes(action));
      return `\`${action.name}\` to ${inWords(action, namesOf(own.flatMap(({ entries }) => letIn(action, entries))))}`;
    })
    .join("; ")}`;

/** Types in words: those that every call has first, and of the others those of AI workflows. */
function inWords({ requiredTypes, key }: Action, names: readonly string[]): string {
  const [required, others] = [
    names.filter((name) => requiredTypes.has(name)),
    names.filter((name) => !requiredTypes.has(name)),
  ];
  const isKnown = (name: string): boolean => wellKnown().has(`${serviceOf(key)}:${name}`);
  const optional = [...others.filter(isKnown), ...others.filter((name) => !isKnown(name))];
  if (required.length === 0 || optional.length === 0) return choiceOf([...required, ...optional]);
  return `${required.join(", ")}, and where it uses them ${choiceOf(optional)}`;
}

function choiceOf(names: readonly string[]): string {
  // One more is named as briefly as counted.
  if (names.length > FIRST_FEW + 1)
    return `${names.slice(0, FIRST_FEW).join(", ")} or ${names.length - FIRST_FEW} other types`;
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} or ${last}`;
}

let known: ReadonlySet<string> | undefined;

/** The types that the actions of AI workflows require, with their service. */
const wellKnown = (): ReadonlySet<string> =>
  (known ??= new Set(
    emittableActions.flatMap((name) =>
      [...(findAction(name)?.requiredTypes ?? [])].map((type) => `${serviceOf(name)}:${type}`),
    ),
  ));
