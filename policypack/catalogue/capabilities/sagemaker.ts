import { type Capability, passTo } from "./capability";
import {
  at,
  IMAGE,
  IN_VPC,
  ISOLATED,
  MODEL,
  observed,
  ON_INSTANCES,
  SOURCE,
  tagging,
  TRAINING,
  VOLUME,
  VOLUME_KEY,
} from "./sagemaker-terms";

const ENDPOINT = at("endpoint/${endpoint}");
const CONFIG = at("endpoint-config/${endpointConfig}*");
const PACKAGES = at("model-package/${packageGroup}/*");
const FEATURES = at("feature-group/${featureGroup}");
const PIPELINE = at("pipeline/${pipeline}");

export const SAGEMAKER = [
  {
    id: "sagemaker.createModel",
    side: "caller",
    parameters: ["model"],
    optional: ["subnets", "securityGroups", "networkIsolation", "repository"],
    statements: [
      {
        Action: ["sagemaker:CreateModel"],
        Resource: [MODEL],
        Condition: { "ForAllValues:StringEquals": IN_VPC, Bool: ISOLATED },
      },
      { Action: ["sagemaker:DescribeModel", "sagemaker:DeleteModel"], Resource: [MODEL] },
      tagging("CreateModel", MODEL),
      passTo("sagemaker"),
    ],
    implies: IMAGE,
    trust: { feature: "sagemaker.any" },
    source: SOURCE,
    why: "Makes models of one name prefix, which say image, network and role of whatever serves them.",
  },
  {
    id: "sagemaker.deployEndpoint",
    side: "caller",
    parameters: ["endpoint", "endpointConfig"],
    optional: ["model", "volumeKey", "instanceTypes"],
    statements: [
      {
        Action: ["sagemaker:CreateEndpointConfig"],
        Resource: [CONFIG],
        Condition: {
          "ForAllValues:StringEquals": ON_INSTANCES,
          ArnEquals: VOLUME_KEY,
          ArnLike: { "sagemaker:ModelArn": MODEL },
        },
      },
      { Action: ["sagemaker:CreateEndpoint", "sagemaker:UpdateEndpoint"], Resource: [ENDPOINT, CONFIG] },
      {
        Action: [
          "sagemaker:DescribeEndpoint",
          "sagemaker:DeleteEndpoint",
          "sagemaker:UpdateEndpointWeightsAndCapacities",
        ],
        Resource: [ENDPOINT],
      },
      { Action: ["sagemaker:DescribeEndpointConfig", "sagemaker:DeleteEndpointConfig"], Resource: [CONFIG] },
      tagging("CreateEndpoint", ENDPOINT),
      tagging("CreateEndpointConfig", CONFIG),
    ],
    implies: [...observed("Endpoints/${endpoint}", "/aws/sagemaker/Endpoints"), VOLUME],
    trust: { feature: "sagemaker.any" },
    source: "https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html",
    why: "Deploys to one endpoint: creating and updating it are decided on the endpoint and on its configuration alike.",
  },
  {
    id: "sagemaker.invokeEndpoint",
    side: "execution",
    parameters: ["endpoint"],
    optional: ["targetModel"],
    statements: [
      {
        Action: ["sagemaker:InvokeEndpoint"],
        Resource: [ENDPOINT],
        Condition: { StringEquals: { "sagemaker:TargetModel": ["${targetModel}"] } },
      },
    ],
    source: SOURCE,
    why: "Sends one request to one endpoint and reads the answer; managing the endpoint is another role's task.",
  },
  {
    id: "sagemaker.invokeStream",
    side: "execution",
    parameters: ["endpoint"],
    statements: [{ Action: ["sagemaker:InvokeEndpointWithResponseStream"], Resource: [ENDPOINT] }],
    source: SOURCE,
    why: "Sends one request to one endpoint and reads the answer as it is made.",
  },
  {
    id: "sagemaker.invokeAsync",
    side: "execution",
    parameters: ["endpoint"],
    statements: [{ Action: ["sagemaker:InvokeEndpointAsync"], Resource: [ENDPOINT] }],
    source:
      "https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-create-endpoint-prerequisites.html",
    why: "Leaves a request to one endpoint, which reads it from S3 and writes the answer there with its own role.",
  },
  {
    id: "sagemaker.readFeatures",
    side: "execution",
    parameters: ["featureGroup"],
    statements: [{ Action: ["sagemaker:GetRecord", "sagemaker:BatchGetRecord"], Resource: [FEATURES] }],
    source: "https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store-security.html",
    why: "Reads records of one feature group from the online store.",
  },
  {
    id: "sagemaker.writeFeatures",
    side: "execution",
    parameters: ["featureGroup"],
    statements: [{ Action: ["sagemaker:PutRecord"], Resource: [FEATURES] }],
    source: "https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store-security.html",
    why: "Writes records of one feature group.",
  },
  {
    id: "sagemaker.deleteFeatures",
    side: "execution",
    needsReview: "data is gone",
    parameters: ["featureGroup"],
    statements: [{ Action: ["sagemaker:DeleteRecord"], Resource: [FEATURES] }],
    source: "https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store-security.html",
    why: "Takes records of one feature group back.",
  },
  {
    id: "sagemaker.readRegistry",
    side: "caller",
    parameters: ["packageGroup"],
    statements: [
      {
        Action: ["sagemaker:DescribeModelPackageGroup"],
        Resource: [at("model-package-group/${packageGroup}")],
      },
      { Action: ["sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages"], Resource: [PACKAGES] },
    ],
    source: SOURCE,
    why: "Finds the versions of one model; AWS numbers them, so the group is what is named.",
  },
  {
    id: "sagemaker.registerModel",
    side: "caller",
    parameters: ["packageGroup"],
    statements: [
      {
        Action: ["sagemaker:CreateModelPackage"],
        Resource: [PACKAGES],
        Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" } },
      },
      tagging("CreateModelPackage", PACKAGES),
    ],
    source: SOURCE,
    why: "Registers versions that wait for approval, and must say so; approving them is for somebody else.",
  },
  {
    id: "sagemaker.approveModel",
    side: "caller",
    needsReview: "it decides what goes into production",
    parameters: ["packageGroup"],
    statements: [
      {
        Action: ["sagemaker:UpdateModelPackage"],
        Resource: [PACKAGES],
        Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": ["Approved", "Rejected"] } },
      },
    ],
    source: SOURCE,
    why: "Approves or rejects versions of one model; whoever registers them should not have this.",
  },
  {
    id: "sagemaker.runPipeline",
    side: "caller",
    parameters: ["pipeline"],
    statements: [
      { Action: ["sagemaker:StartPipelineExecution", "sagemaker:DescribePipeline"], Resource: [PIPELINE] },
      {
        Action: [
          "sagemaker:DescribePipelineExecution",
          "sagemaker:ListPipelineExecutionSteps",
          "sagemaker:StopPipelineExecution",
        ],
        Resource: [at("pipeline/${pipeline}/execution/*")],
      },
    ],
    source: "https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-access.html",
    why: "Runs one pipeline and follows its executions, whose ids AWS makes up.",
  },
  {
    id: "sagemaker.putMetrics",
    side: "execution",
    parameters: ["jobs"],
    statements: [
      {
        Action: ["sagemaker:BatchPutMetrics"],
        Resource: [TRAINING, at("experiment-trial-component/${jobs}*")],
      },
    ],
    source: SOURCE,
    why: "Records metrics of the training jobs of one name prefix, from within them.",
  },
] as const satisfies readonly Capability[];
