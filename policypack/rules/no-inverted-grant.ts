import { authorizationData, mostDangerousFirst, serviceOf } from "../catalogue";
import { CONTROLS, defineRule, GRANTING, type Judged, type Violation } from "../engine";
import type { Statement } from "../iam";
import { effort, isAllowed } from "./statements/certain";
import { namedIn } from "./statements/principals";
import { rewritten } from "./statements/rewritten";
import { grantedActions, wholeServices } from "./statements/whole-services";

type Message = "complement" | "shared";

export const noInvertedGrant = defineRule({
  id: "no-inverted-grant",
  title: "Grants say what they allow",
  summary: "A policy must list the actions that it allows, not those that it leaves out.",
  why: "With `NotAction` an Allow grants whatever is not in the list, and what AWS adds later, without anybody having read it.",
  fix: "List in `Action` what the workload uses. Where `NotAction` grants services whole, `no-admin-access` says so; what `NotResource` opens is the matter of `no-wildcard-resource`.",
  level: "mandatory",
  severity: "high",
  tags: ["iam", "least-privilege"],
  framework: CONTROLS["AC-6"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html",
  ],
  kinds: [...GRANTING, "resource"],
  onlyCertain: true,
  options: {},
  messages: {
    complement:
      "everything but {entries} is allowed on {resources}: by the data of {date} {granted#action} of {services#service}, {granted}, and whatever AWS adds",
    shared: "{principals} may do everything but {entries} with the resource, and whatever AWS adds",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/*" },
      },
      { Version: "2012-10-17", Statement: { Effect: "Deny", NotAction: "s3:*", Resource: "*" } },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", NotAction: "s3:Delete*", Resource: "arn:aws:s3:::example-bucket/*" },
      },
    ],
  },
  *check(judged) {
    yield* judged.kind === "resource" ? sharedIn(judged) : grantedIn(judged.document);
  },
});

function* grantedIn({ statements }: Judged["document"]): Generator<Violation<Message>> {
  for (const statement of statements) {
    const { effect, actions } = statement;
    if (effect !== "Allow" || !actions.negated || actions.partial) continue;
    // One mistake is one finding: services that are granted whole are the matter of `no-admin-access`.
    if (wholeServices(statement, statements).length > 0) continue;
    const granted = mostDangerousFirst(grantedActions(statement, statements)).map(({ name }) => name);
    if (granted.length > 0) yield violationOf(statement, granted);
  }
}

/** What a resource policy allows but for a list; `NotPrincipal` is the matter of `no-not-principal`. */
function* sharedIn(judged: Judged): Generator<Violation<Message>> {
  const left = effort();
  for (const statement of judged.document.statements) {
    const { effect, actions, principals, sid } = statement;
    if (effect !== "Allow" || !actions.negated || actions.partial || principals?.negated !== false) continue;
    if (!isAllowed(judged, statement, left)) continue;
    yield {
      message: "shared",
      path: actions.path,
      sid,
      data: {
        principals: principals.partial ? ["…"] : namedIn(principals).map(({ text }) => text),
        entries: actions.entries.map(({ text }) => text),
      },
      fix: "list in `Action` what those in `Principal` use",
    };
  }
}

function violationOf(statement: Statement, granted: readonly string[]): Violation<Message> {
  const { actions, resources, sid } = statement;
  return {
    message: "complement",
    path: actions.path,
    sid,
    data: {
      entries: actions.entries.map(({ text }) => text),
      resources: resources.entries.map(({ text }) => text),
      date: authorizationData().date,
      granted,
      services: [...new Set(granted.map(serviceOf))],
    },
    fix:
      granted.length > MOST_ACTIONS || resources.partial || resources.negated
        ? "list in `Action` what the workload uses"
        : rewritten(statement, [
            { actions: [...granted].sort(), resources: resources.entries.map(({ text }) => text) },
          ]),
  };
}

/** How many actions a list to begin with may have: one that says the same, and from which to strike out. */
const MOST_ACTIONS = 24;
