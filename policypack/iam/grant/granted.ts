/**
 * Who grants what together: whether policies allow one or more actions on one and the same resource, by which statements.
 * Denials count, and so do conditions and a permissions boundary.
 */
import { isAboutAction, isAboutEverything } from "./access";
import { withOpenPlace } from "../pattern/arn";
import { type Condition, passesWithout, type Test } from "../language/condition";
import { pins, testsToPass } from "../containment/binding";
import type { Known } from "../containment/counterexample";
import { literal, loosened, type Pattern, variablesIn, withOpenVariables } from "../pattern/pattern";
import { overlaps, textOf } from "../pattern/overlap";
import { type Budget, sampleOf, UNDECIDED } from "../pattern/region";
import { assign, type Demand } from "../implication/satisfy";
import type { Entry, Selection, Statement } from "../language/statement";
import { demandsOf, failuresOf } from "../implication/within";

/** What is asked for: an action, and what its request looks like. */
export interface Ask {
  /** `service:action` in lower case */
  readonly action: string;
  readonly condition: Condition;
}

/** Actions that are asked for on one and the same resource. */
export interface Question {
  /** each request is one of its own, so their conditions need not be met together */
  readonly asks: readonly Ask[];
  /** what the ARN of the resource looks like: one of these */
  readonly forms: readonly Pattern[];
  /** what its ARN looks like besides */
  readonly within?: Pattern;
  /** the resources that will not do: those named after the caller, or by any policy variable */
  readonly except: "nothing" | "the caller's" | "variables";
}

/** The statements that bear on one identity. */
export interface Grantors {
  /** of all its policies */
  readonly statements: readonly Statement[];
  /** of its permissions boundary: it must allow what the policies allow */
  readonly boundary: readonly Statement[] | undefined;
}

/** What grants an action: a statement, and of its resources the entry, or none where it is `NotResource` that lets it in. */
export interface Grantor {
  readonly statement: Statement;
  readonly entry: Entry | undefined;
}

export interface JointGrant {
  /** for each action asked for, the statement of the identity's policies */
  readonly by: readonly Grantor[];
  /** a resource that all of it is granted on; undefined where the budget ran out before one was found */
  readonly resource: string | undefined;
  /** the policy variable that the resource is named by: one of the caller's own (`user/${aws:username}`), or another */
  readonly variable: Naming;
}

type Naming = "the caller's" | "another" | undefined;

/** What has been chosen so far on the way to a grant. */
interface Choice {
  readonly all: readonly Pattern[];
  readonly none: readonly Pattern[];
  readonly by: readonly Grantor[];
  readonly variable: Naming;
}

/** A part of what a selection selects, and the entry that it is of. */
interface Part {
  readonly all: readonly Pattern[];
  readonly none: readonly Pattern[];
  readonly entry: Entry | undefined;
  readonly variable: Naming;
}

/** Names the caller: the same text for nobody else. */
const CALLER = new Set(["aws:username", "aws:userid"]);

/** How policy variables name the resource itself, wherever it is; one that the caller writes names nothing. */
function namingOf(pattern: Pattern, isChosen: IsChosen): Naming {
  const [first, ...rest] = variablesIn(withOpenVariables(withOpenPlace(pattern), isChosen));
  if (first === undefined) return undefined;
  return [first, ...rest].some(({ key }) => CALLER.has(key.toLowerCase())) ? "the caller's" : "another";
}

/** Whether the caller of an action writes what a policy variable stands for. */
type IsChosen = (key: string) => boolean;

function isChosenIn(action: string, known: Known): IsChosen {
  const [first] = known.actionsOf(literal(action));
  return first?.isChosen ?? (() => false);
}

/** The same, but for keys of which a test asks for a value of its own. */
const unpinned =
  (isChosen: IsChosen, tests: readonly Test[]): IsChosen =>
  (key) =>
    isChosen(key) && !tests.some((test) => test.key === key.toLowerCase() && pins(test, isChosen));

function partsOf({ negated, partial, entries }: Selection, isChosen: IsChosen): readonly Part[] {
  if (!negated)
    return entries.map((entry) => ({
      all: [loosened(entry.pattern)],
      none: [],
      entry,
      variable: namingOf(entry.pattern, isChosen),
    }));
  if (partial) return [];
  return [{ all: [], none: entries.map(({ pattern }) => pattern), entry: undefined, variable: undefined }];
}

/**
 * The ways in which policies allow all of some actions on one resource. What cannot be decided within the budget is taken to
 * be allowed.
 */
export function* jointGrants(
  { asks, forms, within: also, except }: Question,
  { statements, boundary }: Grantors,
  known: Known,
  left: Budget,
): Generator<JointGrant> {
  const limits = boundary === undefined ? [statements] : [statements, boundary];
  for (const form of forms)
    for (const choice of choices(
      asks,
      limits,
      { all: also === undefined ? [form] : [form, also], none: [], by: [], variable: undefined },
      known,
      left,
    )) {
      if (!mayBe(choice.variable, except)) continue;
      const found = left.left <= 0 ? UNDECIDED : sampleOf(choice, left);
      if (found === undefined) continue;
      const resource = found === UNDECIDED ? undefined : textOf(found);
      yield { by: choice.by, resource, variable: choice.variable };
    }
}

