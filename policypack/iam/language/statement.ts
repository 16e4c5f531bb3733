/** One statement of a policy, as readonly data: what it is about, and where each part of it stands. */
import { type Condition, readCondition } from "./condition";
import { type Element, isList, kindOf, printed, readElements, readText, shortened } from "./element";
import { isUnknown, type Json, type JsonObject, type Unknown } from "./json";
import { EVERYTHING, loosened, parsePattern, type Pattern } from "../pattern/pattern";
import { readPrincipals } from "./principal";
import type { Problem } from "./problem";
import { overlaps } from "../pattern/overlap";

/** One entry of a list such as `Action`: the text as written, where it stands, and the pattern it is. */
export interface Entry {
  readonly text: string;
  readonly path: string;
  readonly pattern: Pattern;
}

/** `Action` or `NotAction`, `Resource` or `NotResource`: a list of patterns, or everything but what they match. */
export interface Selection {
  readonly negated: boolean;
  readonly path: string;
  readonly entries: readonly Entry[];
  /** whether some entry could not be read or is not known yet: the selection is then wider than its entries say */
  readonly partial: boolean;
}

export interface Statement {
  readonly path: string;
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  /** whom it is about, in a resource-based policy; undefined in an identity-based one: whoever has it */
  readonly principals: Selection | undefined;
  readonly actions: Selection;
  readonly resources: Selection;
  /** whether a condition, of whatever strength, stands in the statement */
  readonly conditional: boolean;
  readonly condition: Condition;
  /** the statement as it was read, for writing a narrower one */
  readonly source: JsonObject;
}

/** The elements of a statement, in the order of AWS's grammar. */
export const STATEMENT_ELEMENTS = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
] as const;
type Elements = ReadonlyMap<(typeof STATEMENT_ELEMENTS)[number], Element>;
type Report = (problem: Problem) => void;

// "Action": a service namespace and an action, `service:action`, or `*`; the vendor prefix may hold wildcards too.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
const ACTION = /^(\*+|[a-z0-9*?-]+:[a-z0-9*?-]+)$/i;
const ARN = parsePattern("arn:*");
/** What stands for a name in a suggestion, and is still to be filled in: `<bucket>`. */
const PLACEHOLDER = /<[a-z][a-z-]*>/;

/** Whether a resource can be an ARN; a policy variable in it may be anything. */
const mayBeArn = (text: string, pattern: Pattern): boolean =>
  text === "*" || text.startsWith("arn:") || overlaps(loosened(pattern), ARN);

/**
 * What a policy is attached to, which says which elements its statements have: an identity (the principal is whoever has
 * it), a resource (the principal is named), or a role that principals may assume (the resource is the role).
 */
export type PolicyType = "identity" | "resource" | "trust";

/**
 * How statements are read: as a type of policy has them, or as a resource-based policy that may leave `Resource` out, as those
 * of ECR repositories must and those of EFS file systems may: the resource is then the one that the policy is attached to.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
 */
export type Grammar = PolicyType | "implied-resource";

/**
 * Reads a statement.
 *
 * @param variables - whether `${…}` is a policy variable (Version 2012-10-17)
 * @param unknown - collects the paths of values that are not known yet
 * @returns the statement, or undefined when it cannot be told what it allows or denies
 */
export function readStatement(
  object: JsonObject,
  path: string,
  type: Grammar,
  variables: boolean,
  report: Report,
  unknown: string[],
): Statement | undefined {
  const elements: Elements = readElements(object, STATEMENT_ELEMENTS, path, report);
  const principals = readWhom(elements, path, type, report, unknown);
  const sid = readText(elements.get("Sid"), report, unknown);
  const effect = readEffect(elements.get("Effect"), path, report, unknown);
  const actions = readSelection(elements, "Action", path, report, unknown, (entry, at) => {
    if (!ACTION.test(entry)) report({ code: "invalid-action", path: at, data: { action: shortened(entry) } });
    return parsePattern(entry.toLowerCase());
  });
  const resources = readResources(elements, path, type, variables, report, unknown);
  const condition = readCondition(elements.get("Condition"), variables, report, unknown);
  if (effect === undefined || actions === undefined || resources === undefined) return undefined;
  return {
    path,
    sid: sid === "" ? undefined : sid,
    effect,
    principals,
    actions,
    resources,
    conditional: condition.partial || condition.tests.length > 0,
    condition,
    source: object,
  };
}

/** `Principal` or `NotPrincipal`, where the type of the policy has them. */
function readWhom(
  elements: Elements,
  path: string,
  type: Grammar,
  report: Report,
  unknown: string[],
): Selection | undefined {
  const [plain, negated] = [elements.get("Principal"), elements.get("NotPrincipal")];
  const found = plain ?? negated;
  if (type === "identity") {
    // "You cannot use the Principal element in an identity-based policy."
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    for (const [name, element] of [
      ["Principal", plain],
      ["NotPrincipal", negated],
    ] as const)
      if (element !== undefined)
        report({
          code: "invalid-value",
          path: element.path,
          data: { found: `\`${name}\``, expected: IDENTITY },
        });
    return undefined;
  }
  if (plain !== undefined && negated !== undefined)
    report({ code: "exclusive-elements", path, data: { elements: ["Principal", "NotPrincipal"] } });
  if (found !== undefined) return readPrincipals(found, plain === undefined, report, unknown);
  report({ code: "missing-element", path, data: { element: "Principal" } });
  return { negated: false, path, entries: [], partial: true };
}

