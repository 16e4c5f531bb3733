import { type Action, emittableActions, expandAction, type ResourceType, widestRequired } from "../catalogue";
import { defineRule, type Violation } from "../engine";
import {
  ANY_NAME,
  arbitraryIn,
  arbitraryOutside,
  type ArnTemplate,
  type Entry,
  isAboutAction,
  isAboutResource,
  partitionsOf,
  type Pattern,
  type Statement,
  unconditionalDenies,
} from "../iam";
import { namedResources, type Opened } from "./fixes/named-resources";

type Message = "named" | "pattern" | "complement";

export const noWildcardResource = defineRule({
  id: "no-wildcard-resource",
  title: "Resources are named",
  summary: "An action that can be limited to a resource must not be allowed on all resources of a type.",
  why: "Whoever takes over the workload then reads, changes or deletes what belongs to everybody else in the account.",
  fix: "Name the resources; keep `*` only for the actions that AWS cannot limit, in a statement of their own.",
  level: "mandatory",
  severity: "high",
  tags: ["iam", "least-privilege"],
  framework: {
    name: "AWS Foundational Security Best Practices",
    version: "1.0.0",
    reference: "IAM.21",
    specification:
      "IAM customer managed policies that you create should not allow wildcard actions for services",
  },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],
  options: {},
  messages: {
    named: "{actions} {verb} allowed on {where}, which names no {type}",
    pattern:
      "{actions} {verb} allowed on {where}; {count} of its actions can be limited to a resource, such as `{action}`",
    complement:
      "every action but {actions} is allowed on {where}; {count} of these actions can be limited to a resource, such as `{action}`",
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
  *check({ document: { statements } }) {
    const resources = statements.flatMap((statement) => statement.resources.entries);
    const context: Context = {
      denies: unconditionalDenies(statements),
      partitions: partitionsOf(resources.map((entry) => entry.text)),
      mentioned: resources.map((entry) => entry.pattern),
    };
    for (const statement of statements) if (statement.effect === "Allow") yield* judge(statement, context);
  },
});

interface Context {
  readonly denies: readonly Statement[];
  readonly partitions: readonly string[];
  readonly mentioned: readonly Pattern[];
}

/** One violation for each entry of `Resource` that opens a type, with all the actions it opens. */
function* judge(statement: Statement, context: Context): Generator<Violation<Message>> {
  const byEntry = new Map<Entry | undefined, Opened[]>();
  for (const group of alike(actionsOf(statement), context.denies))
    for (const { entry, type } of openingsOf(statement, group, context)) {
      const opened = byEntry.get(entry) ?? [];
      byEntry.set(entry, opened);
      for (const action of group) opened.push({ action, type });
    }
  const opening = new Set(byEntry.keys());
  for (const [entry, opened] of byEntry) {
    const fix = namedResources(statement, entry, opening, opened, context.partitions[0] ?? "aws");
    yield {
      ...described(statement, entry, opened),
      path: (entry ?? statement.resources).path,
      sid: statement.sid,
      fix,
    };
  }
}

/** The actions that a statement allows, of those that AWS's reference knows. */
function actionsOf({ actions }: Statement): readonly Action[] {
  const listed = new Set(actions.entries.flatMap((entry) => expandAction(entry.text)));
  if (!actions.negated) return [...listed];
  return actions.partial ? [] : expandAction("*").filter((action) => !listed.has(action));
}

type Group = readonly [Action, ...Action[]];

/** Actions of which one answer holds for all: the same types, and the same denials. `*` has 22,000 actions, and far fewer groups. */
function alike(actions: readonly Action[], denies: readonly Statement[]): readonly Group[] {
  const byTypes = new Map<readonly ResourceType[], Map<string, [Action, ...Action[]]>>();
  for (const action of actions) {
    const widest = widestRequired(action);
    if (widest === "*") continue;
    const groups = byTypes.get(action.resourceTypes) ?? new Map<string, [Action, ...Action[]]>();
    byTypes.set(action.resourceTypes, groups);
    const key = [widest, ...denies.map((deny) => isAboutAction(deny, action.key))].join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [action]);
    else group.push(action);
  }
  return [...byTypes.values()].flatMap((groups) => [...groups.values()]);
}

