/** Which resource types are identities, managed policies and attachments of IAM, and in which properties they say what. */
import type { IdentityKind } from "../engine";

/** A list of inline policies: its property, and the members that name each and hold its document. */
export interface InlineList {
  readonly list: string;
  readonly name: string;
  readonly document: string;
}

export interface IdentityType {
  readonly kind: IdentityKind;
  /** its name */
  readonly name: string;
  readonly inline?: InlineList;
  /** a property that holds the one inline policy there can be */
  readonly document?: string;
  readonly trust?: string;
  /** properties that list managed policies, by ARN or by name and path */
  readonly managed?: readonly string[];
  readonly boundary?: string;
  /** the groups it is a member of */
  readonly groups?: string;
}

export const IDENTITY_TYPES: ReadonlyMap<string, IdentityType> = new Map<string, IdentityType>([
  [
    "aws:iam/role:Role",
    {
      kind: "role",
      name: "name",
      inline: { list: "inlinePolicies", name: "name", document: "policy" },
      trust: "assumeRolePolicy",
      managed: ["managedPolicyArns"],
      boundary: "permissionsBoundary",
    },
  ],
  ["aws:iam/user:User", { kind: "user", name: "name", boundary: "permissionsBoundary" }],
  ["aws:iam/group:Group", { kind: "group", name: "name" }],
  ["aws:ssoadmin/permissionSet:PermissionSet", { kind: "permission-set", name: "name" }],
  [
    "aws-native:iam:Role",
    {
      kind: "role",
      name: "roleName",
      inline: { list: "policies", name: "policyName", document: "policyDocument" },
      trust: "assumeRolePolicyDocument",
      managed: ["managedPolicyArns"],
      boundary: "permissionsBoundary",
    },
  ],
  [
    "aws-native:iam:User",
    {
      kind: "user",
      name: "userName",
      inline: { list: "policies", name: "policyName", document: "policyDocument" },
      managed: ["managedPolicyArns"],
      boundary: "permissionsBoundary",
      groups: "groups",
    },
  ],
  [
    "aws-native:iam:Group",
    {
      kind: "group",
      name: "groupName",
      inline: { list: "policies", name: "policyName", document: "policyDocument" },
      managed: ["managedPolicyArns"],
    },
  ],
  [
    "aws-native:sso:PermissionSet",
    {
      kind: "permission-set",
      name: "name",
      document: "inlinePolicy",
      managed: ["managedPolicies", "customerManagedPolicyReferences"],
      boundary: "permissionsBoundary",
    },
  ],
]);

/** The properties that hold a list. */
export const LISTS: ReadonlySet<string> = new Set([
  "customerManagedPolicyReferences",
  "groups",
  "managedPolicies",
  "managedPolicyArns",
  "policyArns",
  "roles",
  "users",
]);

/** An attachment's property that names identities of a kind: one, or a list of them. */
export interface Target {
  readonly identity: IdentityKind;
  readonly property: string;
}

export interface ManagedPolicyType {
  readonly name: string;
  readonly document: string;
  /** the identities it attaches itself to */
  readonly targets: readonly Target[];
}

export const MANAGED_POLICY_TYPES: ReadonlyMap<string, ManagedPolicyType> = new Map<
  string,
  ManagedPolicyType
>([
  ["aws:iam/policy:Policy", { name: "name", document: "policy", targets: [] }],
  [
    "aws-native:iam:ManagedPolicy",
    {
      name: "managedPolicyName",
      document: "policyDocument",
      targets: [
        { identity: "role", property: "roles" },
        { identity: "user", property: "users" },
        { identity: "group", property: "groups" },
      ],
    },
  ],
]);

/** A resource that does nothing but attach: an inline policy, or managed policies, one or a list, by ARN or by name and path. */
export interface AttachmentType {
  readonly as: "policy" | "boundary";
  readonly inline?: { readonly name?: string; readonly document: string };
  readonly managed?: string;
  readonly targets: readonly Target[];
}

const inline = (
  identity: IdentityKind,
  property: string,
  name: string,
  document: string,
): AttachmentType => ({
  as: "policy",
  inline: { name, document },
  targets: [{ identity, property }],
});
const managed = (identity: IdentityKind, property: string, policies: string): AttachmentType => ({
  as: "policy",
  managed: policies,
  targets: [{ identity, property }],
});
const toPermissionSet = (what: Omit<AttachmentType, "as" | "targets">): AttachmentType => ({
  as: "policy",
  ...what,
  targets: [{ identity: "permission-set", property: "permissionSetArn" }],
});

export const ATTACHMENT_TYPES: ReadonlyMap<string, AttachmentType> = new Map<string, AttachmentType>([
  ["aws:iam/rolePolicy:RolePolicy", inline("role", "role", "name", "policy")],
  ["aws:iam/userPolicy:UserPolicy", inline("user", "user", "name", "policy")],
  ["aws:iam/groupPolicy:GroupPolicy", inline("group", "group", "name", "policy")],
  ["aws-native:iam:RolePolicy", inline("role", "roleName", "policyName", "policyDocument")],
  ["aws-native:iam:UserPolicy", inline("user", "userName", "policyName", "policyDocument")],
  ["aws-native:iam:GroupPolicy", inline("group", "groupName", "policyName", "policyDocument")],
  ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", managed("role", "role", "policyArn")],
  ["aws:iam/userPolicyAttachment:UserPolicyAttachment", managed("user", "user", "policyArn")],
  ["aws:iam/groupPolicyAttachment:GroupPolicyAttachment", managed("group", "group", "policyArn")],
  [
    "aws:iam/policyAttachment:PolicyAttachment",
    {
      as: "policy",
      managed: "policyArn",
      targets: [
        { identity: "role", property: "roles" },
        { identity: "user", property: "users" },
        { identity: "group", property: "groups" },
      ],
    },
  ],
  [
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    managed("role", "roleName", "policyArns"),
  ],
  [
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
    managed("user", "userName", "policyArns"),
  ],
  [
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
    managed("group", "groupName", "policyArns"),
  ],
  [
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
    toPermissionSet({ inline: { document: "inlinePolicy" } }),
  ],
  [
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
    toPermissionSet({ managed: "managedPolicyArn" }),
  ],
  [
    "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive",
    toPermissionSet({ managed: "managedPolicyArns" }),
  ],
  [
    "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment",
    toPermissionSet({ managed: "customerManagedPolicyReference" }),
  ],
  [
    "aws:ssoadmin/customerManagedPolicyAttachmentsExclusive:CustomerManagedPolicyAttachmentsExclusive",
    toPermissionSet({ managed: "customerManagedPolicyReferences" }),
  ],
  [
    "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment",
    { ...toPermissionSet({ managed: "permissionsBoundary" }), as: "boundary" },
  ],
]);

/** Which resource types put users into groups, and in which properties they name them: one, or a list. */
export const MEMBERSHIP_TYPES: ReadonlyMap<string, { readonly users: string; readonly groups: string }> =
  new Map([
    ["aws:iam/groupMembership:GroupMembership", { users: "users", groups: "group" }],
    ["aws:iam/userGroupMembership:UserGroupMembership", { users: "user", groups: "groups" }],
    ["aws-native:iam:UserToGroupAddition", { users: "users", groups: "groupName" }],
  ]);
