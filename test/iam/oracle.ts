/** What the verdicts of `contains` must stand up to: requests, decided one by one. */
import { type Containment, contains, type JsonObject, type Reading } from "../../policypack/iam";
import { applies, decide, type Outcome } from "../../policypack/iam/evaluation/evaluate";
import type { Request } from "../../policypack/iam/language/request";
import {
  isKnownRequest,
  type Pair,
  type Policy,
  type Random,
  readAll,
  Requests,
  statementsOf,
  TINY,
} from "./generators";

/** A verdict that does not stand, with what shows it; or a proof that is no good for another reason. */
export interface Failure {
  readonly what: string;
  readonly pair: Pair;
  readonly request?: object | undefined;
}

export interface Judged {
  readonly verdict: Containment["verdict"];
  readonly scope: "all-actions" | "known-actions" | undefined;
  readonly reason: string | undefined;
  /** whether some request was allowed by the candidate, so that there was something to be contained */
  readonly hit: boolean;
  readonly failure: Failure | undefined;
}

const outcomeOf = (readings: readonly Reading[], request: Request): Outcome =>
  decide(
    readings.map(({ document }) => document),
    request,
  ).outcome;

/** Whether only an Allow is in doubt. Where a Deny is too, both may hang on the same, and nothing may ever be allowed. */
function mayAllow(readings: readonly Reading[], request: Request): boolean {
  const statements = readings.flatMap(({ document }) => document.statements);
  return !statements.some((each) => each.effect === "Deny" && applies(each, request) !== false);
}

export const containmentOf = ({ type, reference, candidate }: Pair): Containment =>
  contains(readAll(reference, type), readAll(candidate, type), TINY);

/** Asks whether the candidate is contained, and holds the answer against requests. */
export function judge(pair: Pair, random: Random, samples: number): Judged {
  const reference = readAll(pair.reference, pair.type);
  const candidate = readAll(pair.candidate, pair.type);
  const problems = [...reference, ...candidate].flatMap((reading) => reading.problems);
  const found = contains(reference, candidate, TINY);
  const scope = found.verdict === "contained" ? found.scope : undefined;
  const reason = "reason" in found ? found.reason : undefined;
  const failed = (what: string, request?: Request): Judged => ({
    verdict: found.verdict,
    scope,
    reason,
    hit: true,
    failure: {
      what,
      pair,
      request: request && { ...request, context: Object.fromEntries(request.context) },
    },
  });
  if (problems.length > 0)
    return failed(`the generators made what cannot be read: ${JSON.stringify(problems)}`);
  if (found.verdict === "exceeds") {
    const { counterexample } = found;
    if (outcomeOf(candidate, counterexample) !== "allowed")
      return failed("the candidate does not allow the counterexample", counterexample);
    if (!outcomeOf(reference, counterexample).endsWith("denied"))
      return failed("the reference may allow the counterexample", counterexample);
    if (!isKnownRequest(counterexample)) return failed("no known action has such a resource", counterexample);
    if (counterexample.absent.some((key) => counterexample.context.has(key)))
      return failed("a key is both absent and there", counterexample);
  }
  let hit = false;
  if (found.verdict === "contained") {
    const requests = new Requests(pair, random);
    for (let left = samples; left > 0; left--) {
      const request = requests.next();
      if (scope === "known-actions" && !isKnownRequest(request)) continue;
      const outcome = outcomeOf(candidate, request);
      if (outcome.endsWith("denied")) continue;
      const approved = outcomeOf(reference, request);
      if (outcome === "allowed") {
        hit = true;
        if (approved !== "allowed")
          return failed(`contained, yet allowed where the reference says ${approved}`, request);
      } else if (approved.endsWith("denied") && mayAllow(candidate, request))
        return failed("contained, yet possibly allowed where the reference does not allow", request);
    }
  }
  return { verdict: found.verdict, scope, reason, hit, failure: undefined };
}

/** The same failure with as little around it as possible. */
export function shrunk(failure: Failure, stillFails: (pair: Pair) => Failure | undefined): Failure {
  let smallest = failure;
  for (let progress = true; progress;) {
    progress = false;
    for (const pair of smallerThan(smallest.pair)) {
      const found = stillFails(pair);
      if (found?.what !== smallest.what) continue;
      smallest = found;
      progress = true;
      break;
    }
  }
  return smallest;
}

function* smallerThan(pair: Pair): Generator<Pair> {
  for (const side of ["reference", "candidate"] as const) {
    const statements = statementsOf(pair[side]);
    if (pair[side].length > 1 && new Set(pair[side].map(({ Version: version }) => version)).size === 1)
      yield { ...pair, [side]: [{ ...pair[side][0], Statement: statements }] };
    if (statements.length < 2 && pair[side].length < 2) yield* narrower(pair, side);
    else {
      for (const index of statements.keys()) {
        const smaller = without(pair[side], index);
        if (smaller.length > 0) yield { ...pair, [side]: smaller };
      }
      yield* narrower(pair, side);
    }
  }
}

const replaced = <T>(items: readonly T[], index: number, item: T): readonly T[] =>
  items.map((other, at) => (at === index ? item : other));

function without(policy: Policy, index: number): Policy {
  let at = 0;
  return policy.flatMap((document) => {
    const own = statementsOf([document]).filter(() => at++ !== index);
    return own.length === 0 ? [] : [{ ...document, Statement: own }];
  });
}

function* narrower(pair: Pair, side: "reference" | "candidate"): Generator<Pair> {
  for (const [number, document] of pair[side].entries())
    for (const [index, statement] of statementsOf([document]).entries())
      for (const smaller of smallerStatements(statement)) {
        const own = [...statementsOf([document])];
        own[index] = smaller;
        yield { ...pair, [side]: replaced(pair[side], number, { ...document, Statement: own }) };
      }
}

function* smallerStatements(statement: JsonObject): Generator<JsonObject> {
  for (const [name, value] of Object.entries(statement)) {
    if (Array.isArray(value) && value.length > 1)
      for (const index of value.keys())
        yield { ...statement, [name]: (value as string[]).filter((_, at) => at !== index) };
    if (name !== "Condition") continue;
    yield Object.fromEntries(Object.entries(statement).filter(([other]) => other !== "Condition"));
    const tests = Object.entries(value as JsonObject).flatMap(([operator, keys]) =>
      Object.entries(keys as JsonObject).map(([key, values]) => [operator, key, values] as const),
    );
    const written = (own: readonly (typeof tests)[number][]): JsonObject => {
      const made: Record<string, JsonObject> = {};
      for (const [operator, key, values] of own) made[operator] = { ...made[operator], [key]: values };
      return { ...statement, Condition: made };
    };
    if (tests.length > 1)
      for (const index of tests.keys()) yield written(tests.filter((_, at) => at !== index));
    for (const [index, [operator, key, values]] of tests.entries())
      if (Array.isArray(values) && values.length > 1)
        for (const item of values as string[]) yield written(replaced(tests, index, [operator, key, item]));
  }
}
