/**
 * Which ARN a service passes as `aws:SourceArn` when it works with a role, by feature: `${partition}` and the like are
 * filled as in capabilities. Without one, AWS documents none, and `aws:SourceAccount` alone closes the role.
 */
export interface TrustSource {
  /** The name before `.amazonaws.com`. */
  readonly service: string;
  readonly sourceArn?: string;
  readonly source: string;
}

const SAGEMAKER = "https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html";
const sagemaker = <const Resource extends string>(resource: Resource) =>
  ({
    service: "sagemaker",
    sourceArn: `arn:\${partition}:sagemaker:\${region}:\${account}:${resource}`,
    source: SAGEMAKER,
  }) as const;
const accountOnly = <const Service extends string>(service: Service, source: string) =>
  ({ service, source }) as const;

export const TRUST_SOURCES = {
  "sagemaker.training": sagemaker("training-job/*"),
  "sagemaker.processing": sagemaker("processing-job/*"),
  "sagemaker.transform": sagemaker("transform-job/*"),
  /** Endpoints, and what the page does not list: "do not replace" the `*`, it says of endpoints. */
  "sagemaker.any": sagemaker("*"),
  /** Video in S3 passes the account; https://docs.aws.amazon.com/rekognition/latest/dg/api-video-roles.html */
  "rekognition.video": accountOnly(
    "rekognition",
    "https://docs.aws.amazon.com/rekognition/latest/dg/cross-service-confused-deputy-prevention.html",
  ),
  "rekognition.stream": {
    service: "rekognition",
    sourceArn: "arn:${partition}:rekognition:${region}:${account}:streamprocessor/*",
    source: "https://docs.aws.amazon.com/rekognition/latest/dg/cross-service-confused-deputy-prevention.html",
  },
  "bedrock.batch": {
    service: "bedrock",
    sourceArn: "arn:${partition}:bedrock:${region}:${account}:model-invocation-job/*",
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/batch-iam-sr.html",
  },
  "textract.notification": accountOnly(
    "textract",
    "https://docs.aws.amazon.com/textract/latest/dg/cross-service-confused-deputy-prevention.html",
  ),
  "comprehend.job": accountOnly(
    "comprehend",
    "https://docs.aws.amazon.com/comprehend/latest/dg/cross-service-confused-deputy-prevention.html",
  ),
  /** Who may start: a state machine of the account. */
  "states.machine": {
    service: "states",
    sourceArn: "arn:${partition}:states:${region}:${account}:stateMachine:*",
    source: "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html",
  },
} as const satisfies Readonly<Record<string, TrustSource>>;

export type TrustFeature = keyof typeof TRUST_SOURCES;
