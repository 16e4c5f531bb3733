/**
 * Holds the verdicts of `contains` on the versions of AWS's own policies against a second evaluator and against requests.
 *
 *   npx ts-node -T policypack/tools/check-proofs.ts [--all] [seed]
 *
 * Each policy's last version and the one before, both ways; with `--all` every two consecutive versions, and more requests.
 * Nothing that a contained policy allows may be refused by the other; a counterexample must be one, and a request that can
 * be. Each violation is printed as a line of JSON; exit code 1 when there are any.
 */
import { Random } from "../../test/iam/generators";
import { findAction, findConditionKey, KNOWN } from "../catalogue";
import { contains, type Counterexample, parseDocument, type Reading } from "../iam";
import { managedPolicies } from "./corpus";
import { type NaiveDocument, NaivePolicy, type NaiveRequest, unknownOperators } from "./naive-evaluator";
import { isKnownResource } from "./sample-arns";
import { isAlwaysThere, isKnownRequest, Sampler, type Side, sideOf } from "./sample-requests";

const MOST_PRINTED = 30;

interface Version {
  readonly number: number;
  readonly reading: Reading;
  readonly naive: NaivePolicy;
  readonly side: Side;
}

function versionOf(text: string, number: number): Version {
  const naive = new NaivePolicy(JSON.parse(text) as NaiveDocument);
  return { number, reading: parseDocument(text), naive, side: sideOf(naive.rules) };
}

class Tally {
  readonly #counts = new Map<string, number>();
  readonly #reasons = new Map<string, number>();
  violations = 0;

