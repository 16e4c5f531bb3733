/** Amazon Resource Names: `arn:partition:service:region:account:resource`, and the templates of resource types. */
import {
  ANY,
  type CharacterSet,
  FIELD,
  literal,
  loosened,
  matches,
  parsePattern,
  type Pattern,
  type Token,
} from "./pattern";
import { overlaps } from "./overlap";
import { factsOf } from "./pattern-facts";

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

/** A form of ARNs with no colon in its names: with one, an ARN reads like another's. */
export const withoutColons = (form: Pattern): Pattern =>
  form.map((token): Token =>
    token.kind !== "literal" && token.of === ANY ? { ...token, of: FIELD } : token,
  );

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

const SERVICE_FIELD = 2;
const services = new WeakMap<Pattern, string>();

/** What a pattern of ARNs spells out as their service, as written; empty where it does not. */
export function spelledService(pattern: Pattern): string {
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

export const serviceOfTemplate = ({ text }: ArnTemplate): string => text.split(":")[SERVICE_FIELD] ?? "";

/** Whether a pattern spells out another service than that of the ARNs of a type. */
export function isOfOtherService(pattern: Pattern, template: ArnTemplate): boolean {
  const own = spelledService(pattern);
  const other = serviceOfTemplate(template);
  return own !== "" && own !== other && !other.includes("${");
}

/** Whether a pattern can match an ARN of the type, in whatever partition; a policy variable may be anything. */
export const mayBeOfType = (pattern: Pattern, { scope, resource }: ArnTemplate): boolean =>
  overlaps(loosened(pattern), [...literal("arn:"), { kind: "many", of: FIELD }, ...scope, ...resource]);

/** The same, where wildcards match within the fields of the ARN: what they match beyond is seldom a name that AWS gives. */
export const isPlainlyOfType = (pattern: Pattern, template: ArnTemplate): boolean =>
  mayBeOfType(factsOf(pattern).byFields, template);

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
