/** An AWS account of the tests: moto on loopback, and what stands in its IAM, read through the AWS SDK. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import {
  CreateGroupCommand,
  CreateUserCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListPoliciesCommand,
  ListRolesCommand,
  paginateListPolicies,
} from "@aws-sdk/client-iam";
import { motoServer } from "./tools";

/** What IAM has: by name, policies with their documents and roles with their trust policies and what is attached. */
export interface Contents {
  readonly policies: Readonly<Record<string, unknown>>;
  readonly roles: Readonly<Record<string, { readonly trust: unknown; readonly attached: readonly string[] }>>;
}
export const EMPTY: Contents = { policies: {}, roles: {} };

const documentOf = (encoded: string | undefined): unknown => JSON.parse(decodeURIComponent(encoded ?? ""));

export class Account {
  private constructor(
    private readonly server: ChildProcess,
    readonly endpoint: string,
    private readonly iam: IAMClient,
  ) {}

  static async start(): Promise<Account> {
    const port = await freePort();
    const server = spawn(motoServer(), ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
    const endpoint = `http://127.0.0.1:${port}`;
    const iam = new IAMClient({
      endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "e2e", secretAccessKey: "e2e" },
    });
    const account = new Account(server, endpoint, iam);
    for (let attempt = 0; ; attempt++) {
      try {
        await account.clear();
        return account;
      } catch (error) {
        if (attempt < 300 && server.exitCode === null) await pause(200);
        else {
          server.kill();
          throw error;
        }
      }
    }
  }

  stop(): void {
    this.server.kill();
  }

  async clear(): Promise<void> {
    await fetch(`${this.endpoint}/moto-api/reset`, { method: "POST" });
  }

  async countPolicies(): Promise<number> {
    let count = 0;
    for await (const page of paginateListPolicies({ client: this.iam }, { Scope: "Local" }))
      count += page.Policies?.length ?? 0;
    return count;
  }

  /** Identities that are there before the stack is. */
  async create(UserName: string, GroupName: string): Promise<void> {
    await this.iam.send(new CreateUserCommand({ UserName }));
    await this.iam.send(new CreateGroupCommand({ GroupName }));
  }

  /** The names of the policies that are attached to each of them. */
  async attachedTo(UserName: string, GroupName: string): Promise<readonly (readonly string[])[]> {
    const lists = [
      await this.iam.send(new ListAttachedUserPoliciesCommand({ UserName })),
      await this.iam.send(new ListAttachedGroupPoliciesCommand({ GroupName })),
    ];
    return lists.map(({ AttachedPolicies = [] }) =>
      AttachedPolicies.map(({ PolicyName = "" }) => PolicyName),
    );
  }

  async contents(): Promise<Contents> {
    const policies: Record<string, unknown> = {};
    const { Policies = [] } = await this.iam.send(new ListPoliciesCommand({ Scope: "Local" }));
    for (const { PolicyName = "", Arn: PolicyArn } of Policies) {
      const { Policy } = await this.iam.send(new GetPolicyCommand({ PolicyArn }));
      const { PolicyVersion } = await this.iam.send(
        new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
      );
      policies[PolicyName] = documentOf(PolicyVersion?.Document);
    }
    const roles: Record<string, { trust: unknown; attached: readonly string[] }> = {};
    const { Roles = [] } = await this.iam.send(new ListRolesCommand({}));
    for (const { RoleName = "" } of Roles) {
      const { Role } = await this.iam.send(new GetRoleCommand({ RoleName }));
      const { AttachedPolicies = [] } = await this.iam.send(
        new ListAttachedRolePoliciesCommand({ RoleName }),
      );
      roles[RoleName] = {
        trust: documentOf(Role?.AssumeRolePolicyDocument),
        attached: AttachedPolicies.map(({ PolicyName = "" }) => PolicyName),
      };
    }
    return { policies, roles };
  }
}

function freePort(): Promise<number> {
  return new Promise((fulfil, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        fulfil(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  });
}
