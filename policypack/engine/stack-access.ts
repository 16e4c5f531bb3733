/**
 * Whether a stack lets anybody do what it did not let them do before: identity by identity, and document by document for what is
 * attached to no identity. Nothing is taken for granted of what a Deny does to the policies of others, so one that is gone or
 * changed leaves nothing proved.
 */
import { type Containment, contains, type Json, type Known } from "../iam";
import type { AttachedPolicy, Identity, Stack, StackDocument } from "./stack";
import type { ResourceSubject } from "./subject";

/** A stack at one time, and all documents in it. */
export interface StackSide {
  readonly stack: Stack;
  readonly documents: readonly StackDocument[];
}

/** What there is to say of one identity or document. */
export interface AccessChange {
  /** `role workflow`, `assumeRolePolicy of workflow` */
  readonly of: string;
  readonly subject: ResourceSubject;
  readonly candidate: readonly StackDocument[];
  readonly reference: readonly StackDocument[];
  /** `gained` needs no example: all of it is new, or a limit is gone */
  readonly answer: Containment | { readonly verdict: "gained"; readonly reason: string };
}
type Answer = AccessChange["answer"];

/** Everything of a stack that gives access or limits it, each held against what it was. */
export const accessChanges = (now: StackSide, before: StackSide, known: Known): readonly AccessChange[] => [
  ...identityChanges(now.stack, before.stack, known),
  ...documentChanges(now, before, known),
  ...looseChanges(now.stack, before.stack),
];

/** The policies that together decide what somebody may do, as far as they stand here. */
interface Held {
  readonly documents: readonly StackDocument[];
  /** what else is attached, by name; its text does not stand here */
  readonly foreign: readonly string[];
  /** why nobody can tell all of them */
  readonly untold: string | undefined;
}

function* identityChanges(now: Stack, before: Stack, known: Known): Generator<AccessChange> {
  const earlier = new Map(before.identities.map((identity) => [identity.resource.urn, identity]));
  for (const identity of now.identities) {
    const old = earlier.get(identity.resource.urn);
    const { urn, type, name } = identity.resource;
    const base = { of: `${identity.kind} ${name}`, subject: { urn, type, name, property: "" } };
    const held = heldBy(identity, now);
    if (old === undefined)
      yield { ...base, candidate: held.documents, reference: [], answer: gained("it is new") };
    else {
      const was = heldBy(old, before);
      yield {
        ...base,
        candidate: held.documents,
        reference: was.documents,
        answer: within(held, was, known),
      };
      if (old.boundary !== undefined)
        yield {
          ...base,
          of: `boundary of ${base.of}`,
          ...boundaryChange(identity, old.boundary.policy, known),
        };
    }
  }
}

function heldBy(identity: Identity, { identities }: Stack): Held {
  const groups = identity.groups.map(({ group }) =>
    group.kind === "identity" ? identities.find(({ resource }) => resource.urn === group.urn) : undefined,
  );
  const policies = [identity, ...groups.filter((group) => group !== undefined)].flatMap((of) =>
    of.policies.map(({ policy }) => policy),
  );
  return {
    documents: policies.flatMap(documentOf),
    foreign: policies.flatMap((policy) => (policy.kind === "foreign" ? policy.arn : [])),
    untold: policies.some(({ kind }) => kind === "unknown")
      ? "which policies are attached is not known"
      : groups.includes(undefined)
        ? "it is in a group that does not stand in the stack, or is not known"
        : undefined,
  };
}

const documentOf = (policy: AttachedPolicy): readonly StackDocument[] =>
  policy.kind === "inline" ? [policy.document] : policy.kind === "managed" ? [policy.policy.document] : [];

const heldAs = (policy: AttachedPolicy): Held => ({
  documents: documentOf(policy),
  foreign: policy.kind === "foreign" ? [policy.arn] : [],
  untold: policy.kind === "unknown" ? "which policy it is is not known" : undefined,
});

function boundaryChange(
  { boundary }: Identity,
  old: AttachedPolicy,
  known: Known,
): Pick<AccessChange, "candidate" | "reference" | "answer"> {
  const was = heldAs(old);
  if (boundary === undefined)
    return { candidate: [], reference: was.documents, answer: gained("it is taken off") };
  const held = heldAs(boundary.policy);
  return { candidate: held.documents, reference: was.documents, answer: within(held, was, known) };
}

/** Documents that no identity of the stack has, such as those of resources, trust policies, and what others may be attached to. */
function* documentChanges(now: StackSide, before: StackSide, known: Known): Generator<AccessChange> {
  const ofIdentities = reached(now.stack);
  const earlier = new Map(before.documents.map((document) => [keyOf(document), document]));
  const current = new Set(now.documents.map(keyOf));
  for (const document of now.documents) {
    if (ofIdentities.has(keyOf(document))) continue;
    const old = earlier.get(keyOf(document));
    const answer =
      old === undefined
        ? allowsNothing([document])
          ? PROVED
          : gained("it is new")
        : within(held(document), held(old), known);
    yield { ...named(document), candidate: [document], reference: old === undefined ? [] : [old], answer };
  }
  for (const document of before.documents)
    if (!current.has(keyOf(document)) && limits(document) && !reached(before.stack).has(keyOf(document)))
      yield {
        ...named(document),
        candidate: [],
        reference: [document],
        answer: gained("it limited what others allow, and is gone"),
      };
}

