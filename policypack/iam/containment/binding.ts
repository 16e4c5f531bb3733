/**
 * Whether all that a policy allows is bound: by tests that a request must pass, whether an Allow asks for them or a Deny turns
 * away what fails them.
 */
import { NO_CONDITION, opposite, type Test } from "../language/condition";
import { contains } from "./containment";
import type { Known } from "./counterexample";
import { parseDocument, type Reading } from "../language/document";
import { hasVariable, type Pattern, variablesIn, withOpenVariables } from "../pattern/pattern";
import type { Budget } from "../pattern/region";
import type { Request } from "../language/request";
import type { PolicyType, Statement } from "../language/statement";
import { isOfVersion6, type Range } from "../language/value-set";

export type Binding =
  | { readonly bound: true }
  /** a request that is allowed and passes none of the tests, and the statement that allows it */
  | { readonly bound: false; readonly request: Request; readonly statement: Statement }
  | { readonly bound: "unknown"; readonly reason: string };

/**
 * Whether every request that a policy allows passes some binding test: a proof when true.
 *
 * @param binds - whether passing a test is enough; see {@link fixes}
 * @param besides - documents that allow what is all right without a test
 * @param left - what is left for several proofs together
 */
export function isBound(
  documents: readonly Reading[],
  binds: (test: Test) => boolean,
  known: Known,
  besides: readonly Reading[] = [],
  left?: Budget,
): Binding {
  const type = documents[0]?.document.type ?? "resource";
  const tests = documents.flatMap(({ document }) => document.statements.flatMap(testsToPass)).filter(binds);
  const reference = [
    allowing("Allow nothing", type),
    ...besides,
    ...tests.map((test) => allowing(test, type)),
  ];
  const answer = contains(reference, documents, known, left);
  switch (answer.verdict) {
    case "contained":
      return answer.scope === "all-actions" ? { bound: true } : { bound: "unknown", reason: answer.reason };
    case "exceeds":
      return { bound: false, request: answer.counterexample, statement: answer.statement };
    case "not-proved":
      return { bound: "unknown", reason: answer.reason };
  }
}

/** What a statement asks a request to pass: an Allow by its tests, a Deny by the opposite of its own. */
export const testsToPass = ({ effect, condition }: Statement): readonly Test[] =>
  effect === "Allow" ? condition.tests : condition.tests.flatMap((test) => opposite(test) ?? []);

/** A policy that allows nothing, or all that passes a test. */
function allowing(what: "Allow nothing" | Test, type: PolicyType): Reading {
  const reading = parseDocument(
    {
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        ...(what === "Allow nothing" ? { NotAction: "*" } : { Action: "*" }),
        ...(type === "identity" ? {} : { Principal: "*" }),
        ...(type === "trust" ? {} : { Resource: "*" }),
      },
    },
    type,
  );
  if (what === "Allow nothing") return reading;
  const condition = { ...NO_CONDITION, tests: [what] };
  const statements = reading.document.statements.map((each) => ({ ...each, conditional: true, condition }));
  return { ...reading, document: { ...reading.document, statements } };
}

/** A policy that allows nothing. */
export const nothing = (type: PolicyType): Reading => allowing("Allow nothing", type);

/** How the values of a key must be fixed for it to say who asks, or for whom. */
export type Fixing =
  "text" | "account" | "organization" | "arn" | "account-arn" | "organization-path" | "unique-id" | "address";

/** Forms of values, wildcards included; in an ARN, those after the account do no harm: its owner decides who has such names. */
const FORMS: Readonly<Record<Exclude<Fixing, "address">, RegExp>> = {
  text: /^[^*?]+$/,
  account: /^[^*?]+$/,
  organization: /^[^*?]+$/,
  arn: /^([^*?]+|arn:[^:*?]+:[^:*?]+:[^:]*:\d{12}:.*)$/s,
  "account-arn": /^arn:[^:*?]+:[^:*?]+:[^:]*:\d{12}:/,
  "organization-path": /^(o-[a-z0-9]+\/|[^*?]+$)/,
  // "AROAEXAMPLEID:*" are the sessions of one role.
  "unique-id": /^([^*?]+$|A[A-Z0-9]{15,}:)/,
};

/** What stands for the account and the organization that a resource belongs to. */
export interface Owner {
  readonly account?: string;
  readonly organization?: string;
}

/**
 * Whose a resource is, AWS alone says, and it is one account and one organization; where a request does not have the key, the value
 * matches nothing. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
 */
