/** Actions that no resource of their statement is ever asked about: what a statement says and AWS never does. */
import {
  type Action,
  expandAction,
  mayApply,
  mayNameTypeOnly,
  needsEverything,
  placeholderArn,
} from "../../catalogue";
import type { Violation } from "../../engine";
import { type Budget, budget, type Entry, isAboutAction, partitionsOf, type Statement } from "../../iam";
import { grouped } from "./grouped";
import { type Part, rewritten } from "./rewritten";

export type InapplicableMessage = "mismatch" | "unlimited";

/** What is said of them, by whichever rule. */
export const INAPPLICABLE_MESSAGES: Readonly<Record<InapplicableMessage, string>> = {
  mismatch:
    "{actions} {actions?applies:apply} to `{arn}` ({type}), which {resources} cannot be, so nothing is {effect}",
  unlimited:
    "{actions} {actions?is:are} documented for `*` only, and not for {resources}, so that no documented call is {effect}",
};

/** An entry of `Action`, and the actions it stands for. */
interface Inapplicable {
  readonly entry: Entry;
  readonly actions: readonly [Action, ...Action[]];
}

/** The entries of `Action` of which no action can be about a resource of the statement, of those that are judged. */
function inapplicableOf(
  { actions, resources }: Statement,
  isJudged: (action: Action) => boolean,
  left: Budget,
): readonly Inapplicable[] {
  if (actions.negated || resources.negated || resources.partial || resources.entries.length === 0) return [];
  if (resources.entries.some(({ text }) => text === "*")) return [];
  const answers = new Map<Action["resourceTypes"] | string, boolean>();
  const applies = (action: Action): boolean => {
    // Actions of the same types are decided on the same ARNs; `s3:*` has 180 actions, and few lists of types.
    const like = action.resourceTypes.length > 0 ? action.resourceTypes : action.key;
    const answer =
      answers.get(like) ?? resources.entries.some(({ pattern }) => mayApply(action, pattern, left));
    answers.set(like, answer);
    return answer;
  };
  return actions.entries.flatMap((entry) => {
    const [first, ...more] = expandAction(entry.text);
    if (first === undefined || !isJudged(first) || applies(first)) return [];
    return more.every((action) => isJudged(action) && !applies(action))
      ? [{ entry, actions: [first, ...more] as const }]
      : [];
  });
}

/**
 * The violations of a document: in each statement one for all entries whose actions apply to the same types.
 *
 * @param isJudged - whether the rule is about an action
 */
export function* judgeApplicability(
  statements: readonly Statement[],
  isJudged: (action: Action) => boolean,
): Generator<Violation<InapplicableMessage>> {
  const left = budget();
  for (const statement of statements) yield* judge(statement, statements, isJudged, left);
}

function* judge(
  statement: Statement,
  statements: readonly Statement[],
  isJudged: (action: Action) => boolean,
  left: Budget,
): Generator<Violation<InapplicableMessage>> {
  const judged = inapplicableOf(statement, isJudged, left);
  if (judged.length === 0) return;
  // What to write instead is right for all actions, whichever rule is about them.
  const all = inapplicableOf(statement, () => true, left);
  const isElsewhere = (action: Action): boolean =>
    statements.some((other) => other !== statement && saysTheSame(other, statement, action, left));
  for (const group of grouped(judged, typeNamesOf)) {
    const [first] = group;
    const resourceType = first.actions.flatMap(({ resourceTypes }) => resourceTypes)[0];
    const resources = statement.resources.entries.map(({ text }) => text);
    yield {
      message: resourceType === undefined ? "unlimited" : "mismatch",
      path: group.length === 1 ? first.entry.path : statement.actions.path,
      sid: statement.sid,
      data: {
        actions: group.map(({ entry, actions: [action, ...more] }) =>
          more.length === 0 ? action.name : entry.text,
        ),
        resources,
        effect: statement.effect === "Allow" ? "allowed" : "denied",
        ...(resourceType === undefined
          ? {}
          : { type: typeNamesOf(first), arn: placeholderArn(resourceType, placeOf(statement), false) }),
      },
      fix: split(statement, all, isElsewhere),
    };
  }
}

