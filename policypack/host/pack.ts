/** A policy pack that has been started, spoken to as the engine does it: in the calls of the analyzer protocol. */
import * as grpc from "@grpc/grpc-js";
import type { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
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
import type { Registration, WireObject } from "./registration";

const CALL_LIMIT_MS = 120_000;

export interface StackIdentity {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  readonly configuration: Readonly<Record<string, string>>;
  /** without it, a preview */
  readonly operation?: Operation;
}
export type Operation = "preview" | "update";
export const isPreview = ({ operation = "preview" }: StackIdentity): boolean => operation === "preview";

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

/** What carries the calls: gRPC, or the functions of a pack in this process. */
export type Client = Pick<
  AnalyzerClient,
  "analyze" | "analyzeStack" | "configure" | "configureStack" | "getAnalyzerInfo" | "remediate"
>;

/** Every call fails with a {@link HostFailure} where the pack throws, or its process has ended. */
export class Pack {
  /**
   * @param of - which pack it is, in the message of a failure
   * @param stop - ends what was started for it
   */
  constructor(
    private readonly client: Client,
    private readonly of: string,
    readonly stop: () => void,
  ) {}

  async configureStack(identity: StackIdentity): Promise<void> {
    const { organization, project, stack, configuration } = identity;
    const request = new AnalyzerStackConfigureRequest();
    request.setOrganization(organization);
    request.setProject(project);
    request.setStack(stack);
    request.setDryRun(isPreview(identity));
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

  private call<T>(
    start: (done: (error: grpc.ServiceError | null, response: T) => void) => unknown,
  ): Promise<T> {
    const failure = (reason: string): HostFailure => new HostFailure(`${this.of} failed: ${reason}`);
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
