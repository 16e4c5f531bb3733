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

/**
 * The ARN to write for a resource type: `arn:aws:s3:::<bucket>/<prefix>*`.
 *
 * @param anyName - whether AWS makes up the names of the type, so that only the type can be named
 */
export function placeholderArn(type: ResourceType, place: Place, anyName: boolean): string {
  const known: Readonly<Record<string, string | undefined>> = {
    Partition: place.partition,
    Region: place.region ?? "<region>",
    Account: place.account ?? "<account>",
  };
  return type.arn.text
    .replace("*", `<${type.name.toLowerCase().replace(/[^a-z]+/g, "-")}>`)
    .replace(/\$\{([^}]*)\}/g, (_, name: string) => known[name] ?? (anyName ? "*" : placeholder(name)));
}
