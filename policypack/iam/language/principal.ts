/**
 * The `Principal` element: who a resource-based policy or a trust policy is about.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { type Element, isList, isObject, kindOf, printed, shortened } from "./element";
import { isUnknown, type Json, type Unknown } from "./json";
import { PARTITIONS } from "../pattern/arn";
import { EVERYTHING, literal, type Pattern, printPattern } from "../pattern/pattern";
import type { Problem } from "./problem";
import type { Caller, PrincipalType } from "./request";
import type { Entry, Selection } from "./statement";

const TYPES: readonly PrincipalType[] = ["AWS", "Service", "Federated", "CanonicalUser"];
type Report = (problem: Problem) => void;

/** A caller as the one text that the patterns of principals are about: `AWS:arn:aws:iam::123456789012:user/bob`. */
export const callerText = ({ type, id }: Caller): string => `${type}:${id}`;

/**
 * Reads `Principal` or `NotPrincipal`: `"*"`, or lists of principals by type. One entry may stand for several patterns:
 * an account is all its identities, a role is all its sessions.
 *
 * @param unknown - collects the paths of values that are not known yet
 */
export function readPrincipals(
  found: Element,
  negated: boolean,
  report: Report,
  unknown: string[],
): Selection {
  const entries: Entry[] = [];
  let partial = false;
  const read = (type: PrincipalType, item: Json | Unknown, path: string): void => {
    if (typeof item === "string") {
      const patterns = patternsOf(type, item);
      if (patterns.length === 0) report(invalid(path, item, EXPECTED[type]));
      partial ||= patterns.length === 0;
      for (const pattern of patterns) entries.push({ text: item, path, pattern });
      return;
    }
    partial = true;
    if (isUnknown(item)) unknown.push(path);
    else report({ code: "wrong-type", path, data: { expected: "a string", found: kindOf(item) } });
  };
  const { value, path } = found;
  if (value === "*") entries.push({ text: "*", path, pattern: EVERYTHING });
  else if (isObject(value))
    for (const [name, members] of Object.entries(value)) {
      const type = TYPES.find((known) => known === name);
      const at = `${path}.${name}`;
      if (type === undefined) {
        partial = true;
        report({ code: "unknown-element", path: at, data: { element: shortened(name), names: TYPES } });
      } else if (isList(members))
        members.forEach((item, index) => {
          read(type, item, `${at}[${index}]`);
        });
      else read(type, members, at);
    }
  else {
    partial = true;
    if (isUnknown(value)) unknown.push(path);
    else report(invalid(path, value, '`*` or an object such as `{"AWS": …}`'));
  }
  return { negated, path, entries, partial };
}

const invalid = (path: string, found: Json, expected: string): Problem => ({
  code: "invalid-value",
  path,
  data: { found: printed(found), expected },
});

const EXPECTED: Readonly<Record<PrincipalType, string>> = {
  AWS: "an account, the ARN of an identity, or `*`",
  Service: "a service principal such as `sagemaker.amazonaws.com`",
  Federated: "an identity provider",
  CanonicalUser: "a canonical user id",
};

/** Whether a principal is an account: the identities in it, as far as their own policies allow. */
export const isAccount = (text: string): boolean => ACCOUNT.test(text) || ROOT.test(text);

/** Names that stand beside another one of the same identity: a unique id, a canonical user, the federated session of a user. */
const BY_NAME = /^(CanonicalUser:|AWS:A[A-Z]{3}[A-Z0-9]|AWS:arn:[^:]*:sts::[^:]*:federated-user\/)/;

/** Whether somebody a selection names may be named otherwise elsewhere. */
export const mayBeNamedOtherwise = ({ entries }: Selection): boolean =>
  entries.some((entry) => BY_NAME.test(printPattern(entry.pattern)));

const ACCOUNT = /^\d{12}$/;
const ROOT = /^arn:([\w-]+):iam::(\d{12}):root$/;
const ROLE = /^arn:([\w-]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;
const IDENTITY =
  /^arn:[\w-]+:(iam::\d{12}:user|iam::cloudfront:user|sts::\d{12}:(federated-user|assumed-role\/[^*?/]+))\/[^*?]+$/;
// "When you specify users … in a Principal element, … you cannot use a wildcard to match part of a principal name or ARN."
// A deleted identity is shown by its unique id: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
const UNIQUE_ID = /^A[A-Z]{3}[A-Z0-9]{12,}$/;

/** What a principal stands for, as patterns over the texts of callers; none when it is no principal. */
function patternsOf(type: PrincipalType, id: string): readonly Pattern[] {
  const exactly = (text: string): Pattern => literal(`${type}:${text}`);
  const anyOf = (text: string): Pattern => [...exactly(text), ...EVERYTHING];
  if (type !== "AWS") return id === "" || /[*?]/.test(id) ? [] : [exactly(id)];
  // "The following elements are equivalent: "Principal": "*", "Principal": { "AWS": "*" }"
  if (id === "*") return [EVERYTHING];
  const [, partition, account = id] = ROOT.exec(id) ?? [];
  // "When you specify an AWS account, … it delegates authority to the account": all identities in it.
  if (ACCOUNT.test(account))
    return (partition === undefined ? PARTITIONS : [partition]).flatMap((name) => [
      anyOf(`arn:${name}:iam::${account}:`),
      anyOf(`arn:${name}:sts::${account}:`),
    ]);
  const [, place, owner, role] = ROLE.exec(id) ?? [];
  // A role acts through its sessions: `arn:aws:sts::123456789012:assumed-role/name/session`, without the role's path.
  if (role !== undefined && !/[*?]/.test(id))
    return [anyOf(`arn:${place ?? ""}:sts::${owner ?? ""}:assumed-role/${role}/`), exactly(id)];
  return IDENTITY.test(id) || UNIQUE_ID.test(id) ? [exactly(id)] : [];
}
