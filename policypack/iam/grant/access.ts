/** What statements select, and what an unconditional Deny takes away from an Allow. */
import { listsAction } from "../evaluation/action-index";
import { withOpenPlace } from "../pattern/arn";
import { EVERYTHING, isEverything, loosened, matches, type Pattern } from "../pattern/pattern";
import { overlaps } from "../pattern/overlap";
import { covers } from "../pattern/region";
import type { Selection, Statement } from "../language/statement";

const patternsOf = (selection: Selection): readonly Pattern[] =>
  selection.entries.map((entry) => entry.pattern);

/**
 * Whether a statement is certainly about an action. An entry that is not known yet adds nothing to a list, and leaves
 * open what "everything but" the list is.
 *
 * @param action - `service:action` in lower case: action names are case-insensitive
 */
export function isAboutAction(statement: Statement, action: string): boolean {
  const { negated, partial } = statement.actions;
  if (negated && partial) return false;
  return listsAction(statement.actions, action) !== negated;
}

/**
 * Whether a statement is about a resource under an arbitrary name, given its ARN. Such a name is none that the document
 * means, so a policy variable is taken not to be it; but a variable for the region or the account may well be the one.
 */
export function isAboutResource(statement: Statement, arn: string): boolean {
  const { negated, partial, entries } = statement.resources;
  if (!negated) return entries.some((entry) => matches(entry.pattern, arn));
  return !partial && !entries.some((entry) => matches(withOpenPlace(entry.pattern), arn));
}

/** Whether no resource escapes a statement. */
export const isAboutEverything = ({ resources: { negated, entries } }: Statement): boolean =>
  !negated && entries.some(({ pattern }) => isEverything(pattern));

/** The statements that deny whatever the request looks like. */
export const unconditionalDenies = (statements: readonly Statement[]): readonly Statement[] =>
  statements.filter((statement) => statement.effect === "Deny" && !statement.conditional);

/**
 * Whether the denials leave nothing of an action on the resources of an Allow: a proof when true.
 *
 * @param allowed - the resources that the Allow selects
 * @param denies - unconditional Deny statements, all of them about the action
 */
export function isFullyDenied(allowed: Selection, denies: readonly Statement[]): boolean {
  const certain = denies.filter(({ resources }) => !(resources.negated && resources.partial));
  const listed = certain
    .filter(({ resources }) => !resources.negated)
    .flatMap((deny) => patternsOf(deny.resources));
  const complements = certain
    .filter(({ resources }) => resources.negated)
    .map((deny) => patternsOf(deny.resources));
  // A complement and a list that holds all it leaves out deny everything together.
  if (complements.some((left) => left.every((pattern) => covers(listed, pattern)))) return true;
  if (allowed.negated) {
    const named = patternsOf(allowed);
    if (complements.some((left) => left.every((pattern) => covers(named, pattern)))) return true;
    return covers([...named, ...listed], EVERYTHING);
  }
  if (allowed.partial) return false;
  return patternsOf(allowed).every(
    (pattern) =>
      covers(listed, pattern) ||
      complements.some((left) => left.every((other) => !overlaps(loosened(pattern), loosened(other)))),
  );
}
