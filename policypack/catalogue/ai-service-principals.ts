/** The AI services that work with a role of the customer's, by the names that a role is passed to. */

/** A service principal, and the page of AWS's documentation on the roles that the service works with. */
export interface ServicePrincipal {
  readonly name: string;
  readonly source: string;
}

export const AI_SERVICE_PRINCIPALS: readonly ServicePrincipal[] = [
  {
    name: "sagemaker.amazonaws.com",
    source: "https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html",
  },
  {
    name: "bedrock.amazonaws.com",
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/security-iam-sr.html",
  },
  {
    name: "bedrock-agentcore.amazonaws.com",
    source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html",
  },
  {
    name: "rekognition.amazonaws.com",
    source: "https://docs.aws.amazon.com/rekognition/latest/dg/api-video-roles.html",
  },
  {
    name: "comprehend.amazonaws.com",
    source: "https://docs.aws.amazon.com/comprehend/latest/dg/security_iam_id-based-policy-examples.html",
  },
  {
    name: "textract.amazonaws.com",
    source: "https://docs.aws.amazon.com/textract/latest/dg/api-async-roles.html",
  },
  {
    name: "transcribe.amazonaws.com",
    source: "https://docs.aws.amazon.com/transcribe/latest/dg/security_iam_id-based-policy-examples.html",
  },
  {
    name: "translate.amazonaws.com",
    source: "https://docs.aws.amazon.com/translate/latest/dg/async.html",
  },
  {
    name: "personalize.amazonaws.com",
    source: "https://docs.aws.amazon.com/personalize/latest/dg/aws-personalize-set-up-permissions.html",
  },
  {
    name: "kendra.amazonaws.com",
    source: "https://docs.aws.amazon.com/kendra/latest/dg/iam-roles.html",
  },
];
