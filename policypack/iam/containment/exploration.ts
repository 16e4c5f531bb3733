/**
 * Where an Allow statement grants more than reference policies do: its requests are cut into cells, by action, resource and
 * caller, in each of which every other statement selects all or nothing; what is left is a question about conditions.
 */
import { selectionFor, serviceIn } from "../evaluation/action-index";
import {
  type CellRegion,
  type Certainty,
  type Cut,
  charge,
  cut,
  extentOf,
  isListedIn,
  OutOfBudget,
  regionsOf,
  type Work,
} from "./cells";
import { EVERYTHING } from "../pattern/pattern";
import { mayBeNamedOtherwise } from "../language/principal";
import { type Region, UNDECIDED } from "../pattern/region";
import { assign, type Assignment, type Demand, type KnownKeys } from "../implication/satisfy";
import type { Selection, Statement } from "../language/statement";
import {
  areCallersWithin,
  demandsOf,
  failuresOf,
  implies,
  isSelectionWithin,
  isStatementWithin,
} from "../implication/within";

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
/** What is not written selects everybody: whoever has an identity-based policy. */
const UNWRITTEN: Selection = {
  negated: false,
  path: "",
  entries: [{ text: "*", path: "", pattern: EVERYTHING }],
  partial: false,
};
const selectionOf = (statement: Statement, dimension: Dimension): Selection =>
  statement[dimension] ?? UNWRITTEN;

/** What a statement may select: whom `NotPrincipal` names is not always left out. See {@link areCallersWithin}. */
const possiblyOf = (statement: Statement, dimension: Dimension): Selection =>
  dimension === "principals" && statement.principals?.negated === true
    ? UNWRITTEN
    : selectionOf(statement, dimension);

