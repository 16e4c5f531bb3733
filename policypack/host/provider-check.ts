/**
 * What the AWS provider's Check makes of a resource's inputs before a policy sees them: a document given as an object
 * becomes JSON text, and a document with any part unknown, or any part secret, becomes so as a whole.
 */
import { isDocumentProperty } from "../pulumi/resource-types";
import {
  isReference,
  isSecret,
  isUnknownOnWire,
  isWireList,
  isWireObject,
  type Registration,
  secret,
  UNKNOWN_STRING,
  type WireValue,
} from "./registration";

/** The registration with its documents as the provider hands them on, and IDs in place of resources. */
export function checked(registration: Registration): Registration {
  const properties = Object.fromEntries(
    Object.entries(registration.properties).map(([key, value]) => {
      const given = withIds(value);
      return [key, isDocumentProperty(registration.type, key) ? asText(given) : given];
    }),
  );
  return { ...registration, properties };
}

/** The engine gives a provider the ID of a resource in place of the resource; that of a new one is not known yet. */
function withIds(value: WireValue): WireValue {
  if (isWireList(value)) return value.map(withIds);
  if (!isWireObject(value)) return value;
  const { id = "" } = value;
  if (isReference(value)) return id === "" ? UNKNOWN_STRING : id;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withIds(member)]));
}

function asText(value: WireValue): WireValue {
  if (!isWireObject(value)) return value;
  if (isSecret(value)) return secret(asText(value["value"] ?? null));
  const found = { unknown: false, secret: false };
  const bare = unwrapped(value, found);
  const text = found.unknown ? UNKNOWN_STRING : JSON.stringify(bare);
  return found.secret ? secret(text) : text;
}

/** The value without the marks of secrets; notes whether there were any, and whether anything is unknown. */
function unwrapped(value: WireValue, found: { unknown: boolean; secret: boolean }): WireValue {
  if (isUnknownOnWire(value)) found.unknown = true;
  if (isWireList(value)) return value.map((item) => unwrapped(item, found));
  if (!isWireObject(value)) return value;
  if (isSecret(value)) {
    found.secret = true;
    return unwrapped(value["value"] ?? null, found);
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unwrapped(member, found)]));
}
