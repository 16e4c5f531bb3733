/**
 * Actions that AWS's reference lists with a resource type, and that still cannot name a resource: the call carries none,
 * or AWS makes up the name. (An action without any resource type needs no entry: only `*` works for it.)
 *
 * A reviewed list; each entry says why, and where AWS says so.
 */
import { matches, parsePattern } from "../iam";
import type { Action } from "./authorization";

export interface WildcardRequired {
  /** action patterns, as in a policy */
  readonly actions: readonly string[];
  /** the widest resource that is still needed: everything, or every resource of the type */
  readonly widest: "*" | "type/*";
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
    widest: "*",
    reason: "metrics are not resources; the optional type covers datasets only",
    boundedBy: "cloudwatch:namespace",
    source: reference("amazoncloudwatch"),
  },
  {
    actions: ["rekognition:DetectModerationLabels", "rekognition:StartMediaAnalysisJob"],
    widest: "*",
    reason: "the call carries a resource only when it uses a custom adapter",
    source: reference("amazonrekognition"),
  },
  {
    actions: ["comprehend:DetectEntities"],
    widest: "*",
    reason: "the call carries a resource only when it uses a custom recognizer",
    source: reference("amazoncomprehend"),
  },
  {
    actions: ["polly:SynthesizeSpeech", "polly:StartSpeechSynthesisTask", "polly:StartSpeechSynthesisStream"],
    widest: "*",
    reason: "the call carries a resource only when it uses a lexicon",
    source: reference("amazonpolly"),
  },
  {
    actions: ["translate:TranslateText", "translate:TranslateDocument", "translate:StartTextTranslationJob"],
    widest: "*",
    reason: "the call carries a resource only when it uses a terminology or parallel data",
    source: reference("amazontranslate"),
  },
  {
    actions: ["comprehend:Start*Job"],
    widest: "type/*",
    reason: "AWS makes up the job's id",
    source: reference("amazoncomprehend"),
  },
  {
    actions: ["bedrock:CreateModelInvocationJob", "bedrock:CreateModelCustomizationJob"],
    widest: "type/*",
    reason: "AWS makes up the job's id",
    source: reference("amazonbedrock"),
  },
  {
    actions: ["ec2:CreateNetworkInterface", "ec2:RunInstances"],
    widest: "type/*",
    reason: "AWS makes up the id of the network interface, instance and volume",
    source: reference("amazonec2"),
  },
];

const COMPILED = WILDCARD_REQUIRED.map((entry) => ({
  entry,
  patterns: entry.actions.map((action) => parsePattern(action.toLowerCase())),
}));

const known = new WeakMap<Action, "*" | "type/*" | "named">();

/** The widest resource that an action needs beyond naming one: undefined when it can, and must, name its resources. */
export function widestRequired(action: Action): "*" | "type/*" | undefined {
  const widest = known.get(action) ?? decide(action);
  known.set(action, widest);
  return widest === "named" ? undefined : widest;
}

function decide(action: Action): "*" | "type/*" | "named" {
  if (action.resourceTypes.length === 0) return "*";
  const listed = COMPILED.find(({ patterns }) => patterns.some((pattern) => matches(pattern, action.key)));
  if (listed !== undefined) return listed.entry.widest;
  // A List action whose only resource type is optional lists across the account when the call names no parent;
  // listing the tags of a resource names it.
  const listsAll =
    action.accessLevels.has("List") &&
    action.optionalTypes &&
    action.resourceTypes.length === 1 &&
    !action.key.includes(":listtags");
  return listsAll ? "*" : "named";
}
