/** Statements without what changes nothing of what they allow together, and why each of the dropped ones changes nothing. */
import type { Condition, Test } from "./condition";
import { EVERYTHING, loosened, type Pattern } from "./pattern";
import { isExact, overlaps } from "./overlap";
import { budget, coverage } from "./region";
import { assign, type KnownKeys } from "./satisfy";
import type { Entry, Selection, Statement } from "./statement";
import {
  areCallersWithin,
  demandsOf,
  implies,
  isSatisfiable,
  isSelectionWithin,
  isStatementWithin,
} from "./within";

/** Why a statement changes nothing. */
export type Reason = "never met" | "selects nothing" | "within another" | "denied" | "denies nothing allowed";

export interface Idle {
  readonly statement: Statement;
  readonly reason: Reason;
  /** the statement because of which */
  readonly by: Statement | undefined;
}

/** A statement, and what is left of it. */
export interface Work {
  readonly statement: Statement;
  readonly left: Statement;
}

/** Drops all that changes nothing; what cannot be decided stays. */
export function reduced(
  statements: readonly Statement[],
  known: KnownKeys,
): { readonly works: readonly Work[]; readonly idle: readonly Idle[] } {
  const idle: Idle[] = [];
  let works: readonly Work[] = statements.map((statement) => ({ statement, left: statement }));
  // What one step drops may show the next one more to drop; each only drops, so that this ends.
  for (;;) {
    const next = STEPS.reduce((before, step) => step(before, known, idle), works);
    if (next.length === works.length && next.every(({ left }, index) => left === works[index]?.left)) break;
    works = next;
  }
  return { works, idle };
}

export const those = (works: readonly Work[], effect: Statement["effect"]): readonly Work[] =>
  works.filter(({ left }) => left.effect === effect);

type Step = (works: readonly Work[], known: KnownKeys, idle: Idle[]) => readonly Work[];

const STEPS: readonly Step[] = [simplify, dropEmpty, takeAway, dropWithin, dropIdleDenials];

function simplify(works: readonly Work[], known: KnownKeys): readonly Work[] {
  return works.map(({ statement, left }) => {
    const actions = withoutCovered(left.actions);
    const resources = withoutCovered(left.resources);
    const condition = binding(left.condition, known);
    const same = actions === left.actions && resources === left.resources && condition === left.condition;
    const conditional = condition.partial || condition.tests.length > 0;
    return { statement, left: same ? left : { ...left, actions, resources, condition, conditional } };
  });
}

/** Without the entries that another one covers; of equal ones the first stays. */
function withoutCovered(selection: Selection): Selection {
  const { entries } = selection;
  const texts = new Set<string>();
  const unlike = entries.filter(({ pattern }) => {
    const key = JSON.stringify(
      pattern.map((token) => (token.kind === "literal" ? token.value : [token.kind])),
    );
    return texts.size < texts.add(key).size;
  });
  // One text covers no other.
  const wide = unlike.filter(({ pattern }) => !isExact(pattern));
  const dropped = new Set<Entry>();
  for (const entry of [...unlike].reverse()) {
    const others = wide
      .filter((other) => other !== entry && !dropped.has(other))
      .map(({ pattern }) => pattern);
    if (covered(others, entry.pattern)) dropped.add(entry);
  }
  const kept = unlike.filter((entry) => !dropped.has(entry));
  return kept.length === entries.length ? selection : { ...selection, entries: kept };
}

const covered = (patterns: readonly Pattern[], pattern: Pattern): boolean =>
  coverage(patterns, pattern, budget()) === true;

/** Without the tests that hold whenever the others do; those that always hold are among them. */
function binding(condition: Condition, known: KnownKeys): Condition {
  let tests: readonly Test[] = condition.tests;
  for (const test of [...condition.tests].reverse()) {
    const others = tests.filter((other) => other !== test);
    const only = { tests: [test], partial: false };
    if (implies({ tests: others, partial: false }, only, known, budget())) tests = others;
  }
  return tests.length === condition.tests.length ? condition : { ...condition, tests };
}

function dropEmpty(works: readonly Work[], known: KnownKeys, idle: Idle[]): readonly Work[] {
  return works.filter(({ statement, left }) => {
    const selections = [
      left.actions,
      left.resources,
      ...(left.principals === undefined ? [] : [left.principals]),
    ];
    const reason: Reason | undefined = selections.some(selectsNothing)
      ? "selects nothing"
      : isSatisfiable(left.condition, known, budget())
        ? undefined
        : "never met";
    if (reason !== undefined) idle.push({ statement, reason, by: undefined });
    return reason === undefined;
  });
}

