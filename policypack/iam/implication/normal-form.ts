/**
 * The normal form of a document: its grants, each with what denials take away from it; without all that changes nothing.
 *
 * Everything that is dropped is proved to change nothing of what the document allows; what cannot be decided stays.
 */
import type { Condition } from "../language/condition";
import type { Document } from "../language/document";
import { isObject } from "../language/element";
import type { JsonObject } from "../language/json";
import { type Idle, mayMeet, mayTake, reduced, type Taken, those, type Remainder } from "./reduction";
import { budget } from "../pattern/region";
import type { KnownKeys } from "./satisfy";
import type { Entry, PolicyType, Selection, Statement } from "../language/statement";
import { areCallersWithin, implies, isSelectionWithin } from "./within";

/** What an Allow statement grants: what is left of it, and what is taken away of that in part. */
export interface Grant {
  /** as written */
  readonly statement: Statement;
  /** without entries and tests that change nothing */
  readonly left: Statement;
  readonly exceptions: readonly Exception[];
}

/** What a Deny takes away from a grant: those of its entries that overlap, and how far it goes. */
export interface Exception {
  readonly statement: Statement;
  readonly actions: Selection;
  readonly resources: Selection;
  readonly condition: Condition;
  /** whether it takes all of the grant as far as resources, callers and conditions go */
  readonly every: { readonly resource: boolean; readonly caller: boolean; readonly request: boolean };
  /** the entries of the grant's resources that it takes as a whole */
  readonly covered: readonly Entry[];
}

export interface NormalForm {
  readonly grants: readonly Grant[];
  /** the Deny statements that take something away from what the grants say */
  readonly denials: readonly Statement[];
  /** as written, the Deny statements all of which the grants do not say any more */
  readonly spent: readonly Statement[];
  /** what the grants do not say any more, since denials take it away wholly */
  readonly taken: readonly Taken[];
  readonly idle: readonly Idle[];
}

/** The normal form of what a document allows by itself. */
export function normalForm({ statements }: Document, known: KnownKeys): NormalForm {
  const { remainders, idle, taken } = reduced(statements, known);
  const denials = those(remainders, "Deny");
  const grants = those(remainders, "Allow").map(({ statement, left }): Grant => ({
    statement,
    left,
    exceptions: denials.flatMap((denial) => exceptionOf(left, denial, known)),
  }));
  const order = (a: Statement, b: Statement): number => statements.indexOf(a) - statements.indexOf(b);
  return {
    grants,
    denials: denials.map(({ left }) => left),
    spent: statements.filter(
      (each) =>
        taken.some(({ by }) => by === each) &&
        ![...remainders, ...idle].some(({ statement }) => statement === each),
    ),
    taken,
    idle: idle
      .map((each) => ({ ...each, by: [...each.by].sort(order) }))
      .sort((a, b) => order(a.statement, b.statement)),
  };
}

/** What a denial takes away from a grant; nothing when they do not meet. */
function exceptionOf(own: Statement, { statement, left }: Remainder, known: KnownKeys): readonly Exception[] {
  if (!mayMeet(own, left, known)) return [];
  return [
    {
      statement,
      actions: meeting(left.actions, own.actions),
      resources: meeting(left.resources, own.resources),
      condition: left.condition,
      every: {
        resource: isSelectionWithin(own.resources, left.resources, budget()),
        caller: areCallersWithin(own, left, budget()),
        request: implies(own.condition, left.condition, known, budget()),
      },
      covered: own.resources.negated
        ? []
        : own.resources.entries.filter((entry) =>
            isSelectionWithin({ ...own.resources, entries: [entry] }, left.resources, budget()),
          ),
    },
  ];
}

/** The selection with only those entries that may meet another one. */
const meeting = (selection: Selection, own: Selection): Selection =>
  selection.negated
    ? selection
    : { ...selection, entries: selection.entries.filter(({ pattern }) => mayTake(own, pattern)) };

/** The normal form as a policy document again. */
export function normalised(document: Document, known: KnownKeys): JsonObject {
  const { grants, denials } = normalForm(document, known);
  const kept = [...grants.map(({ left }) => left), ...denials];
  const written = kept.map((statement) => statementJson(statement, document.type));
  return {
    ...(document.version === undefined ? {} : { Version: document.version }),
    // A document has a statement; this is one that allows nothing.
    Statement: written.length === 0 ? [NOTHING[document.type]] : written,
  };
}

const DENY_ALL = { Effect: "Deny", Action: "*" };
const NOTHING: Readonly<Record<PolicyType, JsonObject>> = {
  identity: { ...DENY_ALL, Resource: "*" },
  resource: { ...DENY_ALL, Principal: "*", Resource: "*" },
  trust: { ...DENY_ALL, Principal: "*" },
};

function statementJson({ source, actions, resources, condition }: Statement, type: PolicyType): JsonObject {
  const { Sid, Effect, Principal, NotPrincipal, Condition } = source;
  return {
    ...(Sid === undefined ? {} : { Sid }),
    ...(Effect === undefined ? {} : { Effect }),
    ...(Principal === undefined ? {} : { Principal }),
    ...(NotPrincipal === undefined ? {} : { NotPrincipal }),
    [actions.negated ? "NotAction" : "Action"]: textsOf(actions),
    ...(type === "trust" ? {} : { [resources.negated ? "NotResource" : "Resource"]: textsOf(resources) }),
    ...(condition.tests.length === 0 && !condition.partial
      ? {}
      : { Condition: conditionJson(Condition, condition) }),
  };
}

function textsOf({ entries: [first, ...more] }: Selection): string | readonly string[] {
  return first !== undefined && more.length === 0
    ? first.text
    : [...(first === undefined ? [] : [first]), ...more].map(({ text }) => text);
}

/** The condition as it was read, without the tests that were dropped. */
function conditionJson(read: JsonObject[string] | undefined, { tests, partial }: Condition): JsonObject {
  if (read === undefined || !isObject(read)) return {};
  const kept = new Set(tests.map(({ path }) => path));
  const operators = Object.entries(read).map(([operator, keys]) => {
    const own = isObject(keys) ? Object.entries(keys) : [];
    const left = own.filter(([key]) =>
      [...kept].some((path) => path.endsWith(`.Condition.${operator}.${key}`)),
    );
    return [operator, Object.fromEntries(left)] as const;
  });
  return Object.fromEntries(operators.filter(([, keys]) => partial || Object.keys(keys).length > 0));
}