const mayBe = (variable: Naming, except: Question["except"]): boolean =>
  variable === undefined || except === "nothing" || (except === "the caller's" && variable === "another");

/** All ways to choose an allowing statement for each action, in each of the policies that must allow it. */
function* choices(
  [ask, ...rest]: readonly Ask[],
  limits: readonly (readonly Statement[])[],
  before: Choice,
  known: Known,
  left: Budget,
): Generator<Choice> {
  if (ask === undefined) {
    yield before;
    return;
  }
  const about = limits.map((statements) =>
    statements.filter(
      (statement) => isAboutAction(statement, ask.action) && !isNeverMet(statement, ask.action, known),
    ),
  );
  const denies = about.flat().filter(({ effect }) => effect === "Deny");
  const asked = denies.filter(isAboutEverything).flatMap(testsToPass);
  const isChosen = unpinned(isChosenIn(ask.action, known), asked);
  for (const [choice, demands] of allowed(about, before, demandsOf(ask.condition), isChosen, known, left))
    for (const undenied of withoutDenied(choice, demands, denies, isChosen, known, left))
      yield* choices(rest, limits, undenied, known, left);
}

/** Whether a condition asks for a key that no request for the action carries. */
function isNeverMet({ condition: { tests } }: Statement, action: string, known: Known): boolean {
  const needed = tests.filter((test) => passesWithout(test) === false);
  if (needed.length === 0) return false;
  for (const { mayCarry } of known.actionsOf(literal(action)))
    return needed.some(({ key }) => mayCarry?.(key) === false);
  return false;
}

/** The ways in which one action is allowed, and what its request must meet then. */
function* allowed(
  [statements, ...limits]: readonly (readonly Statement[])[],
  before: Choice,
  demands: readonly Demand[],
  isChosen: IsChosen,
  known: Known,
  left: Budget,
  isLimit = false,
): Generator<readonly [Choice, readonly Demand[]]> {
  if (statements === undefined) {
    yield [before, demands];
    return;
  }
  for (const statement of statements) {
    if (statement.effect !== "Allow") continue;
    const both = [...demands, ...demandsOf(statement.condition)];
    if (assign(both, [], known, left) === undefined) continue;
    for (const part of partsOf(statement.resources, unpinned(isChosen, statement.condition.tests))) {
      const choice = narrowed(before, part, left);
      if (choice === undefined) continue;
      const by = isLimit ? before.by : [...before.by, { statement, entry: part.entry }];
      yield* allowed(limits, { ...choice, by }, both, isChosen, known, left, true);
    }
  }
}

/** A choice within a part; undefined where they plainly have nothing in common. */
function narrowed(choice: Choice, part: Part, left: Budget): Choice | undefined {
  left.left -= 1 + choice.all.length;
  return left.left <= 0 || part.all.every((pattern) => choice.all.every((other) => overlaps(pattern, other)))
    ? {
        ...choice,
        all: [...choice.all, ...part.all],
        none: [...choice.none, ...part.none],
        variable: part.variable ?? choice.variable,
      }
    : undefined;
}

/** A choice less what is denied in every request that meets the demands; a denial that some such request escapes takes nothing. */
function* withoutDenied(
  choice: Choice,
  demands: readonly Demand[],
  denies: readonly Statement[],
  isChosen: IsChosen,
  known: Known,
  left: Budget,
): Generator<Choice> {
  const binding = bindingOf(denies, demands, known, left);
  const listed = binding.filter(({ resources }) => !resources.negated);
  const none = [
    ...choice.none,
    ...listed.flatMap(({ resources }) => resources.entries.map((e) => e.pattern)),
  ];
  const exceptions = binding.filter(({ resources }) => resources.negated).map(({ resources }) => resources);
  yield* within({ ...choice, none }, exceptions, isChosen, left);
}

/** The denials that no request which meets the demands escapes, or that it escapes only by meeting another one. */
function bindingOf(
  denies: readonly Statement[],
  demands: readonly Demand[],
  known: Known,
  left: Budget,
): readonly Statement[] {
  const escaped: (readonly Demand[])[] = [];
  return denies.filter((deny) => {
    const { condition, resources } = deny;
    if (condition.partial || (resources.negated && resources.partial)) return false;
    const failures = failuresOf(condition);
    if (assign(demands, [...escaped, failures], known, left) === undefined) return true;
    // Only of a denial of everything is it certain that the request must escape it.
    if (isAboutEverything(deny)) escaped.push(failures);
    return false;
  });
}

/** A choice within the exceptions of every denial of everything else. */
function* within(
  choice: Choice,
  [first, ...rest]: readonly Selection[],
  isChosen: IsChosen,
  left: Budget,
): Generator<Choice> {
  if (first === undefined) {
    yield choice;
    return;
  }
  for (const part of partsOf({ ...first, negated: false }, isChosen)) {
    const next = narrowed(choice, part, left);
    if (next !== undefined) yield* within(next, rest, isChosen, left);
  }
}
