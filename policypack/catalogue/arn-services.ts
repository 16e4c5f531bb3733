/** What the fields of a service's ARNs can hold, by what the reference lists of its resource types. */
import { overlaps, parsePattern, type Pattern } from "../iam";
import { actionsOf, type ResourceType, servicePrefixes } from "./authorization";

/**
 * Services that were closed: their ARNs name nothing any more, though types of others may still refer to them.
 * "the service is no longer available": https://docs.aws.amazon.com/whitepapers/latest/aws-overview/machine-learning.html
 */
const CLOSED: ReadonlySet<string> = new Set(["elastic-inference"]);

let named: ReadonlySet<string> | undefined;

/** The services that ARNs name: the prefixes of actions, and what the ARNs of their types say instead (`elasticloadbalancing`). */
const namedServices = (): ReadonlySet<string> =>
  (named ??= new Set(
    servicePrefixes().flatMap((prefix) => [
      prefix,
      ...actionsOf(prefix).flatMap(({ resourceTypes }) => resourceTypes.map(serviceIn)),
    ]),
  ));

const serviceIn = ({ arn: { text } }: ResourceType): string => text.split(":")[2] ?? "";

/** The services that an ARN may name, in lower case. */
export const arnServices = (): readonly string[] =>
  [...namedServices()].filter((service) => !CLOSED.has(service));

/**
 * Whether there is a service of a name.
 *
 * @param service - as an ARN has it, in lower case
 */
export const isArnService = (service: string): boolean =>
  !CLOSED.has(service) && (servicePrefixes().includes(service) || namedServices().has(service));

/** What a field of an ARN holds: always something, never, or as the type has it. */
export type FieldUse = "always" | "never" | "sometimes";

const types = new Map<string, readonly ResourceType[]>();

function typesOf(service: string): readonly ResourceType[] {
  const known = types.get(service);
  if (known !== undefined) return known;
  const own = actionsOf(service).flatMap(({ resourceTypes }) => resourceTypes);
  const made = [...new Set(own)].filter((type) => serviceIn(type) === service);
  // INVARIANT: bounded by the number of services.
  if (made.length > 0) types.set(service, made);
  return made;
}

/** Which fields ARNs have. */
export interface Fields {
  readonly region: FieldUse;
  readonly account: FieldUse;
}

function fieldsIn(all: readonly ResourceType[]): Fields {
  const useOf = (field: number): FieldUse => {
    const given = all.filter(({ arn: { text } }) => (text.split(":")[field] ?? "") !== "");
    return given.length === 0 ? "never" : given.length === all.length ? "always" : "sometimes";
  };
  return { region: useOf(3), account: useOf(4) };
}

const fields = new Map<string, Fields>();

/**
 * Whether the ARNs of a service have a region, and an account, whatever resource they are of.
 *
 * @param service - as the ARN has it, in lower case
 */
export function fieldsOfService(service: string): Fields {
  const known = fields.get(service) ?? fieldsIn(typesOf(service));
  // INVARIANT: bounded by the number of services.
  if (typesOf(service).length > 0) fields.set(service, known);
  return known;
}

/** Resources for which the reference has a field as a matter of course, and AWS leaves it empty all the same. */
const EMPTY_FIELDS: readonly {
  readonly field: keyof Fields;
  readonly service: string;
  readonly resources: readonly Pattern[];
}[] = [
  // "arn:aws:bedrock:::foundation-model/MODEL_NAME": a request to a global inference profile is decided on this, too.
  // https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
  { field: "region", service: "bedrock", resources: [parsePattern("foundation-model/*")] },
  // What is AWS's own is in no account: `arn:aws:ssm:us-west-2::document/AWS-StartSSHSession`.
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-specify-session-document.html
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
  // "reserved by Amazon Web Services for use as document name prefixes: aws, amazon, …"
  // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html
  {
    field: "account",
    service: "ssm",
    resources: [
      "document/AWS*",
      "document/Amazon*",
      "automation-definition/AWS*",
      "automation-definition/Amazon*",
      "parameter/aws/service/*",
    ].map((text) => parsePattern(text)),
  },
];

/**
 * The same of those that a resource may be; undefined where the reference lists none of that form.
 *
 * @param resource - what stands behind the account
 */
export function fieldsOf(service: string, resource: Pattern): Fields | undefined {
  const alike = typesOf(service).filter(({ arn }) => overlaps(resource, arn.resource));
  if (alike.length === 0) return undefined;
  const made = fieldsIn(alike);
  const free = EMPTY_FIELDS.filter(
    (each) => each.service === service && each.resources.some((own) => overlaps(resource, own)),
  );
  return free.reduce<Fields>((fields, { field }) => ({ ...fields, [field]: "sometimes" }), made);
}
