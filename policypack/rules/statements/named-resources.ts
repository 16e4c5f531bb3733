/** The narrower statements that name the resources a statement left open. */
import { type Action, expandAction, knowsService, placeholderArn, mayNameTypeOnly } from "../../catalogue";
import { type Entry, mayBeOfType, type Statement } from "../../iam";
import type { Opening } from "./openings";
import { type Part, rewritten } from "./rewritten";

/** How many actions a pattern may stand for to be written out. */
export const MOST_ACTIONS = 12;
/** How many resource types an answer may need before it is a list to choose from, and no longer an answer. */
const MOST_TYPES = 4;

const NAME_THE_ACTIONS =
  "name the actions that the workload uses, and the resources of each: `<service>:<Action>` on `arn:<partition>:<service>:<region>:<account>:<resource>`";

/**
 * What to write instead of a statement that opens whole resource types: each action on the ARN it can be limited to,
 * and on `*` only those that AWS cannot limit.
 *
 * @param openings - everything that the statement opens
 * @param partition - the partition of the ARNs to write
 */
export function namedResources(
  statement: Statement,
  openings: readonly Opening[],
  partition: string,
): string {
  const { actions, resources } = statement;
  if (actions.negated || actions.partial || resources.partial) return NAME_THE_ACTIONS;
  if (new Set(openings.map(({ type }) => type)).size > MOST_TYPES) return NAME_THE_ACTIONS;
  const opening = new Set(openings.map(({ entry }) => entry));
  const kept = resources.negated ? [] : resources.entries.filter((entry) => !opening.has(entry));

  const byResources = new Map<
    string,
    { readonly actions: string[]; readonly resources: readonly string[] }
  >();
  const write = (action: string, on: readonly string[]): void => {
    const part = byResources.get(on.join()) ?? { actions: [], resources: on };
    byResources.set(on.join(), part);
    if (!part.actions.includes(action)) part.actions.push(action);
  };
  for (const written of actions.entries) {
    const expanded = expandAction(written.text);
    // An action that does not exist allows nothing, and is not worth a statement.
    if (expanded.length === 0 && knowsService(written.text)) continue;
    const spelledOut = expanded.length > 0 && expanded.length <= MOST_ACTIONS;
    if (!spelledOut)
      write(written.text, resourcesFor(expanded, openings, kept, resources.entries, partition));
    else
      for (const action of expanded)
        write(action.name, resourcesFor([action], openings, kept, resources.entries, partition));
  }
  return rewritten(statement, joined([...byResources.values()]));
}

/** The resources to name for some actions: those that were named before and suit them, and placeholders for the rest. */
function resourcesFor(
  actions: readonly Action[],
  openings: readonly Opening[],
  kept: readonly Entry[],
  all: readonly Entry[],
  partition: string,
): readonly string[] {
  const suiting = kept.filter(({ pattern }) =>
    actions.some(({ resourceTypes }) => resourceTypes.some((type) => mayBeOfType(pattern, type.arn))),
  );
  const placeholders = openings
    .filter(({ actions: opened }) => actions.some((action) => opened.includes(action)))
    .map(({ entry, actions: [any], type }) => {
      const [, , , region, account] = entry?.text.split(":") ?? [];
      const place = { partition, region: literalOr(region), account: literalOr(account) };
      return placeholderArn(type, place, mayNameTypeOnly(any, type), any.name);
    });
  const named = [...new Set([...suiting.map(({ text }) => text), ...placeholders])];
  if (named.length > 0) return named;
  // What cannot be limited keeps what it had: `*`, or whatever else stood there.
  return all.some(({ text }) => text === "*") || all.length === 0 ? ["*"] : all.map(({ text }) => text);
}

const literalOr = (field: string | undefined): string | undefined =>
  field === undefined || field === "" || /[*?$]/.test(field) ? undefined : field;

/** Parts with the same actions become one. */
export function joined(parts: readonly Part[]): readonly Part[] {
  const byActions = new Map<string, Part>();
  for (const { actions, resources } of parts) {
    const same = byActions.get(actions.join());
    byActions.set(actions.join(), { actions, resources: [...(same?.resources ?? []), ...resources] });
  }
  return [...byActions.values()];
}
