/** Requests that each capability must allow, and near misses: what several tables share, and those of AI services. */
export type Context = Readonly<Record<string, string | readonly string[]>>;
/** action, resource after `arn:aws:service:` (or `*`), context */
export type Ask = readonly [action: string, resource: string, context?: Context];
export interface Asks {
  readonly allowed: readonly Ask[];
  readonly denied: readonly Ask[];
}

export const HERE = "us-east-1:123456789012:";
export const KEY = `${HERE}key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const KEY_ARN = `arn:aws:kms:${KEY}`;
const OTHER_KEY = `${HERE}key/9999abcd-12ab-34cd-56ef-1234567890ab`;
export const via = (service: string): Context => ({ "kms:ViaService": `${service}.us-east-1.amazonaws.com` });

const to = (service: string): Context => ({ "iam:PassedToService": `${service}.amazonaws.com` });
const ROLE = ":123456789012:role/execution";
export const pass = (service: string): Ask => ["iam:PassRole", ROLE, to(service)];
export const notPassed = (service: string): readonly Ask[] => [
  ["iam:PassRole", ROLE, to("lambda")],
  ["iam:PassRole", ":123456789012:role/execution2", to(service)],
  ["iam:PassRole", ROLE],
];

export const MODEL = ":foundation-model/anthropic.claude-3-haiku-20240307-v1:0";
export const GUARDED: Context = {
  "bedrock:GuardrailIdentifier": `arn:aws:bedrock:${HERE}guardrail/abc123def456:1`,
};
const GLOBAL = `${HERE}inference-profile/global.anthropic.claude-3-haiku-20240307-v1:0`;
const APPLICATION = `${HERE}application-inference-profile/abcd1234efgh`;
const byProfile = (profile: string, region = "us-east-1"): Context => ({
  ...GUARDED,
  "aws:RequestedRegion": region,
  "bedrock:InferenceProfileArn": `arn:aws:bedrock:${profile}`,
});

const VERSION = `${HERE}project/parts/version/parts.2026-01-05T10.00.00/1767607200000`;
const OTHER_VERSION = `${HERE}project/parts/version/parts.2026-02-05T10.00.00/1770282000000`;
const THEIRS = "us-east-1:999999999999:";

/** Actions on one resource, which another name, another account and neighbouring actions miss. */
const on = (actions: readonly string[], resource: string, not: readonly string[]): Asks => ({
  allowed: actions.map((action): Ask => [action, resource]),
  denied: [
    ...actions.flatMap((action): readonly Ask[] => [
      [action, `${resource}x`],
      [action, resource.replace(HERE, THEIRS)],
    ]),
    ...not.map((action): Ask => [action, resource]),
  ],
});

/** Actions that are about no resource, and those nearby that are not meant. */
const anywhere = (actions: readonly string[], not: readonly string[]): Asks => ({
  allowed: actions.map((action): Ask => [action, "*"]),
  denied: not.map((action): Ask => [action, "*"]),
});

const both = (a: Asks, b: Asks): Asks => ({
  allowed: [...a.allowed, ...b.allowed],
  denied: [...a.denied, ...b.denied],
});
const passing = (service: string, asks: Asks): Asks =>
  both(asks, { allowed: [pass(service)], denied: notPassed(service) });

/** What a job over texts is started with as it was agreed, and each way in which it is not. */
const COMPREHEND_JOB: Context = {
  "comprehend:OutputKmsKey": KEY_ARN,
  "comprehend:VolumeKmsKey": KEY_ARN,
  "comprehend:VpcSubnets": "subnet-0123456789abcdef0",
  "comprehend:VpcSecurityGroupIds": "sg-0123456789abcdef0",
};
const OTHERWISE: Context = {
  "comprehend:OutputKmsKey": `arn:aws:kms:${OTHER_KEY}`,
  "comprehend:VolumeKmsKey": `arn:aws:kms:${OTHER_KEY}`,
  "comprehend:VpcSubnets": "subnet-1",
  "comprehend:VpcSecurityGroupIds": "sg-1",
};
const textJob = (name: string, type: string, keys: readonly string[], stops = true): Asks => {
  const [start, job] = [`comprehend:Start${name}DetectionJob`, `${HERE}${type}-detection-job/a1b2`];
  const only = (kept: readonly string[], from = COMPREHEND_JOB): Context =>
    Object.fromEntries(Object.entries(from).filter(([key]) => kept.includes(key)));
  const agreed = only(keys);
  return passing("comprehend", {
    allowed: [
      [start, job, agreed],
      [`comprehend:Describe${name}DetectionJob`, job],
      ...(stops ? [[`comprehend:Stop${name}DetectionJob`, job] as const] : []),
    ],
    denied: [
      ...keys.map((key): Ask => [start, job, only(keys.filter((each) => each !== key))]),
      ...keys.map((key): Ask => [start, job, { ...agreed, ...only([key], OTHERWISE) }]),
      [start, job.replace(HERE, THEIRS), agreed],
      [start, `${HERE}another-detection-job/a1b2`, agreed],
      [`comprehend:List${name}DetectionJobs`, "*"],
      ["comprehend:StartDocumentClassificationJob", `${HERE}document-classification-job/a1b2`, agreed],
    ],
  });
};
const WHOLE = Object.keys(COMPREHEND_JOB);

export const AI_SERVICES: Readonly<Record<string, Asks>> = {
  "kms.decrypt": {
    allowed: [["kms:Decrypt", KEY, via("s3")]],
    denied: [
      ["kms:Decrypt", KEY],
      ["kms:Decrypt", KEY, via("dynamodb")],
      ["kms:Decrypt", KEY, { "kms:ViaService": "s3.eu-west-1.amazonaws.com" }],
      ["kms:Decrypt", OTHER_KEY, via("s3")],
      ["kms:GenerateDataKey", KEY, via("s3")],
      ["kms:ReEncryptFrom", KEY, via("s3")],
    ],
  },
  "kms.encrypt": {
    allowed: [
      ["kms:GenerateDataKey", KEY, via("s3")],
      // Parts of an upload are read again when it is completed.
      ["kms:Decrypt", KEY, via("s3")],
    ],
    denied: [
      ["kms:GenerateDataKey", KEY],
      ["kms:GenerateDataKey", OTHER_KEY, via("s3")],
      ["kms:CreateGrant", KEY, via("s3")],
    ],
  },
  "sns.publish": on(["sns:Publish"], `${HERE}AmazonRekognition-videos`, ["sns:Subscribe", "sns:DeleteTopic"]),
  "sagemaker.invokeStream": on(
    ["sagemaker:InvokeEndpointWithResponseStream"],
    `${HERE}endpoint/image-classifier`,
    ["sagemaker:InvokeEndpoint", "sagemaker:DeleteEndpoint"],
  ),
  "sagemaker.invokeAsync": on(["sagemaker:InvokeEndpointAsync"], `${HERE}endpoint/image-classifier`, [
    "sagemaker:InvokeEndpoint",
    "sagemaker:UpdateEndpoint",
  ]),
  "sagemaker.readFeatures": on(
    ["sagemaker:GetRecord", "sagemaker:BatchGetRecord"],
    `${HERE}feature-group/customers`,
    ["sagemaker:PutRecord", "sagemaker:DeleteRecord", "sagemaker:DeleteFeatureGroup"],
  ),
  "sagemaker.writeFeatures": on(["sagemaker:PutRecord"], `${HERE}feature-group/customers`, [
    "sagemaker:GetRecord",
    "sagemaker:DeleteRecord",
  ]),
  "sagemaker.deleteFeatures": on(["sagemaker:DeleteRecord"], `${HERE}feature-group/customers`, [
    "sagemaker:PutRecord",
    "sagemaker:DeleteFeatureGroup",
  ]),
  "sagemaker.readRegistry": {
    allowed: [
      ["sagemaker:DescribeModelPackageGroup", `${HERE}model-package-group/churn`],
      ["sagemaker:ListModelPackages", `${HERE}model-package/churn/1`],
      ["sagemaker:DescribeModelPackage", `${HERE}model-package/churn/17`],
    ],
    denied: [
      ["sagemaker:DescribeModelPackage", `${HERE}model-package/churn2/1`],
      ["sagemaker:DescribeModelPackageGroup", `${HERE}model-package-group/other`],
      ["sagemaker:UpdateModelPackage", `${HERE}model-package/churn/1`],
      ["sagemaker:CreateModelPackage", `${HERE}model-package/churn/1`],
    ],
  },
  "sagemaker.approveModel": {
    allowed: ["Approved", "Rejected"].map((status): Ask => [
      "sagemaker:UpdateModelPackage",
      `${HERE}model-package/churn/1`,
      { "sagemaker:ModelApprovalStatus": status },
    ]),
    denied: [
      ["sagemaker:UpdateModelPackage", `${HERE}model-package/churn/1`],
      [
        "sagemaker:UpdateModelPackage",
        `${HERE}model-package/churn/1`,
        { "sagemaker:ModelApprovalStatus": "PendingManualApproval" },
      ],
      [
        "sagemaker:UpdateModelPackage",
        `${HERE}model-package/other/1`,
        { "sagemaker:ModelApprovalStatus": "Approved" },
      ],
      [
        "sagemaker:CreateModelPackage",
        `${HERE}model-package/churn/1`,
        { "sagemaker:ModelApprovalStatus": "Approved" },
      ],
    ],
  },
  "sagemaker.runPipeline": {
    allowed: [
      ["sagemaker:StartPipelineExecution", `${HERE}pipeline/churn`],
      ["sagemaker:DescribePipeline", `${HERE}pipeline/churn`],
      ["sagemaker:StopPipelineExecution", `${HERE}pipeline/churn/execution/abc`],
      ["sagemaker:DescribePipelineExecution", `${HERE}pipeline/churn/execution/abc`],
    ],
    denied: [
      ["sagemaker:StartPipelineExecution", `${HERE}pipeline/churn2`],
      ["sagemaker:UpdatePipeline", `${HERE}pipeline/churn`],
      ["sagemaker:CreatePipeline", `${HERE}pipeline/churn`],
      ["sagemaker:StopPipelineExecution", `${HERE}pipeline/other/execution/abc`],
    ],
  },
  "sagemaker.putMetrics": {
    allowed: [
      ["sagemaker:BatchPutMetrics", `${HERE}training-job/churn-1`],
      ["sagemaker:BatchPutMetrics", `${HERE}experiment-trial-component/churn-1`],
    ],
    denied: [
      ["sagemaker:BatchPutMetrics", `${HERE}training-job/other-1`],
      ["sagemaker:CreateTrainingJob", `${HERE}training-job/churn-1`],
    ],
  },
  "rekognition.compareFaces": anywhere(
    ["rekognition:CompareFaces"],
    ["rekognition:DetectFaces", "rekognition:SearchFacesByImage"],
  ),
  "rekognition.celebrities": anywhere(
    ["rekognition:RecognizeCelebrities", "rekognition:GetCelebrityInfo"],
    ["rekognition:DetectFaces", "rekognition:CreateCollection"],
  ),
  "rekognition.moderationAdapter": {
    allowed: [
      ["rekognition:DetectModerationLabels", VERSION],
      ["rekognition:StartMediaAnalysisJob", VERSION],
      ["rekognition:GetMediaAnalysisJob", "*"],
    ],
    denied: [
      ["rekognition:DetectModerationLabels", OTHER_VERSION],
      ["rekognition:StartMediaAnalysisJob", "*"],
      ["rekognition:DeleteProjectVersion", VERSION],
    ],
  },
  "rekognition.indexFaces": on(["rekognition:IndexFaces"], `${HERE}collection/products`, [
    "rekognition:SearchFacesByImage",
    "rekognition:DeleteFaces",
    "rekognition:DeleteCollection",
  ]),
  "rekognition.manageFaces": on(
    [
      "rekognition:AssociateFaces",
      "rekognition:CreateUser",
      "rekognition:DeleteFaces",
      "rekognition:DeleteUser",
      "rekognition:DisassociateFaces",
    ],
    `${HERE}collection/products`,
    ["rekognition:IndexFaces", "rekognition:DeleteCollection"],
  ),
  "rekognition.customLabels": {
    allowed: [["rekognition:DetectCustomLabels", VERSION]],
    denied: [
      ["rekognition:DetectCustomLabels", OTHER_VERSION],
      ["rekognition:StartProjectVersion", VERSION],
    ],
  },
  "rekognition.operateCustomLabels": {
    allowed: [
      ["rekognition:StartProjectVersion", VERSION],
      ["rekognition:StopProjectVersion", VERSION],
      ["rekognition:DescribeProjectVersions", `${HERE}project/parts/1767600000000`],
    ],
    denied: [
      ["rekognition:StartProjectVersion", OTHER_VERSION],
      ["rekognition:DeleteProjectVersion", VERSION],
      ["rekognition:DescribeProjectVersions", `${HERE}project/other/1767600000000`],
      ["rekognition:DetectCustomLabels", VERSION],
    ],
  },
  "rekognition.videoFaceSearch": passing("rekognition", {
    allowed: [
      ["rekognition:StartFaceSearch", `${HERE}collection/products`],
      ["rekognition:GetFaceSearch", "*"],
    ],
    denied: [
      ["rekognition:StartFaceSearch", `${HERE}collection/people`],
      ["rekognition:StartFaceDetection", "*"],
    ],
  }),
  "rekognition.stream": passing("rekognition", {
    allowed: [
      ["rekognition:CreateStreamProcessor", `${HERE}collection/products`],
      ["rekognition:StartStreamProcessor", `${HERE}streamprocessor/entrance`],
      ["rekognition:StopStreamProcessor", `${HERE}streamprocessor/entrance`],
    ],
    denied: [
      ["rekognition:CreateStreamProcessor", `${HERE}collection/people`],
      ["rekognition:StartStreamProcessor", `${HERE}streamprocessor/exit`],
      ["rekognition:DeleteStreamProcessor", `${HERE}streamprocessor/entrance`],
    ],
  }),
  "rekognition.liveness": anywhere(
    ["rekognition:CreateFaceLivenessSession", "rekognition:GetFaceLivenessSessionResults"],
    ["rekognition:CompareFaces", "rekognition:StartFaceLivenessSession"],
  ),
  "bedrock.invokeGlobalProfile": {
    allowed: [
      ["bedrock:InvokeModel", GLOBAL, { ...GUARDED, "aws:RequestedRegion": "us-east-1" }],
      ["bedrock:InvokeModel", `us-east-1:${MODEL}`, byProfile(GLOBAL)],
      ["bedrock:InvokeModelWithResponseStream", `:${MODEL}`, byProfile(GLOBAL, "unspecified")],
      ["bedrock:ApplyGuardrail", `${HERE}guardrail/abc123def456`],
    ],
    denied: [
      ["bedrock:InvokeModel", GLOBAL, { "aws:RequestedRegion": "us-east-1" }],
      ["bedrock:InvokeModel", GLOBAL, { ...GUARDED, "aws:RequestedRegion": "eu-west-1" }],
      ["bedrock:InvokeModel", `us-east-1:${MODEL}`, { ...GUARDED, "aws:RequestedRegion": "us-east-1" }],
      ["bedrock:InvokeModel", `:${MODEL}`, byProfile(GLOBAL, "us-east-1")],
      ["bedrock:InvokeModel", `us-east-1:${MODEL}`, byProfile(APPLICATION)],
      ["bedrock:ApplyGuardrail", `${HERE}guardrail/other`],
    ],
  },
  "bedrock.invokeApplicationProfile": {
    allowed: [
      ["bedrock:InvokeModel", APPLICATION, GUARDED],
      ["bedrock:InvokeModel", `us-west-2:${MODEL}`, byProfile(APPLICATION)],
    ],
    denied: [
      ["bedrock:InvokeModel", APPLICATION],
      ["bedrock:InvokeModel", `${APPLICATION}x`, GUARDED],
      ["bedrock:InvokeModel", `us-west-2:${MODEL}`, GUARDED],
      ["bedrock:InvokeModel", `eu-west-1:${MODEL}`, byProfile(APPLICATION)],
      ["bedrock:DeleteInferenceProfile", APPLICATION, GUARDED],
    ],
  },
  "bedrock.applyGuardrail": on(["bedrock:ApplyGuardrail"], `${HERE}guardrail/abc123def456`, [
    "bedrock:UpdateGuardrail",
    "bedrock:GetGuardrail",
  ]),
  "bedrock.retrieve": on(["bedrock:Retrieve"], `${HERE}knowledge-base/KB12345678`, [
    "bedrock:StartIngestionJob",
    "bedrock:DeleteKnowledgeBase",
  ]),
  "bedrock.invokeAgent": on(["bedrock:InvokeAgent"], `${HERE}agent-alias/AGENT12345/ALIAS12345`, [
    "bedrock:UpdateAgentAlias",
    "bedrock:GetAgentAlias",
  ]),
  "textract.analyze": anywhere(
    ["textract:AnalyzeDocument", "textract:DetectDocumentText", "textract:AnalyzeID"],
    ["textract:StartDocumentAnalysis", "textract:CreateAdapter"],
  ),
  "textract.jobs": passing(
    "textract",
    anywhere(
      ["textract:StartDocumentAnalysis", "textract:GetDocumentAnalysis", "textract:StartExpenseAnalysis"],
      ["textract:AnalyzeDocument", "textract:DeleteAdapter"],
    ),
  ),
  "comprehend.detect": anywhere(
    ["comprehend:DetectEntities", "comprehend:DetectPiiEntities", "comprehend:DetectToxicContent"],
    ["comprehend:StartEntitiesDetectionJob", "comprehend:CreateDocumentClassifier"],
  ),
  "comprehend.classify": on(["comprehend:ClassifyDocument"], `${HERE}document-classifier-endpoint/tickets`, [
    "comprehend:DeleteEndpoint",
    "comprehend:UpdateEndpoint",
  ]),
  "comprehend.sentimentJob": textJob("Sentiment", "sentiment", WHOLE),
  "comprehend.targetedSentimentJob": textJob("TargetedSentiment", "targeted-sentiment", WHOLE),
  "comprehend.entitiesJob": both(textJob("Entities", "entities", WHOLE), {
    allowed: [],
    denied: [["comprehend:StartEntitiesDetectionJob", `${HERE}entity-recognizer/ours`, COMPREHEND_JOB]],
  }),
  "comprehend.keyPhrasesJob": textJob("KeyPhrases", "key-phrases", WHOLE),
  "comprehend.languageJob": textJob("DominantLanguage", "dominant-language", WHOLE),
  "comprehend.topicsJob": textJob("Topics", "topics", WHOLE, false),
  "comprehend.piiJob": textJob("PiiEntities", "pii-entities", ["comprehend:OutputKmsKey"]),
  "comprehend.eventsJob": textJob("Events", "events", ["comprehend:OutputKmsKey"]),
  "transcribe.stream": anywhere(
    ["transcribe:StartStreamTranscription"],
    ["transcribe:StartTranscriptionJob", "transcribe:StartMedicalStreamTranscription"],
  ),
  "polly.synthesize": anywhere(
    ["polly:SynthesizeSpeech"],
    ["polly:StartSpeechSynthesisTask", "polly:PutLexicon"],
  ),
  "translate.text": anywhere(
    ["translate:TranslateText"],
    ["translate:StartTextTranslationJob", "translate:ImportTerminology"],
  ),
};
