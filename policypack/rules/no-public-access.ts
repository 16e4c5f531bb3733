import { KNOWN } from "../catalogue";
import { CONTROLS, defineRule, type Judged, type Violation } from "../engine";
import { type Budget, isEverything, isOpen, isPublic, type Statement } from "../iam";
import { aloneOf, effort } from "./statements/certain";
import { conditioned } from "./statements/conditioned";
import { weaknessOf } from "./statements/weakness";

type Message = "public" | "conditional" | "undecided";

export const noPublicAccess = defineRule({
  id: "no-public-access",
  title: "Nobody unknown has access",
  summary: "A trust policy or resource policy must not open a role or resource to anybody.",
  why: "Whoever has an AWS account, or none at all, then uses the resource, or acts with the rights of the role.",
  fix: "Name the principals; where they are many, name their organization in a condition that a request must meet.",
  level: "mandatory",
  severity: "critical",
  tags: ["iam", "public-access", "trust", "resource-policy"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status",
  ],
  kinds: ["resource", "trust"],
  options: {},
  messages: {
    public: "`{principal}` lets {whom} {use}, and nothing says who may",
    conditional: "`{principal}` lets {whom} {use}, for its condition does not say who may: {why}",
    undecided: "`{principal}` may let anybody use this, which could not be decided: {reason}",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/*",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/*",
        },
      },
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/*",
          Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
        },
      },
    ],
  },
  *check(judged) {
    const left = effort();
    for (const statement of judged.document.statements) yield* judge(statement, judged, left);
  },
});

function* judge(statement: Statement, judged: Judged, left: Budget): Generator<Violation<Message>> {
  const { principals, sid, condition } = statement;
  if (!isOpen(statement) || principals === undefined) return;
  const [open] = principals.entries.filter(({ pattern }) => isEverything(pattern));
  // Of everybody but some, nobody can tell who they are while the some are not known.
  if (principals.negated ? principals.partial : open === undefined) return;
  const alone = aloneOf(judged, statement);
  if (alone === undefined) return;
  const answer = isPublic([alone], KNOWN, left);
  if (answer.public === false) return;
  const at = { path: open?.path ?? principals.path, sid };
  const principal = principals.negated
    ? "NotPrincipal"
    : open?.path === principals.path
      ? '"Principal": "*"'
      : '"AWS": "*"';
  if (answer.public === "unknown") {
    yield { ...at, message: "undecided", data: { principal, reason: answer.reason }, fix: NAME_THEM };
    return;
  }
  const { action, resource } = answer.request;
  const on = statement.resources.partial ? "" : ` on \`${resource}\``;
  const use = judged.kind === "trust" ? "assume the role" : `use \`${action}\`${on}`;
  // "True" when the direct request … is made by an AWS service principal: for whom, it does not say.
  const isService = answer.request.context.get("aws:principalisawsservice")?.[0] === "true";
  const whom = isService ? "anybody, through an AWS service," : "anybody";
  const why = condition.tests.map(whyOpen).join("; ");
  yield {
    ...at,
    message: why === "" ? "public" : "conditional",
    data: { principal, whom, action, use, ...(why === "" ? {} : { why }) },
    fix: onlyTheOrganization(statement),
  };
}

/** Conditions that say something of the caller, when they are met by a fixed value. */
const SAYS_WHO =
  /^(aws:(principal(account|arn|org|serviceorg)|source(account|arn|ip|org|owner|vpc)|userid|vpce)|kms:calleraccount|s3:dataaccesspoint)/;

const whyOpen = (test: Statement["condition"]["tests"][number]): string =>
  SAYS_WHO.test(test.key) ? weaknessOf(test) : `\`${test.name}\` is not about who asks`;

const NAME_THEM = "name the principals that need it, or add a condition such as `aws:PrincipalOrgID`";

function onlyTheOrganization(statement: Statement): string {
  if (statement.principals?.negated === true) return NAME_THEM;
  return conditioned(statement, { StringEquals: { "aws:PrincipalOrgID": "<organization-id>" } }) ?? NAME_THEM;
}
