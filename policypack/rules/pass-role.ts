import { AI_SERVICE_PRINCIPALS } from "../catalogue";
import { CONTROLS, defineRule, GRANTING, strings, type Violation } from "../engine";
import {
  type Entry,
  isAboutAction,
  type JsonObject,
  matches,
  type Reading,
  spelled,
  type Statement,
  type Test,
} from "../iam";
import { binds, conditionWith, isOpenValue, whyNotBinding } from "./statements/conditions";
import { type Denials, denialsHere, isGranted, isWithin, onlyAction } from "./statements/grants";
import { namedResources } from "./statements/named-resources";
import { openingsOf, type Opening, type Surroundings, surroundingsOf } from "./statements/openings";
import {
  everywhere,
  isAboutService,
  isApproved,
  PASS_ROLE,
  PASSED_TO,
  passingTo,
  servicesIn,
} from "./statements/passing";
import { rewritten, writtenAs } from "./statements/rewritten";

type Message =
  | "star"
  | "star-action"
  | "not-action"
  | "not-resource"
  | "star-action-not-resource"
  | "not-action-not-resource"
  | "pattern"
  | "any-role"
  | "any-service"
  | "left"
  | "weak"
  | "wildcard-service"
  | "any-other-role"
  | "outside"
  | "outside-any-role"
  | "outside-any-other-role";

const ANY_ROLE = "so any role can be passed, to any service that the role trusts";
const ANY_OTHER_ROLE = "so any other role can be passed, to any service that the role trusts";

export const passRole = defineRule({
  id: "pass-role",
  title: "Roles to pass are named, and so are the services",
  summary: "A policy must allow passing named roles only, and only to approved services.",
  why: "Whoever may pass a role to a service works with all that the role may do, without having to be allowed any of it.",
  fix: "Allow `iam:PassRole` on the ARN of the role, with `iam:PassedToService` in a condition under `StringEquals`.",
  level: "mandatory",
  severity: "critical",
  tags: ["iam", "privilege-escalation", "ai"],
  framework: CONTROLS["AC-6"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
  ],
  kinds: GRANTING,
  onlyCertain: true,
  options: {
    services: strings(
      "The services that roles may be passed to, in place of the default, which has the AI services that work with a role.",
      AI_SERVICE_PRINCIPALS.map(({ name }) => name),
      (names) =>
        names.filter((name) => !/^[a-z0-9.-]+$/.test(name)).map((name) => `\`${name}\` is no service`),
    ),
  },
  messages: {
    star: `\`iam:PassRole\` is allowed on \`*\` without \`iam:PassedToService\`, ${ANY_ROLE}`,
    "star-action": `{entries} {entries?includes:include} \`iam:PassRole\`, allowed on \`*\` without \`iam:PassedToService\`, ${ANY_ROLE}`,
    "not-action": `everything but {entries} is allowed on \`*\`, \`iam:PassRole\` among it without \`iam:PassedToService\`, ${ANY_ROLE}`,
    "not-resource": `\`iam:PassRole\` is allowed on everything but {resources}, ${ANY_OTHER_ROLE}`,
    "star-action-not-resource": `{entries} {entries?includes:include} \`iam:PassRole\`, allowed on everything but {resources}, ${ANY_OTHER_ROLE}`,
    "not-action-not-resource": `everything but {entries} is allowed on everything but {resources}, \`iam:PassRole\` among it, ${ANY_OTHER_ROLE}`,
    pattern: `\`iam:PassRole\` is allowed on {resources}, which {resources?names:name} no role, without \`iam:PassedToService\`, ${ANY_ROLE}`,
    "any-role":
      "`iam:PassRole` is allowed on {resources}, which {resources?names:name} no role, so every role that the service may take over can be passed",
    "any-other-role":
      "`iam:PassRole` is allowed on everything but {resources}, so every other role that the service may take over can be passed",
    "any-service":
      "`iam:PassRole` is allowed on {except}{resources} without `iam:PassedToService`, so roles can be passed to every service that they trust, now or later",
    left: "`iam:PassRole` on {except}{resources} is bound to services by denials only, and they leave others than the approved ones",
    weak: "`{key}` under `{operator}` binds `iam:PassRole` on {except}{resources} to no service: {reason}",
    "wildcard-service":
      "`{key}` with {values} binds `iam:PassRole` on {except}{resources} to no particular service",
    outside:
      "`iam:PassRole` on {except}{resources} may pass roles to {values}, which {values?is:are} not approved",
    "outside-any-role":
      "`iam:PassRole` on {resources}, which {resources?names:name} no role, may pass any role to {values}, which {values?is:are} not approved",
    "outside-any-other-role":
      "`iam:PassRole` on everything but {resources} may pass any other role to {values}, which {values?is:are} not approved",
  },
  accessAnalyzer: {
    star: "PASS_ROLE_WITH_STAR_IN_RESOURCE",
    "star-action": "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE",
    "not-action": "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION",
    "not-resource": "PASS_ROLE_WITH_NOT_RESOURCE",
    "star-action-not-resource": "PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE",
    "not-action-not-resource": "PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: "arn:aws:iam::123456789012:role/training",
          Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
        },
      },
    ],
    bad: [
      { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "iam:PassRole", Resource: "*" } },
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: "arn:aws:iam::123456789012:role/training",
          Condition: { StringEqualsIfExists: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
        },
      },
    ],
  },
  *check({ document: { statements } }, { services }) {
    const denials = denialsHere(statements);
    const context: Context = {
      surroundings: surroundingsOf(statements),
      denials,
      services,
      approved: passingTo(services),
    };
    for (const statement of statements)
      if (isGranted(statement, PASS_ROLE, denials)) yield* judge(statement, context);
  },
});

