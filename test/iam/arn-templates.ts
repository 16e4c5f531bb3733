/** Some resource types, and what their ARNs look like. */
import {
  ANY_NAME,
  type ArnTemplate,
  parseArnTemplate,
  parsePattern,
  type Pattern,
} from "../../policypack/iam";

const LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const form = (first: string, rest: string): Pattern => [
  { kind: "one", of: { only: first } },
  { kind: "many", of: { only: rest } },
];
const BUCKET_NAME = form(LOWER, `${LOWER}.-`);
const ROLE_NAME = form(`${LOWER}${UPPER}+=,.@_-`, `${LOWER}${UPPER}+=,.@_-/`);
const ENDPOINT_NAME = form(LOWER + UPPER, `${LOWER}${UPPER}-`);

const FORMS: Readonly<Record<string, Pattern>> = {
  BucketName: BUCKET_NAME,
  RoleNameWithPath: ROLE_NAME,
  EndpointName: ENDPOINT_NAME,
};
export const template = (text: string): ArnTemplate =>
  parseArnTemplate(text, (name) => FORMS[name] ?? ANY_NAME);

export const BUCKET = template("arn:${Partition}:s3:::${BucketName}");
export const OBJECT = template("arn:${Partition}:s3:::${BucketName}/${ObjectName}");
export const ROLE = template("arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}");
export const ENDPOINT = template("arn:${Partition}:sagemaker:${Region}:${Account}:endpoint/${EndpointName}");
export const FREE = template("arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}");

/** What the ARNs of a type look like, written without a look at the code; a name of unknown form may be anything. */
const LOOKS = new Map<ArnTemplate, RegExp>([
  [BUCKET, /^arn:aws:s3:::[a-z0-9][a-z0-9.-]*$/],
  [OBJECT, /^arn:aws:s3:::[a-z0-9][a-z0-9.-]*\/[^]+$/],
  [ROLE, /^arn:aws:iam::\d{12}:role\/[\w+=,.@-][\w+=,.@/-]*$/],
  [ENDPOINT, /^arn:aws:sagemaker:[a-z0-9-]+:\d{12}:endpoint\/[a-zA-Z0-9][a-zA-Z0-9-]*$/],
  [FREE, /^arn:aws:logs:[a-z0-9-]+:\d{12}:log-group:[^]+$/],
]);
export const looksOf = (type: ArnTemplate, partition: string): RegExp =>
  new RegExp((LOOKS.get(type)?.source ?? "(?!)").replace("arn:aws:", `arn:${partition}:`));

/** A pattern of the current version of the language, in which policy variables are variables. */
export const p = (text: string): Pattern => parsePattern(text, true);
