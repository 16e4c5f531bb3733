/**
 * What well-known condition keys are about, in words. A table for reading: a key that is not in it is shown by its name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { matches, parsePattern } from "../iam";

export interface KeyWords {
  /** what the key's value is, without article: `account that owns the resource`; `*` is the part of the key after the slash */
  readonly noun: string;
  /** the whole statement where the value is `true`, and where it is `false` */
  readonly yes?: string;
  readonly no?: string;
  /** whether its values are service principals */
  readonly service?: true;
}

const noun = (text: string): KeyWords => ({ noun: text });
const service = (text: string): KeyWords => ({ noun: text, service: true });
const fact = (text: string, yes: string, no: string): KeyWords => ({ noun: text, yes, no });

/** By key in lower case; `*` stands for the caller's own part of a key. The first that matches counts. */
const TABLE: Readonly<Record<string, KeyWords>> = {
  "aws:resourceaccount": noun("account that owns the resource"),
  "aws:resourceorgid": noun("organization that owns the resource"),
  "aws:resourceorgpaths": noun("organization path of the resource's account"),
  "aws:resourcetag/*": noun("resource's tag `*`"),
  "*:resourcetag/*": noun("resource's tag `*`"),
  "s3:existingobjecttag/*": noun("object's tag `*`"),
  "aws:requesttag/*": noun("requested tag `*`"),
  "s3:requestobjecttag/*": noun("requested object tag `*`"),
  "aws:tagkeys": noun("tag key of the request"),

  "aws:principalaccount": noun("caller's account"),
  "aws:principalarn": noun("caller's ARN"),
  "aws:principalorgid": noun("caller's organization"),
  "aws:principalorgpaths": noun("organization path of the caller's account"),
  "aws:principaltag/*": noun("caller's tag `*`"),
  "aws:principaltype": noun("type of the caller"),
  "aws:userid": noun("caller's unique id"),
  "aws:username": noun("caller's user name"),
  "aws:sourceidentity": noun("session's source identity"),
  "aws:federatedprovider": noun("identity provider of the session"),
  "aws:tokenissuetime": noun("time at which the session began"),
  "aws:multifactorauthage": noun("age of the MFA sign-in in seconds"),
  "aws:multifactorauthpresent": fact(
    "use of MFA",
    "the caller has signed in with MFA",
    // An access key has no session, and its requests have no such key: `Bool` is then not met.
    "the caller's session says that it is without MFA",
  ),
  "aws:principalisawsservice": fact(
    "use by an AWS service",
    "the caller is an AWS service",
    "the caller is no AWS service",
  ),
  "aws:principalservicename": service("calling service"),

  "aws:sourceaccount": noun("account that the calling service acts for"),
  "aws:sourcearn": noun("resource that the calling service acts for"),
  "aws:sourceorgid": noun("organization that the calling service acts for"),
  "aws:sourceowner": noun("account that owns the source"),
  "aws:viaawsservice": fact(
    "use through an AWS service",
    "an AWS service makes the request for the caller",
    "no AWS service makes the request for the caller",
  ),
  "aws:calledvia": service("service that the request goes through"),
  "aws:calledviafirst": service("first service that the request goes through"),
  "aws:calledvialast": service("last service that the request goes through"),

  "aws:sourceip": noun("caller's IP address"),
  "aws:vpcsourceip": noun("caller's IP address within the VPC"),
  "aws:sourcevpc": noun("VPC that the request comes through"),
  "aws:sourcevpce": noun("VPC endpoint that the request comes through"),
  "aws:vpceaccount": noun("account of the VPC endpoint"),
  "aws:vpceorgid": noun("organization of the VPC endpoint"),
  "aws:securetransport": fact(
    "use of TLS",
    "the request is sent over TLS",
    "the request is not sent over TLS",
  ),
  "aws:requestedregion": noun("region of the request"),
  "aws:currenttime": noun("time of the request"),
  "aws:epochtime": noun("time of the request"),
  "aws:useragent": noun("request's user agent"),
  "aws:referer": noun("request's referer"),

  "iam:passedtoservice": service("service that receives the role"),
  "iam:awsservicename": service("service that the role is linked to"),
  "iam:associatedresourcearn": noun("resource that the role is for"),
  "iam:permissionsboundary": noun("permissions boundary"),
  "iam:policyarn": noun("policy that is attached"),
  "sts:externalid": noun("external id"),
  "sts:rolesessionname": noun("name of the session"),
  "sts:transitivetagkeys": noun("transitive tag key of the session"),
  "*.*:sub": noun("subject of the caller's token"),
  "*.*:aud": noun("audience of the caller's token"),
  "saml:aud": noun("audience of the caller's SAML assertion"),

  "s3:prefix": noun("prefix that is listed"),
  "s3:delimiter": noun("delimiter of the listing"),
  "s3:resourceaccount": noun("account that owns the bucket"),
  "s3:dataaccesspointaccount": noun("account that owns the access point"),
  "s3:tlsversion": noun("TLS version"),
  "s3:x-amz-acl": noun("requested ACL"),
  "s3:x-amz-server-side-encryption": noun("requested encryption"),
  "s3:x-amz-server-side-encryption-aws-kms-key-id": noun("requested KMS key"),
  "kms:viaservice": service("service that the key is used through"),
  "kms:calleraccount": noun("caller's account"),
  "kms:encryptioncontext:*": noun("encryption context's `*`"),
  "kms:grantisforawsresource": fact(
    "use for an AWS resource",
    "the grant is for an AWS service's resource",
    "the grant is not for an AWS service's resource",
  ),
  "kms:grantoperations": noun("operation of the grant"),
  "cloudwatch:namespace": noun("namespace of the metric"),
  "dynamodb:leadingkeys": noun("partition key of the items"),
  "dynamodb:attributes": noun("attribute of the items"),
  "sagemaker:instancetypes": noun("instance type"),
  "sagemaker:vpcsubnets": noun("subnet"),
  "sagemaker:vpcsecuritygroupids": noun("security group"),
  "sagemaker:networkisolation": fact(
    "network isolation",
    "the network is isolated",
    "the network is not isolated",
  ),
};

