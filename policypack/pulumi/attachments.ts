/** What the resources of a stack attach, and to whom. */
import type { AttachedPolicy, Attachment, IdentityKind, PolicyKind, StackResource } from "../engine";
import { isUnknown, type Json, UNKNOWN, type Unknown } from "../iam";
import {
  ATTACHMENT_TYPES,
  type InlineList,
  LISTS,
  MANAGED_POLICY_TYPES,
  type Target,
} from "./identity-types";
import {
  documentAt,
  isList,
  type Named,
  type NamedIdentity,
  type NamedPolicy,
  objectOf,
  type Placed,
  subjectOf,
  textsIn,
} from "./placed";
import { type Reference, referencesOf } from "./references";

/** An attachment, and to whom. */
export interface Directed extends Attachment {
  readonly as: "policy" | "boundary";
  readonly identity: IdentityKind;
  readonly to: Reference<NamedIdentity>;
}

/** What an identity, or a managed policy, attaches by properties of its own. */
export function ownAttachments(resource: Placed, named: Named): readonly Directed[] {
  const targets = MANAGED_POLICY_TYPES.get(resource.type)?.targets ?? [];
  const policy = named.policies.withUrn(resource.urn)?.policy;
  const byPolicy =
    policy === undefined
      ? []
      : targets.flatMap((target) =>
          directed(resource, target, named).map((to) => ({
            ...to,
            as: "policy" as const,
            subject: subjectOf(resource, target.property),
            policy: { kind: "managed" as const, policy },
          })),
        );
  const self = named.identities.withUrn(resource.urn);
  if (self === undefined) return byPolicy;
  const { kind, inline, document, managed = [], boundary } = self.type;
  const to = { identity: kind, to: { kind: "found", found: self } } as const;
  const inlines = [
    ...(inline === undefined ? [] : inlineIn(resource, inline)),
    ...(document === undefined || absent(resource.properties[document])
      ? []
      : [inlineAt(resource, document, resource.properties[document], undefined, kindFor(kind))]),
  ];
  return [
    ...inlines.map((attachment) => ({ ...attachment, ...to, as: "policy" as const })),
    ...managed.flatMap((property) =>
      managedAt(resource, property, named).map((attachment) => ({
        ...attachment,
        ...to,
        as: "policy" as const,
      })),
    ),
    ...(boundary === undefined ? [] : managedAt(resource, boundary, named)).map((attachment) => ({
      ...attachment,
      ...to,
      as: "boundary" as const,
    })),
  ];
}

const absent = (value: Json | Unknown | undefined): boolean =>
  value === undefined || value === null || value === "";

const kindFor = (identity: IdentityKind): PolicyKind =>
  identity === "permission-set" ? "permission-set" : "identity";

const inlineAt = (
  resource: StackResource,
  property: string,
  value: Json | Unknown | undefined,
  name: string | undefined,
  kind: PolicyKind,
): Attachment => {
  const document = documentAt(resource, property, value, kind);
  return { subject: document.subject, policy: { kind: "inline", name, document } };
};

/** The inline policies that an identity lists. An empty one is how a program says that there are none. */
function inlineIn(resource: Placed, { list, name, document }: InlineList): readonly Attachment[] {
  const value = resource.properties[list];
  if (value === undefined || value === null) return [];
  if (isUnknown(value)) return [inlineAt(resource, list, UNKNOWN, undefined, "identity")];
  if (!isList(value)) return [];
  return value.flatMap((item, index): readonly Attachment[] => {
    const at = `${list}[${index}]`;
    if (isUnknown(item)) return [inlineAt(resource, at, UNKNOWN, undefined, "identity")];
    const members = objectOf(item);
    if (absent(members[document])) return [];
    const called = members[name];
    return [
      inlineAt(
        resource,
        `${at}.${document}`,
        members[document],
        typeof called === "string" ? called : undefined,
        "identity",
      ),
    ];
  });
}

function managedAt(resource: Placed, property: string, { policies }: Named): readonly Attachment[] {
  const value = resource.properties[property];
  const isListed = value !== undefined && !isUnknown(value) && isList(value);
  return referencesOf(value, resource.dependencies[property] ?? [], policies, LISTS.has(property)).map(
    (reference, index) => ({
      subject: subjectOf(resource, isListed ? `${property}[${index}]` : property),
      policy: attachedPolicy(reference),
    }),
  );
}

const attachedPolicy = (reference: Reference<NamedPolicy>): AttachedPolicy => {
  if (reference.kind === "found") return { kind: "managed", policy: reference.found.policy };
  return reference.kind === "foreign" ? { kind: "foreign", arn: reference.name } : { kind: "unknown" };
};

/** To whom a property of an attachment attaches. */
export const directed = (
  resource: Placed,
  { identity, property }: Target,
  named: Named,
): readonly Pick<Directed, "identity" | "to">[] =>
  referencesOf(
    resource.properties[property],
    resource.dependencies[property] ?? [],
    named.ofKind(identity),
    LISTS.has(property),
  ).map((to) => ({ identity, to }));

export function attachmentsOf(resource: Placed, named: Named): readonly Directed[] {
  const type = ATTACHMENT_TYPES.get(resource.type);
  if (type === undefined) return [];
  const { as, inline, managed, targets } = type;
  return targets.flatMap((target) => {
    const attached =
      inline === undefined
        ? managedAt(resource, managed ?? "", named)
        : [
            inlineAt(
              resource,
              inline.document,
              resource.properties[inline.document],
              textsIn(resource, inline.name ?? "")[0],
              kindFor(target.identity),
            ),
          ];
    return directed(resource, target, named).flatMap((to) =>
      attached.map((attachment) => ({ ...attachment, ...to, as })),
    );
  });
}
