/**
 * AWS's global condition keys, as their page describes them: data type, value type, and availability. The keys of other
 * services that AWS calls cross-service are among them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { type ConditionKey, conditionKey, type ConditionKeyType } from "./condition-key";

const principal: readonly ConditionKey[] = [
  conditionKey("aws:PrincipalArn", "ARN", "signed"),
  // An anonymous request has `anonymous`.
  conditionKey("aws:PrincipalAccount", "String", "always"),
  conditionKey("aws:PrincipalOrgPaths", "ArrayOfString"),
  conditionKey("aws:PrincipalOrgID", "String"),
  conditionKey("aws:PrincipalTag/${TagKey}", "String"),
  conditionKey("aws:PrincipalIsAWSService", "Bool", "signed"),
  conditionKey("aws:PrincipalServiceName", "String"),
  conditionKey("aws:PrincipalServiceNamesList", "ArrayOfString"),
  conditionKey("aws:PrincipalType", "String", "always"),
  conditionKey("aws:userid", "String", "always"),
  conditionKey("aws:username", "String"),
];

const either = (key: ConditionKey, alternativeType: ConditionKeyType): ConditionKey => ({
  ...key,
  alternativeType,
});

const session: readonly ConditionKey[] = [
  conditionKey("aws:AssumedRoot", "Bool"),
  // "The data type depends on your IdP": a string for those built into AWS, an ARN for others.
  either(conditionKey("aws:FederatedProvider", "String"), "ARN"),
  conditionKey("aws:TokenIssueTime", "Date"),
  conditionKey("aws:SignInSessionArn", "ARN"),
  conditionKey("aws:MultiFactorAuthAge", "Numeric"),
  conditionKey("aws:MultiFactorAuthPresent", "Bool"),
  conditionKey("aws:ChatbotSourceArn", "ARN"),
  conditionKey("aws:Ec2InstanceSourceVpc", "String"),
  conditionKey("aws:Ec2InstanceSourcePrivateIPv4", "IPAddress"),
  conditionKey("aws:SourceIdentity", "String"),
  conditionKey("ec2:RoleDelivery", "Numeric"),
  conditionKey("ec2:SourceInstanceArn", "ARN"),
  conditionKey("glue:RoleAssumedBy", "String"),
  conditionKey("glue:CredentialIssuingService", "String"),
  conditionKey("codebuild:BuildArn", "ARN"),
  conditionKey("codebuild:ProjectArn", "ARN"),
  conditionKey("lambda:SourceFunctionArn", "ARN"),
  conditionKey("ssm:SourceInstanceArn", "ARN"),
  conditionKey("identitystore:UserId", "String"),
];

const network: readonly ConditionKey[] = [
  // Not in requests through a VPC endpoint.
  conditionKey("aws:SourceIp", "IPAddress"),
  conditionKey("aws:SourceVpc", "String"),
  conditionKey("aws:SourceVpcArn", "ARN"),
  conditionKey("aws:SourceVpce", "String"),
  conditionKey("aws:VpceAccount", "String"),
  conditionKey("aws:VpceOrgID", "String"),
  conditionKey("aws:VpceOrgPaths", "ArrayOfString"),
  conditionKey("aws:VpcSourceIp", "IPAddress"),
];

const resource: readonly ConditionKey[] = [
  // "Always included in the request context for most service actions", and a list of those that do not have it.
  conditionKey("aws:ResourceAccount", "String"),
  conditionKey("aws:ResourceOrgPaths", "ArrayOfString"),
  conditionKey("aws:ResourceOrgID", "String"),
  conditionKey("aws:ResourceTag/${TagKey}", "String"),
];

const request: readonly ConditionKey[] = [
  conditionKey("aws:CalledVia", "ArrayOfString"),
  conditionKey("aws:CalledViaFirst", "String"),
  conditionKey("aws:CalledViaLast", "String"),
  conditionKey("aws:ViaAWSService", "Bool", "always"),
  conditionKey("aws:CalledViaAWSMCP", "String"),
  conditionKey("aws:ViaAWSMCPService", "Bool"),
  conditionKey("aws:CurrentTime", "Date", "always"),
  either(conditionKey("aws:EpochTime", "Date", "always"), "Numeric"),
  conditionKey("aws:referer", "String"),
  conditionKey("aws:RequestedRegion", "String", "always"),
  conditionKey("aws:RequestTag/${TagKey}", "String"),
  conditionKey("aws:TagKeys", "ArrayOfString"),
  conditionKey("aws:SecureTransport", "Bool", "always"),
  conditionKey("aws:SourceAccount", "String"),
  conditionKey("aws:SourceArn", "ARN"),
  conditionKey("aws:SourceOrgID", "String"),
  conditionKey("aws:SourceOrgPaths", "ArrayOfString"),
  conditionKey("aws:UserAgent", "String", "always"),
  conditionKey("aws:IsMcpServiceAction", "Bool"),
  // Not on the page any more; topic policies still have it.
  // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
  conditionKey("aws:SourceOwner", "String"),
  // Not on the page either; policies that AWS manages have it, and its validation knows it.
  conditionKey("aws:PrincipalOrgMasterAccountId", "String"),
];

/** The keys that any service's requests can carry. */
export const globalConditionKeys: readonly ConditionKey[] = [
  ...principal,
  ...session,
  ...network,
  ...resource,
  ...request,
];

/**
 * The keys that every OIDC provider has, whose address is the prefix: `oidc.eks.….amazonaws.com/id/…:sub`. The data lists
 * only those that one provider has and others do not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export const oidcConditionKeys: readonly ConditionKey[] = [
  conditionKey("${Provider}:amr", "ArrayOfString"),
  conditionKey("${Provider}:aud", "String"),
  conditionKey("${Provider}:email", "String"),
  conditionKey("${Provider}:oaud", "String"),
  conditionKey("${Provider}:sub", "String"),
];
