import { GroupPolicyAttachment } from "@pulumi/aws/iam/groupPolicyAttachment";
import { Policy } from "@pulumi/aws/iam/policy";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import { UserPolicyAttachment } from "@pulumi/aws/iam/userPolicyAttachment";
import * as pulumi from "@pulumi/pulumi";

import { type AttachmentTargets, type Description, GENERATED, NONE } from "../description";
import { type Identity, nameOf, type RoleNames, writeDocuments } from "../grants/documents";
import { type Explanation, explanationsOf } from "../grants/explain";
import { readArguments } from "../validate/description";
import { printable } from "../validate/message";

/**
 * What an `AiWorkflow` is made from: where it runs, and of the rest what is not as in `DEFAULTS`. What is left out and what
 * is undefined are the same.
 *
 * These are plain values and not `pulumi.Input`s on purpose. An Output is unknown until its resource exists, so one
 * Output anywhere would make the whole policy document unknown at preview, where a policy pack has to judge it.
 */
export type AiWorkflowArgs = Pick<Description, "region" | "account"> & {
  readonly [Key in keyof Description]?: Description[Key] | undefined;
};

/** What the children of the two sides are called after the component's name. */
const CHILDREN = {
  execution: {
    policy: "WorkflowPolicy",
    role: "ExecutionRole",
    attachment: "PolicyAttachment",
    boundary: "Boundary",
  },
  caller: {
    policy: "CallerPolicy",
    role: "CallerRole",
    attachment: "CallerPolicyAttachment",
    boundary: "CallerBoundary",
  },
} as const;
const WORDS = {
  execution: { policy: "IAM policy for AI workflow", role: "Execution role for AI workflow" },
  caller: { policy: "IAM policy for callers of AI workflow", role: "Caller role for AI workflow" },
} as const;

/**
 * The least-privilege identities of an AI workflow: the execution role with its managed policies, the role of whoever
 * starts it where it is to be started, a permissions boundary for each, and attachments to existing identities.
 *
 * Children are named after the component: `aiWorkflowPolicy`, `aiExecutionRole`, `aiPolicyAttachment`, `aiBoundary` for
 * `ai`; `aiCallerPolicy`, `aiCallerRole`, `aiCallerPolicyAttachment`, `aiCallerBoundary` for its caller;
 * `aiPolicyAttachment-role-NAME`, `-user-NAME`, `-group-NAME` for existing identities. Where one policy is too long, the
 * ones taken out of it have the name of their service or capability at the end: `aiCallerPolicy-sagemaker`.
 */
export class AiWorkflow extends pulumi.ComponentResource {
  /** The ARN of the execution role's policy, the first one where there are several; absent where it has none. */
  readonly policyArn: pulumi.Output<string> | undefined;
  /** The ARN of the execution role; absent where nothing works with one. */
  readonly roleArn: pulumi.Output<string> | undefined;
  /** The ARN of the caller role; absent where nobody is to assume one. */
  readonly callerRoleArn: pulumi.Output<string> | undefined;
  /** Of each statement: the capabilities that it stands for, why they need it, and where AWS says so. */
  readonly explanation: readonly Explanation[];

  /**
   * @param name The component's logical name, which starts the names of its children.
   * @param args The workflow; it is read as a configuration is, by the same rules.
   * @param options Options of the component; its provider and the like reach the children.
   * @throws pulumi.RunError, before anything is registered, with one line for each argument that is wrong, or for each
   *   document that IAM would refuse. Pulumi shows its message alone, without a stack trace.
   */
  constructor(name: string, args: AiWorkflowArgs, options?: pulumi.ComponentResourceOptions) {
    const { description, names, identities } = workflowOrStop(name, args);
    super("ai-workflow:index:AiWorkflow", name, {}, options);

    const made = identities.map((identity) => ({
      side: identity.side,
      ...this.make(name, identity, description, names),
    }));
    const of = (side: Identity["side"]) => made.find((each) => each.side === side);
    this.policyArn = of("execution")?.policyArns[0];
    this.roleArn = of("execution")?.roleArn;
    this.callerRoleArn = of("caller")?.roleArn;
    this.explanation = explanationsOf(identities);
    this.registerOutputs({
      policyArn: this.policyArn,
      roleArn: this.roleArn,
      callerRoleArn: this.callerRoleArn,
      explanation: this.explanation,
    });
  }