interface Context {
  readonly surroundings: Surroundings;
  readonly denials: Denials;
  readonly services: readonly string[];
  /** passing to the approved services, and nothing else */
  readonly approved: Reading;
}

function* judge(statement: Statement, context: Context): Generator<Violation<Message>> {
  const { condition, resources, sid } = statement;
  const openings = openingsOf(onlyAction(statement, PASS_ROLE), context.surroundings);
  // Of a value that is not known yet nobody can say that it does not bind; that it is not known is said elsewhere.
  const isBound = condition.partial || isWithin(statement, PASS_ROLE, context.denials, context.approved);
  if (isBound && openings.length === 0) return;
  const found = isBound
    ? ({ message: resources.negated ? "any-other-role" : "any-role" } as const)
    : described(statement, openings, context);
  const opened = [...new Set(openings.flatMap(({ entries }) => entries))];
  const entries = entriesOf(statement);
  const named = opened.length > 0 ? opened : resources.entries;
  yield {
    message: found.message,
    path:
      found.test?.path ?? (openings.length > 0 ? (opened[0] ?? resources) : (entries[0] ?? statement)).path,
    sid,
    data: {
      entries: entries.map(({ text }) => text),
      except: resources.negated ? "everything but " : "",
      resources: named.map(({ text }) => text),
      ...found.data,
    },
    fix: fixOf(statement, openings, isBound, context),
  };
}

interface Description {
  readonly message: Message;
  /** the test that does not bind */
  readonly test?: Test;
  readonly data?: Violation["data"];
}

/** What lets `iam:PassRole` in: entries of `Action`, spelled out ones first; or all of `NotAction`. */
function entriesOf({ actions }: Statement): readonly Entry[] {
  if (actions.negated) return actions.entries;
  const all = actions.entries.filter(isPassing);
  const exact = all.filter(({ text }) => !isWild(text));
  return exact.length > 0 ? exact : all;
}
const isWild = (text: string): boolean => /[*?]/.test(text);

const isPassing = ({ pattern }: Entry): boolean => matches(pattern, PASS_ROLE.toLowerCase());

