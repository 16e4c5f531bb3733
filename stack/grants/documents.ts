import { type Description, GENERATED, type RawStatement, type Side } from "../description";
import { type Grant, grantsOf, usagesOf } from "./grants";
import { fit, type PolicyPart, size, sizeProblems } from "./fit";
import { writeStatements, type WrittenStatement } from "./statements";
import { callerTrust, executionTrust, type TrustStatement } from "./trust";

/** An IAM policy document as plain data. */
export interface PolicyDocument<Statement> {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** The names, with their paths, that the roles will have. */
export interface RoleNames {
  readonly execution: string;
  readonly caller: string;
}

/** All that one side of a workflow consists of, as the JSON that IAM gets. */
export interface Identity {
  readonly side: Side;
  /** Absent for a caller that nobody is named to assume: its policies go to existing identities only. */
  readonly trust?: string;
  readonly policies: readonly PolicyPart[];
  /** Absent unless it is to be generated. */
  readonly boundary?: string;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
// Two of them can be raised; their defaults hold in every account.
const MAX_POLICY_SIZE = 6144;
const MAX_TRUST_SIZE = 2048;
const MAX_ATTACHMENTS = 10;
const MAX_ROLE_NAME = 64;

/** @returns The name of a role without its path. */
export const nameOf = (pathAndName: string): string => pathAndName.slice(pathAndName.lastIndexOf("/") + 1);

const PLAIN_NAMES: RoleNames = { execution: "execution", caller: "caller" };

const document = <Statement>(statements: readonly Statement[]): PolicyDocument<Statement> => ({
  Version: "2012-10-17",
  Statement: statements,
});

/** @returns The permissions of one side of a workflow in one document: the statements written for it, then its raw ones. */
export function policyDocument(
  description: Description,
  side: Side = "execution",
  names: RoleNames = PLAIN_NAMES,
): PolicyDocument<WrittenStatement | RawStatement> {
  const raw = rawOf(description, side);
  const grants = grantsOf(usagesOf(description, names.execution)).filter((grant) => grant.side === side);
  return document([...writeStatements(grants, raw).map(({ statement }) => statement), ...raw]);
}

/** @returns The trust policy of one side of a workflow. */
export function trustDocument(
  description: Description,
  side: Side = "execution",
): PolicyDocument<TrustStatement> {
  return document(
    side === "execution"
      ? executionTrust(description, usagesOf(description, PLAIN_NAMES.execution))
      : callerTrust(description),
  );
}

const rawOf = ({ statements, caller }: Description, side: Side): readonly RawStatement[] =>
  side === "execution" ? statements : caller.statements;

/**
 * Writes all documents of a workflow, or says why IAM would refuse them.
 *
 * @param description A workflow.
 * @param names The names of its roles.
 * @param at What stands before a key in messages; its last character parts it from whose key it is.
 * @returns Minified JSON, the same bytes for the same workflow; or one line for each problem.
 */
export function writeDocuments(
  description: Description,
  names: RoleNames = PLAIN_NAMES,
  at = "ai-workflow:",
): { readonly identities: readonly Identity[] } | { readonly problems: readonly string[] } {
  const usages = usagesOf(description, names.execution);
  const grants = grantsOf(usages);
  const handsOver = grants.some(({ actions }) => actions.includes("iam:PassRole"));
  const problems: string[] = [];
  const identities = (["execution", "caller"] as const).flatMap((side): Identity[] => {
    const own = grants.filter((grant) => grant.side === side);
    const raw = rawOf(description, side);
    const isHandedOver = side === "execution" && handsOver;
    if (own.length + raw.length === 0 && !isHandedOver) return [];
    const statements = side === "execution" ? executionTrust(description, usages) : callerTrust(description);
    const trust = statements.length > 0 ? JSON.stringify(document(statements)) : undefined;
    const policies = own.length + raw.length === 0 ? [] : fit(own, raw, MAX_POLICY_SIZE);
    const boundary =
      trust !== undefined && description.boundary === GENERATED && policies.length > 0
        ? boundaryOf(own, raw)
        : undefined;
    problems.push(
      ...problemsOf(at, side, policies, trust, boundary),
      ...(trust === undefined ? [] : longName(at, side, nameOf(names[side]))),
    );
    return [
      { side, policies, ...(trust !== undefined && { trust }), ...(boundary !== undefined && { boundary }) },
    ];
  });
  return problems.length > 0 ? { problems } : { identities };
}

/** All that the policies of a role allow, and so never more: what is attached to it later adds nothing. */
function boundaryOf(grants: readonly Grant[], raw: readonly RawStatement[]): string {
  const statements = writeStatements(grants, raw).map(({ statement }) => withoutSid(statement));
  return JSON.stringify(document([...statements, ...raw]));
}

const withoutSid = (statement: WrittenStatement): Omit<WrittenStatement, "Sid"> => {
  const { Effect, Action, Resource, Condition } = statement;
  return { Effect, Action, Resource, ...(Condition !== undefined && { Condition }) };
};

function problemsOf(
  at: string,
  side: Side,
  policies: readonly PolicyPart[],
  trust: string | undefined,
  boundary: string | undefined,
): readonly string[] {
  const workflow = at.slice(0, -1);
  const the = side === "execution" ? "the" : "the caller's";
  const whose = side === "execution" ? "execution role" : "caller";
  const tooLong = (what: string, json: string, limit: number, report?: readonly string[]) =>
    sizeProblems(`${workflow}: ${what}`, json, limit, report);
  return [
    ...policies.flatMap(({ group, json, report }) => {
      const of = group === "" ? "" : ` of \`${group}\``;
      return tooLong(`${the} policy document${of}`, json, MAX_POLICY_SIZE, report);
    }),
    ...(policies.length > MAX_ATTACHMENTS
      ? [`${workflow}: the ${whose} has ${policies.length} policies, expected at most ${MAX_ATTACHMENTS}`]
      : []),
    ...(trust === undefined ? [] : tooLong(`the trust policy of the ${whose}`, trust, MAX_TRUST_SIZE)),
    ...(boundary === undefined || size(boundary) <= MAX_POLICY_SIZE || policies.some(isTooLong)
      ? []
      : [
          `${at}boundary: found \`${GENERATED}\`, which has ${size(boundary)} characters for the ${whose}, expected at most ${MAX_POLICY_SIZE}: \`none\`, or the ARN of an existing policy`,
        ]),
  ];
}

function longName(at: string, side: Side, name: string): readonly string[] {
  if (name.length <= MAX_ROLE_NAME) return [];
  return [
    `${at}names.${side}Role: found the name \`${name}\` of ${name.length} characters, expected at most ${MAX_ROLE_NAME}`,
  ];
}

const isTooLong = ({ json }: PolicyPart): boolean => size(json) > MAX_POLICY_SIZE;
