/**
 * Whether a resource's policy opens it to anybody: AWS's CheckNoPublicAccess, offline.
 * https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html
 */
import { type Fixing, fixes, isBound } from "./binding";
import type { Test } from "../language/condition";
import type { Known } from "./counterexample";
import type { Reading } from "../language/document";
import { isEverything } from "../pattern/pattern";
import type { Budget } from "../pattern/region";
import type { Request } from "../language/request";
import type { Statement } from "../language/statement";

export type Publicity =
  | { readonly public: false }
  /** a request that a stranger may make, and the statement that allows it */
  | { readonly public: true; readonly request: Request; readonly statement: Statement }
  | { readonly public: "unknown"; readonly reason: string };

/**
 * The keys that tell known callers from strangers, where their values are fixed. S3 calls a value with a policy variable public,
 * whichever it is; that of the resource's own account lets in nobody else all the same.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const TELLING: Readonly<Record<string, Fixing>> = {
  "aws:principalaccount": "account",
  "aws:principalarn": "arn",
  "aws:principalorgid": "organization",
  "aws:principalorgpaths": "organization-path",
  "aws:principalserviceorgid": "text",
  "aws:sourceaccount": "account",
  "aws:sourcearn": "arn",
  "aws:sourceip": "address",
  "aws:sourceorgid": "organization",
  "aws:sourceorgpaths": "organization-path",
  "aws:sourceowner": "account",
  "aws:sourcevpc": "text",
  "aws:sourcevpcarn": "account-arn",
  "aws:sourcevpce": "text",
  "aws:userid": "unique-id",
  "aws:vpceaccount": "account",
  "aws:vpceorgid": "organization",
  "aws:vpceorgpaths": "organization-path",
  "ec2:sourceinstancearn": "account-arn",
  "kms:calleraccount": "account",
  "lambda:sourcefunctionarn": "account-arn",
  "s3:dataaccesspointaccount": "account",
  "s3:dataaccesspointarn": "arn",
};

/**
 * Whether anybody at all may make some request: what statements that name nobody allow, beyond what the others do.
 *
 * @param documents - the policies of one resource, read as resource policies
 * @param left - what is left for several proofs together
 */
export function isPublic(documents: readonly Reading[], known: Known, left?: Budget): Publicity {
  const closed = documents.map(({ document, ...rest }): Reading => ({
    ...rest,
    document: { ...document, statements: document.statements.filter((each) => !isOpen(each)) },
  }));
  const answer = isBound(
    documents,
    tellsStrangers,
    known,
    closed.filter(({ document }) => document.statements.length > 0),
    left,
  );
  switch (answer.bound) {
    case true:
      return { public: false };
    case false:
      return { public: true, request: answer.request, statement: answer.statement };
    case "unknown":
      return { public: "unknown", reason: answer.reason };
  }
}

/** Whether an Allow names nobody in particular. */
export const isOpen = ({ effect, principals }: Statement): boolean =>
  effect === "Allow" &&
  principals !== undefined &&
  (principals.negated ||
    principals.partial ||
    principals.entries.some((entry) => isEverything(entry.pattern)));

/** Whether a request must carry a fixed value of a telling key to pass a test. */
export function tellsStrangers(test: Test): boolean {
  const fixing = TELLING[test.key];
  return fixing !== undefined && fixes(test, fixing);
}
