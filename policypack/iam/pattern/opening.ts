/**
 * Whether patterns let in every resource of a type, and not those that somebody had in mind: held against arbitrary names,
 * in arbitrary places.
 */
import { type ArnScope, type ArnTemplate, isOfOtherService, withOpenPlace } from "./arn";
import { beginnings } from "./overlap";
import {
  EVERYTHING,
  freshCharacter,
  isEverything,
  literal,
  matches,
  type Pattern,
  type Token,
  widened,
} from "./pattern";
import { type Budget, budget, coverage } from "./region";
import { remembered, rememberedOfBoth, rememberedOfText } from "./remembered";

/** How many partitions are remembered: AWS has eight, and a document may make some up. */
const MOST_PARTITIONS = 100;

const prefixes = remembered(({ pattern }: ArnScope) =>
  rememberedOfText(MOST_PARTITIONS, (partition): Pattern => [...literal(`arn:${partition}`), ...pattern]),
);
/** `arn:aws:s3:::`, region and account open. */
const prefixOf = (partition: string, scope: ArnScope): Pattern => prefixes(scope)(partition);

/** The patterns of a document that may be about the service of a type. */
const nearTo = rememberedOfBoth((mentioned: readonly Pattern[], scope: ArnScope) =>
  mentioned.filter((pattern) => !isOfOtherService(pattern, scope)),
);

/** How long the arbitrary names are: a pattern of question marks should not pass for a name. */
const NAME_LENGTHS = [0, 6, 39];

/**
 * The resource parts of ARNs that no one had in mind: their names use characters that none of the patterns mentions, or,
 * where the patterns mention all there are, an order of them that nobody writes.
 */
export const arbitraryResources = rememberedOfBoth(makeResources);

function makeResources(template: ArnTemplate, mentioned: readonly Pattern[]): readonly string[] {
  const taken = charactersIn(mentioned);
  const fill = (token: Token, length: number): string => {
    if (token.kind === "literal") return token.value;
    const fresh = freshCharacter(token.of, taken);
    const all = token.of.only ?? "";
    const scattered = (index: number): string => all.charAt((index * 11 + 16) % all.length);
    return Array.from(
      { length: token.kind === "one" ? 1 : length },
      (_, index) => fresh ?? scattered(index),
    ).join("");
  };
  return NAME_LENGTHS.map((length) => template.resource.map((token) => fill(token, length)).join(""));
}

/** The literal characters of patterns. */
const charactersIn = remembered(
  (patterns: readonly Pattern[]): ReadonlySet<string> =>
    new Set(patterns.flat().flatMap((token) => (token.kind === "literal" ? [token.value] : []))),
);

/** Some regions of each partition; https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
const REGIONS: Readonly<Record<string, readonly string[]>> = {
  // prettier-ignore
  aws: [
    "us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-1", "ap-northeast-1",
    "sa-east-1", "ca-central-1", "me-south-1", "af-south-1", "il-central-1", "mx-central-1",
  ],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
  "aws-us-gov": ["us-gov-east-1", "us-gov-west-1"],
};
const ACCOUNTS = [
  "314159265358",
  "271828182845",
  "161803398874",
  "577215664901",
  "693147180559",
  "000000000000",
];

const anywhere = remembered((scope: ArnScope) =>
  rememberedOfText(MOST_PARTITIONS, (partition) => makeBeginnings(scope, partition)),
);

/** Beginnings of ARNs in a partition, in regions and accounts that stand for any. */
const arbitraryBeginnings = (scope: ArnScope, partition: string): readonly string[] =>
  anywhere(scope)(partition);

function makeBeginnings(scope: ArnScope, partition: string): readonly string[] {
  const { text } = scope;
  const regions = text.includes("${Region}") ? (REGIONS[partition] ?? ["xx-region-1"]) : [""];
  const accounts = text.includes("${Account}") ? ACCOUNTS : [""];
  const places = accounts.flatMap((account) =>
    regions.map((region) => text.replace("${Region}", region).replace("${Account}", account)),
  );
  const [first = ""] = places;
  return first.includes("${")
    ? beginnings(EVERYTHING, prefixOf(partition, scope))
    : places.map((place) => `arn:${partition}${place}`);
}

