/**
 * What a partition does not have: services, and single capabilities of one that it has. A policy for them could never take
 * effect there, and IAM refuses a trust policy that names a service it does not know.
 *
 * China has no endpoint of these: https://github.com/boto/botocore/blob/develop/botocore/data/endpoints.json. GovCloud has one
 * of each, but a global profile "selects a commercial AWS Region":
 * https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html
 */
const ABSENT: Readonly<Partial<Record<string, readonly string[]>>> = {
  "aws-cn": ["bedrock", "comprehend", "rekognition", "textract", "translate"],
  "aws-us-gov": ["bedrock.invokeGlobalProfile"],
};

/**
 * @param name A service, or the id of a capability.
 * @param partition A partition.
 * @returns Whether the partition has it.
 */
export function existsIn(name: string, partition: string): boolean {
  return !(ABSENT[partition] ?? []).some((absent) => name === absent || name.startsWith(`${absent}.`));
}
