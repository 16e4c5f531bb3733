/** What a statement allows for certain, whatever the values are that are not known yet. */
import type { Judged } from "../../engine";
import { type Budget, budget, EVERYTHING, type Reading, type Selection, type Statement } from "../../iam";

/** How much work the proofs about one document may take together: a document that is built to be hard must not hold up a preview. */
export const effort = (): Budget => budget(EFFORT);
const EFFORT = 10_000_000;

/** Values of which so much hangs that nobody can tell what else is denied: a whole statement, or its effect. */
const DECISIVE = /^(|Statement(\[\d+\])?(\.Effect)?)$/;

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
  const { document, unknown } = judged;
  const { effect, actions, resources, condition } = statement;
  if (effect !== "Allow" || condition.partial || unknown.some((path) => DECISIVE.test(path)))
    return undefined;
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

/** The denials of a document at their widest, by whether the resource that they may be about is known. */
interface Denials {
  readonly asFar: readonly Statement[];
  readonly everywhere: readonly Statement[];
}
const denials = new WeakMap<Judged, Denials>();

function denialsOf(judged: Judged): Denials {
  const known = denials.get(judged);
  if (known !== undefined) return known;
  const denies = judged.document.statements.filter(({ effect }) => effect === "Deny");
  const made = {
    asFar: denies.map((deny) => widest(deny, false)),
    everywhere: denies.map((deny) => widest(deny, true)),
  };
  denials.set(judged, made);
  return made;
}

/** The most that a Deny may come to deny. */
function widest(deny: Statement, everywhere: boolean): Statement {
  const { principals, actions, resources, condition } = deny;
  return {
    ...deny,
    principals: principals?.partial === true ? everything(principals) : principals,
    actions: actions.partial ? everything(actions) : actions,
    resources: everywhere || resources.partial ? everything(resources) : resources,
    condition: condition.partial ? { tests: [], partial: false } : condition,
  };
}

const everything = ({ path }: Selection): Selection => ({
  negated: false,
  path,
  entries: [{ text: "*", path, pattern: EVERYTHING }],
  partial: false,
});
