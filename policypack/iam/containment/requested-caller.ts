/** The caller of a request: one in a region of principals, of whom the condition keys say the same. */
import { EVERYTHING, FIELD, literal, type Pattern } from "../pattern/pattern";
import { textOf } from "../pattern/overlap";
import { type Budget, type Region, sampleOf, UNDECIDED } from "../pattern/region";
import type { Caller, Context, PrincipalType } from "../language/request";

/** "Valid characters for names of IAM identities" have no colon: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const REST: Pattern = [{ kind: "many", of: FIELD }];
const ACCOUNT = Array.from({ length: 12 }, () => ({ kind: "one", of: { only: "1234567890" } }) as const);

/** The callers of an account, the most common first. */
const callersIn = (account: Pattern): readonly Pattern[] => [
  [...literal("AWS:arn:aws:iam::"), ...account, ...literal(":user/name"), ...REST],
  [...literal("AWS:arn:aws:sts::"), ...account, ...literal(":assumed-role/"), ...REST],
  [...literal("AWS:arn:aws:iam::"), ...account, ...literal(":"), ...REST],
];

/** What callers look like, the most common first. */
const CALLERS: readonly Pattern[] = [
  ...callersIn(ACCOUNT),
  ...["AWS:arn:", "Service:", "Federated:", "CanonicalUser:", "AWS:"].map((beginning) => [
    ...literal(beginning),
    ...EVERYTHING,
  ]),
];

/** A caller in a region, of whom the context says the same; undefined when none was found. */
export function callerIn(region: Region, context: Context, left: Budget): Caller | undefined {
  for (const form of callersOf(context)) {
    const sample = sampleOf({ all: [...region.all, form], none: region.none }, left);
    if (sample === undefined || sample === UNDECIDED) continue;
    const text = textOf(sample);
    const colon = text.indexOf(":");
    return { type: text.slice(0, colon) as PrincipalType, id: text.slice(colon + 1) };
  }
  return undefined;
}

const ROLE = /^arn:([^:]*):iam::([^:]*):role\/(?:.*\/)?([^/]+)$/;

/** The forms of callers: those of whom the condition keys speak, if they do. */
function callersOf(context: Context): readonly Pattern[] {
  const [arn] = context.get("aws:principalarn") ?? [];
  const [account] = context.get("aws:principalaccount") ?? [];
  if (arn === undefined) return account === undefined ? CALLERS : callersIn(literal(account));
  if (account !== undefined && arn.split(":")[4] !== account) return [];
  // "For assumed roles, the request context returns the ARN of the role", and it is a session of the role that asks.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
  const [, partition, owner, role] = ROLE.exec(arn) ?? [];
  return role === undefined
    ? [literal(`AWS:${arn}`)]
    : [[...literal(`AWS:arn:${partition ?? ""}:sts::${owner ?? ""}:assumed-role/${role}/session`), ...REST]];
}
