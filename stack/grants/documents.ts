import { type Description, type RawStatement } from "../description";
import { writeStatements, type WrittenStatement } from "./statements";
import { type TrustStatement, writeTrustStatement } from "./trust";

/** An IAM policy document as plain data. */
export interface PolicyDocument<Statement> {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** The two documents of a workflow, as the JSON that IAM gets. */
export interface Documents {
  readonly policy: string;
  readonly trust: string;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
// The quota of a trust policy can be raised; its default holds in every account.
const MAX_POLICY_SIZE = 6144;
const MAX_TRUST_SIZE = 2048;

/** @returns The permissions of a workflow: the statements written for it, then its raw ones. */
export function policyDocument(description: Description): PolicyDocument<WrittenStatement | RawStatement> {
  return {
    Version: "2012-10-17",
    Statement: [...writeStatements(description), ...description.statements],
  };
}

/** @returns The trust policy of a workflow's execution role. */
export function trustDocument(description: Description): PolicyDocument<TrustStatement> {
  return { Version: "2012-10-17", Statement: [writeTrustStatement(description)] };
}

/**
 * Writes both documents, or says why IAM would refuse them.
 *
 * @param description A workflow.
 * @returns Minified JSON, the same bytes for the same workflow; or one line for each problem.
 */
export function writeDocuments(
  description: Description,
): { readonly documents: Documents } | { readonly problems: readonly string[] } {
  const policy = JSON.stringify(policyDocument(description));
  const trust = JSON.stringify(trustDocument(description));
  const problems = [
    ...sizeProblems("the policy document", policy, MAX_POLICY_SIZE),
    ...sizeProblems("the trust policy", trust, MAX_TRUST_SIZE),
  ];
  return problems.length > 0 ? { problems } : { documents: { policy, trust } };
}

/**
 * Measures a document as IAM does: white space does not count.
 *
 * @param what What it is called in the message.
 * @param json The document.
 * @param limit The most characters it may have.
 * @returns One line when it has more, none otherwise.
 */
export function sizeProblems(what: string, json: string, limit: number): readonly string[] {
  const size = json.replace(/[ \t\r\n]/g, "").length;
  return size > limit ? [`ai-workflow: ${what} has ${size} characters, expected at most ${limit}`] : [];
}
