import { authorizationData, emittableActions, serviceOf, servicesOf, servicePrefixes } from "../catalogue";
import { CONTROLS, defineRule, GRANTING, strings, type Violation } from "../engine";
import type { Entry, Statement } from "../iam";
import { doubtfulServices } from "./statements/doubtful-names";
import { grantedActions, jointGrants, type WholeService, wholeServices } from "./statements/whole-services";

type Message = "admin" | "services" | "complement" | "together";

export const noAdminAccess = defineRule({
  id: "no-admin-access",
  title: "No service is granted whole",
  summary: "A policy must not allow every action of all services, or of one.",
  why: "Among the actions of a service are those that change who may use it; nobody has reviewed them all, and AWS adds more.",
  fix: "Name the actions that the workload uses; list in `services` what may be granted whole.",
  level: "mandatory",
  severity: "critical",
  tags: ["iam", "least-privilege"],
  framework: CONTROLS["IAM.21"],
  references: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  ],
  kinds: GRANTING,
  onlyCertain: true,
  options: {
    services: strings("The services that may be granted whole, by prefix.", [], (services) =>
      services.length === 0 ? [] : doubtfulServices(services),
    ),
  },
  messages: {
    admin:
      "{entries} {entries?allows:allow} every action of every service on {outside}{resources}{denied}{condition}",
    services:
      "{entries} {entries?allows:allow} every action of {services} on {outside}{resources}{denied}{condition}",
    complement:
      "everything but {entries} is allowed on {outside}{resources}: {count} actions by the data of {date}, among them all of {services#service}, and whatever AWS adds{denied}{condition}",
    together:
      "together with {others}, {entries} {entries?allows:allow} every action of {services} on {outside}{resources}{denied}{condition}",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/*" },
      },
      {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::example-bucket/*" },
          { Effect: "Deny", NotAction: ["s3:GetObject", "s3:PutObject"], Resource: "*" },
        ],
      },
    ],
    bad: [
      { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "sagemaker:**", Resource: "*" },
      },
    ],
  },
  *check({ document: { statements } }, { services }) {
    const granted = new Set(services.map((service) => service.toLowerCase()));
    const others = (whole: readonly WholeService[]): readonly WholeService[] =>
      whole.filter(({ prefix }) => !granted.has(prefix));
    for (const statement of statements) {
      const whole = others(wholeServices(statement, statements));
      if (whole.length > 0) yield violationOf(statement, whole, [], statements);
    }
    for (const { statement, others: earlier, services: joint } of jointGrants(statements)) {
      const whole = others(joint);
      if (whole.length > 0) yield violationOf(statement, whole, earlier, statements);
    }
  },
});

function violationOf(
  statement: Statement,
  whole: readonly WholeService[],
  others: readonly Statement[],
  statements: readonly Statement[],
): Violation<Message> {
  const { actions, resources, sid, condition } = statement;
  const prefixes = new Set(whole.map(({ prefix }) => prefix));
  const entries = actions.negated
    ? actions.entries
    : actions.entries.filter((entry) => isPartOf(entry, prefixes));
  const [only] = entries.length === 1 ? entries : [];
  const denied = whole.reduce((sum, service) => sum + service.denied, 0);
  const keys = [...new Set(condition.tests.map(({ name }) => name))];
  return {
    message: messageFor(statement, whole, others),
    path: only === undefined || actions.negated ? actions.path : only.path,
    sid,
    data: {
      entries: entries.map(({ text }) => text),
      outside: resources.negated ? "everything but " : "",
      resources: resources.entries.map(({ text }) => text),
      services: [...prefixes],
      others: others.map(({ sid: name, path }) => name ?? path),
      count: String(actions.negated ? grantedActions(statement, statements).length : 0),
      date: authorizationData().date,
      denied: denied === 0 ? "" : `, but for ${denied} that ${denied === 1 ? "is" : "are"} denied`,
      condition:
        keys.length === 0 ? "" : `, under a condition on ${keys.map((key) => `\`${key}\``).join(", ")}`,
    },
    fix: fixOf([...prefixes]),
  };
}

const isPartOf = ({ text }: Entry, prefixes: ReadonlySet<string>): boolean =>
  [...servicesOf(text)].some((prefix) => prefixes.has(prefix));

function messageFor(
  { actions }: Statement,
  whole: readonly WholeService[],
  others: readonly Statement[],
): Message {
  if (others.length > 0) return "together";
  if (actions.negated) return "complement";
  return whole.length === servicePrefixes().length ? "admin" : "services";
}

function fixOf(prefixes: readonly string[]): string {
  const [only] = prefixes.length === 1 ? prefixes : [];
  const example = emittableActions.find((action) => prefixes.includes(serviceOf(action)));
  const of = only === undefined ? "" : ` of \`${only}\``;
  return `name the actions${of} that the workload uses${example === undefined ? "" : `, such as \`${example}\``}`;
}
