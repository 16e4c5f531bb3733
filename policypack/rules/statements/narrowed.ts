/** The statements in place of one that leaves resources open, with nothing in them that somebody would have to fill in. */
import { type Action, expandAction } from "../../catalogue";
import type { Remedy } from "../../engine";
import { covers, mayBeOfType, parsePattern, type Pattern, type Statement } from "../../iam";
import { MOST_ACTIONS, together } from "./named-resources";
import type { Opening, OpeningEntries } from "./openings";
import { type Part, writtenAs } from "./rewritten";

/**
 * Each action on the resources that the statement names for it, or that are configured; what AWS cannot limit keeps what it had. An
 * action for which neither names a resource of each type that it leaves open is left to people, and its whole statement with it.
 *
 * @param openings - everything that the statement opens
 * @param configured - ARNs that may be named
 * @param isKept - actions that are left on what they had, whatever they open
 */
export function narrowed(
  statement: Statement,
  openings: readonly Opening[],
  configured: readonly string[],
  isKept: (action: Action) => boolean,
): Remedy {
  const { actions, resources } = statement;
  if (actions.negated || resources.negated)
    return { statement, because: "the statement says what it leaves out, and not what it is for" };
  if (actions.partial || resources.partial)
    return { statement, because: "a part of the statement is not known yet" };
  const offered = configured.map((text) => ({ text, pattern: parsePattern(text) }));
  const whole = resources.entries.some(({ text }) => text === "*")
    ? ["*"]
    : resources.entries.map(({ text }) => text);
  const parts: Part[] = [];
  for (const written of actions.entries) {
    const expanded = expandAction(written.text);
    const opened = expanded.filter(
      (action) => !isKept(action) && openings.some((each) => each.actions.includes(action)),
    );
    if (opened.length === 0) {
      parts.push({ actions: [written.text], resources: whole });
      continue;
    }
    if (expanded.length > MOST_ACTIONS)
      return {
        statement,
        because: `\`${written.text}\` stands for ${expanded.length} actions, and which of them are needed is not known`,
      };
    for (const action of expanded) {
      const own = opened.includes(action) ? openings.filter((each) => each.actions.includes(action)) : [];
      const named = resources.entries.filter((entry) => !own.some(({ entries }) => entries.includes(entry)));
      // What is named for the action already stays named, and what it may use besides is named with it.
      const suiting = [
        ...named,
        ...offered.filter((each) => own.some(({ entries }) => isWithin(entries)(each))),
      ].filter(isOfSome(action.resourceTypes));
      for (const { type, entries } of own) {
        // Of types that are alternatives any will do.
        const types = action.requiredTypes.has(type.name) ? [type] : action.resourceTypes;
        if (!suiting.filter(isWithin(entries)).some(isOfSome(types)))
          return {
            statement,
            because: `no ${type.name} is named for \`${action.name}\`, neither in the statement nor in \`resources\``,
          };
      }
      const on = new Set(suiting.map(({ text }) => text));
      parts.push({ actions: [action.name], resources: own.length === 0 ? whole : [...on] });
    }
  }
  return { statement, statements: writtenAs(statement, together(parts)) };
}

interface Named {
  readonly pattern: Pattern;
}

/** Whether what is named lies within the entries in place of which it is named: `*` may have meant it, `instance/*` means no volume. */
const isWithin = (entries: OpeningEntries): ((named: Named) => boolean) => {
  const patterns = entries.map(({ pattern }) => pattern);
  return ({ pattern }) => covers(patterns, pattern);
};

const isOfSome =
  (types: Action["resourceTypes"]) =>
  ({ pattern }: Named): boolean =>
    types.some(({ arn }) => mayBeOfType(pattern, arn));
