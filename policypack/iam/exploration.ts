/**
 * Where an Allow statement grants more than reference policies do: its requests are cut into cells, by action, resource and
 * caller, in each of which every other statement selects all or nothing; what is left is a question about conditions.
 */
import { selectionFor, serviceIn } from "./action-index";
import { type Certainty, type Cut, cut, OutOfBudget, regionsOf } from "./cells";
import { EVERYTHING } from "./pattern";
import { type Budget, type Region, UNDECIDED } from "./region";
import { assign, type Assignment, type Demand, type KnownKeys } from "./satisfy";
import type { Selection, Statement } from "./statement";
import {
  areCallersWithin,
  demandsOf,
  failuresOf,
  implies,
  isSelectionWithin,
  isStatementWithin,
} from "./within";

/** A statement beside the one that is explored: a denial beside it, or an Allow or a Deny of the reference. */
export interface Other {
  readonly statement: Statement;
  readonly role: "denies" | "approves" | "disapproves";
  readonly id: number;
}

/** What a denial takes away, and what the reference allows, must be so surely; what the reference denies, possibly. */
const CERTAINTY: Readonly<Record<Other["role"], Certainty>> = {
  denies: "surely",
  approves: "surely",
  disapproves: "possibly",
};

const DIMENSIONS = ["actions", "resources", "principals"] as const;
type Dimension = (typeof DIMENSIONS)[number];
/** What is not written selects everything: whoever has an identity-based policy. */
const UNWRITTEN: Selection = {
  negated: false,
  path: "",
  entries: [{ text: "*", path: "", pattern: EVERYTHING }],
  partial: false,
};
const selectionOf = (statement: Statement, dimension: Dimension): Selection =>
  statement[dimension] ?? UNWRITTEN;

export type Cell = Readonly<Record<Dimension, Region>>;

/** Requests that an Allow statement allows and the reference may not: a cell, and values of condition keys. */
export interface Excess {
  readonly statement: Statement;
  readonly cell: Cell;
  readonly assignment: Assignment;
}

/** What an Allow statement of the candidate is held against. */
export interface Sides {
  readonly allows: readonly Statement[];
  /** those that can be about actions of a service; all of them where it is open */
  readonly othersFor: (service: string | undefined) => readonly Other[];
}

/** Takes both sides apart; a denial of the reference that the candidate has too takes nothing away from it. */
export function sidesOf(
  reference: readonly Statement[],
  candidate: readonly Statement[],
  known: KnownKeys,
  left: Budget,
): Sides {
  const of = (statements: readonly Statement[], effect: Statement["effect"]): readonly Statement[] =>
    statements.filter((statement) => statement.effect === effect);
  const denies = of(candidate, "Deny");
  const disapprovals = of(reference, "Deny").filter(
    (statement) => !denies.some((denial) => isStatementWithin(statement, denial, known, left)),
  );
  // Approvals first: what one of them settles need not be cut any further.
  const others = [
    ...of(reference, "Allow").map((statement) => ({ statement, role: "approves" as const })),
    ...denies.map((statement) => ({ statement, role: "denies" as const })),
    ...disapprovals.map((statement) => ({ statement, role: "disapproves" as const })),
  ].map((other, id): Other => ({ ...other, id }));
  const byService = new Map<string, readonly Other[]>();
  return {
    allows: of(candidate, "Allow"),
    othersFor: (service) => {
      if (service === undefined) return others;
      const isAbout = ({ statement: { actions } }: Other): boolean =>
        actions.negated || selectionFor(actions, service).entries.length > 0;
      const found = byService.get(service) ?? others.filter(isAbout);
      byService.set(service, found);
      return found;
    },
  };
}

/** Every excess of a statement, as far as somebody goes on asking. @throws {@link OutOfBudget} */
export const excesses = (
  statement: Statement,
  sides: Sides,
  known: KnownKeys,
  left: Budget,
): Generator<Excess> => new Exploration(statement, sides, known, left).excesses();

/** A part of a region, and the statements that select it. */
interface Piece {
  readonly region: Region;
  readonly others: readonly Other[];
}

const serviceOf = ({ all: [pattern] }: Region): string | undefined =>
  pattern === undefined ? undefined : serviceIn(pattern);

