import { type Capability, passTo } from "./capability";
import {
  ENCRYPTED,
  IMAGE,
  IN_VPC,
  ISOLATED,
  KEYS,
  MODEL,
  observed,
  ON_INSTANCES,
  SOURCE,
  tagging,
  TRAINING,
  VOLUME,
  at,
} from "./sagemaker-terms";

const JOB = {
  "ForAllValues:StringEquals": { ...IN_VPC, ...ON_INSTANCES },
  Bool: { ...ISOLATED, ...ENCRYPTED },
  ArnEquals: KEYS,
  NumericLessThanEquals: { "sagemaker:MaxRuntimeInSeconds": "${maxRuntime}" },
} as const;
const JOB_OPTIONS = [
  "subnets",
  "securityGroups",
  "instanceTypes",
  "networkIsolation",
  "encryptedTraffic",
  "volumeKey",
  "outputKey",
  "maxRuntime",
  "repository",
] as const;

const RESULTS = { id: "kms.encrypt", with: { key: "${outputKey}" } } as const;
const PROCESSING = at("processing-job/${jobs}*");
const TUNING = at("hyper-parameter-tuning-job/${jobs}*");
const TRANSFORM = at("transform-job/${jobs}*");
const AUTOML = at("automl-job/${jobs}*");

export const SAGEMAKER_JOBS = [
  {
    id: "sagemaker.train",
    side: "caller",
    parameters: ["jobs"],
    optional: JOB_OPTIONS,
    statements: [
      { Action: ["sagemaker:CreateTrainingJob"], Resource: [TRAINING], Condition: JOB },
      { Action: ["sagemaker:DescribeTrainingJob", "sagemaker:StopTrainingJob"], Resource: [TRAINING] },
      tagging("CreateTrainingJob", TRAINING),
      passTo("sagemaker"),
    ],
    implies: [...observed("TrainingJobs", "/aws/sagemaker/TrainingJobs"), ...IMAGE, VOLUME, RESULTS],
    trust: { feature: "sagemaker.training" },
    source: SOURCE,
    why: "Starts training jobs of one name prefix as it was agreed, and follows them; a job is named when it is started.",
  },
  {
    id: "sagemaker.process",
    side: "caller",
    parameters: ["jobs"],
    optional: JOB_OPTIONS,
    statements: [
      { Action: ["sagemaker:CreateProcessingJob"], Resource: [PROCESSING], Condition: JOB },
      { Action: ["sagemaker:DescribeProcessingJob", "sagemaker:StopProcessingJob"], Resource: [PROCESSING] },
      tagging("CreateProcessingJob", PROCESSING),
      passTo("sagemaker"),
    ],
    // "Don't scope in the policy with any conditions or resource filters", says AWS of these jobs alone:
    // https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createprocessingjob-perms
    implies: [
      ...observed("ProcessingJobs", "/aws/sagemaker/ProcessingJobs"),
      { id: "ecr.pull" },
      { id: "vpc.eniAnywhere" },
      VOLUME,
      RESULTS,
    ],
    trust: { feature: "sagemaker.processing" },
    source: SOURCE,
    why: "Starts processing jobs of one name prefix as it was agreed, and follows them.",
  },
  {
    id: "sagemaker.tune",
    side: "caller",
    parameters: ["jobs"],
    optional: JOB_OPTIONS,
    statements: [
      { Action: ["sagemaker:CreateHyperParameterTuningJob"], Resource: [TUNING], Condition: JOB },
      {
        Action: [
          "sagemaker:DescribeHyperParameterTuningJob",
          "sagemaker:StopHyperParameterTuningJob",
          "sagemaker:ListTrainingJobsForHyperParameterTuningJob",
        ],
        Resource: [TUNING],
      },
      tagging("CreateHyperParameterTuningJob", TUNING),
      passTo("sagemaker"),
    ],
    implies: [...observed("TrainingJobs", "/aws/sagemaker/TrainingJobs"), ...IMAGE, VOLUME, RESULTS],
    trust: { feature: "sagemaker.any" },
    source: SOURCE,
    why: "Starts tuning jobs of one name prefix as it was agreed, and follows them; what they train logs as training does.",
  },
  {
    id: "sagemaker.transform",
    side: "caller",
    parameters: ["jobs"],
    optional: ["model", "instanceTypes", "volumeKey", "outputKey"],
    statements: [
      {
        Action: ["sagemaker:CreateTransformJob"],
        Resource: [TRANSFORM],
        Condition: {
          "ForAllValues:StringEquals": ON_INSTANCES,
          ArnEquals: KEYS,
          ArnLike: { "sagemaker:ModelArn": MODEL },
        },
      },
      { Action: ["sagemaker:DescribeTransformJob", "sagemaker:StopTransformJob"], Resource: [TRANSFORM] },
      tagging("CreateTransformJob", TRANSFORM),
    ],
    implies: [...observed("TransformJobs", "/aws/sagemaker/TransformJobs"), VOLUME, RESULTS],
    trust: { feature: "sagemaker.transform" },
    source: SOURCE,
    why: "Starts transform jobs of one name prefix; the model says the role and the network, so no key of either exists here.",
  },
  {
    id: "sagemaker.automl",
    side: "caller",
    parameters: ["jobs"],
    optional: ["subnets", "securityGroups", "encryptedTraffic", "volumeKey", "outputKey"],
    statements: [
      {
        Action: ["sagemaker:CreateAutoMLJobV2"],
        Resource: [AUTOML],
        Condition: { "ForAllValues:StringEquals": IN_VPC, Bool: ENCRYPTED, ArnEquals: KEYS },
      },
      { Action: ["sagemaker:DescribeAutoMLJobV2", "sagemaker:StopAutoMLJob"], Resource: [AUTOML] },
      tagging("CreateAutoMLJobV2", AUTOML),
      passTo("sagemaker"),
    ],
    implies: [...observed("TrainingJobs", "/aws/sagemaker/TrainingJobs"), { id: "vpc.eni" }, VOLUME, RESULTS],
    trust: { feature: "sagemaker.any" },
    source: SOURCE,
    why: "Starts AutoML jobs of one name prefix as it was agreed, and follows them.",
  },
] as const satisfies readonly Capability[];
