/** Condition keys with which AI services let a policy ask for a safeguard, and what a grant without it leaves open. */

/** A condition block: operator → key → value or values. */
export type SafeguardCondition = Readonly<
  Record<string, Readonly<Record<string, string | readonly string[]>>>
>;

/** Something that a policy can demand of the requests for some actions. */
export interface Safeguard {
  /** the key to write */
  readonly key: string;
  /** the actions whose requests carry it */
  readonly actions: readonly string[];
  /** conditions each of which demands it; where a grant is within any of them, the safeguard is there */
  readonly conditions: readonly SafeguardCondition[];
  /** the condition to write, of those */
  readonly write: SafeguardCondition;
  /** what can happen without, to go on with a sentence */
  readonly without: string;
  /** the page of AWS documentation that it rests on */
  readonly source: string;
}

const present = (key: string): SafeguardCondition => ({ Null: { [key]: "false" } });

/**
 * "You can enforce the use of a specific guardrail for model inference by including the bedrock:GuardrailIdentifier
 * condition key in your IAM policy": Converse and ConverseStream are authorised as these two as well.
 */
export const GUARDRAIL: Safeguard = {
  key: "bedrock:GuardrailIdentifier",
  actions: ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
  conditions: [present("bedrock:GuardrailIdentifier")],
  write: {
    ArnLike: {
      "bedrock:GuardrailIdentifier": "arn:aws:bedrock:<region>:<account>:guardrail/<guardrail>:*",
    },
  },
  without: "a model can be asked without any guardrail",
  source: "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html",
};

/**
 * Models that make vectors, speech, films or an order of documents: "Most models … support guardrails. The following … don't."
 * https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-supported.html
 */
export const MODELS_WITHOUT_GUARDRAIL: readonly string[] = [
  "amazon.titan-embed-",
  "amazon.nova-2-multimodal-embeddings-",
  "amazon.nova-2-sonic-",
  "amazon.nova-2-5-sonic",
  "amazon.rerank-",
  "cohere.embed-",
  "cohere.rerank-",
  "luma.ray-",
].map((model) => `arn:*:bedrock:*::foundation-model/${model}*`);

/** "Long-term – … Recommended only for exploration": https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html */
export const API_KEYS: readonly Safeguard[] = [
  ...["bedrock", "bedrock-mantle", "sagemaker"].map((service): Safeguard => ({
    key: `${service}:BearerTokenType`,
    actions: [`${service}:CallWithBearerToken`],
    conditions: [{ StringEquals: { [`${service}:BearerTokenType`]: "SHORT_TERM" } }],
    write: { StringEquals: { [`${service}:BearerTokenType`]: "SHORT_TERM" } },
    without: "an API key that is valid for months is as good as credentials",
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html",
  })),
  {
    key: "iam:ServiceSpecificCredentialServiceName",
    actions: ["iam:CreateServiceSpecificCredential", "iam:ResetServiceSpecificCredential"],
    conditions: [
      { StringNotEquals: { "iam:ServiceSpecificCredentialServiceName": "bedrock.amazonaws.com" } },
    ],
    write: { StringNotEquals: { "iam:ServiceSpecificCredentialServiceName": "bedrock.amazonaws.com" } },
    without: "an API key for Bedrock can be made that outlives every session",
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html",
  },
];

const SAGEMAKER =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html";

const JOBS = [
  "sagemaker:CreateTrainingJob",
  "sagemaker:CreateProcessingJob",
  "sagemaker:CreateHyperParameterTuningJob",
];
const AUTO = ["sagemaker:CreateAutoMLJob", "sagemaker:CreateAutoMLJobV2"];
const MONITORING = [
  "sagemaker:CreateDataQualityJobDefinition",
  "sagemaker:CreateModelBiasJobDefinition",
  "sagemaker:CreateModelExplainabilityJobDefinition",
  "sagemaker:CreateModelQualityJobDefinition",
  "sagemaker:CreateMonitoringSchedule",
];

