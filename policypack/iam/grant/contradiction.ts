/** Tests of a condition that no request can pass together. */
import type { Condition, Test } from "../language/condition";
import type { Budget } from "../pattern/region";
import { assign, type KnownKeys } from "../implication/satisfy";

/**
 * For each key the fewest of its tests that no request can pass together, where there are such; each is a proof. A single test
 * that nothing passes is none: it contradicts no other.
 */
export function contradictionsOf(
  { tests }: Condition,
  known: KnownKeys,
  left: Budget,
): readonly (readonly Test[])[] {
  const byKey = new Map<string, readonly Test[]>();
  for (const test of tests) byKey.set(test.key, [...(byKey.get(test.key) ?? []), test]);
  return [...byKey.values()]
    .filter((own) => contradict(own, known, left))
    .map((own) => fewest(own, known, left))
    .filter(({ length }) => length > 1);
}

const contradict = (tests: readonly Test[], known: KnownKeys, left: Budget): boolean =>
  assign(
    tests.map((test) => ({ test, passes: true })),
    [],
    known,
    left,
  ) === undefined;

function fewest(tests: readonly Test[], known: KnownKeys, left: Budget): readonly Test[] {
  let kept = tests;
  for (const test of tests) {
    const others = kept.filter((other) => other !== test);
    if (contradict(others, known, left)) kept = others;
  }
  return kept;
}
