/** From the resources of a program to the stack that rules judge. */
import {
  type AttachedPolicy,
  type Attachment,
  type Identity,
  type IdentityKind,
  type LooseAttachment,
  type Membership,
  type Stack,
} from "../engine";
import { isUnknown, type JsonObject, type Unknown } from "../iam";
import { labelsOf, tagsIn } from "./labels";
import { attachmentsOf, type Directed, directed, ownAttachments } from "./attachments";
import { IDENTITY_TYPES, MANAGED_POLICY_TYPES, MEMBERSHIP_TYPES } from "./identity-types";
import {
  documentAt,
  type Named,
  type NamedIdentity,
  type NamedPolicy,
  objectOf,
  type Placed,
  subjectOf,
  textsIn,
} from "./placed";
import { plain } from "./plain-values";
import { Candidates, type Reference } from "./references";

/** What is needed of a resource to place it in a stack; the SDK's `PolicyResource` is one. */
export interface RegisteredResource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: object;
  readonly propertyDependencies: Readonly<Record<string, readonly { readonly urn: string }[]>>;
  /** the properties that the program sets; undefined where that is not known */
  readonly declared?: ReadonlySet<string> | undefined;
}

/** Builds the model of a stack. Nothing is thrown: what cannot be resolved is unknown. */
export function stackOf(registered: readonly RegisteredResource[]): Stack {
  const resources = registered.map(placed);
  const named = namedIn(resources);
  const attachments = resources.flatMap((resource) => [
    ...ownAttachments(resource, named),
    ...attachmentsOf(resource, named),
  ]);
  const attached = byIdentity(attachments, ({ to }) => to);
  const members = byIdentity(
    resources.flatMap((resource) => membershipsOf(resource, named)),
    ({ user }) => user,
  );
  return {
    resources,
    identities: named.identities.all.map((identity) =>
      identityOf(identity, attached.get(identity) ?? [], members.get(identity) ?? []),
    ),
    managedPolicies: named.policies.all.map(({ policy }) => policy),
    loose: attachments.flatMap(loose),
  };
}

function namedIn(resources: readonly Placed[]): Named {
  const identities = resources.flatMap(namedIdentity);
  const kinds = new Map<IdentityKind, Candidates<NamedIdentity>>();
  return {
    identities: new Candidates(identities),
    ofKind: (kind) => {
      const known = kinds.get(kind) ?? new Candidates(identities.filter(({ type }) => type.kind === kind));
      kinds.set(kind, known);
      return known;
    },
    // An ARN that the program writes itself is of no account that the stack would know.
    policies: new Candidates(resources.flatMap(namedPolicy), (text) => [
      text,
      text.replace(/^arn:[^:]*:iam::(?!aws:)[^:]*:policy/, ""),
    ]),
  };
}

/** What is of each identity of the stack. */
function byIdentity<T>(
  all: readonly T[],
  of: (one: T) => Reference<NamedIdentity>,
): ReadonlyMap<NamedIdentity, readonly T[]> {
  const found = new Map<NamedIdentity, T[]>();
  for (const one of all) {
    const to = of(one);
    if (to.kind !== "found") continue;
    const own = found.get(to.found);
    if (own === undefined) found.set(to.found, [one]);
    else own.push(one);
  }
  return found;
}

const placed = ({ type, name, urn, props, propertyDependencies, declared }: RegisteredResource): Placed => ({
  type,
  name,
  urn,
  properties: ofTheProgram(type, objectOf(plain(props)), declared),
  labels: labelsOf(type, props),
  dependencies: Object.fromEntries(
    Object.entries(propertyDependencies).map(([key, of]) => [key, of.map((resource) => resource.urn)]),
  ),
});

/**
 * The properties without lists of policies that the program does not set. The provider reads into them what is attached at that
 * time: also what the program is about to detach, and what others have attached.
 */
function ofTheProgram(
  type: string,
  properties: JsonObject,
  declared: ReadonlySet<string> | undefined,
): JsonObject {
  const { inline, managed = [], groups } = IDENTITY_TYPES.get(type) ?? {};
  const read = [inline?.list, ...managed, groups];
  return declared === undefined
    ? properties
    : Object.fromEntries(
        Object.entries(properties).filter(([name]) => declared.has(name) || !read.includes(name)),
      );
}

