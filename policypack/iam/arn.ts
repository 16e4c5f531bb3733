/** Amazon Resource Names: `arn:partition:service:region:account:resource`, and the templates of resource types. */
import {
  ANY,
  type CharacterSet,
  EVERYTHING,
  FIELD,
  freshCharacter,
  isEverything,
  literal,
  loosened,
  matches,
  parsePattern,
  type Pattern,
  type Token,
  widened,
} from "./pattern";
import { beginnings, overlaps } from "./overlap";
import { type Budget, budget, coverage } from "./region";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const REGION: CharacterSet = { only: `${LOWER}${DIGITS}-` };
const ACCOUNT: CharacterSet = { only: DIGITS };

const some = (of: CharacterSet): Pattern => [
  { kind: "one", of },
  { kind: "many", of },
];

// What may stand in the fields before the resource; any other placeholder is a name of the resource's own.
const FIELDS: Readonly<Record<string, Pattern>> = {
  Region: some(REGION),
  Account: Array.from({ length: 12 }, () => ({ kind: "one", of: ACCOUNT }) as const),
};

/** Any text of at least one character: the form of a name of which nothing more is known. */
export const ANY_NAME: Pattern = some(ANY);

/** The ARNs of a resource type, in two parts: what follows the partition, up to the account; and the resource. */
export interface ArnTemplate {
  /** as AWS publishes it: `arn:${Partition}:s3:::${BucketName}/${ObjectName}` */
  readonly text: string;
  /** `:s3:::` */
  readonly scope: Pattern;
  /** `${BucketName}/${ObjectName}` */
  readonly resource: Pattern;
}

/**
 * Reads the ARN template of a resource type.
 *
 * @param text - as AWS publishes it, placeholders as `${Name}`
 * @param formOf - the form of a name placeholder, given its name without `${}`
 */
export function parseArnTemplate(text: string, formOf: (placeholder: string) => Pattern): ArnTemplate {
  const fields = text.split(":");
  const read = (part: string): Pattern =>
    part.split(/\$\{([^}]*)\}/).flatMap((piece, index): Pattern => {
      if (index % 2 === 1) return FIELDS[piece] ?? formOf(piece);
      // Some templates have a `*` of their own, where AWS has no name for what stands there.
      return piece.split("*").flatMap((text, at) => [...(at === 0 ? [] : ANY_NAME), ...literal(text)]);
    });
  return {
    text,
    scope: read(`:${fields.slice(2, 5).join(":")}:`),
    resource: read(fields.slice(5).join(":")),
  };
}

/** https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
// prettier-ignore
export const PARTITIONS = ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];
const FIRST_FIELDS = /^([^:]+):([^:]+):/;

/**
 * The partitions that resources are about: those that they name, or `aws` when they name none.
 *
 * @param resources - resource patterns as written
 */
export function partitionsOf(resources: readonly string[]): readonly string[] {
  const named = resources.flatMap((resource): readonly string[] => {
    const [, arn, field] = FIRST_FIELDS.exec(resource) ?? [];
    if (arn === undefined || field === undefined || !matches(parsePattern(arn), "arn")) return [];
    if (!/[*?$]/.test(field)) return [field];
    const pattern = parsePattern(field);
    return matches(pattern, "aws") ? [] : PARTITIONS.filter((partition) => matches(pattern, partition));
  });
  return named.length === 0 ? ["aws"] : [...new Set(named)];
}

/** `arn:aws:s3:::`, region and account open. */
const prefixOf = (partition: string, { scope }: ArnTemplate): Pattern => [
  ...literal(`arn:${partition}`),
  ...scope,
];

const SERVICE_FIELD = 2;
const services = new WeakMap<Pattern, string>();

/** What a pattern of ARNs spells out as their service; empty where it does not. */
function serviceOf(pattern: Pattern): string {
  const known = services.get(pattern);
  if (known !== undefined) return known;
  let field = 0;
  let service = "";
  for (const token of pattern) {
    // A wildcard may stand for colons, so that what follows it is of no certain field.
    if (token.kind !== "literal" || token.value.length > 1) {
      service = "";
      break;
    }
    if (token.value === ":") field++;
    else if (field === SERVICE_FIELD) service += token.value;
    if (field > SERVICE_FIELD) break;
  }
  if (field <= SERVICE_FIELD) service = "";
  services.set(pattern, service);
  return service;
}

