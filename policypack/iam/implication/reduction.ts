/** Statements without what changes nothing of what they allow together, and why each of the dropped ones changes nothing. */
import type { Condition, Test } from "../language/condition";
import { EVERYTHING, loosened, type Pattern } from "../pattern/pattern";
import { isExact, overlaps } from "../pattern/overlap";
import { budget, coverage } from "../pattern/region";
import { assign, type KnownKeys } from "./satisfy";
import type { Entry, Selection, Statement } from "../language/statement";
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
  /** the statements because of which, all of them together */
  readonly by: readonly Statement[];
}

/** Entries of an Allow that a Deny takes away wholly. */
export interface Taken {
  /** the Deny, as written */
  readonly by: Statement;
  /** the denials without which it does not: only all of them together do */
  readonly together: readonly Statement[];
  /** the Allow, as written */
  readonly from: Statement;
  /** those of its actions or resources; or all of it; or the rest, after what others take */
  readonly entries: readonly Entry[] | "all" | "rest";
}

/** A statement, and what is left of it. */
export interface Remainder {
  readonly statement: Statement;
  readonly left: Statement;
}

/** What the steps have dropped. */
interface Dropped {
  readonly idle: Idle[];
  readonly taken: Taken[];
}

export interface Reduced {
  readonly remainders: readonly Remainder[];
  readonly idle: readonly Idle[];
  readonly taken: readonly Taken[];
}

/** Drops all that changes nothing; what cannot be decided stays. */
export function reduced(statements: readonly Statement[], known: KnownKeys): Reduced {
  const dropped: Dropped = { idle: [], taken: [] };
  let remainders: readonly Remainder[] = statements.map((statement) => ({ statement, left: statement }));
  // What one step drops may show the next one more to drop; each only drops, so that this ends.
  for (;;) {
    const next = STEPS.reduce((before, step) => step(before, known, dropped), remainders);
    if (
      next.length === remainders.length &&
      next.every(({ left }, index) => left === remainders[index]?.left)
    )
      break;
    remainders = next;
  }
  return { remainders, ...dropped };
}

export const those = (remainders: readonly Remainder[], effect: Statement["effect"]): readonly Remainder[] =>
  remainders.filter(({ left }) => left.effect === effect);

type Step = (remainders: readonly Remainder[], known: KnownKeys, dropped: Dropped) => readonly Remainder[];

const STEPS: readonly Step[] = [simplify, dropEmpty, takeAway, dropWithin, dropIdleDenials];

