/** A policy pack in its own process, spoken to over the analyzer protocol as the engine does it. */
import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  type AnalyzeDiagnostic,
  AnalyzeRequest,
  type AnalyzerInfo,
  AnalyzerPropertyDependencies,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzerStackConfigureRequest,
  type AnalyzeResponse,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  PolicyConfig,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import {
  descriptionOf,
  type Level,
  levelOf,
  onWire,
  type PackDescription,
  type PolicyConfiguration,
} from "./description";
import { HostFailure } from "./failure";
import { launchOf } from "./launch";
import type { Registration, WireObject } from "./registration";

/** "raises the gRPC Max Message size": what engine and SDK agree on. */
const MAX_MESSAGE = 400 * 1024 * 1024;
const BOOT_LIMIT_MS = 60_000;
const CALL_LIMIT_MS = 120_000;

export interface StackIdentity {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  readonly configuration: Readonly<Record<string, string>>;
}

/** A violation, as the pack reports it. */
export interface Diagnostic {
  readonly policy: string;
  readonly level: Level;
  readonly message: string;
  /** set where the pack names another resource than the one it was asked about */
  readonly urn: string;
}

/** What the remediations of a pack have made of a resource. */
export interface Remediated {
  readonly properties: WireObject;
  /** the policies that have changed something, in their order */
  readonly policies: readonly string[];
  /** what could not run: the engine reports it */
  readonly diagnostics: readonly Diagnostic[];
}

/** A pack that has been started. Every call fails with a {@link HostFailure} once its process has ended. */
export class PackProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: AnalyzerClient,
    private readonly pack: string,
  ) {}

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
        PULUMI_NODEJS_DRY_RUN: "true",
        PULUMI_CONFIG: JSON.stringify(identity.configuration),
        ...environment,
      },
    });
    const port = await portOf(child, path);
    const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
      "grpc.max_receive_message_length": MAX_MESSAGE,
      "grpc.max_send_message_length": MAX_MESSAGE,
    });
    return new PackProcess(child, client, path);
  }

  async configureStack({ organization, project, stack, configuration }: StackIdentity): Promise<void> {
    const request = new AnalyzerStackConfigureRequest();
    request.setOrganization(organization);
    request.setProject(project);
    request.setStack(stack);
    request.setDryRun(true);
    for (const [key, value] of Object.entries(configuration)) request.getConfigMap().set(key, value);
    await this.call((done) => this.client.configureStack(request, new grpc.Metadata(), deadline(), done));
  }

  async describe(): Promise<PackDescription> {
    return descriptionOf(
      await this.call<AnalyzerInfo>((done) =>
        this.client.getAnalyzerInfo(new Empty(), new grpc.Metadata(), deadline(), done),
      ),
    );
  }

  async configure(policies: ReadonlyMap<string, PolicyConfiguration>): Promise<void> {
    const request = new ConfigureAnalyzerRequest();
    for (const [name, { level, properties }] of policies) {
      const policy = new PolicyConfig();
      policy.setEnforcementlevel(onWire(level));
      policy.setProperties(struct(properties));
      request.getPolicyconfigMap().set(name, policy);
    }
    await this.call((done) => this.client.configure(request, new grpc.Metadata(), deadline(), done));
  }

  /** The properties as the pack's remediations leave them: those of the last that gives any. */
  async remediate(registration: Registration): Promise<Remediated> {
    const response = await this.call<RemediateResponse>((done) =>
      this.client.remediate(analyzeRequest(registration), new grpc.Metadata(), deadline(), done),
    );
    const remediations = response.getRemediationsList();
    const changes = remediations.filter((each) => each.getDiagnostic() === "");
    const last = changes.at(-1)?.getProperties()?.toJavaScript() as WireObject | undefined;
    return {
      properties: last ?? registration.properties,
      policies: changes.map((each) => each.getPolicyname()),
      diagnostics: remediations
        .filter((each) => each.getDiagnostic() !== "")
        .map((each) => ({
          policy: each.getPolicyname(),
          level: "advisory",
          message: each.getDiagnostic(),
          urn: registration.urn,
        })),
    };
  }

  async analyze(registration: Registration): Promise<readonly Diagnostic[]> {
    const response = await this.call<AnalyzeResponse>((done) =>
      this.client.analyze(analyzeRequest(registration), new grpc.Metadata(), deadline(), done),
    );
    return response.getDiagnosticsList().map(diagnosticOf);
  }

  async analyzeStack(registrations: readonly Registration[]): Promise<readonly Diagnostic[]> {
    const request = new AnalyzeStackRequest();
    request.setResourcesList(
      registrations.map((registration) => {
        const resource = new AnalyzerResource();
        resource.setType(registration.type);
        resource.setName(registration.name);
        resource.setUrn(registration.urn);
        resource.setParent(registration.parent);
        resource.setDependenciesList([...registration.dependencies]);
        for (const [property, urns] of Object.entries(registration.propertyDependencies))
          resource
            .getPropertydependenciesMap()
            .set(property, new AnalyzerPropertyDependencies().setUrnsList([...urns]));
        resource.setProperties(struct(registration.properties));
        resource.setOptions(optionsOf(registration));
        return resource;
      }),
    );
    const response = await this.call<AnalyzeResponse>((done) =>
      this.client.analyzeStack(request, new grpc.Metadata(), deadline(), done),
    );
    return response.getDiagnosticsList().map(diagnosticOf);
  }

  stop(): void {
    this.client.close();
    this.child.kill();
  }

  private call<T>(
    start: (done: (error: grpc.ServiceError | null, response: T) => void) => unknown,
  ): Promise<T> {
    const failure = (reason: string): HostFailure =>
      new HostFailure(`the policy pack of ${this.pack} failed: ${reason}`);
    return new Promise((fulfil, reject) => {
      try {
        start((error, response) => {
          if (error === null) fulfil(response);
          else reject(failure(error.details || error.message));
        });
      } catch (error) {
        reject(failure(error instanceof Error ? error.message : String(error)));
      }
    });
  }
}

const deadline = (): grpc.CallOptions => ({ deadline: Date.now() + CALL_LIMIT_MS });
const struct = (value: WireObject): Struct => Struct.fromJavaScript(value);

const diagnosticOf = (diagnostic: AnalyzeDiagnostic): Diagnostic => ({
  policy: diagnostic.getPolicyname(),
  level: levelOf(diagnostic.getEnforcementlevel()),
  message: diagnostic.getMessage(),
  urn: diagnostic.getUrn(),
});

function analyzeRequest(registration: Registration): AnalyzeRequest {
  const request = new AnalyzeRequest();
  request.setType(registration.type);
  request.setName(registration.name);
  request.setUrn(registration.urn);
  request.setProperties(struct(registration.properties));
  request.setOptions(optionsOf(registration));
  return request;
}

function optionsOf(registration: Registration): AnalyzerResourceOptions {
  const options = new AnalyzerResourceOptions();
  options.setParent(registration.parent);
  options.setProtect(registration.protect);
  options.setIgnorechangesList([...registration.ignoreChanges]);
  options.setAdditionalsecretoutputsList([...registration.additionalSecretOutputs]);
  if (registration.deleteBeforeReplace !== undefined) {
    options.setDeletebeforereplacedefined(true);
    options.setDeletebeforereplace(registration.deleteBeforeReplace);
  }
  return options;
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
