/** The size of a document, as AWS's quotas count it. */
import { isList } from "./element";
import { isUnknown, type Json, type Unknown } from "./json";

/**
 * "IAM does not count white space when calculating the size of a policy against these quotas."
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 *
 * @param text - the document as JSON text, however it is laid out
 * @returns the number of its characters that are not white space
 */
export const sizeOf = (text: string): number => text.replace(/\s/g, "").length;

/**
 * The size of a value as text. What is not known yet counts as the one character that a value has at least. It walks without
 * recursion: a value may be nested deeper than the stack of those who call themselves.
 */
export function leastSizeOf(value: Json | Unknown): number {
  let size = 0;
  const left: (Json | Unknown)[] = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (isUnknown(next)) size += 1;
    else if (typeof next !== "object" || next === null) size += sizeOf(JSON.stringify(next));
    else {
      const members = isList(next) ? next : Object.values(next);
      const keys = isList(next) ? [] : Object.keys(next);
      size += 2 + Math.max(0, members.length - 1) + keys.length;
      for (const key of keys) size += sizeOf(JSON.stringify(key));
      for (const member of members) left.push(member);
    }
  }
  return size;
}