/**
 * What SageMaker can be made to ask for whenever something is created. The keys of KMS keys were renamed in 2026; the former
 * names are taken for as good.
 */
export const SAGEMAKER_SAFEGUARDS: readonly Safeguard[] = [
  {
    key: "sagemaker:VolumeKmsKeyArn",
    actions: [
      ...JOBS,
      ...AUTO,
      ...MONITORING,
      "sagemaker:CreateTransformJob",
      "sagemaker:CreateLabelingJob",
      "sagemaker:CreateEndpointConfig",
      "sagemaker:CreateNotebookInstance",
      "sagemaker:CreateDomain",
    ],
    conditions: [present("sagemaker:VolumeKmsKeyArn"), present("sagemaker:VolumeKmsKey")],
    write: present("sagemaker:VolumeKmsKeyArn"),
    without: "volumes can be left to a key that is not the customer's",
    source: SAGEMAKER,
  },
  {
    key: "sagemaker:OutputKmsKeyArn",
    actions: [...JOBS, ...AUTO, ...MONITORING, "sagemaker:CreateTransformJob", "sagemaker:CreateLabelingJob"],
    conditions: [present("sagemaker:OutputKmsKeyArn"), present("sagemaker:OutputKmsKey")],
    write: present("sagemaker:OutputKmsKeyArn"),
    without: "results can be written under a key that is not the customer's",
    source: SAGEMAKER,
  },
  {
    key: "sagemaker:VpcSubnets",
    actions: [
      ...JOBS,
      ...AUTO,
      ...MONITORING,
      "sagemaker:CreateModel",
      "sagemaker:CreateNotebookInstance",
      "sagemaker:CreateDomain",
      "sagemaker:CreateCluster",
    ],
    conditions: [present("sagemaker:VpcSubnets")],
    write: present("sagemaker:VpcSubnets"),
    without: "the containers can run outside the customer's network",
    source: SAGEMAKER,
  },
  {
    key: "sagemaker:NetworkIsolation",
    actions: [...JOBS, ...MONITORING, "sagemaker:CreateModel"],
    conditions: [{ Bool: { "sagemaker:NetworkIsolation": "true" } }],
    write: { Bool: { "sagemaker:NetworkIsolation": "true" } },
    without: "the containers can call out",
    source: SAGEMAKER,
  },
];

/** Approving a version of a model, which is not for those who register it. */
export const MODEL_APPROVAL: Safeguard = {
  key: "sagemaker:ModelApprovalStatus",
  actions: ["sagemaker:CreateModelPackage", "sagemaker:UpdateModelPackage"],
  conditions: [{ StringNotEquals: { "sagemaker:ModelApprovalStatus": "Approved" } }],
  write: { StringNotEquals: { "sagemaker:ModelApprovalStatus": "Approved" } },
  without: "whoever registers a model can approve it",
  source: SAGEMAKER,
};

/** An account and an organisation that nobody has in mind. */
const ANYBODY = { account: "314159265358", organisation: "o-3141592653" };

/**
 * Keeping data within accounts that are named. A policy demands that where some of these keys
 * cannot be anybody's.
 */
export const DATA_PERIMETER: Safeguard = {
  key: "aws:ResourceAccount",
  actions: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:ReplicateObject"],
  conditions: [
    { StringNotEquals: { "aws:ResourceAccount": ANYBODY.account } },
    { StringNotEquals: { "s3:ResourceAccount": ANYBODY.account } },
    { StringNotEquals: { "aws:ResourceOrgID": ANYBODY.organisation } },
    { "ForAnyValue:StringNotLike": { "aws:ResourceOrgPaths": `${ANYBODY.organisation}/*` } },
    { StringEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } },
    { StringEquals: { "s3:ResourceAccount": "${aws:PrincipalAccount}" } },
    { StringEquals: { "aws:ResourceOrgID": "${aws:PrincipalOrgID}" } },
  ],
  write: { StringEquals: { "aws:ResourceAccount": "<account>" } },
  without: "anybody's bucket of such a name will do, to bring data to or to take it from",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html",
};
