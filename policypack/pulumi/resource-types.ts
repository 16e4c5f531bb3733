/**
 * Which properties of which resource types hold policy documents. Data; a test holds it against the declarations of @pulumi/aws.
 *
 * Left out because they are not written in the language of IAM: IoT policies (other wildcards and variables, no principals),
 * Cedar (Verified Permissions, Verified Access), the data, network and encryption policies of OpenSearch Serverless, and the
 * scaling, lifecycle, routing, tagging and data protection policies of many services.
 */
import type { PolicyKind } from "../engine";

/**
 * What a property holds: a document of a kind; a resource policy that may leave its resource out; or what documents stand in.
 *
 * - `permission`: the action of the statement of a resource policy that the resource makes
 * - `function-url`: how the callers of a function's URL are told, on which hangs what is added to the function's policy
 * - `organization`: a document whose kind the property `type` tells
 * - `template`: a CloudFormation template, as text or as an object; `elsewhere`: the address of one
 * - `state`: properties of the CloudFormation type that `typeName` or `type` names, as JSON text or as an object
 */
export type Content =
  | PolicyKind
  | "implied-resource"
  | "permission"
  | "function-url"
  | "organization"
  | "template"
  | "elsewhere"
  | "state";

/** One property that holds documents. */
export interface Holding {
  readonly content: Content;
  /** names of properties, outermost first; a list on the way stands for each of its items */
  readonly path: readonly string[];
  /** whether the resource makes no sense without it */
  readonly required: boolean;
}

/** Content, path (`?`: may be absent), and the types that hold it. */
type Row = readonly [content: Content, path: string, types: string];

/** Types of the AWS provider: `iam/rolePolicy` is `aws:iam/rolePolicy:RolePolicy`. */
const AWS: readonly Row[] = [
  ["identity", "policy", "iam/policy iam/rolePolicy iam/userPolicy iam/groupPolicy"],
  ["identity", "inlinePolicies.policy?", "iam/role"],
  ["trust", "assumeRolePolicy", "iam/role"],
  ["permission-set", "inlinePolicy", "ssoadmin/permissionSetInlinePolicy"],
  ["session", "policy?", "eks/podIdentityAssociation transfer/access transfer/user"],
  ["session", "sessionPolicy?", "rolesanywhere/profile"],
  ["organization", "content", "organizations/policy"],
  ["endpoint", "policy?", "ec2/vpcEndpoint ec2/vpcEndpointPolicy"],
  ["endpoint", "s3PolicyDocument?", "odb/network"],
  ["endpoint", "stsPolicyDocument?", "odb/network"],
  ["endpoint", "kmsPolicyDocument?", "odb/network"],
  [
    "resource",
    "policy",
    "acmpca/policy apigateway/restApiPolicy backup/vaultPolicy bedrock/agentcoreResourcePolicy cloudwatch/eventBusPolicy " +
      "codebuild/resourcePolicy dsql/clusterPolicy dynamodb/resourcePolicy ecr/registryPolicy glacier/vaultLock " +
      "glue/resourcePolicy kinesis/resourcePolicy kms/keyPolicy lambda/resourcePolicy mediastore/containerPolicy " +
      "msk/clusterPolicy networkfirewall/resourcePolicy oam/sinkPolicy opensearchingest/resourcePolicy " +
      "pinpoint/smsvoicev2ResourcePolicy redshift/resourcePolicy redshiftserverless/resourcePolicy s3/bucketPolicy " +
      "s3/vectorsVectorBucketPolicy s3control/accessGrantsInstanceResourcePolicy s3control/accessPointPolicy " +
      "s3control/bucketPolicy s3control/objectLambdaAccessPointPolicy schemas/registryPolicy secretsmanager/secretPolicy " +
      "ses/identityPolicy sesv2/emailIdentityPolicy sns/topicPolicy sqs/queuePolicy vpclattice/authPolicy " +
      "vpclattice/resourcePolicy",
  ],
  [
    "resource",
    "policy?",
    "apigateway/domainName apigateway/restApi kms/externalKey kms/key kms/replicaExternalKey kms/replicaKey " +
      "s3/accessPoint s3/bucket s3/bucketV2 secretsmanager/secret sns/topic sqs/queue",
  ],
  ["resource", "details.policy", "s3control/multiRegionAccessPointPolicy"],
  ["resource", "s3AccessPoint.policy?", "fsx/s3AccessPointAttachment"],
  ["resource", "policyDocument", "amp/resourcePolicy cloudwatch/logResourcePolicy xray/resourcePolicy"],
  ["resource", "policyDocument", "codeartifact/repositoryPermissionsPolicy"],
  ["resource", "policyDocument?", "codeartifact/domainPermissions"],
  [
    "resource",
    "resourcePolicy",
    "s3tables/tableBucketPolicy s3tables/tablePolicy sagemaker/modelPackageGroupPolicy",
  ],
  ["resource", "content", "organizations/resourcePolicy"],
  ["resource", "accessPolicy", "cloudwatch/logDestinationPolicy"],
  ["resource", "accessPolicy?", "glacier/vault"],
  ["resource", "accessPolicies", "elasticsearch/domainPolicy opensearch/domainPolicy"],
  ["resource", "accessPolicies?", "elasticsearch/domain opensearch/domain"],
  ["resource", "deliveryDestinationPolicy", "cloudwatch/logDeliveryDestinationPolicy"],
  ["implied-resource", "policy", "ecr/repositoryPolicy ecrpublic/repositoryPolicy"],
  ["implied-resource", "policy", "efs/fileSystemPolicy s3/filesFileSystemPolicy"],
  ["implied-resource", "repositoryPolicy?", "ecr/repositoryCreationTemplate"],
  ["implied-resource", "accessPolicy", "cloudsearch/domainServiceAccessPolicy"],
  ["permission", "action", "lambda/layerVersionPermission lambda/permission signer/signingProfilePermission"],
  ["permission", "action?", "cloudwatch/eventPermission"],
  // Only this provider adds the permission; CloudFormation, and so aws-native, leave it to a resource of its own:
  // https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
  ["function-url", "authorizationType", "lambda/functionUrl"],
  ["template", "templateBody?", "cloudformation/stack cloudformation/stackSet"],
  ["elsewhere", "templateUrl?", "cloudformation/stack cloudformation/stackSet"],
  ["state", "desiredState", "cloudcontrol/resource"],
];

