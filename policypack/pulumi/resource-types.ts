import type { PolicyKind } from "../engine";

/** Which properties of which resource types hold policy documents. A type of the AWS provider is written as its token. */

/** One property that holds a document. */
export interface DocumentProperty {
  /** the property; `list[].member` for a member of every item of a list */
  readonly property: string;
  readonly kind: PolicyKind;
  /** whether the resource makes no sense without it */
  readonly required: boolean;
}

const document = (property: string, required = true): DocumentProperty => ({
  property,
  kind: "identity",
  required,
});

/** The documents of each type, by type token. */
export const RESOURCE_TYPES: ReadonlyMap<string, readonly DocumentProperty[]> = new Map([
  ["aws:iam/policy:Policy", [document("policy")]],
  ["aws:iam/rolePolicy:RolePolicy", [document("policy")]],
  ["aws:iam/userPolicy:UserPolicy", [document("policy")]],
  ["aws:iam/groupPolicy:GroupPolicy", [document("policy")]],
  // An empty inline policy is how a program says "no inline policies".
  ["aws:iam/role:Role", [document("inlinePolicies[].policy", false)]],
]);

/** What the AWS provider makes of an object: the JSON text of the document, unknown as a whole when any part is. */
export const isDocumentProperty = (type: string, property: string): boolean =>
  RESOURCE_TYPES.get(type)?.some((entry) => entry.property === property) ?? false;
