import {
  capabilities,
  type Capability,
  type Implied,
  type Side,
} from "../../policypack/catalogue/capabilities";
import { type Description, type Use } from "../description";
import { fill, fillCapability, type FilledStatement, type Values } from "./fill";

/** A filled statement with the capability that it is of, and whose it is. */
export interface Grant extends FilledStatement {
  readonly capability: Capability;
  readonly side: Side;
  /** Names of what is granted on. */
  readonly target: readonly string[];
}

/** A capability with the values of its parameters and of the place. */
export interface Usage {
  readonly capability: Capability;
  readonly side: Side;
  readonly values: Values;
}

const catalogue: readonly Capability[] = capabilities;
const order = new Map(catalogue.map(({ id }, index) => [id, index]));

/** @returns The service of a capability: what comes before the dot. */
export const groupOf = ({ id }: Capability): string => id.slice(0, id.indexOf("."));

/**
 * Lists all that a workflow uses, what it takes without being asked included: a key with a bucket, logs with a job.
 *
 * @param description The workflow.
 * @param executionRole The path, without its first slash, and name of the role that is handed over.
 */
export function usagesOf(description: Description, executionRole: string): readonly Usage[] {
  const { partition, region, account } = description;
  const place: Values = {
    partition: [partition],
    region: [region],
    account: [account],
    owner: [account],
    executionRole: [executionRole],
    // AWS writes the domain of its Chinese regions both ways.
    domain: partition === "aws-cn" ? ["amazonaws.com", "amazonaws.com.cn"] : ["amazonaws.com"],
  };
  return usesOf(description).flatMap((use) => {
    const { capability: id, side, ...given } = use as Record<string, string | readonly string[]> & Use;
    const capability = catalogue.find((candidate) => candidate.id === id);
    if (capability === undefined) throw new RangeError(`no capability has the id ${id}`);
    const values: Values = {
      ...place,
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [name, [value].flat()])),
    };
    return withImplied({ capability, side: side ?? capability.side, values });
  });
}

/** The shorthand of a description as uses of the catalogue. */
function usesOf({ buckets, endpoints, rekognition, uses }: Description): readonly Use[] {
  return [
    ...buckets.flatMap(({ name, access, prefix, ...rest }) =>
      access.map((verb): Use => ({ capability: `s3.${verb}`, bucket: name, prefix, ...rest })),
    ),
    ...endpoints.map((endpoint): Use => ({ capability: "sagemaker.invokeEndpoint", endpoint })),
    ...(rekognition.detect.length > 0
      ? [{ capability: "rekognition.detect", calls: rekognition.detect } as const]
      : []),
    ...rekognition.collections.map((collection): Use => ({
      capability: "rekognition.searchFaces",
      collection,
    })),
    ...uses,
  ];
}

function withImplied(usage: Usage): readonly Usage[] {
  const implied = (usage.capability.implies ?? []).flatMap((each) => impliedBy(usage, each));
  return [usage, ...implied.flatMap(withImplied)];
}

function impliedBy(
  { capability, side, values }: Usage,
  { id, with: renamed = {} }: Implied,
): readonly Usage[] {
  const implied = catalogue.find((candidate) => candidate.id === id);
  if (implied === undefined) throw new RangeError(`no capability has the id ${id}`);
  const own = Object.fromEntries(Object.entries(renamed).map(([name, text]) => [name, fill(text, values)]));
  const all: Values = { ...values, ...own };
  if (implied.parameters.some((name) => (all[name] ?? []).length === 0)) return [];
  return [{ capability: implied, side: implied.side === capability.side ? side : implied.side, values: all }];
}

/** @returns The grants of what a workflow uses: by service, then by what is granted on, then in the order of the catalogue. */
export function grantsOf(usages: readonly Usage[]): readonly Grant[] {
  const grants = usages.flatMap(({ capability, side, values }) =>
    fillCapability(capability, values).map((filled): Grant => ({
      ...filled,
      capability,
      side,
      target: capability.parameters
        .filter((name) => name !== "calls")
        .flatMap((name) => values[name] ?? [])
        .map((text) => (text.startsWith("arn:") ? text.slice(text.search(/[^:/]*$/)) : text)),
    })),
  );
  const key = ({ capability, target }: Grant): readonly [number, string, number] => [
    catalogue.findIndex((each) => groupOf(each) === groupOf(capability)),
    target.join("\0"),
    order.get(capability.id) ?? 0,
  ];
  return [...grants].sort((a, b) => {
    const [[group, name, index], [otherGroup, otherName, otherIndex]] = [key(a), key(b)];
    return group - otherGroup || compare(name, otherName) || index - otherIndex;
  });
}

/** By code units, not a locale: the same description gives the same bytes on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
