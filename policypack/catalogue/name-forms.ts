/**
 * Which characters the names of resources are made of, where AWS says so. The tighter the form, the more tricks a
 * pattern must play to hide that it names nothing; a name of which nothing is known may hold any character.
 */
import { ANY_NAME, type NameForm } from "../iam";

const LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
const ALPHANUMERIC = `${LOWER}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
const form = (first: string, rest: string): NameForm => ({ first: { only: first }, rest: { only: rest } });

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const BUCKET = form(LOWER, `${LOWER}.-`);
// "Names … must be alphanumeric, including the following common characters: plus (+), equals (=), comma (,), period (.),
// at (@), underscore (_), and hyphen (-)"; a path adds the slash.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const IAM_NAME = form(`${ALPHANUMERIC}+=,.@_-`, `${ALPHANUMERIC}+=,.@_-/`);
// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html: [a-zA-Z0-9](-*[a-zA-Z0-9])*
const SAGEMAKER_NAME = form(ALPHANUMERIC, `${ALPHANUMERIC}-`);
// https://docs.aws.amazon.com/rekognition/latest/APIReference/API_CreateCollection.html: [a-zA-Z0-9_.\-]+
const REKOGNITION_NAME = form(`${ALPHANUMERIC}_.-`, `${ALPHANUMERIC}_.-`);

const FORMS: readonly { readonly service: string; readonly placeholder: RegExp; readonly form: NameForm }[] =
  [
    { service: "s3", placeholder: /^BucketName$/, form: BUCKET },
    { service: "iam", placeholder: /Name(WithPath)?$/, form: IAM_NAME },
    {
      service: "sagemaker",
      placeholder: /^(Endpoint|Model|EndpointConfig|TrainingJob)Name$/,
      form: SAGEMAKER_NAME,
    },
    {
      service: "rekognition",
      placeholder: /^(CollectionId|ProjectName|VersionName)$/,
      form: REKOGNITION_NAME,
    },
  ];

/**
 * The form of a name placeholder of a service's ARN templates.
 *
 * @param service - the service prefix, in lower case
 * @param placeholder - the name between `${` and `}`
 */
export const nameFormOf = (service: string, placeholder: string): NameForm =>
  FORMS.find((entry) => entry.service === service && entry.placeholder.test(placeholder))?.form ?? ANY_NAME;