const OF_ACCOUNT: Owner = { account: "123456789012" };
const OF_ORGANIZATION: Owner = { organization: "o-a1b2c3d4e5" };
const OWNED: Readonly<Partial<Record<Fixing, Owner>>> = {
  account: OF_ACCOUNT,
  arn: OF_ACCOUNT,
  "account-arn": OF_ACCOUNT,
  organization: OF_ORGANIZATION,
  "organization-path": OF_ORGANIZATION,
};

/**
 * The values that a request must have one of to pass a test; undefined where none is needed, or they are not known. A `*` that
 * is no wildcard is shown as `_`, and a text in any case in lower case.
 *
 * @param owner - what to read for the policy variables that say whose the resource is; without it they are not known
 */
export function neededValues(test: Test, owner: Owner = {}): readonly string[] | undefined {
  const { comparing, qualifier, ifExists } = test.operator;
  // Negated, or passed without the key, a test shuts nobody out.
  if (comparing === undefined || comparing.negated || ifExists || qualifier === "ForAllValues")
    return undefined;
  const texts = knownTexts(test, owner);
  const hasWildcards = comparing.comparison === "text-pattern" || comparing.comparison === "arn";
  if (hasWildcards) return texts;
  const shown = texts?.map((text) => text.replace(/[*?]/g, "_"));
  return comparing.comparison === "text-any-case" ? shown?.map((text) => text.toLowerCase()) : shown;
}

/** The values as written, with the owner in place of the variables that stand for it; undefined where others are left. */
function knownTexts(
  { values, texts }: Test,
  { account, organization }: Owner,
): readonly string[] | undefined {
  if (values.kind !== "text" || values.patterns.length === 0) return undefined;
  if (!values.patterns.some(hasVariable)) return texts;
  const owned = texts.map((text) =>
    text
      .replace(/\$\{aws:ResourceAccount\}/gi, (variable) => account ?? variable)
      .replace(/\$\{aws:ResourceOrgID\}/gi, (variable) => organization ?? variable),
  );
  return owned.some((text) => text.includes("${")) ? undefined : owned;
}

/** Whether a request must carry a fixed value of the key to pass a test. */
export function fixes(test: Test, fixing: Fixing): boolean {
  const { operator, values } = test;
  if (fixing !== "address") {
    const needed = neededValues(test, OWNED[fixing]);
    return needed?.every((text) => FORMS[fixing].test(text)) ?? false;
  }
  const { comparing, qualifier, ifExists } = operator;
  if (comparing === undefined || comparing.negated || ifExists || qualifier === "ForAllValues") return false;
  return values.kind === "ranges" && areNarrow(values.ranges);
}

/**
 * "0.0.0.0/1" is nearly everybody: a range is taken to name somebody from /8 on, and from /32 on in version 6; and so are
 * sixteen as large together, which are a sixteenth of all addresses there are. What stands twice counts once.
 */
function areNarrow(ranges: readonly Range[]): boolean {
  const sums = { four: 0n, six: 0n };
  const sorted = ranges
    .map((range) => ({ version: isOfVersion6(range.low) ? "six" : "four", ...bounds(range) }) as const)
    .sort((a, b) => (a.low < b.low ? -1 : a.low > b.low ? 1 : 0));
  const ends = { four: -1n, six: -1n };
  for (const { version, low, high } of sorted) {
    if (high - low + 1n > LARGEST[version]) return false;
    const from = low > ends[version] ? low : ends[version] + 1n;
    if (high < from) continue;
    sums[version] += high - from + 1n;
    ends[version] = high;
  }
  return sums.four <= MOST * LARGEST.four && sums.six <= MOST * LARGEST.six;
}
const bounds = ({ low, high }: Range) => ({ low: BigInt(low), high: BigInt(high) });
const LARGEST = { four: 1n << 24n, six: 1n << 96n } as const;
const MOST = 16n;

/**
 * Whether a request must say something certain by a key to pass a test: not just any value, nor one that is open itself.
 *
 * @param isOpen - whether a policy variable may stand for anything, given its key
 */
export function pins({ operator, values }: Test, isOpen: (key: string) => boolean): boolean {
  const { comparing, qualifier, ifExists } = operator;
  if (comparing === undefined || comparing.negated || ifExists || qualifier === "ForAllValues") return false;
  return (
    values.kind === "text" &&
    values.patterns.length > 0 &&
    values.patterns.every((pattern) => saysSomething(pattern, isOpen))
  );
}

const saysSomething = (pattern: Pattern, isOpen: (key: string) => boolean): boolean =>
  variablesIn(pattern).some(({ key }) => !isOpen(key)) ||
  withOpenVariables(pattern, () => true).some(({ kind }) => kind === "literal");
