/** From a resource to the policy documents it holds, be it itself or in the resources that it makes elsewhere. */
import { type PolicyKind, type Subject, type SubjectDocument, TYPE_OF } from "../engine";
import { type Grammar, isUnknown, parseDocument, type Reading, readJson, UNKNOWN } from "../iam";
import { documentOf } from "./permission";
import { isAbsent, isObject, member, type Value, valuesAt } from "./plain-values";
import { type Holding, holdingsOf, RESOURCE_TYPES } from "./resource-types";
import { readTemplate, resolved } from "./template";

/** What is needed of a resource to judge it. */
export interface Resource {
  /** type token: `aws:iam/policy:Policy` */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: object;
}

/** The documents of a resource, read; undefined when its type holds none. */
export function documentsOf({ type, name, urn, props }: Resource): readonly SubjectDocument[] | undefined {
  const holdings = holdingsOf(type);
  if (holdings === undefined) return undefined;
  // What a Terraform module does not know yet it may not mention at all.
  const missing = type.includes(":tf:") ? UNKNOWN : null;
  return [...documentsIn(props, holdings, "", missing)].map(({ at, kind, reading }) => {
    const subject: Subject = { urn, type, name, property: at };
    return { subject, kind, reading };
  });
}

interface Found {
  /** the path of the property */
  readonly at: string;
  readonly kind: PolicyKind;
  readonly reading: Reading;
}

const found = (at: string, kind: PolicyKind, source: Value, grammar: Grammar = TYPE_OF[kind]): Found => ({
  at,
  kind,
  reading: parseDocument(source ?? null, grammar),
});

/** What nobody can see yet may be a document of any kind; of an identity's it is asked the most. */
const unseen = (at: string): Found => found(at, "identity", UNKNOWN);

/**
 * @param missing - what a required property is that is not there
 */
function* documentsIn(
  props: object,
  holdings: readonly Holding[],
  prefix: string,
  missing: null | typeof UNKNOWN,
): Generator<Found> {
  for (const { content, path, required } of holdings)
    if (content === "permission") {
      const [, action] = member(props, "action");
      const document = documentOf(props, action ?? (required ? missing : ONLY_ACTION));
      yield found(under(prefix, "statement"), "resource", document, "implied-resource");
    } else
      for (const [at, value] of valuesAt(props, path, prefix)) {
        if (isAbsent(value) && !required) continue;
        const source = value === undefined ? missing : value;
        if (content === "implied-resource") yield found(at, "resource", source, content);
        else if (content === "organization") yield* ofOrganization(member(props, "type")[1], source, at);
        else if (content === "template") yield* inTemplate(source, at);
        else if (content === "elsewhere") yield unseen(at);
        else if (content === "state") yield* inState(props, source, at);
        else yield found(at, content, source);
      }
}

/** What there is to permit on an event bus, where a permission does not say it. */
const ONLY_ACTION = "events:PutEvents";

const under = (prefix: string, name: string): string => (prefix === "" ? name : `${prefix}.${name}`);

/** Of the policies of an organization two types are in the language of IAM. */
function* ofOrganization(type: Value, source: Value, at: string): Generator<Found> {
  if (isUnknown(type)) yield found(at, "service-control", UNKNOWN);
  else if (isAbsent(type) || type === "SERVICE_CONTROL_POLICY") yield found(at, "service-control", source);
  else if (type === "RESOURCE_CONTROL_POLICY") yield found(at, "resource-control", source);
}

/** The state of a resource of a type of CloudFormation, which stands beside it. */
function* inState(props: object, source: Value, at: string): Generator<Found> {
  const [, named] = member(props, "typeName");
  const type = named ?? member(props, "type")[1];
  if (typeof type !== "string") yield unseen(at);
  else yield* inProperties(type, source, at);
}

/** The documents of a resource that CloudFormation makes; one whose type holds none has none. */
function* inProperties(type: string, source: Value, at: string): Generator<Found> {
  const holdings = RESOURCE_TYPES.get(type);
  if (holdings === undefined || !type.includes("::")) return;
  if (typeof source !== "string") {
    if (isObject(source)) yield* documentsIn(source, holdings, at, null);
    else yield unseen(at);
    return;
  }
  const { value, problems } = readJson(source);
  if (problems.length > 0) yield withProblems(at, problems);
  if (isObject(value)) yield* documentsIn(value, holdings, at, null);
  else if (problems.length === 0) yield unseen(at);
}

/** A text that holds documents, and is wrong itself. */
const withProblems = (at: string, problems: Reading["problems"]): Found => {
  const { kind, reading } = unseen(at);
  return { at, kind, reading: { ...reading, unknown: [], problems } };
};

/** The documents of the resources in a template. */
function* inTemplate(source: Value, at: string): Generator<Found> {
  const { value, problems } =
    typeof source === "string" ? readTemplate(source) : { value: source, problems: [] };
  if (problems.length > 0) yield withProblems(at, problems);
  if (!isObject(value)) {
    yield unseen(at);
    return;
  }
  const { Resources: resources = null } = value;
  // A macro makes of the template what it likes.
  for (const name of ["Transform", "Fn::Transform"])
    if (!isAbsent(value[name])) yield unseen(`${at}.${name}`);
  if (!isObject(resources)) yield unseen(`${at}.Resources`);
  else
    for (const [id, resource] of Object.entries(resources)) {
      const path = `${at}.Resources.${id}`;
      const type = isObject(resource) ? resource["Type"] : undefined;
      // The resources of a module, or of a loop, stand elsewhere.
      if (
        !isObject(resource) ||
        typeof type !== "string" ||
        id.startsWith("Fn::") ||
        type.endsWith("::MODULE")
      )
        yield unseen(path);
      else yield* inProperties(type, resolved(resource["Properties"] ?? {}), `${path}.Properties`);
    }
}
