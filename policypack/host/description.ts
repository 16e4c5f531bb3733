/** What a pack says of itself: its policies, their configuration, and what people are told about them. */
import {
  type AnalyzerInfo,
  EnforcementLevel,
  type PolicyConfig,
  type PolicyInfo,
  PolicySeverity,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { WireObject } from "./registration";

export type Level = "advisory" | "mandatory" | "remediate" | "disabled";
const LEVELS: readonly (readonly [Level, EnforcementLevel])[] = [
  ["advisory", EnforcementLevel.ADVISORY],
  ["mandatory", EnforcementLevel.MANDATORY],
  ["remediate", EnforcementLevel.REMEDIATE],
  ["disabled", EnforcementLevel.DISABLED],
];
export const levelOf = (level: EnforcementLevel): Level =>
  LEVELS.find(([, known]) => known === level)?.[0] ?? "mandatory";
export const onWire = (level: Level): EnforcementLevel =>
  LEVELS.find(([known]) => known === level)?.[1] ?? EnforcementLevel.MANDATORY;

export interface PolicyConfiguration {
  readonly level: Level;
  readonly properties: WireObject;
}

/** What a policy tells people, in the console and beside a violation. Empty where it tells nothing. */
export interface PolicyMetadata {
  readonly displayName: string;
  readonly description: string;
  readonly severity: "" | "low" | "medium" | "high" | "critical";
  readonly framework: {
    readonly name: string;
    readonly version: string;
    readonly reference: string;
    readonly specification: string;
  };
  readonly tags: readonly string[];
  readonly remediationSteps: string;
  readonly url: string;
}

/** One policy of a pack, as it describes itself. */
export interface PolicyDescription {
  readonly name: string;
  readonly level: Level;
  /** the properties of its configuration, as JSON schemas, and which of them it cannot do without */
  readonly properties: WireObject;
  readonly required: readonly string[];
  /** the top-level defaults of its configuration schema */
  readonly defaults: WireObject;
  readonly metadata: PolicyMetadata;
}

export interface PackDescription {
  readonly name: string;
  readonly version: string;
  readonly policies: readonly PolicyDescription[];
  /** what the pack configures its policies with, by their names; `all` for the level of all of them */
  readonly initialConfiguration: Readonly<Record<string, PolicyConfiguration>>;
}

export const descriptionOf = (info: AnalyzerInfo): PackDescription => ({
  name: info.getName(),
  version: info.getVersion(),
  policies: info.getPoliciesList().map((policy) => {
    const properties = propertiesOf(policy);
    return {
      name: policy.getName(),
      level: levelOf(policy.getEnforcementlevel()),
      properties,
      required: policy.getConfigschema()?.getRequiredList() ?? [],
      defaults: defaultsOf(properties),
      metadata: metadataOf(policy),
    };
  }),
  initialConfiguration: Object.fromEntries(
    [...info.getInitialconfigMap().entries()].map(([name, config]) => [name, initialOf(config)]),
  ),
});

const propertiesOf = (policy: PolicyInfo): WireObject =>
  policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {};

function defaultsOf(properties: WireObject): WireObject {
  return Object.fromEntries(
    Object.entries(properties as Readonly<Record<string, { readonly default?: WireObject[string] }>>).flatMap(
      ([name, schema]) => (schema.default === undefined ? [] : [[name, schema.default]]),
    ),
  );
}

/** An entry that says no level says `advisory`: it is the zero of its message, and the engine takes it at its word. */
const initialOf = (config: PolicyConfig): PolicyConfiguration => ({
  level: levelOf(config.getEnforcementlevel()),
  properties: config.getProperties()?.toJavaScript() ?? {},
});

const SEVERITIES: readonly (readonly [PolicyMetadata["severity"], PolicySeverity])[] = [
  ["low", PolicySeverity.POLICY_SEVERITY_LOW],
  ["medium", PolicySeverity.POLICY_SEVERITY_MEDIUM],
  ["high", PolicySeverity.POLICY_SEVERITY_HIGH],
  ["critical", PolicySeverity.POLICY_SEVERITY_CRITICAL],
];

function metadataOf(policy: PolicyInfo): PolicyMetadata {
  const framework = policy.getFramework();
  return {
    displayName: policy.getDisplayname(),
    description: policy.getDescription(),
    severity: SEVERITIES.find(([, known]) => known === policy.getSeverity())?.[0] ?? "",
    framework: {
      name: framework?.getName() ?? "",
      version: framework?.getVersion() ?? "",
      reference: framework?.getReference() ?? "",
      specification: framework?.getSpecification() ?? "",
    },
    tags: policy.getTagsList(),
    remediationSteps: policy.getRemediationSteps(),
    url: policy.getUrl(),
  };
}
