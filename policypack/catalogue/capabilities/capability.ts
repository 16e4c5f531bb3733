/** What a capability is: data that a stack fills and a policy pack reads. */
import type { ParameterName } from "./parameters";
import type { TrustFeature } from "./trust";

/** A condition block whose values may hold `${parameter}` placeholders: operator → key → value or values. */
export type ConditionTemplate = Readonly<
  Record<string, Readonly<Record<string, string | readonly string[]>>>
>;

/** One statement of a capability; an Allow unless it says otherwise. */
export interface StatementTemplate {
  readonly Effect?: "Deny";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  /**
   * A test on an optional parameter is left out where the parameter is. Each `ForAllValues` is written with `Null: "false"`
   * beside it, since alone it is true of a request that does not have the key.
   */
  readonly Condition?: ConditionTemplate;
  /** The optional parameter without which the statement is left out. */
  readonly when?: ParameterName;
}

/** Another capability that this one does not work without. */
export interface Implied {
  readonly id: string;
  /** Its parameters, where they are not this one's of the same name; it is left out where one of them is not given. */
  readonly with?: Partial<Readonly<Record<ParameterName, string>>>;
}

/** Whether the role that a service or workload runs with needs it, or whoever starts, deploys and hands over that role. */
export type Side = "execution" | "caller";

/** What a workflow can be allowed to do, and exactly which IAM grants that takes. */
export interface Capability {
  /** `service.verb` */
  readonly id: string;
  readonly side: Side;
  /** What has to be given. */
  readonly parameters: readonly ParameterName[];
  /** What may be given, and then binds the grant more tightly or makes it complete. */
  readonly optional?: readonly ParameterName[];
  /** True where each action may be granted without the others, by `calls`; otherwise all of them belong together. */
  readonly selectable?: true;
  /** Why a policy pack does not approve it by itself: whoever uses it puts its actions on the list. */
  readonly needsReview?: string;
  readonly statements: readonly StatementTemplate[];
  readonly implies?: readonly Implied[];
  /** The feature of a service that works with the execution role; with `when`, only where that parameter is given. */
  readonly trust?: { readonly feature: TrustFeature; readonly when?: ParameterName };
  /** The page of AWS documentation that the statements rest on. */
  readonly source: string;
  /** One sentence: why these actions, these resources and these conditions. */
  readonly why: string;
}

/** The page of AWS's Service Authorization Reference about a service. */
export const reference = <const Service extends string>(service: Service) =>
  `https://docs.aws.amazon.com/service-authorization/latest/reference/list_${service}.html` as const;

/** Hands the execution role, and no other, to one service. */
export const passTo = <const Service extends string>(service: Service, when?: ParameterName) =>
  ({
    Action: ["iam:PassRole"],
    Resource: ["arn:${partition}:iam::${account}:role/${executionRole}"],
    Condition: { StringEquals: { "iam:PassedToService": `${service}.amazonaws.com` } },
    ...(when === undefined ? {} : { when }),
  }) as const satisfies StatementTemplate;