function simplify(remainders: readonly Remainder[], known: KnownKeys): readonly Remainder[] {
  return remainders.map(({ statement, left }) => {
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

function dropEmpty(
  remainders: readonly Remainder[],
  known: KnownKeys,
  { idle }: Dropped,
): readonly Remainder[] {
  return remainders.filter(({ statement, left }) => {
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
    if (reason !== undefined) idle.push({ statement, reason, by: [] });
    return reason === undefined;
  });
}

const selectsNothing = ({ negated, partial, entries }: Selection): boolean =>
  !partial && (negated ? covered(patternsOf(entries), EVERYTHING) : entries.length === 0);

const patternsOf = (entries: readonly Entry[]): readonly Pattern[] => entries.map(({ pattern }) => pattern);

/** Drops the actions and resources that denials take away wholly. */
function takeAway(
  remainders: readonly Remainder[],
  known: KnownKeys,
  { idle, taken }: Dropped,
): readonly Remainder[] {
  const denials = those(remainders, "Deny");
  return remainders.flatMap((work) => {
    const { statement, left } = work;
    if (left.effect === "Deny") return [work];
    const certain = denials.filter(
      ({ left: denial }) =>
        areCallersWithin(left, denial, budget()) &&
        implies(left.condition, denial.condition, known, budget()),
    );
    const within = (dimension: Dimension): readonly Remainder[] =>
      certain.filter(({ left: denial }) => isSelectionWithin(left[dimension], denial[dimension], budget()));
    const actions = less(left, "actions", within("resources"));
    const resources = less(left, "resources", within("actions"));
    const before = taken.filter(({ from }) => from === statement);
    const all = [actions, resources].find((each) => each.selection === undefined);
    const takings = all === undefined ? [...actions.takings, ...resources.takings] : all.takings;
    for (const { entries, by } of takings)
      for (const denial of by)
        taken.push({
          by: denial.statement,
          together: by.filter((other) => other !== denial).map((other) => other.statement),
          from: statement,
          entries: entries === "all" && before.length > 0 ? "rest" : entries,
        });
    if (actions.selection === undefined || resources.selection === undefined) {
      const used = new Set([...before.map(({ by }) => by), ...(all?.used ?? []).map((own) => own.statement)]);
      idle.push({ statement, reason: "denied", by: [...used] });
      return [];
    }
    if (actions.selection === left.actions && resources.selection === left.resources) return [work];
    return [{ statement, left: { ...left, actions: actions.selection, resources: resources.selection } }];
  });
}

type Dimension = "actions" | "resources";

/** What is left of a selection, and which denials take what; none of those named together can be spared. */
interface Less {
  /** undefined when nothing is left */
  readonly selection: Selection | undefined;
  readonly takings: readonly {
    readonly entries: readonly Entry[] | "all";
    readonly by: readonly Remainder[];
  }[];
  /** denials that are enough for everything that is taken */
  readonly used: readonly Remainder[];
}

/** What is left of a list without what denials have in theirs, entry by entry. */
function less(statement: Statement, dimension: Dimension, denials: readonly Remainder[]): Less {
  const own = statement[dimension];
  const parts = own.negated ? [own] : own.entries.map((entry) => ({ ...own, entries: [entry] }));
  const isTaken = (part: Selection, by: readonly Remainder[]): boolean =>
    isWithinAny(
      part,
      by.map(({ left }) => left[dimension]),
    );
  const gone = denials.length === 0 ? [] : parts.filter((part) => isTaken(part, denials));
  if (gone.length === 0) return { selection: own, takings: [], used: [] };
  const used = fewest(denials, (some) => gone.every((part) => isTaken(part, some)));
  const isAll = gone.length === parts.length;
  const whole = isAll ? denials.filter((each) => gone.every((part) => isTaken(part, [each]))) : [];
  const others = denials.filter((each) => !whole.includes(each));
  const takings = own.negated
    ? whole.length > 0
      ? []
      : [{ entries: "all" as const, by: used }]
    : gone.flatMap((part) => {
        const alone = others.filter((each) => isTaken(part, [each]));
        const sets = alone.map((each) => [each]);
        if (sets.length === 0 && whole.length === 0)
          sets.push([...fewest(others, (some) => isTaken(part, some))]);
        return sets.map((by) => ({ entries: part.entries, by }));
      });
  const kept = parts.filter((part) => !gone.includes(part)).flatMap(({ entries }) => entries);
  return {
    selection: isAll ? undefined : { ...own, entries: kept },
    takings: [...whole.map((each) => ({ entries: "all" as const, by: [each] })), ...takings],
    used,
  };
}

/** Whether a selection is within the others, where lists of entries count as one list. */
function isWithinAny(selection: Selection, others: readonly Selection[]): boolean {
  const listed: Selection = {
    negated: false,
    path: "",
    partial: false,
    entries: others.filter(({ negated }) => !negated).flatMap(({ entries }) => entries),
  };
  return [listed, ...others.filter(({ negated }) => negated)].some((other) =>
    isSelectionWithin(selection, other, budget()),
  );
}

/** Some that are enough and of which none can be spared, rather the first than the last. */
function fewest(
  all: readonly Remainder[],
  isEnough: (some: readonly Remainder[]) => boolean,
): readonly Remainder[] {
  let kept = all;
  for (const each of [...all].reverse()) {
    const others = kept.filter((other) => other !== each);
    if (isEnough(others)) kept = others;
  }
  return kept;
}

/** Of equal statements the first stays. */
function dropWithin(
  remainders: readonly Remainder[],
  known: KnownKeys,
  { idle }: Dropped,
): readonly Remainder[] {
  let kept = remainders;
  for (const work of [...remainders].reverse()) {
    const outer = kept.find(
      (other) =>
        other !== work &&
        other.left.effect === work.left.effect &&
        isStatementWithin(work.left, other.left, known, budget()),
    );
    if (outer === undefined) continue;
    kept = kept.filter((other) => other !== work);
    idle.push({ statement: work.statement, reason: "within another", by: [outer.statement] });
  }
  return kept;
}

function dropIdleDenials(
  remainders: readonly Remainder[],
  known: KnownKeys,
  { idle, taken }: Dropped,
): readonly Remainder[] {
  const allows = those(remainders, "Allow");
  return remainders.filter(({ statement, left }) => {
    if (left.effect === "Allow" || allows.some((allow) => mayMeet(allow.left, left, known))) return true;
    // What it takes away is gone from the others by now; without it, it would not be.
    if (!taken.some(({ by }) => by === statement))
      idle.push({ statement, reason: "denies nothing allowed", by: [] });
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
