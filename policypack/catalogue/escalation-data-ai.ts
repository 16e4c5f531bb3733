/**
 * Escalation paths by AI services that no published list has: what AWS says of each call, which is the source, shows that a
 * role is passed with it, and what becomes of the role.
 */
import type { PathGroup } from "./escalation-data";

const SAGEMAKER = "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_{call}.html";

export const SAGEMAKER_PASSED: readonly PathGroup[] = [
  {
    services: ["sagemaker.amazonaws.com"],
    source: SAGEMAKER,
    paths: [
      "sagemaker:CreateModel sagemaker:CreateTransformJob",
      "sagemaker:CreateModel sagemaker:CreateEndpointConfig sagemaker:CreateEndpoint",
      "sagemaker:CreateHyperParameterTuningJob",
      // Their validation runs the container that is given, with a role that is given.
      "sagemaker:CreateAlgorithm",
      "sagemaker:CreateModelPackage",
      "sagemaker:CreateCluster",
      "sagemaker:CreateMonitoringSchedule",
      "sagemaker:CreatePipeline sagemaker:StartPipelineExecution",
      "sagemaker:UpdatePipeline sagemaker:StartPipelineExecution",
      "sagemaker:CreateDomain sagemaker:CreateUserProfile sagemaker:CreatePresignedDomainUrl",
      "sagemaker:CreateUserProfile sagemaker:CreatePresignedDomainUrl",
      "sagemaker:UpdateUserProfile sagemaker:CreatePresignedDomainUrl",
      "sagemaker:UpdateDomain sagemaker:CreatePresignedDomainUrl",
    ],
  },
  {
    services: ["sagemaker.amazonaws.com"],
    use: "calls",
    source: SAGEMAKER,
    paths: [
      "sagemaker:CreateAutoMLJob",
      "sagemaker:CreateAutoMLJobV2",
      "sagemaker:CreateCompilationJob",
      "sagemaker:CreateEdgePackagingJob",
      "sagemaker:CreateFeatureGroup",
      "sagemaker:CreateFlowDefinition",
      "sagemaker:CreateImage",
      "sagemaker:CreateInferenceExperiment",
      "sagemaker:CreateInferenceRecommendationsJob",
      "sagemaker:CreateLabelingJob",
      "sagemaker:CreateMlflowTrackingServer",
      "sagemaker:CreateOptimizationJob",
    ],
  },
];

export const REKOGNITION_PASSED: readonly PathGroup[] = [
  {
    services: ["rekognition.amazonaws.com"],
    use: "calls",
    source: "https://docs.aws.amazon.com/rekognition/latest/APIReference/API_{call}.html",
    paths: [
      "rekognition:CreateStreamProcessor rekognition:StartStreamProcessor",
      // The role of their notification channel publishes to a topic of one's choice.
      "rekognition:StartCelebrityRecognition",
      "rekognition:StartContentModeration",
      "rekognition:StartFaceDetection",
      "rekognition:StartFaceSearch",
      "rekognition:StartLabelDetection",
      "rekognition:StartPersonTracking",
      "rekognition:StartSegmentDetection",
      "rekognition:StartTextDetection",
    ],
  },
];

export const BEDROCK_PASSED: readonly PathGroup[] = [
  {
    services: ["bedrock.amazonaws.com"],
    use: "calls",
    source: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_{call}.html",
    paths: [
      "bedrock:CreateModelCustomizationJob",
      "bedrock:CreateModelImportJob",
      "bedrock:CreateModelInvocationJob",
      "bedrock:CreateEvaluationJob",
    ],
  },
  {
    services: ["bedrock.amazonaws.com"],
    use: "calls",
    source: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_{call}.html",
    paths: [
      "bedrock:CreateAgent bedrock:PrepareAgent bedrock:InvokeAgent",
      "bedrock:CreateFlow bedrock:PrepareFlow bedrock:InvokeFlow",
      "bedrock:CreateKnowledgeBase bedrock:CreateDataSource bedrock:StartIngestionJob bedrock:Retrieve",
    ],
  },
];

const AGENTCORE = "https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_{call}.html";

export const AGENTCORE_PASSED: readonly PathGroup[] = [
  {
    services: ["bedrock-agentcore.amazonaws.com"],
    source: AGENTCORE,
    paths: ["bedrock-agentcore:CreateAgentRuntime bedrock-agentcore:InvokeAgentRuntime"],
  },
  {
    services: ["bedrock-agentcore.amazonaws.com"],
    use: "calls",
    source: AGENTCORE,
    paths: [
      "bedrock-agentcore:CreateGateway bedrock-agentcore:CreateGatewayTarget bedrock-agentcore:InvokeGateway",
    ],
  },
];
