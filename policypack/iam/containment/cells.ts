/**
 * Cutting what one statement selects along what others select, so that every cell is wholly inside or wholly outside of each.
 *
 * Policy variables make some cuts impossible: a text in which one stands may or may not be what another pattern means, which
 * shows only in a request. There a cell is not cut, and the other statement is taken to select all of it or nothing,
 * whichever makes the proof harder.
 */
import { EVERYTHING, isEverything, loosened, type Pattern } from "../pattern/pattern";
import { factsOf } from "../pattern/pattern-facts";
import { overlaps } from "../pattern/overlap";
import { type Budget, covers, type Region, sampleOf, UNDECIDED } from "../pattern/region";
import { matchText, patternsOf, type SelectionPatterns } from "../evaluation/selection-patterns";
import type { Selection } from "../language/statement";
import { remembered } from "../pattern/remembered";

/** How a selection is taken where nobody can tell what it selects: as nothing (`surely`), or as everything (`possibly`). */
export type Certainty = "surely" | "possibly";

/** The budget of a proof ran out. */
export class OutOfBudget extends Error {}

/** Takes from the budget of a proof. @throws {@link OutOfBudget} */
export function charge(work: Work, steps: number): void {
  work.left -= steps;
  if (work.left <= 0) throw new OutOfBudget();
}

/** A region, and whether it is one text, or has policy variables: asked for every statement that it is held against. */
export interface CellRegion extends Region {
  readonly text: string | undefined;
  readonly variables: boolean;
}

function regionOf(all: readonly Pattern[], none: readonly Pattern[]): CellRegion {
  let text: string | undefined;
  let variables = false;
  for (const pattern of all) {
    const facts = factsOf(pattern);
    text ??= facts.text;
    variables ||= facts.hasVariable;
  }
  return { all, none, text, variables };
}

/** The regions that a selection is the union of. */
export const regionsOf = remembered((selection: Selection): readonly CellRegion[] => {
  const { all } = patternsOf(selection);
  if (!selection.negated) return all.map((pattern) => regionOf([pattern], []));
  // Everything but everything is nothing.
  return all.some(isEverything) ? [] : [regionOf([EVERYTHING], all)];
});

/** Whether every text of a selection stands in another one too, so that it is within it without a question. */
export function isListedIn(inner: Selection, outer: Selection): boolean {
  if (inner.negated || outer.negated || inner.entries.length > outer.entries.length) return false;
  const [own, others] = [patternsOf(inner), patternsOf(outer)];
  if (own.others.length > 0) return false;
  for (const text of own.texts) if (!others.texts.has(text)) return false;
  return true;
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
  /** whether it still matters what is within of the requests that have one of these actions and one of these resources */
  readonly mayMatter: (actions: Region, resources: Region) => boolean;
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
export function extentOf(region: CellRegion, selection: Selection, certainty: Certainty, work: Work): Extent {
  const patterns = patternsOf(selection);
  if (isOpen(region, patterns, selection, certainty))
    return selectsWhole(region, patterns, selection.negated, certainty, work) ? "whole" : "none";
  const extent = extentAlong(region, patterns, isStrict(selection, certainty), work);
  return !selection.negated || extent === "part" ? extent : extent === "whole" ? "none" : "whole";
}

/** Whether policy variables keep a region from being cut. */
const isOpen = (
  region: CellRegion,
  patterns: SelectionPatterns,
  selection: Selection,
  certainty: Certainty,
): boolean => (region.variables || patterns.variables) && isStrict(selection, certainty);

/** Whether leaving out an overlap would make a proof easier. */
const isStrict = ({ negated }: Selection, certainty: Certainty): boolean =>
  negated || certainty === "possibly";

/** Whether a selection selects a region as a whole, for all values that the policy variables in either may have. */
function selectsWhole(
  { all }: CellRegion,
  patterns: SelectionPatterns,
  negated: boolean,
  certainty: Certainty,
  work: Work,
): boolean {
  const loose = all.map(loosened);
  const mayMeet = patterns.all.some((pattern) => meets(loose, loosened(pattern), true, work));
  if (!negated) return mayMeet;
  // Where a variable has no value, nobody can tell what a complement selects.
  if (certainty === "surely" && patterns.variables) return false;
  return certainty === "surely" ? !mayMeet : !all.some((own) => covers(patterns.all, own));
}

function extentAlong(
  { all, text }: CellRegion,
  patterns: SelectionPatterns,
  strict: boolean,
  work: Work,
): Extent {
  if (text !== undefined) return matchText(patterns, text) ? "whole" : "none";
  const near = patterns.all.filter((pattern) => meets(all, pattern, strict, work));
  if (near.length === 0) return "none";
  return all.some((own) => near.some((pattern) => covers([pattern], own))) ? "whole" : "part";
}

/** Whether a pattern overlaps each of those of a region. */
function meets(all: readonly Pattern[], pattern: Pattern, strict: boolean, work: Work): boolean {
  charge(work, all.length);
  if (!all.every((own) => overlaps(own, pattern))) return false;
  if ((strict && !work.byFields) || all.every((own) => overlaps(byFields(own), byFields(pattern))))
    return true;
  work.crossed ||= strict;
  return false;
}

/** The pattern with the wildcards in the first fields of an ARN kept within their fields. */
export const byFields = (pattern: Pattern): Pattern => factsOf(pattern).byFields;

/** The parts of a region that a selection selects, and those that it does not. */
export interface Cut {
  readonly inside: readonly CellRegion[];
  readonly outside: readonly CellRegion[];
}

/** Cuts a region along a selection. @throws {@link OutOfBudget} */
export function cut(region: CellRegion, selection: Selection, certainty: Certainty, work: Work): Cut {
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
  region: CellRegion,
  patterns: SelectionPatterns,
  strict: boolean,
  work: Work,
): { readonly within: readonly CellRegion[]; readonly beyond: readonly CellRegion[] } {
  const whole = { within: [region], beyond: [] };
  const nothing = { within: [], beyond: [region] };
  if (region.text !== undefined) return matchText(patterns, region.text) ? whole : nothing;
  const near = patterns.all.filter((pattern) => meets(region.all, pattern, strict, work));
  if (near.length === 0) return nothing;
  const rest = regionOf(region.all, [...region.none, ...near]);
  if (region.all.some((own) => near.some((pattern) => covers([pattern], own))) || isEmpty(rest, work))
    return whole;
  const within = near
    .map((pattern, index) => regionOf([...region.all, pattern], [...region.none, ...near.slice(0, index)]))
    .filter((cell) => !isEmpty(cell, work));
  return { within, beyond: [rest] };
}
