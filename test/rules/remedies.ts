/** What rules put right by themselves, and what they leave to people: one table for every host. */
import type { PolicyKind } from "../../policypack/engine";
import { UNKNOWN } from "../../policypack/iam";
import { allow, CLEAN, CONDITION, ifs, trust } from "./cases";

export interface RemedyCase {
  readonly name: string;
  readonly rule: string;
  readonly kind: PolicyKind;
  /** the statements of the document, or its only one */
  readonly statement: unknown;
  readonly options?: Readonly<Record<string, unknown>>;
  /** the same afterwards; without, nothing is written */
  readonly becomes?: unknown;
  /** what is left to people: where it stands afterwards, and the beginning of why */
  readonly left?: readonly (readonly [path: string, because: string])[];
}

const BUCKET = "arn:aws:s3:::example-bucket/*";
const MODEL = "arn:aws:rekognition:us-east-1:123456789012:project/p/version/v/1";
const VOLUME = "arn:aws:ec2:us-east-1:123456789012:volume/vol-0123456789abcdef0";
const INSTANCE = "arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0";
const POINT = "arn:aws:s3:us-east-1:123456789012:accesspoint/point/object/*";
const MIXED = ["rekognition:DetectLabels", "s3:GetObject"];
const CUSTOM = ["rekognition:DetectLabels", "rekognition:DetectCustomLabels"];
const account = { account: "123456789012" };
const SAGEMAKER = { Service: "sagemaker.amazonaws.com" };
const BOUND = ifs("StringEquals", "aws:SourceAccount", "123456789012");
const EC2 = "arn:aws:ec2:us-east-1:123456789012";
const exemption = { resource: "x", reason: "known", expires: "2999-12-31" };