interface Opening {
  /** the entry that opens the type; undefined when `NotResource` does */
  readonly entry: Entry | undefined;
  readonly type: ResourceType;
  /** an arbitrary ARN of the type that is let in */
  readonly arn: string;
}

/** What a statement, less what is denied, opens of the first resource type of which it opens anything. */
function openingsOf(statement: Statement, [action]: Group, context: Context): readonly Opening[] {
  const denies = context.denies.filter((deny) => isAboutAction(deny, action.key));
  const namesTypeOnly = widestRequired(action) === "type/*";
  for (const type of action.resourceTypes) {
    const template = namesTypeOnly ? anyResourceBeside(type.arn) : type.arn;
    const openings = context.partitions
      .flatMap((partition) => lettingIn(statement, template, partition, context.mentioned))
      .filter(({ arn }) => !denies.some((deny) => isAboutResource(deny, arn)));
    if (openings.length > 0) return openings.map((opening) => ({ ...opening, type }));
  }
  return [];
}

/** The entries of `Resource` that let in every ARN of a template, each alone or, failing that, all together. */
function lettingIn(
  { resources }: Statement,
  template: ArnTemplate,
  partition: string,
  mentioned: readonly Pattern[],
): readonly Omit<Opening, "type">[] {
  const patterns = resources.entries.map((entry) => entry.pattern);
  if (resources.negated) {
    const arn = resources.partial ? undefined : arbitraryOutside(patterns, template, partition, mentioned);
    return arn === undefined ? [] : [{ entry: undefined, arn }];
  }
  const alone = resources.entries.flatMap((entry) => {
    const arn = arbitraryIn([entry.pattern], template, partition, mentioned);
    return arn === undefined ? [] : [{ entry, arn }];
  });
  if (alone.length > 0 || patterns.length < 2) return alone;
  const arn = arbitraryIn(patterns, template, partition, mentioned);
  return arn === undefined ? [] : [{ entry: resources.entries[0], arn }];
}

/** Any resource of the service: what a pattern that names at least the type does not let in. */
const anyResourceBeside = (arn: ArnTemplate): ArnTemplate => ({
  ...arn,
  resource: [
    { kind: "one", of: ANY_NAME.first },
    { kind: "many", of: ANY_NAME.rest },
  ],
});

/** The words for what a statement opens. */
function described(
  { actions, resources }: Statement,
  entry: Entry | undefined,
  opened: readonly Opened[],
): Pick<Violation<Message>, "message" | "data"> {
  const openedActions = new Set(opened.map(({ action }) => action));
  const written = actions.entries.filter(
    (item) => actions.negated || expandAction(item.text).some((action) => openedActions.has(action)),
  );
  const isPattern = written.some((item) => /[*?]/.test(item.text));
  const names = written.map((item) =>
    /[*?]/.test(item.text) ? item.text : (expandAction(item.text)[0]?.name ?? item.text),
  );
  const excluded = resources.entries.map((item) => `\`${item.text}\``).join(", ");
  return {
    message: actions.negated ? "complement" : isPattern ? "pattern" : "named",
    data: {
      action:
        (opened.find(({ action }) => emittableActions.includes(action.name)) ?? opened[0])?.action.name ?? "",
      actions: names,
      resource: entry?.text ?? resources.entries.map((item) => item.text),
      type: [...new Set(opened.map(({ type }) => type.name))].slice(0, 3).join(" or "),
      count: String(openedActions.size),
      verb: names.length === 1 ? "is" : "are",
      where: entry === undefined ? `everything but ${excluded}` : `\`${entry.text}\``,
    },
  };
}
