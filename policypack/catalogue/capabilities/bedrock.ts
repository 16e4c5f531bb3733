import { type Capability, passTo, reference, type StatementTemplate } from "./capability";

const SOURCE = reference("amazonbedrock");
// Converse and ConverseStream are authorised as these two: there is no `bedrock:Converse`.
const INVOKE = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"] as const;
const MODEL = "arn:${partition}:bedrock:${region}::foundation-model/${modelId}";
const DESTINATION = "arn:${partition}:bedrock:${destinations}::foundation-model/${modelId}";
const PROFILE = "arn:${partition}:bedrock:${region}:${account}:inference-profile/${geography}.${modelId}";
const GLOBAL = "arn:${partition}:bedrock:${region}:${account}:inference-profile/global.${modelId}";
const EVERYWHERE = "arn:${partition}:bedrock:::foundation-model/${modelId}";
const JOBS = "arn:${partition}:bedrock:${region}:${account}:model-invocation-job/*";

/** Without the guardrail nothing is answered, whatever else allows it: an Allow can be widened by another one. */
const guarded = <const Resources extends readonly string[]>(...Resource: Resources) =>
  ({
    Effect: "Deny",
    Action: INVOKE,
    Resource,
    Condition: { ArnNotLike: { "bedrock:GuardrailIdentifier": ["${guardrail}", "${guardrail}:*"] } },
    when: "guardrail",
  }) as const satisfies StatementTemplate;
const GUARDRAIL = [{ id: "bedrock.applyGuardrail" }] as const;

export const BEDROCK = [
  {
    id: "bedrock.invoke",
    side: "execution",
    parameters: ["modelId"],
    optional: ["guardrail"],
    statements: [{ Action: INVOKE, Resource: [MODEL] }, guarded(MODEL)],
    implies: GUARDRAIL,
    source: SOURCE,
    why: "Asks one model in the region; models belong to AWS, so their ARNs have no account.",
  },
  {
    id: "bedrock.invokeGeoProfile",
    side: "execution",
    parameters: ["modelId", "geography", "destinations"],
    optional: ["guardrail"],
    statements: [
      { Action: INVOKE, Resource: [PROFILE] },
      {
        Action: INVOKE,
        Resource: [DESTINATION],
        Condition: { ArnEquals: { "bedrock:InferenceProfileArn": [PROFILE] } },
      },
      guarded(PROFILE, DESTINATION),
    ],
    implies: GUARDRAIL,
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html",
    why: "Asks a model by its profile: each region that it may route to needs the model too, and through the profile only.",
  },
  {
    id: "bedrock.invokeGlobalProfile",
    side: "execution",
    parameters: ["modelId"],
    optional: ["guardrail"],
    statements: [
      {
        Action: INVOKE,
        Resource: [GLOBAL],
        Condition: { StringEquals: { "aws:RequestedRegion": "${region}" } },
      },
      {
        Action: INVOKE,
        Resource: [MODEL],
        Condition: {
          StringEquals: { "aws:RequestedRegion": "${region}" },
          ArnEquals: { "bedrock:InferenceProfileArn": [GLOBAL] },
        },
      },
      {
        Action: INVOKE,
        Resource: [EVERYWHERE],
        Condition: {
          StringEquals: { "aws:RequestedRegion": "unspecified" },
          ArnEquals: { "bedrock:InferenceProfileArn": [GLOBAL] },
        },
      },
      guarded(GLOBAL, MODEL, EVERYWHERE),
    ],
    implies: GUARDRAIL,
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html",
    why: "Asks a model by its global profile, which is decided three times: on the profile, on the model here and on the model anywhere.",
  },
  {
    id: "bedrock.invokeApplicationProfile",
    side: "execution",
    parameters: ["applicationProfile", "modelId", "destinations"],
    optional: ["guardrail"],
    statements: [
      { Action: INVOKE, Resource: ["${applicationProfile}"] },
      {
        Action: INVOKE,
        Resource: [DESTINATION],
        Condition: { ArnEquals: { "bedrock:InferenceProfileArn": ["${applicationProfile}"] } },
      },
      guarded("${applicationProfile}", DESTINATION),
    ],
    implies: GUARDRAIL,
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html",
    why: "Asks a model by a profile of the workload's own, and through it only.",
  },
  {
    id: "bedrock.applyGuardrail",
    side: "execution",
    parameters: ["guardrail"],
    statements: [{ Action: ["bedrock:ApplyGuardrail"], Resource: ["${guardrail}"] }],
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html",
    why: "Uses one guardrail.",
  },
  {
    id: "bedrock.retrieve",
    side: "execution",
    parameters: ["knowledgeBase"],
    statements: [
      {
        Action: ["bedrock:Retrieve"],
        Resource: ["arn:${partition}:bedrock:${region}:${account}:knowledge-base/${knowledgeBase}"],
      },
    ],
    source: SOURCE,
    why: "Searches one knowledge base; generating an answer from it is `bedrock.invoke`.",
  },
  {
    id: "bedrock.invokeAgent",
    side: "execution",
    parameters: ["agent", "agentAlias"],
    statements: [
      {
        Action: ["bedrock:InvokeAgent"],
        Resource: ["arn:${partition}:bedrock:${region}:${account}:agent-alias/${agent}/${agentAlias}"],
      },
    ],
    source: SOURCE,
    why: "Asks one alias of one agent.",
  },
  {
    id: "bedrock.batch",
    side: "caller",
    parameters: ["modelId"],
    statements: [
      { Action: ["bedrock:CreateModelInvocationJob"], Resource: [MODEL, JOBS] },
      { Action: ["bedrock:GetModelInvocationJob", "bedrock:StopModelInvocationJob"], Resource: [JOBS] },
      passTo("bedrock"),
    ],
    trust: { feature: "bedrock.batch" },
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-permissions.html",
    why: "Starts batches for one model and follows them; AWS makes up the ids of the jobs.",
  },
] as const satisfies readonly Capability[];
