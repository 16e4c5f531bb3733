/** Services that a statement lets act for whoever asks them: the confused deputy. */
import { KNOWN } from "../../catalogue";
import type { Judged } from "../../engine";
import {
  type Budget,
  fixes,
  isBound,
  isUnknown,
  type Json,
  type JsonObject,
  neededValues,
  type Statement,
  type Test,
  type Unknown,
} from "../../iam";
import { aloneOf } from "./certain";
import { conditioned, written } from "./conditioned";
import { type Named, namedIn } from "./principals";
import { weaknessOf } from "./weakness";

type Fixings = Readonly<Record<string, Parameters<typeof fixes>[1]>>;

/**
 * The keys that say for whom a service acts, and how their values must be fixed. A bucket's ARN names no account: "If the
 * aws:SourceArn value does not contain the account ID, … you must use both".
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
const SOURCES: Fixings = {
  "aws:sourceaccount": "account",
  "aws:sourcearn": "account-arn",
  "aws:sourceorgid": "organization",
  "aws:sourceorgpaths": "organization-path",
  "aws:sourceowner": "account",
};

/** Keys of the resource's own service that say so too. */
const OF_RESOURCES: Fixings = {
  "kms:calleraccount": "account",
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
  "kms:encryptioncontext:": "account-arn",
  // A skill's id: https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
  "lambda:eventsourcetoken": "text",
};

/** Keys that a service's own request never has: it belongs to no organization. */
const NEVER_THERE = /^aws:principalorg(id|paths)$/;

export interface Unbound {
  readonly kind: "unbound" | "weak" | "never" | "undecided";
  readonly services: readonly Named[];
  readonly why: string;
}

/**
 * The services that a statement lets act for others, together where it is for the same reason.
 *
 * @param isAsked - whether a service is to be bound
 * @param alsoBinds - whether a test binds a service in another way
 */
export function unboundServices(
  judged: Judged,
  statement: Statement,
  isAsked: (service: string) => boolean,
  alsoBinds: (test: Test, service: string) => boolean,
  left: Budget,
): readonly Unbound[] {
  const { principals, effect, condition } = statement;
  if (effect !== "Allow" || principals?.negated !== false) return [];
  const found = new Map<string, Unbound>();
  for (const named of namedIn(principals)) {
    if (named.kind !== "Service" || !isAsked(named.text)) continue;
    const alone = aloneOf(judged, statement, named.selection);
    if (alone === undefined) continue;
    const binds = (test: Test): boolean => saysForWhom(test, judged) || alsoBinds(test, named.text);
    const answer = isBound([alone], binds, KNOWN, [], left);
    if (answer.bound === true) continue;
    const never = condition.tests.find(
      (test) => NEVER_THERE.test(test.key) && neededValues(test) !== undefined,
    );
    const why =
      never?.name ?? (answer.bound === "unknown" ? answer.reason : whyUnbound(condition.tests, judged));
    const kind =
      never !== undefined
        ? "never"
        : answer.bound === "unknown"
          ? "undecided"
          : why === ""
            ? "unbound"
            : "weak";
    found.set(kind, { kind, why, services: [...(found.get(kind)?.services ?? []), named] });
  }
  return [...found.values()];
}

function fixingOf(key: string, judged: Judged): Fixings[string] | undefined {
  if (judged.kind === "trust") return SOURCES[key];
  const start = Object.keys(OF_RESOURCES).find((each) => key.startsWith(each));
  return SOURCES[key] ?? (start === undefined ? undefined : OF_RESOURCES[start]);
}

function saysForWhom(test: Test, judged: Judged): boolean {
  const fixing = fixingOf(test.key, judged);
  return fixing !== undefined && fixes(test, fixing);
}

const whyUnbound = (tests: readonly Test[], judged: Judged): string =>
  tests
    .map((test) => {
      if (fixingOf(test.key, judged) === undefined) return `\`${test.name}\` does not`;
      return fixes(test, "arn") && test.key === "aws:sourcearn"
        ? `\`${test.texts[0] ?? ""}\` names no account`
        : weaknessOf(test);
    })
    .join("; ");

/**
 * The statement with the condition that binds the services, and what else it lets in a statement of its own.
 *
 * @param value - what the key must be
 */
export function boundStatement(
  statement: Statement,
  services: readonly Named[],
  key: string,
  value = "<account-id>",
): string | undefined {
  const { Principal, Sid } = statement.source;
  const names = services.map(({ text }) => text);
  const others = withoutServices(Principal, names);
  const bound = conditioned(
    statement,
    { StringEquals: { [key]: value } },
    {
      Principal: { Service: one(names) },
      ...(others !== undefined && typeof Sid === "string" ? { Sid: `${Sid}2` } : {}),
    },
  );
  if (bound === undefined || others === undefined) return bound;
  const left = written({ ...statement.source, Principal: others });
  return left === undefined ? undefined : `[${left},${bound}]`;
}

const one = (items: readonly string[]): string | readonly string[] =>
  items.length === 1 && items[0] !== undefined ? items[0] : items;

/** The principals that are left without some services; undefined when there are none. */
function withoutServices(principal: JsonValue | undefined, names: readonly string[]): JsonObject | undefined {
  if (principal === undefined || isUnknown(principal) || typeof principal !== "object") return undefined;
  const left: Record<string, JsonValue> = {};
  for (const [type, ids] of Object.entries(principal ?? {})) {
    const listed: readonly JsonValue[] = isUnknown(ids) ? [ids] : [ids].flat();
    const kept = listed.filter((id) => type !== "Service" || typeof id !== "string" || !names.includes(id));
    const [only] = kept;
    if (only !== undefined) left[type] = kept.length === 1 ? only : kept;
  }
  return Object.keys(left).length === 0 ? undefined : left;
}
type JsonValue = Json | Unknown;
