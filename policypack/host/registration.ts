/** What a program registers: a resource as the engine would receive it. Plain data, so that it can cross processes. */
import { type Json, UNKNOWN, type Unknown } from "../iam";

/** A value on the engine's wire: JSON, with unknowns, secrets and assets in the SDK's own encoding. */
export type WireValue = string | number | boolean | null | readonly WireValue[] | WireObject;
export interface WireObject {
  readonly [key: string]: WireValue;
}

export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly parent: string;
  readonly custom: boolean;
  readonly properties: WireObject;
  readonly dependencies: readonly string[];
  /** by property, the URNs of the resources whose outputs its value is made of */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly deleteBeforeReplace: boolean | undefined;
}

/** The text that stands for a string that is not known yet, and for values of other types. */
export const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWNS: ReadonlySet<string> = new Set([
  UNKNOWN_STRING,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // a boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // a number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // an array
  "030794c1-ac77-496b-92df-f27374a8bd58", // an asset
  "e48ece36-62e2-4504-bad9-02848725956a", // an archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // an object
]);
export const isUnknownOnWire = (value: WireValue): boolean =>
  typeof value === "string" && UNKNOWNS.has(value);

/** The key under which the SDK marks secrets, assets and the like, and the mark of a secret. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

export const isWireObject = (value: WireValue): value is WireObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const isWireList = (value: WireValue): value is readonly WireValue[] => Array.isArray(value);
export const isSecret = (value: WireObject): boolean => value[SIGNATURE] === SECRET;
/** A resource given as a whole, where its ID is meant. */
export const isReference = (value: WireObject): boolean => value[SIGNATURE] === RESOURCE;
export const secret = (value: WireValue): WireObject => ({ [SIGNATURE]: SECRET, value });

/** A value of the wire as a policy sees it: secrets as what they hold, and what is not known yet as {@link UNKNOWN}. */
export function plainValue(value: WireValue): Json | Unknown {
  if (isUnknownOnWire(value)) return UNKNOWN;
  if (isWireList(value)) return value.map(plainValue);
  if (!isWireObject(value)) return value;
  if (isSecret(value)) return plainValue(value["value"] ?? null);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainValue(member)]));
}