/** `Resource` or `NotResource`; the resource of a trust policy is the role, and is not written. */
function readResources(
  elements: Elements,
  path: string,
  type: Grammar,
  variables: boolean,
  report: Report,
  unknown: string[],
): Selection | undefined {
  if (type === "trust") {
    for (const name of ["Resource", "NotResource"] as const) {
      const found = elements.get(name);
      if (found !== undefined)
        report({ code: "invalid-value", path: found.path, data: { found: `\`${name}\``, expected: TRUST } });
    }
    return implied(path);
  }
  if (type === "implied-resource" && !elements.has("Resource") && !elements.has("NotResource"))
    return implied(path);
  return readSelection(elements, "Resource", path, report, unknown, (entry, at) => {
    const whole = type === "identity" ? completed(entry) : spelledOut(entry);
    const pattern = parsePattern(whole, variables);
    const placeholder = PLACEHOLDER.exec(entry)?.[0];
    if (placeholder !== undefined) report({ code: "placeholder", path: at, data: { placeholder } });
    else if (!mayBeArn(whole, pattern))
      report({ code: "invalid-resource", path: at, data: { resource: shortened(entry) } });
    return pattern;
  });
}

/** The resource that a policy is attached to, whichever it is. */
const implied = (path: string): Selection => ({
  negated: false,
  path,
  entries: [{ text: "*", path, pattern: EVERYTHING }],
  partial: false,
});

/**
 * The resource policy of an API may write `execute-api:/stage/method/path` for the ARN of what it is attached to.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
const spelledOut = (resource: string): string =>
  resource.replace(/^execute-api:(?=\/)/, "arn:*:execute-api:*:*:*");

/**
 * "If you specify an incomplete ARN (one with fewer than the standard six fields) in the Resource element of an
 * identity-based policy, AWS automatically completes the ARN by adding wildcard characters (*) to all missing fields."
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 *
 * One with wildcards is left as it is: a wildcard at the end of a field reaches as far, and farther.
 */
function completed(resource: string): string {
  const missing = FIELDS - resource.split(":").length;
  return missing > 0 && resource.startsWith("arn:") && !/[*?$]/.test(resource)
    ? resource + ":*".repeat(missing)
    : resource;
}
const FIELDS = 6;

const IDENTITY = "no principal in an identity-based policy";
const TRUST = "no resource in a trust policy";

/** "The Effect value is case sensitive." https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html */
function readEffect(
  found: Element | undefined,
  path: string,
  report: Report,
  unknown: string[],
): "Allow" | "Deny" | undefined {
  if (found === undefined) {
    report({ code: "missing-element", path, data: { element: "Effect" } });
    return undefined;
  }
  const { value } = found;
  if (value === "Allow" || value === "Deny") return value;
  if (isUnknown(value)) unknown.push(found.path);
  else
    report({
      code: "invalid-value",
      path: found.path,
      data: { found: printed(value), expected: "`Allow` or `Deny`" },
    });
  // An `allow` that AWS would refuse is judged all the same; what else it may be cannot be told.
  return typeof value === "string" && value.toLowerCase() === "allow" ? "Allow" : undefined;
}

/** Reads `Action` or `NotAction`, `Resource` or `NotResource`: exactly one of each pair, one text or a list. */
function readSelection(
  elements: Elements,
  name: "Action" | "Resource",
  path: string,
  report: Report,
  unknown: string[],
  read: (entry: string, at: string) => Pattern,
): Selection | undefined {
  const [plain, negated] = [elements.get(name), elements.get(`Not${name}`)];
  if (plain !== undefined && negated !== undefined)
    report({ code: "exclusive-elements", path, data: { elements: [name, `Not${name}`] } });
  const found = plain ?? negated;
  if (found === undefined) {
    report({ code: "missing-element", path, data: { element: `${name}\` or \`Not${name}` } });
    return undefined;
  }
  const entries: Entry[] = [];
  let partial = false;
  const listed = isList(found.value);
  const items: readonly (Json | Unknown)[] = isList(found.value) ? found.value : [found.value];
  items.forEach((item, index) => {
    const at = listed ? `${found.path}[${index}]` : found.path;
    if (typeof item === "string") {
      entries.push({ text: item, path: at, pattern: read(item, at) });
      return;
    }
    partial = true;
    if (isUnknown(item)) unknown.push(at);
    else {
      const expected = listed ? "a string" : "a string or a list of strings";
      report({ code: "wrong-type", path: at, data: { expected, found: kindOf(item) } });
    }
  });
  return { negated: plain === undefined, path: found.path, entries, partial };
}
