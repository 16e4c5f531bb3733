/** Amazon Resource Names: `arn:partition:service:region:account:resource`, and the templates of resource types. */
import {
  ANY,
  type CharacterSet,
  FIELD,
  isEverything,
  literal,
  loosened,
  matches,
  parsePattern,
  type Pattern,
  type Token,
} from "./pattern";
import { overlaps } from "./overlap";
import { factsOf } from "./pattern-facts";
import { remembered, rememberedOfText } from "./remembered";

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

/** What stands in ARNs between partition and resource: the same object for all resource types that share it. */
export interface ArnScope {
  /** as AWS publishes it: `:ec2:${Region}:${Account}:` */
  readonly text: string;
  readonly service: string;
  readonly pattern: Pattern;
}

/** The ARNs of a resource type, in two parts: what follows the partition, up to the account; and the resource. */
export interface ArnTemplate {
  /** as AWS publishes it: `arn:${Partition}:s3:::${BucketName}/${ObjectName}` */
  readonly text: string;
  readonly scope: ArnScope;
  /** `${BucketName}/${ObjectName}` */
  readonly resource: Pattern;
}

/**
 * Reads the ARN template of a resource type.
 *
 * @param text - as AWS publishes it, placeholders as `${Name}`
 * @param formOf - the form of a name placeholder, given its name without `${}`
 */
export function parseArnTemplate(text: string, formOf: FormOf): ArnTemplate {
  const fields = text.split(":");
  const scope = `:${fields.slice(2, 5).join(":")}:`;
  return {
    text,
    scope: HAS_NAMES.test(scope) ? readScope(scope, formOf) : scopeOf(scope),
    resource: readTemplate(fields.slice(5).join(":"), formOf),
  };
}

type FormOf = (placeholder: string) => Pattern;

function readTemplate(text: string, formOf: FormOf): Pattern {
  return text.split(/\$\{([^}]*)\}/).flatMap((piece, index): Pattern => {
    if (index % 2 === 1) return FIELDS[piece] ?? formOf(piece);
    // Some templates have a `*` of their own, where AWS has no name for what stands there.
    return piece.split("*").flatMap((part, at) => [...(at === 0 ? [] : ANY_NAME), ...literal(part)]);
  });
}

const readScope = (text: string, formOf: FormOf): ArnScope => ({
  text,
  service: text.split(":")[1] ?? "",
  pattern: readTemplate(text, formOf),
});

/** Other placeholders than region and account have forms of their own. */
const HAS_NAMES = /\$\{(?!Region\}|Account\})/;
const MOST_SCOPES = 10_000;
const scopeOf = rememberedOfText(MOST_SCOPES, (text) => readScope(text, () => ANY_NAME));

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

/** What a pattern of ARNs spells out as their service, as written; empty where it does not. */
export const spelledService = remembered((pattern: Pattern): string => {
  let field = 0;
  let service = "";
  for (const token of pattern) {
    // A wildcard may stand for colons, so that what follows it is of no certain field.
    if (token.kind !== "literal" || token.value.length > 1) return "";
    if (token.value === ":") field++;
    else if (field === SERVICE_FIELD) service += token.value;
    if (field > SERVICE_FIELD) return service;
  }
  return "";
});

/** Whether a pattern spells out another service than that of the ARNs of some types. */
export function isOfOtherService(pattern: Pattern, { service }: ArnScope): boolean {
  const own = spelledService(pattern);
  return own !== "" && own !== service && !service.includes("${");
}

const ofAnyValue = remembered(loosened);
const inAnyPartition = remembered(({ scope, resource }: ArnTemplate): Pattern => [
  ...literal("arn:"),
  { kind: "many", of: FIELD },
  ...scope.pattern,
  ...resource,
]);

/** Whether a pattern can match an ARN of the type, in whatever partition; a policy variable may be anything. */
export const mayBeOfType = (pattern: Pattern, template: ArnTemplate): boolean =>
  isEverything(pattern) ||
  (!isOfOtherService(pattern, template.scope) && overlaps(ofAnyValue(pattern), inAnyPartition(template)));

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
