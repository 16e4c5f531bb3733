/** The JSON schema of `Pulumi.<stack>.yaml`, for editors: the keys, the capabilities and their parameters. */
import {
  capabilities,
  type Capability,
  type ParameterName,
  PARAMETERS,
} from "../policypack/catalogue/capabilities";
import { ACCESS, CALLING_SERVICES, DETECT_ACTIONS, PARTITIONS, SIDES, TRUSTED_SERVICES } from "./description";
import { choicesOf } from "./grants/fill";

type Schema = Readonly<Record<string, unknown>>;

const text = (description: string): Schema => ({ type: "string", description });
const choice = (values: readonly string[], description?: string): Schema => ({
  enum: values,
  ...(description !== undefined && { description }),
});
const list = (items: Schema, description?: string): Schema => ({
  type: "array",
  items,
  ...(description !== undefined && { description }),
});
const object = (
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
  description?: string,
): Schema => ({
  type: "object",
  additionalProperties: false,
  properties,
  required,
  ...(description !== undefined && { description }),
});

/** One value or a list; YAML reads some of them as numbers and truth. */
const oneOrMany = (one: Schema, description: string): Schema => ({ description, anyOf: [one, list(one)] });

const definitions = Object.fromEntries(
  Object.entries(PARAMETERS).map(([name, { says, example }]) => [
    name,
    oneOrMany({ type: ["string", "number", "boolean"] }, `${says}, such as ${example}`),
  ]),
);

const parameter = (capability: Capability, name: ParameterName): Schema =>
  name === "calls"
    ? oneOrMany(choice(choicesOf(capability)), PARAMETERS.calls.says)
    : { $ref: `#/definitions/${name}` };

function use(capability: Capability): Schema {
  const { id, parameters, optional = [], why, source } = capability;
  const own = [...parameters, ...optional].map((name) => [name, parameter(capability, name)] as const);
  return object(
    { capability: { const: id }, side: choice(SIDES), ...Object.fromEntries(own) },
    ["capability", ...parameters],
    `${why} ${source}`,
  );
}

const names = (what: string): Schema => list(text(what));
const targets = object({ roles: names("a role"), users: names("a user"), groups: names("a group") });
const statements = list({ type: "object" }, "IAM statements of your own, judged like any other");
const catalogue: readonly Capability[] = capabilities;

const KEYS: Readonly<Record<string, Schema>> = {
  account: text("the AWS account: 12 digits, in quotes"),
  region: text("the region; `aws:region` if absent"),
  partition: choice(PARTITIONS, "derived from the region if absent"),
  buckets: list(
    object(
      {
        name: text("the bucket's name"),
        prefix: text("the literal start of object keys; the whole bucket if absent"),
        access: list(choice(ACCESS)),
        owner: text("the account of the bucket, where it is another one"),
        key: text("the ARN of the KMS key of the objects"),
        side: choice(SIDES),
      },
      ["name", "access"],
    ),
    "what is read and written",
  ),
  endpoints: names("the name of a SageMaker endpoint to invoke"),
  rekognition: object({
    detect: list(choice(DETECT_ACTIONS)),
    collections: names("the id of a face collection"),
  }),
  uses: list({ anyOf: catalogue.map(use) }, "capabilities of the catalogue with their parameters"),
  attachTo: targets,
  trustedService: choice(
    TRUSTED_SERVICES,
    "who assumes the execution role besides what the capabilities say",
  ),
  statements,
  caller: object(
    {
      trustedServices: list(choice(CALLING_SERVICES)),
      trustedRoles: names("a role of the account, with its path"),
      attachTo: targets,
      statements,
    },
    [],
    "who starts the workflow",
  ),
  boundary: text("`generated` (default), `none`, or the ARN of a managed policy"),
  path: text("the path of what is created, such as /ai-workflows/"),
  tags: { type: "object", additionalProperties: { type: "string" } },
  sessionDuration: { type: ["integer", "string"], description: "seconds, from 3600 to 43200" },
  names: object({
    executionRole: text("the execution role's name"),
    callerRole: text("the caller role's name"),
  }),
};

/** A schema in the sense of https://json-schema.org/draft-07/schema. Keys of other programs are not its concern. */
export const configurationSchema: Schema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Configuration of the ai-workflow stack",
  definitions,
  type: "object",
  properties: {
    config: {
      type: "object",
      properties: Object.fromEntries(
        Object.entries(KEYS).map(([key, schema]) => [`ai-workflow:${key}`, schema]),
      ),
    },
  },
};

/** The keys that the schema has. */
export const schemaKeys: readonly string[] = Object.keys(KEYS);
