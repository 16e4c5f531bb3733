import { TRUST_SOURCES, type TrustFeature, type TrustSource } from "../../policypack/catalogue/capabilities";
import { type CallingService, type Description, type TrustedService } from "../description";
import { fill } from "./fill";
import { type Usage } from "./grants";

/** A statement that lets services, or roles of the account, assume a role. */
export interface TrustStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: { readonly Service: string } | { readonly AWS: string | readonly string[] };
  readonly Action: "sts:AssumeRole";
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** One role may serve all that a service does, so nothing narrower than its widest feature is known to be enough. */
const WHOLE_SERVICE: Readonly<Record<TrustedService, TrustFeature>> = {
  bedrock: "bedrock.batch",
  rekognition: "rekognition.video",
  sagemaker: "sagemaker.any",
};
/** Lambda passes no source; only who may pass it the role can make it assume one. */
const CALLERS: Readonly<Record<CallingService, TrustFeature | undefined>> = {
  lambda: undefined,
  sagemaker: "sagemaker.any",
  states: "states.machine",
};

/**
 * Writes who may assume the execution role: the services whose features the workflow uses, each for the sources of those
 * features and for no other account's (the confused deputy).
 *
 * @param description The workflow.
 * @param usages What it uses.
 */
export function executionTrust(
  description: Description,
  usages: readonly Usage[],
): readonly TrustStatement[] {
  const used = usages.flatMap(({ capability: { trust }, values }) =>
    trust !== undefined && (trust.when === undefined || (values[trust.when] ?? []).length > 0)
      ? [trust.feature]
      : [],
  );
  const { trustedService = used.length === 0 ? "sagemaker" : undefined } = description;
  const features = [...used, ...(trustedService === undefined ? [] : [WHOLE_SERVICE[trustedService]])];
  return serviceStatements(description, features);
}

/** Writes who may assume the caller role; nobody where nobody is named, and then there is none. */
export function callerTrust(description: Description): readonly TrustStatement[] {
  const { account, caller, partition } = description;
  const services = [...new Set(caller.trustedServices)].sort();
  const features = services.flatMap((service) => CALLERS[service] ?? []);
  const unbound = services.filter((service) => CALLERS[service] === undefined);
  const roles = [...new Set(caller.trustedRoles)].sort();
  const arns = roles.map((role) => `arn:${partition}:iam::${account}:role/${role}`);
  return [
    ...unbound.map((service): TrustStatement => assumedBy(service)),
    ...serviceStatements(description, features),
    ...(arns.length > 0
      ? [
          {
            Sid: "TrustedRoles",
            Effect: "Allow",
            Principal: { AWS: oneOrMany(arns) },
            Action: "sts:AssumeRole",
          } as const,
        ]
      : []),
  ];
}

function serviceStatements(
  { partition, region, account }: Description,
  features: readonly TrustFeature[],
): readonly TrustStatement[] {
  const sources = features.map((feature): TrustSource => TRUST_SOURCES[feature]);
  const services = [...new Set(sources.map(({ service }) => service))].sort();
  return services.map((service): TrustStatement => {
    const own = sources.filter((source) => source.service === service);
    const arns = own.map(({ sourceArn }) => sourceArn);
    const place = { partition: [partition], region: [region], account: [account] };
    // A feature whose source AWS does not document would be shut out by the sources of others.
    const filled = arns.every((arn) => arn !== undefined) ? arns.flatMap((arn) => fill(arn, place)) : [];
    return {
      ...assumedBy(service, services.length),
      Condition: {
        StringEquals: { "aws:SourceAccount": account },
        ...(filled.length > 0 && { ArnLike: { "aws:SourceArn": oneOrMany(narrowest(filled)) } }),
      },
    };
  });
}

const assumedBy = (service: string, among = 2) =>
  ({
    Sid: among === 1 ? "TrustedService" : `Trusted${service.slice(0, 1).toUpperCase()}${service.slice(1)}`,
    Effect: "Allow",
    Principal: { Service: `${service}.amazonaws.com` },
    Action: "sts:AssumeRole",
  }) as const;

/** Each once, and without those that another one covers: `…:*` covers every feature of the service. */
function narrowest(arns: readonly string[]): readonly string[] {
  const all = [...new Set(arns)].sort();
  return all.filter(
    (arn) =>
      !all.some((other) => other !== arn && other.endsWith(":*") && arn.startsWith(other.slice(0, -1))),
  );
}

const oneOrMany = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? (values[0] ?? values) : values;
