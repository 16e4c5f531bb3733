/** Condition keys whose values are what whoever makes a request writes: a policy variable of such a key names nothing. */
import { type Action } from "./authorization";
import { findConditionKey, mayCarry } from "./find-condition-key";

/** In lower case. */
const CHOSEN: ReadonlySet<string> = new Set([
  // "should be used carefully … callers can provide any value": https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-useragent
  "aws:useragent",
  "aws:referer",
  // Parameters of the request: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  "sts:rolesessionname",
  "sts:sourceidentity",
  "sts:externalid",
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
  "s3:prefix",
  "s3:delimiter",
]);
/** "compare the tag key-value pair that was passed in the request": https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requesttag */
const TAGS = "aws:requesttag/";

/** Whether the callers of some action choose the value of a key, given in lower case but for the names of tags. */
export const mayBeChosen = (key: string): boolean => CHOSEN.has(key) || key.startsWith(TAGS);

/**
 * Whether whoever calls an action chooses the value of a key, in the same form. In a request without the key a variable stands
 * for nothing: tags are passed only where the reference lists the key for the action.
 */
export function isChosenByCaller(action: Action, key: string): boolean {
  if (CHOSEN.has(key)) return mayCarry(action, key);
  return key.startsWith(TAGS) && action.conditionKeys.has(findConditionKey(key)?.key ?? key);
}
