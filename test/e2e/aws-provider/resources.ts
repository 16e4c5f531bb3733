/** The resource types of IAM that the stand-in knows, each as what its calls are. */
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListPolicyVersionsCommand,
  NoSuchEntityException,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";

export type Properties = Readonly<Record<string, unknown>>;

export interface Handler {
  /** the properties that are policy documents */
  readonly documents: readonly string[];
  /** whether the provider makes up a name where the program gives none */
  readonly named: boolean;
  /** the inputs that cannot be changed in place */
  readonly replacedBy: readonly string[];
  /** the inputs among all properties */
  readonly inputsOf: (properties: Properties) => Properties;
  readonly create: (
    iam: IAMClient,
    inputs: Properties,
  ) => Promise<{ readonly id: string; readonly outs: Properties }>;
  /** undefined where it is gone */
  readonly read: (iam: IAMClient, id: string, properties: Properties) => Promise<Properties | undefined>;
  readonly update: (iam: IAMClient, id: string, inputs: Properties) => Promise<void>;
  readonly delete: (iam: IAMClient, id: string, properties: Properties) => Promise<void>;
}

const text = (properties: Properties, key: string): string => {
  const value = properties[key];
  if (typeof value !== "string") throw new Error(`\`${key}\` is no text`);
  return value;
};
const tags = (properties: Properties): { Key: string; Value: string }[] =>
  Object.entries((properties["tags"] ?? {}) as Readonly<Record<string, string>>)
    .filter(([key]) => key !== "__defaults")
    .map(([Key, Value]) => ({ Key, Value }));
const only =
  (...keys: readonly string[]) =>
  (properties: Properties): Properties =>
    Object.fromEntries(keys.flatMap((key) => (key in properties ? [[key, properties[key]]] : [])));
/** The provider reads documents back as it would have written them. */
const document = (encoded: string | undefined): string =>
  JSON.stringify(JSON.parse(decodeURIComponent(encoded ?? "")));

async function unlessGone<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}

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

const rolePolicyAttachment: Handler = {
  documents: [],
  named: false,
  replacedBy: ["policyArn", "role"],
  inputsOf: only("policyArn", "role"),
  create: async (iam, inputs) => {
    const [RoleName, PolicyArn] = [text(inputs, "role"), text(inputs, "policyArn")];
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    return { id: `${RoleName}/${PolicyArn}`, outs: {} };
  },
  read: (iam, _id, properties) =>
    unlessGone(async () => {
      const { AttachedPolicies = [] } = await iam.send(
        new ListAttachedRolePoliciesCommand({ RoleName: text(properties, "role") }),
      );
      return AttachedPolicies.some(({ PolicyArn }) => PolicyArn === properties["policyArn"])
        ? properties
        : undefined;
    }),
  update: () => Promise.reject(new Error("an attachment is replaced, never updated")),
  delete: async (iam, _id, properties) => {
    await iam.send(
      new DetachRolePolicyCommand({
        RoleName: text(properties, "role"),
        PolicyArn: text(properties, "policyArn"),
      }),
    );
  },
};

export const HANDLERS: Readonly<Record<string, Handler>> = {
  "aws:iam/policy:Policy": policy,
  "aws:iam/role:Role": role,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": rolePolicyAttachment,
};