const templates = Object.entries(TABLE).flatMap(([key, words]) =>
  key.includes("*")
    ? [{ pattern: parsePattern(key.replaceAll("*", "?*")), start: key.slice(0, key.lastIndexOf("*")), words }]
    : [],
);

/** The words for a condition key as a policy writes it, its own part filled in; undefined for a key without any. */
export function wordsFor(name: string): KeyWords | undefined {
  const key = name.toLowerCase();
  if (Object.hasOwn(TABLE, key)) return TABLE[key];
  const found = templates.find(({ pattern }) => matches(pattern, key));
  if (found === undefined) return undefined;
  const { start, words } = found;
  // Behind the slash where the service is open: `secretsmanager:ResourceTag/Team`.
  const own = name.slice(start.includes("*") ? name.indexOf("/") + 1 : start.length);
  return { ...words, noun: words.noun.replace("*", () => own) };
}

/** What AWS calls the services that policies name most. */
const SERVICES: Readonly<Record<string, string>> = {
  apigateway: "API Gateway",
  athena: "Athena",
  bedrock: "Bedrock",
  cloudformation: "CloudFormation",
  cloudfront: "CloudFront",
  cloudtrail: "CloudTrail",
  codebuild: "CodeBuild",
  codepipeline: "CodePipeline",
  config: "AWS Config",
  dynamodb: "DynamoDB",
  ec2: "EC2",
  "ecs-tasks": "ECS tasks",
  ecs: "ECS",
  eks: "EKS",
  events: "EventBridge",
  firehose: "Firehose",
  glue: "Glue",
  kinesis: "Kinesis",
  lambda: "Lambda",
  logs: "CloudWatch Logs",
  rds: "RDS",
  rekognition: "Rekognition",
  s3: "S3",
  sagemaker: "SageMaker",
  scheduler: "EventBridge Scheduler",
  secretsmanager: "Secrets Manager",
  sns: "SNS",
  sqs: "SQS",
  ssm: "Systems Manager",
  states: "Step Functions",
};
const PRINCIPAL = /^([a-z0-9-]+)(?:\.([a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com(?:\.cn)?$/;

/** `sagemaker.amazonaws.com` → `SageMaker (sagemaker.amazonaws.com)`; a service that has no other name here stays as it is. */
export function serviceWords(principal: string): string {
  const [, name = "", region] = PRINCIPAL.exec(principal) ?? [];
  const known = Object.hasOwn(SERVICES, name) ? SERVICES[name] : undefined;
  if (known === undefined) return `\`${principal}\``;
  return `${known}${region === undefined ? "" : ` in ${region}`} (\`${principal}\`)`;
}
