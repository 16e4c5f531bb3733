/** A resource as a part of a stack, and how to read what it has. */
import {
  type IdentityKind,
  type ManagedPolicy,
  type PolicyKind,
  type ResourceSubject,
  type StackDocument,
  type StackResource,
  TYPE_OF,
} from "../engine";
import { type Json, type JsonObject, parseDocument, type Unknown } from "../iam";
import type { IdentityType } from "./identity-types";
import type { Candidates, Nameable } from "./references";

/** A resource, and by property the URNs of those that its value is made of. */
export interface Placed extends StackResource {
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

export interface NamedIdentity extends Nameable {
  readonly type: IdentityType;
  readonly resource: Placed;
}
export interface NamedPolicy extends Nameable {
  readonly policy: ManagedPolicy;
}

/** What the properties of a stack may refer to. */
export interface Named {
  readonly identities: Candidates<NamedIdentity>;
  readonly ofKind: (kind: IdentityKind) => Candidates<NamedIdentity>;
  readonly policies: Candidates<NamedPolicy>;
}

export const objectOf = (value: Json | Unknown | undefined): JsonObject =>
  typeof value === "object" && value !== null && !isList(value) ? value : {};
export const isList = (value: Json): value is readonly (Json | Unknown)[] => Array.isArray(value);

export const subjectOf = ({ urn, type, name }: StackResource, property: string): ResourceSubject => ({
  urn,
  type,
  name,
  property,
});

export const documentAt = (
  resource: StackResource,
  property: string,
  value: Json | Unknown | undefined,
  kind: PolicyKind,
): StackDocument => ({
  subject: subjectOf(resource, property),
  kind,
  reading: parseDocument(value ?? null, TYPE_OF[kind]),
});

/** What a resource is called by: its ARN, its ID and its name. */
export const textsIn = ({ properties }: StackResource, ...keys: readonly string[]): readonly string[] =>
  keys.map((key) => properties[key]).filter((value) => typeof value === "string");
