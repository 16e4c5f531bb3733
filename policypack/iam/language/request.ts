/** A request that AWS decides on. */

/** The condition keys of a request, in lower case, with their values; a key that is not there is absent. */
export type Context = ReadonlyMap<string, readonly string[]>;

export interface Request {
  /** `s3:GetObject`, in any case */
  readonly action: string;
  /** the ARN, or `*` for an action that is about no resource */
  readonly resource: string;
  /** who asks; undefined where a policy does not say: an identity-based one is about whoever has it */
  readonly principal: Caller | undefined;
  readonly context: Context;
}

/** Who makes a request, as a resource-based policy names it. */
export interface Caller {
  readonly type: PrincipalType;
  /** an ARN (`arn:aws:iam::123456789012:user/bob`, `arn:aws:sts::123456789012:assumed-role/r/session`), a service, a provider */
  readonly id: string;
}

/** The types of principals. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export type PrincipalType = "AWS" | "Service" | "Federated" | "CanonicalUser";
