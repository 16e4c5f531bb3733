/**
 * The resources of a stack as the engine has written them down: in a state (`pulumi stack export`, or a file of a backend), in a
 * preview (`pulumi preview --json`), or in the log of an operation (`--event-log`, and the JSON that updates stream).
 */
import type { JsonObject } from "../iam";
import { type Noticed, recordedProperties } from "./recorded-value";
import { isUnknownOnWire, isWireList, isWireObject, type WireObject, type WireValue } from "./registration";

/** Where the properties of a resource stand in a file. */
export interface RecordedAt {
  /** the JSON text they stand in: the whole file, or one line of it; from its first character to behind its last */
  readonly start: number;
  readonly end: number;
  /** the JSON path of the list that the resource is in, and its place there; undefined where the text is of this resource alone */
  readonly item: { readonly list: readonly string[]; readonly index: number } | undefined;
  /** the JSON path of the properties, from the item or the text */
  readonly path: string;
}

/** A resource of a program as the engine knows it. */
export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** what the program sets, as the provider's Check leaves it: what `Analyze` is asked about */
  readonly inputs: JsonObject;
  /** what the provider has made of it: what `AnalyzeStack` is asked about */
  readonly outputs: JsonObject;
  /** by property, the URNs of the resources whose outputs its value is made of */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** the properties that hold a secret which the file does not tell */
  readonly hidden: ReadonlySet<string>;
  /** what the file tells and is secret */
  readonly secrets: ReadonlySet<string>;
  readonly at: RecordedAt;
  /** where the program makes it, from the folder of the project; undefined where that is not known */
  readonly source: { readonly file: string; readonly line: number; readonly column: number } | undefined;
}

export interface Recording {
  readonly resources: readonly RecordedResource[];
  /** why resources may be missing, so that nothing is proved of the stack */
  readonly problems: readonly string[];
  /** what is not in it, and is no mistake */
  readonly notes: readonly string[];
}

/** The file is not what it seems to be: damaged, or of a version that is not known. */
export class DamagedRecording extends Error {}

/** The properties of an object; an absent one has none. */
function objectAt(holder: WireObject, name: string, where: string): WireObject {
  const value = holder[name] ?? {};
  if (isWireObject(value)) return value;
  throw new DamagedRecording(`\`${where}.${name}\`: expected an object`);
}

export function textAt(holder: WireObject, name: string, where: string): string {
  const value = holder[name];
  if (typeof value === "string" && value !== "") return value;
  throw new DamagedRecording(`\`${where}.${name}\`: expected a text`);
}

/**
 * Reads a resource.
 *
 * @param old - the same resource before the operation; what the provider has read of it still holds where nothing else is said
 * @param where - its JSON path in the file, for messages
 */
export function recordedResource(
  state: WireObject,
  old: WireObject,
  where: string,
  at: RecordedAt,
): RecordedResource {
  const urn = textAt(state, "urn", where);
  const [, project, type, ...name] = urn.split("::");
  if (!urn.startsWith("urn:pulumi:") || project === undefined || type === undefined)
    throw new DamagedRecording(
      `\`${where}.urn\`: expected a URN such as urn:pulumi:stack::project::type::name`,
    );
  const noticed: Noticed = { hidden: new Set(), secrets: new Set() };
  const read = (of: WireObject, property: string): JsonObject => {
    try {
      return recordedProperties(objectAt(of, property, where), noticed);
    } catch (error) {
      if (error instanceof SyntaxError) throw new DamagedRecording(`\`${where}\`: a secret is no JSON`);
      throw error;
    }
  };
  const inputs = read(state, "inputs");
  return {
    urn,
    type: textAt(state, "type", where),
    name: name.join("::"),
    inputs,
    outputs: { ...idOf(state), ...read(old, "outputs"), ...inputs, ...read(state, "outputs") },
    propertyDependencies: dependenciesOf(objectAt(state, "propertyDependencies", where)),
    hidden: noticed.hidden,
    secrets: noticed.secrets,
    at,
    source: sourceOf(state["sourcePosition"]),
  };
}

/** Providers give it among the outputs as well, but not all of them do. */
const idOf = ({ id }: WireObject): JsonObject =>
  typeof id === "string" && id !== "" && !isUnknownOnWire(id) ? { id } : {};

const dependenciesOf = (by: WireObject): RecordedResource["propertyDependencies"] =>
  Object.fromEntries(
    Object.entries(by).map(([property, urns]) => [
      property,
      isWireList(urns ?? [])
        ? ((urns ?? []) as readonly WireValue[]).filter((urn) => typeof urn === "string")
        : [],
    ]),
  );

/** `project:///index.ts#12,16`; a file outside the project, or of a package, is nobody's to change. */
function sourceOf(position: WireValue | undefined): RecordedResource["source"] {
  const [, file = "", line, column = "1"] =
    /^project:\/\/\/([^#]+)#(\d+)(?:,(\d+))?$/.exec(typeof position === "string" ? position : "") ?? [];
  if (line === undefined || /(^|\/)(\.\.|node_modules)\//.test(file)) return undefined;
  return { file: decodeURI(file), line: Number(line), column: Number(column) };
}
