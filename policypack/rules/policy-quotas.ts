import {
  type AttachedPolicy,
  CONTROLS,
  count,
  defineStackRule,
  type Identity,
  type IdentityKind,
  type StackDocument,
  type StackViolation,
} from "../engine";
import { UNKNOWN } from "../iam";

const TRUST = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" },
};
const MANAGED = [
  "AmazonAthenaFullAccess",
  "AmazonBedrockReadOnly",
  "AmazonEC2ContainerRegistryReadOnly",
  "AmazonRedshiftReadOnlyAccess",
  "AmazonRekognitionReadOnlyAccess",
  "AmazonS3ReadOnlyAccess",
  "AmazonSageMakerReadOnly",
  "AmazonTextractFullAccess",
  "CloudWatchReadOnlyAccess",
  "ComprehendReadOnly",
  "TranslateReadOnly",
].map((name) => `arn:aws:iam::aws:policy/${name}`);

/** The most that AWS accepts of an identity of each kind. */
type Quotas = Readonly<Record<IdentityKind, number>>;

export const policyQuotas = defineStackRule({
  id: "policy-quotas",
  title: "The policies of an identity are within AWS's quotas",
  summary:
    "A role, user, group or permission set must have no more and no longer policies than AWS accepts together.",
  why: "AWS counts only when the policies are attached: the preview is green, and the update fails half way.",
  fix: "Put statements that belong together into one managed policy, and attach fewer.",
  level: "mandatory",
  severity: "medium",
  tags: ["iam", "quotas"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html",
  ],
  scope: "stack",
  needsAttachments: true,
  options: {
    roleInline: count("Characters of all inline policies of a role; AWS does not raise it.", 10_240),
    userInline: count("Characters of all inline policies of a user; AWS does not raise it.", 2_048),
    groupInline: count("Characters of all inline policies of a group; AWS does not raise it.", 5_120),
    permissionSetInline: count(
      "Characters of the inline policy of a permission set; AWS does not raise it.",
      10_240,
    ),
    managedPoliciesPerRole: count(
      "Managed policies attached to a role; AWS raises it on request, to 25 at most.",
      10,
    ),
    managedPoliciesPerUser: count(
      "Managed policies attached to a user; AWS raises it on request, to 20 at most.",
      10,
    ),
    managedPoliciesPerGroup: count("Managed policies attached to a group; AWS does not raise it.", 10),
    managedPoliciesPerPermissionSet: count(
      "Managed policies of a permission set. AWS accepts 20, but more than 10 only reach accounts in which the quota for roles is raised.",
      10,
    ),
  },
  messages: {
    inline:
      "the inline policies {names} have {size} characters without white space together; those of a {identity} have {most} at most",
    attached: "{size} managed policies are attached; a {identity} has {most} at most",
  },
  examples: {
    good: [
      [
        {
          type: "aws:iam/role:Role",
          name: "training",
          props: { assumeRolePolicy: TRUST, managedPolicyArns: MANAGED.slice(0, 3) },
        },
      ],
    ],
    bad: [
      [
        {
          type: "aws:iam/role:Role",
          name: "training",
          props: { assumeRolePolicy: TRUST, managedPolicyArns: MANAGED.slice(1) },
        },
        {
          type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
          name: "oneMore",
          props: { role: UNKNOWN, policyArn: MANAGED[0] },
          dependencies: { role: ["training"] },
        },
      ],
    ],
  },
  *check({ identities }, options) {
    const inline: Quotas = {
      role: options.roleInline,
      user: options.userInline,
      group: options.groupInline,
      "permission-set": options.permissionSetInline,
    };
    const attached: Quotas = {
      role: options.managedPoliciesPerRole,
      user: options.managedPoliciesPerUser,
      group: options.managedPoliciesPerGroup,
      "permission-set": options.managedPoliciesPerPermissionSet,
    };
    for (const identity of identities) {
      yield* inlineSize(identity, inline[identity.kind]);
      yield* attachments(identity, attached[identity.kind]);
    }
  },
});

function* inlineSize(identity: Identity, most: number): Generator<StackViolation<"inline">> {
  const documents = identity.policies.flatMap(({ policy }) => (policy.kind === "inline" ? [policy] : []));
  const size = documents.reduce((sum, { document }) => sum + document.reading.characters, 0);
  if (size <= most) return;
  const isLeast = documents.some(({ document }) => document.reading.unknown.length > 0);
  yield {
    ...at(identity),
    message: "inline",
    data: {
      names: documents.map(({ name, document }) => name ?? placeOf(document)),
      size: `${isLeast ? "at least " : ""}${size.toLocaleString("en-US")}`,
      most: most.toLocaleString("en-US"),
      identity: WORDS[identity.kind],
    },
    fix: "make managed policies of them, of 6,144 characters each at most, and attach those",
  };
}

function* attachments(identity: Identity, most: number): Generator<StackViolation<"attached">> {
  const known = new Map(identity.policies.flatMap(({ policy }) => managedIn(policy)));
  const unknown = identity.policies.some(({ policy }) => policy.kind === "unknown");
  if (known.size <= most) return;
  yield {
    ...at(identity),
    message: "attached",
    data: {
      // Policies that are not known may be among those that are.
      size: `${unknown ? "at least " : ""}${known.size}`,
      most: String(most),
      policies: [...known.values()],
      identity: WORDS[identity.kind],
    },
    fix: FIXES[identity.kind],
  };
}

const at = ({ resource: { urn, type, name } }: Identity): Pick<StackViolation, "subject" | "path"> => ({
  subject: { urn, type, name, property: "" },
  path: "",
});

const placeOf = ({ subject: { name, property } }: StackDocument): string => `${name}.${property}`;

/** A managed policy: what makes it one of its own, and what to call it. */
const managedIn = (policy: AttachedPolicy): readonly (readonly [string, string])[] => {
  if (policy.kind === "managed") return [[policy.policy.resource.urn, policy.policy.resource.name]];
  return policy.kind === "foreign" ? [[policy.arn, policy.arn]] : [];
};

const WORDS: Readonly<Record<IdentityKind, string>> = {
  role: "role",
  user: "user",
  group: "group",
  "permission-set": "permission set",
};

const FIXES: Readonly<Record<IdentityKind, string>> = {
  role: "join policies of the stack that belong together; or have the quota raised in Service Quotas, and set `managedPoliciesPerRole` to what AWS has granted",
  user: "join policies of the stack that belong together; or have the quota raised in Service Quotas, and set `managedPoliciesPerUser` to what AWS has granted",
  group: "join policies of the stack that belong together, or make a second group",
  "permission-set":
    "join policies of the stack that belong together; or have the quota for roles raised in every account it is assigned in, and set `managedPoliciesPerPermissionSet` to it, 20 at most",
};
