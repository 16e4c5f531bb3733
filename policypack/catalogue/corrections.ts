/**
 * Where the vendor's data is not what AWS documents. A reviewed list, applied when the table is compiled; the compiler
 * fails on an entry that changes nothing any more, because the vendor has the right thing by then.
 */
import type { ReferenceType } from "./condition-key";

export interface Correction {
  /** a condition key, in the services that list it under this name, or an action */
  readonly what:
    { readonly conditionKey: string; readonly services: readonly string[] } | { readonly action: string };
  /** what is to stand there instead, types in their order and with a star where they are required; `dependentActions` are added */
  readonly correction:
    | { readonly type: ReferenceType }
    | { readonly name: string }
    | { readonly dependentActions: readonly string[] }
    | { readonly resourceTypes: readonly string[] };
  /** the page of AWS documentation that says so */
  readonly source: string;
  readonly why: string;
}

const STS_KEYS =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html";
const SAGEMAKER_MODEL =
  "https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/sagemaker/aws.sdk.kotlin.services.sagemaker.model";

const multivalued = (conditionKey: string, section: string, why: string): Correction => ({
  what: { conditionKey, services: ["sts"] },
  correction: { type: "ArrayOfString" },
  source: `${STS_KEYS}#${section}`,
  why,
});

const passesRole = (operation: string, member: string): Correction => ({
  what: { action: `sagemaker:${operation}` },
  correction: { dependentActions: ["iam:PassRole"] },
  source: `${SAGEMAKER_MODEL}/${member}.html`,
  why: "whoever names the role must have iam:PassRole; the data has no dependent actions at all",
});

export const CORRECTIONS: readonly Correction[] = [
  multivalued(
    "cognito-identity.amazonaws.com:amr",
    "condition-keys-wif",
    "the key is multivalued: `authenticated` and the login provider's name stand in it together",
  ),
  ...[
    "saml:commonName",
    "saml:givenName",
    "saml:mail",
    "saml:name",
    "saml:organizationStatus",
    "saml:primaryGroupSID",
    "saml:surname",
    "saml:uid",
    "saml:x500UniqueIdentifier",
  ].map((key) => multivalued(key, "condition-keys-saml", "the page marks it `[]`: its value can be a list")),
  {
    what: { conditionKey: "identitystore:UserId", services: ["q", "qbusiness"] },
    correction: { type: "String" },
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-identity-store-user-id",
    why: "a cross-service key with one meaning, which its page calls single-valued",
  },
  {
    what: { conditionKey: "glacier:ResourceTag/", services: ["glacier"] },
    correction: { name: "glacier:ResourceTag/${TagKey}" },
    source: "https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-lock-policy.html",
    why: "the page tests `glacier:ResourceTag/LegalHold`: the key of a tag is to follow",
  },
  {
    what: { conditionKey: "secretsmanager:ResourceTag/tag-key", services: ["secretsmanager"] },
    correction: { name: "secretsmanager:ResourceTag/${TagKey}" },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html",
    why: "`tag-key` stands for the key of a tag; taken literally, no key of a policy would ever be it",
  },
  {
    what: { conditionKey: "ssm:resourceTag/tag-key", services: ["ssm"] },
    correction: { name: "ssm:resourceTag/${TagKey}" },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html",
    why: "`tag-key` stands for the key of a tag; taken literally, no key of a policy would ever be it",
  },
  {
    what: { conditionKey: "glacier:ArchiveAgeInDays", services: ["glacier"] },
    correction: { type: "Numeric" },
    source: "https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-lock-policy.html",
    why: "a number of days, which the page compares by `NumericLessThan`; a text is never less than another",
  },
  {
    what: { action: "batch:SubmitJob" },
    correction: { resourceTypes: ["job-queue*", "job-definition-revision*", "job", "consumable-resource"] },
    source: "https://docs.aws.amazon.com/batch/latest/userguide/iam-example-restrict-job-submission.html",
    why: "queue and definition must be named, the definition with its revision; the job, whose id AWS makes up, is in no policy of the page",
  },
  passesRole("CreateEndpointConfig", "-create-endpoint-config-request/execution-role-arn"),
  passesRole("CreateModel", "-create-model-request/execution-role-arn"),
  passesRole("CreateNotebookInstance", "-create-notebook-instance-request/role-arn"),
  passesRole("CreateOptimizationJob", "-create-optimization-job-request/role-arn"),
  passesRole("CreateTrainingJob", "-create-training-job-request/-builder/role-arn"),
  passesRole("UpdateNotebookInstance", "-update-notebook-instance-request/role-arn"),
];
