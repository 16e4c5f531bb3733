/**
 * AWS's custom policy checks, offline: what a policy must not grant, whether it is public, whether two are the same.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-custom-policy-checks.html
 */
import { type Containment, contains } from "./containment";
import type { Known } from "./counterexample";
import { parseDocument, type Reading } from "../language/document";
import { nothing } from "./binding";
import type { PolicyType } from "../language/statement";

/** Access that a policy must not grant: any of the actions on any of the resources; an absent list means all. */
export interface Access {
  /** patterns such as `s3:DeleteBucket` or `iam:*` */
  readonly actions?: readonly string[];
  /** ARN patterns */
  readonly resources?: readonly string[];
}

/**
 * Proves that documents grant nothing of some access: AWS's CheckAccessNotGranted.
 *
 * @returns `contained` when nothing of it is granted; otherwise a request that is, or why neither was proved
 */
export const doesNotGrant = (documents: readonly Reading[], access: Access, known: Known): Containment =>
  contains([everythingBut(access, typeOf(documents))], documents, known);

const typeOf = (documents: readonly Reading[]): PolicyType => documents[0]?.document.type ?? "identity";

/** A policy that allows all that lacks one of the action and the resource of some access. */
function everythingBut({ actions, resources }: Access, type: PolicyType): Reading {
  const whom = type === "identity" ? {} : { Principal: "*" };
  const where = type === "trust" ? {} : { Resource: "*" };
  const statements = [
    ...(actions === undefined ? [] : [{ Effect: "Allow", ...whom, NotAction: [...actions], ...where }]),
    ...(resources === undefined || type === "trust"
      ? []
      : [{ Effect: "Allow", ...whom, Action: "*", NotResource: [...resources] }]),
  ];
  return statements.length === 0
    ? nothing(type)
    : parseDocument({ Version: "2012-10-17", Statement: statements }, type);
}

/** Both directions of a comparison. */
export interface Comparison {
  /** whether the second is within the first: it adds nothing */
  readonly adds: Containment;
  /** whether the first is within the second: it takes nothing away */
  readonly removes: Containment;
}

/** Compares what two policies allow; they are equivalent when both directions are contained. */
export const compare = (before: readonly Reading[], after: readonly Reading[], known: Known): Comparison => ({
  adds: contains(before, after, known),
  removes: contains(after, before, known),
});

/** Whether two policies allow the same: a proof when true. */
export function areEquivalent(a: readonly Reading[], b: readonly Reading[], known: Known): boolean {
  const { adds, removes } = compare(a, b, known);
  return [adds, removes].every((answer) => answer.verdict === "contained" && answer.scope === "all-actions");
}