const held = (document: StackDocument): Held => ({
  documents: [document],
  foreign: [],
  untold: undefined,
});
const named = ({ subject }: StackDocument) => ({ of: `${subject.property} of ${subject.name}`, subject });
const keyOf = ({ subject }: StackDocument): string => `${subject.urn} ${subject.property}`;

/** The documents of identities of the stack that nobody else has. */
function reached({ identities, loose }: Stack): ReadonlySet<string> {
  const own = identities.flatMap(({ policies, boundary }) =>
    [...policies, ...(boundary === undefined ? [] : [boundary])].flatMap(({ policy }) => documentOf(policy)),
  );
  const others = new Set(loose.flatMap(({ policy }) => documentOf(policy)).map(keyOf));
  return new Set(own.map(keyOf).filter((key) => !others.has(key)));
}

/** The kinds that take away by what they do not allow. */
const LIMITING: readonly StackDocument["kind"][] = [
  "service-control",
  "resource-control",
  "endpoint",
  "session",
];
const limits = (document: StackDocument): boolean =>
  document.kind !== "trust" && (LIMITING.includes(document.kind) || denialsOf(document).length > 0);

/** What is attached to identities of other stacks. */
function* looseChanges(now: Stack, before: Stack): Generator<AccessChange> {
  type Loose = Stack["loose"][number];
  const key = ({ as, to, policy }: Loose): string =>
    JSON.stringify([as, to, policy.kind === "foreign" ? policy.arn : documentOf(policy).map(keyOf)]);
  const isTold = ({ to, policy }: Loose): boolean => to.kind === "foreign" && policy.kind !== "unknown";
  const [current, earlier] = [new Set(now.loose.map(key)), new Set(before.loose.map(key))];
  const change = ({ subject, policy }: Loose, reason: string): AccessChange => ({
    of: `attachment ${subject.name}`,
    subject,
    candidate: documentOf(policy),
    reference: [],
    answer: gained(reason),
  });
  for (const each of now.loose)
    if (each.as === "policy" && !(isTold(each) && earlier.has(key(each))))
      yield change(each, "it attaches a policy to somebody who does not stand in the stack");
  for (const each of before.loose)
    if (!current.has(key(each)) && (each.as === "boundary" || documentOf(each.policy).some(limits)))
      yield change(each, "it limited somebody who does not stand in the stack, and is gone");
}

const PROVED: Answer = { verdict: "contained", scope: "all-actions" };
const gained = (reason: string): Answer => ({ verdict: "gained", reason });
const notProved = (reason: string): Answer => ({ verdict: "not-proved", reason, statement: undefined });

function within(now: Held, before: Held, known: Known): Answer {
  const untold = now.untold ?? before.untold;
  if (untold !== undefined) return notProved(untold);
  const added = now.foreign.find((name) => !before.foreign.includes(name));
  if (added !== undefined) return gained(`\`${added}\` is attached`);
  const removed = before.foreign.find((name) => !now.foreign.includes(name));
  if (removed !== undefined)
    return notProved(`\`${removed}\` is no longer attached, and what it denies does not stand in the stack`);
  const unread = [...now.documents, ...before.documents].find(({ reading }) => !isRead(reading));
  if (unread !== undefined)
    return notProved(
      `${named(unread).of} ${unread.reading.unknown.length > 0 ? "is not known" : "cannot be read"}`,
    );
  const kept = new Set(now.documents.flatMap(denialsOf));
  const lost = before.documents.find((document) => denialsOf(document).some((denial) => !kept.has(denial)));
  if (lost !== undefined) return notProved(`a Deny of ${named(lost).of} is gone or changed`);
  if (allowsNothing(now.documents)) return PROVED;
  if (before.documents.length === 0) return gained("it had no policy of its own");
  return contains(
    before.documents.map(({ reading }) => reading),
    now.documents.map(({ reading }) => reading),
    known,
  );
}

const isRead = ({ problems, unknown }: StackDocument["reading"]): boolean =>
  problems.length === 0 && unknown.length === 0;

const allowsNothing = (documents: readonly StackDocument[]): boolean =>
  documents.every(
    ({ reading }) => isRead(reading) && reading.document.statements.every(({ effect }) => effect === "Deny"),
  );

/** The Deny statements of a document, as texts that are the same for the same statement. */
const denialsOf = ({ reading }: StackDocument): readonly string[] =>
  reading.document.statements.flatMap(({ effect, source }) =>
    // What a policy variable means depends on the version.
    effect === "Deny" ? sorted({ ...source, Sid: "", Version: reading.document.version ?? "" }) : [],
  );

const sorted = (value: Json): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
