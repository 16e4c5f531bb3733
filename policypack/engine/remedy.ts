/** What rules put right by themselves, at the level `remediate`. Pure: the caller writes it where the document stands. */
import { KNOWN } from "../catalogue";
import { contains, isUnknown, type Json, type JsonObject, parseDocument, type Statement } from "../iam";
import { appliesTo } from "./applies-to";
import { type ConfiguredRule, safely } from "./evaluate";
import { judgeStack, nothingSaidOfStack } from "./evaluate-stack";
import { type Finding, findingOf } from "./finding";
import type { DocumentRule, Judged, LeftToPeople, Remedy, Violation } from "./rule";
import type { Stack } from "./stack";
import { type SubjectDocument, TYPE_OF } from "./subject";

/** What is left to people, by where it stands in the document that is written; the empty path is all of it. */
export interface Left extends LeftToPeople {
  readonly path: string;
}

export interface Remedied {
  /** what to write in place of statements, by their place in the list */
  readonly statements: ReadonlyMap<number, readonly JsonObject[]>;
  readonly left: readonly Left[];
}

const NOTHING: Remedied = { statements: new Map(), left: [] };

/**
 * What a rule writes in place of statements of a document that it has something against. Nothing is written unless it is proved to
 * allow nothing more, and unless the rule has nothing against it any more; a finding that is exempted stays as it is.
 */
export function remedied(configured: ConfiguredRule, document: SubjectDocument): Remedied {
  const { rule, options, appliesTo: where } = configured;
  const { subject, kind, reading, labels } = document;
  if (rule.scope === "stack" || rule.remediation === undefined || !rule.kinds.includes(kind)) return NOTHING;
  if (!appliesTo(where, subject, labels === undefined ? [] : [labels])) return NOTHING;
  const judged: Judged = { ...reading, kind, subject };
  const violations = safely(() => rule.check(judged, options));
  if (violations.length === 0) return NOTHING;
  if (reading.problems.length > 0)
    return { ...NOTHING, left: [{ path: "", because: "the document cannot be read in full" }] };
  const remedies = [...rule.remediation.remedies(judged, options)].map((remedy) =>
    checked(remedy, configured, rule, judged, violations),
  );
  return placed(remedies, reading.document.statements);
}

/** The remedy as far as it can be stood by. */
function checked(
  remedy: Remedy,
  { options, exemptions, level }: ConfiguredRule,
  rule: DocumentRule,
  judged: Judged,
  violations: readonly Violation[],
): Remedy {
  const { statement } = remedy;
  const left = (because: string): Remedy => ({ statement, because });
  const own = violations.filter(({ path }) => isWithin(path, statement.path));
  const findings = own.map((each) =>
    exemptions.applied(findingOf(rule, each, judged.subject, level === "disabled" ? rule.level : level)),
  );
  if (findings.some(({ exemption }) => exemption !== undefined))
    return left("it is exempted, or a part of it is");
  if ("because" in remedy) return remedy;
  if (!isKnown(statement.source)) return left("a part of the statement is not known yet");
  const { version } = judged.document;
  const alone = (statements: readonly JsonObject[]): Judged => ({
    ...parseDocument(
      { ...(version === undefined ? {} : { Version: version }), Statement: statements },
      TYPE_OF[judged.kind],
    ),
    kind: judged.kind,
    subject: judged.subject,
  });
  const after = alone(remedy.statements);
  if (after.problems.length > 0 || safely(() => rule.check(after, options)).length > 0)
    return left("what could be written in its place is no better");
  return contains([alone([statement.source])], [after], KNOWN).verdict === "contained"
    ? remedy
    : left("what could be written in its place is not proved to allow nothing more");
}

/** The remedies by the place of their statements, and what is left by its place behind them. */
function placed(remedies: readonly Remedy[], statements: readonly Statement[]): Remedied {
  const sids = statements.flatMap(({ sid }) => (sid === undefined ? [] : [sid]));
  const written = new Map<number, readonly JsonObject[]>();
  const left: Left[] = [];
  let shift = 0;
  for (const { path } of statements) {
    const remedy = remedies.find(({ statement }) => statement.path === path);
    if (remedy === undefined) continue;
    if ("because" in remedy) left.push({ path: shifted(path, shift), because: remedy.because });
    else {
      // One that is not known yet has its place in the list, too.
      written.set(
        placeIn(path),
        remedy.statements.map((statement, part) => withFreeSid(statement, part, sids)),
      );
      shift += remedy.statements.length - 1;
    }
  }
  return { statements: written, left };
}

/** `Statement[2]` → 2; the only statement is the first. */
const placeIn = (path: string): number => Number(/\d+/.exec(path)?.[0] ?? 0);

const shifted = (path: string, by: number): string =>
  path.replace(/^Statement\[(\d+)\]/, (_, index: string) => `Statement[${Number(index) + by}]`);

/** A `Sid` must be unique in its document: one that another statement has is left out. */
function withFreeSid(statement: JsonObject, part: number, taken: string[]): JsonObject {
  const { Sid, ...rest } = statement;
  if (part === 0 || typeof Sid !== "string") return statement;
  if (taken.includes(Sid)) return rest;
  taken.push(Sid);
  return statement;
}

const isWithin = (path: string, statement: string): boolean =>
  path === statement || path.startsWith(`${statement}.`);

const isKnown = (value: Json | JsonObject[string]): boolean =>
  !isUnknown(value) && (typeof value !== "object" || value === null || Object.values(value).every(isKnown));

/** The permissions boundary that a rule gives the one identity of a stack; undefined where it has nothing against it. */
export function boundaryFor(
  configured: ConfiguredRule,
  stack: Stack,
): { readonly boundary: string } | LeftToPeople | undefined {
  const { rule, options } = configured;
  const [identity] = stack.identities;
  if (rule.scope !== "stack" || rule.remediation === undefined || identity === undefined) return undefined;
  const findings = judgeStack(configured, stack, nothingSaidOfStack());
  return findings.every(({ exemption }) => exemption !== undefined)
    ? undefined
    : rule.remediation.remedies(identity, options);
}

/** A finding that is left to people, and why. */
export function leftToPeople(finding: Finding, left: readonly Left[]): Finding {
  const found = left.find(({ path }) => path === "" || isWithin(finding.path, path));
  return found === undefined || finding.exemption !== undefined
    ? finding
    : { ...finding, message: `${finding.message}; not remediated: ${found.because}` };
}
