/** Resource policies that leave `Resource` out, for it is what they are attached to: told by the service that their actions are of. */
import { parseDocument, type PolicyType, type Reading, type Statement } from "../iam";
import { serviceOf } from "./authorization";

/**
 * The services whose resource policies do.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
 * https://docs.aws.amazon.com/AmazonECR/latest/public/public-repository-policy-examples.html
 * https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 * https://docs.aws.amazon.com/cloudsearch/latest/developerguide/configuring-access.html
 */
const IMPLYING: ReadonlySet<string> = new Set(["ecr", "ecr-public", "elasticfilesystem", "cloudsearch"]);

/**
 * Reads the text of a policy of which nothing is known but what it is attached to.
 *
 * @param type - `any` leaves that to the document as well
 */
export function readPolicy(text: string, type: PolicyType | "any"): Reading {
  const reading = parseDocument(text, type);
  if (type === "identity" || type === "trust" || reading.document.type === "identity") return reading;
  const implied = parseDocument(text, "implied-resource");
  const { statements } = implied.document;
  return statements.length > 0 && statements.every(isWhole) ? implied : reading;
}

/** Whether a statement names a resource, or need not. */
const isWhole = ({ source, actions: { negated, partial, entries } }: Statement): boolean =>
  ["Resource", "NotResource"].some((name) => Object.hasOwn(source, name)) ||
  (!negated &&
    !partial &&
    entries.length > 0 &&
    entries.every(({ text }) => IMPLYING.has(serviceOf(text.toLowerCase()))));
