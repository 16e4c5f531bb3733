/** From documents and examples to resources as the engine has them when a policy sees them. */
import assert from "node:assert/strict";
import type { ExampleResource, PolicyKind } from "../../policypack/engine";
import { isUnknown, type Json, type JsonObject, type Unknown } from "../../policypack/iam";
import {
  checked,
  type Registration,
  UNKNOWN_STRING,
  type WireObject,
  type WireValue,
} from "../../policypack/dist/host";
import { RESOURCE_TYPES } from "../../policypack/pulumi/resource-types";

export const registration = (type: string, name: string, properties: WireObject): Registration => ({
  type,
  name,
  urn: `urn:pulumi:dev::project::${type}::${name}`,
  parent: "",
  custom: true,
  properties,
  dependencies: [],
  propertyDependencies: {},
  protect: false,
  ignoreChanges: [],
  additionalSecretOutputs: [],
  deleteBeforeReplace: undefined,
});

/** A value on the wire, where what is not known yet has the SDK's mark. */
export const onWire = (value: Json | Unknown): WireValue => {
  if (isUnknown(value)) return UNKNOWN_STRING;
  if (isList(value)) return value.map(onWire);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, onWire(member)]));
};
const isList = (value: Json): value is readonly (Json | Unknown)[] => Array.isArray(value);

/** Whether a part of it, and not all of it, is not known yet. */
const isPartlyKnown = (value: Json | Unknown): boolean =>
  typeof value === "object" && value !== null && Object.values(value as JsonObject).some(hasUnknown);
const hasUnknown = (value: Json | Unknown): boolean => isUnknown(value) || isPartlyKnown(value);

/** Types whose policies every rule is asked about alike, where there are many of a kind. */
const PREFERRED: readonly string[] = ["aws:s3/bucketPolicy:BucketPolicy", "aws-native:s3:BucketPolicy"];

/** A type, and its property that holds a document of a kind. */
interface Holder {
  readonly type: string;
  readonly property: string;
}

/** Policies of an organization are of one type, and a property says which they are. */
const OF_ORGANIZATION: Readonly<Partial<Record<PolicyKind, string>>> = {
  "service-control": "SERVICE_CONTROL_POLICY",
  "resource-control": "RESOURCE_CONTROL_POLICY",
};

/** The types that hold documents of a kind in a property of their own. */
function holdersOf(kind: PolicyKind): readonly Holder[] {
  if (OF_ORGANIZATION[kind] !== undefined)
    return [{ type: "aws:organizations/policy:Policy", property: "content" }];
  const found = [...RESOURCE_TYPES].flatMap(([type, holdings]) =>
    holdings
      .filter(({ content, path }) => content === kind && path.length === 1)
      .map(({ path: [property = ""] }): Holder => ({ type, property })),
  );
  const rank = ({ type }: Holder): number => (PREFERRED.includes(type) ? 0 : 1);
  return [...found].sort((one, other) => rank(one) - rank(other));
}

/**
 * A document as the resource it stands in, as a policy sees it: text, or all of it not known yet, in the AWS provider; an object, in
 * which parts are not known yet, in the one of Cloud Control.
 *
 * @param type - of the resource; the first that holds documents of the kind, without
 * @returns undefined where no resource holds such documents
 */
export function resourceOf(
  document: Json | Unknown,
  kind: PolicyKind,
  name: string,
  type?: string,
): (Holder & { readonly registration: Registration }) | undefined {
  const isPartial = isPartlyKnown(document);
  const holder = holdersOf(kind).find((each) =>
    type === undefined ? each.type.startsWith(isPartial ? "aws-native:" : "aws:") : each.type === type,
  );
  assert.ok(type === undefined || holder !== undefined, `${String(type)} holds no ${kind} document`);
  if (holder === undefined) return undefined;
  const value = onWire(document);
  const given = typeof value === "object" && value !== null && !isPartial ? JSON.stringify(value) : value;
  const which = OF_ORGANIZATION[kind];
  const properties = { [holder.property]: given, ...(which === undefined ? {} : { type: which }) };
  return { ...holder, registration: registration(holder.type, name, properties) };
}

/**
 * The resources of an example as the engine hands them on.
 *
 * @param named - the name that a resource has among others
 */
export const registrationsOf = (
  resources: readonly ExampleResource[],
  named: (name: string) => string = (name) => name,
): readonly Registration[] => {
  const bare = resources.map(({ type, name, props }) =>
    registration(type, named(name), onWire(props as JsonObject) as WireObject),
  );
  const urnOf = (name: string): string => {
    const found = bare.find((each) => each.name === named(name));
    assert.ok(found !== undefined, `there is no resource ${name}`);
    return found.urn;
  };
  return resources.map(({ props, dependencies = {} }, index) => {
    const made = bare[index];
    assert.ok(made !== undefined);
    const propertyDependencies = Object.fromEntries(
      Object.entries(dependencies).map(([property, names]) => [property, names.map(urnOf)]),
    );
    const whole = {
      ...made,
      propertyDependencies,
      dependencies: [...new Set(Object.values(propertyDependencies).flat())],
    };
    // The provider makes a document of which a part is not known one that is not known at all; the case is about the part.
    return Object.values(props).some((value) => isPartlyKnown(value as Json)) ? whole : checked(whole);
  });
};