const beginningsBeside = rememberedOfBoth((mentioned: readonly Pattern[], scope: ArnScope) =>
  rememberedOfText(MOST_PARTITIONS, (partition): readonly string[] => [
    ...new Set([
      ...arbitraryBeginnings(scope, partition),
      ...nearTo(mentioned, scope)
        .filter((pattern) => !isEverything(pattern))
        .slice(0, MOST_LOOKED_AT)
        .flatMap((pattern) => beginnings(withOpenPlace(pattern), prefixOf(partition, scope))),
    ]),
  ]),
);
const MOST_LOOKED_AT = 200;

/** All beginnings worth a look: in arbitrary places, and in those that the patterns of a document mean. */
const beginningsNear = (
  scope: ArnScope,
  partition: string,
  mentioned: readonly Pattern[],
): readonly string[] => beginningsBeside(mentioned, scope)(partition);

/** The pattern as it counts here: wherever it is, and with every `?` as `*`. */
const opened = remembered((pattern: Pattern) => widened(withOpenPlace(pattern)));

/** The regions and accounts that patterns spell out, every one with every other: where patterns meet. */
function placesIn(patterns: readonly Pattern[]): readonly string[] {
  const fields: [Set<string>, Set<string>] = [new Set(), new Set()];
  for (const pattern of patterns) {
    const text = pattern.map((token) => (token.kind === "literal" ? token.value : "*")).join("");
    text
      .split(":")
      .slice(3, 5)
      .forEach((field, index) => {
        if (!field.includes("*")) fields[index === 0 ? 0 : 1].add(field);
      });
  }
  const [regions, accounts] = [...fields].map((field) => [...field].slice(0, 8));
  return (regions ?? []).flatMap((region) => (accounts ?? []).map((account) => `${region}:${account}:`));
}

/** The beginnings of a type's ARNs that a pattern can go on from. */
const beginningsOf = rememberedOfBoth(beginnings);

/**
 * The beginnings of ARNs of the type after which the patterns let in every name.
 *
 * @param wide - see {@link opened}
 * @param names - arbitrary ones: what does not let in all of these does not let in every one
 */
function openBeginnings(
  wide: readonly Pattern[],
  template: ArnTemplate,
  partition: string,
  names: () => readonly string[],
  left: Budget,
): readonly string[] {
  if (wide.some(isEverything)) return arbitraryBeginnings(template.scope, partition);
  const prefix = prefixOf(partition, template.scope);
  const [anyName = ""] = arbitraryResources(template, NOBODY);
  // Mostly no pattern lets in even one name that nobody asked for, wherever it begins.
  const isNear = wide.some((pattern) =>
    beginningsOf(pattern, prefix).some((beginning) => matches(pattern, beginning + anyName)),
  );
  if (!isNear) return [];
  const own = new Set([
    ...wide.flatMap((pattern) => beginningsOf(pattern, prefix)),
    ...sharedPlaces(wide, template, partition),
  ]);
  return [...own].filter((beginning) => isOpenAt(beginning, wide, template, names(), left));
}
const NOBODY: readonly Pattern[] = [];

const isOpenAt = (
  beginning: string,
  wide: readonly Pattern[],
  template: ArnTemplate,
  names: readonly string[],
  left: Budget,
): boolean =>
  wide.some(isEverything) ||
  (names.every((name) => wide.some((pattern) => matches(pattern, beginning + name))) &&
    // Patterns that are too hard to decide let in every arbitrary name there is.
    coverage(wide, [...literal(beginning), ...template.resource], left) !== false);

const openTypes = rememberedOfBoth<Pattern, ArnTemplate, Map<string, boolean>>(() => new Map());

/**
 * Whether patterns together let in every resource of the type, in some region and account, where nothing is denied.
 *
 * @param left - as of {@link arbitraryIn}
 */
export function opensType(
  patterns: readonly Pattern[],
  template: ArnTemplate,
  partition: string,
  mentioned: readonly Pattern[],
  left: Budget,
): boolean {
  const wide = patterns.map(opened);
  const [only] = wide.length === 1 ? wide : [];
  if (only === undefined) {
    const names = (): readonly string[] => arbitraryResources(template, mentioned);
    return openBeginnings(wide, template, partition, names, left).length > 0;
  }
  if (isEverything(only)) return true;
  if (endsOtherwise(only, template)) return false;
  const known = openTypes(only, template);
  const answer =
    known.get(partition) ??
    openBeginnings(wide, template, partition, () => makeResources(template, wide), left).length > 0;
  if (left.left > 0) known.set(partition, answer);
  return answer;
}