const wildcards: readonly Omit<RemedyCase, "rule" | "kind">[] = [
  {
    name: "what must be `*` stands alone, and the rest on what the statement names",
    statement: [allow(MIXED, ["*", BUCKET])],
    becomes: [allow("rekognition:DetectLabels", "*"), allow("s3:GetObject", BUCKET)],
  },
  {
    name: "the rest on what is configured",
    statement: [allow(CUSTOM, "*", { Sid: "Labels", ...CONDITION })],
    options: { resources: [MODEL, BUCKET] },
    becomes: [
      allow("rekognition:DetectLabels", "*", { Sid: "Labels", ...CONDITION }),
      allow("rekognition:DetectCustomLabels", MODEL, { Sid: "Labels2", ...CONDITION }),
    ],
  },
  {
    name: "a Sid that is taken is left out",
    statement: [allow(CUSTOM, "*", { Sid: "Labels" }), allow("s3:GetObject", BUCKET, { Sid: "Labels2" })],
    options: { resources: [MODEL] },
    becomes: [
      allow("rekognition:DetectLabels", "*", { Sid: "Labels" }),
      allow("rekognition:DetectCustomLabels", MODEL),
      allow("s3:GetObject", BUCKET, { Sid: "Labels2" }),
    ],
  },
  {
    name: "a statement as an object becomes a list",
    statement: allow(MIXED, ["*", BUCKET]),
    becomes: [allow("rekognition:DetectLabels", "*"), allow("s3:GetObject", BUCKET)],
  },
  {
    name: "a statement as an object that stays one",
    statement: allow("s3:GetObject", "*"),
    options: { resources: [BUCKET] },
    becomes: allow("s3:GetObject", BUCKET),
  },
  {
    name: "other statements stay, and what is left stands behind what was split",
    statement: [CLEAN, allow(MIXED, ["*", BUCKET]), allow("iam:GetRole", "*")],
    becomes: [
      CLEAN,
      allow("rekognition:DetectLabels", "*"),
      allow("s3:GetObject", BUCKET),
      allow("iam:GetRole", "*"),
    ],
    left: [
      ["Statement[3]", "no role is named for `iam:GetRole`, neither in the statement nor in `resources`"],
    ],
  },
  {
    name: "what is named beside it stays, and of types that are alternatives any will do",
    statement: [allow("ec2:CreateTags", ["arn:aws:ec2:*:*:instance/*", VOLUME])],
    options: { resources: [INSTANCE, "arn:aws:ec2:us-east-1:123456789012:volume/vol-0123456789abcdef1"] },
    becomes: [allow("ec2:CreateTags", [VOLUME, INSTANCE])],
  },
  {
    name: "an access point stands for the objects of a bucket",
    statement: [allow("s3:GetObject", ["*", POINT])],
    becomes: [allow("s3:GetObject", POINT)],
  },
  {
    name: "left: what is named beside it is of another type",
    statement: [allow("ec2:CreateTags", ["arn:aws:ec2:*:*:instance/*", VOLUME])],
    left: [["Statement[0]", "no instance is named for `ec2:CreateTags`"]],
  },
  {
    name: "a short pattern is written out, in the case that AWS has",
    statement: [allow("S3:getobjecttagging", "*"), allow("rekognition:DetectCustomLabel?", "*")],
    options: { resources: [BUCKET, MODEL] },
    becomes: [allow("s3:GetObjectTagging", BUCKET), allow("rekognition:DetectCustomLabels", MODEL)],
  },
  {
    name: "roles to pass stay where they are",
    statement: [allow(["iam:PassRole", "s3:GetObject"], "*")],
    options: { resources: [BUCKET] },
    becomes: [allow("iam:PassRole", "*"), allow("s3:GetObject", BUCKET)],
  },
  {
    name: "a call that carries two resources, both of them configured",
    statement: [allow("sagemaker:CreateEndpoint", "*")],
    options: {
      resources: [
        "arn:aws:sagemaker:us-east-1:123456789012:endpoint/e",
        "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/e",
      ],
    },
    becomes: [
      allow("sagemaker:CreateEndpoint", [
        "arn:aws:sagemaker:us-east-1:123456789012:endpoint/e",
        "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/e",
      ]),
    ],
  },
  {
    name: "what is not known yet elsewhere stays so",
    statement: [allow("s3:ListBucket", UNKNOWN), allow(MIXED, ["*", BUCKET])],
    becomes: [
      allow("s3:ListBucket", UNKNOWN),
      allow("rekognition:DetectLabels", "*"),
      allow("s3:GetObject", BUCKET),
    ],
  },
  { name: "nothing where nothing is wrong", statement: [allow("rekognition:DetectLabels", "*")] },
  {
    name: "nothing where the rule does not apply",
    statement: [allow(MIXED, ["*", BUCKET])],
    options: { appliesTo: { stacks: ["prod"] } },
  },
  {
    name: "nothing where it is exempted",
    statement: [allow(MIXED, ["*", BUCKET])],
    options: { exemptions: [exemption] },
    left: [["Statement[0]", "it is exempted"]],
  },
  ...(
    [
      ["no resource is named", allow(CUSTOM, "*"), {}, "no projectversion is named for"],
      [
        "only one of two resources of a call is configured",
        allow("sagemaker:CreateEndpoint", "*"),
        { resources: ["arn:aws:sagemaker:us-east-1:123456789012:endpoint/e"] },
        "no endpoint-config is named for",
      ],
      [
        "a pattern stands for many actions",
        allow("s3:Get*", "*"),
        { resources: [BUCKET] },
        "`s3:Get*` stands for ",
      ],
      [
        "what is configured lies elsewhere",
        allow("s3:GetObject", "arn:aws-cn:s3:::*"),
        { resources: [BUCKET] },
        "no object is named for",
      ],
      [
        "what is configured is as open",
        allow("s3:GetObject", "*"),
        { resources: ["arn:aws:s3:::*/*"] },
        "what could be written in its place is no better",
      ],
      [
        "the statement says what it leaves out",
        { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
        { resources: [BUCKET] },
        "the statement says what it leaves out",
      ],
      [
        "a resource is not known yet",
        allow("s3:GetObject", ["*", UNKNOWN]),
        { resources: [BUCKET] },
        "a part of the statement is not known yet",
      ],
      [
        "a part of its condition is not known yet",
        allow("s3:GetObject", "*", ifs("StringEquals", "aws:PrincipalTag/team", UNKNOWN)),
        { resources: [BUCKET] },
        "a part of the statement is not known yet",
      ],
    ] as const
  ).map(([name, statement, options, because]): Omit<RemedyCase, "rule" | "kind"> => ({
    name: `left: ${name}`,
    statement: [statement],
    options,
    left: [["Statement[0]", because]],
  })),
  {
    name: "of two actions, each keeps what the other one leaves open, and takes what it may use besides",
    statement: allow(
      ["ec2:CreateVolume", "ec2:CreateSnapshot"],
      [`${EC2}:volume/*`, "arn:aws:ec2:us-east-1::snapshot/*"],
    ),
    options: {
      resources: [
        `${EC2}:volume/vol-0123456789abcdef0`,
        "arn:aws:ec2:us-east-1::snapshot/snap-0123456789abcdef0",
      ],
    },
    becomes: [
      allow("ec2:CreateVolume", [
        `${EC2}:volume/*`,
        "arn:aws:ec2:us-east-1::snapshot/snap-0123456789abcdef0",
      ]),
      allow("ec2:CreateSnapshot", [
        "arn:aws:ec2:us-east-1::snapshot/*",
        `${EC2}:volume/vol-0123456789abcdef0`,
      ]),
    ],
  },
  {
    name: "an optional type beside those that are required",
    statement: allow("ec2:CreateNetworkInterface", "*"),
    options: {
      resources: [
        `${EC2}:network-interface/*`,
        `${EC2}:subnet/subnet-0123456789abcdef0`,
        `${EC2}:security-group/sg-0123456789abcdef0`,
      ],
    },
    becomes: allow("ec2:CreateNetworkInterface", [
      `${EC2}:network-interface/*`,
      `${EC2}:subnet/subnet-0123456789abcdef0`,
      `${EC2}:security-group/sg-0123456789abcdef0`,
    ]),
  },
  {
    name: "left: the document cannot be read in full",
    statement: [allow("s3:GetObject", "*"), { Effect: "Allow" }],
    options: { resources: [BUCKET] },
    left: [["", "the document cannot be read in full"]],
  },
];

const deputies: readonly Omit<RemedyCase, "rule" | "kind">[] = [
  {
    name: "the account",
    statement: [trust(SAGEMAKER)],
    options: account,
    becomes: [trust(SAGEMAKER, BOUND)],
  },
  {
    name: "the account beside other conditions",
    statement: trust(SAGEMAKER, { Sid: "A", ...ifs("StringLike", "aws:SourceArn", "arn:aws:s3:::b") }),
    options: account,
    becomes: trust(SAGEMAKER, {
      Sid: "A",
      Condition: {
        StringLike: { "aws:SourceArn": "arn:aws:s3:::b" },
        StringEquals: { "aws:SourceAccount": "123456789012" },
      },
    }),
  },
  {
    name: "the account in place of any",
    statement: [trust(SAGEMAKER, ifs("StringLike", "aws:SourceAccount", "*"))],
    options: account,
    becomes: [trust(SAGEMAKER, BOUND)],
  },
  {
    name: "a service that is bound by who passes the role stays beside it",
    statement: [trust({ Service: ["lambda.amazonaws.com", "sagemaker.amazonaws.com"] }, { Sid: "A" })],
    options: account,
    becomes: [
      trust({ Service: "lambda.amazonaws.com" }, { Sid: "A" }),
      trust(SAGEMAKER, { Sid: "A2", ...BOUND }),
    ],
  },
  { name: "nothing where it is there", statement: [trust(SAGEMAKER, BOUND)], options: account },
  ...(
    [
      ["no account is configured", SAGEMAKER, {}, {}, "`account` is not configured"],
      [
        "AWS has no page for the service",
        { Service: "example.amazonaws.com" },
        {},
        account,
        "whether `example.amazonaws.com` sends `aws:SourceAccount` is not known",
      ],
      [
        "the service sends an external id",
        { Service: "firehose.amazonaws.com" },
        {},
        account,
        "`firehose.amazonaws.com` sends `sts:ExternalId`",
      ],
      [
        "its condition never holds",
        SAGEMAKER,
        ifs("StringEquals", "aws:PrincipalOrgID", "o-1234567890"),
        account,
        "its condition must be replaced",
      ],
      [
        "it shuts this account out",
        SAGEMAKER,
        ifs("StringNotEquals", "aws:SourceAccount", "123456789012"),
        account,
        "what could be written in its place is not proved to allow nothing more",
      ],
    ] as const
  ).map(([name, principal, condition, options, because]): Omit<RemedyCase, "rule" | "kind"> => ({
    name: `left: ${name}`,
    statement: [trust(principal, condition)],
    options,
    left: [["Statement[0]", because]],
  })),
];

export const remedies: readonly RemedyCase[] = [
  ...wildcards.map((one) => ({ rule: "no-wildcard-resource", kind: "identity", ...one }) as const),
  ...deputies.map((one) => ({ rule: "confused-deputy", kind: "trust", ...one }) as const),
];
