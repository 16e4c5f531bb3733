/** What resources say of themselves, by which rules can be limited to some of them: the path of IAM, and tags. */
import type { Labels } from "../engine";
import { isUnknown, type JsonObject, UNKNOWN, type Unknown } from "../iam";
import { isAbsent, isList, isObject, member, type Value } from "./plain-values";

/** "If it is not included, it defaults to a slash (/)." https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const DEFAULT_PATH = "/";
export const WITH_PATH: ReadonlySet<string> = new Set([
  "aws:iam/role:Role",
  "aws:iam/user:User",
  "aws:iam/group:Group",
  "aws:iam/policy:Policy",
  "aws-native:iam:Role",
  "aws-native:iam:User",
  "aws-native:iam:Group",
  "aws-native:iam:ManagedPolicy",
]);

/** Types that have no tags unless they say so; others may not be able to have any. A test holds it against @pulumi/aws. */
export const WITH_TAGS: ReadonlySet<string> = new Set([
  "aws:iam/role:Role",
  "aws:iam/user:User",
  "aws:iam/policy:Policy",
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketV2:BucketV2",
  "aws:kms/key:Key",
  "aws:secretsmanager/secret:Secret",
  "aws:sns/topic:Topic",
  "aws:sqs/queue:Queue",
  "aws:ssoadmin/permissionSet:PermissionSet",
  "aws-native:iam:Role",
  "aws-native:iam:User",
]);

/** The labels of a resource. */
export function labelsOf(type: string, props: object): Labels {
  const [, path] = member(props, "path");
  return {
    path: WITH_PATH.has(type) ? pathOf(path) : undefined,
    tags: tagsOf(props) ?? (WITH_TAGS.has(type) ? {} : undefined),
  };
}

function pathOf(path: Value): Labels["path"] {
  if (isUnknown(path)) return UNKNOWN;
  return typeof path === "string" && path !== "" ? path : DEFAULT_PATH;
}

/** The tags of a resource, with those that the provider adds; undefined where it has no such property. */
function tagsOf(props: object): JsonObject | Unknown | undefined {
  const [, all] = member(props, "tagsAll");
  const [, own] = member(props, "tags");
  const value = isAbsent(all) ? own : all;
  if (value === undefined || value === null) return undefined;
  return tagsIn(value);
}

/** Tags, as an object or as the list of keys and values that Cloud Control has. */
export function tagsIn(value: Value): JsonObject | Unknown {
  if (isUnknown(value)) return UNKNOWN;
  if (isObject(value)) return value;
  if (!isList(value)) return {};
  if (value.some((item) => isUnknown(item) || (isObject(item) && isUnknown(item["key"])))) return UNKNOWN;
  return Object.fromEntries(
    value.filter(isObject).flatMap(({ key, value: of = "" }) => (typeof key === "string" ? [[key, of]] : [])),
  );
}
