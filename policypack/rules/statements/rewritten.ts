/** Statements to write instead, as JSON that parses. */
import type { JsonObject, Statement } from "../../iam";

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
export const rewritten = (statement: Statement, parts: readonly Part[]): string =>
  printed(writtenAs(statement, parts));

/** The same, as statements. */
export function writtenAs({ sid, effect, source }: Statement, parts: readonly Part[]): readonly JsonObject[] {
  const kept = (name: string): JsonObject => {
    const value = source[name];
    return value === undefined ? {} : { [name]: value };
  };
  return parts.map(({ actions, resources }, index) => ({
    ...(sid === undefined ? {} : { Sid: index === 0 ? sid : `${sid}${index + 1}` }),
    Effect: effect,
    ...kept("Principal"),
    ...kept("NotPrincipal"),
    Action: one(actions),
    Resource: one(resources),
    ...kept("Condition"),
  }));
}

/** Statements as JSON: one of them alone, or a list. */
export const printed = (statements: readonly JsonObject[]): string =>
  JSON.stringify(statements.length === 1 ? statements[0] : statements);
