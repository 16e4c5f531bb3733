/**
 * What AWS decides on a request, and which statements decided.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { isMet, valueOf } from "../language/condition";
import type { Document } from "../language/document";
import { matches, type Pattern, resolved } from "../pattern/pattern";
import { callerText, isAccount } from "../language/principal";
import type { Context, Request } from "../language/request";
import { patternsOf } from "./selection-patterns";
import type { Selection, Statement } from "../language/statement";

/** `unknown` where a condition or a part of a document cannot be told. */
export type Outcome = "allowed" | "explicitly denied" | "implicitly denied" | "unknown";

export interface Decision {
  readonly outcome: Outcome;
  /** the statements that decided: those that deny, else those that allow, else those that cannot be told; none when nothing applies */
  readonly statements: readonly Statement[];
}

/** Whether a statement applies to a request; undefined when nobody can tell. */
export function applies(statement: Statement, request: Request): boolean | undefined {
  const { principals, actions, resources, condition } = statement;
  const { context } = request;
  // A statement about other actions is the usual case.
  const about = selects(actions, request.action.toLowerCase(), context);
  if (about === false) return false;
  const answers = [about, selects(resources, request.resource, context)];
  if (principals !== undefined)
    answers.push(
      request.principal !== undefined && selects(principals, callerText(request.principal), context),
    );
  if (answers.includes(false)) return false;
  const met = isMet(condition, context);
  if (met === false) return false;
  return met === undefined || answers.includes(undefined) ? undefined : true;
}

function selects(selection: Selection, text: string, context: Context): boolean | undefined {
  const { negated, partial } = selection;
  const { texts, others } = patternsOf(selection);
  if (texts.has(text)) return !negated;
  let unclear = false;
  for (const pattern of others) {
    const answer = matchesIn(pattern, text, context);
    if (answer === true) return !negated;
    unclear ||= answer === undefined;
  }
  return partial || (negated && unclear) ? undefined : negated;
}

/** A pattern whose variable stands for nothing matches no text; what it leaves out is then another question. */
function matchesIn(pattern: Pattern, text: string, context: Context): boolean | undefined {
  const whole = resolved(pattern, (variable) => valueOf(variable, context));
  return whole === undefined ? undefined : matches(whole, text);
}

/** What policies of one kind decide together: "an explicit deny in any policy overrides any allows". */
export function decide(documents: readonly Document[], request: Request): Decision {
  const about = documents
    .flatMap((document) => document.statements)
    .map((statement) => ({ statement, answer: applies(statement, request) }));
  const those = (effect: Statement["effect"], answer: true | undefined): readonly Statement[] =>
    about
      .filter((each) => each.answer === answer && each.statement.effect === effect)
      .map(({ statement }) => statement);
  const denies = those("Deny", true);
  if (denies.length > 0) return { outcome: "explicitly denied", statements: denies };
  const doubtfulDenies = those("Deny", undefined);
  if (doubtfulDenies.length > 0) return { outcome: "unknown", statements: doubtfulDenies };
  const allows = those("Allow", true);
  if (allows.length > 0) return { outcome: "allowed", statements: allows };
  const doubtful = those("Allow", undefined);
  return doubtful.length > 0
    ? { outcome: "unknown", statements: doubtful }
    : { outcome: "implicitly denied", statements: [] };
}

/** The policies that bear on a request, by what they are attached to. A kind that is absent limits nothing. */
export interface Policies {
  readonly identity: readonly Document[];
  readonly resource?: readonly Document[];
  readonly boundary?: readonly Document[];
  readonly session?: readonly Document[];
  /** service control policies: one list for the root, one for each organizational unit, one for the account */
  readonly serviceControl?: readonly (readonly Document[])[];
  /** resource control policies, likewise */
  readonly resourceControl?: readonly (readonly Document[])[];
  /** whether caller and resource belong to different accounts: then both accounts must allow */
  readonly crossAccount?: boolean;
}

/**
 * What all policies decide together: a denial anywhere wins; control policies of every level must allow; then the resource's
 * policy or the caller's own must, and what limits the caller's own must too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function evaluate(request: Request, policies: Policies): Decision {
  const { serviceControl = [], resourceControl = [], boundary, session, crossAccount = false } = policies;
  const control = [...serviceControl, ...resourceControl].map((level) => decide(level, request));
  const limits = [boundary, session].flatMap((limit) =>
    limit === undefined ? [] : [decide(limit, request)],
  );
  const own = decide(policies.identity, request);
  const given = decide(policies.resource ?? [], request);

  const all = [...control, given, own, ...limits];
  const denied = all.filter(({ outcome }) => outcome === "explicitly denied");
  if (denied.length > 0)
    return { outcome: "explicitly denied", statements: denied.flatMap(({ statements }) => statements) };
  const limited = together([own, ...limits]);
  const granted = crossAccount
    ? together([given, limited])
    : either(grantOf(given, request, limits, limited), limited);
  // One that may be a denial is in the way of everything that would allow.
  const doubtful = all.filter(({ statements }) => statements.some(({ effect }) => effect === "Deny"));
  return together([...control, granted, ...doubtful]);
}

/** All must allow. */
function together(decisions: readonly Decision[]): Decision {
  const worst =
    decisions.find(({ outcome }) => outcome === "implicitly denied") ??
    decisions.find(({ outcome }) => outcome === "unknown");
  return worst ?? { outcome: "allowed", statements: decisions.flatMap(({ statements }) => statements) };
}

/** One that allows is enough. */
const either = (a: Decision, b: Decision): Decision =>
  [a, b].find(({ outcome }) => outcome === "allowed") ??
  [a, b].find(({ outcome }) => outcome === "unknown") ??
  b;

/**
 * What the resource's policy gives within one account, which depends on how it means the caller.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
function grantOf(
  given: Decision,
  { principal }: Request,
  limits: readonly Decision[],
  limited: Decision,
): Decision {
  const named = given.statements.flatMap(({ principals }) =>
    (principals?.entries ?? [])
      .filter(({ pattern }) => principal !== undefined && matches(pattern, callerText(principal)))
      .map(({ text }) => text),
  );
  // "If a resource-based policy grants permissions directly to the IAM user or the session principal …, then an implicit deny
  // in an identity-based policy, a permissions boundary, or a session policy does not impact the final decision"; `*`: "For
  // IAM users and role principals within your account, no other permissions are required."
  if (named.some((text) => text === principal?.id || text === "*")) return given;
  // An account is given the right to give: its identities need a policy of their own.
  if (named.length > 0 && named.every(isAccount)) return together([given, limited]);
  // The ARN of a role is limited "by an implicit deny in a permissions boundary or session policy".
  return together([given, ...limits]);
}
