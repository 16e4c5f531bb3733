/** What the provider's Check makes of inputs: documents as JSON text, unknown as a whole where any part is; names made up. */
import type { Handler, Properties } from "./handler";

/** How the engine's protocol marks values; a text that is not known yet is this one. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";

export const isUnknown = (value: unknown): boolean => value === UNKNOWN;
const isObject = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value without the marks of outputs and secrets, IDs in place of resources. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  const signature = value[SIGNATURE];
  if (signature === SECRET) return plain(value["value"]);
  if (signature === OUTPUT) return "value" in value ? plain(value["value"]) : UNKNOWN;
  if (signature === REFERENCE) return value["id"] === "" ? UNKNOWN : value["id"];
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

const mentionsUnknown = (value: unknown): boolean =>
  isUnknown(value) ||
  (Array.isArray(value) && value.some(mentionsUnknown)) ||
  (isObject(value) && Object.values(value).some(mentionsUnknown));

/** A document as JSON text without white space, which is how two spellings of one document compare as equal. */
function normalised(document: unknown): unknown {
  if (mentionsUnknown(document)) return UNKNOWN;
  if (typeof document !== "string") return JSON.stringify(document);
  try {
    return JSON.stringify(JSON.parse(document));
  } catch {
    return document; // IAM is to say what is wrong with it
  }
}

export function checkedInputs(
  handler: Handler,
  name: string,
  olds: Properties,
  news: Properties,
): Properties {
  const given = plain(news) as Properties;
  const inputs = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [
      key,
      handler.documents.includes(key) ? normalised(value) : value,
    ]),
  );
  return handler.named ? { name: olds["name"] ?? `${name}-e2e`, ...inputs } : inputs;
}
