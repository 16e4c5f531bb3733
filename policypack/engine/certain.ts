/** What a document allows for certain, whatever the values turn out to be that are not known yet. */
import { EVERYTHING, overlaps, type Reading, type Selection, type Statement } from "../iam";

/** Values of which so much hangs that nobody can tell what else is denied: a whole statement, or its effect. */
const DECISIVE = /^(|Statement(\[\d+\])?(\.Effect)?)$/;

/** Whether all statements are known to be there, and whether each allows or denies. */
export const areStatementsKnown = ({ unknown }: Reading): boolean =>
  !unknown.some((path) => DECISIVE.test(path));

const certain = new WeakMap<Reading["document"], Reading["document"]>();

/**
 * The same document with denials as wide as they may come to be, and without what may be denied whole. It has no statement that
 * allows where whole statements are not known: any of them may deny.
 */
export function forCertain<R extends Reading>(reading: R): R {
  const { document, unknown } = reading;
  if (unknown.length === 0) return reading;
  const known = certain.get(document) ?? { ...document, statements: certainIn(reading) };
  certain.set(document, known);
  return { ...reading, document: known };
}

function certainIn(reading: Reading): readonly Statement[] {
  if (!areStatementsKnown(reading)) return [];
  const { statements } = reading.document;
  // Without the version nobody can tell whether "${…}" is a variable or text.
  const isVersionKnown = !reading.unknown.includes("Version");
  const isReadable = (statement: Statement): boolean => isVersionKnown || !hasVariables(statement);
  const denies = statements.filter(({ effect }) => effect === "Deny");
  return statements.flatMap((statement) => {
    if (statement.effect === "Deny")
      return isReadable(statement) ? widest(statement) : widest(withoutCondition(statement), true);
    if (!isReadable(statement)) return [];
    const isElsewhere = !statement.resources.partial || !denies.some((deny) => mayMeet(deny, statement));
    return isElsewhere ? statement : [];
  });
}

const hasVariables = ({ resources, condition }: Statement): boolean =>
  resources.entries.some(({ text }) => text.includes("${")) ||
  condition.tests.some(({ texts }) => texts.some((text) => text.includes("${")));

const withoutCondition = (statement: Statement): Statement => ({
  ...statement,
  condition: { tests: [], partial: true },
});

/** Whether two statements may be about the same action. */
function mayMeet(deny: Statement, { actions }: Statement): boolean {
  if (deny.actions.negated || deny.actions.partial || actions.negated) return true;
  return deny.actions.entries.some(({ pattern }) =>
    actions.entries.some((entry) => overlaps(pattern, entry.pattern)),
  );
}

/** The most that a Deny may come to deny. */
export function widest(deny: Statement, everywhere = false): Statement {
  const { principals, actions, resources, condition, conditional } = deny;
  return {
    ...deny,
    conditional: conditional && !condition.partial,
    principals: principals?.partial === true ? everything(principals) : principals,
    actions: actions.partial ? everything(actions) : actions,
    resources: everywhere || resources.partial ? everything(resources) : resources,
    condition: condition.partial ? { tests: [], partial: false } : condition,
  };
}

export const everything = ({ path }: Selection): Selection => ({
  negated: false,
  path,
  entries: [{ text: "*", path, pattern: EVERYTHING }],
  partial: false,
});
