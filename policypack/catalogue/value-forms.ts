/**
 * What the values of condition keys look like, where AWS says so and every request keeps to it. A reviewed list: a value of
 * another form is one that no request has.
 */
import { EVERYTHING, literal, type Pattern } from "../iam";

export interface ValueForm {
  /** keys in lower case */
  readonly keys: readonly string[];
  /** in words: what the value is */
  readonly words: string;
  readonly forms: readonly Pattern[];
  /** the page of AWS documentation that says so */
  readonly source: string;
  /** the code of AWS's own check, where it has one */
  readonly check?: string;
}

const LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const one = (only: string, times = 1): Pattern =>
  Array.from({ length: times }, () => ({ kind: "one", of: { only } }) as const);
const many = (only: string): Pattern => [{ kind: "many", of: { only } }];

const ACCOUNT = one("0123456789", 12);
const DOMAIN = [...one(LOWER), ...many(`${LOWER}.-`), ...literal("."), ...many(`${LOWER}.-`)];

const GLOBAL_KEYS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html";

const words = (keys: readonly string[], values: readonly string[], source: string): ValueForm => ({
  keys,
  words: `one of ${values.map((value) => `\`${value}\``).join(", ")}`,
  forms: values.map(literal),
  source,
});

/** "Use the prefix 'vpc-' followed by 8 or 17 alphanumeric characters." */
function endpoint(key: string, prefix: string, check: string): ValueForm {
  return {
    keys: [key],
    words: `\`${prefix}\` and 8 or 17 letters or digits`,
    forms: [8, 17].map((length) => [...literal(prefix), ...one(LOWER, length)]),
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    check,
  };
}

export const VALUE_FORMS: readonly ValueForm[] = [
  {
    keys: ["aws:sourceaccount", "aws:resourceaccount", "s3:resourceaccount", "kms:calleraccount"],
    words: "the 12 digits of an account",
    forms: [ACCOUNT],
    source: GLOBAL_KEYS,
  },
  {
    // "Anonymous requests return `anonymous`."
    keys: ["aws:principalaccount"],
    words: "the 12 digits of an account, or `anonymous`",
    forms: [ACCOUNT, literal("anonymous")],
    source: GLOBAL_KEYS,
  },
  {
    keys: ["aws:principalorgid", "aws:resourceorgid", "aws:sourceorgid", "aws:vpceorgid"],
    words: "the id of an organization, `o-` and lower-case letters or digits",
    forms: [[...literal("o-"), ...one(LOWER), ...many(LOWER)]],
    source: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html",
  },
  {
    // Keys of services are left out: some take an id or an alias in place of the ARN.
    keys: [
      "aws:principalarn",
      "aws:sourcearn",
      "aws:sourcevpcarn",
      "aws:signinsessionarn",
      "aws:chatbotsourcearn",
    ],
    words: "an ARN",
    forms: [[...literal("arn:"), ...EVERYTHING]],
    source: GLOBAL_KEYS,
  },
  {
    keys: ["aws:requestedregion"],
    words: "the code of a region in lower case, such as `us-east-1`",
    forms: [[...one(LOWER), ...many(`${LOWER}-`)]],
    source: GLOBAL_KEYS,
    check: "INVALID_REGION",
  },
  endpoint("aws:sourcevpc", "vpc-", "INVALID_VPC_FORMAT"),
  endpoint("aws:sourcevpce", "vpce-", "INVALID_VPCE_FORMAT"),
  {
    keys: ["iam:passedtoservice", "iam:awsservicename", "kms:viaservice"],
    words: "the full name of a service, such as `sagemaker.amazonaws.com`",
    forms: [DOMAIN],
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#available-keys-for-iam",
  },
  words(
    ["s3:x-amz-acl"],
    [
      "private",
      "public-read",
      "public-read-write",
      "aws-exec-read",
      "authenticated-read",
      "bucket-owner-read",
      "bucket-owner-full-control",
      "log-delivery-write",
    ],
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl",
  ),
  words(
    ["sagemaker:directinternetaccess", "sagemaker:rootaccess"],
    ["Enabled", "Disabled"],
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html",
  ),
  words(
    ["sagemaker:appnetworkaccesstype"],
    ["PublicInternetOnly", "VpcOnly"],
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateDomain.html",
  ),
  words(
    ["sagemaker:modelapprovalstatus"],
    ["Approved", "Rejected", "PendingManualApproval"],
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelPackage.html",
  ),
  {
    keys: ["sagemaker:taggingaction"],
    words: "the name of the operation that creates the resource, such as `CreateTrainingJob`",
    forms: [[...one(UPPER), ...many(`${UPPER}${LOWER}`)]],
    source: "https://docs.aws.amazon.com/sagemaker/latest/dg/security_iam_id-based-policy-examples.html",
  },
];

const byKey = new Map(VALUE_FORMS.flatMap((form) => form.keys.map((key) => [key, form] as const)));

/** The form of a condition key's values; undefined where any text may be one. @param key - in lower case */
export const valueFormOf = (key: string): ValueForm | undefined => byKey.get(key);
