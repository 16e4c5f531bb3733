/** Documents, text and speech: Textract, Comprehend, Transcribe, Polly, Translate. */
import { type Capability, passTo, reference } from "./capability";

const TEXTRACT = reference("amazontextract");
const COMPREHEND = reference("amazoncomprehend");
const TRANSCRIBE = reference("amazontranscribe");
const SENTIMENT = "arn:${partition}:comprehend:${region}:${account}:sentiment-detection-job/*";

export const LANGUAGE = [
  {
    id: "textract.analyze",
    side: "execution",
    parameters: ["calls"],
    selectable: true,
    statements: [
      {
        Action: [
          "textract:DetectDocumentText",
          "textract:AnalyzeDocument",
          "textract:AnalyzeExpense",
          "textract:AnalyzeID",
        ],
        Resource: ["*"],
      },
    ],
    source: TEXTRACT,
    why: "Reads the document in the call; there is no resource to name.",
  },
  {
    id: "textract.jobs",
    side: "caller",
    parameters: ["calls"],
    optional: ["topic"],
    selectable: true,
    statements: [
      {
        Action: [
          "textract:StartDocumentTextDetection",
          "textract:GetDocumentTextDetection",
          "textract:StartDocumentAnalysis",
          "textract:GetDocumentAnalysis",
          "textract:StartExpenseAnalysis",
          "textract:GetExpenseAnalysis",
        ],
        Resource: ["*"],
      },
      passTo("textract", "topic"),
    ],
    implies: [{ id: "sns.publish" }],
    trust: { feature: "textract.notification", when: "topic" },
    source: "https://docs.aws.amazon.com/textract/latest/dg/api-async-roles.html",
    why: "Reads documents in S3; there is no resource to name, and a role is handed over only to say on a topic that it is done.",
  },
  {
    id: "comprehend.detect",
    side: "execution",
    parameters: ["calls"],
    selectable: true,
    statements: [
      {
        Action: [
          "comprehend:DetectSentiment",
          "comprehend:DetectKeyPhrases",
          "comprehend:DetectSyntax",
          "comprehend:DetectDominantLanguage",
          "comprehend:DetectPiiEntities",
          "comprehend:ContainsPiiEntities",
          "comprehend:DetectToxicContent",
          "comprehend:BatchDetectSentiment",
          "comprehend:BatchDetectEntities",
        ],
        Resource: ["*"],
      },
      // Its one resource type is optional: an ARN here would deny every call without a recognizer of one's own.
      { Action: ["comprehend:DetectEntities"], Resource: ["*"] },
    ],
    source: COMPREHEND,
    why: "Looks at the text in the call; there is no resource to name.",
  },
  {
    id: "comprehend.classify",
    side: "execution",
    parameters: ["classifierEndpoint"],
    statements: [
      {
        Action: ["comprehend:ClassifyDocument"],
        Resource: [
          "arn:${partition}:comprehend:${region}:${account}:document-classifier-endpoint/${classifierEndpoint}",
        ],
      },
    ],
    source: COMPREHEND,
    why: "Asks one endpoint of a classifier of the customer's own.",
  },
  {
    id: "comprehend.sentimentJob",
    side: "caller",
    parameters: [],
    optional: ["outputKey", "volumeKey", "subnets", "securityGroups"],
    statements: [
      {
        Action: ["comprehend:StartSentimentDetectionJob"],
        Resource: [SENTIMENT],
        Condition: {
          ArnEquals: { "comprehend:OutputKmsKey": "${outputKey}", "comprehend:VolumeKmsKey": "${volumeKey}" },
          "ForAllValues:StringEquals": {
            "comprehend:VpcSubnets": ["${subnets}"],
            "comprehend:VpcSecurityGroupIds": ["${securityGroups}"],
          },
        },
      },
      {
        Action: ["comprehend:DescribeSentimentDetectionJob", "comprehend:StopSentimentDetectionJob"],
        Resource: [SENTIMENT],
      },
      passTo("comprehend"),
    ],
    implies: [{ id: "kms.encrypt", with: { key: "${outputKey}" } }, { id: "vpc.eni" }],
    trust: { feature: "comprehend.job" },
    source: COMPREHEND,
    why: "Starts jobs and follows them; AWS makes up the ids of the jobs.",
  },
  {
    id: "transcribe.jobs",
    side: "caller",
    parameters: ["jobs", "outputBucket", "outputPrefix"],
    optional: ["outputKey"],
    statements: [
      {
        Action: ["transcribe:StartTranscriptionJob"],
        Resource: ["*"],
        Condition: {
          StringEquals: {
            "transcribe:OutputBucketName": "${outputBucket}",
            "transcribe:OutputEncryptionKMSKeyId": "${outputKey}",
          },
          StringLike: { "transcribe:OutputKey": "${outputPrefix}*" },
        },
      },
      {
        Action: ["transcribe:GetTranscriptionJob"],
        Resource: ["arn:${partition}:transcribe:${region}:${account}:transcription-job/${jobs}*"],
      },
    ],
    source: TRANSCRIBE,
    why: "Starts transcriptions that end in one prefix of one bucket, which bounds what has no resource to name.",
  },
  {
    id: "transcribe.stream",
    side: "execution",
    parameters: [],
    statements: [{ Action: ["transcribe:StartStreamTranscription"], Resource: ["*"] }],
    source: TRANSCRIBE,
    why: "Transcribes what is sent in the call; there is no resource to name.",
  },
  {
    id: "polly.synthesize",
    side: "execution",
    parameters: [],
    statements: [{ Action: ["polly:SynthesizeSpeech"], Resource: ["*"] }],
    source: reference("amazonpolly"),
    why: "Speaks the text of the call; its one resource type, a lexicon, is optional.",
  },
  {
    id: "translate.text",
    side: "execution",
    parameters: [],
    statements: [{ Action: ["translate:TranslateText"], Resource: ["*"] }],
    source: reference("amazontranslate"),
    why: "Translates the text of the call; terminology and parallel data are optional.",
  },
] as const satisfies readonly Capability[];
