/** The resource types of IAM that the stand-in knows, each as what its calls are. */
import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  type IAMClient,
  ListPolicyVersionsCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";

import { ATTACHMENTS } from "./attachments";
import { type Handler, only, type Properties, text, unlessGone } from "./handler";

const tags = (properties: Properties): { Key: string; Value: string }[] =>
  Object.entries((properties["tags"] ?? {}) as Readonly<Record<string, string>>)
    .filter(([key]) => key !== "__defaults")
    .map(([Key, Value]) => ({ Key, Value }));
/** The provider reads documents back as it would have written them. */
const document = (encoded: string | undefined): string =>
  JSON.stringify(JSON.parse(decodeURIComponent(encoded ?? "")));

const policy: Handler = {
  documents: ["policy"],
  named: true,
  replacedBy: ["name", "description"],
  inputsOf: only("name", "description", "policy", "tags"),
  create: async (iam, inputs) => {
    const { Policy } = await iam.send(
      new CreatePolicyCommand({
        PolicyName: text(inputs, "name"),
        PolicyDocument: text(inputs, "policy"),
        Tags: tags(inputs),
        ...("description" in inputs ? { Description: text(inputs, "description") } : {}),
      }),
    );
    const arn = Policy?.Arn ?? "";
    return { id: arn, outs: { arn, policyId: Policy?.PolicyId ?? "" } };
  },
  read: (iam, id) =>
    unlessGone(async () => {
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: id }));
      const { PolicyVersion } = await iam.send(
        new GetPolicyVersionCommand({ PolicyArn: id, VersionId: Policy?.DefaultVersionId ?? "" }),
      );
      return { arn: id, policy: document(PolicyVersion?.Document) };
    }),
  update: async (iam, id, inputs) => {
    await iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: id,
        PolicyDocument: text(inputs, "policy"),
        SetAsDefault: true,
      }),
    );
    await deleteOldVersions(iam, id);
  },
  delete: async (iam, id) => {
    await deleteOldVersions(iam, id);
    await iam.send(new DeletePolicyCommand({ PolicyArn: id }));
  },
};

async function deleteOldVersions(iam: IAMClient, arn: string): Promise<void> {
  const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: arn }));
  for (const { IsDefaultVersion, VersionId } of Versions)
    if (IsDefaultVersion !== true)
      await iam.send(new DeletePolicyVersionCommand({ PolicyArn: arn, VersionId: VersionId ?? "" }));
}

const role: Handler = {
  documents: ["assumeRolePolicy"],
  named: true,
  replacedBy: ["name"],
  inputsOf: only("name", "description", "assumeRolePolicy", "permissionsBoundary", "tags"),
  create: async (iam, inputs) => {
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName: text(inputs, "name"),
        AssumeRolePolicyDocument: text(inputs, "assumeRolePolicy"),
        Tags: tags(inputs),
        ...("description" in inputs ? { Description: text(inputs, "description") } : {}),
        ...("permissionsBoundary" in inputs
          ? { PermissionsBoundary: text(inputs, "permissionsBoundary") }
          : {}),
      }),
    );
    return { id: text(inputs, "name"), outs: { arn: Role?.Arn ?? "", uniqueId: Role?.RoleId ?? "" } };
  },
  read: (iam, id) =>
    unlessGone(async () => {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: id }));
      return { arn: Role?.Arn ?? "", assumeRolePolicy: document(Role?.AssumeRolePolicyDocument) };
    }),
  update: async (iam, id, inputs) => {
    await iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName: id, PolicyDocument: text(inputs, "assumeRolePolicy") }),
    );
  },
  delete: async (iam, id) => {
    await iam.send(new DeleteRoleCommand({ RoleName: id }));
  },
};

export const HANDLERS: Readonly<Record<string, Handler>> = {
  ...ATTACHMENTS,
  "aws:iam/policy:Policy": policy,
  "aws:iam/role:Role": role,
};
