import assert from "node:assert/strict";
import type { Containment } from "../../policypack/iam";
import {
  pairOf,
  type Pair,
  type Policy,
  Random,
  split,
  statementFor,
  statementsOf,
  withStatement,
} from "./generators";
import { containmentOf, judge, shrunk } from "./oracle";
import { runs } from "./runs";

// Nightly: npx ts-node -T policypack/tools/fuzz-containment.ts
const CASES = runs(2_000);
const SAMPLES = 200;
const LAWS = 250;

const shown = (value: unknown): string => JSON.stringify(value);
const verdictOf = (pair: Pair): Containment["verdict"] => containmentOf(pair).verdict;
const of = (type: Pair["type"], reference: Policy, candidate: Policy): Containment =>
  containmentOf({ type, reference, candidate });

/** Pairs of the laws, other ones than those that are held against requests. */
function* pairs(seed: number): Generator<readonly [pair: Pair, random: Random]> {
  for (let index = 0; index < LAWS; index++) {
    const random = new Random(seed * 1_000_000 + index);
    yield [pairOf(random), random];
  }
}

describe("iam/containment, against requests", function () {
  // Seconds, but for a machine that has much else to do.
  this.timeout(120_000);

  it("no verdict is refuted by a request, and the verdicts are of all kinds", () => {
    const counts = { contained: 0, exceeds: 0, "not-proved": 0, hit: 0, known: 0 };
    for (let seed = 0; seed < CASES; seed++) {
      const random = new Random(seed);
      const { verdict, scope, hit, failure } = judge(pairOf(random), random, SAMPLES);
      if (failure !== undefined)
        assert.fail(
          `case ${seed}: ${shown(shrunk(failure, (pair) => judge(pair, new Random(1), SAMPLES).failure))}`,
        );
      counts[verdict]++;
      if (verdict === "contained" && hit) counts.hit++;
      if (scope === "known-actions") counts.known++;
    }
    const all = shown(counts);
    assert.ok(counts.contained >= 0.2 * CASES, all);
    assert.ok(counts.exceeds >= 0.2 * CASES, all);
    assert.ok(counts["not-proved"] <= 0.12 * CASES, all);
    assert.ok(counts.hit >= 0.5 * counts.contained, all);
    assert.ok(counts.known > 0, all);
  });
});

describe("iam/containment, laws", function () {
  this.timeout(120_000);

  it("a policy is within itself, whatever AWS adds", () => {
    for (const [{ type, reference, candidate }] of pairs(1))
      for (const policy of [reference, candidate].filter((each) => !isHollow(each))) {
        const found = of(type, policy, policy);
        assert.equal(found.verdict === "contained" && found.scope, "all-actions", shown(policy));
      }
  });

  it("what is within a policy that is within a third is within that", () => {
    let premises = 0;
    for (const [{ type, reference, candidate }, random] of pairs(2)) {
      const narrower = withStatement(candidate, statementFor({ type, reference, candidate }, "Deny", random));
      const other = withStatement(reference, statementFor({ type, reference, candidate }, "Allow", random));
      const chains = [
        [reference, candidate, narrower],
        [other, reference, candidate],
        [candidate, reference, narrower],
      ] as const;
      for (const [wide, middle, narrow] of chains) {
        if (of(type, wide, middle).verdict !== "contained") continue;
        if (of(type, middle, narrow).verdict !== "contained") continue;
        premises++;
        assert.notEqual(of(type, wide, narrow).verdict, "exceeds", shown([wide, middle, narrow]));
      }
    }
    assert.ok(premises > LAWS / 4, `${premises} premises`);
  });

  it("an Allow in the reference takes away no proof; one in the candidate gives none", () => {
    for (const [pair, random] of pairs(3)) {
      const added = statementFor(pair, "Allow", random);
      const wider = { ...pair, reference: withStatement(pair.reference, added) };
      assertKept(pair, wider, { ...pair, candidate: withStatement(pair.candidate, added) });
    }
  });

  it("a Deny in the candidate takes away no proof; one in the reference gives none", () => {
    for (const [pair, random] of pairs(4)) {
      const added = statementFor(pair, "Deny", random);
      const narrower = { ...pair, candidate: withStatement(pair.candidate, added) };
      assertKept(pair, narrower, { ...pair, reference: withStatement(pair.reference, added) });
    }
  });

  it("how statements are ordered and spread over documents makes no difference", () => {
    for (const [pair] of pairs(5)) {
      const other = { ...pair, reference: spread(pair.reference), candidate: spread(pair.candidate) };
      assert.equal(verdictOf(other), verdictOf(pair), shown(pair));
    }
  });

  it("how lists are split into statements makes no difference but for what is not proved", () => {
    let lost = 0;
    for (const [pair] of pairs(6)) {
      const before = verdictOf(pair);
      const reference = split(pair.reference);
      const candidate = split(pair.candidate);
      for (const other of [
        { ...pair, reference },
        { ...pair, candidate },
        { ...pair, reference, candidate },
      ]) {
        const after = verdictOf(other);
        if (after === before) continue;
        assert.ok([before, after].includes("not-proved"), shown([pair, other]));
        lost++;
      }
    }
    assert.ok(lost < 0.05 * 3 * LAWS, `${lost} differ`);
  });
});

/** What is contained stays so in a pair that asks for less; what exceeds does so in one that asks for more. */
function assertKept(pair: Pair, easier: Pair, harder: Pair): void {
  const before = containmentOf(pair);
  // Of known actions only, a proof may get lost among policy variables, but not turn into its contrary.
  if (before.verdict === "contained")
    assert.ok(
      verdictOf(easier) === "contained" ||
        (before.scope === "known-actions" && verdictOf(easier) !== "exceeds"),
      shown([pair, easier]),
    );
  if (before.verdict === "exceeds") assert.notEqual(verdictOf(harder), "contained", shown([pair, harder]));
}

/** Whether a statement leaves out everything. */
const isHollow = (policy: Policy): boolean =>
  statementsOf(policy).some((statement) =>
    ["NotAction", "NotResource", "NotPrincipal"].some((name) => shown(statement[name] ?? "").includes('"*"')),
  );

/** Every statement in a document of its own, the last one first. */
const spread = (policy: Policy): Policy =>
  policy
    .flatMap((document) =>
      statementsOf([document]).map((statement) => ({ ...document, Statement: statement })),
    )
    .reverse();
