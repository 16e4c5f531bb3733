/** From an excess to a request that AWS could receive: a real action, an ARN of a type it has, a caller, and condition keys. */
import { serviceIn } from "./action-index";
import { byFields } from "./cells";
import type { Excess } from "./exploration";
import {
  ANY,
  EVERYTHING,
  FIELD,
  hasVariable,
  literal,
  loosened,
  matches,
  type Pattern,
  type Resolve,
  resolved,
  type Token,
  variablesIn,
} from "./pattern";
import { factsOf } from "./pattern-facts";
import { isExact, overlaps, textOf } from "./overlap";
import { type Budget, type Region, sampleOf, UNDECIDED, type Undecided } from "./region";
import type { Caller, Context, PrincipalType, Request } from "./request";
import { exampleOf, type KnownKeys } from "./satisfy";

/** An action that exists, and the resources that it can be about. */
export interface KnownAction {
  /** `s3:GetObject` */
  readonly name: string;
  /** the forms of the resources, the most telling first; none for an action that is about no resource */
  readonly resources: readonly Pattern[];
}

/** What is known of AWS's services: ring 1 knows. */
export interface Known extends KnownKeys {
  /** the known actions that a pattern of actions in lower case matches */
  readonly actionsOf: (pattern: Pattern) => Iterable<KnownAction>;
  /** where that comes from, for people: `authorization data of 2026-09-26` */
  readonly source: string;
}

/** A request that was found; or why there is none that is known to be possible. */
export type Realised =
  | { readonly kind: "request"; readonly request: Request }
  /** no known action has such resources: only one that AWS adds could be such a request */
  | { readonly kind: "beyond"; readonly action: KnownAction | undefined }
  /** the action is spelled out, and not known */
  | { readonly kind: "unknown-action"; readonly action: string }
  /** only a request without this key would exceed, though AWS says that there is none */
  | { readonly kind: "never-sent"; readonly key: string }
  | { readonly kind: "undecided" };

/** Requests of an excess, one for each known action that can be one; or, as the last word, why there are none. */
export function* requestsOf(
  { statement, cell, assignment }: Excess,
  known: Known,
  left: Budget,
): Generator<Realised> {
  const context = contextOf(assignment, [...cell.resources.all, ...cell.resources.none]);
  const resources = resolvedRegion(cell.resources, context);
  const principal = statement.principals === undefined ? undefined : callerIn(cell.principals, context, left);
  const [missing] = [...assignment].filter(
    ([key, values]) => values === undefined && known.isAlwaysThere(key),
  );
  if (missing !== undefined) {
    yield { kind: "never-sent", key: missing[0] };
    return;
  }
  if (resources === undefined || (statement.principals !== undefined && principal === undefined)) {
    yield { kind: "undecided" };
    return;
  }
  let lastKnown: KnownAction | undefined;
  let isDoubtful = [...cell.resources.all, ...cell.resources.none].some(hasVariable);
  for (const action of actionsIn(cell.actions, known)) {
    lastKnown = action;
    const resource = resourceIn(resources, action, left);
    if (resource === UNDECIDED) isDoubtful = true;
    else if (resource !== undefined)
      yield { kind: "request", request: { action: action.name, resource, principal, context } };
  }
  const own = cell.actions.all.find((pattern) => factsOf(pattern).isExact);
  const spelledOut = statement.actions.negated || own === undefined ? undefined : textOf(own);
  if (lastKnown === undefined && spelledOut !== undefined)
    yield { kind: "unknown-action", action: spelledOut };
  else yield isDoubtful ? { kind: "undecided" } : { kind: "beyond", action: lastKnown };
}

const holds = ({ all, none }: Region, text: string): boolean =>
  all.every((pattern) => matches(pattern, text)) && !none.some((pattern) => matches(pattern, text));

const actions = new WeakMap<Known, WeakMap<Region, readonly KnownAction[]>>();

/** Known actions of a region: of those that are about the same resources one, since nothing else tells them apart here. */
function* actionsIn(region: Region, known: Known): Generator<KnownAction> {
  const byRegion = actions.get(known) ?? new WeakMap<Region, readonly KnownAction[]>();
  actions.set(known, byRegion);
  const found = byRegion.get(region);
  if (found !== undefined) {
    yield* found;
    return;
  }
  const own = region.all.find((pattern) => serviceIn(pattern) !== undefined) ?? EVERYTHING;
  const byResources = new Map<readonly Pattern[], KnownAction>();
  // Mostly the first will do, and the services need not all be read.
  for (const action of known.actionsOf(own))
    if (!byResources.has(action.resources) && holds(region, action.name.toLowerCase())) {
      byResources.set(action.resources, action);
      yield action;
    }
  byRegion.set(region, [...byResources.values()]);
}

