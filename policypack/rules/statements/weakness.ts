/** Why a test does not shut anybody out, in words. */
import { neededValues, type Test } from "../../iam";

/** What is wrong with a test on a key that would bind; given that it does not. */
export function weaknessOf(test: Test): string {
  const { operator, name, texts } = test;
  const key = `\`${name}\``;
  const { comparing, qualifier, ifExists } = operator;
  if (comparing === undefined) return `\`Null\` only asks whether ${key} is there`;
  if (ifExists) return `\`IfExists\` lets a request without ${key} pass`;
  if (qualifier === "ForAllValues") return `\`ForAllValues\` lets a request without ${key} pass`;
  if (comparing.negated) return `\`${operator.name}\` on ${key} lets all but the named pass`;
  const open = neededValues(test)?.find((text) => /[*?]/.test(text));
  if (open !== undefined) return `\`${open}\` for ${key} lets others pass`;
  return `${texts.length === 0 ? "no value" : `\`${texts[0] ?? ""}\``} for ${key} says too little`;
}
