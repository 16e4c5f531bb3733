import { bindingOf } from "../catalogue";
import { account, CONTROLS, defineRule, type Judged, type Remedy, strings, type Violation } from "../engine";
import { type Budget, fixes, type JsonObject, type Statement } from "../iam";
import { effort } from "./statements/certain";
import { boundStatement, type Unbound, unboundServices } from "./statements/unbound-services";

type Message = Unbound["kind"] | "unlisted";

/** What to do where no statement can be given. */
const FIXES: Readonly<Partial<Record<Message, string>>> = {
  unlisted:
    "add a condition on `aws:SourceAccount` where the service's documentation has it; else name the service in `bound`",
  never: "replace the condition with one on `aws:SourceAccount`",
  undecided: "write the condition as `StringEquals` on `aws:SourceAccount`",
};

export const confusedDeputy = defineRule({
  id: "confused-deputy",
  title: "Services assume a role for one account",
  summary: "A trust policy must say for which account or resource a service may assume the role.",
  why: "A service works for all customers of AWS; asked by another one, it would act with this role, for them.",
  fix: "Add a condition on `aws:SourceAccount`, and on `aws:SourceArn` where the service's page gives its form.",
  level: "advisory",
  severity: "medium",
  tags: ["iam", "trust", "confused-deputy"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  ],
  kinds: ["trust"],
  options: {
    bound: strings(
      "Service principals that are bound in another way, such as `example.amazonaws.com`; they are not judged.",
      [],
    ),
    account: account("The account that the roles are of: for it alone may services act with them."),
  },
  messages: {
    unbound:
      "{services} may assume the role for whoever asks: no condition says for which account, as {page} has it",
    weak: "{services} may assume the role for whoever asks, for the condition does not say for which account: {why}",
    unlisted:
      "no condition says for which account {services} may assume the role; whether iam:PassRole binds the service anyway is not known here",
    never:
      "{services} {services?belongs:belong} to no organization, so that `{why}` is never there and nothing is allowed",
    undecided: "whether {services} may assume the role for whoever asks could not be decided: {why}",
  },
  accessAnalyzer: { never: "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL" },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { Service: "sagemaker.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      },
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { Service: "sagemaker.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      },
    ],
  },
  remediation: {
    summary:
      "Adds `aws:SourceAccount` with the configured `account`, for services of which AWS's page asks for it. No trust policy says of which account its role is, so without `account` nothing is done; nor is it where a service is not known to send the account, or sends an external id instead.",
    *remedies(judged, { bound, account }) {
      const left = effort();
      for (const statement of judged.document.statements) {
        const unbound = unboundIn(judged, statement, bound, left);
        if (unbound.length > 0) yield remedyOf(unbound, statement, account);
      }
    },
  },
  *check(judged, { bound, account }) {
    const left = effort();
    for (const statement of judged.document.statements)
      for (const unbound of unboundIn(judged, statement, bound, left))
        for (const part of byPage(unbound)) yield violationOf(part, statement, account);
  },
});

const unboundIn = (
  judged: Judged,
  statement: Statement,
  bound: readonly string[],
  left: Budget,
): readonly Unbound[] =>
  unboundServices(
    judged,
    statement,
    (service) => !bound.includes(service) && bindingOf(service, "role")?.by !== "pass-role",
    (test, service) =>
      bindingOf(service, "role")?.by === "external-id" &&
      test.key === "sts:externalid" &&
      fixes(test, "text"),
    left,
  );

/** The statement with the account in it: where all its services are known to send theirs. */
function remedyOf(unbound: readonly Unbound[], statement: Statement, account: string): Remedy {
  const services = unbound.flatMap((each) => each.services);
  const other = services.find(({ text }) => bindingOf(text, "role")?.by !== "condition");
  if (unbound.some(({ kind }) => kind === "never" || kind === "undecided"))
    return { statement, because: "its condition must be replaced" };
  if (other !== undefined)
    return {
      statement,
      because:
        bindingOf(other.text, "role") === undefined
          ? `whether \`${other.text}\` sends \`aws:SourceAccount\` is not known`
          : `\`${other.text}\` sends \`sts:ExternalId\`, and which one is not known`,
    };
  if (account === "") return { statement, because: "`account` is not configured" };
  const written = boundStatement(statement, services, "aws:SourceAccount", account);
  return written === undefined
    ? { statement, because: "a part of the statement is not known yet" }
    : { statement, statements: [JSON.parse(written) as JsonObject | readonly JsonObject[]].flat() };
}

interface Part extends Unbound {
  readonly page: string | undefined;
}

/** Of the services without any condition, those of which AWS's page is known, and the others. */
function byPage(unbound: Unbound): readonly Part[] {
  if (unbound.kind !== "unbound") return [{ ...unbound, page: undefined }];
  const pageOf = ({ text }: Unbound["services"][number]): string | undefined =>
    bindingOf(text, "role")?.source;
  const known = unbound.services.filter((each) => pageOf(each) !== undefined);
  const others = unbound.services.filter((each) => pageOf(each) === undefined);
  return [known, others]
    .filter((services) => services.length > 0)
    .map((services) => ({ ...unbound, services, page: services[0] && pageOf(services[0]) }));
}

function violationOf(
  { kind, services, why, page }: Part,
  statement: Statement,
  account: string,
): Violation<Message> {
  const [first] = services.length === 1 ? services : [];
  const isExternal = services.every(({ text }) => bindingOf(text, "role")?.by === "external-id");
  const key = isExternal ? "sts:ExternalId" : "aws:SourceAccount";
  const message = kind === "unbound" && page === undefined ? "unlisted" : kind;
  return {
    message,
    path: first?.path ?? statement.principals?.path ?? statement.path,
    sid: statement.sid,
    data: { services: services.map(({ text }) => text), why, ...(page === undefined ? {} : { page }) },
    fix:
      FIXES[message] ??
      boundStatement(statement, services, key, isExternal || account === "" ? undefined : account) ??
      `add a condition on \`${key}\``,
  };
}
