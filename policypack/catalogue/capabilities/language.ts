/** Documents, text and speech: Textract, Comprehend, Transcribe, Polly, Translate. */
import { type Capability, passTo, reference } from "./capability";
import { COMPREHEND } from "./comprehend";

const TEXTRACT = reference("amazontextract");
const TRANSCRIBE = reference("amazontranscribe");

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
  ...COMPREHEND,
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