  private make(name: string, identity: Identity, description: Description, names: RoleNames) {
    const { side, policies, trust, boundary } = identity;
    const { path, caller } = description;
    const child = { parent: this };
    const called = CHILDREN[side];
    const tags = {
      ...description.tags,
      Project: pulumi.getProject(),
      Stack: pulumi.getStack(),
      Workflow: name,
    };
    const common = { ...(path !== "/" && { path }), tags };

    const made = policies.map(({ group, json }) => {
      const suffix = group === "" ? "" : `-${group}`;
      const logicalName = `${name}${called.policy}${suffix}`;
      const policy = new Policy(
        logicalName,
        { description: WORDS[side].policy, policy: json, ...common },
        child,
      );
      return { suffix, policy };
    });
    const role =
      trust === undefined
        ? undefined
        : new Role(
            `${name}${called.role}`,
            {
              name: nameOf(names[side]),
              description: WORDS[side].role,
              assumeRolePolicy: trust,
              ...boundaryInput(`${name}${called.boundary}`, boundary, description, common, child),
              ...(description.sessionDuration !== undefined && {
                maxSessionDuration: description.sessionDuration,
              }),
              ...common,
            },
            child,
          );
    for (const { suffix, policy } of made) {
      const attachment = `${name}${called.attachment}${suffix}`;
      if (role !== undefined)
        new RolePolicyAttachment(attachment, { policyArn: policy.arn, role: role.name }, child);
      attachToExisting(
        attachment,
        policy.arn,
        side === "execution" ? description.attachTo : caller.attachTo,
        child,
      );
    }
    return { policyArns: made.map(({ policy }) => policy.arn), roleArn: role?.arn };
  }
}

/** The paths and names of the roles: given ones, or made of what tells this component from any other of the account. */
function roleNames(name: string, { names, path }: Description): RoleNames {
  const start = path.slice(1);
  const made = `${pulumi.getProject()}-${pulumi.getStack()}-${name}`;
  return {
    execution: start + (names.executionRole ?? `${made}-execution`),
    caller: start + (names.callerRole ?? `${made}-caller`),
  };
}

interface Workflow {
  readonly description: Description;
  readonly names: RoleNames;
  readonly identities: readonly Identity[];
}

function workflowOrStop(name: string, args: AiWorkflowArgs): Workflow {
  const whose = `AiWorkflow(${printable(name)})`;
  const read = readArguments(args, whose);
  if ("problems" in read) throw new pulumi.RunError(read.problems.join("\n"));
  const { description } = read;
  const names = roleNames(name, description);
  const written = writeDocuments(description, names, `${whose}.`);
  if ("problems" in written) throw new pulumi.RunError(written.problems.join("\n"));
  return { description, names, identities: written.identities };
}

function boundaryInput(
  logicalName: string,
  generated: string | undefined,
  { boundary }: Description,
  common: { readonly path?: string; readonly tags: Readonly<Record<string, string>> },
  child: pulumi.CustomResourceOptions,
): { readonly permissionsBoundary?: pulumi.Input<string> } {
  if (boundary === NONE) return {};
  if (boundary !== GENERATED) return { permissionsBoundary: boundary };
  if (generated === undefined) return {};
  const policy = new Policy(
    logicalName,
    { description: "Permissions boundary for AI workflow", policy: generated, ...common },
    child,
  );
  return { permissionsBoundary: policy.arn };
}

// Named by target, not by position: one more target changes no other attachment.
function attachToExisting(
  name: string,
  policyArn: pulumi.Output<string>,
  { roles, users, groups }: AttachmentTargets,
  child: pulumi.CustomResourceOptions,
): void {
  for (const role of roles) new RolePolicyAttachment(`${name}-role-${role}`, { policyArn, role }, child);
  for (const user of users) new UserPolicyAttachment(`${name}-user-${user}`, { policyArn, user }, child);
  for (const group of groups)
    new GroupPolicyAttachment(`${name}-group-${group}`, { policyArn, group }, child);
}
