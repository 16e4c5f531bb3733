/** The name somebody probably meant. */
import { distance } from "fastest-levenshtein";
import { actionsOf, servicePrefixes } from "./authorization";

/** The candidate with the fewest edits to the text, when they are few enough to be a slip; undefined otherwise. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let fewest = Math.max(2, Math.floor(text.length / 3)) + 1;
  for (const candidate of candidates) {
    const edits = distance(text.toLowerCase(), candidate.toLowerCase());
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best;
}

// Verbs that different services use for the same thing: whoever writes GetModel means DescribeModel, not DeleteModel.
const KIN: readonly (readonly string[])[] = [
  ["Get", "Describe", "List", "Read", "Retrieve", "View", "BatchGet", "Lookup", "Search", "Query"],
  ["Create", "Put", "Add", "Start", "Run", "Register", "Import", "Send", "Write"],
  ["Update", "Modify", "Put", "Edit", "Change", "Set", "Configure"],
  ["Delete", "Remove", "Deregister", "Terminate", "Stop", "Cancel", "Destroy"],
  ["Invoke", "Run", "Start", "Call", "Execute", "Predict"],
  ["Detect", "Recognize", "Analyze", "Classify", "Find"],
];

/** Names of API operations that are authorised under another name. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const AUTHORISED_AS: Readonly<Record<string, string>> = {
  "s3:listobjects": "s3:ListBucket",
  "s3:listobjectsv2": "s3:ListBucket",
  "s3:headbucket": "s3:ListBucket",
  "s3:headobject": "s3:GetObject",
  "s3:copyobject": "s3:PutObject",
  "s3:createmultipartupload": "s3:PutObject",
  "s3:uploadpart": "s3:PutObject",
  "s3:completemultipartupload": "s3:PutObject",
  "s3:deleteobjects": "s3:DeleteObject",
  "s3:listbuckets": "s3:ListAllMyBuckets",
  "bedrock:converse": "bedrock:InvokeModel",
  "bedrock:conversestream": "bedrock:InvokeModelWithResponseStream",
  "lambda:invoke": "lambda:InvokeFunction",
};

const splitVerb = (name: string): readonly [string, string] => {
  const verb = /^(Batch)?[A-Z][a-z]*/.exec(name)?.[0] ?? "";
  return [verb, name.slice(verb.length)];
};

/**
 * The existing action that is nearest to one that does not exist: the same thing with a verb of the same meaning, or
 * else the one with the fewest edits.
 *
 * @param name - `service:Action`, in any case
 */
export function nearestAction(name: string): string | undefined {
  const other = AUTHORISED_AS[name.toLowerCase()];
  if (other !== undefined) return other;
  const [prefix = "", member = ""] = name.split(":");
  const known = actionsOf(prefix.toLowerCase());
  if (known.length === 0) {
    const service = nearest(prefix, servicePrefixes());
    return service === undefined
      ? undefined
      : actionsOf(service).find((action) => action.key.endsWith(`:${member.toLowerCase()}`))?.name;
  }
  const names = known.map((action) => action.name.slice(action.name.indexOf(":") + 1));
  const [verb, noun] = splitVerb(member.charAt(0).toUpperCase() + member.slice(1));
  const kin = KIN.filter((verbs) => verbs.includes(verb)).flat();
  const sameThing = kin.map((other) => other + noun).find((candidate) => names.includes(candidate));
  const found = sameThing ?? nearest(member, names);
  return found === undefined ? undefined : `${known[0]?.name.split(":")[0] ?? prefix}:${found}`;
}
