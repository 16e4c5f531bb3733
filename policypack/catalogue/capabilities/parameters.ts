/** The parameters of capabilities: what a value is, and which ARNs a value that is an ARN can be. */

export interface Parameter {
  readonly says: string;
  /** A value that is right, as a document of the commercial partition would have it. */
  readonly example: string;
  /** For a value that is a whole ARN: the service, and how what follows the account begins. */
  readonly arn?: { readonly service: string; readonly resource: string };
}

const key = {
  example: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  arn: { service: "kms", resource: "key/" },
} as const;
const projectVersion = {
  example:
    "arn:aws:rekognition:us-east-1:123456789012:project/parts/version/parts.2026-01-05T10.00.00/1767607200000",
  arn: { service: "rekognition", resource: "project/" },
} as const;

/** An ARN is asked for where AWS puts something into it that nobody can make up: a time, an id, another account. */
export const PARAMETERS = {
  adapter: { says: "the ARN of an adapter's version", ...projectVersion },
  agent: { says: "the id of a Bedrock agent", example: "AGENT12345" },
  agentAlias: { says: "the id of an agent's alias", example: "ALIAS12345" },
  applicationProfile: {
    says: "the ARN of an application inference profile",
    example: "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcd1234efgh",
    arn: { service: "bedrock", resource: "application-inference-profile/" },
  },
  bucket: { says: "the name of a bucket", example: "example-bucket" },
  calls: { says: "the names of the calls, without the service", example: "DetectLabels" },
  classifierEndpoint: { says: "the name of a classifier's endpoint", example: "tickets" },
  collection: { says: "the id of a face collection", example: "products" },
  destinations: { says: "the regions that the profile may route to", example: "us-west-2" },
  encryptedTraffic: { says: "`true`: traffic between containers must be encrypted", example: "true" },
  endpoint: { says: "the name of an endpoint, lower case", example: "image-classifier" },
  endpointConfig: {
    says: "the start of names of endpoint configurations, lower case",
    example: "image-classifier-",
  },
  featureGroup: { says: "the name of a feature group, lower case", example: "customers" },
  geography: { says: "the start of a profile's id, such as `us` or `eu`", example: "us" },
  guardrail: {
    says: "the ARN of a guardrail",
    example: "arn:aws:bedrock:us-east-1:123456789012:guardrail/abc123def456",
    arn: { service: "bedrock", resource: "guardrail/" },
  },
  instanceTypes: { says: "the instance types that may be used", example: "ml.m5.xlarge" },
  jobs: { says: "the start of the names of jobs, lower case", example: "churn-" },
  key: { says: "the ARN of a KMS key", ...key },
  knowledgeBase: { says: "the id of a knowledge base", example: "KB12345678" },
  logGroup: { says: "the log group after `/aws/sagemaker/`", example: "TrainingJobs" },
  maxRuntime: { says: "the most seconds that a job may run", example: "86400" },
  model: { says: "the start of names of models, lower case", example: "churn-" },
  modelId: { says: "the id of a foundation model", example: "anthropic.claude-3-haiku-20240307-v1:0" },
  namespace: { says: "the namespace of metrics", example: "/aws/sagemaker/TrainingJobs" },
  networkIsolation: { says: "`true`: containers must not reach any network", example: "true" },
  outputBucket: { says: "the bucket that results are written to", example: "example-bucket" },
  outputKey: { says: "the ARN of the KMS key for results", ...key },
  outputPrefix: { says: "the start of the keys of results", example: "transcripts/" },
  packageGroup: { says: "the name of a model package group, lower case", example: "churn" },
  pipeline: { says: "the name of a pipeline, lower case", example: "churn" },
  prefix: { says: "the literal start of object keys; empty for the whole bucket", example: "images/" },
  processor: { says: "the name of a stream processor", example: "entrance" },
  project: {
    says: "the ARN of a Custom Labels project",
    example: "arn:aws:rekognition:us-east-1:123456789012:project/parts/1767600000000",
    arn: { service: "rekognition", resource: "project/" },
  },
  projectVersion: { says: "the ARN of a version of a Custom Labels project", ...projectVersion },
  repository: {
    says: "the ARN of an ECR repository; it may be AWS's own",
    example: "arn:aws:ecr:us-east-1:123456789012:repository/churn-training",
    arn: { service: "ecr", resource: "repository/" },
  },
  securityGroups: { says: "the ids of security groups", example: "sg-0123456789abcdef0" },
  subnets: { says: "the ids of subnets", example: "subnet-0123456789abcdef0" },
  targetModel: { says: "the model of a multi-model endpoint", example: "churn.tar.gz" },
  topic: {
    says: "the ARN of an SNS topic that completions are published to",
    example: "arn:aws:sns:us-east-1:123456789012:AmazonRekognition-videos",
    arn: { service: "sns", resource: "" },
  },
  volumeKey: { says: "the ARN of the KMS key for volumes", ...key },
} as const satisfies Readonly<Record<string, Parameter>>;

export type ParameterName = keyof typeof PARAMETERS;

/**
 * What the workflow itself says, whatever the capability: where it runs, whose buckets they are, its execution role (path
 * and name) and the domains of AWS's services there.
 */
export const PLACE = ["partition", "region", "account", "owner", "executionRole", "domain"] as const;
export type PlaceName = (typeof PLACE)[number];
