/** Grants that do not demand a safeguard, and the statements that do. */
import type { Safeguard } from "../../catalogue";
import type { Violation } from "../../engine";
import { type JsonObject, remembered, type Statement } from "../../iam";
import { conditionWith, isObject } from "./conditions";
import { type Denials, denialsHere, isPlain, isWithin, mayGrant, reference } from "./grants";
import { printed, writtenAs } from "./rewritten";

const referenceOf = remembered(({ actions, conditions }: Safeguard) =>
  reference(conditions.map((Condition) => ({ Effect: "Allow", Action: actions, Resource: "*", Condition }))),
);

/**
 * The actions that a statement allows in requests without a safeguard, whatever it is that fails to demand it. Of a
 * condition that is not known yet nobody can say so.
 */
export const unguarded = (statement: Statement, safeguard: Safeguard, denials: Denials): readonly string[] =>
  statement.condition.partial
    ? []
    : safeguard.actions.filter(
        (action) =>
          mayGrant(statement, action, denials) &&
          (isPlain(statement, action, denials) ||
            !isWithin(statement, action, denials, referenceOf(safeguard))),
      );

/** A safeguard that a statement lacks, and for which actions. */
export interface Lack {
  readonly safeguard: Safeguard;
  readonly actions: readonly string[];
}

interface Group {
  readonly actions: string[];
  readonly safeguards: readonly Safeguard[];
}

/** One violation for all actions of a statement that lack the same safeguards. */
export function* lackingIn<M extends string>(
  statements: readonly Statement[],
  safeguards: readonly Safeguard[],
  message: M,
): Generator<Violation<M>> {
  const denials = denialsHere(statements);
  for (const statement of statements) {
    const lacks = safeguards
      .map((safeguard) => ({ safeguard, actions: unguarded(statement, safeguard, denials) }))
      .filter(({ actions }) => actions.length > 0);
    for (const { actions, safeguards: missing } of groupsOf(lacks))
      yield {
        message,
        path: statement.actions.path,
        sid: statement.sid,
        data: {
          actions,
          keys: missing.map(({ key }) => key),
          without: [...new Set(missing.map(({ without }) => without))].join("; "),
        },
        fix: guarded(statement, lacks),
      };
  }
}

/** The actions that lack the same safeguards. */
function groupsOf(lacks: readonly Lack[]): readonly Group[] {
  const byAction = new Map<string, readonly Safeguard[]>();
  for (const { safeguard, actions } of lacks)
    for (const action of actions) byAction.set(action, [...(byAction.get(action) ?? []), safeguard]);
  const groups = new Map<string, Group>();
  for (const [action, safeguards] of byAction) {
    const key = safeguards.map((each) => each.key).join();
    const group = groups.get(key) ?? { actions: [], safeguards };
    groups.set(key, group);
    group.actions.push(action);
  }
  return [...groups.values()];
}

/** A condition that demands some safeguards besides what it demands already. */
const demanding = (condition: JsonObject[string] | undefined, safeguards: readonly Safeguard[]): JsonObject =>
  safeguards
    .flatMap(({ write }) => Object.entries(write))
    .flatMap(([operator, keys]) => Object.entries(keys).map(([key, values]) => ({ operator, key, values })))
    .reduce<JsonObject>(
      (made, { operator, key, values }) => conditionWith(made, operator, key, [values].flat()),
      isObject(condition) ? condition : {},
    );

/**
 * What to write in place of a statement that lacks safeguards: actions that lack the same in a statement of their own.
 *
 * @returns JSON, where the statement spells out what it allows; otherwise a sentence
 */
export function guarded(statement: Statement, lacks: readonly Lack[]): string {
  const { actions, resources, sid, source } = statement;
  const groups = groupsOf(lacks);
  const lacking = new Set(groups.flatMap((group) => group.actions.map((action) => action.toLowerCase())));
  const isSpelledOut =
    [actions, resources].every(({ negated, partial }) => !negated && !partial) &&
    !actions.entries.some(({ text }) => /[*?]/.test(text));
  if (!isSpelledOut)
    return groups
      .map(
        (group) =>
          `allow ${group.actions.map((action) => `\`${action}\``).join(", ")} in a statement of its own, with \`"Condition": ${JSON.stringify(demanding(undefined, group.safeguards))}\``,
      )
      .join("; ");
  const on = resources.entries.map(({ text }) => text);
  const others = actions.entries.map(({ text }) => text).filter((text) => !lacking.has(text.toLowerCase()));
  const statements = [
    ...(others.length === 0 ? [] : writtenAs(statement, [{ actions: others, resources: on }])),
    ...groups.flatMap((group) => {
      const Condition = demanding(source["Condition"], group.safeguards);
      const own = { ...statement, source: { ...source, Condition } };
      return writtenAs(own, [{ actions: group.actions, resources: on }]);
    }),
  ];
  return printed(
    statements.map((each, index) =>
      index === 0 || sid === undefined ? each : { ...each, Sid: `${sid}${index + 1}` },
    ),
  );
}
