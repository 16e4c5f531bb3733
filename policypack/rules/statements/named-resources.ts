/** The narrower statements that name the resources a statement left open. */
import { type Action, expandAction, knowsService, placeholderArn, mayNameTypeOnly } from "../../catalogue";
import { budget, type Entry, mayBeOfType, type Statement } from "../../iam";
import { onlyAction } from "./grants";
import { isOneOfMany, limitedTo, typesToName } from "./named-types";
import { type Opening, openingsOf, type Surroundings } from "./openings";
import { type Part, rewritten } from "./rewritten";

/** How many actions a pattern may stand for to be written out. */
export const MOST_ACTIONS = 12;
/** How many resource types an answer may need before it is a list to choose from, and no longer an answer. */
const MOST_TYPES = 4;
/** Of how many actions such a list can still be read. */
const MOST_LISTED = 3;

const NAME_THE_ACTIONS =
  "name the actions that the workload uses, and the resources of each: `<service>:<Action>` on `arn:<partition>:<service>:<region>:<account>:<resource>`";

/**
 * What to write instead of a statement that opens whole resource types: each action on the ARNs it can be limited to,
 * and on `*` only those that AWS cannot limit.
 *
 * @param openings - everything that the statement opens
 * @param surroundings - of its document
 */
export function namedResources(
  statement: Statement,
  openings: readonly Opening[],
  surroundings: Surroundings,
): string {
  const { actions, resources } = statement;
  if (actions.negated || actions.partial || resources.partial) return NAME_THE_ACTIONS;
  const isOpened = (action: Action): boolean => openings.some((each) => each.actions.includes(action));
  const areMany = new Set(openings.map(({ type }) => type)).size > MOST_TYPES;
  const parts: Part[] = [];
  const unanswered: Action[] = [];
  for (const { text } of actions.entries) {
    const expanded = expandAction(text);
    // An action that does not exist allows nothing, and is not worth a statement.
    if (expanded.length === 0 && knowsService(text)) continue;
    if (expanded.length === 0 || expanded.length > MOST_ACTIONS) {
      if (expanded.some(isOpened)) return NAME_THE_ACTIONS;
      parts.push({ actions: [text], resources: textsOf(resources.entries) });
    } else
      for (const action of expanded) {
        const on = !isOpened(action)
          ? suiting(resources.entries, action)
          : areMany
            ? undefined
            : inPlaceOf(statement, action, openings, surroundings);
        if (on === undefined) unanswered.push(action);
        else parts.push({ actions: [action.name], resources: on });
      }
  }
  if (unanswered.length > MOST_LISTED) return NAME_THE_ACTIONS;
  return unanswered.length > 0 ? limitedTo(unanswered, openings) : rewritten(statement, together(parts));
}

/** What stands there for an action of which nothing is left open: what suits it, and `*` for one that AWS cannot limit. */
function suiting(entries: readonly Entry[], action: Action): readonly string[] {
  const own = entries.filter((entry) => mayBeOn(entry, action));
  if (own.length > 0) return textsOf(own);
  return entries.some(({ text }) => text === "*") || entries.length === 0 ? ["*"] : textsOf(entries);
}

const textsOf = (entries: readonly Entry[]): readonly string[] => [
  ...new Set(entries.map(({ text }) => text)),
];

const mayBeOn = ({ pattern }: Entry, { resourceTypes }: Action): boolean =>
  resourceTypes.some(({ arn }) => mayBeOfType(pattern, arn));

/**
 * The resources to name for an action in place of those that leave some open: the other ones that suit it, and placeholders;
 * undefined where there are too many types to choose from.
 */
function inPlaceOf(
  statement: Statement,
  action: Action,
  all: readonly Opening[],
  surroundings: Surroundings,
): readonly string[] | undefined {
  const { resources } = statement;
  const own = all.filter((each) => each.actions.includes(action));
  const others = resources.negated
    ? []
    : resources.entries.filter(
        (entry) => mayBeOn(entry, action) && !own.some(({ entries }) => entries.includes(entry)),
      );
  // Beside one opening no other is looked for of a type that is not required, and there may be more of them.
  const hasOptional = action.resourceTypes.some(({ name }) => !action.requiredTypes.has(name));
  const alone: Surroundings = { ...surroundings, left: budget() };
  const more = (hasOptional ? others : []).flatMap((entry) =>
    openingsOf(
      { ...onlyAction(statement, action.name), resources: { ...resources, entries: [entry] } },
      alone,
    ),
  );
  const openings = [...own, ...more];
  const types = typesToName(action, openings);
  if (openings.some(isOneOfMany) || types.length > MOST_TYPES) return undefined;
  const kept = others.filter((entry) => !more.some(({ entries }) => entries.includes(entry)));
  const placeholders = types.map(({ type, entries }) => {
    const fields = entries.map(({ text }) => text.split(":"));
    const place = {
      partition: surroundings.partitions[0] ?? "aws",
      region: sharedBy(fields, REGION),
      account: sharedBy(fields, ACCOUNT),
    };
    return placeholderArn(type, place, mayNameTypeOnly(action, type), action.name);
  });
  return [...new Set([...textsOf(kept), ...placeholders])];
}

const [REGION, ACCOUNT] = [3, 4];

/** What all ARNs spell out in a field. */
function sharedBy([first, ...others]: readonly (readonly string[])[], at: number): string | undefined {
  const field = first?.[at] ?? "";
  return field === "" || /[*?$]/.test(field) || others.some((other) => other[at] !== field)
    ? undefined
    : field;
}

/** Parts with the same resources become one, and then those with the same actions. */
export function together(parts: readonly Part[]): readonly Part[] {
  const byResources = new Map<string, Part>();
  for (const { actions, resources } of parts) {
    const same = byResources.get(resources.join());
    byResources.set(resources.join(), {
      actions: [...new Set([...(same?.actions ?? []), ...actions])],
      resources,
    });
  }
  const byActions = new Map<string, Part>();
  for (const { actions, resources } of byResources.values()) {
    const same = byActions.get(actions.join());
    byActions.set(actions.join(), { actions, resources: [...(same?.resources ?? []), ...resources] });
  }
  return [...byActions.values()];
}
