import { type ParameterName, PARAMETERS } from "../../policypack/catalogue/capabilities";
import { ACCOUNT, BUCKET, COLLECTION, ENDPOINT, matching, PREFIX, REGION, type TextRule } from "./names";

/** What SageMaker names is in lower case in ARNs. */
const START = matching(/^[a-z0-9][a-z0-9-]{0,62}$/, "the start of names, lower case: `a-z`, `0-9` and `-`");
const NAME = matching(
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  "a name in lower case: 1 to 63 of `a-z`, `0-9` and `-`",
);
const ID = matching(/^[A-Za-z0-9_-]{1,64}$/, "an id: letters, digits, `_` and `-`");
const TRUE = matching(/^true$/, "`true`, or nothing");

const arn = (name: ParameterName): TextRule => {
  const { example, arn: form } = PARAMETERS[name] as {
    readonly example: string;
    readonly arn?: { service: string; resource: string };
  };
  const { service = "", resource = "" } = form ?? {};
  return matching(
    new RegExp(`^arn:(?:aws|aws-cn|aws-us-gov):${service}:[a-z0-9-]+:\\d{12}:${resource}[\\w./:+=@-]+$`),
    `${PARAMETERS[name].says}, such as \`${example}\``,
  );
};

/** The form of each parameter's values. `calls` is a choice of the capability itself. */
export const RULES: Readonly<Record<Exclude<ParameterName, "calls">, TextRule>> = {
  adapter: arn("adapter"),
  agent: ID,
  agentAlias: ID,
  applicationProfile: arn("applicationProfile"),
  bucket: BUCKET,
  classifierEndpoint: ID,
  collection: COLLECTION,
  destinations: REGION,
  encryptedTraffic: TRUE,
  endpoint: ENDPOINT,
  endpointConfig: START,
  featureGroup: NAME,
  geography: matching(
    /^[a-z]{2,6}(?:-[a-z]+)?$/,
    "the start of a profile's id, such as `us`, `eu` or `apac`",
  ),
  guardrail: arn("guardrail"),
  instanceTypes: matching(/^ml\.[a-z0-9-]+\.[a-z0-9]+$/, "an instance type, such as `ml.m5.xlarge`"),
  jobs: START,
  key: arn("key"),
  knowledgeBase: ID,
  logGroup: matching(/^[\w./-]{1,400}$/, "the name of a log group after `/aws/sagemaker/`"),
  maxRuntime: matching(/^[1-9]\d{0,6}$/, "a number of seconds"),
  model: START,
  modelId: matching(
    /^[a-z0-9-]+\.[a-z0-9.:-]+$/,
    "the id of a foundation model, such as `amazon.nova-lite-v1:0`",
  ),
  namespace: matching(/^[\w./#:-]{1,255}$/, "a namespace of metrics, such as `/aws/sagemaker/TrainingJobs`"),
  networkIsolation: TRUE,
  outputBucket: BUCKET,
  outputKey: arn("outputKey"),
  outputPrefix: PREFIX,
  packageGroup: NAME,
  pipeline: NAME,
  prefix: PREFIX,
  processor: matching(/^[\w.-]{1,128}$/, "the name of a stream processor"),
  project: arn("project"),
  projectVersion: arn("projectVersion"),
  repository: arn("repository"),
  securityGroups: matching(
    /^sg-[0-9a-f]{8,17}$/,
    "the id of a security group, such as `sg-0123456789abcdef0`",
  ),
  subnets: matching(/^subnet-[0-9a-f]{8,17}$/, "the id of a subnet, such as `subnet-0123456789abcdef0`"),
  targetModel: matching(/^[^*?$]{1,1024}$/, "the key of a model, relative to the endpoint's models"),
  topic: arn("topic"),
  volumeKey: arn("volumeKey"),
};

export { ACCOUNT };
