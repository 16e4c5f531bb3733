/** From a resource to the policy documents it holds, be it itself or in the resources that it makes elsewhere. */
import { type PolicyKind, type ResourceSubject, type SubjectDocument, TYPE_OF } from "../engine";
import { type Grammar, isUnknown, parseDocument, type Reading, readJson, UNKNOWN } from "../iam";
import { labelsOf } from "./labels";
import { documentOf, OPEN_URL } from "./permission";
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

/** A document, and whether another may be written in its place: it stands in a property of its own, which decides what is deployed. */
export interface HeldDocument extends SubjectDocument {
  readonly subject: ResourceSubject;
  readonly isWritable: boolean;
}

/** The documents of a resource, read; undefined when its type holds none. */
export function documentsOf({ type, name, urn, props }: Resource): readonly HeldDocument[] | undefined {
  const holdings = holdingsOf(type);
  if (holdings === undefined) return undefined;
  // What a Terraform module does not know yet it may not mention at all.
  const isOfModule = type.includes(":tf:");
  const missing = isOfModule ? UNKNOWN : null;
  const labels = labelsOf(type, props);
  return [...documentsIn(props, holdings, "", missing)].map(({ at, kind, reading, isOwn, ...rest }) => {
    const subject: ResourceSubject = { urn, type, name, property: at };
    // What Terraform deploys is decided by the module, and not by what Pulumi is told of it.
    return { subject, kind, reading, labels, isWritable: isOwn && !isOfModule, ...rest };
  });
}

interface Found {
  /** the path of the property */
  readonly at: string;
  readonly kind: PolicyKind;
  readonly reading: Reading;
  /** whether the property holds the document itself: not a text that holds it among other things, nor a part of it */
  readonly isOwn: boolean;
  /** what to write where no statement stands in the program */
  readonly fix?: string;
}

const found = (at: string, kind: PolicyKind, source: Value, grammar: Grammar = TYPE_OF[kind]): Found => ({
  at,
  kind,
  reading: parseDocument(source ?? null, grammar),
  isOwn: true,
});
const within = (whole: Found): Found => ({ ...whole, isOwn: false });

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
      yield within(found(under(prefix, "statement"), "resource", document, "implied-resource"));
    } else
      for (const [at, value] of valuesAt(props, path, prefix)) {
        if (isAbsent(value) && !required) continue;
        const source = value === undefined ? missing : value;
        if (content === "implied-resource") yield found(at, "resource", source, content);
        else if (content === "function-url") yield* ofFunctionUrl(source, at);
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

/** What a function's URL adds to the policy of the function: nothing, where Lambda asks who calls it. */
function* ofFunctionUrl(type: Value, at: string): Generator<Found> {
  if (type !== "NONE" && typeof type === "string") return;
  const fix = `set \`${at}\` to \`AWS_IAM\``;
  yield { ...within(found(at, "resource", type === "NONE" ? OPEN_URL : type, "implied-resource")), fix };
}

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
  if (isObject(value)) for (const each of documentsIn(value, holdings, at, null)) yield within(each);
  else if (problems.length === 0) yield unseen(at);
}

/** A text that holds documents, and is wrong itself. */
const withProblems = (at: string, problems: Reading["problems"]): Found => {
  const whole = unseen(at);
  return { ...whole, reading: { ...whole.reading, unknown: [], problems } };
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
      else
        for (const each of inProperties(type, resolved(resource["Properties"] ?? {}), `${path}.Properties`))
          yield within(each);
    }
}