class Exploration {
  readonly #statement: Statement;
  readonly #sides: Sides;
  readonly #known: KnownKeys;
  readonly #left: Budget;
  /** sets of statements, by level, within which nothing exceeds */
  readonly #proven = new Set<string>();
  readonly #within = new Map<string, boolean>();

  constructor(statement: Statement, sides: Sides, known: KnownKeys, left: Budget) {
    this.#statement = statement;
    this.#sides = sides;
    this.#known = known;
    this.#left = left;
  }

  *excesses(others?: readonly Other[], level = 0, cell: Partial<Cell> = {}): Generator<Excess> {
    const dimension = DIMENSIONS[level];
    if (dimension === undefined) {
      yield* this.#conditions(others ?? [], cell as Cell);
      return;
    }
    for (const region of regionsOf(selectionOf(this.#statement, dimension))) {
      const service = level === 0 ? serviceOf(region) : undefined;
      for (const piece of this.#pieces(region, others ?? this.#sides.othersFor(service), level)) {
        const key = `${level}:${piece.others.map(({ id }) => id).join()}`;
        if (this.#proven.has(key)) continue;
        let exceeds = false;
        for (const excess of this.excesses(piece.others, level + 1, { ...cell, [dimension]: piece.region })) {
          exceeds = true;
          yield excess;
        }
        if (!exceeds) this.#proven.add(key);
      }
    }
  }

  /** Cuts a region along all other statements; what is settled on the way is dropped. */
  #pieces(region: Region, others: readonly Other[], level: number): readonly Piece[] {
    const mayBeSettled = !others.some(({ role }) => role === "disapproves");
    let pieces: Piece[] = [{ region, others: [] }];
    for (const other of others) {
      const settles = other.role === "denies" || (other.role === "approves" && mayBeSettled);
      const next: Piece[] = [];
      for (const piece of pieces) {
        const { inside, outside } = this.#cut(piece.region, other, level);
        for (const part of outside) next.push({ region: part, others: piece.others });
        if (inside.length === 0 || (settles && this.#isWithin(other, level))) continue;
        for (const part of inside) next.push({ region: part, others: [...piece.others, other] });
      }
      pieces = next;
    }
    return pieces;
  }

  #cut(region: Region, other: Other, level: number): Cut {
    const dimension = DIMENSIONS[level] ?? "actions";
    const selection = selectionOf(other.statement, dimension);
    const near = dimension === "actions" ? selectionFor(selection, serviceOf(region)) : selection;
    return cut(region, near, CERTAINTY[other.role], this.#left);
  }

  /** Whether a statement applies to all that the explored one allows, as far as the later dimensions and conditions go. */
  #isWithin({ statement, id }: Other, level: number): boolean {
    const key = `${level}:${id}`;
    const known = this.#within.get(key);
    if (known !== undefined) return known;
    const own = this.#statement;
    const answer =
      (level >= 1 || isSelectionWithin(own.resources, statement.resources, this.#left)) &&
      (level >= 2 || areCallersWithin(own, statement, this.#left)) &&
      implies(own.condition, statement.condition, this.#known, this.#left);
    this.#within.set(key, answer);
    return answer;
  }

  /** What is left to ask in a cell: whether some request meets the condition, but none of the denials' or approvals'. */
  *#conditions(others: readonly Other[], cell: Cell): Generator<Excess> {
    const those = (role: Other["role"]): readonly Statement[] =>
      others.filter((other) => other.role === role).map((other) => other.statement);
    const undenied = those("denies").map(({ condition }) => failuresOf(condition));
    const own = demandsOf(this.#statement.condition);
    yield* this.#found(
      own,
      [...undenied, ...those("approves").map(({ condition }) => failuresOf(condition))],
      cell,
    );
    for (const { condition } of those("disapproves"))
      yield* this.#found([...own, ...demandsOf(condition)], undenied, cell);
  }

  *#found(
    demands: readonly Demand[],
    choices: readonly (readonly Demand[])[],
    cell: Cell,
  ): Generator<Excess> {
    const assignment = assign(demands, choices, this.#known, this.#left);
    if (assignment === UNDECIDED) throw new OutOfBudget();
    if (assignment !== undefined) yield { statement: this.#statement, cell, assignment };
  }
}
