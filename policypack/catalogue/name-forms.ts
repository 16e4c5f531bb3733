/**
 * What the names of resources look like, where AWS says so. The tighter the form, the more tricks a pattern must play to
 * hide that it singles out nothing; a name of which nothing is known may be any text.
 */
import { ANY_NAME, type Pattern } from "../iam";

const LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
const ALPHANUMERIC = `${LOWER}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

const text = (value: string): Pattern =>
  Array.from(value, (character) => ({ kind: "literal", value: character }) as const);
const one = (only: string, times = 1): Pattern =>
  Array.from({ length: times }, () => ({ kind: "one", of: { only } }) as const);
const many = (only: string): Pattern => [{ kind: "many", of: { only } }];
const name = (first: string, rest: string): Pattern => [...one(first), ...many(rest)];
const HEX = "0123456789abcdef";
/** `i-0123456789abcdef0` */
const id = (prefix: string): Pattern => [...text(`${prefix}-`), ...one(HEX, 8), ...many(HEX)];

// "Bucket names must be between 3 (min) and 63 (max) characters long": letters, digits, dots and hyphens.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const BUCKET = [...one(LOWER), ...one(`${LOWER}.-`, 2), ...many(`${LOWER}.-`)];
// "Names … must be alphanumeric, including the following common characters: plus (+), equals (=), comma (,), period (.),
// at (@), underscore (_), and hyphen (-)"; a path adds the slash.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const IAM_NAME = name(`${ALPHANUMERIC}+=,.@_-`, `${ALPHANUMERIC}+=,.@_-/`);
// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html: [a-zA-Z0-9](-*[a-zA-Z0-9])*
const SAGEMAKER_NAME = name(ALPHANUMERIC, `${ALPHANUMERIC}-`);
// https://docs.aws.amazon.com/rekognition/latest/APIReference/API_CreateCollection.html: [a-zA-Z0-9_.\-]+
const REKOGNITION_NAME = name(`${ALPHANUMERIC}_.-`, `${ALPHANUMERIC}_.-`);
// A key's id is a UUID: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-id
const UUID = [8, 4, 4, 4, 12].flatMap((length, index): Pattern => [
  ...text(index === 0 ? "" : "-"),
  ...one(HEX, length),
]);
// "Secrets Manager includes six random characters at the end of the secret name":
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
const SECRET = [...ANY_NAME, ...text("-"), ...one(ALPHANUMERIC, 6)];
// `us-east-1_AbCdEfGhI`: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html
const USER_POOL = [...name(LOWER, `${LOWER}-`), ...text("_"), ...name(ALPHANUMERIC, ALPHANUMERIC)];

const FORMS: readonly { readonly service: string; readonly placeholder: RegExp; readonly form: Pattern }[] = [
  { service: "s3", placeholder: /^BucketName$/, form: BUCKET },
  { service: "iam", placeholder: /Name(WithPath)?$/, form: IAM_NAME },
  {
    service: "sagemaker",
    placeholder: /^(Endpoint|Model|EndpointConfig|TrainingJob)Name$/,
    form: SAGEMAKER_NAME,
  },
  { service: "rekognition", placeholder: /^(CollectionId|ProjectName|VersionName)$/, form: REKOGNITION_NAME },
  { service: "kms", placeholder: /^KeyId$/, form: UUID },
  { service: "secretsmanager", placeholder: /^SecretId$/, form: SECRET },
  { service: "cognito-idp", placeholder: /^UserPoolId$/, form: USER_POOL },
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
  { service: "ec2", placeholder: /^InstanceId$/, form: id("i") },
  { service: "ec2", placeholder: /^SecurityGroupId$/, form: id("sg") },
  { service: "ec2", placeholder: /^SubnetId$/, form: id("subnet") },
  { service: "ec2", placeholder: /^VpcId$/, form: id("vpc") },
  { service: "ec2", placeholder: /^VolumeId$/, form: id("vol") },
  { service: "ec2", placeholder: /^SnapshotId$/, form: id("snap") },
  { service: "ec2", placeholder: /^ImageId$/, form: id("ami") },
  { service: "ec2", placeholder: /^NetworkInterfaceId$/, form: id("eni") },
];

// Names as most are: who lets in all of these lets in any, whatever else a name may hold. A name does not end in what
// divides it, and where nothing is known of the form it is letters and digits that anybody would think of first.
const ends = (between: string): Pattern => [...one(ALPHANUMERIC), ...many(between), ...one(ALPHANUMERIC)];
const ARBITRARY = new Map<Pattern, Pattern>([
  // "Bucket names must begin and end with a letter or number": the page above.
  [BUCKET, [...one(LOWER), ...one(`${LOWER}.-`), ...many(`${LOWER}.-`), ...one(LOWER)]],
  [IAM_NAME, ends(`${ALPHANUMERIC}+=,.@_-/`)],
  [SAGEMAKER_NAME, ends(`${ALPHANUMERIC}-`)],
  [REKOGNITION_NAME, ends(`${ALPHANUMERIC}_.-`)],
  [ANY_NAME, name(ALPHANUMERIC, ALPHANUMERIC)],
]);

/**
 * The form of names that nobody in particular has in mind: those that a pattern must let in to open a resource type.
 *
 * @param service - as of {@link nameFormOf}
 * @param placeholder - the same
 */
export function arbitraryNameFormOf(service: string, placeholder: string): Pattern {
  const form = nameFormOf(service, placeholder);
  return ARBITRARY.get(form) ?? form;
}

/** A name of any characters but those that divide an ARN. */
const DIVIDED: Pattern = [
  { kind: "one", of: { except: ":/" } },
  { kind: "many", of: { except: ":/" } },
];

/** The same for names that nobody would call well-formed but that a policy may well hold: a bucket of one letter. */
export function looseNameFormOf(service: string, placeholder: string): Pattern {
  const form = nameFormOf(service, placeholder);
  const isDivided = form.every((token) => token.kind === "literal" || token.of.only?.includes("/") === false);
  return isDivided ? DIVIDED : ANY_NAME;
}

/**
 * The form of a name placeholder of a service's ARN templates.
 *
 * @param service - the service prefix, in lower case
 * @param placeholder - the name between `${` and `}`
 */
export const nameFormOf = (service: string, placeholder: string): Pattern =>
  FORMS.find((entry) => entry.service === service && entry.placeholder.test(placeholder))?.form ?? ANY_NAME;
