import { findConditionKey, KNOWN } from "../catalogue";
import { CONTROLS, defineRule, GRANTING, oneOf, policy, type Violation } from "../engine";
import { contains, type Containment, type Counterexample, narrowerWithin, type Scope } from "../iam";
import { certainDenials, policyOf } from "./statements/grants";
import { printed } from "./statements/rewritten";

type Message = "exceeds" | "exceeds-in" | "not-proved" | "beyond";

export const approvedAccess = defineRule({
  id: "approved-access",
  title: "Access is proved to be approved",
  summary:
    "A policy must be proved to allow nothing that the configured reference does not; without one nothing is asked.",
  why: "A list of approved actions says nothing of resources and conditions; a reference policy says all, and a proof leaves no doubt.",
  fix: "Narrow the statement until nothing exceeds; or add to the reference what has been reviewed.",
  level: "mandatory",
  severity: "high",
  tags: ["iam", "least-privilege", "proof"],
  framework: CONTROLS["AC-6"],
  references: [
    "https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoNewAccess.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-custom-policy-checks.html",
  ],
  kinds: GRANTING,
  onlyCertain: true,
  options: {
    reference: policy(
      "What is approved: a policy document, or a list of its statements. Without it the rule asks nothing.",
    ),
    scope: oneOf<Scope>(
      "What a proof must be about: `all-actions`, those included that AWS may add, or the `known-actions` of the authorization data.",
      ["all-actions", "known-actions"],
      "all-actions",
    ),
  },
  messages: {
    exceeds: "`{action}` on `{resource}` is allowed, and is not within the approved access",
    "exceeds-in":
      "`{action}` on `{resource}` is allowed in a request with {context}, and is not within the approved access",
    "not-proved": "this is not proved to be within the approved access: {reason}",
    beyond: "this is proved to be within the approved access for the actions of the {source} only: {reason}",
  },
  // Without a reference nothing is blocked.
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/*" },
      },
    ],
    bad: [],
  },
  *check({ document: { statements, version } }, { reference, scope }) {
    if (reference === undefined) return;
    const denials = certainDenials(statements);
    for (const statement of statements) {
      const { actions, resources, condition, effect } = statement;
      // What is not known yet is said elsewhere.
      if (
        effect !== "Allow" ||
        [actions, resources].some((each) => each.negated && each.partial) ||
        condition.partial
      )
        continue;
      const candidate = policyOf([statement, ...denials], version);
      const answer = contains([reference], [candidate], KNOWN);
      const found = described(answer, scope);
      const isPartial = actions.partial || resources.partial;
      if (found === undefined || (isPartial && answer.verdict !== "exceeds")) continue;
      const instead =
        answer.verdict === "exceeds" ? narrowerWithin(statement, [reference], [candidate], KNOWN) : undefined;
      yield {
        ...found,
        path: statement.path,
        sid: statement.sid,
        fix: instead === undefined ? fixOf(answer) : printed(instead),
      };
    }
  },
});

function described(
  answer: Containment,
  scope: Scope,
): Pick<Violation<Message>, "message" | "data"> | undefined {
  switch (answer.verdict) {
    case "contained":
      return answer.scope === "all-actions" || scope === "known-actions"
        ? undefined
        : { message: "beyond", data: { reason: answer.reason, source: KNOWN.source } };
    case "not-proved":
      return { message: "not-proved", data: { reason: answer.reason } };
    case "exceeds": {
      const { action, resource } = answer.counterexample;
      const context = contextOf(answer.counterexample);
      return { message: context.length > 0 ? "exceeds-in" : "exceeds", data: { action, resource, context } };
    }
  }
}

/** The condition keys of a request that matter, as `key=value` or `no key`. */
function contextOf({ context, absent }: Counterexample): readonly string[] {
  const nameOf = (key: string): string => {
    const name = findConditionKey(key)?.name;
    return name === undefined || /[$<]/.test(name) ? key : name;
  };
  return [
    ...[...context].map(([key, values]) => `${nameOf(key)}=${values.join(", ")}`),
    ...absent.map((key) => `no ${nameOf(key)}`),
  ];
}

const fixOf = ({ verdict }: Containment): string =>
  verdict === "exceeds"
    ? "allow only what is approved; or add this to the reference once it has been reviewed"
    : "name the actions and resources as the reference has them, so that it can be proved";
