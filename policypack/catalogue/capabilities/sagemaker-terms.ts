/** What the calls of SageMaker have in common. */
import { reference, type StatementTemplate } from "./capability";

export const SOURCE = reference("amazonsagemaker");
export const at = <const Resource extends string>(resource: Resource) =>
  `arn:\${partition}:sagemaker:\${region}:\${account}:${resource}` as const;

/** Tags may be set while something is created, by that call alone. */
export const tagging = <const Call extends string, const Resource extends string>(
  call: Call,
  resource: Resource,
) =>
  ({
    Action: ["sagemaker:AddTags"],
    Resource: [resource],
    Condition: { StringEquals: { "sagemaker:TaggingAction": call } },
  }) as const satisfies StatementTemplate;

// What each call can be asked for differs: CreateTransformJob has none of the keys of the network, CreateModel none of keys.
export const IN_VPC = {
  "sagemaker:VpcSubnets": ["${subnets}"],
  "sagemaker:VpcSecurityGroupIds": ["${securityGroups}"],
} as const;
export const ON_INSTANCES = { "sagemaker:InstanceTypes": ["${instanceTypes}"] } as const;
export const VOLUME_KEY = { "sagemaker:VolumeKmsKeyArn": "${volumeKey}" } as const;
export const KEYS = { ...VOLUME_KEY, "sagemaker:OutputKmsKeyArn": "${outputKey}" } as const;
export const ISOLATED = { "sagemaker:NetworkIsolation": "${networkIsolation}" } as const;
export const ENCRYPTED = { "sagemaker:InterContainerTrafficEncryption": "${encryptedTraffic}" } as const;
export const VOLUME = { id: "kms.volumeGrant", with: { key: "${volumeKey}" } } as const;
export const IMAGE = [{ id: "ecr.pull" }, { id: "vpc.eni" }] as const;
export const observed = <const Group extends string, const Namespace extends string>(
  logGroup: Group,
  namespace: Namespace,
) =>
  [
    { id: "logs.write", with: { logGroup } },
    { id: "metrics.put", with: { namespace } },
  ] as const;

export const TRAINING = at("training-job/${jobs}*");
export const MODEL = at("model/${model}*");
