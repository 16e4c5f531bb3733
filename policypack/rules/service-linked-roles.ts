import { CONTROLS, defineRule, GRANTING } from "../engine";
import {
  covers,
  isAboutAction,
  isFullyDenied,
  matches,
  parsePattern,
  type Statement,
  unconditionalDenies,
} from "../iam";

type Message =
  "exact" | "pattern" | "complement" | "exact-outside" | "pattern-outside" | "complement-outside";

const ACTION = "iam:createservicelinkedrole";
const ANY_ARN = parsePattern("arn:*");

export const serviceLinkedRoles = defineRule({
  id: "service-linked-roles",
  title: "Service-linked roles are made for named services",
  summary: "The action iam:CreateServiceLinkedRole must be limited to the services that it is needed for.",
  why: "Whoever may make any service-linked role can let any AWS service act in the account, with permissions that AWS sets.",
  fix: "Name the service by `iam:AWSServiceName`, or the role by its path `aws-service-role/<service>/`.",
  level: "advisory",
  severity: "medium",
  tags: ["iam", "validation", "least-privilege"],
  framework: CONTROLS["AC-6"],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html"],
  kinds: GRANTING,
  onlyCertain: true,
  options: {},
  messages: {
    exact: "`{action}` is allowed on every resource, so for every service",
    pattern:
      "`{action}` takes in `iam:CreateServiceLinkedRole`, and is allowed on every resource, so for every service",
    complement: "`NotAction` leaves `iam:CreateServiceLinkedRole` in, and that is allowed for every service",
    "exact-outside": "`{action}` is allowed on everything but {resources}",
    "pattern-outside":
      "`{action}` takes in `iam:CreateServiceLinkedRole`, and is allowed on everything but {resources}",
    "complement-outside":
      "`NotAction` leaves `iam:CreateServiceLinkedRole` in, and that is allowed on everything but {resources}",
  },
  accessAnalyzer: {
    exact: "CREATE_SLR_WITH_STAR_IN_RESOURCE",
    pattern: "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE",
    complement: "CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION",
    "exact-outside": "CREATE_SLR_WITH_NOT_RESOURCE",
    "pattern-outside": "CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE",
    "complement-outside": "CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "iam:CreateServiceLinkedRole",
          Resource: "*",
          Condition: { StringEquals: { "iam:AWSServiceName": "sagemaker.amazonaws.com" } },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "iam:CreateServiceLinkedRole", Resource: "*" },
      },
    ],
  },
  *check({ document: { statements } }) {
    const granting = statements.filter((statement) => statement.effect === "Allow" && isOpen(statement));
    if (granting.length === 0) return;
    const denies = unconditionalDenies(statements).filter((deny) => isAboutAction(deny, ACTION));
    for (const statement of granting) {
      const { actions, resources, sid } = statement;
      if (isFullyDenied(resources, denies)) continue;
      const entry = actions.negated
        ? undefined
        : actions.entries.find(({ pattern }) => matches(pattern, ACTION));
      const way =
        entry === undefined ? "complement" : entry.text.toLowerCase() === ACTION ? "exact" : "pattern";
      yield {
        message: resources.negated ? (`${way}-outside` satisfies Message) : way,
        path: (entry ?? actions).path,
        sid,
        data: { action: entry?.text ?? "", resources: resources.entries.map(({ text }) => text) },
        fix: fixOf(statement, way),
      };
    }
  },
});

/** A statement for one service: AWS names such a role by the path of its service. */
function fixOf({ sid, source }: Statement, way: "exact" | "pattern" | "complement"): string {
  const condition = typeof source["Condition"] === "object" ? source["Condition"] : {};
  const narrow = JSON.stringify({
    ...(sid === undefined || way !== "exact" ? {} : { Sid: sid }),
    Effect: "Allow",
    Action: "iam:CreateServiceLinkedRole",
    Resource: "arn:aws:iam::*:role/aws-service-role/<service>.amazonaws.com/*",
    ...(way === "exact" && Object.keys(condition ?? {}).length > 0 ? { Condition: condition } : {}),
  });
  return way === "exact" ? narrow : `name the actions that are needed, and allow this one by ${narrow}`;
}

/** Whether a statement is about the action on whatever resource, and no service is named. */
function isOpen(statement: Statement): boolean {
  const { resources } = statement;
  if (!isAboutAction(statement, ACTION)) return false;
  const isWide = resources.negated
    ? !resources.partial && !resources.entries.some(({ pattern }) => covers([pattern], ANY_ARN))
    : resources.entries.some(({ pattern }) => covers([pattern], ANY_ARN));
  return isWide && !namesService(statement);
}

/** Whether a test that binds names services, by the beginning of their names at least. */
const namesService = ({ condition }: Statement): boolean =>
  condition.partial ||
  condition.tests.some(
    ({ key, texts, operator: { comparing, qualifier, ifExists } }) =>
      key === "iam:awsservicename" &&
      comparing?.negated === false &&
      !ifExists &&
      qualifier !== "ForAllValues" &&
      (!comparing.comparison.includes("pattern") || texts.every((text) => !/^[*?]/.test(text))),
  );
