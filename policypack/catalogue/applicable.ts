/** On which resources AWS decides an action: what a statement must let in for the action to be affected at all. */
import {
  type Budget,
  EVERYTHING,
  literal,
  loosened,
  matches,
  overlaps,
  parseArnTemplate,
  parsePattern,
  type Pattern,
  remembered,
} from "../iam";
import { type Action, actionsOf, type ResourceType, serviceOf } from "./authorization";
import { looseNameFormOf } from "./name-forms";

const FIELD: Pattern = [{ kind: "many", of: { except: ":" } }];
const STARS: Pattern = [{ kind: "many", of: { only: "*" } }];
const STAR = literal("*");
const ARN: Pattern = [...literal("arn:"), ...EVERYTHING];

/** ARNs of a resource, whatever the partition, region and account: what the reference says of these is not all there is. */
const anywhere = (service: Pattern, resource: Pattern): Pattern => [
  ...literal("arn:"),
  ...[FIELD, service, FIELD, FIELD].flatMap((field) => [...field, ...literal(":")]),
  ...resource,
];

/** The ARNs of a resource type, with something of a form in place of each name. */
function arnsOf(
  { arn: { text } }: ResourceType,
  formOf: (service: string, name: string) => Pattern,
): Pattern {
  const service = text.split(":")[2] ?? "";
  return anywhere(
    // Recovery points of AWS Backup are named by the service whose they are.
    service.includes("$") ? FIELD : literal(service),
    parseArnTemplate(text, (name) => formOf(service, name)).resource,
  );
}

/** Names that nobody would call well-formed are names all the same. */
const arnsOfTypes = remembered((types: readonly ResourceType[]) =>
  types.map((type) => arnsOf(type, looseNameFormOf)),
);

/**
 * What else an action without resource types is decided on. AWS documents only `*`; but some services name all resources of a
 * type (`iam:ListRoles` is decided on `arn:aws:iam::123456789012:role/`, `sagemaker:ListDomains` on `domain/*`), or the one
 * that is to be made.
 */
const ELSEWHERE: readonly { readonly actions: Pattern; readonly resources: Pattern }[] = [
  {
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-quickstart.html
    actions: parsePattern("ssmmessages:*datachannel"),
    resources: anywhere(literal("ssm"), [...literal("session/"), ...EVERYTHING]),
  },
  {
    // All of a path: "PathPrefix … the path prefix for filtering the results".
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
    actions: parsePattern("iam:list*"),
    resources: anywhere(literal("iam"), [...EVERYTHING, ...literal("/")]),
  },
];

const typesOfService = (prefix: string): readonly ResourceType[] => [
  ...new Set(actionsOf(prefix).flatMap(({ resourceTypes }) => resourceTypes)),
];
const whole = new Map<string, readonly Pattern[]>();

/** All resources of each type of a service: stars, or nothing, in place of the names. */
function allOfService(prefix: string): readonly Pattern[] {
  const known = whole.get(prefix);
  if (known !== undefined) return known;
  const types = typesOfService(prefix);
  const made = [anywhere(literal(prefix), STARS), ...types.map((type) => arnsOf(type, () => STARS))];
  // INVARIANT: bounded by the number of services, since only actions of the data are asked about.
  whole.set(prefix, made);
  return made;
}

/** `automl-job` in `sagemaker:ListCandidatesForAutoMLJob`: what an action is named after it may well be decided on. */
const isNamedAfter = (action: Action, { name }: ResourceType): boolean =>
  action.key.endsWith(name.replace(/[^a-z]/gi, "").toLowerCase());

const decidedOn = remembered((action: Action): readonly Pattern[] => {
  if (action.resourceTypes.length > 0) return arnsOfTypes(action.resourceTypes);
  const prefix = serviceOf(action.key);
  const named = typesOfService(prefix).filter((type) => isNamedAfter(action, type));
  return [
    ...allOfService(prefix),
    ...named.map((type) => arnsOf(type, looseNameFormOf)),
    ...ELSEWHERE.filter(({ actions }) => matches(actions, action.key)).map(({ resources }) => resources),
  ];
});

/**
 * Whether AWS may decide the action on a resource that the pattern matches; a proof when false. A policy variable may be
 * anything, and so is what is no ARN; where the budget runs out, nothing is decided.
 *
 * "If the column is empty, the action does not support resource-level permissions, and you must specify all resources ("*")"
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function mayApply(action: Action, resource: Pattern, left: Budget): boolean {
  const pattern = loosened(resource);
  if (overlaps(pattern, STAR) || !overlaps(pattern, ARN)) return true;
  return decidedOn(action).some((arns) => {
    left.left -= pattern.length;
    return left.left <= 0 || overlaps(pattern, arns);
  });
}
