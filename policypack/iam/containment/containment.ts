/**
 * Whether policies allow nothing that others do not: a proof, a request that shows the contrary, or why neither was found.
 *
 * The question is AWS's CheckNoNewAccess: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoNewAccess.html
 */
import { OutOfBudget, type Work } from "./cells";
import { type Known, type KnownAction, mayBeKnown, requestsOf } from "./counterexample";
import type { Reading } from "../language/document";
import { decide, type Outcome } from "../evaluation/evaluate";
import { excesses, type Excess, sidesOf } from "./exploration";
import { isExact, textOf } from "../pattern/overlap";
import { parsePattern } from "../pattern/pattern";
import { type Budget, budget, sampleOf, UNDECIDED } from "../pattern/region";
import type { Request } from "../language/request";
import type { Statement } from "../language/statement";

/** A request that the candidate allows and the reference does not; both were asked. */
export interface Counterexample extends Request {
  /** the condition keys that it is essential the request does not have, in lower case */
  readonly absent: readonly string[];
}

/**
 * `all-actions`: no request can ever exceed, whatever actions AWS adds. `known-actions`: none of the actions and resources
 * known to the authorization data does.
 */
export type Scope = "all-actions" | "known-actions";

export type Containment =
  | { readonly verdict: "contained"; readonly scope: "all-actions" }
  /** `reason` says what a new action would have to be called to exceed */
  | {
      readonly verdict: "contained";
      readonly scope: "known-actions";
      readonly reason: string;
      readonly statement: Statement;
    }
  | { readonly verdict: "exceeds"; readonly counterexample: Counterexample; readonly statement: Statement }
  | { readonly verdict: "not-proved"; readonly reason: string; readonly statement: Statement | undefined };

const TOO_MUCH = "this takes more work than a proof may; the patterns are too intertwined";
/** What it takes to look at a statement, in steps of the budget. */
const COST = 100;
/** How much work a proof may take: enough for the largest policies that AWS publishes, many times over. */
const EFFORT = 4_000_000;

/**
 * Proves that the candidate's documents together allow nothing that the reference's documents together do not.
 *
 * @param reference - what was approved; several documents are one policy, as on one role
 * @param candidate - what is to be within
 * @param known - the actions, resources and condition keys that are known of AWS
 * @param left - what is left for several proofs together; brought up to date
 */
export function contains(
  reference: readonly Reading[],
  candidate: readonly Reading[],
  known: Known,
  left: Budget = budget(EFFORT),
): Containment {
  if (left.left <= 0) return { verdict: "not-proved", reason: TOO_MUCH, statement: undefined };
  const refusal = refusalOf(reference, "the reference") ?? refusalOf(candidate, "the policy");
  if (refusal !== undefined) return { verdict: "not-proved", reason: refusal, statement: undefined };
  const types = new Set([...reference, ...candidate].map(({ document }) => document.type));
  if (types.size > 1)
    return {
      verdict: "not-proved",
      reason: `policies of different types cannot be compared: ${[...types].join(" and ")}`,
      statement: undefined,
    };
  const proof = new Proof(reference, candidate, known, Math.min(EFFORT, left.left));
  const answer = proof.run();
  left.left -= proof.spent + COST * candidate.reduce((sum, each) => sum + each.document.statements.length, 0);
  return answer;
}

/** Why nothing can be said about documents at all. */
function refusalOf(readings: readonly Reading[], whose: string): string | undefined {
  if (readings.length === 0) return `${whose} has no document`;
  for (const { problems, unknown, document } of readings) {
    const [problem] = problems;
    if (problem !== undefined) return `${whose} cannot be read${at(problem.path)}`;
    if (unknown.length > 0) return `${whose} is not known${at(unknown[0])}`;
    if (document.statements.length === 0) return `${whose} has no statement`;
    const vague = document.statements.find(isVague);
    if (vague !== undefined) return `${whose} has an empty list or condition${at(vague.path)}`;
  }
  return undefined;
}
/** Whether something in a statement is empty: AWS accepts it, and does not say what it makes of it. */
const isVague = ({ actions, resources, principals, condition }: Statement): boolean =>
  condition.partial ||
  condition.tests.some(({ texts }) => texts.length === 0) ||
  [actions, resources, principals].some((selection) => selection?.entries.length === 0);

const at = (path: string | undefined): string => (path === undefined || path === "" ? "" : ` at ${path}`);

class Proof {
  readonly #known: Known;
  readonly #reference: readonly Reading[];
  readonly #candidate: readonly Reading[];
  readonly #budget: Budget;
  #statement: Statement | undefined;
  /** requests of this statement that turned out not to exceed */
  #tries = 0;
  /** what keeps a proof from being one; the first that was met */
  #doubt: Containment | undefined;
  #beyond: Containment | undefined;

  /** the work done so far */
  spent = 0;

  constructor(reference: readonly Reading[], candidate: readonly Reading[], known: Known, effort: number) {
    this.#budget = budget(effort);
    this.#reference = reference;
    this.#candidate = candidate;
    this.#known = known;
  }

