/**
 * Holds the verdicts of `contains` against requests, for many random pairs of policies; for every night.
 *
 *   npx ts-node -T policypack/tools/fuzz-containment.ts [cases] [seed]
 *
 * Each failure is printed as a line of JSON, made as small as it will go, with the seed of its case.
 */
import { pairOf, Random } from "../../test/iam/generators";
import { type Failure, judge, shrunk } from "../../test/iam/oracle";

const SAMPLES = 300;
const SLOW = 2_000;
const MOST_FAILURES = 20;

function main(cases: number, seed: number): void {
  console.log(`${cases} cases, seed ${seed}`);
  const counts = new Map<string, number>();
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  let failures = 0;
  const fail = (failure: object): void => {
    console.log(JSON.stringify(failure));
    if (++failures >= MOST_FAILURES) throw new Error(`${failures} failures: that is enough`);
  };
  let slowest = 0;
  const start = performance.now();
  for (let index = 0; index < cases; index++) {
    const own = (seed + index) >>> 0;
    const began = spent();
    const random = new Random(own);
    const pair = pairOf(random);
    let took = 0;
    try {
      const { verdict, scope, hit, failure } = judge(pair, random, SAMPLES);
      took = spent() - began;
      count(scope ?? verdict);
      if (verdict === "contained" && hit) count("contained, and hit");
      if (failure !== undefined) fail({ case: own, ...shrunk(failure, failureOf) });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (failures >= MOST_FAILURES) throw error;
      fail({ case: own, what: `thrown: ${error.message}`, pair, stack: error.stack });
    }
    slowest = Math.max(slowest, took);
    if (took > SLOW) fail({ case: own, what: `${Math.round(took)} ms`, pair });
    if ((index + 1) % Math.max(1_000, cases / 10) === 0)
      console.log(`${index + 1}: ${shown(counts)}; ${Math.round((performance.now() - start) / 1_000)} s`);
  }
  console.log(`${shown(counts)}; ${failures} failures; the slowest case took ${Math.round(slowest)} ms`);
  if (failures > 0) process.exitCode = 1;
}

/** The time that this process has had, in milliseconds: what others do beside it does not count. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Whether a smaller pair fails too: with many requests, since they are others. */
function failureOf(pair: Parameters<typeof judge>[0]): Failure | undefined {
  return judge(pair, new Random(1), 10 * SAMPLES).failure;
}

const shown = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([what, number]) => `${what} ${number}`)
    .join(", ");

const [cases = "100000", seed = String(Date.now() % 2 ** 32)] = process.argv.slice(2);
main(Number(cases), Number(seed));
