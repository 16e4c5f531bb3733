import { GroupPolicyAttachment } from "@pulumi/aws/iam/groupPolicyAttachment";
import { Policy } from "@pulumi/aws/iam/policy";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import { UserPolicyAttachment } from "@pulumi/aws/iam/userPolicyAttachment";
import * as pulumi from "@pulumi/pulumi";

import { type AttachmentTargets, type Description } from "../description";
import { type Documents, writeDocuments } from "../grants/documents";

/**
 * What an `AiWorkflow` is made from: a description whose names were checked.
 *
 * These are plain values and not `pulumi.Input`s on purpose. An Output is unknown until its resource exists, so one
 * Output anywhere would make the whole policy document unknown at preview, where a policy pack has to judge it.
 */
export type AiWorkflowArgs = Description;

/**
 * The least-privilege identity of an AI workflow: a managed policy, an execution role that has it, and the policy's
 * attachments to existing identities.
 *
 * Children are named after the component: `aiWorkflowPolicy`, `aiExecutionRole`, `aiPolicyAttachment` for `ai`, and
 * `aiPolicyAttachment-role-NAME`, `-user-NAME`, `-group-NAME` for the existing ones.
 */
export class AiWorkflow extends pulumi.ComponentResource {
  /** The ARN of the managed policy. */
  readonly policyArn: pulumi.Output<string>;
  /** The ARN of the execution role. */
  readonly roleArn: pulumi.Output<string>;

  /**
   * @param name The component's logical name, which starts the names of its children.
   * @param args The workflow, as `readDescription` gives it.
   * @param options Options of the component; its provider and the like reach the children.
   * @throws pulumi.RunError, before anything is registered, with one line for each document that IAM would refuse.
   */
  constructor(name: string, args: AiWorkflowArgs, options?: pulumi.ComponentResourceOptions) {
    const documents = documentsOrStop(args);
    super("ai-workflow:index:AiWorkflow", name, {}, options);
    const child = { parent: this };
    const tags = { Project: pulumi.getProject(), Stack: pulumi.getStack(), Workflow: name };

    const policy = new Policy(
      `${name}WorkflowPolicy`,
      { description: "IAM policy for AI workflow", policy: documents.policy, tags },
      child,
    );
    const role = new Role(
      `${name}ExecutionRole`,
      { description: "Execution role for AI workflow", assumeRolePolicy: documents.trust, tags },
      child,
    );
    const attachment = `${name}PolicyAttachment`;
    new RolePolicyAttachment(attachment, { policyArn: policy.arn, role: role.name }, child);
    attachToExisting(attachment, policy.arn, args.attachTo, child);

    this.policyArn = policy.arn;
    this.roleArn = role.arn;
    this.registerOutputs({ policyArn: this.policyArn, roleArn: this.roleArn });
  }
}

function documentsOrStop(description: Description): Documents {
  const written = writeDocuments(description);
  if ("problems" in written) throw new pulumi.RunError(written.problems.join("\n"));
  return written.documents;
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
