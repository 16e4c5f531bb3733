/** The attachments of managed policies: one shape, three kinds of identity. */
import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  type AttachedPolicy,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  type IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
} from "@aws-sdk/client-iam";
import { type Handler, only, text, unlessGone } from "./handler";

/** The three calls about an identity of one kind. */
interface Calls {
  readonly attach: (iam: IAMClient, identity: string, PolicyArn: string) => Promise<unknown>;
  readonly detach: (iam: IAMClient, identity: string, PolicyArn: string) => Promise<unknown>;
  readonly list: (
    iam: IAMClient,
    identity: string,
  ) => Promise<{ readonly AttachedPolicies?: readonly AttachedPolicy[] | undefined }>;
}

const attachment = (kind: string, { attach, detach, list }: Calls): Handler => ({
  documents: [],
  named: false,
  replacedBy: ["policyArn", kind],
  inputsOf: only("policyArn", kind),
  create: async (iam, inputs) => {
    const [identity, policyArn] = [text(inputs, kind), text(inputs, "policyArn")];
    await attach(iam, identity, policyArn);
    return { id: `${identity}/${policyArn}`, outs: {} };
  },
  read: (iam, _id, properties) =>
    unlessGone(async () => {
      const { AttachedPolicies = [] } = await list(iam, text(properties, kind));
      return AttachedPolicies.some(({ PolicyArn }) => PolicyArn === properties["policyArn"])
        ? properties
        : undefined;
    }),
  update: () => Promise.reject(new Error("an attachment is replaced, never updated")),
  delete: async (iam, _id, properties) => {
    await detach(iam, text(properties, kind), text(properties, "policyArn"));
  },
});

export const ATTACHMENTS: Readonly<Record<string, Handler>> = {
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": attachment("role", {
    attach: (iam, RoleName, PolicyArn) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
    detach: (iam, RoleName, PolicyArn) => iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
    list: (iam, RoleName) => iam.send(new ListAttachedRolePoliciesCommand({ RoleName })),
  }),
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": attachment("user", {
    attach: (iam, UserName, PolicyArn) => iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn })),
    detach: (iam, UserName, PolicyArn) => iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn })),
    list: (iam, UserName) => iam.send(new ListAttachedUserPoliciesCommand({ UserName })),
  }),
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": attachment("group", {
    attach: (iam, GroupName, PolicyArn) => iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn })),
    detach: (iam, GroupName, PolicyArn) => iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn })),
    list: (iam, GroupName) => iam.send(new ListAttachedGroupPoliciesCommand({ GroupName })),
  }),
};
