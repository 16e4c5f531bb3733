import { type Description, type TrustedService } from "../description";

/** The statement that lets one service assume the execution role, for one account. */
export interface TrustStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: { readonly Service: string };
  readonly Action: "sts:AssumeRole";
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * What a service's `aws:SourceArn` looks like, region and account left out; undefined where AWS documents none.
 *
 * sagemaker: one role serves endpoints and jobs, and AWS asks not to narrow the `*` of endpoints:
 *   https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 * bedrock: only batch inference works with a role like this one:
 *   https://docs.aws.amazon.com/bedrock/latest/userguide/batch-iam-sr.html
 * rekognition: stored video passes `aws:SourceAccount`; only stream processors have an ARN:
 *   https://docs.aws.amazon.com/rekognition/latest/dg/cross-service-confused-deputy-prevention.html
 */
const SOURCE_RESOURCE: Readonly<Record<TrustedService, string | undefined>> = {
  bedrock: "model-invocation-job/*",
  rekognition: undefined,
  sagemaker: "*",
};

/**
 * Writes the trust policy's statement, closed to other accounts' resources (the confused deputy).
 *
 * @param description Where the workflow runs, and the service that works with its role.
 * @returns The statement; its principal is that service, its action `sts:AssumeRole`.
 */
export function writeTrustStatement({
  partition,
  region,
  account,
  trustedService,
}: Description): TrustStatement {
  const source = SOURCE_RESOURCE[trustedService];
  return {
    Sid: "TrustedService",
    Effect: "Allow",
    Principal: { Service: `${trustedService}.amazonaws.com` },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": account },
      ...(source !== undefined && {
        ArnLike: { "aws:SourceArn": `arn:${partition}:${trustedService}:${region}:${account}:${source}` },
      }),
    },
  };
}
