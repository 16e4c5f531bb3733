/** Reads CloudFormation templates: text, JSON or YAML, to the values in it; what only CloudFormation can tell is unknown. */
import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import { isUnknown, type Json, type JsonObject, type Problem, readJson, UNKNOWN, type Unknown } from "../iam";
import { isObject } from "./plain-values";

/** A value read from text, as far as it can be told, and what is wrong with the text. */
export interface TemplateReading {
  readonly value: Json | Unknown;
  readonly problems: readonly Problem[];
}

/** Reads a template from its text. One that is neither JSON nor YAML is not known: nobody can say what it makes. */
export function readTemplate(text: string): TemplateReading {
  const { value, problems } = readJson(text);
  if (value !== undefined) return { value, problems };
  if (text.length > MOST_CHARACTERS) return { value: UNKNOWN, problems: [] };
  try {
    return { value: readYaml(text), problems: [] };
  } catch {
    // Deeper than the stack: no template that CloudFormation takes.
    return { value: UNKNOWN, problems: [] };
  }
}

/** "Template body size in a request: 51,200 bytes." https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_CHARACTERS = 51_200;

/** Loaded for the first YAML template only: most programs have none, and every start would pay for it. */
const yaml = (): typeof Yaml => createRequire(__filename)("yaml") as typeof Yaml;

/**
 * YAML as CloudFormation takes it. All scalars are read as text, which is what the policy language makes of them, so that
 * `Version: 2012-10-17` is no date and an account no number.
 */
function readYaml(text: string): Json | Unknown {
  const { isMap, isScalar, isSeq, parseDocument } = yaml();
  const document = parseDocument(text, { schema: "failsafe", logLevel: "silent" });
  if (document.errors.length > 0) return UNKNOWN;
  const read = (node: unknown): Json | Unknown => {
    if (node === null) return null;
    // A tag such as `!Sub` is an intrinsic function; "aliases" are not supported.
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
    if (isMap(node) && !isTagged(node))
      return Object.fromEntries(
        node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : "", read(value)]),
      );
    if (isSeq(node) && !isTagged(node)) return node.items.map(read);
    if (isScalar(node) && !isTagged(node)) return typeof node.value === "string" ? node.value : null;
    return UNKNOWN;
  };
  return read(document.contents);
}

const isTagged = ({ tag }: { readonly tag?: string }): boolean => tag?.startsWith("!") ?? false;

/** The value with intrinsic functions as unknown values. */
export function resolved(value: Json | Unknown): Json | Unknown {
  if (isUnknown(value)) return value;
  if (Array.isArray(value)) return value.map(resolved);
  if (!isObject(value)) return value;
  return isIntrinsic(value)
    ? UNKNOWN
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item)]));
}

/** `{"Ref": …}`, `{"Fn::Sub": …}`; `Fn::Transform` may stand beside what it transforms. */
function isIntrinsic(value: JsonObject): boolean {
  const keys = Object.keys(value);
  return keys.some((key) => key.startsWith("Fn::")) || (keys.length === 1 && keys[0] === "Ref");
}
