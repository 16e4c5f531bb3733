/** Amazon Resource Names: `arn:partition:service:region:account:resource`, and the templates of resource types. */
import {
  ANY,
  beginnings,
  type CharacterSet,
  covers,
  freshCharacter,
  isEverything,
  literal,
  loosened,
  matches,
  overlaps,
  parsePattern,
  type Pattern,
  type Token,
  widened,
} from "./pattern";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const REGION: CharacterSet = { only: `${LOWER}${DIGITS}-` };
const ACCOUNT: CharacterSet = { only: DIGITS };

const FIELD: CharacterSet = { except: ":" };
const EVERYTHING: Pattern = [{ kind: "many", of: ANY }];

const some = (of: CharacterSet): Pattern => [
  { kind: "one", of },
  { kind: "many", of },
];

// What may stand in the fields before the resource; any other placeholder is a name of the resource's own.
const FIELDS: Readonly<Record<string, Pattern>> = {
  Region: some(REGION),
  Account: Array.from({ length: 12 }, () => ({ kind: "one", of: ACCOUNT }) as const),
};

/** The characters a name placeholder may hold: those it may begin with, and those it may go on with. */
export interface NameForm {
  readonly first: CharacterSet;
  readonly rest: CharacterSet;
}

/** Any text: the form of a name of which nothing more is known. */
export const ANY_NAME: NameForm = { first: ANY, rest: ANY };

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
export function parseArnTemplate(text: string, formOf: (placeholder: string) => NameForm): ArnTemplate {
  const fields = text.split(":");
  const read = (part: string): Pattern =>
    part.split(/\$\{([^}]*)\}/).flatMap((piece, index): Pattern => {
      if (index % 2 === 0) return literal(piece);
      const field = FIELDS[piece];
      if (field !== undefined) return field;
      const { first, rest } = formOf(piece);
      return [
        { kind: "one", of: first },
        { kind: "many", of: rest },
      ];
    });
  return {
    text,
    scope: read(`:${fields.slice(2, 5).join(":")}:`),
    resource: read(fields.slice(5).join(":")),
  };
}

/** https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const PARTITIONS = [
  "aws",
  "aws-cn",
  "aws-us-gov",
  "aws-iso",
  "aws-iso-b",
  "aws-iso-e",
  "aws-iso-f",
  "aws-eusc",
];
const FIRST_FIELDS = /^([^:]+):([^:]+):/;

/**
 * The partitions that a policy is about: those that its resources name, or `aws` when they name none.
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

/** How many arbitrary regions and accounts are tried, so that one is found that a document does not mention. */
const PLACES = 10;

/** `arn:aws:s3:::`, where the arbitrary region and account differ by `place`. */
const prefixOf = (partition: string, { scope }: ArnTemplate, place: number): Pattern => [
  ...literal(`arn:${partition}`),
  ...scope.map((token): Token => {
    if (token.kind === "literal" || token.of.only === undefined) return token;
    const { only } = token.of;
    return { ...token, of: { only: only.slice(place) + only.slice(0, place) } };
  }),
];

/** Whether a pattern can match an ARN of the type, in whatever partition; a policy variable may be anything. */
export const mayBeOfType = (pattern: Pattern, { scope, resource }: ArnTemplate): boolean =>
  overlaps(loosened(pattern), [...literal("arn:"), { kind: "many", of: FIELD }, ...scope, ...resource]);

/**
 * The resource part of an ARN that no one had in mind: its names use characters that none of the patterns mentions, or,
 * where the patterns mention all there are, an order of them that nobody writes.
 */
function arbitraryResource(template: ArnTemplate, patterns: readonly Pattern[]): string {
  const taken = charactersIn(patterns);
  const fill = (token: Token): string => {
    if (token.kind === "literal") return token.value;
    const fresh = freshCharacter(token.of, taken);
    const all = token.of.only ?? "";
    const scattered = (index: number): string => all.charAt((index * 11 + 16) % all.length);
    return Array.from(
      { length: token.kind === "one" ? 1 : 40 },
      (_, index) => fresh ?? scattered(index),
    ).join("");
  };
  return template.resource.map(fill).join("");
}

/** The pattern with policy variables in its region and account as `*`: whatever they are, they name no resource. */
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
    const isPlace = field === 3 || field === 4 || (star && field < 3 && beforeColon);
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

const anywhere = new WeakMap<ArnTemplate, Map<string, string>>();

/** The beginning of the type's ARNs in a partition, in an arbitrary region and account. */
function arbitraryBeginning(template: ArnTemplate, partition: string, place: number): string {
  const known = anywhere.get(template) ?? new Map<string, string>();
  anywhere.set(template, known);
  const key = `${partition} ${place}`;
  const beginning = known.get(key) ?? beginnings(EVERYTHING, prefixOf(partition, template, place))[0] ?? "";
  known.set(key, beginning);
  return beginning;
}

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
 * An ARN of the type, under an arbitrary name, in a region and account in which the patterns together name no resource
 * of the type but let in every one; undefined when they do name something.
 *
 * `?` counts as `*` here: `arn:aws:s3:::???*` names no bucket, though every bucket name has three characters.
 *
 * @param mentioned - all patterns of the document: name, region and account are such as none of them means
 */
export function arbitraryIn(
  patterns: readonly Pattern[],
  template: ArnTemplate,
  partition: string,
  mentioned: readonly Pattern[],
): string | undefined {
  const others = mentioned.filter((pattern) => !patterns.includes(pattern));
  let found: string | undefined;
  let fewest = Infinity;
  for (let place = 0; place < PLACES && fewest > 0; place++) {
    const arn = arbitraryAt(place, patterns, template, partition, mentioned);
    if (arn === undefined) return found;
    const meant = others.filter((pattern) => matches(pattern, arn)).length;
    if (meant < fewest) [found, fewest] = [arn, meant];
  }
  return found;
}

function arbitraryAt(
  place: number,
  patterns: readonly Pattern[],
  template: ArnTemplate,
  partition: string,
  mentioned: readonly Pattern[],
): string | undefined {
  if (patterns.some(isEverything))
    return arbitraryBeginning(template, partition, place) + arbitraryResource(template, mentioned);
  const prefix = prefixOf(partition, template, place);
  const wide = patterns.map((pattern) => widened(withOpenPlace(pattern)));
  const service = template.text.split(":")[2] ?? "";
  const shared = wide.length > 1 ? placesIn(wide).map((at) => `arn:${partition}:${service}:${at}`) : [];
  const candidates = [
    ...wide.flatMap((pattern) => beginnings(pattern, prefix)),
    ...shared.filter((beginning) => matches(prefix, beginning)),
  ];
  const beginning = candidates.find((text) => covers(wide, [...literal(text), ...template.resource]));
  return beginning === undefined ? undefined : beginning + arbitraryResource(template, mentioned);
}

/** An ARN of the type, under an arbitrary name and in an arbitrary region and account, that none of the patterns matches. */
export function arbitraryOutside(
  patterns: readonly Pattern[],
  template: ArnTemplate,
  partition: string,
  mentioned: readonly Pattern[],
): string | undefined {
  const resource = arbitraryResource(template, mentioned);
  return Array.from(
    { length: PLACES },
    (_, place) => arbitraryBeginning(template, partition, place) + resource,
  ).find((arn) => !patterns.some((pattern) => matches(pattern, arn)));
}
