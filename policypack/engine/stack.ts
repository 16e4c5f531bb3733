/** What rules see of a whole stack: who is in it, and what is attached to whom as far as it is known. Plain data. */
import type { JsonObject, Unknown } from "../iam";
import type { Labels } from "./applies-to";
import type { ResourceSubject, SubjectDocument } from "./subject";

/** A resource; a property that is not known yet is `UNKNOWN`. */
export interface StackResource {
  readonly urn: string;
  /** type token: `aws:iam/role:Role` */
  readonly type: string;
  readonly name: string;
  readonly properties: JsonObject;
  readonly labels: Labels;
}

/** A document of a resource of the stack. */
export interface StackDocument extends SubjectDocument {
  readonly subject: ResourceSubject;
}

export type IdentityKind = "role" | "user" | "group" | "permission-set";

/** A customer managed policy of the stack. */
export interface ManagedPolicy {
  readonly resource: StackResource;
  readonly document: StackDocument;
}

export type AttachedPolicy =
  | { readonly kind: "inline"; readonly name: string | undefined; readonly document: StackDocument }
  | { readonly kind: "managed"; readonly policy: ManagedPolicy }
  /** a managed policy that is not of the stack: AWS's own, or another's; its text does not stand here */
  | { readonly kind: "foreign"; readonly arn: string }
  /** something is attached, and nobody can tell yet which policy */
  | { readonly kind: "unknown" };

export interface Attachment {
  /** the resource and property that attach it */
  readonly subject: ResourceSubject;
  readonly policy: AttachedPolicy;
}

/** Somebody or something that does not stand in the stack by name, or nobody can tell whether it does. */
export type Elsewhere = { readonly kind: "foreign"; readonly name: string } | { readonly kind: "unknown" };

/** A user's place in a group. */
export interface Membership {
  readonly subject: ResourceSubject;
  readonly group: { readonly kind: "identity"; readonly urn: string } | Elsewhere;
}

/** A role, user, group or permission set of the stack. */
export interface Identity {
  readonly kind: IdentityKind;
  readonly resource: StackResource;
  /** its own name, where it is known */
  readonly name: string | undefined;
  /** every policy once, however often it is attached */
  readonly policies: readonly Attachment[];
  readonly boundary: Attachment | undefined;
  /** who may assume it: roles have one */
  readonly trust: StackDocument | undefined;
  /** the groups a user is in; their policies are the user's too */
  readonly groups: readonly Membership[];
  readonly tags: JsonObject | Unknown;
}

/** A policy that is attached to an identity of another stack, or to one that is not known yet. */
export interface LooseAttachment extends Attachment {
  readonly to: Elsewhere & { readonly identity: IdentityKind };
  readonly as: "policy" | "boundary";
}

export interface Stack {
  readonly resources: readonly StackResource[];
  readonly identities: readonly Identity[];
  readonly managedPolicies: readonly ManagedPolicy[];
  readonly loose: readonly LooseAttachment[];
}
