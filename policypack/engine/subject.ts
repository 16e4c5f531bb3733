/** What is judged, and where it comes from. */
import type { PolicyType, Reading } from "../iam";
import type { Labels } from "./applies-to";

/** Where a document stands: a file, or a property of a Pulumi resource. */
export type Subject = { readonly file: string } | ResourceSubject;

/** A Pulumi resource, or one of its properties; the empty property is the resource itself. */
export interface ResourceSubject {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly property: string;
}

/**
 * What a document does where it stands. `identity` and `permission-set` documents grant; a `boundary`, a `session` policy, a
 * `service-control` policy, a `resource-control` policy and the policy of a VPC `endpoint` only limit what others grant; `trust`
 * says who may assume a role, `resource` who may use a resource.
 */
export type PolicyKind =
  | "identity"
  | "permission-set"
  | "boundary"
  | "session"
  | "service-control"
  | "resource-control"
  | "endpoint"
  | "trust"
  | "resource";

/** The elements that statements of a kind have. */
export const TYPE_OF: Readonly<Record<PolicyKind, PolicyType>> = {
  identity: "identity",
  "permission-set": "identity",
  boundary: "identity",
  session: "identity",
  "service-control": "identity",
  "resource-control": "resource",
  endpoint: "resource",
  trust: "trust",
  resource: "resource",
};

/** The kinds of documents that grant by themselves what they say to whoever has them. */
export const GRANTING: readonly PolicyKind[] = ["identity", "permission-set"];
export const EVERY_KIND = Object.keys(TYPE_OF) as readonly PolicyKind[];

/** A policy document and where it stands. */
export interface SubjectDocument {
  readonly subject: Subject;
  readonly kind: PolicyKind;
  readonly reading: Reading;
  /** of the resource it stands in; a file has none */
  readonly labels?: Labels;
  /** what puts anything right that is found, where a resource makes the document and none stands in it to be changed */
  readonly fix?: string;
}
