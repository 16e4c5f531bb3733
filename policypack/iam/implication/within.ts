/** Whether one statement is plainly within another, part by part. Where true a proof, whatever policy variables stand for. */
import type { Condition } from "../language/condition";
import { EVERYTHING, isEverything, loosened, variablesIn } from "../pattern/pattern";
import { overlaps } from "../pattern/overlap";
import { type Budget, coverage } from "../pattern/region";
import { assign, type Demand, type KnownKeys } from "./satisfy";
import type { Selection, Statement } from "../language/statement";
import type { Variable } from "../pattern/variable";

/** Whether everything that `inner` selects is selected by `outer`, whatever it is that could not be read of either. */
export function isSelectionWithin(inner: Selection, outer: Selection, left: Budget): boolean {
  if ((inner.partial && !inner.negated) || (outer.partial && outer.negated)) return false;
  if (outer.negated && !isResolvedWith(outer, inner)) return false;
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

/** Whether the policy variables of a complement have a value wherever the other selection means anything. */
function isResolvedWith(complement: Selection, other: Selection): boolean {
  const variablesOf = ({ entries }: Selection): readonly Variable[] =>
    entries.flatMap((entry) => variablesIn(entry.pattern));
  const own = new Set(variablesOf(other).map(({ key }) => key));
  return variablesOf(complement).every(({ key, fallback }) => fallback !== undefined || own.has(key));
}

/** Who asks: a statement that names no principal is about whoever has the policy. */
export function areCallersWithin(inner: Statement, outer: Statement, left: Budget): boolean {
  if (inner.principals === undefined) return true;
  if (outer.principals === undefined) return false;
  // "If you use NotPrincipal … and omit the account, the statement might deny the entire account": who is named in it is not
  // always left out, so only what leaves out no more has certainly got it within.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  if (inner.principals.negated && !outer.principals.negated && !isEverybody(outer.principals)) return false;
  return isSelectionWithin(inner.principals, outer.principals, left);
}

const isEverybody = ({ negated, entries }: Selection): boolean =>
  !negated && entries.some((entry) => isEverything(entry.pattern));

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
