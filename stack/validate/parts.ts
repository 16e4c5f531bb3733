import {
  ACCESS,
  type AttachmentTargets,
  type BucketGrant,
  type Description,
  DETECT_ACTIONS,
  type RawStatement,
  SIDES,
} from "../description";
import { mismatch, printable, type Report } from "./message";
import { ACCOUNT, BUCKET, COLLECTION, ENDPOINT, GROUP, PREFIX, ROLE, type TextRule, USER } from "./names";
import { RULES } from "./parameters";
import { choice, isObject, json, list, object, optional, type Read, text } from "./readers";

const BUCKET_LIST = "a list of buckets";
const BUCKET_KEYS = ["name", "prefix", "access", "owner", "key", "side"];
const REKOGNITION = "an object with `detect`, `collections` or both";
const TARGETS = "an object with `roles`, `users` or `groups`";
const STATEMENT_LIST = "a list of IAM statements";

const asItIs = (name: string) => name;

/** Reads `buckets`: each a name, a prefix that may be left out for the whole bucket, and the access. */
export const readBuckets: Read<readonly BucketGrant[]> = json(
  BUCKET_LIST,
  list(
    BUCKET_LIST,
    readBucket,
    ({ name, prefix, side }) => `${name}/${prefix}${side === undefined ? "" : ` for the ${side}`}`,
  ),
);

/** Reads `endpoints`: names of SageMaker endpoints. */
export const readEndpoints: Read<readonly string[]> = json(
  "a list of endpoint names",
  names("a list of endpoint names", ENDPOINT),
);

/** Reads `rekognition`: calls on images, and collections of faces. */
export const readRekognition: Read<Description["rekognition"]> = json(REKOGNITION, (path, value, report) => {
  const fields = optional(object(REKOGNITION, ["detect", "collections"]), {})(path, value, report);
  return {
    detect: list("a list of calls", choice(DETECT_ACTIONS), asItIs)(
      `${path}.detect`,
      fields?.["detect"],
      report,
    ),
    collections: names("a list of collection ids", COLLECTION)(
      `${path}.collections`,
      fields?.["collections"],
      report,
    ),
  };
});

/** Reads `attachTo`: names of existing identities. */
export const readTargets: Read<AttachmentTargets> = json(TARGETS, (path, value, report) => {
  const fields = optional(object(TARGETS, ["roles", "users", "groups"]), {})(path, value, report);
  // IAM does not tell names apart by case: `Etl` and `etl` are one role.
  const read = (kind: string, rule: TextRule) =>
    names(`a list of names`, rule, (name) => name.toLowerCase())(`${path}.${kind}`, fields?.[kind], report);
  return { roles: read("roles", ROLE), users: read("users", USER), groups: read("groups", GROUP) };
});

/** Reads `statements`: only their being objects of JSON is asked for, a policy pack judges the rest. */
export const readStatements: Read<readonly RawStatement[]> = json(
  STATEMENT_LIST,
  list<RawStatement>(STATEMENT_LIST, (path, value, report) => {
    if (isObject(value)) {
      reportWhatIsNoJson(path, value, report);
      return value;
    }
    report(mismatch(path, value, "an IAM statement"));
    return undefined;
  }),
);

/** Whatever is no JSON would be left out of the document: a `Condition` that is undefined, and all may do it. */
function reportWhatIsNoJson(
  path: string,
  value: unknown,
  report: Report,
  within: readonly unknown[] = [],
): void {
  const isPlain = ["string", "boolean"].includes(typeof value) || value === null || Number.isFinite(value);
  if (isPlain) return;
  const isList = Array.isArray(value);
  if ((!isList && !isObject(value)) || within.includes(value)) {
    report(mismatch(path, value, "a plain value of JSON"));
    return;
  }
  const members = isList
    ? Array.from(value, (one: unknown, index) => [`[${index}]`, one] as const)
    : Object.entries(value).map(([key, one]) => [`.${printable(key)}`, one] as const);
  for (const [name, one] of members) reportWhatIsNoJson(path + name, one, report, [...within, value]);
}

function readBucket(...[path, value, report]: Parameters<Read<unknown>>): BucketGrant | undefined {
  const fields = object("a bucket: `name`, `prefix`, `access`", BUCKET_KEYS)(path, value, report);
  if (fields === undefined) return undefined;
  const name = text(BUCKET)(`${path}.name`, fields["name"], report);
  // "" is the whole bucket, whether it is written or left out.
  const prefix =
    fields["prefix"] === "" ? "" : optional(text(PREFIX), "")(`${path}.prefix`, fields["prefix"], report);
  const access = readAccess(`${path}.access`, fields["access"], report);
  const owner = optional(text(ACCOUNT), undefined)(`${path}.owner`, fields["owner"], report);
  const key = optional(text(RULES.key), undefined)(`${path}.key`, fields["key"], report);
  const side = optional(choice(SIDES), undefined)(`${path}.side`, fields["side"], report);
  if (name === undefined || prefix === undefined) return undefined;
  return {
    name,
    prefix,
    access,
    ...(owner !== undefined && { owner }),
    ...(key !== undefined && { key }),
    ...(side !== undefined && { side }),
  };
}

function readAccess(...[path, value, report]: Parameters<Read<unknown>>): BucketGrant["access"] {
  const what = `a list of ${ACCESS.map((verb) => `\`${verb}\``).join(", ")}`;
  if (value === undefined || (Array.isArray(value) && value.length === 0)) {
    report(mismatch(path, value, what));
    return [];
  }
  return list(what, choice(ACCESS), asItIs)(path, value, report);
}

/** @returns A reader of a list of names that keep a rule. */
export function names(what: string, rule: TextRule, identity = asItIs): Read<readonly string[]> {
  return list(what, text(rule), identity);
}