const selectsNothing = ({ negated, partial, entries }: Selection): boolean =>
  !partial && (negated ? covered(patternsOf(entries), EVERYTHING) : entries.length === 0);

const patternsOf = (entries: readonly Entry[]): readonly Pattern[] => entries.map(({ pattern }) => pattern);

/** Drops the actions and resources that denials take away wholly. */
function takeAway(works: readonly Work[], known: KnownKeys, idle: Idle[]): readonly Work[] {
  const denials = those(works, "Deny");
  return works.flatMap((work) => {
    const { statement, left } = work;
    if (left.effect === "Deny") return [work];
    const certain = denials.filter(
      ({ left: denial }) =>
        areCallersWithin(left, denial, budget()) &&
        implies(left.condition, denial.condition, known, budget()),
    );
    const within = (dimension: "actions" | "resources"): readonly Work[] =>
      certain.filter(({ left: denial }) => isSelectionWithin(left[dimension], denial[dimension], budget()));
    const actions = less(
      left.actions,
      within("resources").map(({ left: denial }) => denial.actions),
    );
    const resources = less(
      left.resources,
      within("actions").map(({ left: denial }) => denial.resources),
    );
    if (actions === undefined || resources === undefined) {
      const by = (actions === undefined ? within("resources") : within("actions"))[0];
      idle.push({ statement, reason: "denied", by: by?.statement });
      return [];
    }
    if (actions === left.actions && resources === left.resources) return [work];
    return [{ statement, left: { ...left, actions, resources } }];
  });
}

/** What is left of a selection without others, entry by entry; undefined when nothing is. */
function less(own: Selection, others: readonly Selection[]): Selection | undefined {
  if (others.length === 0) return own;
  const listed: Selection = {
    negated: false,
    path: "",
    partial: false,
    entries: others.filter(({ negated }) => !negated).flatMap(({ entries }) => entries),
  };
  const all = [listed, ...others.filter(({ negated }) => negated)];
  const isTaken = (selection: Selection): boolean =>
    all.some((other) => isSelectionWithin(selection, other, budget()));
  if (own.negated) return isTaken(own) ? undefined : own;
  const entries = own.entries.filter((entry) => !isTaken({ ...own, entries: [entry] }));
  if (entries.length === own.entries.length) return own;
  return entries.length === 0 ? undefined : { ...own, entries };
}

/** Of equal statements the first stays. */
function dropWithin(works: readonly Work[], known: KnownKeys, idle: Idle[]): readonly Work[] {
  let kept = works;
  for (const work of [...works].reverse()) {
    const outer = kept.find(
      (other) =>
        other !== work &&
        other.left.effect === work.left.effect &&
        isStatementWithin(work.left, other.left, known, budget()),
    );
    if (outer === undefined) continue;
    kept = kept.filter((other) => other !== work);
    idle.push({ statement: work.statement, reason: "within another", by: outer.statement });
  }
  return kept;
}

function dropIdleDenials(works: readonly Work[], known: KnownKeys, idle: Idle[]): readonly Work[] {
  const allows = those(works, "Allow");
  return works.filter(({ statement, left }) => {
    if (left.effect === "Allow" || allows.some((allow) => mayMeet(allow.left, left, known))) return true;
    idle.push({ statement, reason: "denies nothing allowed", by: undefined });
    return false;
  });
}

/** Whether some request may be one of both statements: a proof when false. */
export const mayMeet = (a: Statement, b: Statement, known: KnownKeys): boolean =>
  mayShare(a.actions, b.actions) &&
  mayShare(a.resources, b.resources) &&
  (a.principals === undefined || b.principals === undefined || mayShare(a.principals, b.principals)) &&
  assign([...demandsOf(a.condition), ...demandsOf(b.condition)], [], known, budget()) !== undefined;

function mayShare(a: Selection, b: Selection): boolean {
  if (a.negated && b.negated)
    return !covered([...patternsOf(a.entries), ...patternsOf(b.entries)], EVERYTHING);
  if (a.negated) return mayShare(b, a);
  return a.partial || b.partial || a.entries.some((entry) => mayTake(b, entry.pattern));
}

export const mayTake = ({ negated, entries }: Selection, pattern: Pattern): boolean =>
  negated
    ? !covered(patternsOf(entries), pattern)
    : entries.some((other) => overlaps(loosened(pattern), loosened(other.pattern)));
