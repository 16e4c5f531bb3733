/** What to say of escalations: one thing for each statement that opens paths, with the shortest spelled out. */
import { type EscalationPath, placeholderArn, typesOfStep } from "../../catalogue";
import type { Judged, Violation, ViolationData } from "../../engine";
import { partitionsOf, remembered, type Statement } from "../../iam";
import { LIFTS_BOUNDARY, WRITES_POLICY } from "./escalation-asks";
import { type Escalation, escalationsOf, type Step } from "./escalations";

/** `certain` where the policies alone open the path, `possible` where that hangs on what they do not show. */
export type Certainty = "certain" | "possible";

/**
 * How sure it is that a path leads on; undefined where it is what the policy is for. To pass one named role on, or to use
 * one named function, was somebody's decision about that one: only who knows what it holds can judge it.
 */
export function certaintyOf({ path: { reach, use }, extent }: Escalation): Certainty | undefined {
  switch (reach) {
    case "own permissions":
      return extent === "any" || extent === "own" ? "certain" : "possible";
    case "another principal":
      return extent === "any" ? "certain" : "possible";
    case "new principal":
      return extent === "one" ? "possible" : "certain";
    case "passed role":
      if (extent === "any") return use === "code" ? "certain" : "possible";
      return extent === "one" ? undefined : "possible";
    case "existing role":
      return extent === "any" ? "possible" : undefined;
  }
}

/** A statement that opens paths. */
export interface Opened {
  readonly statement: Statement;
  readonly shortest: Escalation;
  readonly others: readonly Escalation[];
}

/** The statements that open paths of some certainty; of what they open for certain nothing is said to be possible. */
export function openedBy(
  escalations: readonly Escalation[],
  certainty: Certainty,
  certaintyIn: (escalation: Escalation) => Certainty | undefined = certaintyOf,
): readonly Opened[] {
  const byStatement = new Map<Statement, Escalation[]>();
  const blamed = new Set<Statement>();
  const those = (wanted: Certainty): readonly Escalation[] =>
    escalations.filter((each) => certaintyIn(each) === wanted);
  if (certainty === "possible") for (const { steps } of those("certain")) blamed.add(steps[0].statement);
  for (const each of withoutDetours(those(certainty))) {
    const { statement } = each.steps[0];
    if (!blamed.has(statement)) byStatement.set(statement, [...(byStatement.get(statement) ?? []), each]);
  }
  return [...byStatement].flatMap(([statement, all]) => {
    const [shortest, ...others] = [...all].sort((a, b) => a.steps.length - b.steps.length);
    return shortest === undefined ? [] : [{ statement, shortest, others }];
  });
}

/** Without the paths that another one is a part of. */
const withoutDetours = (escalations: readonly Escalation[]): readonly Escalation[] =>
  escalations.filter(
    ({ path }) =>
      !escalations.some(
        ({ path: other }) =>
          other.actions.length < path.actions.length &&
          other.actions.every((action) => path.actions.includes(action)),
      ),
  );

/** The words for what a statement opens; `target` are those for what is at the end of the shortest path, where that is known. */
export const dataOf = (
  { shortest, others }: Opened,
  placeOf: (step: Step) => string | undefined,
  target?: string,
): ViolationData => ({
  steps: inOrder(shortest)
    .map((step) => stepWords(step, placeOf(step)))
    .join(", then "),
  gain: gainOf(shortest, target),
  path: shortest.path.actions,
  others: others.map(({ path }) => path.actions.join(" + ")),
});

/** As they are done: a policy is written before it is attached, and what binds by a boundary is done before that is gone. */
const inOrder = ({ steps }: Escalation): readonly Step[] => [...steps].sort((a, b) => rankOf(a) - rankOf(b));

const rankOf = ({ action }: Step): number =>
  WRITES_POLICY.test(action) ? 0 : LIFTS_BOUNDARY.test(action) ? 2 : 1;

const stepWords = (step: Step, place: string | undefined): string =>
  `\`${step.action}\` on ${resourceWords(step)}${place === undefined ? "" : ` (${place})`}`;

function resourceWords({ entry, statement: { resources } }: Step): string {
  if (entry !== undefined) return `\`${entry.text}\``;
  return `everything but ${resources.entries.map(({ text }) => `\`${text}\``).join(", ") || "nothing"}`;
}

/** What whoever has the policies can do. */
function gainOf({ path, steps: [first], extent }: Escalation, known: string | undefined): string {
  const target = known ?? (extent === "any" ? undefined : resourceWords(first));
  const [service = ""] = path.services;
  switch (path.reach) {
    case "own permissions":
      return target === undefined || extent === "own"
        ? "give itself any permission"
        : `give any permission to whoever has or is ${target}, itself included if that is so`;
    case "another principal":
      return `act as ${target ?? `any ${path.actions.some((action) => action.includes("Role")) ? "role" : "user"}`}`;
    case "new principal":
      return path.actions.includes("iam:CreateRole")
        ? "make a role with any permission, and assume it"
        : "make a user with any permission, and act as it";
    case "passed role": {
      const some =
        target === undefined ? `any role that trusts \`${service}\`` : `whichever role of ${target}`;
      const role = known ?? some;
      return path.use === "code" ? `run code with ${role}` : `have \`${service}\` act with ${role}`;
    }
    case "existing role":
      return first.action === "sts:AssumeRole"
        ? "become any role that trusts it"
        : `act with the role of any ${typeName(first.action)}`;
  }
}

