/** Amazon Resource Names: `arn:partition:service:region:account:resource`, and the templates of resource types. */
import {
  ANY,
  beginnings,
  type CharacterSet,
  covers,
  freshCharacter,
  isEverything,
  literal,
  matches,
  type Pattern,
  type Token,
  widened,
} from "./pattern";

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

const PARTITION_OF_ARN = /^arn:(aws[a-z-]*):/;

/**
 * The partitions that a policy is about: those that its resources name, or `aws` when they name none.
 *
 * @param resources - resource patterns as written
 */
export function partitionsOf(resources: readonly string[]): readonly string[] {
  const named = new Set(resources.flatMap((resource) => PARTITION_OF_ARN.exec(resource)?.[1] ?? []));
  return named.size === 0 ? ["aws"] : [...named];
}

const prefixOf = (partition: string, template: ArnTemplate): Pattern => [
  ...literal(`arn:${partition}`),
  ...template.scope,
];

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
function arbitraryBeginning(template: ArnTemplate, partition: string): string {
  const known = anywhere.get(template) ?? new Map<string, string>();
  anywhere.set(template, known);
  const beginning =
    known.get(partition) ?? beginnings([{ kind: "many", of: ANY }], prefixOf(partition, template))[0] ?? "";
  known.set(partition, beginning);
  return beginning;
}

/**
 * An ARN of the type, under an arbitrary name, in a region and account in which the patterns together name no resource
 * of the type but let in every one; undefined when they do name something.
 *
 * `?` counts as `*` here: `arn:aws:s3:::???*` names no bucket, though every bucket name has three characters.
 *
 * @param mentioned - all patterns of the document: the name must be none that any of them means
 */
export function arbitraryIn(
  patterns: readonly Pattern[],
  template: ArnTemplate,
  partition: string,
  mentioned: readonly Pattern[],
): string | undefined {
  if (patterns.some(isEverything))
    return arbitraryBeginning(template, partition) + arbitraryResource(template, mentioned);
  const wide = patterns.map(widened);
  for (const pattern of wide)
    for (const beginning of beginnings(pattern, prefixOf(partition, template)))
      if (covers(wide, [...literal(beginning), ...template.resource]))
        return beginning + arbitraryResource(template, mentioned);
  return undefined;
}

/** An ARN of the type, under an arbitrary name and in an arbitrary region and account, that none of the patterns matches. */
export function arbitraryOutside(
  patterns: readonly Pattern[],
  template: ArnTemplate,
  partition: string,
  mentioned: readonly Pattern[],
): string | undefined {
  const arn = arbitraryBeginning(template, partition) + arbitraryResource(template, mentioned);
  return patterns.some((pattern) => matches(pattern, arn)) ? undefined : arn;
}
