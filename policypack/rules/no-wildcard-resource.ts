import { type Action, emittableActions, expandAction } from "../catalogue";
import { CONTROLS, defineRule, GRANTING, strings, type Violation } from "../engine";
import type { Entry, Statement } from "../iam";
import { namedResources } from "./statements/named-resources";
import { isOneOfMany } from "./statements/named-types";
import { narrowed } from "./statements/narrowed";
import { type Opening, openingsOf, type Surroundings, surroundingsOf } from "./statements/openings";

type Message = "named" | "pattern" | "complement" | "outside" | "complement-outside";

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
    },
  },
  *check({ document: { statements } }) {
    const surroundings = surroundingsOf(statements);
    for (const statement of statements)
      if (statement.effect === "Allow") yield* judge(statement, surroundings);
  },
});

/** Which roles may be passed is the matter of `pass-role`. */
const isOfPassRole = ({ name }: Action): boolean => name === "iam:PassRole";

/** One violation for each entry of `Resource` that opens a type, with all the actions it opens. */
function* judge(statement: Statement, surroundings: Surroundings): Generator<Violation<Message>> {
  const openings = openingsOf(statement, surroundings);
  if (openings.length === 0) return;
  const fix = namedResources(statement, openings, surroundings);
  const own = openings.filter(({ actions }) => !actions.every(isOfPassRole));
  const { entries, negated } = statement.resources;
  for (const entry of negated ? [undefined] : entries) {
    const opened = own.filter((opening) => opening.entry === entry);
    if (opened.length === 0) continue;
    yield {
      ...described(statement, entry, opened),
      path: (entry ?? statement.resources).path,
      sid: statement.sid,
      fix,
    };
  }
}

/** The words for what an entry opens. */
function described(
  { actions, resources }: Statement,
  entry: Entry | undefined,
  opened: readonly Opening[],
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
  const [first] = openedActions;
  const wellKnown = [...openedActions].find(({ name }) => emittableActions.includes(name)) ?? first;
  return {
    message: messageFor(actions.negated, isPattern, entry === undefined),
    data: {
      action: wellKnown?.name ?? "",
      actions: names,
      resource: entry?.text ?? resources.entries.map((item) => item.text),
      type: [...new Set(opened.map((opening) => (isOneOfMany(opening) ? "resource" : opening.type.name)))]
        .slice(0, 3)
        .join(" or "),
      count: String(openedActions.size),
    },
  };
}

function messageFor(complement: boolean, isPattern: boolean, outside: boolean): Message {
  if (outside) return complement ? "complement-outside" : "outside";
  return complement ? "complement" : isPattern ? "pattern" : "named";
}
