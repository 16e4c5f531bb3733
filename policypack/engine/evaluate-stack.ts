/** Judges a stack by rules: findings, in the order of the rules. Nothing is thrown. */
import { appliesTo, type Labels } from "./applies-to";
import { type ConfiguredRule, reasonOf } from "./evaluate";
import { type Finding, findingOf } from "./finding";
import type { OnUnknown } from "./options";
import type { StackRule, StackViolation } from "./rule";
import type { Stack } from "./stack";
import type { ResourceSubject, Subject } from "./subject";

/** What has been said of a stack so far: what cannot be told of it concerns many rules alike, and is said once. */
export interface StackSaid {
  unknown: "nothing" | "reported" | "failed";
}
export const nothingSaidOfStack = (): StackSaid => ({ unknown: "nothing" });

/**
 * Judges a stack by one rule; a rule about documents has nothing to say.
 *
 * @param said - what earlier rules have said of the same stack; brought up to date
 */
export function judgeStack(
  { rule, level, options, appliesTo: where, exemptions }: ConfiguredRule,
  stack: Stack,
  said: StackSaid,
): readonly Finding[] {
  if (level === "disabled" || rule.scope !== "stack") return [];
  const findings: Finding[] = [];
  const unresolved = rule.needsAttachments ? unresolvedIn(stack) : [];
  if (unresolved.length > 0) exemptions.noteUnknown();
  const onUnknown = options["onUnknown"] as OnUnknown;
  const levelOfUnknown = onUnknown === "fail" ? level : "advisory";
  const unsaid = onUnknown === "fail" ? said.unknown !== "failed" : said.unknown === "nothing";
  if (unresolved.length > 0 && onUnknown !== "skip" && unsaid) {
    said.unknown = onUnknown === "fail" ? "failed" : "reported";
    findings.push(
      ...unresolved.map((violation) => findingOf(rule, violation, violation.subject, levelOfUnknown)),
    );
  }
  for (const violation of safely(rule, stack, options)) {
    if (violation.unknown) exemptions.noteUnknown();
    if (violation.unknown && onUnknown === "skip") continue;
    findings.push(findingOf(rule, violation, violation.subject, violation.unknown ? levelOfUnknown : level));
  }
  return findings
    .filter(({ subject }) => appliesTo(where, subject, labelsAt(stack, subject)))
    .map((finding) => exemptions.applied(finding));
}

/**
 * What is known of the path and tags of what a finding shows at: its own, or, of what only attaches a policy, those of whom it is
 * attached to.
 */
function labelsAt({ resources, identities, loose }: Stack, subject: Subject): readonly Labels[] {
  if ("file" in subject) return [];
  const own = resources.filter(({ urn }) => urn === subject.urn).map(({ labels }) => labels);
  if (own.some(({ path, tags }) => path !== undefined || tags !== undefined)) return own;
  if (loose.some((each) => each.subject.urn === subject.urn)) return [];
  return identities
    .filter(({ policies }) => policies.some((each) => each.subject.urn === subject.urn))
    .map(({ resource }) => resource.labels);
}

/** What nobody can tell of a stack: which policy is attached, or to whom. */
function unresolvedIn({ identities, loose }: Stack): readonly StackViolation[] {
  const policies = [
    ...identities.flatMap(({ policies: attached }) => attached),
    // A boundary only limits; who asks about boundaries says what is not known of them.
    ...loose.filter(({ as }) => as === "policy"),
  ].filter(({ policy }) => policy.kind === "unknown");
  return [
    ...policies.map(({ subject }) => unresolvedAt(subject, "which policy this attaches")),
    ...loose
      .filter(({ to, as }) => to.kind === "unknown" && as === "policy")
      .map(({ subject }) => unresolvedAt({ ...subject, property: "" }, "to whom this attaches a policy")),
    ...identities
      .flatMap(({ groups }) => groups.filter(({ group }) => group.kind === "unknown"))
      .map(({ subject }) => unresolvedAt(subject, "which group this puts a user into")),
  ];
}

const unresolvedAt = (subject: ResourceSubject, what: string): StackViolation => ({
  subject,
  message: `${what} cannot be told yet, so nothing can be said of what depends on it`,
  path: "",
  data: {},
  fix: "refer to the resource itself, such as `policy.arn` and `role.name`, or write a name that is known; or set `onUnknown` to `fail` or `skip`",
});

function safely(
  rule: StackRule,
  stack: Stack,
  options: Readonly<Record<string, unknown>>,
): readonly StackViolation[] {
  try {
    return [...rule.check(stack, options)];
  } catch (error) {
    return [
      {
        message: `rule error: this rule failed on this stack (${reasonOf(error)}); it is a bug of the rule, and the stack is not judged by it`,
        subject: subjectOf(stack),
        path: "",
        data: {},
        fix: "report the bug, with the program that shows it; disable the rule until it is mended",
      },
    ];
  }
}

const subjectOf = ({ resources: [first] }: Stack): ResourceSubject => ({
  urn: first?.urn ?? "",
  type: first?.type ?? "",
  name: first?.name ?? "",
  property: "",
});

/** Judges a stack by all rules about stacks. */
export function evaluateStack(rules: readonly ConfiguredRule[], stack: Stack): readonly Finding[] {
  const said = nothingSaidOfStack();
  return rules.flatMap((rule) => judgeStack(rule, stack, said));
}
