import { existsIn } from "../../policypack/catalogue/capabilities";
import { type Description, GENERATED, NONE, PARTITIONS, TRUSTED_SERVICES } from "../description";
import { grantsOf, usagesOf } from "../grants/grants";
import { PATH, readBoundary, readCaller, readNames, readSessionDuration, readTags } from "./identity";
import { mismatch, oneOf, printable, type Report, unknownKey } from "./message";
import { ACCOUNT, partitionOf, REGION } from "./names";
import { readBuckets, readEndpoints, readRekognition, readStatements, readTargets } from "./parts";
import { arnsOf, destinationsOf, readUses } from "./uses";
import { choice, type Fields, isObject, optional, type Read, text } from "./readers";

/** What the keys of a configuration begin with. */
const NAMESPACE = "ai-workflow:";

const GRANTS = ["buckets", "endpoints", "rekognition", "uses", "statements"];
const IDENTITIES = ["attachTo", "caller", "boundary", "path", "tags", "sessionDuration", "names"];
/** The keys of a description. */
export const KEYS = ["region", "account", "partition", "trustedService", ...GRANTS, ...IDENTITIES];

/** A description; or, where anything is wrong, one line for each problem. */
export type DescriptionReading =
  { readonly description: Description } | { readonly problems: readonly string[] };

/**
 * Reads the configuration of a workflow.
 *
 * @param raw Configuration values by full key, such as `ai-workflow:buckets`, as Pulumi has them: text, and JSON
 *   text where the value is a list or an object (already parsed ones are taken too). Outside the namespace only
 *   `aws:region` is read, and only where `ai-workflow:region` is not given.
 */
export function readDescription(raw: Fields): DescriptionReading {
  const own = Object.fromEntries(
    Object.entries(raw).flatMap(([key, value]) =>
      key.startsWith(NAMESPACE) ? [[key.slice(NAMESPACE.length), value]] : [],
    ),
  );
  return Object.hasOwn(own, "region") || !Object.hasOwn(raw, "aws:region")
    ? readFields(own, NAMESPACE)
    : readFields({ ...own, region: raw["aws:region"] }, NAMESPACE, "aws:region");
}

/**
 * Reads what a program says of a workflow: the same keys under the same rules. A key whose value is undefined is left out.
 *
 * @param args The arguments, of which a program in JavaScript may have made anything.
 * @param whose Whose arguments they are, for messages.
 */
export function readArguments(args: unknown, whose: string): DescriptionReading {
  return isObject(args)
    ? readFields(args, `${whose}.`)
    : { problems: [mismatch(whose, args, "an object with `region`, `account` and what is granted")] };
}

/** @param at What stands before a key in messages; its last character parts it from whose key it is. */
function readFields(fields: Fields, at: string, regionPath = `${at}region`): DescriptionReading {
  const problems: string[] = [];
  const report: Report = (line) => problems.push(line);
  const valueOf = (name: string) => (Object.hasOwn(fields, name) ? fields[name] : undefined);
  const own = <T>(name: string, reader: Read<T>) => reader(`${at}${name}`, valueOf(name), report);

  // A key that nothing reads is most often a typing error, by which a grant or a target would be lost unseen.
  for (const key of Object.keys(fields))
    if (!KEYS.includes(key)) report(unknownKey(printable(`${at}${key}`), key, KEYS));
  const region = text(REGION)(regionPath, valueOf("region"), report);
  const account = own("account", text(ACCOUNT));
  const partition = own("partition", partitionReader(region));
  const trustedService = own("trustedService", optional(choice(TRUSTED_SERVICES), undefined));

  const problemsBefore = problems.length;
  const buckets = own("buckets", readBuckets);
  const endpoints = own("endpoints", readEndpoints);
  const rekognition = own("rekognition", readRekognition);
  const uses = own("uses", readUses);
  const statements = own("statements", readStatements);
  const granted = [buckets, endpoints, rekognition.detect, rekognition.collections, uses, statements];
  if (problems.length === problemsBefore && granted.every(({ length }) => length === 0)) {
    report(`${at.slice(0, -1)}: nothing is granted, expected ${oneOf(GRANTS)}`);
  }
  const attachTo = own("attachTo", readTargets);

  const caller = own("caller", readCaller);
  const boundary = own("boundary", readBoundary);
  const path = own("path", optional(text(PATH), "/"));
  const tags = own("tags", readTags);
  const sessionDuration = own("sessionDuration", readSessionDuration);
  const roleNames = own("names", readNames);

  if (problems.length > 0 || !region || !account || !partition || !boundary || !path) return { problems };
  const description: Description = {
    ...{ partition, region, account, buckets, endpoints, rekognition, uses, attachTo, statements, caller },
    ...{ boundary, path, tags, names: roleNames },
    ...(trustedService !== undefined && { trustedService }),
    ...(sessionDuration !== undefined && { sessionDuration }),
  };
  reportAbsent(description, at, report);
  reportForeignArns(description, at, report);
  reportMissingCaller(description, at, report);
  return problems.length > 0 ? { problems } : { description };
}

