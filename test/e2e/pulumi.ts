/** The real Pulumi CLI on programs of the tests: a backend in a folder, no account, IAM of the tests. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CommandError,
  type EngineEvent,
  LocalWorkspace,
  PulumiCommand,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation";
import { ROOT } from "../cli/run";
import type { Account } from "./account";
import type { Cli } from "./tools";

export const PROJECT = "e2e";
export const STACK = "dev";
const PROVIDER = join(__dirname, "aws-provider");
/** The switch for those who have the AWS provider itself: `E2E_AWS_PROVIDER=installed`. It speaks to moto all the same. */
const installedProvider = process.env["E2E_AWS_PROVIDER"] === "installed";
export const plugins = installedProvider ? {} : { plugins: { providers: [{ name: "aws", path: PROVIDER }] } };

/** A finding as the engine reports it. */
export interface Finding {
  readonly policy: string;
  readonly level: string;
  /** the name of the resource; that of the stack where the stack is meant */
  readonly resource: string;
  readonly message: string;
}
export interface Ran {
  readonly stopped: boolean;
  readonly findings: readonly Finding[];
  /** all that the CLI printed */
  readonly printed: string;
}
/** What `--policy-pack-config` says. */
export type PackConfiguration = Readonly<Record<string, unknown>>;

const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";
const plainText = (message: string): string => message.replace(/<\{%[^%]*%\}>/g, "").trim();

/** The parts of the engine's event that Node's types do not have yet stand here as they are sent. */
const findingsOf = (events: readonly EngineEvent[]): readonly Finding[] =>
  events.flatMap(({ policyEvent }) =>
    policyEvent === undefined
      ? []
      : [
          {
            policy: policyEvent.policyName,
            level: policyEvent.enforcementLevel,
            resource: nameOf(policyEvent.resourceUrn ?? ""),
            message: plainText(policyEvent.message),
          },
        ],
  );

export class Pulumi {
  readonly folder = mkdtempSync(join(tmpdir(), "e2e-"));
  readonly environment: Record<string, string>;

  private constructor(
    readonly cli: Cli,
    private readonly command: PulumiCommand,
    account: Account,
  ) {
    mkdirSync(join(this.folder, "state"));
    this.environment = {
      PATH: cli.path,
      PULUMI_HOME: join(this.folder, "home"),
      PULUMI_BACKEND_URL: `file://${this.folder}/state`,
      PULUMI_CONFIG_PASSPHRASE: "e2e",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      ...(installedProvider ? {} : { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" }),
      AWS_ENDPOINT_URL: account.endpoint,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "e2e",
      AWS_SECRET_ACCESS_KEY: "e2e",
    };
    if (installedProvider && process.env["PULUMI_HOME"] !== undefined)
      this.environment["PULUMI_HOME"] = process.env["PULUMI_HOME"];
  }

  static async on(account: Account, cli: Cli): Promise<Pulumi> {
    // The Automation API looks for `bin/pulumi` in a root.
    const command = await PulumiCommand.get({ root: join(cli.command, "..", "..") });
    return new Pulumi(cli, command, account);
  }

  /** A stack whose program runs in this process; another program is another description of the same stack. */
  async inline(
    name: string,
    program: PulumiFn,
    place: { readonly stackName?: string; readonly workDir?: string } = {},
  ): Promise<Stack> {
    const settings = {
      name,
      runtime: "nodejs" as const,
      backend: { url: `file://${this.folder}/state` },
      ...plugins,
    };
    return LocalWorkspace.createOrSelectStack(
      { stackName: place.stackName ?? STACK, projectName: name, program },
      {
        pulumiCommand: this.command,
        envVars: this.environment,
        projectSettings: settings,
        ...(place.workDir === undefined ? {} : { workDir: place.workDir }),
      },
    );
  }

  /** A stack of a YAML project with these resources. */
  async yaml(name: string, resources: object): Promise<Stack> {
    const workDir = mkdtempSync(join(this.folder, "yaml-"));
    writeFileSync(
      join(workDir, "Pulumi.yaml"),
      JSON.stringify({ name, runtime: "yaml", ...plugins, resources }, null, 2),
    );
    return LocalWorkspace.createOrSelectStack(
      { stackName: STACK, workDir },
      { pulumiCommand: this.command, envVars: this.environment },
    );
  }

  /** The command itself, as people type it. */
  run(
    args: readonly string[],
    cwd: string = this.folder,
    env: Readonly<Record<string, string>> = {},
  ): { status: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync(this.cli.command, args, {
      cwd,
      encoding: "utf8",
      env: { ...process.env, ...this.environment, ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
    return { status, stdout, stderr };
  }

  /** A file with a configuration of the pack. */
  configuration(content: PackConfiguration): string {
    const file = join(mkdtempSync(join(this.folder, "configuration-")), "guardrails.json");
    writeFileSync(file, JSON.stringify(content));
    return file;
  }

  /** An update or a preview under a pack, and what the engine said of it. */
  async under(
    pack: string,
    stack: Stack,
    what: "up" | "preview",
    configuration?: PackConfiguration,
  ): Promise<Ran> {
    const events: EngineEvent[] = [];
    const options = {
      policyPacks: [pack],
      ...(configuration === undefined ? {} : { policyPackConfigs: [this.configuration(configuration)] }),
      onEvent: (event: EngineEvent): void => void events.push(event),
    };
    try {
      const { stdout, stderr } = what === "up" ? await stack.up(options) : await stack.preview(options);
      return { stopped: false, findings: findingsOf(events), printed: stdout + stderr };
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return { stopped: true, findings: findingsOf(events), printed: error.message };
    }
  }
}

/** The pack as it is started by each of the routes; all must judge alike. */
export const EXECUTABLE = join(ROOT, "policypack", "dist", "ai-workflow-guardrails.cjs");
export const FOLDER = join(ROOT, "policypack");

/**
 * The pack as the Node language host starts it from its folder, by `run-policy-pack` of its own SDK, where that host is not
 * installed: nothing but a file serves it to people.
 *
 * @param folder - where the file is made
 */
export function asFromFolder(folder: string, pack = FOLDER): string {
  const file = join(mkdtempSync(join(folder, "launcher-")), "pack.cjs");
  writeFileSync(
    file,
    `#!${process.execPath}
process.chdir(${JSON.stringify(pack)});
process.argv.push(${JSON.stringify(pack)});
require(${JSON.stringify(require.resolve("@pulumi/pulumi/cmd/run-policy-pack"))});
`,
  );
  chmodSync(file, 0o755);
  return file;
}