/** What a denial may select of what another statement selects: the same caller may stand in both under different names. */
function possiblyBeside(own: Statement, statement: Statement, dimension: Dimension): Selection {
  const named = [own.principals, statement.principals].filter((principals) => principals !== undefined);
  return dimension === "principals" && named.some(mayBeNamedOtherwise)
    ? UNWRITTEN
    : possiblyOf(statement, dimension);
}

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
  work: Work,
): Sides {
  const of = (statements: readonly Statement[], effect: Statement["effect"]): readonly Statement[] =>
    statements.filter((statement) => statement.effect === effect);
  const denies = of(candidate, "Deny");
  const disapprovals = of(reference, "Deny").filter(
    (statement) => !denies.some((denial) => isStatementWithin(statement, denial, known, work)),
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
  work: Work,
): Iterable<Excess> => {
  const exploration = new Exploration(statement, sides, known, work);
  return exploration.isListed ? [] : exploration.excesses();
};

/** A region, the statements that select all of it, and those that select a part. */
interface Piece {
  readonly region: CellRegion;
  readonly whole: readonly Other[];
  readonly part: readonly Other[];
}

const ids = (others: readonly Other[]): string => others.map(({ id }) => id).join();

const serviceOf = ({ all: [pattern] }: Region): string | undefined =>
  pattern === undefined ? undefined : serviceIn(pattern);

class Exploration {
  readonly #statement: Statement;
  readonly #sides: Sides;
  readonly #known: KnownKeys;
  readonly #work: Work;
  /** sets of statements, by level, within which nothing exceeds */
  readonly #proven = new Set<string>();
  readonly #within = new Map<string, boolean>();
  /** how many cells were not looked into, since nothing in them matters */
  #passedOver = 0;

  constructor(statement: Statement, sides: Sides, known: KnownKeys, work: Work) {
    this.#statement = statement;
    this.#sides = sides;
    this.#known = known;
    this.#work = work;
  }

  /** Whether one statement of the reference has all that the explored one has, and none takes any of it away. */
  get isListed(): boolean {
    const others = this.#sides.othersFor(undefined);
    return (
      !others.some(({ role }) => role === "disapproves") &&
      others.some(
        (other) =>
          other.role === "approves" &&
          isListedIn(this.#statement.actions, other.statement.actions) &&
          this.#isWithin(other, 0),
      )
    );
  }

  *excesses(others?: readonly Other[], level = 0, cell: Partial<Cell> = {}): Generator<Excess> {
    const dimension = DIMENSIONS[level];
    if (dimension === undefined) {
      yield* this.#conditions(others ?? [], cell as Cell);
      return;
    }
    for (const region of regionsOf(possiblyOf(this.#statement, dimension))) {
      const service = level === 0 ? serviceOf(region) : undefined;
      const piece = this.#sorted(region, [], others ?? this.#sides.othersFor(service), level);
      yield* this.#refine(piece, level, cell);
    }
  }

  /**
   * The excesses of a piece. It is cut along a statement that selects a part of it only when the statements that select all
   * of it do not settle the matter: cutting along everything at once would make far more cells than there are questions.
   */
  *#refine(piece: Piece, level: number, cell: Partial<Cell>): Generator<Excess> {
    const dimension = DIMENSIONS[level] ?? "actions";
    const { region, whole, part } = piece;
    charge(this.#work, whole.length + part.length);
    const doubtful = part.filter(({ role }) => role === "disapproves");
    const key = `${level}:${ids(whole)}:${ids(doubtful)}`;
    if (this.#proven.has(key) || this.#isSettled([...whole, ...doubtful], level)) return;
    if (
      dimension === "resources" &&
      cell.actions !== undefined &&
      !this.#work.mayMatter(cell.actions, region)
    ) {
      this.#passedOver++;
      return;
    }
    const passedOver = this.#passedOver;
    const found = this.excesses([...whole, ...doubtful], level + 1, { ...cell, [dimension]: region });
    const first = found.next();
    if (first.done === true) {
      // What was passed over for these actions may matter for others.
      if (this.#passedOver === passedOver) this.#proven.add(key);
      return;
    }
    const [along, ...rest] = part;
    if (along === undefined) {
      yield first.value;
      yield* found;
      return;
    }
    const { inside, outside } = this.#cut(region, along, level);
    const parts = [
      ...outside.map((next) => this.#sorted(next, whole, rest, level)),
      ...inside.map((next) => this.#sorted(next, [...whole, along], rest, level)),
    ];
    // What is beyond all patterns comes first: the requests that people have in mind are there, and few others.
    parts.sort((a, b) => a.region.all.length - b.region.all.length);
    for (const next of parts) yield* this.#refine(next, level, cell);
  }

  /** A region with the statements that select all of it, besides those that are known to, and those that select a part. */
  #sorted(region: CellRegion, known: readonly Other[], others: readonly Other[], level: number): Piece {
    const whole = [...known];
    const part: Other[] = [];
    for (const other of others) {
      const extent = extentOf(
        region,
        this.#selection(region, other, level),
        CERTAINTY[other.role],
        this.#work,
      );
      if (extent === "whole") whole.push(other);
      else if (extent === "part") part.push(other);
    }
    return { region, whole, part };
  }

  /** Whether one statement denies all that is left, or one of the reference approves it and none disapproves of any. */
  #isSettled(others: readonly Other[], level: number): boolean {
    const isDisapproved = others.some(({ role }) => role === "disapproves");
    return others.some(
      (other) =>
        (other.role === "denies" || (other.role === "approves" && !isDisapproved)) &&
        this.#isWithin(other, level),
    );
  }

  #selection(region: Region, { statement, role }: Other, level: number): Selection {
    const dimension = DIMENSIONS[level] ?? "actions";
    const selection =
      CERTAINTY[role] === "possibly"
        ? possiblyBeside(this.#statement, statement, dimension)
        : selectionOf(statement, dimension);
    return dimension === "actions" ? selectionFor(selection, serviceOf(region)) : selection;
  }

  #cut(region: CellRegion, other: Other, level: number): Cut {
    return cut(region, this.#selection(region, other, level), CERTAINTY[other.role], this.#work);
  }

  /** Whether a statement applies to all that the explored one allows, as far as the later dimensions and conditions go. */
  #isWithin({ statement, id }: Other, level: number): boolean {
    const key = `${level}:${id}`;
    const known = this.#within.get(key);
    if (known !== undefined) return known;
    const own = this.#statement;
    const answer =
      (level >= 1 || isSelectionWithin(own.resources, statement.resources, this.#work)) &&
      (level >= 2 || areCallersWithin(own, statement, this.#work)) &&
      implies(own.condition, statement.condition, this.#known, this.#work);
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
    const assignment = assign(demands, choices, this.#known, this.#work);
    if (assignment === UNDECIDED) throw new OutOfBudget();
    if (assignment !== undefined) yield { statement: this.#statement, cell, assignment };
  }
}
