import { bindingOf } from "../catalogue";
import { defineRule, strings, type Violation } from "../engine";
import { fixes } from "../iam";
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
  *check(judged, { bound }) {
    const left = effort();
    for (const statement of judged.document.statements) {
      const found = unboundServices(
        judged,
        statement,
        (service) => !bound.includes(service) && bindingOf(service, "role")?.by !== "pass-role",
        (test, service) =>
          bindingOf(service, "role")?.by === "external-id" &&
          test.key === "sts:externalid" &&
          fixes(test, "text"),
        left,
      );
      for (const unbound of found) for (const part of byPage(unbound)) yield violationOf(part, statement);
    }
  },
});

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
  statement: Parameters<typeof boundStatement>[0],
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
    fix: FIXES[message] ?? boundStatement(statement, services, key) ?? `add a condition on \`${key}\``,
  };
}