  add(what: string, count = 1): void {
    this.#counts.set(what, this.of(what) + count);
  }
  of(what: string): number {
    return this.#counts.get(what) ?? 0;
  }
  addReason(reason: string): void {
    // Names apart, there are few.
    const kind = reason.replace(/`[^`]*`/g, "…").replace(/ at Statement.*/, "");
    this.#reasons.set(kind, (this.#reasons.get(kind) ?? 0) + 1);
  }
  share(what: string, whole: string): string {
    return `${((100 * this.of(what)) / Math.max(1, this.of(whole))).toFixed(1)} %`;
  }
  violate(violation: object): void {
    if (++this.violations <= MOST_PRINTED) console.log(JSON.stringify(violation));
  }

  print(seconds: number): void {
    console.log(
      `${this.of("proofs")} proofs: contained ${this.of("contained")} (for known actions only ${this.of("known-actions")}), ` +
        `exceeds ${this.of("exceeds")}, not proved ${this.of("not-proved")}`,
    );
    console.log(
      `${this.of("requests")} requests to contained policies: ${this.share("allowed", "requests")} allowed by them, ` +
        `${this.of("undecided")} undecided; ${this.share("hit", "contained")} of these proofs had one allowed`,
    );
    console.log(
      `such requests show ${this.share("shown", "exceeds")} of the policies that exceed to do so; ` +
        `${this.of("contrived")} counterexamples have an odd name: an id with a slash, or any with a colon`,
    );
    for (const [reason, count] of [...this.#reasons].sort(([, a], [, b]) => b - a))
      console.log(`not proved: ${count} × ${reason}`);
    if (unknownOperators.size > 0)
      console.log(`operators that the second evaluator does not know: ${[...unknownOperators].join(", ")}`);
    console.log(`${this.violations} violations; ${seconds.toFixed(0)} s`);
  }
}

const shown = ({ action, resource, context }: NaiveRequest): object => ({
  action,
  resource,
  context: Object.fromEntries(context),
});

class Check {
  readonly #tally: Tally;
  readonly #samples: number;

  constructor(tally: Tally, samples: number) {
    this.#tally = tally;
    this.#samples = samples;
  }

  judge(policy: string, reference: Version, candidate: Version, random: Random): void {
    const tally = this.#tally;
    const found = contains([reference.reading], [candidate.reading], KNOWN);
    tally.add("proofs");
    tally.add(found.verdict);
    const violate = (what: string, request: NaiveRequest): void => {
      const { verdict } = found;
      const versions = { reference: reference.number, candidate: candidate.number };
      tally.violate({ what, policy, ...versions, verdict, ...shown(request) });
    };
    switch (found.verdict) {
      case "contained": {
        tally.add(found.scope);
        const { made, allowed, undecided, beyond } = this.#ask(
          reference,
          candidate,
          random,
          found.scope === "known-actions",
        );
        if (beyond !== undefined) violate("FALSE YES: allowed, and not by the reference", beyond);
        tally.add("requests", made);
        tally.add("allowed", allowed);
        tally.add("undecided", undecided);
        if (allowed > 0) tally.add("hit");
        break;
      }
      case "exceeds": {
        for (const what of flawsOf(found.counterexample, reference.naive, candidate.naive))
          violate(what, found.counterexample);
        if (!isKnownRequest(found.counterexample)) tally.add("contrived");
        // Had this been called contained, would these requests have shown that it is not?
        if (this.#ask(reference, candidate, random, true).beyond !== undefined) tally.add("shown");
        break;
      }
      case "not-proved":
        tally.addReason(found.reason);
    }
  }

  /** Sends requests to both, until the candidate allows one that the reference does not. */
  #ask(reference: Version, candidate: Version, random: Random, isKnown: boolean): Answers {
    const sampler = new Sampler(reference.side, candidate.side, random);
    let [made, allowed, undecided] = [0, 0, 0];
    // Some attempts come to nothing: the pattern is of no known action, say.
    for (let tries = 4 * this.#samples; tries > 0 && made < this.#samples; tries--) {
      const request = sampler.next(isKnown);
      if (request === undefined) continue;
      made++;
      const own = candidate.naive.allows(request);
      const approved = own === false ? undefined : reference.naive.allows(request);
      if (own === true) allowed++;
      if (own === undefined || (own && approved === undefined)) undecided++;
      if (own === true && approved === false) return { made, allowed, undecided, beyond: request };
    }
    return { made, allowed, undecided, beyond: undefined };
  }
}

interface Answers {
  readonly made: number;
  readonly allowed: number;
  readonly undecided: number;
  /** one that the candidate allows and the reference does not */
  readonly beyond: NaiveRequest | undefined;
}

/** What keeps a counterexample from being one, or from being a request that can be. */
function* flawsOf(
  request: Counterexample,
  reference: NaivePolicy,
  candidate: NaivePolicy,
): Generator<string> {
  const own = candidate.allows(request);
  const approved = reference.allows(request);
  if (own !== true) yield `the candidate ${own === false ? "does" : "may"} not allow the counterexample`;
  if (approved !== false)
    yield `the reference ${approved === true ? "allows" : "may allow"} the counterexample`;
  const action = findAction(request.action);
  if (action === undefined) yield "there is no such action";
  else if (!isKnownResource(action, request.resource, true)) yield "the action has no such resource";
  for (const [key, values] of request.context)
    if (values.length > 1 && findConditionKey(key)?.multivalued === false) yield `${key} has one value only`;
  for (const key of request.absent) if (isAlwaysThere(key)) yield `every request has ${key}`;
  if (own === true && approved === false) yield* missingFrom(request, reference, candidate);
}

/** The keys that every request has, that are asked about, and without which alone the counterexample is one. */
function* missingFrom(
  request: NaiveRequest,
  reference: NaivePolicy,
  candidate: NaivePolicy,
): Generator<string> {
  const asked = [...candidate.rules, ...reference.rules]
    .filter((rule) => rule.isAboutAction(request.action))
    .filter((rule) => rule.isAboutResource(request.resource, request.context) !== false)
    .flatMap(({ tests }) => tests);
  let context = request.context;
  for (const { key } of asked) {
    if (context.has(key) || !isAlwaysThere(key)) continue;
    // It may stay open where it decides nothing, as beside a test that fails already.
    const values = asked.flatMap((test) => (test.key === key ? test.values : []));
    const full = ["false", "true", "other", ...values]
      .map((value) => new Map(context).set(key, [value]))
      .find((each) => {
        const whole = { ...request, context: each };
        return candidate.allows(whole) === true && reference.allows(whole) === false;
      });
    if (full === undefined) yield `every request has ${key}`;
    else context = full;
  }
}

function main(isAll: boolean, seed: number): void {
  const began = performance.now();
  const tally = new Tally();
  const check = new Check(tally, isAll ? 200 : 60);
  for (const { name, versions } of managedPolicies()) {
    const first = isAll ? 0 : Math.max(0, versions.length - 2);
    let before: Version | undefined;
    for (const [index, text] of versions.slice(first).entries()) {
      const after = versionOf(text, first + index + 1);
      if (before !== undefined)
        for (const [reference, candidate] of [
          [before, after],
          [after, before],
        ] as const)
          check.judge(name, reference, candidate, new Random(seed + tally.of("proofs")));
      before = after;
    }
  }
  tally.print((performance.now() - began) / 1_000);
  if (tally.violations > 0) process.exitCode = 1;
}

const own = process.argv.slice(2);
main(own.includes("--all"), Number(own.find((argument) => argument !== "--all") ?? 1));
