/**
 * Actions that AWS's reference lists with a resource type, and that still cannot name a resource: the call carries none,
 * or AWS makes up the name. (An action without any resource type needs no entry: only `*` works for it.)
 *
 * A reviewed list; each entry says why, and where AWS says so.
 */
import { matches, parsePattern, type Pattern, remembered } from "../iam";
import { type Action, type ResourceType, serviceOf } from "./authorization";

export interface WildcardRequired {
  /** action patterns, as in a policy */
  readonly actions: readonly string[];
  /** of which resource types every resource is needed, where AWS makes up their names; without it, `*` itself */
  readonly types?: readonly string[];
  readonly reason: string;
  /** the condition key that bounds the action instead, where there is one */
  readonly boundedBy?: string;
  readonly source: string;
}

const reference = (service: string): string =>
  `https://docs.aws.amazon.com/service-authorization/latest/reference/list_${service}.html`;

export const WILDCARD_REQUIRED: readonly WildcardRequired[] = [
  {
    actions: ["cloudwatch:PutMetricData", "cloudwatch:GetMetricData", "cloudwatch:ListMetrics"],
    reason: "metrics are not resources; the optional type covers datasets only",
    boundedBy: "cloudwatch:namespace",
    source: reference("amazoncloudwatch"),
  },
  {
    actions: ["rekognition:DetectModerationLabels", "rekognition:StartMediaAnalysisJob"],
    reason: "the call carries a resource only when it uses a custom adapter",
    source: reference("amazonrekognition"),
  },
  {
    actions: ["comprehend:DetectEntities"],
    reason: "the call carries a resource only when it uses a custom recognizer",
    source: reference("amazoncomprehend"),
  },
  {
    actions: ["polly:SynthesizeSpeech", "polly:StartSpeechSynthesisTask", "polly:StartSpeechSynthesisStream"],
    reason: "the call carries a resource only when it uses a lexicon",
    source: reference("amazonpolly"),
  },
  {
    actions: ["translate:TranslateText", "translate:TranslateDocument", "translate:StartTextTranslationJob"],
    reason: "the call carries a resource only when it uses a terminology or parallel data",
    source: reference("amazontranslate"),
  },
  {
    actions: ["comprehend:Start*Job"],
    types: ["*-job"],
    reason: "AWS makes up the job's id",
    source: reference("amazoncomprehend"),
  },
  {
    actions: ["bedrock:CreateModelInvocationJob", "bedrock:CreateModelCustomizationJob"],
    types: ["*-job"],
    reason: "AWS makes up the job's id",
    source: reference("amazonbedrock"),
  },
  {
    actions: ["comprehend:Describe*Job", "comprehend:Stop*Job"],
    types: ["*-job"],
    reason: "a job is followed by the id that AWS made up when it was started, after the policy was written",
    source: reference("amazoncomprehend"),
  },
  {
    actions: [
      "bedrock:Get*Job",
      "bedrock:GetDataAutomationStatus",
      "bedrock:Stop*Job",
      "bedrock:BatchDelete*Job",
    ],
    types: ["*-job"],
    reason: "a job is followed by the id that AWS made up when it was started, after the policy was written",
    source: reference("amazonbedrock"),
  },
  {
    actions: ["bedrock:InvokeModel", "bedrock:GetAsyncInvoke"],
    types: ["async-invoke"],
    reason: "AWS makes up the id of an asynchronous invocation, and answers with it",
    source: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_StartAsyncInvoke.html",
  },
  {
    actions: ["batch:CancelJob", "batch:TerminateJob"],
    types: ["job"],
    reason: "a job is ended by the id that AWS made up when it was submitted, after the policy was written",
    source: "https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html",
  },
  {
    actions: [
      "ssm:DescribeAutomationStepExecutions",
      "ssm:GetAutomationExecution",
      "ssm:SendAutomationSignal",
      "ssm:StopAutomationExecution",
    ],
    types: ["automation-execution"],
    reason: "an execution is followed by the id that AWS made up when it was started",
    source:
      "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html",
  },
  {
    actions: ["route53:GetChange"],
    types: ["change"],
    reason: "a change is followed by the id that AWS made up when it was submitted",
    source: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html",
  },
  {
    actions: ["application-autoscaling:*"],
    types: ["ScalableTarget"],
    reason: "AWS makes up the id in the target's ARN when the target is registered",
    boundedBy: "application-autoscaling:service-namespace",
    source:
      "https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_service-with-iam.html",
  },
  {
    actions: [
      "ec2:CreateNetworkInterfacePermission",
      "ec2:DeleteNetworkInterface",
      "ec2:DeleteNetworkInterfacePermission",
    ],
    types: ["network-interface"],
    reason: "a service makes the interface and takes it away again; AWS makes up its id in between",
    boundedBy: "ec2:Subnet",
    source: "https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html",
  },
  {
    actions: ["ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"],
    types: ["network-interface"],
    reason:
      "Lambda gives addresses to the interface that it made for a function; AWS makes up its id in between",
    boundedBy: "ec2:Subnet",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html",
  },
  {
    actions: ["ec2:CreateFlowLogs"],
    types: ["vpc-flow-log"],
    reason: "AWS makes up the id of the flow log",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html",
  },
  {
    actions: ["bedrock:CreateInferenceProfile"],
    types: ["application-inference-profile"],
    reason: "AWS makes up the id of the profile",
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html",
  },
  {
    actions: ["ec2:CreateFleet", "ec2:RequestSpotInstances", "ec2:RequestSpotFleet"],
    types: [
      "fleet",
      "instance",
      "network-interface",
      "spot-fleet-request",
      "spot-instances-request",
      "volume",
    ],
    reason: "AWS makes up the ids of the request, of the instances, and of what comes with them",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html",
  },
  {
    actions: ["ec2:AllocateAddress", "ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress"],
    types: ["elastic-ip", "security-group-rule"],
    reason: "AWS makes up the id of the address, and of the rule",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html",
  },
  {
    actions: ["fsx:CreateFileSystem"],
    types: ["file-system"],
    reason: "AWS makes up the id of the file system",
    source: reference("amazonfsx"),
  },
  {
    actions: ["ec2:CreateNetworkInterface", "ec2:RunInstances"],
    types: ["network-interface", "instance", "volume"],
    reason: "AWS makes up the id of the network interface, instance and volume",
    source: reference("amazonec2"),
  },
];