/** Whether some request with one of these actions and one of these resources may be known of, or be spelled out. */
export function mayBeKnown(actions: Region, resources: Region, known: Known): boolean {
  const isSpelledOut = actions.all.some(isExact);
  const own = resources.all.map(loosened);
  let isKnown = false;
  for (const { resources: forms } of actionsIn(actions, known)) {
    isKnown = true;
    if (
      forms.length === 0
        ? isSpelledOut || holds(resources, "*")
        : forms.some((form) => own.every((each) => overlaps(each, form)))
    )
      return true;
  }
  return isSpelledOut && !isKnown;
}

const NO_RESOURCE = [literal("*")];

/**
 * A resource of an action in a region of ARNs; undefined when it has none there. Where a wildcard must match beyond its field
 * of the ARN, as that of `arn:aws:lambda:*:function:f` does, names with a colon are not looked for: they could make any
 * pattern match, and hardly any resource has one.
 */
function resourceIn(
  { all, none }: Region,
  { resources }: KnownAction,
  left: Budget,
): string | undefined | Undecided {
  const isNone = resources.length === 0;
  const found = firstSample(all.map(byFields), isNone ? NO_RESOURCE : resources, none, left);
  if (typeof found === "string") return found;
  const beyond = firstSample(all, isNone ? NO_RESOURCE : plainly(resources), none, left);
  return beyond ?? found;
}

const plain = new WeakMap<readonly Pattern[], readonly Pattern[]>();

/** The forms of resources with no colon in their names. */
function plainly(forms: readonly Pattern[]): readonly Pattern[] {
  const known = plain.get(forms);
  if (known !== undefined) return known;
  const made = forms.map((form) =>
    form.map((token): Token =>
      token.kind !== "literal" && token.of === ANY ? { ...token, of: FIELD } : token,
    ),
  );
  plain.set(forms, made);
  return made;
}

function firstSample(
  all: readonly Pattern[],
  forms: readonly Pattern[],
  none: readonly Pattern[],
  left: Budget,
): string | undefined | Undecided {
  let answer: undefined | Undecided;
  for (const form of forms) {
    const sample = sampleOf({ all: [...all, form], none }, left);
    if (sample === UNDECIDED) answer = UNDECIDED;
    else if (sample !== undefined) return textOf(sample);
  }
  return answer;
}

/** The condition keys of a request: those that are asked about, and those that policy variables stand for. */
function contextOf(assignment: Excess["assignment"], patterns: readonly Pattern[]): Context {
  const context = new Map<string, readonly string[]>();
  const values = [...assignment].filter((entry) => entry[1] !== undefined);
  for (const [key, own = []] of values) if (!own.some(hasVariable)) context.set(key, own.map(textOf));
  const resolve: Resolve = (variable) => {
    const key = variable.key.toLowerCase();
    const known = context.get(key);
    if (known !== undefined) return known[0];
    if (assignment.has(key) && assignment.get(key) === undefined) return variable.fallback;
    const value = exampleOf(key);
    context.set(key, [value]);
    return value;
  };
  for (const [key, own = []] of values)
    if (!context.has(key))
      context.set(
        key,
        own.map((pattern) => textOf(resolved(pattern, resolve) ?? [])),
      );
  for (const variable of patterns.flatMap(variablesIn)) resolve(variable);
  return context;
}

/** The region with the values of policy variables in place; undefined when one of them has none. */
function resolvedRegion({ all, none }: Region, context: Context): Region | undefined {
  const resolve: Resolve = ({ key, fallback }) => context.get(key.toLowerCase())?.[0] ?? fallback;
  const own = all.map((pattern) => resolved(pattern, resolve));
  const others = none.map((pattern) => resolved(pattern, resolve));
  return own.includes(undefined)
    ? undefined
    : {
        all: own.filter((pattern) => pattern !== undefined),
        none: others.filter((pattern) => pattern !== undefined),
      };
}

const NAME: Pattern = [...literal("name"), ...EVERYTHING];
const ACCOUNT = Array.from({ length: 12 }, () => ({ kind: "one", of: { only: "1234567890" } }) as const);

/** The callers of an account, the most common first. */
const callersIn = (account: Pattern): readonly Pattern[] => [
  [...literal("AWS:arn:aws:iam::"), ...account, ...literal(":user/"), ...NAME],
  [...literal("AWS:arn:aws:sts::"), ...account, ...literal(":assumed-role/"), ...EVERYTHING],
  [...literal("AWS:arn:aws:iam::"), ...account, ...literal(":"), ...EVERYTHING],
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
function callerIn(region: Region, context: Context, left: Budget): Caller | undefined {
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
    : [
        [
          ...literal(`AWS:arn:${partition ?? ""}:sts::${owner ?? ""}:assumed-role/${role}/session`),
          ...EVERYTHING,
        ],
      ];
}
