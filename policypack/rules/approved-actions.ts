import {
  type Action,
  approvedByDefault,
  expandAction,
  knowsService,
  mostDangerousFirst,
  nearestAction,
  serviceOf,
  servicesOf,
} from "../catalogue";
import { CONTROLS, defineRule, GRANTING, strings, type Violation } from "../engine";
import {
  type Entry,
  isAboutAction,
  isFullyDenied,
  isOfOtherService,
  matches,
  parsePattern,
  type Pattern,
  remembered,
  type Selection,
  spelledService,
  type Statement,
} from "../iam";
import { doubtfulActions, doubtfulServices } from "./statements/doubtful-names";
import { namedResources } from "./statements/named-resources";
import { allowedActions, openingsOf, type Surroundings, surroundingsOf } from "./statements/openings";
import { rewritten } from "./statements/rewritten";

type Message = "not-approved" | "excess" | "complement" | "no-such-action" | "matches-nothing";

export const approvedActions = defineRule({
  id: "approved-actions",
  title: "Actions are approved",
  summary: "A policy must allow no action of a governed service that is not on the approved list.",
  why: "Every action beyond those a workload needs is one more that an attacker, or a mistake, can use.",
  fix: "Allow only actions of the approved list; add an action to the list once it has been reviewed.",
  level: "mandatory",
  severity: "high",
  tags: ["iam", "least-privilege", "ai"],
  framework: CONTROLS["AC-6"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],
  kinds: GRANTING,
  onlyCertain: true,
  options: {
    services: strings(
      "The governed services, by prefix, in place of the default; actions of other services are not judged.",
      ["s3", "sagemaker", "rekognition"],
      doubtfulServices,
    ),
    actions: strings(
      "The approved actions of the governed services, in place of the default; `*` and `?` as in a policy.",
      approvedByDefault,
      doubtfulActions,
    ),
  },
  messages: {
    "not-approved": "{excess} {excess?is:are} not approved",
    excess: "{entries} {entries?allows:allow} {excess#action} not approved: {excess}",
    complement: "everything but {entries} is allowed, {excess#action} not approved among it: {excess}",
    "no-such-action": "`{action}` does not exist; the nearest action is `{nearest}`",
    "matches-nothing": "`{action}` is no action that is known, so nobody can have approved it",
  },
  accessAnalyzer: { "no-such-action": "INVALID_ACTION" },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/*" },
      },
      {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "s3:*Object", Resource: "arn:aws:s3:::example-bucket/*" },
          { Effect: "Deny", NotAction: ["s3:GetObject", "s3:PutObject"], Resource: "*" },
        ],
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "s3:Get*", Resource: "arn:aws:s3:::example-bucket/*" },
      },
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "sagemaker:GetModel",
          Resource: "arn:aws:sagemaker:us-east-1:123456789012:model/m",
        },
      },
    ],
  },
  *check({ document: { statements } }, { services, actions }) {
    const { exact, patterns } = approvalOf(actions);
    const governed = new Set(services.map((service) => service.toLowerCase()));
    const context: Context = {
      surroundings: surroundingsOf(statements),
      governed,
      governedOf: remembered((all: readonly Action[]) =>
        all.filter(({ key }) => governed.has(serviceOf(key))),
      ),
      isApproved: (key) => exact.has(key) || patterns.some((pattern) => matches(pattern, key)),
    };
    for (const statement of statements) if (statement.effect === "Allow") yield* judge(statement, context);
  },
});

interface Approval {
  /** `service:action` in lower case */
  readonly exact: ReadonlySet<string>;
  readonly patterns: readonly Pattern[];
}

/** The approved list, read once for a configuration. */
const approvalOf = remembered((actions: readonly string[]): Approval => {
  const exact = new Set(actions.map((action) => action.toLowerCase()));
  return { exact, patterns: [...exact].filter(isWild).map((action) => parsePattern(action)) };
});

interface Context {
  readonly surroundings: Surroundings;
  /** service prefixes in lower case */
  readonly governed: ReadonlySet<string>;
  /** those of some actions that are of governed services */
  readonly governedOf: (actions: readonly Action[]) => readonly Action[];
  /** given `service:action` in lower case */
  readonly isApproved: (key: string) => boolean;
}

const isWild = (text: string): boolean => /[*?]/.test(text);

function* judge(statement: Statement, context: Context): Generator<Violation<Message>> {
  const { actions, resources, sid } = statement;
  // What a pattern stands for only elsewhere than on the statement's resources it does not allow.
  const stands = (entry: Entry): readonly Action[] =>
    context
      .governedOf(expandAction(entry.text))
      .filter((action) => !isWild(entry.text) || mayBeAboutService(resources, action));
  const isExcess = (action: Action): boolean =>
    !context.isApproved(action.key) &&
    !isFullyDenied(
      resources,
      context.surroundings.denies.filter((deny) => isAboutAction(deny, action.key)),
    );
  if (!actions.negated) for (const entry of actions.entries) yield* judgeExistence(statement, entry, context);

  const blamed = actions.negated
    ? actions.entries
    : actions.entries.filter((entry) => stands(entry).some(isExcess));
  const allowed = actions.negated
    ? context.governedOf(allowedActions(statement)).filter((action) => mayBeAboutService(resources, action))
    : blamed.flatMap(stands);
  const excess = mostDangerousFirst(new Set(allowed.filter(isExcess))).map((action) => action.name);
  if (excess.length === 0) return;
  const spelledOut = blamed.every((entry) => !isWild(entry.text));
  const [only] = blamed.length === 1 ? blamed : [];
  yield {
    message: actions.negated ? "complement" : spelledOut ? "not-approved" : "excess",
    path: only === undefined || actions.negated ? actions.path : only.path,
    sid,
    data: {
      entries: blamed.map((entry) => entry.text),
      excess,
    },
    fix: onlyApproved(statement, context),
  };
}

/** Whether resources may be some of the service of an action, or of a type that it can be about: a bucket of `backup`. */
function mayBeAboutService({ negated, entries }: Selection, { key, resourceTypes }: Action): boolean {
  return (
    negated ||
    entries.some(({ pattern }) => {
      const service = spelledService(pattern);
      return (
        service === "" ||
        service === serviceOf(key) ||
        resourceTypes.some(({ arn }) => !isOfOtherService(pattern, arn.scope))
      );
    })
  );
}

/** An entry of a governed service that stands for no action at all: a slip of the pen, or an action newer than the data. */
function* judgeExistence(
  statement: Statement,
  entry: Entry,
  context: Context,
): Generator<Violation<Message>> {
  const key = entry.text.toLowerCase();
  const service = serviceOf(key);
  if (!context.governed.has(service) || expandAction(key).length > 0 || context.isApproved(key)) return;
  const meant = knowsService(key) && !isWild(key) ? nearestAction(entry.text) : undefined;
  const at = { path: entry.path, sid: statement.sid };
  if (meant === undefined) {
    yield { ...at, message: "matches-nothing", data: { action: entry.text }, fix: "remove it" };
    return;
  }
  const fix = context.isApproved(meant.toLowerCase())
    ? onlyApproved(statement, context)
    : `remove it; the nearest action, \`${meant}\`, is not approved`;
  yield { ...at, message: "no-such-action", data: { action: entry.text, nearest: meant }, fix };
}

/** The action that was probably meant, where it is approved. */
function approvedMeaning(text: string, context: Context): readonly string[] {
  const meant = isWild(text) ? undefined : nearestAction(text);
  return meant !== undefined && context.isApproved(meant.toLowerCase()) ? [meant] : [];
}

const textsOf = (entries: readonly Entry[]): readonly string[] => entries.map((entry) => entry.text);

/** The statement with only what is approved of it. */
function onlyApproved(statement: Statement, context: Context): string {
  const { actions, resources } = statement;
  if (actions.negated || resources.negated || actions.partial || resources.partial)
    return "list the approved actions that the workload uses, and the resources of each";
  const kept = actions.entries.flatMap((entry) => {
    const expanded = expandAction(entry.text);
    const isGoverned = [serviceOf(entry.text), ...servicesOf(entry.text)].some((service) =>
      context.governed.has(service),
    );
    if (!isGoverned || context.isApproved(entry.text.toLowerCase())) return [entry.text];
    if (expanded.length === 0) return approvedMeaning(entry.text, context);
    return expanded
      .filter((action) => context.isApproved(action.key) && mayBeAboutService(resources, action))
      .map((action) => action.name)
      .sort();
  });
  if (kept.length === 0) return "remove the statement; none of its actions is approved";
  const entries = [...new Set(kept)].map((text): Entry => ({
    text,
    path: actions.path,
    pattern: parsePattern(text.toLowerCase()),
  }));
  const narrower: Statement = { ...statement, actions: { ...actions, entries } };
  // A statement to copy should pass, so what is left of it also names its resources.
  const openings = openingsOf(narrower, context.surroundings);
  return openings.length === 0
    ? rewritten(narrower, [{ actions: textsOf(entries), resources: textsOf(resources.entries) }])
    : namedResources(narrower, openings, context.surroundings);
}
