/** ARNs to show a person: the template of a resource type with the names still to be filled in. */
import type { ResourceType } from "./authorization";

/** What is known of the place of a resource; the rest stays a placeholder. */
export interface Place {
  readonly partition: string;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

const WORDS = /(Name|Id)?(WithPath)?$/;

/** `BucketName` → `<bucket>`; an object's name is a prefix with more to follow. */
function placeholder(name: string): string {
  if (name === "ObjectName") return "<prefix>*";
  const short = name.replace(WORDS, "");
  return `<${(short === "" ? name : short).replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase()}>`;
}

/** Actions that are about a part of what their type has. */
const ARN_OF_ACTION: ReadonlyMap<string, string> = new Map([
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/create-service-linked-role.html
  [
    "iam:CreateServiceLinkedRole",
    "arn:${Partition}:iam::${Account}:role/aws-service-role/${Service}.amazonaws.com/${RoleName}",
  ],
]);

/**
 * The ARN to write for a resource type: `arn:aws:s3:::<bucket>/<prefix>*`.
 *
 * @param anyName - whether AWS makes up the names of the type, so that only the type can be named
 * @param action - what it is for, as AWS spells it: `iam:CreateServiceLinkedRole`
 */
export function placeholderArn(type: ResourceType, place: Place, anyName: boolean, action = ""): string {
  const known: Readonly<Record<string, string | undefined>> = {
    Partition: place.partition,
    Region: place.region ?? "<region>",
    Account: place.account ?? "<account>",
  };
  return (ARN_OF_ACTION.get(action) ?? type.arn.text)
    .replace("*", `<${type.name.toLowerCase().replace(/[^a-z]+/g, "-")}>`)
    .replace(/\$\{([^}]*)\}/g, (_, name: string) => known[name] ?? (anyName ? "*" : placeholder(name)));
}
