/**
 * Whether a resource's policy opens it to anybody: AWS's CheckNoPublicAccess, offline.
 * https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html
 */
import type { Test } from "./condition";
import { contains } from "./containment";
import type { Known } from "./counterexample";
import { parseDocument, type Reading } from "./document";
import { hasVariable, isEverything, type Pattern, printPattern } from "./pattern";
import { isExact } from "./overlap";
import type { Request } from "./request";
import type { PolicyType, Statement } from "./statement";
import { isOfVersion6, type Range } from "./value-set";

export type Publicity =
  | { readonly public: false }
  /** a request that a stranger may make, and the statement that allows it */
  | { readonly public: true; readonly request: Request; readonly statement: Statement }
  | { readonly public: "unknown"; readonly reason: string };

/** How the values of a key must be fixed for it to say who asks, or from where. */
type Fixing = "text" | "arn" | "address";

/**
 * The keys that tell known callers from strangers, where their values are fixed.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const TELLING: Readonly<Record<string, Fixing>> = {
  "aws:principalaccount": "text",
  "aws:principalarn": "arn",
  "aws:principalorgid": "text",
  "aws:principalorgpaths": "text",
  "aws:principalserviceorgid": "text",
  "aws:sourceaccount": "text",
  "aws:sourcearn": "arn",
  "aws:sourceip": "address",
  "aws:sourceorgid": "text",
  "aws:sourceorgpaths": "text",
  "aws:sourceowner": "text",
  "aws:sourcevpc": "text",
  "aws:sourcevpce": "text",
  "aws:userid": "text",
  "kms:calleraccount": "text",
  "kms:viaservice": "text",
  "s3:dataaccesspointaccount": "text",
  "s3:dataaccesspointarn": "arn",
};

/**
 * Whether anybody at all may make some request: what statements that name nobody allow, beyond what the others do.
 *
 * @param documents - the policies of one resource, read as resource policies
 */
export function isPublic(documents: readonly Reading[], known: Known): Publicity {
  const closed = documents.map(({ document, ...rest }): Reading => ({
    ...rest,
    document: { ...document, statements: document.statements.filter((each) => !isOpen(each)) },
  }));
  const reference = [
    nothing(documents[0]?.document.type ?? "resource"),
    ...closed.filter(({ document }) => document.statements.length > 0),
  ];
  const answer = contains(reference, documents, known);
  switch (answer.verdict) {
    case "contained":
      return answer.scope === "all-actions"
        ? { public: false }
        : { public: "unknown", reason: answer.reason };
    case "exceeds":
      return { public: true, request: answer.counterexample, statement: answer.statement };
    case "not-proved":
      return { public: "unknown", reason: answer.reason };
  }
}

/** A policy that allows nothing. */
export const nothing = (type: PolicyType): Reading =>
  parseDocument(
    {
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        NotAction: "*",
        ...(type === "identity" ? {} : { Principal: "*" }),
        ...(type === "trust" ? {} : { Resource: "*" }),
      },
    },
    type,
  );

/** Whether a statement allows something to whoever asks: it names nobody, and no condition tells strangers apart. */
const isOpen = ({ effect, principals, condition }: Statement): boolean =>
  effect === "Allow" &&
  principals !== undefined &&
  (principals.negated ||
    principals.partial ||
    principals.entries.some((entry) => isEverything(entry.pattern))) &&
  !condition.tests.some(tellsStrangers);

/** Whether a request must carry a fixed value of a telling key to pass a test. */
function tellsStrangers({ operator, key, values }: Test): boolean {
  const fixing = TELLING[key];
  const { comparing, qualifier, ifExists } = operator;
  // Negated, or passed without the key, a test shuts nobody out.
  if (fixing === undefined || comparing === undefined || comparing.negated || ifExists) return false;
  if (qualifier === "ForAllValues") return false;
  switch (values.kind) {
    case "text":
      return values.patterns.length > 0 && values.patterns.every((pattern) => isFixed(pattern, fixing));
    case "ranges":
      return fixing === "address" && values.ranges.every(isNarrow);
    case "unreadable":
      return false;
  }
}

/** Without wildcards; in an ARN, those after the account do no harm: its owner decides who has such names. */
function isFixed(pattern: Pattern, fixing: Fixing): boolean {
  if (hasVariable(pattern)) return false;
  if (isExact(pattern)) return true;
  const account = /^arn:[^:*?]+:[^:*?]+:[^:]*:\d{12}:/;
  return fixing === "arn" && account.test(printPattern(pattern));
}

/** "0.0.0.0/1" is nearly everybody: a range is taken to name somebody from /8 on, and from /32 on in version 6. */
function isNarrow({ low, high }: Range): boolean {
  const size = BigInt(high) - BigInt(low) + 1n;
  return size <= (isOfVersion6(low) ? 1n << 96n : 1n << 24n);
}
