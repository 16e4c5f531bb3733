/**
 * Cutting what one statement selects along what others select, so that every cell is wholly inside or wholly outside of each.
 *
 * Policy variables make some cuts impossible: a text in which one stands may or may not be what another pattern means, which
 * shows only in a request. There a cell is not cut, and the other statement is taken to select all of it or nothing,
 * whichever makes the proof harder.
 */
import { EVERYTHING, hasVariable, keptInFields, loosened, matches, type Pattern } from "./pattern";
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

/** The work on a proof: its budget, and how it takes wildcards that match beyond the fields of an ARN. */
export interface Work extends Budget {
  /**
   * "If the * wildcard is the last character of a resource ARN segment, it can expand to match beyond the colon boundaries":
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html. So `…:*:*:subnet/*` and
   * `…:*:*:instance/*` have resources in common, with a colon and another path in their names. With `byFields` such overlaps
   * are left out, and where that may make a difference `crossed` is set.
   */
  readonly byFields: boolean;
  crossed: boolean;
}

/** Whether a region holds no text. @throws {@link OutOfBudget} */
function isEmpty(region: Region, work: Work): boolean {
  const sample = sampleOf(region, work);
  if (sample === UNDECIDED) throw new OutOfBudget();
  return sample === undefined;
}

/** How much of a region a selection selects; `part` where it would take a search to tell. */
export type Extent = "whole" | "part" | "none";

/** How much of a region a selection selects, as far as that can be seen without a search. */
export function extentOf(region: Region, selection: Selection, certainty: Certainty, work: Work): Extent {
  const patterns = patternsOf(selection);
  if (isOpen(region, patterns, selection, certainty))
    return selectsWhole(region, patterns, selection.negated, certainty, work) ? "whole" : "none";
  const extent = extentAlong(region, patterns, isStrict(selection, certainty), work);
  return !selection.negated || extent === "part" ? extent : extent === "whole" ? "none" : "whole";
}

/** Whether policy variables keep a region from being cut. */
const isOpen = (
  { all }: Region,
  patterns: readonly Pattern[],
  { negated }: Selection,
  certainty: Certainty,
): boolean => (negated || certainty === "possibly") && (all.some(hasVariable) || patterns.some(hasVariable));

/** Whether leaving out an overlap would make a proof easier. */
const isStrict = ({ negated }: Selection, certainty: Certainty): boolean =>
  negated || certainty === "possibly";

/** Whether a selection selects a region as a whole, for all values that the policy variables in either may have. */
function selectsWhole(
  { all }: Region,
  patterns: readonly Pattern[],
  negated: boolean,
  certainty: Certainty,
  work: Work,
): boolean {
  const loose = all.map(loosened);
  const mayMeet = patterns.some((pattern) => meets(loose, loosened(pattern), true, work));
  if (!negated) return mayMeet;
  return certainty === "surely" ? !mayMeet : !all.some((own) => covers(patterns, own));
}

function extentAlong({ all }: Region, patterns: readonly Pattern[], strict: boolean, work: Work): Extent {
  const text = textIn(all);
  if (text !== undefined) return patterns.some((pattern) => matches(pattern, text)) ? "whole" : "none";
  const near = patterns.filter((pattern) => meets(all, pattern, strict, work));
  if (near.length === 0) return "none";
  return all.some((own) => near.some((pattern) => covers([pattern], own))) ? "whole" : "part";
}

/** The one text of a region, where one of its patterns has no wildcards. */
function textIn(all: readonly Pattern[]): string | undefined {
  const exact = all.find((pattern) => isExact(pattern) && !hasVariable(pattern));
  return exact === undefined ? undefined : textOf(exact);
}

/** Whether a pattern overlaps each of those of a region. */
function meets(all: readonly Pattern[], pattern: Pattern, strict: boolean, work: Work): boolean {
  if (!all.every((own) => overlaps(own, pattern))) return false;
  if ((strict && !work.byFields) || all.every((own) => overlaps(byFields(own), byFields(pattern))))
    return true;
  work.crossed ||= strict;
  return false;
}

const aligned = new WeakMap<Pattern, Pattern>();

/** The pattern with the wildcards in the first fields of an ARN kept within their fields. */
export function byFields(pattern: Pattern): Pattern {
  const known = aligned.get(pattern);
  if (known !== undefined) return known;
  const made = keptInFields(pattern) ?? pattern;
  aligned.set(pattern, made);
  return made;
}

/** The parts of a region that a selection selects, and those that it does not. */
export interface Cut {
  readonly inside: readonly Region[];
  readonly outside: readonly Region[];
}

/** Cuts a region along a selection. @throws {@link OutOfBudget} */
export function cut(region: Region, selection: Selection, certainty: Certainty, work: Work): Cut {
  const patterns = patternsOf(selection);
  if (isOpen(region, patterns, selection, certainty)) {
    const isInside = selectsWhole(region, patterns, selection.negated, certainty, work);
    return isInside ? { inside: [region], outside: [] } : { inside: [], outside: [region] };
  }
  const { within, beyond } = cutAlong(region, patterns, isStrict(selection, certainty), work);
  return selection.negated ? { inside: beyond, outside: within } : { inside: within, outside: beyond };
}

/** Cuts a region along patterns: the cells that one of them matches, and the rest. */
function cutAlong(
  region: Region,
  patterns: readonly Pattern[],
  strict: boolean,
  work: Work,
): { readonly within: readonly Region[]; readonly beyond: readonly Region[] } {
  const whole = { within: [region], beyond: [] };
  const nothing = { within: [], beyond: [region] };
  const text = textIn(region.all);
  if (text !== undefined) return patterns.some((pattern) => matches(pattern, text)) ? whole : nothing;
  const near = patterns.filter((pattern) => meets(region.all, pattern, strict, work));
  if (near.length === 0) return nothing;
  const rest: Region = { all: region.all, none: [...region.none, ...near] };
  if (region.all.some((own) => near.some((pattern) => covers([pattern], own))) || isEmpty(rest, work))
    return whole;
  const within = near
    .map((pattern, index): Region => ({
      all: isExact(pattern) && !hasVariable(pattern) ? [pattern, ...region.all] : [...region.all, pattern],
      none: [...region.none, ...near.slice(0, index)],
    }))
    .filter((cell) => !isEmpty(cell, work));
  return { within, beyond: [rest] };
}
