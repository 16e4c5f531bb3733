/** The narrower statements that name the resources a statement left open. */
import {
  type Action,
  expandAction,
  knowsService,
  placeholderArn,
  type ResourceType,
  widestRequired,
} from "../../catalogue";
import type { Entry, Statement } from "../../iam";
import { type Part, rewritten } from "./statement-json";

/** An action, and the resource type of which it is allowed every resource. */
export interface Opened {
  readonly action: Action;
  readonly type: ResourceType;
}

/** How many actions a pattern may stand for to be written out. */
const MOST_ACTIONS = 12;
/** How many resource types an answer may need before it is a list to choose from, and no longer an answer. */
const MOST_ARNS = 4;

const NAME_THE_ACTIONS =
  "name the actions that the workload uses, and the resources of each: `<service>:<Action>` on `arn:<partition>:<service>:<region>:<account>:<resource>`";

/**
 * What to write instead of a statement that opens whole resource types: each action on the ARN it can be limited to,
 * and on `*` only those that AWS cannot limit.
 *
 * @param entry - the entry of `Resource` to replace; undefined for `NotResource`
 * @param opening - all entries that open something; none of them is kept
 */
export function namedResources(
  statement: Statement,
  entry: Entry | undefined,
  opening: ReadonlySet<Entry | undefined>,
  opened: readonly Opened[],
  partition: string,
): string {
  if (statement.actions.negated || statement.actions.partial || statement.resources.partial)
    return NAME_THE_ACTIONS;
  if (new Set(opened.map(({ type }) => type)).size > MOST_ARNS) return NAME_THE_ACTIONS;
  const typeOf = new Map(opened.map(({ action, type }) => [action, type]));
  const [, , , region, account] = entry?.text.split(":") ?? [];
  const place = { partition, region: literalOr(region), account: literalOr(account) };
  const kept = statement.resources.negated
    ? []
    : statement.resources.entries.filter((other) => !opening.has(other));
  const keptTexts = kept.map((other) => other.text);

  const byArn = new Map<string, string[]>();
  const unlimited: string[] = [];
  for (const written of statement.actions.entries) {
    const actions = expandAction(written.text);
    // An action that does not exist allows nothing, and is not worth a statement on `*`.
    if (actions.length === 0 && knowsService(written.text)) continue;
    const limited = actions.filter((action) => typeOf.has(action));
    if (limited.length === 0) {
      unlimited.push(written.text);
      continue;
    }
    const named = actions.length <= MOST_ACTIONS;
    for (const action of named ? actions : limited) {
      const type = typeOf.get(action);
      if (type === undefined) {
        unlimited.push(action.name);
        continue;
      }
      const arn = placeholderArn(type, place, widestRequired(action) === "type/*");
      const actionsOnIt = byArn.get(arn) ?? [];
      byArn.set(arn, actionsOnIt);
      const name = named ? action.name : written.text;
      if (!actionsOnIt.includes(name)) actionsOnIt.push(name);
    }
  }
  const parts = sharedActions(byArn).map(({ actions, resources }): Part => ({
    actions,
    resources: [...keptTexts, ...resources],
  }));
  if (unlimited.length > 0) parts.push({ actions: unlimited, resources: [...keptTexts, entry?.text ?? "*"] });
  return rewritten(statement, parts);
}

const literalOr = (field: string | undefined): string | undefined =>
  field === undefined || field === "" || /[*?$]/.test(field) ? undefined : field;

/** Resources with the same actions stand in one statement. */
function sharedActions(byArn: ReadonlyMap<string, readonly string[]>): Part[] {
  const parts = new Map<string, { readonly actions: readonly string[]; readonly resources: string[] }>();
  for (const [arn, actions] of byArn) {
    const part = parts.get(actions.join()) ?? { actions, resources: [] };
    parts.set(actions.join(), part);
    part.resources.push(arn);
  }
  return [...parts.values()];
}