/** Whether a pattern ends in one character, where names may end in others. */
function endsOtherwise(pattern: Pattern, { resource }: ArnTemplate): boolean {
  const [own, other] = [pattern.at(-1), resource.at(-1)];
  return own?.kind === "literal" && (other?.kind === "literal" ? own.value !== other.value : true);
}

/**
 * An ARN of the type, under an arbitrary name, in a region and account in which the patterns together single out no
 * resource of the type but let in every one; undefined when they do single some out, wherever one looks.
 *
 * `?` counts as `*` here: `arn:aws:s3:::???*` names no bucket, though every bucket name has three characters.
 *
 * @param mentioned - all patterns of the document: name, region and account are such as none of them means, if possible
 * @param excluded - what is taken away again: the ARN is none of these
 * @param left - how much work is left for a whole document: beyond it, patterns count as too hard to decide
 */
export function arbitraryIn(
  patterns: readonly Pattern[],
  template: ArnTemplate,
  partition: string,
  mentioned: readonly Pattern[],
  excluded: (arn: string) => boolean = () => false,
  left: Budget = budget(),
): string | undefined {
  const names = arbitraryResources(template, mentioned);
  const wide = patterns.map(opened);
  const open = openBeginnings(wide, template, partition, () => names, left);
  if (open.length === 0) return undefined;
  const others = othersThan(patterns, nearTo(mentioned, template.scope));
  const isMeant = (arn: string): boolean => others.some((pattern) => matches(pattern, arn));
  const cost = costOfLook(mentioned);
  let meant: string | undefined;
  for (const arn of arnsIn(open, names)) {
    left.left -= cost;
    // What is too hard to decide is open.
    if (left.left <= 0) return arn;
    if (!excluded(arn)) {
      if (!isMeant(arn)) return arn;
      meant ??= arn;
    }
  }
  // Where the document means something, too: a Deny may have left just that.
  for (const beginning of beginningsNear(template.scope, partition, mentioned)) {
    left.left -= cost * names.length;
    if (left.left <= 0) return beginning;
    const found = names
      .map((name) => beginning + name)
      .find((arn) => !excluded(arn) && !(meant !== undefined && isMeant(arn)));
    if (
      found !== undefined &&
      wide.some((pattern) => matches(pattern, found)) &&
      isOpenAt(beginning, wide, template, names, left)
    )
      return found;
  }
  return meant;
}

/** What it takes to hold an ARN against the patterns of a document. */
const costOfLook = (mentioned: readonly Pattern[]): number => 5 * (1 + mentioned.length);

function* arnsIn(beginnings: readonly string[], names: readonly string[]): Generator<string> {
  for (const beginning of beginnings) for (const name of names) yield beginning + name;
}

/** The other patterns that mean something: `*` means nobody in particular. */
function othersThan(patterns: readonly Pattern[], mentioned: readonly Pattern[]): readonly Pattern[] {
  const own = new Set(patterns);
  return mentioned.filter((pattern) => !own.has(pattern) && !isEverything(pattern));
}

/** Beginnings in the regions and accounts that several patterns spell out, where they may open a type together. */
function sharedPlaces(wide: readonly Pattern[], template: ArnTemplate, partition: string): readonly string[] {
  if (wide.length < 2) return [];
  const prefix = prefixOf(partition, template.scope);
  return placesIn(wide)
    .map((place) => `arn:${partition}:${template.scope.service}:${place}`)
    .filter((beginning) => matches(prefix, beginning));
}

/**
 * An ARN of the type, under an arbitrary name and in an arbitrary region and account, that none of the patterns matches.
 *
 * @param excluded - what is taken away besides: the ARN is none of these
 */
export function arbitraryOutside(
  patterns: readonly Pattern[],
  template: ArnTemplate,
  partition: string,
  mentioned: readonly Pattern[],
  excluded: (arn: string) => boolean = () => false,
  left: Budget = budget(),
): string | undefined {
  const names = arbitraryResources(template, mentioned);
  const cost = costOfLook(mentioned);
  for (const arn of arnsIn(beginningsNear(template.scope, partition, mentioned), names)) {
    left.left -= cost;
    if (left.left <= 0) return arn;
    if (!excluded(arn) && !patterns.some((pattern) => matches(pattern, arn))) return arn;
  }
  return undefined;
}
