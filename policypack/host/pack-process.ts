/** A policy pack in its own process. */
import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { HostFailure } from "./failure";
import { launchOf } from "./launch";
import { isPreview, Pack, type StackIdentity } from "./pack";

/** "raises the gRPC Max Message size": what engine and SDK agree on. */
const MAX_MESSAGE = 400 * 1024 * 1024;
const BOOT_LIMIT_MS = 60_000;

export class PackProcess extends Pack {
  /**
   * Starts a pack: that of a folder as the Node language host does, by `run-policy-pack` of the pack's own SDK, in its folder;
   * an executable file as the engine does.
   *
   * @param environment - added to this process's own
   */
  static async start(
    pack: string,
    identity: StackIdentity,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<PackProcess> {
    const path = resolve(pack);
    const { command, args, cwd } = launchOf(path);
    const child = spawn(command, args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PULUMI_NODEJS_ORGANIZATION: identity.organization,
        PULUMI_NODEJS_PROJECT: identity.project,
        PULUMI_NODEJS_STACK: identity.stack,
        PULUMI_NODEJS_DRY_RUN: String(isPreview(identity)),
        PULUMI_CONFIG: JSON.stringify(identity.configuration),
        ...environment,
      },
    });
    const port = await portOf(child, path);
    const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
      "grpc.max_receive_message_length": MAX_MESSAGE,
      "grpc.max_send_message_length": MAX_MESSAGE,
    });
    return new PackProcess(client, `the policy pack of ${path}`, () => {
      client.close();
      child.kill();
    });
  }
}

/** The first line a pack prints is the port that it listens on. */
function portOf(child: ChildProcess, folder: string): Promise<number> {
  return new Promise((fulfil, reject) => {
    let printed = "";
    let complaint = "";
    const fail = (reason: string): void => {
      clearTimeout(timer);
      child.kill();
      reject(new HostFailure(complaintOf(complaint) ?? `the policy pack of ${folder} ${reason}`));
    };
    const timer = setTimeout(() => {
      fail(`did not start within ${BOOT_LIMIT_MS / 1000} s`);
    }, BOOT_LIMIT_MS);
    child.stderr?.on("data", (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    child.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const end = printed.indexOf("\n");
      if (end < 0) return;
      clearTimeout(timer);
      const port = Number(printed.slice(0, end));
      if (Number.isInteger(port) && port > 0) fulfil(port);
      else fail(`printed \`${printed.slice(0, Math.min(end, 80))}\` where its port was expected`);
    });
    child.on("error", (error) => {
      fail(`cannot be started: ${error.message}`);
    });
    child.on("exit", (code) => {
      fail(`ended with status ${code ?? "unknown"} before it listened`);
    });
  });
}

/** What a pack that did not start says is wrong: the line of its error, without the trace around it. */
function complaintOf(printed: string): string | undefined {
  const lines = printed.split("\n").map((line) => line.trim());
  const error = lines.find((line) => /^(?:[A-Z]\w*)?Error: /.test(line)) ?? lines.find((line) => line !== "");
  return error?.replace(/^error: /i, "");
}
