/** What a proof needs to know of AWS: the authorization data, as ring 0 asks for it. */
import {
  type Known,
  type KnownAction,
  literal,
  loosened,
  matches,
  overlaps,
  parseArnTemplate,
  type Pattern,
  printPattern,
  remembered,
  type Selection,
} from "../iam";
import {
  type Action,
  authorizationData,
  expandAction,
  type ResourceType,
  servicePrefixes,
} from "./authorization";
import { isChosenByCaller } from "./caller-chosen-keys";
import { findConditionKey, mayCarry } from "./find-condition-key";
import { looseNameFormOf } from "./name-forms";

interface Forms {
  readonly usual: readonly Pattern[];
  readonly general: readonly Pattern[];
}

/** The ARNs of a resource type: where people have most of theirs, and anywhere. */
const formsOfType = remembered(({ arn: { text, resource } }: ResourceType): Forms => ({
  usual: PARTITIONS.flatMap(({ partition, usual }) =>
    usual.map((name) => [...literal("arn:"), ...partition, ...literal(example(text, name)), ...resource]),
  ),
  general: PARTITIONS.flatMap(({ partition, region }) =>
    anywhereFor(text).map((each) => [
      ...literal("arn:"),
      ...partition,
      ...openScope(each, region),
      ...looseResource(each),
    ]),
  ),
}));

/**
 * The templates of a type: access points of all regions together have none in their ARNs.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointPermissions.html
 */
const anywhereFor = (text: string): readonly string[] =>
  text.includes(":s3:${Region}:${Account}:accesspoint/") ? [text, text.replace("${Region}", "")] : [text];

/** The same of several types, those that people have most first. */
const formsOf = remembered((types: readonly ResourceType[]): readonly Pattern[] => {
  const all = types.map(formsOfType);
  return [...all.flatMap(({ usual }) => usual), ...all.flatMap(({ general }) => general)];
});

/** The partitions that most have resources in, and any other one. */
const LETTERS = { only: "abcdefghijklmnopqrstuvwxyz-" } as const;
const NAME_OF_PLACE = { only: "abcdefghijklmnopqrstuvwxyz0123456789-" } as const;
interface Partition {
  readonly partition: Pattern;
  readonly region: Pattern;
  /** a region where people have most of their resources there */
  readonly usual: readonly string[];
}
const region = (beginning: string): Pattern => [
  ...literal(beginning),
  { kind: "one", of: NAME_OF_PLACE },
  { kind: "many", of: NAME_OF_PLACE },
];
const PARTITIONS: readonly Partition[] = [
  { partition: literal("aws"), region: region(""), usual: ["us-east-1"] },
  { partition: literal("aws-cn"), region: region("cn-"), usual: ["cn-north-1"] },
  { partition: literal("aws-us-gov"), region: region("us-gov-"), usual: ["us-gov-west-1"] },
  {
    partition: [...literal("aws-"), { kind: "one", of: LETTERS }, { kind: "many", of: LETTERS }],
    region: region(""),
    usual: [],
  },
];

const looseResource = (text: string): Pattern => {
  const service = text.split(":")[2] ?? "";
  return parseArnTemplate(text, (placeholder) => looseNameFormOf(service, placeholder)).resource;
};

/** `:sagemaker:${Region}:${Account}:` */
const scopeOf = (text: string): string => `:${text.split(":").slice(2, 5).join(":")}:`;

/** `:sagemaker:us-east-1:123456789012:` */
const example = (text: string, name: string): string =>
  scopeOf(text)
    .replace("${Region}", name)
    .replace("${Account}", "123456789012")
    .replace(/\$\{[^}]*\}/g, "x");

/** The same with every placeholder open: AWS's own resources have no account in theirs, or `aws`. */
const openScope = (text: string, name: Pattern): Pattern =>
  scopeOf(text)
    .split(/(\$\{[^}]*\})/)
    .flatMap((part) => {
      if (part === "${Region}") return name;
      return part.startsWith("${") ? [{ kind: "many", of: NAME_OF_PLACE } as const] : literal(part);
    });

/** Actions without resource types that AWS decides about an ARN all the same, as its own examples of policies show. */
const ASKED_ABOUT: Readonly<Record<string, readonly Pattern[]>> = {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-policies-s3.html: on "arn:aws:s3:::*"
  "s3:ListAllMyBuckets": [literal("arn:aws:s3:::*")],
};

const knownAction = remembered((action: Action): KnownAction => ({
  name: action.name,
  resources: ASKED_ABOUT[action.name] ?? formsOf(action.resourceTypes),
  // A key that is not known may be newer than the data.
  mayCarry: (key) => findConditionKey(key) === undefined || mayCarry(action, key),
  isChosen: (key) => isChosenByCaller(action, key),
}));

/**
 * Whether requests for an action can be about any of the resources: those of an action without resource types are about `*`.
 * Of what `NotResource` leaves nobody asks: hardly anything is left out.
 */
export function mayBeAbout(action: Action, { negated, entries, partial }: Selection): boolean {
  if (negated || partial || entries.some(({ text }) => text === "*")) return true;
  const forms = knownAction(action).resources;
  const shapes = forms.length === 0 ? [literal("*")] : forms;
  return entries.some(({ pattern }) => {
    const loose = loosened(pattern);
    return shapes.some((shape) => overlaps(loose, shape));
  });
}

/** The authorization data, for proofs. */
export const KNOWN: Known = {
  isBoolean: (key) => findConditionKey(key)?.type === "Bool",
  // A key that is not known may have several values.
  isMultivalued: (key) => findConditionKey(key)?.multivalued ?? true,
  *actionsOf(pattern) {
    const text = printPattern(pattern);
    // The services are read one by one: mostly the first action that is asked for will do.
    const found = /^[^*?]+:/.test(text) ? [text] : servicePrefixes().map((prefix) => `${prefix}:*`);
    for (const part of found)
      for (const action of expandAction(part))
        if (found.length === 1 || matches(pattern, action.key)) yield knownAction(action);
  },
  isAlwaysThere: (key) => (findConditionKey(key)?.presence ?? "sometimes") !== "sometimes",
  get source() {
    return `authorization data of ${authorizationData().date}`;
  },
};
