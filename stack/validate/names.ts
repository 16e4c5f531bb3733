import { type Partition } from "../description";

/** What a text must be: in words, and as a test. */
export interface TextRule {
  readonly expected: string;
  /** Says what is expected instead of the text, or undefined when the text is right. */
  readonly wrong: (text: string) => string | undefined;
}

export const matching = (pattern: RegExp, expected: string): TextRule => ({
  expected,
  wrong: (text) => (pattern.test(text) ? undefined : expected),
});

// YAML may read 012345678901 as a number, so only a string is sure to hold all the digits.
export const ACCOUNT = matching(/^\d{12}$/, "the 12 digits of an account, as a string in quotes");

// Regions of three partitions alone: with the form of a fourth, every ARN would be wrong.
export const REGION = matching(
  /^(?:[a-z]{2}|us-gov)-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d{1,2}$/,
  "a region such as `us-east-1`, `cn-north-1` or `us-gov-west-1`",
);

/** @returns The partition of a region that `REGION` takes. */
export function partitionOf(region: string): Partition {
  return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

const BUCKET_FORM = matching(
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  "a bucket name: 3 to 63 of `a-z`, `0-9`, `.` and `-`, the first and last a letter or digit",
);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const BUCKET: TextRule = {
  expected: BUCKET_FORM.expected,
  wrong: (text) => {
    if (text.includes("..")) return "a bucket name without `..`";
    if (/^\d+\.\d+\.\d+\.\d+$/.test(text)) return "a bucket name that is not an IP address";
    // Aliases of access points and other kinds of bucket: the ARN of a bucket never matches them.
    if (/^(?:xn--|sthree-)|(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(text)) {
      return "the name of a general purpose bucket, without a reserved prefix or suffix";
    }
    return BUCKET_FORM.wrong(text);
  },
};

const PREFIX_WORDS = "the literal start of object keys";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export const PREFIX: TextRule = {
  expected: PREFIX_WORDS,
  wrong: (text) => {
    if (/[*?]|\$\{/.test(text))
      return `${PREFIX_WORDS}, no \`*\`, \`?\` or \`\${\`: it covers all that starts with it`;
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
    if (!/^[ -~\u00A0-\u00FF]*$/.test(text)) {
      return `${PREFIX_WORDS}, in the printable characters up to U+00FF that a policy can hold`;
    }
    return Buffer.byteLength(text) > 1024 ? `${PREFIX_WORDS}, at most 1024 bytes` : undefined;
  },
};

const ENDPOINT_FORM = matching(
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  "an endpoint name: 1 to 63 of `a-z`, `0-9` and `-`, the first and last a letter or digit",
);

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html */
export const ENDPOINT: TextRule = {
  expected: ENDPOINT_FORM.expected,
  wrong: (text) => {
    const lower = text.toLowerCase();
    return lower !== text && ENDPOINT_FORM.wrong(lower) === undefined
      ? `\`${lower}\`: SageMaker writes it in lower case in ARNs, so no other spelling ever matches`
      : ENDPOINT_FORM.wrong(text);
  },
};

/** https://docs.aws.amazon.com/rekognition/latest/APIReference/API_CreateCollection.html */
export const COLLECTION = matching(
  /^[a-zA-Z0-9_.-]{1,255}$/,
  "a collection id: 1 to 255 of `a-z`, `A-Z`, `0-9`, `_`, `.` and `-`",
);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const iamName = (kind: string, longest: number): TextRule =>
  matching(
    new RegExp(`^[\\w+=,.@-]{1,${longest}}$`),
    `the name of a ${kind}: 1 to ${longest} letters, digits and \`_+=,.@-\`, no path or ARN`,
  );
export const ROLE = iamName("role", 64);
export const USER = iamName("user", 64);
export const GROUP = iamName("group", 128);
