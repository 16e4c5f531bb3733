/** Actions whose answer is a credential, or that make one: whoever may call them may act as somebody else, or for longer. */

export interface CredentialAction {
  readonly action: string;
  /** what the caller gets, to go on with a sentence */
  readonly gives: string;
  /** the page of AWS documentation that says so */
  readonly source: string;
}

const iam = (name: string, gives: string): CredentialAction => ({
  action: `iam:${name}`,
  gives,
  source: `https://docs.aws.amazon.com/IAM/latest/APIReference/API_${name}.html`,
});
const sagemaker = (name: string, gives: string): CredentialAction => ({
  action: `sagemaker:${name}`,
  gives,
  source: `https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_${name}.html`,
});

/**
 * Reading a secret that is named is what workloads do, and a token to pull images with opens nothing by itself: neither
 * stands here. Nor do service-specific credentials, of which `service-credentials` speaks.
 */
export const CREDENTIAL_ACTIONS: readonly CredentialAction[] = [
  iam("CreateAccessKey", "a long-term access key of a user"),
  iam("CreateLoginProfile", "a console password of a user"),
  iam("UpdateLoginProfile", "a console password of a user"),
  {
    action: "sts:GetFederationToken",
    gives: "credentials that outlive the caller's own key",
    source: "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html",
  },
  {
    action: "sts:AssumeRoot",
    gives: "short-term credentials of the root user of a member account, for a task",
    source: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html",
  },
  sagemaker("CreatePresignedDomainUrl", "a link into a user's Studio, with the user's execution role"),
  sagemaker("CreatePresignedNotebookInstanceUrl", "a link into a notebook instance, with its execution role"),
  sagemaker("CreatePresignedMlflowTrackingServerUrl", "a link into an MLflow tracking server"),
  {
    action: "ec2:GetPasswordData",
    gives: "the encrypted administrator's password of an instance",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetPasswordData.html",
  },
  {
    action: "redshift:GetClusterCredentials",
    gives: "a password of a database user",
    source: "https://docs.aws.amazon.com/redshift/latest/APIReference/API_GetClusterCredentials.html",
  },
  {
    action: "redshift:GetClusterCredentialsWithIAM",
    gives: "a password of a database user",
    source: "https://docs.aws.amazon.com/redshift/latest/APIReference/API_GetClusterCredentialsWithIAM.html",
  },
  {
    action: "redshift-serverless:GetCredentials",
    gives: "a password of a database user",
    source: "https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_GetCredentials.html",
  },
  {
    action: "lightsail:GetInstanceAccessDetails",
    gives: "temporary keys to an instance",
    source:
      "https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_GetInstanceAccessDetails.html",
  },
  {
    action: "lightsail:DownloadDefaultKeyPair",
    gives: "the private key of an account's instances",
    source: "https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_DownloadDefaultKeyPair.html",
  },
  {
    action: "connect:GetFederationToken",
    gives: "a token of a contact centre's user",
    source: "https://docs.aws.amazon.com/connect/latest/APIReference/API_GetFederationToken.html",
  },
];
