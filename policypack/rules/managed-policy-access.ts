import {
  awsManagedPolicy,
  type AwsManagedPolicy,
  approvedByDefault,
  expandAction,
  isAwsManaged,
  mostDangerousFirst,
  serviceOf,
  TABULATED_SERVICES,
} from "../catalogue";
import {
  type Attachment,
  CONTROLS,
  defineStackRule,
  type Stack,
  type StackViolation,
  strings,
} from "../engine";
import { matches, parsePattern, UNKNOWN } from "../iam";
import { doubtfulActions } from "./statements/doubtful-names";

type Message = "everything" | "excess" | "excess-and-roles" | "any-role" | "not-in-table" | "not-here";

const TRUST = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" },
};

export const managedPolicyAccess = defineStackRule({
  id: "managed-policy-access",
  title: "Attached managed policies allow what is approved",
  summary:
    "A managed policy that is attached must allow no action of S3, SageMaker or Rekognition that is not on the approved list, and must not let every role be passed to any service.",
  why: "An attached policy grants what it says, whoever wrote it; those of AWS's own are written for every customer at once.",
  fix: "Attach a managed policy of your own, with the approved actions that the workload uses, on the resources it uses.",
  level: "mandatory",
  severity: "high",
  tags: ["iam", "least-privilege", "ai", "aws-managed"],
  framework: CONTROLS["AC-6"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-use-aws-defined-policies",
    "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html",
  ],
  scope: "stack",
  needsAttachments: true,
  options: {
    actions: strings(
      "The approved actions of S3, SageMaker and Rekognition, in place of the default; `*` and `?` as in a policy.",
      approvedByDefault,
      doubtfulActions,
    ),
    policies: strings(
      "ARNs of managed policies that somebody has reviewed, and that are accepted with all they allow; `*` and `?` as in a policy.",
      [],
    ),
  },
  messages: {
    everything: "`{policy}` allows every action on every resource",
    excess: "`{policy}` allows {excess#action} not approved: {excess}",
    "excess-and-roles":
      "`{policy}` allows {excess#action} not approved: {excess}; and it lets a role of any name be passed to {services}",
    "any-role": "`{policy}` lets a role of any name be passed to any service",
    "not-in-table":
      "what `{policy}` allows is not known: the table of AWS's managed policies does not have it",
    "not-here": "what `{policy}` allows is not known: its document does not stand in this stack",
  },
  examples: {
    good: [
      [
        {
          type: "aws:iam/policy:Policy",
          name: "readImages",
          props: {
            policy: {
              Version: "2012-10-17",
              Statement: {
                Effect: "Allow",
                Action: "s3:GetObject",
                Resource: "arn:aws:s3:::example-bucket/images/*",
              },
            },
          },
        },
        {
          type: "aws:iam/role:Role",
          name: "training",
          props: { assumeRolePolicy: TRUST, managedPolicyArns: [UNKNOWN] },
          dependencies: { managedPolicyArns: ["readImages"] },
        },
      ],
    ],
    bad: [
      [
        { type: "aws:iam/role:Role", name: "training", props: { assumeRolePolicy: TRUST } },
        {
          type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
          name: "sageMaker",
          props: { role: UNKNOWN, policyArn: "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess" },
          dependencies: { role: ["training"] },
        },
      ],
    ],
  },
  *check(stack, { actions, policies }) {
    const approved = actions.map((action) => parsePattern(action.toLowerCase()));
    const accepted = policies.map((text) => parsePattern(text));
    const said = new Set<string>();
    for (const { subject, policy } of attachmentsOf(stack)) {
      if (policy.kind !== "foreign" || accepted.some((pattern) => matches(pattern, policy.arn))) continue;
      // One resource may attach a policy to many.
      const once = JSON.stringify([subject, policy.arn]);
      if (said.has(once)) continue;
      said.add(once);
      const found = judge(policy.arn, (key) => approved.some((pattern) => matches(pattern, key)));
      if (found !== undefined) yield { subject, path: "", ...found };
    }
  },
});

/** Everything that is attached as a policy; a boundary only limits. */
const attachmentsOf = ({ identities, loose }: Stack): readonly Attachment[] => [
  ...identities.flatMap(({ policies }) => policies),
  ...loose.filter(({ as }) => as === "policy"),
];

type Found = Omit<StackViolation<Message>, "subject" | "path">;

function judge(arn: string, isApproved: (key: string) => boolean): Found | undefined {
  const policy = awsManagedPolicy(arn);
  if (policy === undefined) {
    const message = isAwsManaged(arn) ? "not-in-table" : "not-here";
    return { message, data: { policy: arn }, fix: REVIEW, unknown: true };
  }
  const { name, everything, passesTo } = policy;
  const fix = instead(policy, isApproved);
  if (everything) return { message: "everything", data: { policy: name }, fix };
  const excess = mostDangerousFirst(
    new Set(governedActions(policy).filter(({ key }) => !isApproved(key))),
  ).map((action) => action.name);
  const data = { policy: name, excess };
  const services = passesTo.includes("*") ? "any service" : passesTo;
  if (excess.length > 0)
    return passesTo.length > 0
      ? { message: "excess-and-roles", data: { ...data, services }, fix }
      : { message: "excess", data, fix };
  return passesTo.includes("*") ? { message: "any-role", data: { policy: name }, fix } : undefined;
}

const governedActions = ({ actions }: AwsManagedPolicy) =>
  actions
    .flatMap(expandAction)
    .filter(({ key }) => TABULATED_SERVICES.some((service) => service === serviceOf(key)));

const REVIEW = "read the policy, and add its ARN to `policies` if what it allows is accepted";

/** What of the policy may be kept, in one of the stack's own. */
function instead(policy: AwsManagedPolicy, isApproved: (key: string) => boolean): string {
  const kept = [...new Set(governedActions(policy).filter(({ key }) => isApproved(key)))].map(
    ({ name }) => name,
  );
  const some = kept
    .sort()
    .slice(0, MOST_NAMED)
    .map((action) => `\`${action}\``);
  const own =
    "attach a managed policy of the stack that allows what the workload uses, on the resources it uses";
  if (some.length === 0) return own;
  const more = kept.length > some.length ? ` and ${kept.length - some.length} more` : "";
  return `${own}; of what this one allows, ${some.join(", ")}${more} ${kept.length === 1 ? "is" : "are"} approved`;
}
const MOST_NAMED = 12;
