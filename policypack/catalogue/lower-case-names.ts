/**
 * Resource types whose names AWS has in lower case only: ARNs are compared letter for letter, so another case is another name.
 * A reviewed list. SageMaker is not in it: it gives some ARNs back in lower case, but decides on names as they are sent.
 */

export interface LowerCaseName {
  /** what is named, in words */
  readonly what: string;
  /** up to where the name begins */
  readonly before: RegExp;
  /** where it ends */
  readonly end: RegExp;
  readonly why: string;
  /** the page of AWS documentation that says so */
  readonly source: string;
}

const END = /$/;
const arn = (service: string, type: string): RegExp =>
  new RegExp(`^arn:[^:]*:${service}:[^:]*:[^:]*:${type}`);
const api = (path: string): string => `https://docs.aws.amazon.com/${path}.html`;

export const LOWER_CASE_NAMES: readonly LowerCaseName[] = [
  {
    what: "a bucket",
    before: /^arn:[^:]*:s3:::/,
    end: /\//,
    // "Before March 1, 2018, buckets created in the US East (N. Virginia) Region could have names that … included uppercase letters"
    why: "no bucket made since March 2018 has a name with any",
    source: api("AmazonS3/latest/userguide/bucketnamingrules"),
  },
  {
    what: "a repository",
    before: arn("ecr", "repository/"),
    end: END,
    why: "no repository has a name with any",
    source: api("AmazonECR/latest/APIReference/API_CreateRepository"),
  },
  {
    what: "a key",
    before: arn("kms", "key/"),
    end: END,
    why: "no key has an id with any",
    source: api("kms/latest/developerguide/concepts"),
  },
  {
    what: "a foundation model",
    before: arn("bedrock", "foundation-model/"),
    end: END,
    why: "no foundation model has an id with any",
    source: api("bedrock/latest/APIReference/API_GetFoundationModel"),
  },
  {
    // "This parameter is stored as a lowercase string."
    what: "a database",
    before: arn("rds", "(?:db|cluster):"),
    end: END,
    why: "AWS stores the identifiers of databases in lower case",
    source: api("AmazonRDS/latest/APIReference/API_CreateDBInstance"),
  },
  {
    what: "a cluster",
    before: arn("redshift", "cluster:"),
    end: END,
    why: "no cluster has an identifier with any",
    source: api("redshift/latest/APIReference/API_CreateCluster"),
  },
  {
    what: "a search domain",
    before: arn("es", "domain/"),
    end: /\//,
    why: "no domain has a name with any",
    source: api("opensearch-service/latest/APIReference/API_CreateDomain"),
  },
];

/**
 * The same ARN with the name of its resource in lower case, where the name must be, and is not; undefined otherwise. What comes
 * after a wildcard or a variable may be no part of the name any more.
 *
 * @param text - a resource as written in a policy
 */
export function inLowerCase(
  text: string,
): { readonly name: LowerCaseName; readonly text: string } | undefined {
  for (const name of LOWER_CASE_NAMES) {
    const [before] = name.before.exec(text) ?? [];
    if (before === undefined) continue;
    const [rest = ""] = text.slice(before.length).split(name.end, 1);
    const [certain = ""] = rest.split(/[*?]|\$\{/, 1);
    if (!/[A-Z]/.test(certain)) return undefined;
    // The whole name, up to a variable: the rest of it is in lower case too, if it is a part of the name.
    const [written = ""] = rest.split("${", 1);
    return { name, text: before + written.toLowerCase() + text.slice(before.length + written.length) };
  }
  return undefined;
}
