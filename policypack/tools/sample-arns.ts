/** ARNs for requests, made from the templates of resource types; and whether one is of a type. */
import type { Random } from "../../test/iam/generators";
import type { Action, ResourceType } from "../catalogue";

/** What stands in a place whose name says what it is; in any other a name. */
const FILLERS: Readonly<Record<string, readonly string[]>> = {
  Partition: ["aws", "aws", "aws", "aws-cn"],
  Region: ["us-east-1", "us-east-1", "eu-central-1"],
  Account: ["111122223333", "123456789012"],
};
export const NAMES = ["x", "name", "prod-1", "AWS_x", "a0b1", "default"] as const;

/** Names that AWS makes up, and those of buckets and the like, have no slash: the latter by what AWS says of them. */
const SINGLE = /Id$|^(Bucket|Endpoint|Model|EndpointConfig|TrainingJob|Collection|Project|Version)Name$/;
const BUCKET = /^BucketName$/;
const PLACEHOLDER = /\$\{([^}]*)\}|\*/;
const EVERY = new RegExp(PLACEHOLDER, "g");

const nameFor = (placeholder: string, random: Random): string =>
  FILLERS[placeholder] !== undefined
    ? random.pick(FILLERS[placeholder])
    : !SINGLE.test(placeholder) && random.chance(0.15)
      ? `${random.pick(NAMES)}/${random.pick(NAMES)}`
      : random.pick(NAMES);

const filled = (template: string, random: Random): string =>
  template.replace(EVERY, (_, name: string | undefined) => nameFor(name ?? "", random));

/** A resource of a type. */
export const resourceOf = ({ arn }: ResourceType, random: Random): string => filled(arn.text, random);

/** What stands after some placeholder of a template, with a name before it: what a pattern's last `*` may have to match. */
function rest(template: string, random: Random): string {
  const places = [...template.matchAll(EVERY)].map(({ index }) => index);
  return filled(template.slice(places.length === 0 ? 0 : random.pick([0, ...places])), random);
}

/**
 * A resource that a pattern matches and that may be of a type: the fields that the pattern leaves open are as in the template.
 *
 * @param pattern - without policy variables
 */
export function merged(pattern: string, { arn }: ResourceType, random: Random): string {
  const own = pattern.split(":");
  const template = arn.text.split(":");
  if (own.length < 6) return filled(arn.text, random);
  const fields = own.slice(0, 5).map((field, index) =>
    // Most templates say more than `*` does.
    field === "*" ? filled(template[index] ?? "", random) : wildFilled(field, NAMES, random),
  );
  const last = template.slice(5).join(":");
  const found = own.slice(5).join(":");
  const end = found.endsWith("*") && random.chance(0.7) ? rest(last, random) : random.pick([...NAMES, ""]);
  const resource = `${wildFilled(found.replace(/\*$/, ""), NAMES, random)}${found.endsWith("*") ? end : ""}`;
  return [...fields, found === "*" ? filled(last, random) : resource].join(":");
}

/** A text in which the wildcards of a pattern are filled in. */
export const wildFilled = (pattern: string, fillers: readonly string[], random: Random): string =>
  pattern.replaceAll("*", () => random.pick(fillers)).replaceAll("?", () => random.pick(["a", "1", "-"]));

/** What an action without resource types is about: `*`, but where AWS's own examples of policies show an ARN. */
export const soleResource = ({ key }: Action): string =>
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-policies-s3.html
  key === "s3:listallmybuckets" ? "arn:aws:s3:::*" : "*";

const forms = new Map<string, readonly [plain: RegExp, odd: RegExp]>();

function formsOf(template: string): readonly [plain: RegExp, odd: RegExp] {
  const known = forms.get(template);
  if (known !== undefined) return known;
  const fields = template.split(":");
  const source = (single: RegExp, name: string): string =>
    template
      .split(PLACEHOLDER)
      .map((part: string | undefined, index) => {
        if (index % 2 === 0) return (part ?? "").replace(/[.+?^$()|[\]\\]/g, "\\$&");
        if (part === "Partition") return "aws[a-z-]*";
        // AWS's own resources have no account in theirs, or `aws`.
        if (part === "Region" || part === "Account") return "[a-z0-9-]*";
        return single.test(part ?? "") ? "[^:/]+" : name;
      })
      .join("");
  if (fields.length < 6) throw new Error(`no template of an ARN: ${template}`);
  const made = [
    new RegExp(`^${source(SINGLE, "[^:]+")}$`, "s"),
    new RegExp(`^${source(BUCKET, ".+")}$`, "s"),
  ] as const;
  forms.set(template, made);
  return made;
}

/**
 * Whether an action can be about a resource.
 *
 * @param isOdd - whether a name may have a colon and an id a slash, after which it may read like another's ARN
 */
export function isKnownResource(action: Action, resource: string, isOdd = false): boolean {
  if (action.resourceTypes.length === 0)
    return resource === soleResource(action) || (isOdd && resource === "*");
  return action.resourceTypes.some(({ arn }) => formsOf(arn.text)[isOdd ? 1 : 0].test(resource));
}
