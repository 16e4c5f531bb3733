import { type Action, emittableActions, expandAction } from "../catalogue";
import { CONTROLS, defineRule, GRANTING, strings, type Violation } from "../engine";
import type { Entry, Statement } from "../iam";
import { namedResources } from "./statements/named-resources";
import { isOneOfMany } from "./statements/named-types";
import { narrowed } from "./statements/narrowed";
import { grouped } from "./statements/grouped";
import { jointOpenings } from "./statements/joint-openings";
import { keyOf, type Opening, openingsOf, type Surroundings, surroundingsOf } from "./statements/openings";

type Message = "named" | "together" | "pattern" | "complement" | "outside" | "complement-outside";

export const noWildcardResource = defineRule({
  id: "no-wildcard-resource",
  title: "Resources are named",
  summary: "An action that can be limited to a resource must not be allowed on all resources of a type.",
  why: "Whoever takes over the workload then reads, changes or deletes what belongs to everybody else in the account.",
  fix: "Name the resources; keep `*` only for the actions that AWS cannot limit, in a statement of their own.",
  level: "mandatory",
  severity: "high",
  tags: ["iam", "least-privilege"],
  framework: CONTROLS["IAM.21"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],
  kinds: GRANTING,
  onlyCertain: true,
  options: {
    resources: strings(
      "ARNs, `*` and `?` as in a policy, that remediation names in place of `*`; they change no finding.",
      [],
      (resources) => resources.flatMap((text) => (text.startsWith("arn:") ? [] : [`\`${text}\` is no ARN`])),
    ),
  },
  messages: {
    named: "{actions} {actions?is:are} allowed on `{resource}`, which singles out no {type}",
    together:
      "{actions} {actions?is:are} allowed on {count} patterns, {resource} among them, which together single out no {type}",
    pattern:
      "{actions} {actions?is:are} allowed on `{resource}`; {count} of its actions can be limited to a resource, such as `{action}`",
    complement:
      "every action but {actions} is allowed on `{resource}`; {count} of these actions can be limited to a resource, such as `{action}`",
    outside: "{actions} {actions?is:are} allowed on everything but {resource}, which singles out no {type}",
    "complement-outside":
      "every action but {actions} is allowed on everything but {resource}; {count} of these actions can be limited to a resource, such as `{action}`",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/*" },
      },
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "rekognition:DetectLabels", Resource: "*" },
      },
    ],
    bad: [
      { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "*" } },
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: ["rekognition:DetectLabels", "rekognition:DetectCustomLabels"],
          Resource: "*",
        },
      },
    ],
  },
  remediation: {
    summary:
      "Splits a statement, so that actions AWS cannot limit stand alone on `*`, and each other action on resources of its type: those that the statement names beside `*`, and those of `resources` that lie within it. A statement in which an action is left without a resource is not touched: what it is for, only people can say.",
    *remedies({ document: { statements } }, { resources }) {
      const surroundings = surroundingsOf(statements);
      for (const statement of statements) {
        if (statement.effect !== "Allow") continue;
        const openings = openingsOf(statement, surroundings);
        if (openings.some(({ actions }) => !actions.every(isOfPassRole)))
          yield narrowed(statement, openings, resources, isOfPassRole);
      }
      for (const { statements: together } of jointOpenings(statements, surroundings))
        for (const statement of together)
          yield { statement, because: "it leaves resources open only together with other statements" };
    },
  },
  *check({ document: { statements } }) {
    const surroundings = surroundingsOf(statements);
    for (const statement of statements)
      if (statement.effect === "Allow") yield* judge(statement, surroundings);
    yield* judgeTogether(statements, surroundings);
  },
});

/** Which roles may be passed is the matter of `pass-role`. */
const isOfPassRole = ({ name }: Action): boolean => name === "iam:PassRole";

/** One violation for all that the same entries of `Resource` open, with all the actions it opens. */
function* judge(statement: Statement, surroundings: Surroundings): Generator<Violation<Message>> {
  const openings = openingsOf(statement, surroundings);
  if (openings.length === 0) return;
  const fix = namedResources(statement, openings, surroundings);
  const own = openings.filter(({ actions }) => !actions.every(isOfPassRole));
  for (const opened of byEntries(own, statement.resources.entries)) {
    const [{ entries }] = opened;
    yield {
      ...described(statement, opened),
      path: (entries[0] ?? statement.resources).path,
      sid: statement.sid,
      fix,
    };
  }
}

/** Openings by the entries that they are of, in the order of these. */
function byEntries<O extends Opening>(
  openings: readonly O[],
  order: readonly Entry[],
): readonly (readonly [O, ...O[]])[] {
  const placeOf = ([{ entries }]: readonly [O, ...O[]]): number =>
    order.findIndex((entry) => entry === entries[0]);
  return [...grouped(openings, ({ entries }) => keyOf(entries))].sort((a, b) => placeOf(a) - placeOf(b));
}

/** One violation for all that the same entries of several statements open together, at the first of them. */
function* judgeTogether(
  statements: readonly Statement[],
  surroundings: Surroundings,
): Generator<Violation<Message>> {
  for (const opened of byEntries(jointOpenings(statements, surroundings), [])) {
    const [{ entries, statements: sharers }] = opened;
    const [first] = sharers;
    if (first === undefined) continue;
    yield {
      message: "together",
      path: (entries[0] ?? first).path,
      sid: first.sid,
      data: {
        ...together(opened),
        actions: [...new Set(opened.flatMap(({ actions }) => actions.map(({ name }) => name)))],
      },
      fix: `name the resources that the workload uses in place of these patterns, in ${placesOf(sharers)}`,
    };
  }
}

/** How many of what is alike are named. */
const FIRST_FEW = 3;

function placesOf(statements: readonly Statement[]): string {
  const places = statements.map(({ path }) => `\`${path}\``);
  const more = places.length - FIRST_FEW;
  return more > 0
    ? `${places.slice(0, FIRST_FEW).join(", ")} and ${more} more`
    : `${places.slice(0, -1).join(", ")} and ${places.at(-1) ?? ""}`;
}

/** What several entries open, in words. */
const together = (opened: readonly [Opening, ...Opening[]]): Violation["data"] => ({
  resource: opened[0].entries.slice(0, FIRST_FEW).map(({ text }) => text),
  count: String(opened[0].entries.length),
  type: typesOf(opened),
});

const typesOf = (opened: readonly Opening[]): string =>
  [...new Set(opened.map((opening) => (isOneOfMany(opening) ? "resource" : opening.type.name)))]
    .slice(0, FIRST_FEW)
    .join(" or ");

/** The words for what the same entries open. */
function described(
  { actions, resources }: Statement,
  opened: readonly [Opening, ...Opening[]],
): Pick<Violation<Message>, "message" | "data"> {
  const openedActions = new Set(
    opened.flatMap(({ actions }) => actions.filter((action) => !isOfPassRole(action))),
  );
  const written = actions.entries.filter(
    (item) => actions.negated || expandAction(item.text).some((action) => openedActions.has(action)),
  );
  const isPattern = written.some((item) => /[*?]/.test(item.text));
  const names = written.map((item) =>
    /[*?]/.test(item.text) ? item.text : (expandAction(item.text)[0]?.name ?? item.text),
  );
  const [{ entries }] = opened;
  if (entries.length > 1) return { message: "together", data: { ...together(opened), actions: names } };
  const [first] = openedActions;
  const wellKnown = [...openedActions].find(({ name }) => emittableActions.includes(name)) ?? first;
  return {
    message: messageFor(actions.negated, isPattern, entries.length === 0),
    data: {
      action: wellKnown?.name ?? "",
      actions: names,
      resource: entries[0]?.text ?? resources.entries.map((item) => item.text),
      type: typesOf(opened),
      count: String(openedActions.size),
    },
  };
}

function messageFor(complement: boolean, isPattern: boolean, outside: boolean): Message {
  if (outside) return complement ? "complement-outside" : "outside";
  return complement ? "complement" : isPattern ? "pattern" : "named";
}
