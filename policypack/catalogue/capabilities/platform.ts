/** What the roles of every workflow need: keys, images, logs, metrics, the network, notifications. */
import { type Capability, reference } from "./capability";

const KMS = "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html";
const ROLES = "https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html";
const VIA_S3 = { StringEquals: { "kms:ViaService": ["s3.${region}.${domain}"] } } as const;
const INTERFACES = "arn:${partition}:ec2:${region}:${account}:network-interface/*";
const SUBNETS = "arn:${partition}:ec2:${region}:${account}:subnet/${subnets}";

/** What is only looked at: there is no resource to name. */
const LOOK_AROUND = {
  Action: [
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeVpcs",
    "ec2:DescribeDhcpOptions",
    "ec2:DescribeSubnets",
    "ec2:DescribeSecurityGroups",
  ],
  Resource: ["*"],
} as const;

export const PLATFORM = [
  {
    id: "kms.decrypt",
    side: "execution",
    parameters: ["key"],
    statements: [{ Action: ["kms:Decrypt"], Resource: ["${key}"], Condition: VIA_S3 }],
    source: KMS,
    why: "Reads objects under the key, through S3 only.",
  },
  {
    id: "kms.encrypt",
    side: "execution",
    parameters: ["key"],
    statements: [{ Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: ["${key}"], Condition: VIA_S3 }],
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
    why: "Writes objects under the key, through S3 only; an upload in parts decrypts what it began with.",
  },
  {
    id: "kms.volumeGrant",
    side: "caller",
    parameters: ["key"],
    statements: [
      {
        Action: ["kms:CreateGrant"],
        Resource: ["${key}"],
        Condition: {
          Bool: { "kms:GrantIsForAWSResource": "true" },
          StringEquals: { "kms:ViaService": ["sagemaker.${region}.${domain}"] },
        },
      },
      {
        Action: ["kms:DescribeKey"],
        Resource: ["${key}"],
        Condition: { StringEquals: { "kms:ViaService": ["sagemaker.${region}.${domain}"] } },
      },
    ],
    source: ROLES,
    why: "Lets SageMaker, and nobody else, use the key for the volumes of what is started.",
  },
  {
    id: "ecr.pull",
    side: "execution",
    parameters: ["repository"],
    statements: [
      {
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
        Resource: ["${repository}"],
      },
      { Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
    ],
    source: ROLES,
    why: "Pulls the images of named repositories; the token by itself grants nothing.",
  },
  {
    id: "logs.write",
    side: "execution",
    parameters: ["logGroup"],
    statements: [
      {
        Action: ["logs:CreateLogGroup", "logs:DescribeLogStreams"],
        Resource: ["arn:${partition}:logs:${region}:${account}:log-group:/aws/sagemaker/${logGroup}:*"],
      },
      {
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [
          "arn:${partition}:logs:${region}:${account}:log-group:/aws/sagemaker/${logGroup}:log-stream:*",
        ],
      },
    ],
    source: ROLES,
    why: "Writes the logs of one feature; streams are named at run time.",
  },
  {
    id: "metrics.put",
    side: "execution",
    parameters: ["namespace"],
    statements: [
      {
        Action: ["cloudwatch:PutMetricData"],
        Resource: ["*"],
        Condition: { StringEquals: { "cloudwatch:namespace": ["${namespace}"] } },
      },
    ],
    source:
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html",
    why: "A metric is no resource, so the namespace is what bounds the grant.",
  },
  {
    id: "vpc.eni",
    side: "execution",
    parameters: ["subnets", "securityGroups"],
    statements: [
      {
        Action: ["ec2:CreateNetworkInterface"],
        Resource: [
          INTERFACES,
          SUBNETS,
          "arn:${partition}:ec2:${region}:${account}:security-group/${securityGroups}",
        ],
      },
      {
        Action: [
          "ec2:CreateNetworkInterfacePermission",
          "ec2:DeleteNetworkInterface",
          "ec2:DeleteNetworkInterfacePermission",
        ],
        Resource: [INTERFACES],
        Condition: { ArnEquals: { "ec2:Subnet": [SUBNETS] } },
      },
      LOOK_AROUND,
    ],
    source: ROLES,
    why: "Attaches containers to the named subnets; AWS makes up the ids of the interfaces, so their subnet bounds them.",
  },
  {
    id: "vpc.eniAnywhere",
    side: "execution",
    needsReview: "a job may make interfaces in any subnet of the account",
    // The subnets limit nothing here, but without any there is nothing to attach to.
    parameters: ["subnets"],
    statements: [
      {
        Action: [
          "ec2:CreateNetworkInterface",
          "ec2:CreateNetworkInterfacePermission",
          "ec2:DeleteNetworkInterface",
          "ec2:DeleteNetworkInterfacePermission",
        ],
        Resource: ["*"],
        when: "subnets",
      },
      LOOK_AROUND,
    ],
    source: ROLES,
    why: "AWS checks a processing job in a VPC when it is created, and the check fails where these are limited by any condition or resource.",
  },
  {
    id: "sns.publish",
    side: "execution",
    parameters: ["topic"],
    statements: [{ Action: ["sns:Publish"], Resource: ["${topic}"] }],
    source: reference("amazonsns"),
    why: "Says on one topic that something is done.",
  },
] as const satisfies readonly Capability[];
