/** What of an Allow the Deny statements of the same document take away wholly: a proof, entry by entry. */
import { EVERYTHING } from "../pattern/pattern";
import type { Budget } from "../pattern/region";
import type { KnownKeys } from "../implication/satisfy";
import type { Entry, Selection, Statement } from "../language/statement";
import { areCallersWithin, implies, isSelectionWithin } from "../implication/within";

export interface Denied {
  /** the actions, the resources, or the whole of the statement */
  readonly what: "actions" | "resources" | "statement";
  /** those taken away; none where it is the whole statement */
  readonly entries: readonly Entry[];
  /** the denials without any of which less would be taken away */
  readonly by: readonly Statement[];
}

type Dimension = "actions" | "resources";

/** What is taken away wholly of an Allow; whatever cannot be decided is not. */
export function deniedOf(
  allow: Statement,
  denials: readonly Statement[],
  known: KnownKeys,
  left: Budget,
): readonly Denied[] {
  const certain = denials.filter(
    (denial) =>
      (isWithin(allow.actions, denial.actions, left) || isWithin(allow.resources, denial.resources, left)) &&
      areCallersWithin(allow, denial, left) &&
      implies(allow.condition, denial.condition, known, left),
  );
  const found: Denied[] = [];
  for (const [what, other] of [
    ["actions", "resources"],
    ["resources", "actions"],
  ] as const) {
    const by = certain.filter((denial) => isWithin(allow[other], denial[other], left));
    const parts = partsOf(allow[what]);
    const gone = by.length === 0 ? [] : parts.filter((part) => isWithinAny(part, by, what, left));
    if (gone.length === 0) continue;
    const used = fewest(by, (some) => gone.every((part) => isWithinAny(part, some, what, left)));
    if (gone.length === parts.length) return [{ what: "statement", entries: [], by: used }];
    found.push({ what, entries: gone.flatMap(({ entries }) => entries), by: used });
  }
  return found;
}

/** Each entry by itself; of everything but some there is but one part, and so there is of what is not all known. */
const partsOf = (selection: Selection): readonly Selection[] =>
  selection.negated
    ? [selection]
    : [
        ...selection.entries.map((entry): Selection => ({ ...selection, entries: [entry], partial: false })),
        ...(selection.partial ? [{ ...selection, entries: [] }] : []),
      ];

/** Whether a selection is within those of some denials together: lists count as one list. */
function isWithinAny(part: Selection, denials: readonly Statement[], what: Dimension, left: Budget): boolean {
  if (left.left <= 0) return false;
  const all = denials.map((denial) => denial[what]);
  const listed: Selection = {
    negated: false,
    path: "",
    partial: false,
    entries: all.filter(({ negated }) => !negated).flatMap(({ entries }) => entries),
  };
  return [listed, ...all.filter(({ negated }) => negated)].some((other) => isWithin(part, other, left));
}

/** The same question, with what is compared pair by pair counted against the budget, too. */
function isWithin(inner: Selection, outer: Selection, left: Budget): boolean {
  left.left -= (inner.entries.length * outer.entries.length) / PAIRS_IN_A_STEP;
  if (outer.negated && !inner.negated) left.left -= (lengthOf(inner) * lengthOf(outer)) / PLACES_IN_A_STEP;
  return left.left > 0 && isSelectionWithin(inner, outer, left);
}
const PAIRS_IN_A_STEP = 4;
const PLACES_IN_A_STEP = 20;
const lengthOf = ({ entries }: Selection): number =>
  entries.reduce((sum, { pattern }) => sum + pattern.length, EVERYTHING.length);

/** Some that are enough and of which none can be spared, rather the first than the last. */
function fewest(
  all: readonly Statement[],
  isEnough: (some: readonly Statement[]) => boolean,
): readonly Statement[] {
  const alone = all.find((each) => isEnough([each]));
  if (alone !== undefined) return [alone];
  let kept = all;
  for (const each of [...all].reverse()) {
    const others = kept.filter((other) => other !== each);
    if (isEnough(others)) kept = others;
  }
  return kept;
}
