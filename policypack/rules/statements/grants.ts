/** What a statement grants of one action, given the denials of its document: proofs, not comparisons of texts. */
import { findAction, KNOWN, type ResourceType } from "../../catalogue";
import {
  contains,
  isAboutAction,
  isEverything,
  isFullyDenied,
  isPlainlyOfType,
  mayBeOfType,
  overlaps,
  parseDocument,
  parsePattern,
  type Pattern,
  type Reading,
  remembered,
  rememberedOfBoth,
  rememberedOfText,
  type Selection,
  type Statement,
} from "../../iam";
import { surroundingsOf } from "./openings";

/** The statement with one of its actions only. */
export const onlyAction = (statement: Statement, action: string): Statement => ({
  ...statement,
  actions: {
    negated: false,
    path: statement.actions.path,
    entries: [{ text: action, path: statement.actions.path, pattern: parsePattern(action.toLowerCase()) }],
    partial: false,
  },
});

/** Statements as a policy that can be reasoned about. */
export const policyOf = (statements: readonly Statement[], version: string | undefined): Reading => ({
  document: { type: "identity", version, statements },
  problems: [],
  unknown: [],
  characters: 0,
});

/** Statements of the project's own, as JSON, to hold a grant against. */
export const reference = (statements: readonly object[]): Reading =>
  parseDocument(JSON.stringify({ Version: "2012-10-17", Statement: statements }));

const NOTHING = reference([{ Effect: "Deny", Action: "*", Resource: "*" }]);

/** A denial of which some part is not known takes away nothing that is certain. */
const isCertain = ({ effect, actions, resources, condition }: Statement): boolean =>
  effect === "Deny" && !actions.partial && !resources.partial && !condition.partial;
const isSpelledOut = ({ actions, resources, condition }: Statement): boolean =>
  actions.entries.length > 0 &&
  resources.entries.length > 0 &&
  condition.tests.every(({ texts }) => texts.length > 0);

/** The denials of a document that count in a proof. */
export const certainDenials = (statements: readonly Statement[]): readonly Statement[] =>
  statements.filter((each) => isCertain(each) && isSpelledOut(each));

/** What takes away from the grants of a document. */
export interface Denials {
  /** the document's own, as far as they are certain */
  readonly own: readonly Statement[];
  /** with them one of all that is in other partitions than the document is about */
  readonly all: readonly Statement[];
  /** the resources in those partitions */
  readonly here: readonly Pattern[];
}

/**
 * The denials of a document, with one of all that is in other partitions than the document is about: where every role of
 * `aws` is denied, nobody has those of `aws-cn` in mind.
 */
export const denialsHere = remembered((statements: readonly Statement[]): Denials => {
  const { partitions } = surroundingsOf(statements);
  // `?` is the resource of actions that are about none: AWS compares with `*` then.
  const here = [...partitions.map((partition) => `arn:${partition}:*`), "?"];
  const own = certainDenials(statements);
  return { own, all: [...own, ...elsewhere(here)], here: here.map((text) => parsePattern(text)) };
});

const MOST_COMBINATIONS = 100;
/** The denial of all but some resources, given as a JSON list. */
const elsewheres = rememberedOfText(
  MOST_COMBINATIONS,
  (here) =>
    reference([{ Effect: "Deny", Action: "*", NotResource: JSON.parse(here) as string[] }]).document
      .statements,
);
const elsewhere = (here: readonly string[]): readonly Statement[] => elsewheres(JSON.stringify(here));

const isAboutOne = rememberedOfBoth(({ entries }: Selection, types: readonly ResourceType[]) =>
  types.some(({ arn }) => entries.some(({ pattern }) => mayBeOfType(pattern, arn))),
);

/** Whether the resources of a statement may be some of one of the types, which an action is about. */
export function mayBeAbout({ resources }: Statement, types: readonly ResourceType[]): boolean {
  const { negated, entries } = resources;
  // Of no type: "For actions that don't support resource-level permissions, use a wildcard (*)": with that AWS compares.
  return negated || entries.some(({ pattern }) => isEverything(pattern)) || isAboutOne(resources, types);
}

/**
 * Whether a statement allows an action in some request that no denial takes away. What cannot be decided counts as allowed;
 * what is not known yet allows nothing, since that is said elsewhere.
 *
 * @param action - in AWS's own spelling
 * @param denials - see {@link denialsHere}
 */
export function isGranted(statement: Statement, action: string, denials: Denials): boolean {
  const { condition } = statement;
  if (!mayGrant(statement, action, denials)) return false;
  return (
    isPlain(statement, action, denials) ||
    !isWithin({ ...statement, condition: { ...condition, partial: false } }, action, denials, NOTHING)
  );
}

/** Whether nothing limits what a statement allows of an action, beyond its resources: then there is nothing to prove. */
export function isPlain(statement: Statement, action: string, { own, here }: Denials): boolean {
  const { conditional, resources } = statement;
  if (conditional || resources.negated || own.some((denial) => isDenialOf(denial, action))) return false;
  const types = findAction(action)?.resourceTypes;
  return resources.entries.some(
    ({ pattern }) =>
      isEverything(pattern) ||
      (here.some((place) => overlaps(pattern, place)) &&
        types?.some(({ arn }) => isPlainlyOfType(pattern, arn))),
  );
}

const isDenialOf = (denial: Statement, action: string): boolean =>
  denial.actions.negated || isAboutAction(denial, action.toLowerCase());

/** The same, as far as it can be told without a proof: conditions are left aside. */
export function mayGrant(statement: Statement, action: string, { all }: Denials): boolean {
  const { effect, resources } = statement;
  const key = action.toLowerCase();
  if (effect !== "Allow" || (resources.negated && resources.partial)) return false;
  if (!isAboutAction(statement, key)) return false;
  const known = findAction(action);
  if (known !== undefined && !mayBeAbout(statement, known.resourceTypes)) return false;
  const denied = all.filter((denial) => !denial.conditional && isAboutAction(denial, key));
  return denied.length === 0 || !isFullyDenied(resources, denied);
}

/**
 * Whether all that a statement allows of an action, less what is denied, is within a policy: a proof when true.
 *
 * @param within - see {@link reference}
 */
export function isWithin(statement: Statement, action: string, { all }: Denials, within: Reading): boolean {
  const own = onlyAction(statement, action);
  const about = all.filter((denial) => isDenialOf(denial, action));
  return contains([within], [policyOf([own, ...about], undefined)], KNOWN).verdict === "contained";
}
