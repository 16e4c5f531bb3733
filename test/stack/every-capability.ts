/** Each capability of the catalogue as a use, with the examples of its parameters. */
import {
  capabilities,
  type Capability,
  type ParameterName,
  PARAMETERS,
} from "../../policypack/catalogue/capabilities";
import { DEFAULTS, type Description, type Partition, type Use } from "../../stack/description";
import { choicesOf } from "../../stack/grants/fill";

export const CATALOGUE: readonly Capability[] = capabilities;
export const REGIONS = { aws: "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1" } as const;
export const PARTITION_NAMES = Object.keys(REGIONS) as readonly Partition[];

const valueOf = (name: ParameterName, partition: Partition): string =>
  PARAMETERS[name].example.replace(/^arn:aws:(\w+):us-east-1/, `arn:${partition}:$1:${REGIONS[partition]}`);

/** A use with all that its capability takes, or with only what it needs. */
export function useOf(capability: Capability, partition: Partition, withOptional = true): Use {
  const names = [...capability.parameters, ...(withOptional ? (capability.optional ?? []) : [])];
  return {
    capability: capability.id,
    ...Object.fromEntries(
      names.map((name) => [name, name === "calls" ? choicesOf(capability) : valueOf(name, partition)]),
    ),
  } as unknown as Use;
}

/** A workflow of these uses, started by a state machine. */
export function workflowOf(uses: readonly Use[], partition: Partition = "aws"): Description {
  return {
    ...DEFAULTS,
    partition,
    region: REGIONS[partition],
    account: "123456789012",
    uses,
    caller: { ...DEFAULTS.caller, trustedServices: ["states"] },
  };
}
