/** Whether one statement is plainly within another, part by part. Where true a proof, whatever policy variables stand for. */
import type { Condition } from "./condition";
import { EVERYTHING, loosened } from "./pattern";
import { type Budget, coverage, overlaps } from "./region";
import { assign, type Demand, type KnownKeys } from "./satisfy";
import type { Selection, Statement } from "./statement";

/** Whether everything that `inner` selects is selected by `outer`, whatever it is that could not be read of either. */
export function isSelectionWithin(inner: Selection, outer: Selection, left: Budget): boolean {
  if ((inner.partial && !inner.negated) || (outer.partial && outer.negated)) return false;
  const own = inner.entries.map((entry) => entry.pattern);
  const others = outer.entries.map((entry) => entry.pattern);
  if (inner.negated)
    return outer.negated
      ? others.every((pattern) => coverage(own, pattern, left) === true)
      : coverage([...own, ...others], EVERYTHING, left) === true;
  return outer.negated
    ? own.every((pattern) => !others.some((other) => overlaps(loosened(pattern), loosened(other))))
    : own.every((pattern) => coverage(others, pattern, left) === true);
}

/** Who asks: a statement that names no principal is about whoever has the policy. */
export const areCallersWithin = (inner: Statement, outer: Statement, left: Budget): boolean =>
  inner.principals === undefined ||
  (outer.principals !== undefined && isSelectionWithin(inner.principals, outer.principals, left));

export const demandsOf = ({ tests }: Condition): readonly Demand[] =>
  tests.map((test) => ({ test, passes: true }));

/** What makes a condition fail: any one of these. */
export const failuresOf = ({ tests }: Condition): readonly Demand[] =>
  tests.map((test) => ({ test, passes: false }));

/** Whether every request that meets the condition `a` meets `b`: a proof when true. */
export function implies(a: Condition, b: Condition, known: KnownKeys, left: Budget): boolean {
  if (b.partial) return false;
  return failuresOf(b).every(
    (failure) =>
      a.tests.some((test) => test.identity === failure.test.identity) ||
      assign([...demandsOf(a), failure], [], known, left) === undefined,
  );
}

/** Whether some request may meet the condition. */
export const isSatisfiable = (condition: Condition, known: KnownKeys, left: Budget): boolean =>
  assign(demandsOf(condition), [], known, left) !== undefined;

/** Whether every request meets the condition, so that it restricts nothing: a proof when true. */
export const alwaysHolds = (condition: Condition, known: KnownKeys, left: Budget): boolean =>
  implies({ tests: [], partial: false }, condition, known, left);

/** Whether a statement applies wherever another one does. */
export const isStatementWithin = (
  inner: Statement,
  outer: Statement,
  known: KnownKeys,
  left: Budget,
): boolean =>
  isSelectionWithin(inner.actions, outer.actions, left) &&
  isSelectionWithin(inner.resources, outer.resources, left) &&
  areCallersWithin(inner, outer, left) &&
  implies(inner.condition, outer.condition, known, left);