function namedIdentity(resource: Placed): readonly NamedIdentity[] {
  const type = IDENTITY_TYPES.get(resource.type);
  if (type === undefined) return [];
  const texts = textsIn(resource, type.name, "id", "arn", "permissionSetArn");
  return [{ urn: resource.urn, type, resource, names: texts }];
}

function namedPolicy(resource: Placed): readonly NamedPolicy[] {
  const type = MANAGED_POLICY_TYPES.get(resource.type);
  if (type === undefined) return [];
  const texts = textsIn(resource, "arn", "policyArn", "id");
  const [name] = textsIn(resource, type.name);
  const [path = "/"] = textsIn(resource, "path");
  const document = documentAt(resource, type.document, resource.properties[type.document], "identity");
  return [
    {
      urn: resource.urn,
      policy: { resource, document },
      names: name === undefined ? texts : [...texts, `${path}${name}`],
    },
  ];
}

interface Member {
  readonly user: Reference<NamedIdentity>;
  readonly membership: Membership;
}

function membershipsOf(resource: Placed, named: Named): readonly Member[] {
  const own = IDENTITY_TYPES.get(resource.type)?.groups;
  const self = named.identities.withUrn(resource.urn);
  const type = own === undefined ? MEMBERSHIP_TYPES.get(resource.type) : { users: undefined, groups: own };
  if (type === undefined) return [];
  const at = (identity: IdentityKind, property: string): readonly Reference<NamedIdentity>[] =>
    directed(resource, { identity, property }, named).map(({ to }) => to);
  const users: readonly Reference<NamedIdentity>[] =
    type.users !== undefined
      ? at("user", type.users)
      : self === undefined
        ? []
        : [{ kind: "found", found: self }];
  const groups = at("group", type.groups);
  return users.flatMap((user) =>
    groups.map((group) => ({
      user,
      membership: {
        subject: subjectOf(resource, type.groups),
        group: group.kind === "found" ? { kind: "identity", urn: group.found.urn } : group,
      },
    })),
  );
}

function identityOf(
  { resource, type }: NamedIdentity,
  own: readonly Directed[],
  members: readonly Member[],
): Identity {
  const [name] = textsIn(resource, type.name);
  const trust = type.trust === undefined ? undefined : resource.properties[type.trust];
  return {
    kind: type.kind,
    resource,
    name,
    policies: once(own.filter(({ as }) => as === "policy")).map(attachmentOnly),
    boundary: own.filter(({ as }) => as === "boundary").map(attachmentOnly)[0],
    trust:
      type.trust === undefined || trust === undefined
        ? undefined
        : documentAt(resource, type.trust, trust, "trust"),
    groups: members.map(({ membership }) => membership),
    tags: tagsOf(resource.properties),
  };
}

const attachmentOnly = ({ subject, policy }: Attachment): Attachment => ({ subject, policy });

/** Every policy once. A role tells of policies that other resources attach, which is why those come first. */
function once(attachments: readonly Directed[]): readonly Directed[] {
  const seen = new Set<string>();
  const isOwn = ({ subject, to }: Directed): boolean => to.kind === "found" && to.found.urn === subject.urn;
  return [...attachments.filter((of) => !isOwn(of)), ...attachments.filter(isOwn)].filter(({ policy }) => {
    const key = keyOf(policy);
    if (key === undefined) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function keyOf(policy: AttachedPolicy): string | undefined {
  switch (policy.kind) {
    case "inline":
      return policy.name === undefined ? undefined : `inline ${policy.name}`;
    case "managed":
      return policy.policy.resource.urn;
    case "foreign":
      return policy.arn;
    case "unknown":
      return undefined;
  }
}

/** Tags as an object, with those that the provider adds where they are known. */
const tagsOf = ({ tagsAll, tags }: JsonObject): JsonObject | Unknown =>
  tagsIn(tagsAll === undefined || isUnknown(tagsAll) ? tags : tagsAll);

function loose({ subject, policy, as, identity, to }: Directed): readonly LooseAttachment[] {
  return to.kind === "found" ? [] : [{ subject, policy, as, to: { ...to, identity } }];
}
