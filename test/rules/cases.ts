/** The shape of a rule's table of cases: documents, and exactly what the rule finds in them. */
import type {
  DocumentRule,
  ExampleResource,
  PolicyKind,
  StackRule,
  ViolationData,
} from "../../policypack/engine";

export interface Expected {
  readonly message: string;
  readonly path: string;
  /** the items of the data that the case is about */
  readonly data?: ViolationData;
  /** where the case is about it */
  readonly fix?: string;
}

interface Cases<R, C, E> {
  readonly rule: R;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly valid: readonly C[];
  readonly invalid: readonly (C & { readonly violations: readonly E[] })[];
}
export type DocumentRuleCases = Cases<DocumentRule, Case, Expected>;
export type StackRuleCases = Cases<StackRule, StackCase, ExpectedInStack>;
export type RuleCases = DocumentRuleCases | StackRuleCases;

export interface Case {
  readonly name: string;
  /** a document, or JSON text; a list stands for the statements of a document */
  readonly document: unknown;
  /** what the document is; identity without */
  readonly kind?: PolicyKind;
  /** the type of the Pulumi resource it stands in; a file without */
  readonly type?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface StackCase {
  readonly name: string;
  /** the resources of the stack; a property that is `UNKNOWN` is not known yet */
  readonly resources: readonly ExampleResource[];
  readonly options?: Readonly<Record<string, unknown>>;
}
export interface ExpectedInStack {
  readonly message: string;
  /** the name of the resource that the violation shows at */
  readonly at: string;
  /** its property; the resource itself without */
  readonly property?: string;
  readonly data?: ViolationData;
}

export const allow = (action: unknown, resource: unknown, more: object = {}): object => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...more,
});
export const deny = (action: unknown, resource: unknown, more: object = {}): object => ({
  ...allow(action, resource, more),
  Effect: "Deny",
});

/** A statement that no rule has anything against. */
export const CLEAN = allow("s3:GetObject", "arn:aws:s3:::example-bucket/*");
/** A condition that binds nothing the rules are about. */
export const CONDITION = { Condition: { Bool: { "aws:SecureTransport": "true" } } };

/** A statement of a resource's policy, and one of a role's. */
export const open = (more: object = {}): object => ({
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::example-bucket/*",
  ...more,
});
export const trust = (principal: unknown, more: object = {}): object => ({
  Effect: "Allow",
  Principal: principal,
  Action: "sts:AssumeRole",
  ...more,
});
export const ifs = (operator: string, key: string, value: unknown): object => ({
  Condition: { [operator]: { [key]: value } },
});
