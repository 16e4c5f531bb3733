import { bindingOf } from "../catalogue";
import { CONTROLS, defineRule, strings } from "../engine";
import { effort } from "./statements/certain";
import { boundStatement, type Unbound, unboundServices } from "./statements/unbound-services";

/** What to do where no statement can be given. */
const FIXES: Readonly<Partial<Record<Unbound["kind"], string>>> = {
  never: "replace the condition with one on `aws:SourceOrgID` or `aws:SourceAccount`",
  undecided: "write the condition as `StringEquals` on `aws:SourceAccount`",
};

export const serviceAccess = defineRule({
  id: "service-access",
  title: "Services use a resource for one account",
  summary: "A resource policy must say for which account or resource a service may use it.",
  why: "A service works for all customers of AWS; asked by another one, it reads or writes this resource for them.",
  fix: "Add a condition on `aws:SourceAccount` or `aws:SourceArn`, or on `aws:SourceOrgID` for an organization.",
  level: "mandatory",
  severity: "high",
  tags: ["iam", "resource-policy", "confused-deputy"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
  ],
  kinds: ["resource"],
  options: {
    bound: strings(
      "Service principals that are bound in another way, such as `example.amazonaws.com`; they are not judged.",
      [],
    ),
  },
  messages: {
    unbound: "{services} may use the resource for whoever asks: no condition says for which account",
    weak: "{services} may use the resource for whoever asks, for the condition does not say for which account: {why}",
    never:
      "{services} {services?belongs:belong} to no organization, so that `{why}` is never there and nothing is allowed",
    undecided: "whether {services} may use the resource for whoever asks could not be decided: {why}",
  },
  accessAnalyzer: {
    unbound: "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL",
    never: "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: "arn:aws:sqs:us-east-1:123456789012:jobs",
          Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:jobs" } },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: "arn:aws:sqs:us-east-1:123456789012:jobs",
        },
      },
    ],
  },
  *check(judged, { bound }) {
    const left = effort();
    const isAsked = (service: string): boolean =>
      !bound.includes(service) && bindingOf(service, "resource")?.by !== "none";
    for (const statement of judged.document.statements)
      for (const { kind, services, why } of unboundServices(judged, statement, isAsked, () => false, left)) {
        const [first] = services.length === 1 ? services : [];
        yield {
          message: kind,
          path: first?.path ?? statement.principals?.path ?? statement.path,
          sid: statement.sid,
          data: { services: services.map(({ text }) => text), why },
          fix:
            FIXES[kind] ??
            boundStatement(statement, services, "aws:SourceAccount") ??
            "add a condition on `aws:SourceAccount`",
        };
      }
  },
});