const COMPILED = WILDCARD_REQUIRED.map(({ actions, types }) => ({
  actions: actions.map((action) => parsePattern(action.toLowerCase())),
  types: types?.map((type) => parsePattern(type)),
}));

/** What the list says of an action: `*`, the types of which only the type can be named, or nothing. */
type Required = "*" | { readonly types: readonly Pattern[] } | "nothing";

const requiredBy = remembered((action: Action): Required => {
  if (action.resourceTypes.length === 0) return "*";
  const listed = COMPILED.find(({ actions }) => actions.some((pattern) => matches(pattern, action.key)));
  if (listed !== undefined) return listed.types === undefined ? "*" : { types: listed.types };
  // A List action whose only resource type is optional lists across the account when the call names no parent;
  // listing the tags of a resource names it.
  const listsAll =
    action.accessLevels.has("List") &&
    action.requiredTypes.size === 0 &&
    action.resourceTypes.length === 1 &&
    !action.key.includes(":listtags");
  return listsAll ? "*" : "nothing";
});

/** Whether only `*` works for an action. */
export const needsEverything = (action: Action): boolean => requiredBy(action) === "*";

/** Whether an action can name no resource of a type, but the type: AWS makes up the names. */
export function mayNameTypeOnly(action: Action, type: ResourceType): boolean {
  const required = requiredBy(action);
  if (typeof required === "object") return required.types.some((pattern) => matches(pattern, type.name));
  return creates(action, type);
}

/** Actions that tag what is just being made, where a key of theirs says by which action: what is there cannot be tagged then. */
const WHILE_CREATING: ReadonlyMap<string, string> = new Map([
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
  ["ec2:createtags", "ec2:createaction"],
  ["ecs:tagresource", "ecs:createaction"],
  ["elasticloadbalancing:addtags", "elasticloadbalancing:createaction"],
  // "SageMakerStudioTagOnCreate":
  // https://docs.aws.amazon.com/datazone/latest/userguide/AmazonDataZoneSageMakerProvisioningRolePolicyRole.html
  ["sagemaker:addtags", "sagemaker:taggingaction"],
]);

/** The condition key, in lower case, that a request has only while what the action is about is being made. */
export const creationKeyOf = ({ key }: Action): string | undefined => WHILE_CREATING.get(key);

const CREATING = /:(?:create|allocate|import|copy|register|request|submit)(.*)$/;
/** What is started is made by it, where an instance that is started was there before. */
const STARTING = /:(?:start|run)(.*(?:job|execution|session|query|analysis))$/;
/**
 * Services in which an `…Id` is AWS's to choose; elsewhere it may be the caller's, as `iot` `StreamId`.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
 */
const CHOOSES_IDS: ReadonlySet<string> = new Set(["batch", "ec2", "bedrock", "bedrock-agentcore", "ssm"]);
const ENDS_IN_ID = /\$\{[^}]*Id\}[^/]*$/;

/**
 * Whether an action makes a resource of the type whose id is AWS's to choose: `ec2:CreateVolume`, `volume/${VolumeId}`.
 * Nobody can name it beforehand.
 */
function creates(action: Action, type: ResourceType): boolean {
  if (!CHOOSES_IDS.has(serviceOf(action.key)) || !ENDS_IN_ID.test(type.arn.text)) return false;
  const made = (CREATING.exec(action.key) ?? STARTING.exec(action.key))?.[1];
  return made === type.name.toLowerCase().replace(/[^a-z]/g, "");
}
