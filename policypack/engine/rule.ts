/** What a rule is: one declared object, identity first and logic last. */
import type { JsonObject, Reading, Statement } from "../iam";
import { forCertain } from "./certain";
import type { Control } from "./control";
import type { Options, OptionValues } from "./options";
import type { Identity, Stack } from "./stack";
import type { PolicyKind, ResourceSubject, Subject } from "./subject";

export type EnforcementLevel = "advisory" | "mandatory";
export type Severity = "low" | "medium" | "high" | "critical";

/** What a violation says in terms of data: names, actions and ARNs, never other values of the program. */
export type ViolationData = Readonly<Record<string, string | readonly string[]>>;

export interface Violation<M extends string = string> {
  /** which of the rule's messages */
  readonly message: M;
  /** JSON path: `Statement[1].Resource[0]` */
  readonly path: string;
  readonly sid?: string | undefined;
  readonly data: ViolationData;
  /** what to write instead: JSON where a statement can be given, one sentence otherwise */
  readonly fix: string;
  /** the code of AWS's check, where the rule has several for the message */
  readonly accessAnalyzer?: string | undefined;
}

/** What a rule judges: a document as far as it could be read, and what it does where it stands. */
export interface Judged extends Reading {
  readonly kind: PolicyKind;
  readonly subject: Subject;
}

/** What the rules of either kind say of themselves. */
interface RuleIdentity<M extends string, O extends Options> {
  /** kebab-case, the file's name; forever */
  readonly id: string;
  readonly title: string;
  /** one sentence: what the rule requires */
  readonly summary: string;
  /** why it matters */
  readonly why: string;
  /** how to put it right, in general */
  readonly fix: string;
  readonly level: EnforcementLevel;
  readonly severity: Severity;
  readonly tags: readonly string[];
  readonly framework: Control;
  readonly references: readonly string[];
  readonly options: O;
  /** templates; `{name}` stands for an item of the violation's data */
  readonly messages: Readonly<Record<M, string>>;
  /** the code of the check of AWS's own validation that says the same as a message; several where the violation says which */
  readonly accessAnalyzer?: Readonly<Partial<Record<M, string | readonly string[]>>>;
}

/** Why a rule does not put something right by itself: what only people can tell. One fragment, as in a message. */
export interface LeftToPeople {
  readonly because: string;
}

/** What to write in place of a statement, or why that is left to people. */
export type Remedy = { readonly statement: Statement } & (
  { readonly statements: readonly JsonObject[] } | LeftToPeople
);

/**
 * What a rule does by itself at the level `remediate`. It takes access away and gives none, from what is configured or stands in
 * the program; what it would have to guess is left to people, and the rule acts as mandatory.
 */
export interface Remediation<R> {
  /** what it does, and from what it knows it */
  readonly summary: string;
  readonly remedies: R;
}

/** A rule that judges one document at a time. */
export interface DocumentRule<M extends string = string, O extends Options = Options> extends RuleIdentity<
  M,
  O
> {
  readonly scope?: "document";
  /** the documents it is about; those of other kinds it is not asked about */
  readonly kinds: readonly PolicyKind[];
  /** whether it judges what is allowed for certain, and not what is written: see {@link forCertain} */
  readonly onlyCertain?: true;
  /** documents; each bad one yields exactly one violation */
  readonly examples: { readonly good: readonly object[]; readonly bad: readonly object[] };
  readonly check: (judged: Judged, options: OptionValues<O>) => Iterable<Violation<M>>;
  /** without, the level `remediate` is refused */
  readonly remediation?: Remediation<(judged: Judged, options: OptionValues<O>) => Iterable<Remedy>>;
}

/** A violation that shows at a resource of the stack. */
export interface StackViolation<M extends string = string> extends Violation<M> {
  readonly subject: ResourceSubject;
  /** it says that something is not known, and is treated as `onUnknown` has it */
  readonly unknown?: true;
}

/** A resource as an example writes it: `dependencies` names the resources whose outputs a property is made of. */
export interface ExampleResource {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
}

/** A rule that judges all resources of a stack together. */
export interface StackRule<M extends string = string, O extends Options = Options> extends RuleIdentity<
  M,
  O
> {
  readonly scope: "stack";
  /** whether it can say less where nobody can tell which policy is attached to whom */
  readonly needsAttachments: boolean;
  /** lists of resources; each bad one yields exactly one violation */
  readonly examples: {
    readonly good: readonly (readonly ExampleResource[])[];
    readonly bad: readonly (readonly ExampleResource[])[];
  };
  readonly check: (stack: Stack, options: OptionValues<O>) => Iterable<StackViolation<M>>;
  /** the permissions boundary to give an identity; without, the level `remediate` is refused */
  readonly remediation?: Remediation<
    (identity: Identity, options: OptionValues<O>) => { readonly boundary: string } | LeftToPeople
  >;
}

export type Rule = DocumentRule | StackRule;

/** Declares a rule about documents; infers its message ids and the types of its options. */
export const defineRule = <const M extends string, const O extends Options>(
  rule: DocumentRule<M, O>,
): DocumentRule => {
  const { check, onlyCertain } = rule;
  const made: DocumentRule<M, O> =
    onlyCertain === undefined
      ? rule
      : { ...rule, check: (judged, options) => check(forCertain(judged), options) };
  return made as unknown as DocumentRule;
};

/** Declares a rule about whole stacks. */
export const defineStackRule = <const M extends string, const O extends Options>(
  rule: StackRule<M, O>,
): StackRule => rule as unknown as StackRule;

/** A list is spelled out up to this many items; of a longer one only the first few. The finding's data has them all. */
const MOST_LISTED = 70;
const FIRST_FEW = 12;

/**
 * Fills a message template with data: `{name}` is an item, in backticks where it is a list, `nothing` where that is empty; `{name?is:are}` is the first
 * part for a list of one and the second for any other; `{name#action}` counts a list: `1 action`, `12 actions`.
 */
export const render = (template: string, data: ViolationData): string =>
  template.replace(
    /\{(\w+)(?:\?([^:{}]+):([^:{}]+)|#(\w+))?\}/g,
    (_, name: string, one?: string, many?: string, noun?: string) => {
      const value = data[name] ?? "";
      const { length } = typeof value === "string" ? [value] : value;
      if (one !== undefined && many !== undefined) return length === 1 ? one : many;
      if (noun !== undefined) return `${length} ${noun}${length === 1 ? "" : "s"}`;
      return typeof value === "string" ? value : listed(value);
    },
  );

function listed(items: readonly string[]): string {
  if (items.length === 0) return "nothing";
  const shown = (items.length > MOST_LISTED ? items.slice(0, FIRST_FEW) : items).map((item) => `\`${item}\``);
  const more = items.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
