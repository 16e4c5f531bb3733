/** Statements to write instead, as JSON that parses. */
import type { Statement } from "../../iam";

const one = (items: readonly string[]): string | readonly string[] =>
  items.length === 1 && items[0] !== undefined ? items[0] : items;

/** A part of a statement: the actions and resources that replace its own. */
export interface Part {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/**
 * The statement with other actions and resources, once for each part; `Sid`, `Effect`, the principal and `Condition` stay.
 *
 * @returns JSON: one statement, or a list of them
 */
export function rewritten(statement: Statement, parts: readonly Part[]): string {
  const { sid, effect, source } = statement;
  const kept = (name: string): object => (source[name] === undefined ? {} : { [name]: source[name] });
  const written = parts.map(({ actions, resources }, index) => ({
    ...(sid === undefined ? {} : { Sid: index === 0 ? sid : `${sid}${index + 1}` }),
    Effect: effect,
    ...kept("Principal"),
    ...kept("NotPrincipal"),
    Action: one(actions),
    Resource: one(resources),
    ...kept("Condition"),
  }));
  return JSON.stringify(written.length === 1 ? written[0] : written);
}
