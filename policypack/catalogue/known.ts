/** What a proof needs to know of AWS: the authorization data, as ring 0 asks for it. */
import { type Known, type KnownAction, literal, parseArnTemplate, type Pattern, printPattern } from "../iam";
import { type Action, authorizationData, expandAction, type ResourceType } from "./authorization";
import { findConditionKey } from "./find-condition-key";
import { looseNameFormOf } from "./name-forms";

const forms = new WeakMap<readonly ResourceType[], readonly Pattern[]>();

/**
 * The ARNs of resource types: first where people have most of theirs, then anywhere. AWS's own resources have no account in
 * theirs, or `aws`.
 */
function formsOf(types: readonly ResourceType[]): readonly Pattern[] {
  const known = forms.get(types);
  if (known !== undefined) return known;
  const made = [
    ...types.map(({ arn }) => [...literal(`arn:aws${example(arn.text)}`), ...arn.resource]),
    ...types.map(({ arn }) => [
      ...literal("arn:"),
      PARTITION,
      ...openScope(arn.text),
      ...looseResource(arn.text),
    ]),
  ];
  forms.set(types, made);
  return made;
}

const PARTITION = { kind: "many", of: { except: ":" } } as const;
const PLACE = { kind: "many", of: { only: "abcdefghijklmnopqrstuvwxyz0123456789-" } } as const;

const looseResource = (text: string): Pattern => {
  const service = text.split(":")[2] ?? "";
  return parseArnTemplate(text, (placeholder) => looseNameFormOf(service, placeholder)).resource;
};

/** `:sagemaker:${Region}:${Account}:` */
const scopeOf = (text: string): string => `:${text.split(":").slice(2, 5).join(":")}:`;

/** `:sagemaker:us-east-1:123456789012:` */
const example = (text: string): string =>
  scopeOf(text)
    .replace("${Region}", "us-east-1")
    .replace("${Account}", "123456789012")
    .replace(/\$\{[^}]*\}/g, "x");

/** The same with every placeholder open. */
const openScope = (text: string): Pattern =>
  scopeOf(text)
    .split(/\$\{[^}]*\}/)
    .flatMap((part, index) => [...(index === 0 ? [] : [PLACE]), ...literal(part)]);

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
  // A key that is not known may have several values.
  isMultivalued: (key) => findConditionKey(key)?.multivalued ?? true,
  *actionsOf(pattern) {
    for (const action of expandAction(printPattern(pattern))) yield knownAction(action);
  },
  get source() {
    return `authorization data of ${authorizationData().date}`;
  },
};
