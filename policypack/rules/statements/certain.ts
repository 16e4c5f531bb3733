/** What a statement allows for certain, whatever the values are that are not known yet. */
import { areStatementsKnown, everything, type Judged, widest } from "../../engine";
import { KNOWN } from "../../catalogue";
import {
  type Budget,
  budget,
  isBound,
  type Reading,
  remembered,
  type Selection,
  type Statement,
} from "../../iam";

/** How much work the proofs about one document may take together: a document that is built to be hard must not hold up a preview. */
export const effort = (): Budget => budget(EFFORT);
const EFFORT = 10_000_000;

/**
 * The policy of one Allow statement beside all denials, for proofs: of the Allow what is certain, of the denials all that they
 * may come to be.
 *
 * @param principals - those of the statement's principals that are looked at
 * @returns undefined where nothing is certain
 */
export function aloneOf(
  judged: Judged,
  statement: Statement,
  principals: Selection | undefined = statement.principals,
): Reading | undefined {
  const { document } = judged;
  const { effect, actions, resources, condition } = statement;
  if (effect !== "Allow" || condition.partial || !areStatementsKnown(judged)) return undefined;
  if (actions.partial && (actions.negated || actions.entries.length === 0)) return undefined;
  const isOpen = resources.partial;
  const allow: Statement = {
    ...statement,
    principals: principals && { ...principals, partial: false },
    actions: { ...actions, partial: false },
    resources: isOpen ? everything(resources) : resources,
  };
  const denies = isOpen ? denialsOf(judged).everywhere : denialsOf(judged).asFar;
  return {
    document: { ...document, statements: [allow, ...denies] },
    problems: [],
    unknown: [],
    characters: 0,
  };
}

/** Whether anything that an Allow statement of a resource policy says is left by the denials beside it. */
export function isAllowed(judged: Judged, statement: Statement, left: Budget): boolean {
  const isElsewhere = statement.principals?.partial !== true || denialsOf(judged).asFar.length === 0;
  const alone = isElsewhere ? aloneOf(judged, statement) : undefined;
  return alone !== undefined && isBound([alone], () => false, KNOWN, [], left).bound !== true;
}

/** The denials of a document at their widest, by whether the resource that they may be about is known. */
interface Denials {
  readonly asFar: readonly Statement[];
  readonly everywhere: readonly Statement[];
}

const denialsOf = remembered(({ document }: Judged): Denials => {
  const denies = document.statements.filter(({ effect }) => effect === "Deny");
  return {
    asFar: denies.map((deny) => widest(deny)),
    everywhere: denies.map((deny) => widest(deny, true)),
  };
});
