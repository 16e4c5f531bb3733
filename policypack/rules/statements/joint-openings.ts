/** Resource types that several statements open together, and none of them alone: each first letter of a name in its own. */
import type { Action } from "../../catalogue";
import { hasVariable, isEverything, isExact, parsePattern, type Statement } from "../../iam";
import { grouped } from "./grouped";
import {
  allowedActions,
  bindsVariables,
  isOfCreation,
  type Opening,
  openingsOf,
  type Surroundings,
} from "./openings";

export interface JointOpening extends Opening {
  /** the statements that its entries stand in */
  readonly statements: readonly Statement[];
}

type Some<T> = readonly [T, ...T[]];

/** What statements of a document open together. */
export function jointOpenings(
  statements: readonly Statement[],
  surroundings: Surroundings,
): readonly JointOpening[] {
  return grouped(statements.flatMap(withPatternsOnly), bindingOf).flatMap((group) =>
    actionsShared(group).flatMap(({ actions, sharers }) => openedBy(sharers, actions, surroundings)),
  );
}

/** The statement with those resources only that may be a part of something open; nothing where there are none. */
function withPatternsOnly(statement: Statement): readonly Statement[] {
  const { effect, resources } = statement;
  if (effect !== "Allow" || resources.negated) return [];
  const entries = resources.entries.filter(({ pattern }) => !isExact(pattern) || hasVariable(pattern));
  return entries.length === 0 || entries.some(({ pattern }) => isEverything(pattern))
    ? []
    : [{ ...statement, resources: { ...resources, entries } }];
}

/** The condition that says what policy variables among the resources stand for; elsewhere it does not say what resources are. */
const bindingOf = (statement: Statement): string =>
  bindsVariables(statement) ? JSON.stringify(statement.source["Condition"]) : "";

interface Shared {
  readonly actions: readonly Action[];
  readonly sharers: Some<Statement>;
}

/** The actions that several statements allow, those of the same statements together. */
function actionsShared(statements: Some<Statement>): readonly Shared[] {
  if (statements.length < 2) return [];
  const sharing = new Map<Action, [Statement, ...Statement[]]>();
  for (const statement of statements)
    for (const action of allowedActions(statement)) {
      if (isOfCreation(statement, action)) continue;
      const others = sharing.get(action);
      if (others === undefined) sharing.set(action, [statement]);
      else others.push(statement);
    }
  const shared = [...sharing].filter(([, sharers]) => sharers.length > 1);
  return grouped(shared, ([, sharers]) => sharers.map(({ path }) => path).join()).map((alike) => ({
    actions: alike.map(([action]) => action),
    sharers: alike[0][1],
  }));
}

function openedBy(
  sharers: Some<Statement>,
  actions: readonly Action[],
  surroundings: Surroundings,
): readonly JointOpening[] {
  return openingsOf(merged(sharers, actions), surroundings).flatMap((opening) => {
    const statements = sharers.filter(({ resources }) =>
      resources.entries.some((entry) => opening.entries.includes(entry)),
    );
    const isAlone = sharers.some((statement) =>
      openingsOf(merged([statement], actions), surroundings).some(({ type }) => type === opening.type),
    );
    return isAlone ? [] : [{ ...opening, statements }];
  });
}

/** One statement that allows some actions on the resources of all. */
function merged(statements: Some<Statement>, actions: readonly Action[]): Statement {
  const [first] = statements;
  const { path } = first.actions;
  return {
    ...first,
    condition: bindingOf(first) === "" ? { tests: [], partial: false } : first.condition,
    actions: {
      negated: false,
      partial: false,
      path,
      entries: actions.map(({ name, key }) => ({ text: name, path, pattern: parsePattern(key) })),
    },
    resources: { ...first.resources, entries: statements.flatMap(({ resources }) => resources.entries) },
  };
}
