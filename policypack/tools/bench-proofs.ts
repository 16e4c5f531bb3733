/** The speed of reading, normalising and proving, over all policies that AWS manages and their versions. */
import { fork } from "node:child_process";
import { join } from "node:path";
import { type ManagedPolicy, managedPolicies } from "./corpus";

interface Proved {
  readonly name: string;
  /** milliseconds */
  readonly took: number;
  readonly verdict: string;
  readonly scope?: string;
  readonly reason?: string;
}
interface Answer {
  readonly read: number;
  readonly normalise: number;
  readonly proofs: readonly Proved[];
  readonly versions: number;
}

export async function benchProofs(say: (name: string, value: string) => void): Promise<void> {
  const { answers, peak } = await run([...managedPolicies()]);
  const sum = (of: (answer: Answer) => number): number =>
    answers.reduce((total, answer) => total + of(answer), 0);
  const versions = sum((answer) => answer.versions);
  say(
    "read the policies that AWS manages",
    `${versions} versions; ${perSecond(
      versions,
      sum(({ read }) => read),
    )} per second`,
  );
  say(
    "normalise the last version of each",
    `${answers.length} policies; ${perSecond(
      answers.length,
      sum(({ normalise }) => normalise),
    )} per second`,
  );
  const proofs = answers.flatMap((answer) => answer.proofs);
  const times = proofs.map(({ took }) => took).sort((a, b) => a - b);
  const at = (share: number): string =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN).toFixed(2);
  say(
    "prove each version within the one before, and back",
    `${proofs.length} proofs; median ${at(0.5)} ms (aim 0.3), p99 ${at(0.99)} ms (aim 10), maximum ${at(1)} ms (aim 100)`,
  );
  const share = (is: (proof: Proved) => boolean): string => {
    const count = proofs.filter(is).length;
    return `${count} (${((100 * count) / proofs.length).toFixed(1)} %)`;
  };
  say(
    "",
    [
      `contained ${share(({ scope }) => scope === "all-actions")}`,
      `for known actions ${share(({ scope }) => scope === "known-actions")}`,
      `exceeds ${share(({ verdict }) => verdict === "exceeds")}`,
      `not proved ${share(({ verdict }) => verdict === "not-proved")} (aim 3 %)`,
    ].join(", "),
  );
  const slowest = [...proofs].sort((a, b) => b.took - a.took).slice(0, 3);
  say("", `slowest: ${slowest.map(({ name, took }) => `${name} ${took.toFixed(0)} ms`).join(", ")}`);
  say("peak memory of the process that proved", `${peak.toFixed(0)} MB, with a heap of ${HEAP} MB (aim 200)`);
}

const perSecond = (count: number, milliseconds: number): string =>
  Math.round(count / (milliseconds / 1000)).toLocaleString("en");

/** Megabytes. */
const HEAP = 130;

/** Sends the policies one by one to a process of its own. */
function run(policies: readonly ManagedPolicy[]): Promise<{ answers: readonly Answer[]; peak: number }> {
  const worker = fork(join(__dirname, "proof-worker.mjs"), {
    // V8 collects late where there is room: held to this, the peak says what the work needs.
    execArgv: [`--max-old-space-size=${HEAP}`, "--max-semi-space-size=4"],
  });
  const answers: Answer[] = [];
  return new Promise((resolve, reject) => {
    worker.on("error", reject);
    worker.on("exit", (code) => {
      if (code !== 0) reject(new Error(`the worker ended with status ${String(code)}`));
    });
    const send = (): void => {
      worker.send(policies[answers.length] ?? "end");
    };
    worker.on("message", (message: Answer | { readonly peak: number }) => {
      if ("peak" in message) {
        resolve({ answers, peak: message.peak });
        return;
      }
      answers.push(message);
      send();
    });
    send();
  });
}
