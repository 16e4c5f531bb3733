/** Values as the engine writes them down: secrets encrypted, in plain text or left out, and what is not known yet. */
import { isUnknown, type Json, type JsonObject, readJson, UNKNOWN, type Unknown } from "../iam";
import {
  isReference,
  isSecret,
  isUnknownOnWire,
  isWireList,
  isWireObject,
  type WireObject,
  type WireValue,
} from "./registration";

/** What was noticed while the properties of a resource were read. */
export interface Noticed {
  /** the properties that hold a secret which the file does not tell */
  readonly hidden: Set<string>;
  /** the texts that the file tells, and that are secret */
  readonly secrets: Set<string>;
}

/** What a preview has in place of a secret; a state has none, but encrypted. */
const LEFT_OUT = "[secret]";

/** Shorter texts would be found in any message, and tell nothing. */
const SHORTEST_SECRET = 3;

/** The properties of a resource as a policy sees them: secrets as what they hold, and what cannot be told as {@link UNKNOWN}. */
export function recordedProperties(properties: WireObject, noticed: Noticed): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const hide = (): Unknown => {
        noticed.hidden.add(name);
        return UNKNOWN;
      };
      return [name, recordedValue(value, hide, noticed.secrets)];
    }),
  );
}

/** @param hide - called for a secret that is not told; its answer stands in its place */
function recordedValue(value: WireValue, hide: () => Unknown, secrets: Set<string>): Json | Unknown {
  if (isUnknownOnWire(value)) return UNKNOWN;
  if (value === LEFT_OUT) return hide();
  if (isWireList(value)) return value.map((item) => recordedValue(item, hide, secrets));
  if (!isWireObject(value)) return value;
  if (isSecret(value)) {
    const told = toldBy(value);
    if (told === undefined) return hide();
    const plain = recordedValue(told, hide, secrets);
    for (const text of textsIn(plain)) secrets.add(text);
    return plain;
  }
  if (isReference(value)) return idOf(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, recordedValue(member, hide, secrets)]),
  );
}

/** What a secret holds: on the wire as it is, in a state exported with `--show-secrets` as JSON text, else encrypted. */
function toldBy({ value, plaintext }: WireObject): WireValue | undefined {
  if (typeof plaintext === "string") return JSON.parse(plaintext) as WireValue;
  return value;
}

/** The ID of a resource that is given as a whole; it is empty as long as there is none. */
const idOf = ({ id = "" }: WireObject): Json | Unknown =>
  typeof id === "string" && id !== "" && !isUnknownOnWire(id) ? id : UNKNOWN;

/** The texts of a secret. Of a document they are what it names; which actions it allows is what findings are about. */
function textsIn(value: Json | Unknown): readonly string[] {
  if (typeof value === "string") return [value, ...partsOf(value)].filter(isTelling);
  if (isUnknown(value) || typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    textsIn(member).filter((text) => SAID[key]?.test(text) !== true),
  );
}
const ACTION = /^[a-z0-9-]+:[a-z0-9*?]+$/i;
const SAID: Readonly<Partial<Record<string, RegExp>>> = {
  Version: /^\d{4}-\d\d-\d\d$/,
  Effect: /^(Allow|Deny)$/,
  Action: ACTION,
  NotAction: ACTION,
};

const isTelling = (text: string): boolean => text.replace(/[*?]/g, "").length >= SHORTEST_SECRET;

/** The parts by which a message may name what a text says: of a document its members, of an ARN its resource. */
function partsOf(text: string): readonly string[] {
  if (/^\s*[[{]/.test(text)) {
    const { value } = readJson(text);
    return value === undefined ? [] : textsIn(value);
  }
  const resource = /^arn:(?:[^:]*:){4}(.+)$/s.exec(text)?.[1];
  return resource === undefined ? [] : [resource, ...resource.split(/[:/]/).slice(0, 1)];
}