  run(): Containment {
    // Wildcards that match beyond the fields of an ARN make many odd cells: they are looked at only when nothing else is found.
    for (const byFields of [true, false]) {
      const work: Work = {
        ...this.#budget,
        byFields,
        crossed: false,
        // Once it is seen that only what is not known may exceed, only what is known can still change the answer.
        mayMatter: (actions, resources) =>
          this.#beyond === undefined || mayBeKnown(actions, resources, this.#known),
      };
      const found = this.#exceedsIn(work);
      this.spent += this.#budget.left - work.left;
      if (found !== undefined) return found;
      if (this.#doubt !== undefined) return this.#doubt;
      if (!work.crossed) break;
    }
    return this.#beyond ?? { verdict: "contained", scope: "all-actions" };
  }

  #exceedsIn(work: Work): Containment | undefined {
    try {
      for (const excess of this.#excesses(work)) {
        const found = this.#realise(excess, work);
        if (found !== undefined) return found;
      }
    } catch (error) {
      if (!(error instanceof OutOfBudget)) throw error;
      this.#doubt ??= this.#notProved(TOO_MUCH);
    }
    return undefined;
  }

  *#excesses(work: Work): Generator<Excess> {
    const statementsOf = (readings: readonly Reading[]): readonly Statement[] =>
      readings.flatMap(({ document }) => document.statements);
    const sides = sidesOf(statementsOf(this.#reference), statementsOf(this.#candidate), this.#known, work);
    for (const statement of sides.allows) {
      this.#statement = statement;
      this.#tries = 0;
      for (const excess of excesses(statement, sides, this.#known, work)) {
        yield excess;
        if (this.#tries > MOST_TRIES) break;
      }
    }
  }

  #notProved(reason: string): Containment {
    return { verdict: "not-proved", reason, statement: this.#statement };
  }

  /** The request that shows an excess; without one, what stays open is noted. */
  #realise(excess: Excess, work: Work): Containment | undefined {
    for (const realised of requestsOf(excess, this.#known, work)) {
      switch (realised.kind) {
        case "request":
          if (this.#isConfirmed(realised.request)) {
            const absent = [...excess.assignment].filter(([, values]) => values === undefined);
            return {
              verdict: "exceeds",
              counterexample: { ...realised.request, absent: absent.map(([key]) => key) },
              statement: excess.statement,
            };
          }
          this.#doubt ??= this.#notProved(
            `whether \`${realised.request.action}\` is within hangs on policy variables or condition values that only a request has`,
          );
          if (++this.#tries > MOST_TRIES) return undefined;
          break;
        case "unknown-action":
          this.#doubt ??= this.#notProved(
            `\`${realised.action}\` is not within, and is no action that the ${this.#known.source} knows`,
          );
          break;
        case "never-sent":
          this.#doubt ??= this.#notProved(
            `a request without \`${realised.key}\` would not be within, though AWS says that every request has it`,
          );
          break;
        case "never-carried":
          this.#doubt ??= this.#notProved(
            `only a request with \`${realised.key}\` would not be within, and by the ${this.#known.source} no such action's requests carry it`,
          );
          break;
        case "contradiction":
          this.#doubt ??= this.#notProved(
            `only a request would not be within whose \`${realised.key}\` says another thing than the ARN of its resource`,
          );
          break;
        case "undecided":
          this.#doubt ??= this.#notProved("whether some resource or caller is within could not be decided");
          break;
        case "beyond":
          this.#noteBeyond(excess, realised.action, work);
      }
    }
    return undefined;
  }

  #isConfirmed(request: Request): boolean {
    const outcome = (readings: readonly Reading[]): Outcome =>
      decide(
        readings.map(({ document }) => document),
        request,
      ).outcome;
    return outcome(this.#candidate) === "allowed" && outcome(this.#reference).endsWith("denied");
  }

  /** Only what is not known could exceed: an action that AWS may add, or a type of resource that an action may come to have. */
  #noteBeyond(excess: Excess, action: KnownAction | undefined, work: Work): void {
    const { statement, cell } = excess;
    if (action === undefined) {
      const example = sampleOf({ ...cell.actions, all: [...cell.actions.all, ACTION_NAMES] }, work);
      if (example === undefined) return;
      this.#beyond ??= this.#onlyKnown(
        statement,
        `an action such as \`${example === UNDECIDED ? "*" : textOf(example)}\`, if AWS adds it, would not be within`,
      );
    } else if (!work.byFields) this.#beyond ??= this.#onlyKnown(statement, ODD_NAMES);
    // Such statements have been published by AWS itself: `s3:ListAllMyBuckets` on `arn:aws:s3:::*`.
    else if (action.resources.length === 0 && excess.cell.actions.all.some(isExact))
      this.#doubt ??= this.#notProved(
        `\`${action.name}\` on such a resource is not within; by the ${this.#known.source} it has none`,
      );
    else
      this.#beyond ??= this.#onlyKnown(
        statement,
        `\`${action.name}\` would not be within, if it came to be about other types of resources`,
      );
  }

  #onlyKnown(statement: Statement, reason: string): Containment {
    return { verdict: "contained", scope: "known-actions", reason, statement };
  }
}
/** All names of actions there can ever be: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
const ACTION_NAMES = parsePattern("?*:?*");
const ODD_NAMES =
  "a resource with a colon in its name, after which it reads like another's ARN, would not be within";
/** How many requests of one statement are tried: where the first ones do not show it, later ones rarely do. */
const MOST_TRIES = 8;
