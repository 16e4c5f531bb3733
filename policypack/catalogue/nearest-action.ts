/** The action that was probably meant by one that does not exist. */
import { actionsOf, findAction, servicePrefixes } from "./authorization";
import { nearest } from "./nearest";

// Verbs that different services use for the same thing: whoever writes GetModel means DescribeModel, not DeleteModel.
const KIN: readonly (readonly string[])[] = [
  ["get", "describe", "list", "read", "retrieve", "view", "batchget", "lookup", "search", "query"],
  ["create", "put", "add", "start", "run", "register", "import", "send", "write"],
  ["update", "modify", "put", "edit", "change", "set", "configure"],
  ["delete", "remove", "deregister", "terminate", "stop", "cancel", "destroy"],
  ["invoke", "run", "start", "call", "execute", "predict"],
  ["detect", "recognize", "analyze", "classify", "find"],
];

/** Names of API operations that are authorised under another name. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const AUTHORISED_AS: ReadonlyMap<string, string> = new Map([
  ["s3:listobjects", "s3:ListBucket"],
  ["s3:listobjectsv2", "s3:ListBucket"],
  ["s3:headbucket", "s3:ListBucket"],
  ["s3:headobject", "s3:GetObject"],
  ["s3:copyobject", "s3:PutObject"],
  ["s3:createmultipartupload", "s3:PutObject"],
  ["s3:uploadpart", "s3:PutObject"],
  ["s3:completemultipartupload", "s3:PutObject"],
  ["s3:deleteobjects", "s3:DeleteObject"],
  ["s3:listbuckets", "s3:ListAllMyBuckets"],
  ["bedrock:converse", "bedrock:InvokeModel"],
  ["bedrock:conversestream", "bedrock:InvokeModelWithResponseStream"],
  ["lambda:invoke", "lambda:InvokeFunction"],
]);

/**
 * The existing action that is nearest to one that does not exist: the one a single edit away, or the same thing with a
 * verb of the same meaning, or else the one with the fewest edits.
 *
 * @param name - `service:Action`, in any case
 */
export function nearestAction(name: string): string | undefined {
  const other = AUTHORISED_AS.get(name.toLowerCase());
  if (other !== undefined) return other;
  const [prefix = "", member = ""] = name.toLowerCase().split(":");
  const known = actionsOf(prefix);
  if (known.length === 0) {
    const service = nearest(prefix, servicePrefixes());
    return service === undefined ? undefined : findAction(`${service}:${member}`)?.name;
  }
  const names = known.map((action) => action.key.slice(prefix.length + 1));
  const found = nearest(member, names, 1) ?? sameThing(prefix, member) ?? nearest(member, names);
  return found === undefined ? undefined : findAction(`${prefix}:${found}`)?.name;
}

/** The member of a service that does the same to the same thing, with another verb of the same meaning. */
function sameThing(prefix: string, member: string): string | undefined {
  for (const verbs of KIN)
    for (const verb of verbs.filter((own) => member.startsWith(own))) {
      const noun = member.slice(verb.length);
      const kin = verbs.find((other) => findAction(`${prefix}:${other}${noun}`) !== undefined);
      if (kin !== undefined) return kin + noun;
    }
  return undefined;
}
