/** Why policies do not allow a request: which statement comes nearest to it, and which part of it is in the way. */
import { NO_CONDITION } from "../language/condition";
import type { Document } from "../language/document";
import { applies } from "./evaluate";
import { EVERYTHING } from "../pattern/pattern";
import type { Request } from "../language/request";
import type { Selection, Statement } from "../language/statement";

/** The part of a statement that a request does not meet; or that the statement denies it. */
export type Obstacle = "resource" | "caller" | "condition" | "denied";

export interface NearMiss {
  readonly statement: Statement;
  readonly obstacle: Obstacle;
}

const ANYTHING: Selection = {
  negated: false,
  path: "",
  entries: [{ text: "*", path: "", pattern: EVERYTHING }],
  partial: false,
};

/** The statement with its parts taken away from the back: the further one gets, the nearer it is. */
const STAGES: readonly (readonly [Obstacle, (statement: Statement) => Statement])[] = [
  [
    "resource",
    (statement) => ({ ...statement, resources: ANYTHING, principals: undefined, condition: NO_CONDITION }),
  ],
  ["caller", (statement) => ({ ...statement, principals: undefined, condition: NO_CONDITION })],
  ["condition", (statement) => ({ ...statement, condition: NO_CONDITION })],
];

/** The statement that comes nearest to allowing a request that is not allowed; undefined where none is about the action. */
export function nearMiss(documents: readonly Document[], request: Request): NearMiss | undefined {
  const statements = documents.flatMap((document) => document.statements);
  const denial = statements.find(
    (statement) => statement.effect === "Deny" && applies(statement, request) === true,
  );
  if (denial !== undefined) return { statement: denial, obstacle: "denied" };
  let nearest: NearMiss | undefined;
  for (const [obstacle, open] of STAGES) {
    const statement = statements.find(
      (candidate) => candidate.effect === "Allow" && applies(open(candidate), request) === true,
    );
    if (statement === undefined) break;
    nearest = { statement, obstacle };
  }
  return nearest;
}
