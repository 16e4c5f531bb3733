/** Which requests carry tags: the keys about them are global, but not every service has tags, and not every request names any. */
import { type Action, actionsOf, serviceOf } from "./authorization";
import { mayCarry } from "./find-condition-key";

type Tags = "resource" | "request";

/** What a condition key says of tags: those of the resource, or those that the request is to set. */
const tagsOf = (key: string): Tags | undefined =>
  /^aws:resourcetag\//i.test(key)
    ? "resource"
    : /^aws:(requesttag\/|tagkeys$)/i.test(key)
      ? "request"
      : undefined;

const LISTED: Readonly<Record<Tags, RegExp>> = {
  resource: /(^|:)resourcetag\//,
  request: /^aws:(requesttag\/|tagkeys$)|:requestobjecttag/,
};
const lists = (action: Action, tags: Tags): boolean =>
  [...action.conditionKeys].some((key) => LISTED[tags].test(key));

const supporting = new Map<string, boolean>();

/** Whether a service knows tags of a kind at all: whether the reference lists a key about them for any of its actions. */
function supports(prefix: string, tags: Tags): boolean {
  const key = `${prefix} ${tags}`;
  const known = supporting.get(key) ?? actionsOf(prefix).some((action) => lists(action, tags));
  // INVARIANT: bounded by the number of services, since only actions of the data are asked about.
  supporting.set(key, known);
  return known;
}

/** Why no request for an action has a condition key. */
export type Absence = "not carried" | "no tags in the service";

/**
 * Why no request for an action has a key, given as in a policy; undefined where some may have it. What is made may be given the
 * tags of its request, so only an action that reads, and that the reference does not list the key for, is certain not to.
 */
export function absenceOf(action: Action, key: string): Absence | undefined {
  const tags = tagsOf(key);
  if (tags === undefined) return mayCarry(action, key) ? undefined : "not carried";
  if (!supports(serviceOf(action.key), tags)) return "no tags in the service";
  const reads = [...action.accessLevels].every((level) => level === "Read" || level === "List");
  return reads && !lists(action, tags) && (tags === "request" || action.resourceTypes.length === 0)
    ? "not carried"
    : undefined;
}
