import { type Capability, passTo, reference } from "./capability";

const SOURCE = reference("amazonrekognition");
const VIDEO = "https://docs.aws.amazon.com/rekognition/latest/dg/api-video-roles.html";
const COLLECTION = "arn:${partition}:rekognition:${region}:${account}:collection/${collection}";
const PROCESSOR = "arn:${partition}:rekognition:${region}:${account}:streamprocessor/${processor}";
const everything = <const Actions extends readonly string[]>(...Action: Actions) =>
  ({ Action, Resource: ["*"] }) as const;

export const REKOGNITION = [
  {
    id: "rekognition.detect",
    side: "execution",
    parameters: ["calls"],
    selectable: true,
    statements: [
      everything(
        "rekognition:DetectFaces",
        "rekognition:DetectLabels",
        "rekognition:DetectText",
        "rekognition:DetectProtectiveEquipment",
      ),
      // Its one resource type, projectversion, is optional: an ARN here would deny every call without an adapter.
      everything("rekognition:DetectModerationLabels"),
    ],
    source: SOURCE,
    why: "Looks at the image in the call; there is no resource to name, so `*` is the only value that works.",
  },
  {
    id: "rekognition.compareFaces",
    side: "execution",
    parameters: [],
    statements: [everything("rekognition:CompareFaces")],
    source: SOURCE,
    why: "Compares two images of the call; there is no resource to name.",
  },
  {
    id: "rekognition.celebrities",
    side: "execution",
    parameters: [],
    statements: [everything("rekognition:RecognizeCelebrities", "rekognition:GetCelebrityInfo")],
    source: SOURCE,
    why: "Names the celebrities in the image of the call; there is no resource to name.",
  },
  {
    id: "rekognition.moderationAdapter",
    side: "execution",
    parameters: ["adapter"],
    statements: [
      {
        Action: ["rekognition:DetectModerationLabels", "rekognition:StartMediaAnalysisJob"],
        Resource: ["${adapter}"],
      },
      everything("rekognition:GetMediaAnalysisJob"),
    ],
    source: SOURCE,
    why: "Moderates by one adapter; a call without it is not allowed by this.",
  },
  {
    id: "rekognition.searchFaces",
    side: "execution",
    parameters: ["collection"],
    statements: [
      {
        Action: [
          "rekognition:SearchFaces",
          "rekognition:SearchFacesByImage",
          "rekognition:ListFaces",
          "rekognition:DescribeCollection",
        ],
        Resource: [COLLECTION],
      },
    ],
    source: SOURCE,
    why: "Compares faces with those of one collection and can neither add to it nor delete from it.",
  },
  {
    id: "rekognition.indexFaces",
    side: "execution",
    parameters: ["collection"],
    statements: [{ Action: ["rekognition:IndexFaces"], Resource: [COLLECTION] }],
    source: SOURCE,
    why: "Adds faces to one collection.",
  },
  {
    id: "rekognition.manageFaces",
    side: "execution",
    needsReview: "faces and users are gone",
    parameters: ["collection"],
    statements: [
      {
        Action: [
          "rekognition:DeleteFaces",
          "rekognition:AssociateFaces",
          "rekognition:DisassociateFaces",
          "rekognition:CreateUser",
          "rekognition:DeleteUser",
        ],
        Resource: [COLLECTION],
      },
    ],
    source: SOURCE,
    why: "Sorts the faces of one collection into users and takes faces out; the collection itself stays.",
  },
  {
    id: "rekognition.customLabels",
    side: "execution",
    parameters: ["projectVersion"],
    statements: [{ Action: ["rekognition:DetectCustomLabels"], Resource: ["${projectVersion}"] }],
    source: SOURCE,
    why: "Asks one version of one model of the customer's own.",
  },
  {
    id: "rekognition.operateCustomLabels",
    side: "caller",
    parameters: ["project", "projectVersion"],
    statements: [
      {
        Action: ["rekognition:StartProjectVersion", "rekognition:StopProjectVersion"],
        Resource: ["${projectVersion}"],
      },
      { Action: ["rekognition:DescribeProjectVersions"], Resource: ["${project}"] },
    ],
    source: SOURCE,
    why: "Starts and stops one version, which costs by the hour, and looks how far it is.",
  },
  {
    id: "rekognition.video",
    side: "caller",
    parameters: ["calls"],
    optional: ["topic"],
    selectable: true,
    statements: [
      everything(
        "rekognition:StartLabelDetection",
        "rekognition:GetLabelDetection",
        "rekognition:StartFaceDetection",
        "rekognition:GetFaceDetection",
        "rekognition:StartTextDetection",
        "rekognition:GetTextDetection",
        "rekognition:StartContentModeration",
        "rekognition:GetContentModeration",
        "rekognition:StartSegmentDetection",
        "rekognition:GetSegmentDetection",
        "rekognition:StartCelebrityRecognition",
        "rekognition:GetCelebrityRecognition",
      ),
      passTo("rekognition", "topic"),
    ],
    implies: [{ id: "sns.publish" }],
    trust: { feature: "rekognition.video", when: "topic" },
    source: VIDEO,
    why: "Analyses video in S3; there is no resource to name, and a role is handed over only to say on a topic that it is done.",
  },
  {
    id: "rekognition.videoFaceSearch",
    side: "caller",
    parameters: ["collection"],
    optional: ["topic"],
    statements: [
      { Action: ["rekognition:StartFaceSearch"], Resource: [COLLECTION] },
      everything("rekognition:GetFaceSearch"),
      passTo("rekognition", "topic"),
    ],
    implies: [{ id: "sns.publish" }],
    trust: { feature: "rekognition.video", when: "topic" },
    source: VIDEO,
    why: "Looks for the faces of one collection in video; the answer is asked for by a job's id, which is no resource.",
  },
  {
    id: "rekognition.stream",
    side: "caller",
    parameters: ["collection", "processor"],
    statements: [
      { Action: ["rekognition:CreateStreamProcessor"], Resource: [COLLECTION] },
      {
        Action: [
          "rekognition:StartStreamProcessor",
          "rekognition:StopStreamProcessor",
          "rekognition:DescribeStreamProcessor",
        ],
        Resource: [PROCESSOR],
      },
      passTo("rekognition"),
    ],
    trust: { feature: "rekognition.stream" },
    source: "https://docs.aws.amazon.com/rekognition/latest/dg/api-streaming-video-roles.html",
    why: "Runs one stream processor that looks for the faces of one collection.",
  },
  {
    id: "rekognition.liveness",
    side: "execution",
    parameters: [],
    statements: [
      everything("rekognition:CreateFaceLivenessSession", "rekognition:GetFaceLivenessSessionResults"),
    ],
    source: SOURCE,
    why: "Opens a check of liveness and reads its result; what is between is the client's own identity's.",
  },
] as const satisfies readonly Capability[];
