/** What a document allows that another one does not, down to the entries of its statements. */
import { type Containment, contains } from "./containment";
import type { Known } from "./counterexample";
import type { Reading } from "../language/document";
import { normalForm } from "../implication/normal-form";
import { mayMeet } from "../implication/reduction";
import type { Selection, Statement } from "../language/statement";

/** A part of a statement that is not proved to be within; the answer is never that all of it is contained. */
export interface Addition {
  /** as written */
  readonly statement: Statement;
  readonly actions: Selection;
  readonly resources: Selection;
  /** whether the other document may allow some of it: then only a part of it is added */
  readonly partly: boolean;
  readonly answer: Containment;
}

/** All that one document adds to another one. */
export interface Additions {
  /** whether it is proved that nothing is added, whatever actions AWS adds */
  readonly nothing: boolean;
  readonly found: readonly Addition[];
  /** why nothing can be said at all */
  readonly reason: string | undefined;
}

/** How many questions one comparison may ask: far more than the entries of any policy that AWS would take. */
const MOST_QUESTIONS = 5_000;

/** What `after` allows and `before` does not. */
export function additions(before: Reading, after: Reading, known: Known): Additions {
  const whole = contains([before], [after], known);
  if (isContained(whole)) return { nothing: true, found: [], reason: undefined };
  if (whole.verdict === "not-proved" && whole.statement === undefined)
    return { nothing: false, found: [], reason: whole.reason };
  const { grants, denials } = normalForm(after.document, known);
  let questions = 0;
  const ask = (statement: Statement): Containment => {
    questions++;
    const document = { ...after.document, statements: [statement, ...denials] };
    return contains([before], [{ ...after, document, problems: [], unknown: [] }], known);
  };
  const allowed = before.document.statements.filter(({ effect }) => effect === "Allow");
  const isPartly = (part: Statement): boolean => allowed.some((other) => mayMeet(part, other, known));
  const found = grants.flatMap(({ statement, left }): readonly Addition[] => {
    const answer = ask(left);
    if (isContained(answer)) return [];
    const parts = partsOf(left, "actions").flatMap((part) => {
      const about = questions > MOST_QUESTIONS ? answer : ask(part);
      if (isContained(about)) return [];
      const narrower = partsOf(part, "resources").flatMap((narrow) => {
        const own = questions > MOST_QUESTIONS ? about : ask(narrow);
        return isContained(own) ? [] : [{ part: narrow, answer: own }];
      });
      return narrower.length > 0 ? joined(narrower) : [{ part, answer: about }];
    });
    return grouped(parts.length > 0 ? parts : [{ part: left, answer }]).map(({ part, answer: own }) => ({
      statement,
      actions: part.actions,
      resources: part.resources,
      partly: isPartly(part),
      answer: own,
    }));
  });
  // Each part may be proved to be within where the whole was not; what was refuted stays so.
  if (found.length === 0 && whole.verdict === "exceeds") {
    const { statement } = whole;
    return {
      nothing: false,
      found: [{ ...statement, statement, partly: isPartly(statement), answer: whole }],
      reason: undefined,
    };
  }
  return { nothing: found.length === 0, found, reason: undefined };
}

const isContained = (answer: Containment): boolean =>
  answer.verdict === "contained" && answer.scope === "all-actions";

interface Part {
  readonly part: Statement;
  readonly answer: Containment;
}

/** A statement for each entry of one of its lists. */
function partsOf(statement: Statement, dimension: "actions" | "resources"): readonly Statement[] {
  const selection = statement[dimension];
  if (selection.negated || selection.entries.length === 1) return [statement];
  return selection.entries.map((entry) => ({
    ...statement,
    [dimension]: { ...selection, entries: [entry] },
  }));
}

/** Parts of one action on several resources as one for each verdict. */
function joined(parts: readonly Part[]): readonly Part[] {
  const byVerdict = new Map<string, Part>();
  for (const { part, answer } of parts) {
    const known = byVerdict.get(answer.verdict);
    if (known === undefined) byVerdict.set(answer.verdict, { part, answer });
    else {
      const entries = [...known.part.resources.entries, ...part.resources.entries];
      byVerdict.set(answer.verdict, {
        ...known,
        part: { ...known.part, resources: { ...part.resources, entries } },
      });
    }
  }
  return [...byVerdict.values()];
}

/** Parts that differ in their actions only, as one. */
function grouped(parts: readonly Part[]): readonly Part[] {
  const groups = new Map<string, Part>();
  for (const { part, answer } of parts) {
    const key = JSON.stringify([answer.verdict, part.resources.entries.map(({ path }) => path)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { part, answer });
    else {
      const entries = [...group.part.actions.entries, ...part.actions.entries];
      groups.set(key, {
        ...group,
        part: { ...group.part, actions: { ...part.actions, entries } },
      });
    }
  }
  return [...groups.values()];
}
