/** Texts in a call, and jobs over texts in S3. */
import { type Capability, passTo, reference } from "./capability";

const SOURCE = reference("amazoncomprehend");

const ON_RESULTS = { "comprehend:OutputKmsKey": "${outputKey}" } as const;
const IN_VPC = {
  "comprehend:VpcSubnets": ["${subnets}"],
  "comprehend:VpcSecurityGroupIds": ["${securityGroups}"],
} as const;
/** What a job can be asked for. Those that run neither in a VPC nor on volumes of one's own have no keys of either. */
const WHOLE = {
  optional: ["outputKey", "volumeKey", "subnets", "securityGroups"],
  condition: {
    ArnEquals: { ...ON_RESULTS, "comprehend:VolumeKmsKey": "${volumeKey}" },
    "ForAllValues:StringEquals": IN_VPC,
  },
  implies: [{ id: "kms.encrypt", with: { key: "${outputKey}" } }, { id: "vpc.eni" }],
} as const;
const RESULTS = {
  optional: ["outputKey"],
  condition: { ArnEquals: ON_RESULTS },
  implies: [{ id: "kms.encrypt", with: { key: "${outputKey}" } }],
} as const;

type Terms = typeof WHOLE | typeof RESULTS;

/** One kind of job: it is started, followed and stopped, and works with the execution role. */
const job = <const Id extends string, const Name extends string, const Own extends Terms>(
  id: Id,
  { name, type, stops = true }: { readonly name: Name; readonly type: string; readonly stops?: boolean },
  { optional, condition, implies }: Own,
  why: string,
) =>
  ({
    id: `comprehend.${id}`,
    side: "caller",
    parameters: [],
    optional: optional as Own["optional"],
    statements: [
      {
        Action: [`comprehend:Start${name}DetectionJob`],
        Resource: [`arn:\${partition}:comprehend:\${region}:\${account}:${type}-detection-job/*`],
        Condition: condition,
      },
      {
        Action: [
          `comprehend:Describe${name}DetectionJob`,
          ...(stops ? [`comprehend:Stop${name}DetectionJob`] : []),
        ],
        Resource: [`arn:\${partition}:comprehend:\${region}:\${account}:${type}-detection-job/*`],
      },
      passTo("comprehend"),
    ],
    implies,
    trust: { feature: "comprehend.job" },
    source: SOURCE,
    why: `${why}; AWS makes up the ids of the jobs.`,
  }) as const satisfies Capability;

// https://docs.aws.amazon.com/comprehend/latest/dg/comprehend-availability-change.html
const CLOSED = "which AWS keeps for accounts that have used it before";

export const COMPREHEND = [
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
    source: SOURCE,
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
    source: SOURCE,
    why: "Asks one endpoint of a classifier of the customer's own.",
  },
  job(
    "sentimentJob",
    { name: "Sentiment", type: "sentiment" },
    WHOLE,
    "Starts jobs that find the sentiment of texts, and follows them",
  ),
  job(
    "targetedSentimentJob",
    { name: "TargetedSentiment", type: "targeted-sentiment" },
    WHOLE,
    "Starts jobs that find the sentiment of texts towards what they name, and follows them",
  ),
  // A recognizer of one's own is a resource besides the job, of which the call needs to be allowed as well.
  job(
    "entitiesJob",
    { name: "Entities", type: "entities" },
    WHOLE,
    "Starts jobs that find what texts name by AWS's own model, not by a recognizer of the customer's, and follows them",
  ),
  job(
    "keyPhrasesJob",
    { name: "KeyPhrases", type: "key-phrases" },
    WHOLE,
    "Starts jobs that find the key phrases of texts, and follows them",
  ),
  job(
    "languageJob",
    { name: "DominantLanguage", type: "dominant-language" },
    WHOLE,
    "Starts jobs that find the language of texts, and follows them",
  ),
  job(
    "topicsJob",
    // There is no StopTopicsDetectionJob.
    { name: "Topics", type: "topics", stops: false },
    WHOLE,
    `Starts jobs that find the topics of texts, ${CLOSED}, and follows them`,
  ),
  job(
    "piiJob",
    { name: "PiiEntities", type: "pii-entities" },
    RESULTS,
    "Starts jobs that find or mask personal data in texts, and follows them",
  ),
  job(
    "eventsJob",
    { name: "Events", type: "events" },
    RESULTS,
    `Starts jobs that find events in texts, ${CLOSED}, and follows them`,
  ),
] as const satisfies readonly Capability[];
