/**
 * What is known of AWS services that act with a customer's rights: what keeps them from acting for another customer.
 *
 * `condition`: AWS's page for the service asks for `aws:SourceAccount` or `aws:SourceArn` in the role's trust policy.
 * `external-id`: the page has the account, or a name, as `sts:ExternalId`.
 * `pass-role`: somebody of the account hands over the role, and "you cannot use the iam:PassRole permission to pass a
 * cross-account role", so no other account can make the service use it.
 * `none`: AWS's page has no condition for the resource's policy.
 */
export type SourceBinding = "condition" | "external-id" | "pass-role" | "none";

export interface ServiceBinding {
  readonly by: SourceBinding;
  readonly source: string;
}

const page = (path: string): string => `https://docs.aws.amazon.com/${path}.html`;
const condition = (path: string): ServiceBinding => ({ by: "condition", source: page(path) });
const deputy = (guide: string): ServiceBinding =>
  condition(`${guide}/cross-service-confused-deputy-prevention`);
const passRole: ServiceBinding = {
  by: "pass-role",
  source: page("IAM/latest/UserGuide/id_roles_use_passrole"),
};

/** By the name before `.amazonaws.com`, the region left out. */
const ROLES: Readonly<Record<string, ServiceBinding>> = {
  autoscaling: deputy("autoscaling/ec2/userguide"),
  bedrock: deputy("bedrock/latest/userguide"),
  "bedrock-agentcore": condition("bedrock-agentcore/latest/devguide/runtime-permissions"),
  cloudformation: deputy("AWSCloudFormation/latest/UserGuide"),
  codebuild: deputy("codebuild/latest/userguide"),
  codepipeline: deputy("codepipeline/latest/userguide"),
  comprehend: deputy("comprehend/latest/dg"),
  datasync: deputy("datasync/latest/userguide"),
  forecast: deputy("forecast/latest/dg"),
  iot: deputy("iot/latest/developerguide"),
  kendra: deputy("kendra/latest/dg"),
  lexv2: deputy("lexv2/latest/dg"),
  logs: condition("AmazonCloudWatch/latest/logs/SubscriptionFilters"),
  personalize: deputy("personalize/latest/dg"),
  pipes: deputy("eventbridge/latest/userguide"),
  rekognition: deputy("rekognition/latest/dg"),
  sagemaker: condition("sagemaker/latest/dg/security-confused-deputy-prevention"),
  scheduler: deputy("scheduler/latest/UserGuide"),
  states: condition("step-functions/latest/dg/procedure-create-iam-role"),
  textract: deputy("textract/latest/dg"),
  transcribe: condition("transcribe/latest/dg/security-iam-confused-deputy"),
  transfer: condition("transfer/latest/userguide/confused-deputy"),
  translate: deputy("translate/latest/dg"),
  "vpc-flow-logs": condition("vpc/latest/userguide/flow-logs-iam-role"),

  "cognito-idp": {
    by: "external-id",
    source: page("cognito/latest/developerguide/cognito-user-pool-settings-user-pool-sms-role"),
  },
  firehose: { by: "external-id", source: page("firehose/latest/dev/controlling-access") },

  apigateway: passRole,
  backup: passRole,
  batch: passRole,
  ec2: passRole,
  "ecs-tasks": passRole,
  ecs: passRole,
  edgelambda: passRole,
  eks: passRole,
  "eks-fargate-pods": passRole,
  elasticmapreduce: passRole,
  glue: passRole,
  lambda: passRole,
  "pods.eks": passRole,
  spotfleet: passRole,
};

const RESOURCES: Readonly<Record<string, ServiceBinding>> = {
  "logdelivery.elasticloadbalancing": {
    by: "none",
    source: page("elasticloadbalancing/latest/application/enable-access-logging"),
  },
};

const FORM = /^((?:[a-z0-9-]+\.)*?[a-z0-9-]+)(?:\.[a-z]{2}(?:-[a-z]+)+-\d)?\.amazonaws\.com(?:\.cn)?$/;

/** What binds a service that assumes a role, or uses a resource; undefined where that is not known here. */
export function bindingOf(principal: string, used: "role" | "resource"): ServiceBinding | undefined {
  const name = FORM.exec(principal)?.[1] ?? "";
  const table = used === "role" ? ROLES : RESOURCES;
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/**
 * The service principals that AWS writes: a name, at times a region, and the partition's domain.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
 */
const DOMAINS =
  /\.(amazonaws\.com(\.cn)?|amazonaws\.eu|amazon\.com|aws\.internal|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/;
const LABELS = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

/** Whether a text has the form of a service principal. */
export const isServicePrincipal = (text: string): boolean =>
  LABELS.test(text) && DOMAINS.test(text.toLowerCase());
