import { awsManagedPolicy, KNOWN } from "../catalogue";
import {
  type Attachment,
  CONTROLS,
  defineStackRule,
  type Identity,
  type IdentityKind,
  type ManagedPolicy,
  type StackViolation,
  strings,
} from "../engine";
import { contains, matches, overlaps, parseDocument, parsePattern } from "../iam";

type Message = "missing" | "limits-nothing" | "unexpected" | "not-known";

/** Groups have none; permission sets get theirs in the accounts they are assigned in. */
const LIMITED: readonly IdentityKind[] = ["role", "user"];

const TRUST = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" },
};
const BOUNDARY = "arn:aws:iam::123456789012:policy/ai-workload-boundary";

export const permissionsBoundary = defineStackRule({
  id: "permissions-boundary",
  title: "Roles and users have a permissions boundary",
  summary: "A role or user must have a permissions boundary that limits what its policies allow.",
  why: "Policies grow, and others can attach more of them later; a boundary is what none of them can go beyond.",
  fix: "Set the permissions boundary to the managed policy that limits identities of this kind.",
  level: "advisory",
  severity: "low",
  tags: ["iam", "least-privilege", "permissions-boundary"],
  framework: CONTROLS["AC-6"],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html"],
  scope: "stack",
  needsAttachments: false,
  options: {
    boundaries: strings(
      "ARNs of the boundaries that are expected, `*` and `?` as in a policy; any boundary is accepted where none is named.",
      [],
    ),
  },
  messages: {
    missing: "the {identity} has no permissions boundary",
    "limits-nothing": "the permissions boundary `{boundary}` allows everything, so it limits nothing",
    unexpected: "the permissions boundary is `{boundary}`; expected {expected?exactly:one of} {expected}",
    "not-known": "which permissions boundary the {identity} has is not known",
  },
  examples: {
    good: [
      [
        {
          type: "aws:iam/role:Role",
          name: "training",
          props: { assumeRolePolicy: TRUST, permissionsBoundary: BOUNDARY },
        },
      ],
    ],
    bad: [[{ type: "aws:iam/role:Role", name: "training", props: { assumeRolePolicy: TRUST } }]],
  },
  remediation: {
    summary:
      "Sets `permissionsBoundary` to the first of `boundaries`, where a role or user has none and that one is an ARN without wildcards. Another boundary than those expected stays: whether it is the narrower one, only people can say.",
    remedies: ({ boundary }, { boundaries: [first] }) => {
      if (boundary !== undefined)
        return { because: "it has a boundary, and whether another may take its place is not known" };
      return first === undefined || isPattern(first)
        ? { because: "the first of `boundaries` must be an ARN without wildcards" }
        : { boundary: first };
    },
  },
  *check({ identities }, { boundaries }) {
    for (const identity of identities) {
      if (!LIMITED.includes(identity.kind)) continue;
      const found = judge(identity, boundaries);
      if (found !== undefined) yield found;
    }
  },
});

const isPattern = (text: string): boolean => /[*?]/.test(text);

function judge(
  { kind, resource: { urn, type, name }, boundary }: Identity,
  expected: readonly string[],
): StackViolation<Message> | undefined {
  const set =
    expected[0] === undefined || isPattern(expected[0])
      ? "set `permissionsBoundary` to the ARN of the managed policy that limits it"
      : `set \`permissionsBoundary\` to \`${expected[0]}\``;
  const identity = { identity: kind };
  if (boundary === undefined)
    return {
      subject: { urn, type, name, property: "" },
      message: "missing",
      path: "",
      data: identity,
      fix: set,
    };
  const at = { subject: boundary.subject, path: "", fix: set };
  const called = nameOf(boundary);
  if (called !== undefined && limitsNothing(boundary))
    return { ...at, message: "limits-nothing", data: { boundary: called } };
  const isExpected = expected.length === 0 ? true : isOneOf(boundary, expected);
  if (called === undefined || isExpected === undefined)
    return {
      ...at,
      message: "not-known",
      data: identity,
      fix: "write the ARN of the boundary, or refer to `policy.arn`",
      unknown: true,
    };
  return isExpected ? undefined : { ...at, message: "unexpected", data: { boundary: called, expected } };
}

/** What to call a boundary; undefined where nobody knows which it is. */
function nameOf({ policy }: Attachment): string | undefined {
  if (policy.kind === "managed") return policy.policy.resource.name;
  return policy.kind === "foreign" ? policy.arn : undefined;
}

const EVERYTHING = parseDocument({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
});

/** Whether a boundary certainly allows everything. */
function limitsNothing({ policy }: Attachment): boolean {
  if (policy.kind === "foreign") return awsManagedPolicy(policy.arn)?.everything === true;
  if (policy.kind !== "managed") return false;
  const { reading } = policy.policy.document;
  return contains([reading], [EVERYTHING], KNOWN).verdict === "contained";
}

/** Whether a boundary is one of those expected; undefined where nobody can tell yet. */
function isOneOf({ policy }: Attachment, expected: readonly string[]): boolean | undefined {
  const patterns = expected.map((text) => parsePattern(text));
  if (policy.kind === "foreign") return patterns.some((pattern) => matches(pattern, policy.arn));
  if (policy.kind !== "managed") return undefined;
  const arn = arnOf(policy.policy);
  if (arn === undefined) return undefined;
  return patterns.some((pattern) => overlaps(pattern, parsePattern(arn)));
}

/** The ARN of a policy of the stack; where only its name is known, in any account. */
function arnOf({ resource: { properties } }: ManagedPolicy): string | undefined {
  const { arn, policyArn, path = "/" } = properties;
  const name = properties["name"] ?? properties["managedPolicyName"];
  const known = [arn, policyArn].find((text) => typeof text === "string");
  if (known !== undefined) return known;
  return typeof name === "string" && typeof path === "string"
    ? `arn:*:iam::*:policy${path}${name}`
    : undefined;
}
