/**
 * Cutting what one statement selects along what others select, so that every cell is wholly inside or wholly outside of each.
 *
 * Policy variables make some cuts impossible: a text in which one stands may or may not be what another pattern means, which
 * shows only in a request. There a cell is not cut, and the other statement is taken to select all of it or nothing,
 * whichever makes the proof harder.
 */
import { EVERYTHING, hasVariable, loosened, matches, type Pattern } from "./pattern";
import { type Budget, covers, isExact, overlaps, type Region, sampleOf, textOf, UNDECIDED } from "./region";
import type { Selection } from "./statement";

/** How a selection is taken where nobody can tell what it selects: as nothing (`surely`), or as everything (`possibly`). */
export type Certainty = "surely" | "possibly";

/** The budget of a proof ran out. */
export class OutOfBudget extends Error {}

const patternsOf = ({ entries }: Selection): readonly Pattern[] => entries.map((entry) => entry.pattern);

/** The regions that a selection is the union of. */
export function regionsOf(selection: Selection): readonly Region[] {
  const patterns = patternsOf(selection);
  return selection.negated
    ? [{ all: [EVERYTHING], none: patterns }]
    : patterns.map((pattern) => ({ all: [pattern], none: [] }));
}

/** Whether a region holds no text. @throws {@link OutOfBudget} */
function isEmpty(region: Region, left: Budget): boolean {
  const sample = sampleOf(region, left);
  if (sample === UNDECIDED) throw new OutOfBudget();
  return sample === undefined;
}

/** The parts of a region that a selection selects, and those that it does not. */
export interface Cut {
  readonly inside: readonly Region[];
  readonly outside: readonly Region[];
}

/** Cuts a region along a selection. @throws {@link OutOfBudget} */
export function cut(region: Region, selection: Selection, certainty: Certainty, left: Budget): Cut {
  const patterns = patternsOf(selection);
  const variables = [...region.all, ...patterns].some(hasVariable);
  if (variables && (selection.negated || certainty === "possibly")) {
    const isInside = selectsWhole(region, patterns, selection.negated, certainty);
    return isInside ? { inside: [region], outside: [] } : { inside: [], outside: [region] };
  }
  const { within, beyond } = cutAlong(region, patterns, left);
  return selection.negated ? { inside: beyond, outside: within } : { inside: within, outside: beyond };
}

/** Whether a selection selects a region as a whole, for all values that the policy variables in either may have. */
function selectsWhole(
  { all }: Region,
  patterns: readonly Pattern[],
  negated: boolean,
  certainty: Certainty,
): boolean {
  const mayMeet = patterns.some((pattern) => all.every((own) => overlaps(loosened(own), loosened(pattern))));
  if (!negated) return mayMeet;
  return certainty === "surely" ? !mayMeet : !all.some((own) => covers(patterns, own));
}

/** Cuts a region along patterns: the cells that one of them matches, and the rest. */
function cutAlong(
  region: Region,
  patterns: readonly Pattern[],
  left: Budget,
): { readonly within: readonly Region[]; readonly beyond: readonly Region[] } {
  const whole = { within: [region], beyond: [] };
  const nothing = { within: [], beyond: [region] };
  const exact = region.all.find((pattern) => isExact(pattern) && !hasVariable(pattern));
  if (exact !== undefined) {
    const text = textOf(exact);
    return patterns.some((pattern) => matches(pattern, text)) ? whole : nothing;
  }
  const near = patterns.filter((pattern) => region.all.every((own) => overlaps(own, pattern)));
  if (near.length === 0) return nothing;
  const rest: Region = { all: region.all, none: [...region.none, ...near] };
  if (region.all.some((own) => near.some((pattern) => covers([pattern], own))) || isEmpty(rest, left))
    return whole;
  const within = near
    .map((pattern, index): Region => ({
      all: isExact(pattern) && !hasVariable(pattern) ? [pattern, ...region.all] : [...region.all, pattern],
      none: [...region.none, ...near.slice(0, index)],
    }))
    .filter((cell) => !isEmpty(cell, left));
  return { within, beyond: [rest] };
}
