import { CONTROLS, count, defineRule, type Judged } from "../engine";

/** "You can add as many inline policies as you want to a role, but their aggregate policy size can't exceed 10,240." */
const MOST_OF_ANY = 10_240;
/**
 * "Maximum size of a policy document: Service control policies: 5120 characters, Resource control policies: 5120 characters"
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
const MOST_OF_ORGANIZATION = 5_120;
const MANAGED_POLICIES: readonly string[] = ["aws:iam/policy:Policy", "aws-native:iam:ManagedPolicy"];

type Message = "managed" | "trust" | "organization" | "any";

export const policySize = defineRule({
  id: "policy-size",
  title: "A policy document is within AWS's quotas",
  summary: "A policy document must have no more characters than AWS accepts where it stands.",
  why: "AWS counts only when the document is deployed: the preview is green, and the update fails half way.",
  fix: "Split the document by what its statements are for, or name fewer resources in it.",
  level: "mandatory",
  severity: "medium",
  tags: ["iam", "quotas"],
  framework: CONTROLS["AC-3"],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"],
  kinds: ["trust", "identity", "boundary", "service-control", "resource-control"],
  options: {
    managedPolicy: count("Characters of a managed policy; AWS does not raise it.", 6_144),
    trustPolicy: count(
      "Characters of a role's trust policy; AWS raises it on request, to 8,192 at most.",
      2_048,
    ),
  },
  messages: {
    managed: "the document has {size} characters without white space; a managed policy has {most} at most",
    trust: "the document has {size} characters without white space; a trust policy has {most} at most",
    organization: "the document has {size} characters; a policy of an organization has {most} at most",
    any: "the document has {size} characters without white space; no policy of an identity has more than {most}",
  },
  accessAnalyzer: {
    any: "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
    managed: "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
    trust: "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA",
    organization: "POLICY_SIZE_EXCEEDS_SCP_QUOTA",
  },
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
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: {
            AWS: Array.from(
              { length: 30 },
              (_, index) =>
                `arn:aws:iam::123456789012:role/machine-learning/notebooks/data-scientist-${index}`,
            ),
          },
          Action: "sts:AssumeRole",
        },
      },
    ],
  },
  *check(judged, { managedPolicy, trustPolicy }) {
    const message = quotaOf(judged);
    if (message === undefined) return;
    const most = {
      managed: managedPolicy,
      trust: trustPolicy,
      organization: MOST_OF_ORGANIZATION,
      any: MOST_OF_ANY,
    }[message];
    const { characters, unknown } = judged;
    if (characters <= most) return;
    yield {
      message,
      path: "",
      data: {
        size: `${unknown.length > 0 ? "at least " : ""}${characters.toLocaleString("en-US")}`,
        most: most.toLocaleString("en-US"),
      },
      fix: FIXES[message],
    };
  },
});

/** Which quota a document is under. Inline policies share one, which only the whole stack shows: see `policy-quotas`. */
function quotaOf({ kind, subject }: Judged): Message | undefined {
  if (kind === "trust") return "trust";
  if (kind === "service-control" || kind === "resource-control") return "organization";
  if (kind === "boundary") return "managed";
  if ("file" in subject) return "any";
  return MANAGED_POLICIES.includes(subject.type) ? "managed" : undefined;
}

const FIXES = {
  managed: "move some of its statements into a second managed policy; a role has up to 10 by default",
  trust:
    "allow fewer principals; or have the quota raised in Service Quotas, and set `trustPolicy` to what AWS has granted",
  organization:
    "move some of its statements into a second policy; five can be attached to one account or unit",
  any: "split it into several managed policies, each of 6,144 characters at most",
} as const;