/**
 * Types of CloudFormation: `IAM::Role` is `AWS::IAM::Role`, and `aws-native:iam:Role`. The names of their properties are
 * `AssumeRolePolicyDocument` in the one and `assumeRolePolicyDocument` in the other.
 */
const CLOUDFORMATION: readonly Row[] = [
  ["identity", "policyDocument", "IAM::Policy IAM::ManagedPolicy"],
  ["identity", "policyDocument?", "IAM::RolePolicy IAM::UserPolicy IAM::GroupPolicy"],
  ["identity", "policies.policyDocument?", "IAM::Role IAM::User IAM::Group"],
  ["trust", "assumeRolePolicyDocument", "IAM::Role"],
  ["permission-set", "inlinePolicy?", "SSO::PermissionSet"],
  ["session", "policy?", "EKS::PodIdentityAssociation Transfer::User"],
  ["session", "sessionPolicy?", "RolesAnywhere::Profile"],
  ["organization", "content", "Organizations::Policy"],
  ["endpoint", "policyDocument?", "EC2::VPCEndpoint"],
  [
    "resource",
    "policyDocument",
    "APS::ResourcePolicy Bedrock::ResourcePolicy Logs::ResourcePolicy S3::BucketPolicy S3Express::BucketPolicy " +
      "S3ObjectLambda::AccessPointPolicy S3Outposts::BucketPolicy SNS::TopicInlinePolicy SNS::TopicPolicy " +
      "SQS::QueueInlinePolicy SQS::QueuePolicy XRay::ResourcePolicy",
  ],
  ["resource", "policyDocument?", "DSQL::Cluster"],
  [
    "resource",
    "policy",
    "BedrockAgentCore::ResourcePolicy EventSchemas::RegistryPolicy Lex::ResourcePolicy MediaPackageV2::ChannelPolicy " +
      "MediaPackageV2::OriginEndpointPolicy MediaTailor::ChannelPolicy MSK::ClusterPolicy " +
      "S3::MultiRegionAccessPointPolicy S3Vectors::VectorBucketPolicy SSM::ResourcePolicy VpcLattice::AuthPolicy " +
      "VpcLattice::ResourcePolicy",
  ],
  [
    "resource",
    "policy?",
    "ApiGateway::DomainName ApiGateway::DomainNameV2 ApiGateway::RestApi Events::EventBus MediaStore::Container Oam::Sink " +
      "S3::AccessPoint S3Express::AccessPoint S3Outposts::AccessPoint",
  ],
  ["resource", "keyPolicy?", "KMS::Key"],
  ["resource", "keyPolicy", "KMS::ReplicaKey"],
  ["resource", "policyText", "ECR::RegistryPolicy"],
  [
    "resource",
    "resourcePolicy",
    "CloudTrail::ResourcePolicy Kinesis::ResourcePolicy S3Tables::TableBucketPolicy S3Tables::TablePolicy " +
      "SecretsManager::ResourcePolicy",
  ],
  ["resource", "modelPackageGroupPolicy?", "SageMaker::ModelPackageGroup"],
  ["resource", "accessPolicies?", "Elasticsearch::Domain OpenSearchService::Domain"],
  ["resource", "accessPolicy?", "Backup::BackupVault Backup::LogicallyAirGappedBackupVault"],
  ["resource", "destinationPolicy?", "Logs::Destination"],
  ["resource", "deliveryDestinationPolicy.deliveryDestinationPolicy?", "Logs::DeliveryDestination"],
  ["resource", "resourcePolicyDocument?", "Logs::LogGroup"],
  ["resource", "permissionsPolicyDocument?", "CodeArtifact::Domain CodeArtifact::Repository"],
  ["resource", "namespaceResourcePolicy?", "Redshift::Cluster RedshiftServerless::Namespace"],
  ["resource", "resourcePolicy.policyDocument?", "DynamoDB::Table"],
  ["resource", "streamSpecification.resourcePolicy.policyDocument?", "DynamoDB::Table"],
  ["resource", "replicas.resourcePolicy.policyDocument?", "DynamoDB::GlobalTable"],
  ["resource", "replicas.replicaStreamSpecification.resourcePolicy.policyDocument?", "DynamoDB::GlobalTable"],
  ["resource", "resourcePolicy.policy?", "OSIS::Pipeline"],
  ["resource", "s3AccessPoint.policy?", "FSx::S3AccessPointAttachment"],
  ["resource", "investigationGroupPolicy?", "AIOps::InvestigationGroup"],
  ["resource", "content", "Organizations::ResourcePolicy"],
  ["implied-resource", "repositoryPolicyText?", "ECR::PublicRepository ECR::Repository"],
  ["implied-resource", "repositoryPolicy?", "ECR::RepositoryCreationTemplate"],
  ["implied-resource", "fileSystemPolicy?", "EFS::FileSystem"],
  ["implied-resource", "policy", "S3Files::FileSystemPolicy"],
  ["permission", "action", "Lambda::LayerVersionPermission Lambda::Permission Signer::ProfilePermission"],
  ["permission", "action?", "Events::EventBusPolicy"],
  ["template", "templateBody?", "CloudFormation::Stack CloudFormation::StackSet"],
  ["elsewhere", "templateUrl?", "CloudFormation::Stack CloudFormation::StackSet"],
];