const typeName = (action: string): string => typesOfStep(action)[0]?.name.replace(/-/g, " ") ?? "resource";

/** The statement to write instead, where it can be given: named roles to named services, and nothing that widens permissions. */
export function narrowerThan({ statement, shortest, others }: Opened): string {
  const { actions, resources, condition, source, sid } = statement;
  const paths = [shortest, ...others].map(({ path }) => path);
  const keys = [...new Set(paths.map((path) => path.actions[0]))];
  const isSpelledOut =
    !actions.negated && !actions.partial && !actions.entries.some(({ text }) => /[*?]/.test(text));
  if (!isSpelledOut || resources.negated || resources.partial || condition.partial) return inWords(keys);
  const partition = partitionsOf(resources.entries.map(({ text }) => text))[0] ?? "aws";
  const bounded = keys.filter((key) => MAKES.test(key));
  const kept = actions.entries
    .map(({ text }) => text)
    .filter((text) => !keys.some((key) => key.toLowerCase() === text.toLowerCase()))
    .filter((text) => bounded.length === 0 || !LIFTS_BOUNDARY.test(text));
  const named = keys.filter((key) => paths.some((path) => path.actions[0] === key && isNamed(path)));
  const make = (part: readonly string[], resource: unknown, condition: unknown, index: number): object => ({
    ...(sid === undefined ? {} : { Sid: index === 0 ? sid : `${sid}${index + 1}` }),
    Effect: "Allow",
    Action: part.length === 1 ? part[0] : part,
    Resource: resource,
    ...(condition === undefined ? {} : { Condition: condition }),
  });
  const parts = [
    ...(kept.length === 0 ? [] : [[kept, source["Resource"], source["Condition"]] as const]),
    ...bounded.map((key) => [[key], source["Resource"], withBoundary(source, partition)] as const),
    ...named.map((key) => {
      const [type] = typesOfStep(key);
      const resource = type === undefined ? "*" : placeholderArn(type, { partition }, false);
      return [[key], resource, conditionOf(statement, key, paths)] as const;
    }),
  ];
  if (parts.length === 0) return "remove the statement";
  const written = parts.map(([part, resource, condition], index) => make(part, resource, condition, index));
  return JSON.stringify(written.length === 1 ? written[0] : written);
}

const MAKES = /^iam:Create(Role|User)$/;

/** The condition of a statement, with a permissions boundary that whoever is made must have. */
function withBoundary({ Condition }: Statement["source"], partition: string): unknown {
  const tests = membersOf(Condition);
  const [policy] = typesOfStep("iam:CreatePolicy");
  const boundary = policy && placeholderArn(policy, { partition }, false).replace("<policy>", "<boundary>");
  return {
    ...tests,
    StringEquals: { ...membersOf(tests["StringEquals"]), "iam:PermissionsBoundary": boundary },
  };
}

const isNamed = ({ reach }: EscalationPath): boolean => reach === "passed role" || reach === "existing role";

/** The condition of the statement, with the service that a role may be passed to where it does not say. */
function conditionOf({ source }: Statement, key: string, paths: readonly EscalationPath[]): unknown {
  const own = source["Condition"];
  const [service] = paths.find(({ actions }) => actions[0] === key)?.services ?? [];
  const isSaid = JSON.stringify(own ?? {})
    .toLowerCase()
    .includes("iam:passedtoservice");
  if (service === undefined || isSaid) return own;
  const tests = membersOf(own);
  return {
    ...tests,
    StringEquals: { ...membersOf(tests["StringEquals"]), "iam:PassedToService": service },
  };
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};

const inWords = (keys: readonly string[]): string =>
  `list the actions that are needed one by one, without ${keys.map((key) => `\`${key}\``).join(", ")}`;

const found = remembered((statements: readonly Statement[]) =>
  escalationsOf({ statements, boundary: undefined }),
);

/** What a document opens by itself. In a stack it is the identities that are judged, each by all that bears on it. */
export function* violationsOf(
  { document: { statements }, subject }: Judged,
  certainty: Certainty,
): Generator<Violation<"path" | "paths">> {
  if ("urn" in subject) return;
  for (const opened of openedBy(found(statements), certainty)) {
    const { statement, others } = opened;
    const placeOf = (step: Step): string | undefined =>
      step.statement === statement ? undefined : `\`${step.statement.path}\``;
    yield {
      message: others.length === 0 ? "path" : "paths",
      path: statement.path,
      sid: statement.sid,
      data: dataOf(opened, placeOf),
      fix: narrowerThan(opened),
    };
  }
}
