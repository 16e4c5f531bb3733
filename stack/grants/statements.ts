import { type CapabilityId } from "../../policypack/catalogue/capabilities";
import { type BucketGrant, type Description } from "../description";
import { fillCapability, type FilledStatement, mapValues, type ParametersOf } from "./fill";
import { nameUniquely, readableSid } from "./sid";

/** An Allow statement in IAM's JSON form; a list of one is written as a string. */
export interface WrittenStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A filled statement with what its Sid is made of. */
interface Grant extends FilledStatement {
  readonly capabilities: readonly CapabilityId[];
  readonly target: readonly string[];
}

/**
 * Writes the statements of a workflow, from the catalogue's capabilities alone.
 *
 * @param description The workflow. The order of its lists has no influence on the result.
 * @returns One statement for each pair of resources and conditions, actions sorted, Sids unique
 *   and none of those that the raw statements have.
 */
export function writeStatements(description: Description): readonly WrittenStatement[] {
  const grants = merge(grantsOf(description));
  const reserved = description.statements.flatMap(({ Sid }) => (typeof Sid === "string" ? [Sid] : []));
  return nameUniquely(grants, ({ capabilities, target }) => readableSid(capabilities, target), reserved).map(
    ([sid, { actions, resources, conditions }]) => ({
      Sid: sid,
      Effect: "Allow",
      Action: oneOrMany(actions),
      Resource: oneOrMany(resources),
      ...(Object.keys(conditions).length > 0 && {
        Condition: mapValues(conditions, (keys) => mapValues(keys, oneOrMany)),
      }),
    }),
  );
}

function grantsOf({
  partition,
  region,
  account,
  buckets,
  endpoints,
  rekognition,
}: Description): readonly Grant[] {
  const place = { partition, region, account };
  const detect = rekognition.detect.map((action) => `rekognition:${action}`);
  return [
    ...[...buckets].sort(byNameThenPrefix).flatMap(({ name, prefix, access }) => {
      const objects = { partition, account, bucket: name, prefix };
      const target = [name, prefix];
      return [
        ...(access.includes("list") || access.includes("read") ? grantListing(objects, target) : []),
        ...(access.includes("read") ? grant("s3.read", objects, target) : []),
        ...(access.includes("write") ? grant("s3.write", objects, target) : []),
      ];
    }),
    ...[...endpoints]
      .sort()
      .flatMap((endpoint) => grant("sagemaker.invokeEndpoint", { ...place, endpoint }, [endpoint])),
    ...(detect.length > 0 ? grant("rekognition.detect", {}, [], detect) : []),
    ...[...rekognition.collections]
      .sort()
      .flatMap((collection) => grant("rekognition.searchFaces", { ...place, collection }, [collection])),
  ];
}

function grantListing(objects: ParametersOf<"s3.list">, target: readonly string[]): readonly Grant[] {
  return objects.prefix === "" ? grant("s3.listAll", objects, target) : grant("s3.list", objects, target);
}

function grant<const Id extends CapabilityId>(
  id: Id,
  values: ParametersOf<Id>,
  target: readonly string[],
  selected?: readonly string[],
): readonly Grant[] {
  return fillCapability(id, values, selected).map((filled) => ({ ...filled, capabilities: [id], target }));
}

/** Joins what differs in its actions only: the same requests are allowed, with fewer characters. */
function merge(grants: readonly Grant[]): readonly Grant[] {
  const merged = new Map<string, Grant>();
  for (const grant of grants) {
    const key = JSON.stringify([grant.resources, grant.conditions]);
    const same = merged.get(key);
    merged.set(key, {
      ...(same ?? grant),
      capabilities: sorted([...(same?.capabilities ?? []), ...grant.capabilities]),
      actions: sorted([...(same?.actions ?? []), ...grant.actions]),
    });
  }
  return [...merged.values()];
}

function sorted<Text extends string>(texts: readonly Text[]): readonly Text[] {
  return [...new Set(texts)].sort();
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [first, ...rest] = values;
  return first !== undefined && rest.length === 0 ? first : values;
}

function byNameThenPrefix(a: BucketGrant, b: BucketGrant): number {
  return compare(a.name, b.name) || compare(a.prefix, b.prefix);
}

// Code units, not a locale: the same description gives the same bytes on every machine.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
