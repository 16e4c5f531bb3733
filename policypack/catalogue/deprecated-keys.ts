/** Condition keys that AWS has replaced. A reviewed list; the tests hold it against what the reference says of each key. */

export interface DeprecatedKey {
  readonly key: string;
  readonly replacement: string;
  /** the page of AWS documentation that says so */
  readonly source: string;
}

const reference = (service: string): string =>
  `https://docs.aws.amazon.com/service-authorization/latest/reference/list_${service}.html`;

const SAGEMAKER = reference("amazonsagemaker");
const KMS = reference("awskeymanagementservice");

const renamed = (source: string, keys: Readonly<Record<string, string>>): readonly DeprecatedKey[] =>
  Object.entries(keys).map(([key, replacement]) => ({ key, replacement, source }));

export const DEPRECATED_KEYS: readonly DeprecatedKey[] = [
  // "This key has been deprecated. It has been replaced by sagemaker:VolumeKmsKeyArn"
  ...renamed(SAGEMAKER, {
    "sagemaker:DomainSharingOutputKmsKey": "sagemaker:DomainSharingOutputKmsKeyArn",
    "sagemaker:FeatureGroupOfflineStoreKmsKey": "sagemaker:FeatureGroupOfflineStoreKmsKeyArn",
    "sagemaker:FeatureGroupOnlineStoreKmsKey": "sagemaker:FeatureGroupOnlineStoreKmsKeyArn",
    "sagemaker:HomeEfsFileSystemKmsKey": "sagemaker:VolumeKmsKeyArn",
    "sagemaker:OutputKmsKey": "sagemaker:OutputKmsKeyArn",
    "sagemaker:VolumeKmsKey": "sagemaker:VolumeKmsKeyArn",
  }),
  // "Instead, use the kms:KeySpec condition key"
  ...renamed(KMS, {
    "kms:CustomerMasterKeySpec": "kms:KeySpec",
    "kms:CustomerMasterKeyUsage": "kms:KeyUsage",
  }),
  ...renamed(reference("awssecretsmanager"), { "secretsmanager:KmsKeyId": "secretsmanager:KmsKeyArn" }),
];

const byKey = new Map(DEPRECATED_KEYS.map((entry) => [entry.key.toLowerCase(), entry]));

/** What AWS has replaced a condition key by; undefined for one that is current. @param key - in lower case */
export const deprecatedKey = (key: string): DeprecatedKey | undefined => byKey.get(key);