/** What the partition does not have can neither be allowed there nor assume a role. */
function reportAbsent(
  { partition, rekognition, uses, trustedService }: Description,
  at: string,
  report: Report,
): void {
  const named = [
    ...uses.map(({ capability }, index) => [`${at}uses[${index}].capability`, capability] as const),
    ...(trustedService === undefined ? [] : [[`${at}trustedService`, trustedService] as const]),
    ...(rekognition.detect.length + rekognition.collections.length > 0
      ? [[`${at}rekognition`, "rekognition"] as const]
      : []),
  ];
  for (const [path, name] of named)
    if (!existsIn(name, partition)) report(mismatch(path, name, `what the partition \`${partition}\` has`));
  for (const [index, use] of uses.entries())
    for (const region of destinationsOf(use))
      if (partitionOf(region) !== partition)
        report(
          mismatch(`${at}uses[${index}].destinations`, region, `a region of the partition \`${partition}\``),
        );
}

/** An ARN of another partition names nothing here. */
function reportForeignArns(
  { partition, uses, buckets, boundary }: Description,
  at: string,
  report: Report,
): void {
  const arns = [
    ...uses.flatMap((use, index) =>
      arnsOf(use).map(([name, arn]) => [`${at}uses[${index}].${name}`, arn] as const),
    ),
    ...buckets.flatMap(({ key }, index) =>
      key === undefined ? [] : [[`${at}buckets[${index}].key`, key] as const],
    ),
    ...(boundary === GENERATED || boundary === NONE ? [] : [[`${at}boundary`, boundary] as const]),
  ];
  for (const [path, arn] of arns)
    if (!arn.startsWith(`arn:${partition}:`))
      report(mismatch(path, arn, `an ARN of the partition \`${partition}\``));
}

/** What starts jobs and hands over the execution role is granted to somebody, or to nobody. */
function reportMissingCaller(description: Description, at: string, report: Report): void {
  const { trustedServices, trustedRoles, attachTo } = description.caller;
  const anybody = [trustedServices, trustedRoles, attachTo.roles, attachTo.users, attachTo.groups].some(
    ({ length }) => length > 0,
  );
  const [first] = grantsOf(usagesOf(description, "execution")).filter(({ side }) => side === "caller");
  if (first === undefined || anybody) return;
  report(
    `${at}caller: missing, expected who gets \`${first.capability.id}\`: \`trustedServices\`, \`trustedRoles\` or \`attachTo\``,
  );
}

function partitionReader(region: string | undefined): Read<Description["partition"] | undefined> {
  const derived = region === undefined ? undefined : partitionOf(region);
  return (path, value, report) => {
    if (value === undefined) return derived;
    const partition = choice(PARTITIONS)(path, value, report);
    if (region !== undefined && partition !== undefined && partition !== derived) {
      report(mismatch(path, partition, `\`${partitionOf(region)}\`, the partition of \`${region}\``));
    }
    return partition;
  };
}