/** The resource of Cloud Control that takes any type of CloudFormation. */
const EXTENSION: readonly Row[] = [["state", "properties?", "aws-native:index:ExtensionResource"]];

/** Where Terraform names a type otherwise than the module and the name in the AWS provider do: `aws_vpc_endpoint` is `ec2/vpcEndpoint`. */
const TERRAFORM: readonly (readonly [RegExp, string])[] = [
  [/^ec2_/, ""],
  [/^apigateway_/, "api_gateway_"],
  [/^amp_/, "prometheus_"],
  [/^mediastore_/, "media_store_"],
  [/^cloudcontrol_/, "cloudcontrolapi_"],
  [/^bedrock_agentcore_/, "bedrockagentcore_"],
  [/^opensearchingest_/, "osis_"],
  [/^pinpoint_smsvoicev2_/, "pinpointsmsvoicev2_"],
  [/^s3_(files|vectors)_/, "s3$1_"],
  [/^codeartifact_domain_permissions$/, "codeartifact_domain_permissions_policy"],
];

/** `iam/rolePolicy` → `aws:iam/rolePolicy:RolePolicy` */
const awsToken = (name: string): string =>
  `aws:${name}:${name.replace(/^.*\/(.)/, (_, first: string) => first.toUpperCase())}`;

/** `iam/rolePolicy` → `aws_iam_role_policy` */
const terraformType = (name: string): string =>
  `aws_${TERRAFORM.reduce(
    (text, [from, to]) => text.replace(from, to),
    name.replace(/(?<=[a-z0-9])(?=[A-Z])|\//g, "_").toLowerCase(),
  )}`;

/** `IAM::RolePolicy` → `aws-native:iam:RolePolicy` */
const nativeToken = (name: string): string =>
  `aws-native:${name.replace(/^(.*)::/, (_, service: string) => `${service.toLowerCase()}:`)}`;

const TABLE = new Map<string, Holding[]>();
function enter(rows: readonly Row[], namesOf: (name: string) => readonly string[]): void {
  for (const [content, path, types] of rows) {
    const names = path.replace("?", "").split(".");
    const holding = { content, path: names, required: !path.endsWith("?") };
    for (const type of types.split(" ").flatMap(namesOf))
      TABLE.set(type, [...(TABLE.get(type) ?? []), holding]);
  }
}
enter(AWS, (name) => [awsToken(name), terraformType(name)]);
enter(CLOUDFORMATION, (name) => [`AWS::${name}`, nativeToken(name)]);
enter(EXTENSION, (name) => [name]);

/** What the resources of each type hold: by type token of aws and aws-native, by type of CloudFormation, and of Terraform. */
export const RESOURCE_TYPES: ReadonlyMap<string, readonly Holding[]> = TABLE;

/** The child of a Terraform module that Pulumi runs: `<package>:tf:aws_iam_role`. */
const MODULE_CHILD = /^[^:]+:tf:(aws_\w+)$/;

/** What a resource of a program holds; undefined for one that holds no document. */
export const holdingsOf = (token: string): readonly Holding[] | undefined =>
  token.includes(":") && !token.includes("::")
    ? TABLE.get(MODULE_CHILD.exec(token)?.[1] ?? token)
    : undefined;

/** What the AWS provider makes of an object: the JSON text of the document, unknown as a whole when any part is. */
export const isDocumentProperty = (type: string, property: string): boolean =>
  type.startsWith("aws:") &&
  (TABLE.get(type)?.some(({ path }) => path.length === 1 && path[0] === property) ?? false);
