/** What a proof needs to know of AWS: the authorization data, as ring 0 asks for it. */
import { type Known, type KnownAction, literal, type Pattern, printPattern } from "../iam";
import { authorizationData, expandAction, type Action, type ResourceType } from "./authorization";
import { findConditionKey } from "./find-condition-key";

const resources = new WeakMap<readonly ResourceType[], readonly Pattern[]>();

/** The ARNs of resource types: where people have most of theirs first, then anywhere. */
function formsOf(types: readonly ResourceType[]): readonly Pattern[] {
  const known = resources.get(types);
  if (known !== undefined) return known;
  const made = [
    ...types.map(({ arn }) => [...literal("arn:aws"), ...example(arn.scope, arn.text), ...arn.resource]),
    ...types.map(({ arn }) => [...literal("arn:"), PARTITION, ...arn.scope, ...arn.resource]),
  ];
  resources.set(types, made);
  return made;
}
const PARTITION = { kind: "many", of: { except: ":" } } as const;

/** `:sagemaker:us-east-1:123456789012:` */
function example(scope: Pattern, text: string): Pattern {
  const written = `:${text.split(":").slice(2, 5).join(":")}:`
    .replace("${Region}", "us-east-1")
    .replace("${Account}", "123456789012");
  return written.includes("${") ? scope : literal(written);
}

const knownActions = new WeakMap<Action, KnownAction>();

function knownAction(action: Action): KnownAction {
  const known = knownActions.get(action);
  if (known !== undefined) return known;
  const made = { name: action.name, resources: formsOf(action.resourceTypes) };
  knownActions.set(action, made);
  return made;
}

/** The authorization data, for proofs. */
export const KNOWN: Known = {
  isBoolean: (key) => findConditionKey(key)?.type === "Bool",
  isMultivalued: (key) => findConditionKey(key)?.multivalued ?? false,
  *actionsOf(pattern) {
    for (const action of expandAction(printPattern(pattern))) yield knownAction(action);
  },
  get source() {
    return `authorization data of ${authorizationData().date}`;
  },
};
