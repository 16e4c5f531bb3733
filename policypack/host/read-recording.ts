/** From the text of a file to the resources in it, by the kind of file that it is. */
import { isWireList, isWireObject, type WireObject, type WireValue } from "./registration";
import {
  DamagedRecording,
  recordedResource,
  type RecordedResource,
  type Recording,
  textAt,
} from "./recorded";

/** What a file may hold besides a policy document. */
export type RecordingKind = "state" | "preview" | "event-log";

/** Operations after which a resource is no longer there, or that only look at what others have made: no policy is asked of them. */
const UNJUDGED: ReadonlySet<string> = new Set([
  "delete",
  "delete-replaced",
  "discard",
  "discard-replaced",
  "remove-pending-replace",
  "read",
  "read-replacement",
  "read-discard",
  "refresh",
]);
/** Operations that make a resource anew: what was known of the old one does not hold. */
const ANEW: ReadonlySet<string> = new Set([
  "create",
  "replace",
  "create-replacement",
  "import",
  "import-replacement",
]);

/**
 * Reads a state: `{version, deployment}` of `pulumi stack export`, or `{version, checkpoint}` of a backend in a folder.
 *
 * @throws {@link DamagedRecording} where it is damaged
 */
export function readState(value: WireValue, text: string): Recording {
  const [list, deployment] = deploymentIn(value);
  const resources = listAt(deployment, "resources", list.slice(0, -1).join("."));
  return {
    resources: resources.flatMap((resource, index): readonly RecordedResource[] => {
      const where = `${list.join(".")}[${index}]`;
      if (!isWireObject(resource)) throw new DamagedRecording(`\`${where}\`: expected an object`);
      // It waits to be deleted; another one has taken its place. The engine does not judge it either.
      if (resource["delete"] === true) return [];
      const at = { start: 0, end: text.length, item: { list, index }, path: "inputs" };
      return [recordedResource(resource, {}, where, at)];
    }),
    problems: [],
    notes: [],
  };
}

/** The versions of a state that are known: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/core.go */
const VERSIONS: readonly number[] = [3, 4];

function deploymentIn(value: WireValue): readonly [list: readonly string[], deployment: WireObject] {
  if (!isWireObject(value)) throw new DamagedRecording("a state: expected an object");
  const { version = null, deployment, checkpoint } = value;
  if (typeof version !== "number" || !VERSIONS.includes(version))
    throw new DamagedRecording(
      `\`version\`: states of version ${VERSIONS.join(" and ")} can be read, no others`,
    );
  if (checkpoint === undefined) {
    if (deployment === undefined || !isWireObject(deployment))
      throw new DamagedRecording("`deployment`: expected an object");
    return [["deployment", "resources"], deployment];
  }
  const latest = isWireObject(checkpoint) ? (checkpoint["latest"] ?? {}) : null;
  if (!isWireObject(latest)) throw new DamagedRecording("`checkpoint.latest`: expected an object");
  return [["checkpoint", "latest", "resources"], latest];
}

/** A list; one that is absent is empty, which is how Go writes it. */
function listAt(holder: WireObject, name: string, where: string): readonly WireValue[] {
  const value = holder[name] ?? [];
  if (isWireList(value)) return value;
  throw new DamagedRecording(`\`${where === "" ? "" : `${where}.`}${name}\`: expected a list`);
}

/** Reads what `pulumi preview --json` prints. @throws {@link DamagedRecording} where it is damaged */
export function readPreview(value: WireValue, text: string): Recording {
  if (!isWireObject(value)) throw new DamagedRecording("a preview: expected an object");
  const steps = listAt(value, "steps", "");
  const resources = new Map<string, RecordedResource>();
  let same = 0;
  for (const [index, step] of steps.entries()) {
    const where = `steps[${index}]`;
    if (!isWireObject(step)) throw new DamagedRecording(`\`${where}\`: expected an object`);
    const op = textAt(step, "op", where);
    if (op === "same") same++;
    const at = { start: 0, end: text.length, item: { list: ["steps"], index }, path: "newState.inputs" };
    for (const resource of judged(op, step["newState"], step["oldState"], `${where}.newState`, at))
      resources.set(resource.urn, resource);
  }
  const changes = value["changeSummary"];
  const kept = changes !== undefined && isWireObject(changes) ? changes["same"] : undefined;
  const missing = typeof kept === "number" ? kept - same : 0;
  return {
    resources: [...resources.values()],
    problems: listAt(value, "diagnostics", "").some(
      (each) => isWireObject(each) && each["severity"] === "error",
    )
      ? ["the preview ended in an error, so that resources may be missing"]
      : [],
    notes:
      missing > 0
        ? [
            `${missing} resources stay the same and are not in it; \`pulumi preview --json --show-sames\` has them`,
          ]
        : [],
  };
}

function judged(
  op: string,
  state: WireValue | undefined,
  old: WireValue | undefined,
  where: string,
  at: RecordedResource["at"],
): readonly RecordedResource[] {
  if (UNJUDGED.has(op) || state === undefined || state === null) return [];
  if (!isWireObject(state)) throw new DamagedRecording(`\`${where}\`: expected an object`);
  const before = old !== undefined && isWireObject(old) && !ANEW.has(op) ? old : {};
  return [recordedResource(state, before, where, at)];
}

/** One line of a log: where it stands in the file, and the event. */
export interface LoggedEvent {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly event: WireObject;
}

/** The events of a resource: before its operation, and once its outputs are there. */
const OF_RESOURCES = ["resourcePreEvent", "resOutputsEvent"] as const;

/** Reads the log of an operation: what was said last of each resource counts. @throws {@link DamagedRecording} where it is damaged */
export function readEvents(events: readonly LoggedEvent[]): Recording {
  const resources = new Map<string, RecordedResource>();
  let result: WireValue | undefined;
  for (const { line, start, end, event } of events) {
    const summary = event["summaryEvent"];
    if (summary !== undefined && isWireObject(summary)) result = summary["result"] ?? "succeeded";
    for (const name of OF_RESOURCES) {
      const of = event[name];
      if (of === undefined) continue;
      const metadata = isWireObject(of) ? of["metadata"] : undefined;
      const where = `line ${line}: ${name}.metadata`;
      if (metadata === undefined || !isWireObject(metadata))
        throw new DamagedRecording(`\`${where}\`: expected an object`);
      const op = textAt(metadata, "op", where);
      const at = { start, end, item: undefined, path: `${name}.metadata.new.inputs` };
      for (const resource of judged(op, metadata["new"], metadata["old"], `${where}.new`, at))
        resources.set(resource.urn, resource);
    }
  }
  return { resources: [...resources.values()], problems: unfinished(result), notes: [] };
}

const unfinished = (result: WireValue | undefined): readonly string[] => {
  if (result === undefined)
    return ["the log ends before its operation does, so that resources may be missing"];
  // Logs of older versions do not say how it ended.
  return result === "succeeded" || result === ""
    ? []
    : ["the operation ended in an error, so that resources may be missing"];
};