/** Why a grant is bound to no approved service. */
function described(statement: Statement, openings: readonly Opening[], context: Context): Description {
  const own = statement.condition.tests.filter(isAboutService);
  const binding = own.find((test) => binds(test) && test.texts.length > 0);
  const [weak] = own;
  const isOpen = openings.length > 0;
  if (weak === undefined) {
    const denied = context.denials.own.some(
      (denial) =>
        isAboutAction(denial, PASS_ROLE.toLowerCase()) && denial.condition.tests.some(isAboutService),
    );
    return { message: denied ? "left" : isOpen ? formOf(statement) : "any-service" };
  }
  if (binding === undefined)
    return {
      message: "weak",
      test: weak,
      data: { key: weak.name, operator: spelled(weak.operator), reason: whyNotBinding(weak) },
    };
  const values = servicesIn(binding).filter((service) => !isApproved(service, context.services));
  const open = values.filter((service) => isOpenValue(binding, service));
  return open.length > 0
    ? { message: "wildcard-service", test: binding, data: { key: binding.name, values: open } }
    : {
        message: !isOpen
          ? "outside"
          : statement.resources.negated
            ? "outside-any-other-role"
            : "outside-any-role",
        test: binding,
        data: { values: values.length > 0 ? values : servicesIn(binding) },
      };
}

/** Which of AWS's own checks says the same of a grant of any role to any service. */
function formOf(statement: Statement): Message {
  const { actions, resources } = statement;
  const isPattern = !actions.negated && entriesOf(statement).every(({ text }) => isWild(text));
  if (resources.negated)
    return actions.negated
      ? "not-action-not-resource"
      : isPattern
        ? "star-action-not-resource"
        : "not-resource";
  if (!resources.entries.some(({ text }) => /^\*+$/.test(text))) return "pattern";
  return actions.negated ? "not-action" : isPattern ? "star-action" : "star";
}

const APPROVED_ONLY =
  "name approved services only, under `StringEquals`; add a service to the option `services` once it has been reviewed";
const OWN_STATEMENT = "name the actions that the workload uses, and pass the role in a statement of its own";

/** The statement that passes named roles to approved services, and what else the statement allowed. */
function fixOf(
  statement: Statement,
  openings: readonly Opening[],
  isBound: boolean,
  context: Context,
): string {
  const { actions, resources, sid, source } = statement;
  const bound = isBound ? source : boundSource(statement, context);
  if (bound === undefined) return APPROVED_ONLY;
  const isAlone = !actions.negated && !actions.partial && actions.entries.every(isPassing);
  const isWritable =
    !actions.negated &&
    !actions.partial &&
    !resources.partial &&
    entriesOf(statement).every(({ text }) => !isWild(text));
  const own: Statement = {
    ...onlyAction(statement, PASS_ROLE),
    sid: sid === undefined || isAlone ? sid : `${sid}PassRole`,
    source: bound,
  };
  const passing =
    openings.length > 0
      ? namedResources(own, openings, context.surroundings)
      : rewritten(own, [{ actions: [PASS_ROLE], resources: resources.entries.map(({ text }) => text) }]);
  if (isAlone && isWritable) return passing;
  if (!isWritable || resources.negated) return `${OWN_STATEMENT}: ${passing}`;
  const others = actions.entries.filter((entry) => !isPassing(entry)).map(({ text }) => text);
  const rest = writtenAs(statement, [
    { actions: others, resources: resources.entries.map(({ text }) => text) },
  ]);
  return `[${rest.map((each) => JSON.stringify(each)).join()},${passing}]`;
}

/** The statement's source with a condition that binds; undefined when none of the services it names is approved. */
function boundSource({ source, condition }: Statement, context: Context): JsonObject | undefined {
  const given = condition.tests
    .filter((test) => test.key === PASSED_TO.toLowerCase() && isPassedPositively(test))
    .flatMap(({ texts }) => texts);
  const kept = given.filter((text) => everywhere(context.services).includes(text));
  const isNamed = given.some((text) => !isWild(text) && !text.includes("${"));
  // Where none can be told, it is the first that is written.
  const services = kept.length > 0 ? kept : isNamed ? [] : context.services.slice(0, 1);
  if (services.length === 0) return undefined;
  return { ...source, Condition: conditionWith(source["Condition"], "StringEquals", PASSED_TO, services) };
}

const isPassedPositively = ({ operator: { comparing } }: Test): boolean => comparing?.negated === false;
