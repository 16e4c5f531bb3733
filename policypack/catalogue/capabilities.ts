/** A condition block whose values may hold `${parameter}` placeholders: operator → key → value or values. */
export type ConditionTemplate = Readonly<
  Record<string, Readonly<Record<string, string | readonly string[]>>>
>;

/** One Allow statement of a capability. Every `${parameter}` in it is named in the capability's `parameters`. */
export interface StatementTemplate {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: ConditionTemplate;
}

/** What a workflow can be allowed to do, and exactly which IAM grants that takes. */
export interface Capability {
  readonly id: string;
  /** Whether the role a service works with needs it (`execution`), or the identity that calls the service. */
  readonly side: "execution" | "caller";
  /** The names of the placeholders in `statements`. */
  readonly parameters: readonly string[];
  /** True where each action may be granted without the others; otherwise all of them belong together. */
  readonly selectable: boolean;
  readonly statements: readonly StatementTemplate[];
  /** The page of AWS documentation that the statements rest on. */
  readonly source: string;
  /** One sentence: why these actions, these resources and these conditions. */
  readonly why: string;
}

/**
 * The capabilities of AI workflows, in the order in which their statements are written.
 *
 * Plain data: a stack fills the placeholders, a policy pack reads the same list to know what is approved.
 * `aws:ResourceAccount` stands on S3 alone: what other services use may belong to AWS, and the key would deny it.
 */
export const capabilities = [
  {
    id: "s3.list",
    side: "execution",
    parameters: ["partition", "account", "bucket", "prefix"],
    selectable: false,
    statements: [
      {
        Action: ["s3:ListBucket"],
        Resource: ["arn:${partition}:s3:::${bucket}"],
        Condition: {
          StringEquals: { "aws:ResourceAccount": "${account}" },
          StringLike: { "s3:prefix": ["${prefix}", "${prefix}*"] },
        },
      },
    ],
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html",
    why: "Listing is granted on the bucket, so only `s3:prefix` keeps the keys outside the prefix unseen.",
  },
  {
    id: "s3.listAll",
    side: "execution",
    parameters: ["partition", "account", "bucket"],
    selectable: false,
    statements: [
      {
        Action: ["s3:ListBucket"],
        Resource: ["arn:${partition}:s3:::${bucket}"],
        Condition: { StringEquals: { "aws:ResourceAccount": "${account}" } },
      },
    ],
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html",
    why: "A listing of the whole bucket may send no prefix at all, and a condition on `s3:prefix` would then deny it.",
  },
  {
    id: "s3.read",
    side: "execution",
    parameters: ["partition", "account", "bucket", "prefix"],
    selectable: false,
    statements: [
      {
        Action: ["s3:GetObject"],
        Resource: ["arn:${partition}:s3:::${bucket}/${prefix}*"],
        Condition: { StringEquals: { "aws:ResourceAccount": "${account}" } },
      },
    ],
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html",
    why: "Reads the objects under the prefix; without `s3.list` of the same prefix a missing key is answered 403.",
  },
  {
    id: "s3.write",
    side: "execution",
    parameters: ["partition", "account", "bucket", "prefix"],
    selectable: false,
    statements: [
      {
        Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
        Resource: ["arn:${partition}:s3:::${bucket}/${prefix}*"],
        Condition: { StringEquals: { "aws:ResourceAccount": "${account}" } },
      },
    ],
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html",
    why: "Writes objects under the prefix, in parts where they are large, and can give up an upload it began.",
  },
  {
    id: "sagemaker.invokeEndpoint",
    side: "caller",
    parameters: ["partition", "region", "account", "endpoint"],
    selectable: false,
    statements: [
      {
        Action: ["sagemaker:InvokeEndpoint"],
        Resource: ["arn:${partition}:sagemaker:${region}:${account}:endpoint/${endpoint}"],
      },
    ],
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html",
    why: "Sends one request to one endpoint and reads the answer; managing the endpoint is another role's task.",
  },
  {
    id: "rekognition.detect",
    side: "execution",
    parameters: [],
    selectable: true,
    statements: [
      {
        Action: [
          "rekognition:DetectFaces",
          "rekognition:DetectLabels",
          "rekognition:DetectText",
          "rekognition:DetectProtectiveEquipment",
        ],
        Resource: ["*"],
      },
      {
        // Its one resource type, projectversion, is optional: an ARN here would deny every call without an adapter.
        Action: ["rekognition:DetectModerationLabels"],
        Resource: ["*"],
      },
    ],
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrekognition.html",
    why: "Looks at the image in the call; there is no resource to name, so `*` is the only value that works.",
  },
  {
    id: "rekognition.searchFaces",
    side: "execution",
    parameters: ["partition", "region", "account", "collection"],
    selectable: false,
    statements: [
      {
        Action: [
          "rekognition:SearchFaces",
          "rekognition:SearchFacesByImage",
          "rekognition:ListFaces",
          "rekognition:DescribeCollection",
        ],
        Resource: ["arn:${partition}:rekognition:${region}:${account}:collection/${collection}"],
      },
    ],
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrekognition.html",
    why: "Compares faces with those of one collection and can neither add to it nor delete from it.",
  },
] as const satisfies readonly Capability[];

/** The id of a capability in the catalogue. */
export type CapabilityId = (typeof capabilities)[number]["id"];

/** Every action that some capability can grant: sorted, each once. */
export const emittableActions: readonly string[] = [
  ...new Set<string>(
    capabilities.flatMap(({ statements }) => statements.flatMap(({ Action }) => [...Action])),
  ),
].sort();
