/** Of resource types that would all do, those that people work with. */
import { type Action, expandAction, findAction, type ResourceType, serviceOf } from "./authorization";
import { emittableActions } from "./capabilities";

/**
 * Condition keys that say by which action of the service something is being made while it is tagged.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
export const TAGGING_KEYS: ReadonlySet<string> = new Set(["sagemaker:taggingaction"]);

/** How many actions of each type there are in a service; AI workflows weigh more than anything else. */
function renownIn(service: string): ReadonlyMap<string, number> {
  const known = renown.get(service);
  if (known !== undefined) return known;
  const made = new Map<string, number>();
  const count = ({ requiredTypes }: Action, weight: number): void => {
    for (const type of requiredTypes) made.set(type, (made.get(type) ?? 0) + weight);
  };
  for (const action of expandAction(`${service}:*`)) count(action, 1);
  for (const name of emittableActions.filter((each) => serviceOf(each) === service)) {
    const action = findAction(name);
    if (action !== undefined) count(action, OF_WORKFLOWS);
  }
  renown.set(service, made);
  return made;
}
// INVARIANT: bounded by the number of services.
const renown = new Map<string, ReadonlyMap<string, number>>();
const OF_WORKFLOWS = 1000;

/** The types of an action, the best known first: that of which the service has the most actions. */
export function wellKnownFirst(action: Action): readonly ResourceType[] {
  const known = renownIn(serviceOf(action.key));
  return [...action.resourceTypes].sort(
    (one, other) => (known.get(other.name) ?? 0) - (known.get(one.name) ?? 0),
  );
}