const serviceOfTemplate = ({ text }: ArnTemplate): string => text.split(":")[SERVICE_FIELD] ?? "";

/** Whether a pattern spells out another service than that of the ARNs of a type. */
export function isOfOtherService(pattern: Pattern, template: ArnTemplate): boolean {
  const own = serviceOf(pattern);
  const other = serviceOfTemplate(template);
  return own !== "" && own !== other && !other.includes("${");
}

const near = new WeakMap<readonly Pattern[], Map<string, readonly Pattern[]>>();

/** The patterns of a document that may be about the service of a type. */
function nearTo(mentioned: readonly Pattern[], template: ArnTemplate): readonly Pattern[] {
  const known = near.get(mentioned) ?? new Map<string, readonly Pattern[]>();
  near.set(mentioned, known);
  const service = serviceOfTemplate(template);
  const made = known.get(service) ?? mentioned.filter((pattern) => !isOfOtherService(pattern, template));
  known.set(service, made);
  return made;
}

/** Whether a pattern can match an ARN of the type, in whatever partition; a policy variable may be anything. */
export const mayBeOfType = (pattern: Pattern, { scope, resource }: ArnTemplate): boolean =>
  overlaps(loosened(pattern), [...literal("arn:"), { kind: "many", of: FIELD }, ...scope, ...resource]);

/** How long the arbitrary names are: a pattern of question marks should not pass for a name. */
const NAME_LENGTHS = [0, 6, 39];

/**
 * The resource parts of ARNs that no one had in mind: their names use characters that none of the patterns mentions, or,
 * where the patterns mention all there are, an order of them that nobody writes.
 */
export function arbitraryResources(template: ArnTemplate, mentioned: readonly Pattern[]): readonly string[] {
  const known = resourcesBeside.get(mentioned) ?? new Map<ArnTemplate, readonly string[]>();
  resourcesBeside.set(mentioned, known);
  const made = known.get(template) ?? makeResources(template, mentioned);
  known.set(template, made);
  return made;
}
const resourcesBeside = new WeakMap<readonly Pattern[], Map<ArnTemplate, readonly string[]>>();

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

/** The pattern with policy variables before its resource as `*`: whatever partition or account they are, they name no resource. */
export function withOpenPlace(pattern: Pattern): Pattern {
  let field = 0;
  let star = false;
  return pattern.map((token, index): Token => {
    if (token.kind !== "literal") {
      star ||= token.kind === "many";
      return token;
    }
    if (token.value === ":") field++;
    if (token.value.length === 1) return token;
    const next = pattern[index + 1];
    const beforeColon = next?.kind === "literal" && next.value === ":";
    // After a star, which may stand for colons, it is the colon behind it that tells a field from a name.
    const isPlace = (field >= 1 && field <= 4) || (star && field < 1 && beforeColon);
    return isPlace ? { kind: "many", of: FIELD } : token;
  });
}

const mentionedCharacters = new WeakMap<readonly Pattern[], ReadonlySet<string>>();

/** The literal characters of patterns: asked for once a document, and needed for every action in it. */
function charactersIn(patterns: readonly Pattern[]): ReadonlySet<string> {
  const known = mentionedCharacters.get(patterns);
  if (known !== undefined) return known;
  const literals = patterns.flatMap((pattern) =>
    pattern.flatMap((token) => (token.kind === "literal" ? [token.value] : [])),
  );
  const characters = new Set(literals);
  mentionedCharacters.set(patterns, characters);
  return characters;
}

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

const anywhere = new WeakMap<ArnTemplate, Map<string, readonly string[]>>();