/** The types in words; empty for actions without any. */
const typeNamesOf = ({ actions }: Inapplicable): string =>
  [...new Set(actions.flatMap(({ resourceTypes }) => resourceTypes.map(({ name }) => name)))]
    .slice(0, 3)
    .join(" or ");

/** How many actions a pattern may stand for to be written out. */
const MOST_ACTIONS = 12;

/** The statement, each action on resources that it applies to. */
function split(
  statement: Statement,
  dead: readonly Inapplicable[],
  isElsewhere: (action: Action) => boolean,
): string {
  const { actions, resources } = statement;
  const isLong = dead.some((each) => each.actions.length > MOST_ACTIONS);
  if (actions.partial || isLong)
    return "write each action in a statement with resources that it applies to, and `*` for those that cannot be limited";
  const entries = new Set(dead.map(({ entry }) => entry));
  const alive = actions.entries.filter((entry) => !entries.has(entry)).map(({ text }) => text);
  const parts = new Map<string, Part>();
  for (const action of dead.flatMap((each) => each.actions)) {
    if (isElsewhere(action)) continue;
    const on = resourcesFor(action, statement);
    const part = parts.get(on.join()) ?? { actions: [], resources: on };
    if (!part.actions.includes(action.name))
      parts.set(on.join(), { actions: [...part.actions, action.name], resources: on });
  }
  const kept = { actions: alive, resources: resources.entries.map(({ text }) => text) };
  const all = [...(alive.length === 0 ? [] : [kept]), ...parts.values()];
  return all.length === 0
    ? "remove the statement: another one says the same of resources that suit"
    : rewritten(statement, all);
}

/** Whether another statement says of an action, and of the same callers, what this one fails to say. */
function saysTheSame(other: Statement, { effect, source }: Statement, action: Action, left: Budget): boolean {
  const isAlike = (name: string): boolean =>
    JSON.stringify(other.source[name]) === JSON.stringify(source[name]);
  return (
    other.effect === effect &&
    isAboutAction(other, action.key) &&
    !other.resources.negated &&
    other.resources.entries.some(({ pattern }) => mayApply(action, pattern, left)) &&
    ["Principal", "NotPrincipal", "Condition"].every(isAlike)
  );
}

/** What to name for an action: what of the statement's resources was meant, where that can be told; or placeholders. */
function resourcesFor(action: Action, statement: Statement): readonly string[] {
  const required = action.resourceTypes.filter(({ name }) => action.requiredTypes.has(name));
  // Of many types that are all marked as required each is an alternative.
  const types = required.length === 2 ? required : action.resourceTypes.slice(0, 1);
  if (types.length === 0 || needsEverything(action)) return ["*"];
  return types.flatMap((type) => {
    const meant = statement.resources.entries.flatMap(({ text }) => meantBy(text, type.arn.text));
    return meant.length > 0
      ? [...new Set(meant)]
      : [placeholderArn(type, placeOf(statement), mayNameTypeOnly(action, type))];
  });
}

const BUCKET = /^(arn:[^:]+:s3:::[^/:]+)(\/.*)?$/;

/** The bucket of objects, or the objects of a bucket: of the two, people write one for the other. */
function meantBy(text: string, template: string): readonly string[] {
  const [, bucket, objects] = BUCKET.exec(text) ?? [];
  if (bucket === undefined) return [];
  if (template.endsWith(":s3:::${BucketName}")) return [bucket];
  return template.endsWith(":s3:::${BucketName}/${ObjectName}") && objects === undefined
    ? [`${bucket}/*`]
    : [];
}

/** The place that the statement's resources are in, as far as they spell it out. */
function placeOf({ resources: { entries } }: Statement): Parameters<typeof placeholderArn>[1] {
  const [, , , region, account] = entries[0]?.text.split(":") ?? [];
  const spelled = (field: string | undefined): string | undefined =>
    field === undefined || field === "" || /[*?$]/.test(field) ? undefined : field;
  const [partition = "aws"] = partitionsOf(entries.map(({ text }) => text));
  return { partition, region: spelled(region), account: spelled(account) };
}