/** Beginnings of the type's ARNs in a partition, in regions and accounts that stand for any. */
function arbitraryBeginnings(template: ArnTemplate, partition: string): readonly string[] {
  const known = anywhere.get(template) ?? new Map<string, readonly string[]>();
  anywhere.set(template, known);
  const made = known.get(partition) ?? makeBeginnings(template, partition);
  known.set(partition, made);
  return made;
}

function makeBeginnings(template: ArnTemplate, partition: string): readonly string[] {
  const scope = template.text.split(":").slice(2, 5).join(":");
  const regions = scope.includes("${Region}") ? (REGIONS[partition] ?? ["xx-region-1"]) : [""];
  const accounts = scope.includes("${Account}") ? ACCOUNTS : [""];
  const places = accounts.flatMap((account) =>
    regions.map((region) => scope.replace("${Region}", region).replace("${Account}", account)),
  );
  const [first = ""] = places;
  return first.includes("${")
    ? beginnings(EVERYTHING, prefixOf(partition, template))
    : places.map((place) => `arn:${partition}:${place}:`);
}

/** All beginnings worth a look: in arbitrary places, and in those that the patterns of a document mean. */
function beginningsNear(
  template: ArnTemplate,
  partition: string,
  mentioned: readonly Pattern[],
): readonly string[] {
  const meaning = nearTo(mentioned, template)
    .filter((pattern) => !isEverything(pattern))
    .slice(0, MOST_LOOKED_AT);
  const prefix = prefixOf(partition, template);
  const meant = meaning.flatMap((pattern) => beginnings(withOpenPlace(pattern), prefix));
  return [...new Set([...arbitraryBeginnings(template, partition), ...meant])];
}
const MOST_LOOKED_AT = 200;

const openedPatterns = new WeakMap<Pattern, Pattern>();

/** The pattern as it counts here: wherever it is, and with every `?` as `*`. */
function opened(pattern: Pattern): Pattern {
  const known = openedPatterns.get(pattern);
  if (known !== undefined) return known;
  const made = widened(withOpenPlace(pattern));
  openedPatterns.set(pattern, made);
  return made;
}

/** Whether a pattern singles out nothing at all: `*`, and `?*` as well. */
export const singlesOutNothing = (pattern: Pattern): boolean => isEverything(opened(pattern));

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
  const everything = wide.some(isEverything);
  const isOpen = (beginning: string): boolean =>
    everything ||
    (names.every((name) => wide.some((pattern) => matches(pattern, beginning + name))) &&
      // Patterns that are too hard to decide let in every arbitrary name there is.
      coverage(wide, [...literal(beginning), ...template.resource], left) !== false);
  const own = everything
    ? arbitraryBeginnings(template, partition)
    : [
        ...new Set([
          ...wide.flatMap((pattern) => beginnings(pattern, prefixOf(partition, template))),
          ...sharedPlaces(wide, template, partition),
        ]),
      ];
  const open = everything ? own : own.filter(isOpen);
  if (open.length === 0) return undefined;
  const others = othersThan(patterns, nearTo(mentioned, template));
  const isMeant = (arn: string): boolean => others.some((pattern) => matches(pattern, arn));
  let meant: string | undefined;
  for (const arn of arnsIn(open, names))
    if (!excluded(arn)) {
      if (!isMeant(arn)) return arn;
      meant ??= arn;
    }
  // Where the document means something, too: a Deny may have left just that.
  for (const beginning of beginningsNear(template, partition, mentioned)) {
    const left = names
      .map((name) => beginning + name)
      .find((arn) => !excluded(arn) && !(meant !== undefined && isMeant(arn)));
    if (left !== undefined && wide.some((pattern) => matches(pattern, left)) && isOpen(beginning))
      return left;
  }
  return meant;
}

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
  const service = template.text.split(":")[2] ?? "";
  const prefix = prefixOf(partition, template);
  return placesIn(wide)
    .map((place) => `arn:${partition}:${service}:${place}`)
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
): string | undefined {
  const names = arbitraryResources(template, mentioned);
  for (const arn of arnsIn(beginningsNear(template, partition, mentioned), names))
    if (!excluded(arn) && !patterns.some((pattern) => matches(pattern, arn))) return arn;
  return undefined;
}
