/** What `prove` has found: for a person the verdict first, then a request to try, and what to write instead. */
import { visible } from "../engine";
import {
  type Containment,
  type Counterexample,
  type Entry,
  type JsonObject,
  type NearMiss,
  type Scope,
  type Statement,
} from "../iam";
import { conditionWords, listed } from "./condition-words";
import { documentOf, keyNames, type NamedReading, namesOf, statementName } from "./documents";
import { requestJson, requestTable } from "./request";
import { paint, type Style, wrap } from "./style";

export interface Proof {
  readonly answer: Containment;
  /** the scope that was asked for */
  readonly demanded: Scope;
  readonly candidate: readonly NamedReading[];
  readonly reference: readonly NamedReading[];
  /** where the answer is a request: what of the reference comes nearest to allowing it, if anything */
  readonly near: NearMiss | undefined;
  /** statements to write instead, proved to be within; undefined where there are none */
  readonly instead: readonly JsonObject[] | undefined;
}

const INDENT = "    ";

/** Whether the proof is as wide as was asked for. */
export const isProved = ({ answer, demanded }: Proof): boolean =>
  answer.verdict === "contained" && (answer.scope === "all-actions" || demanded === "known-actions");

/** The statement that a verdict is about. */
const statementOf = (answer: Containment): Statement | undefined =>
  "statement" in answer ? answer.statement : undefined;

/** The answer in the form of the contract. */
export const proofJson = (proof: Proof): string =>
  `${JSON.stringify({ version: 1, ...proofFields(proof) }, undefined, 2)}\n`;

/** What a proof says, for programs; what a verdict does not have is null. */
export function proofFields(proof: Proof): Readonly<Record<string, unknown>> {
  const { answer, demanded, candidate, reference, instead } = proof;
  const statement = statementOf(answer);
  return {
    verdict: answer.verdict === "contained" && !isProved(proof) ? "not-proved" : answer.verdict,
    scope: answer.verdict === "contained" ? answer.scope : demanded,
    counterexample:
      answer.verdict === "exceeds"
        ? requestJson(answer.counterexample, keyNames([...candidate, ...reference]))
        : null,
    statement: statement?.path ?? null,
    sid: statement?.sid ?? null,
    file: statement === undefined ? null : (documentOf(statement, candidate)?.name ?? null),
    reason:
      answer.verdict === "exceeds"
        ? obstacleWords(answer.counterexample, proof)
        : "reason" in answer
          ? answer.reason
          : null,
    instead: instead ?? null,
  };
}

export function proofText(proof: Proof, style: Style): string {
  const { answer, candidate, reference } = proof;
  const [own, others] = [namesOf(candidate), namesOf(reference)];
  const verb = candidate.length === 1 ? "allows" : "allow";
  const where = whereWords(proof);
  const nothing = `${own} ${verb} nothing that ${others} ${does(reference)} not`;
  const notProved = [
    head("? not proved", "yellow", `that ${nothing}`, style),
    where === undefined ? undefined : paint(wrap(where, INDENT, style), "dim", style),
  ];
  switch (answer.verdict) {
    case "contained":
      return isProved(proof)
        ? lines(
            head("✔ contained", "green", nothing, style),
            answer.scope === "all-actions"
              ? wrap("proved for every request, actions that AWS adds later included", INDENT, style)
              : wrap(`proved for the actions known today: ${answer.reason}`, INDENT, style),
          )
        : lines(
            ...notProved,
            wrap("reason" in answer ? answer.reason : "", INDENT, style),
            wrap(
              `fix: ${narrowing(statementOf(answer))}ask with --scope known-actions, which is proved`,
              INDENT,
              style,
            ),
          );
    case "not-proved":
      return lines(...notProved, wrap(visible(answer.reason), INDENT, style));
    case "exceeds":
      return lines(
        head(
          "✘ exceeds",
          "red",
          `${own} ${verb} what ${others} ${does(reference)} not, for example this request`,
          style,
        ),
        requestTable(
          requestJson(answer.counterexample, keyNames([...candidate, ...reference])),
          INDENT,
          style,
        ),
        "",
        wrap(`allowed by ${where ?? ""}`, INDENT, style),
        wrap(obstacleWords(answer.counterexample, proof), INDENT, style),
        remedy(proof, answer.statement, answer.counterexample.action, style),
      );
  }
}

/** What to write out, of what is not: first the actions; nothing where all is. */
function narrowing(statement: Statement | undefined): string {
  if (statement === undefined) return "";
  const { actions, resources } = statement;
  if (actions.negated) return "list the actions instead of `NotAction`; or ";
  if (actions.entries.some(isPattern)) return "list the actions instead of a pattern; or ";
  if (resources.negated) return "name the resources instead of `NotResource`; or ";
  return resources.entries.some(isPattern) ? "name the resources instead of a pattern; or " : "";
}

const isPattern = ({ text }: Entry): boolean => /[*?]/.test(text);

const does = (documents: readonly NamedReading[]): string => (documents.length === 1 ? "does" : "do");

const lines = (...parts: readonly (string | undefined)[]): string =>
  `${parts.filter((part) => part !== undefined).join("\n")}\n`;

function head(verdict: string, ink: "green" | "red" | "yellow", rest: string, style: Style): string {
  const [first = "", ...more] = wrap(`${verdict}: ${rest}`, "", style).split("\n");
  return [paint(verdict, ink, style) + first.slice(verdict.length), ...more].join("\n");
}

/** `policy.json: Statement[0] (Sid Read)`; the name only where there are several. */
function whereWords({ answer, candidate }: Proof): string | undefined {
  const statement = statementOf(answer);
  if (statement === undefined) return undefined;
  const file = documentOf(statement, candidate)?.name ?? "";
  return candidate.length > 1 ? `${visible(file)}: ${statementName(statement)}` : statementName(statement);
}

/** Why the reference does not allow a request: the statement that comes nearest to it. */
function obstacleWords(request: Counterexample, { near, reference }: Proof): string {
  const action = `\`${request.action}\``;
  if (near === undefined) return visible(`nothing in ${namesOf(reference)} allows ${action}`);
  const { statement, obstacle } = near;
  const { resources } = statement;
  const where = `${statementName(statement)} of ${documentOf(statement, reference)?.name ?? ""}`;
  const words = {
    denied: () => `${where} denies it`,
    resource: () =>
      `${where} allows ${action} ${resources.negated ? "on everything but" : "on"} ${listed(
        resources.entries.map(({ text }) => `\`${text}\``),
        resources.negated ? "and" : "or",
        4,
      )}${resources.negated ? "" : " only"}`,
    caller: () => `${where} allows ${action} to other callers`,
    condition: () => `${where} allows it only if ${conditionWords(statement.condition).join(", and ")}`,
  }[obstacle]();
  return visible(words);
}

/** How many lines of JSON still are an answer; what is longer is said in words. */
const MOST_LINES = 40;

function remedy({ instead, reference }: Proof, { path }: Statement, action: string, style: Style): string {
  const json = instead?.map((statement) => JSON.stringify(statement, undefined, 2)).join(",\n") ?? "";
  if (json === "" || json.split("\n").length > MOST_LINES) {
    const others = namesOf(reference);
    const allow = reference.length === 1 ? "allows" : "allow";
    const fix = `fix: take \`${action}\` out of ${path}, or limit the statement to what ${others} ${allow}`;
    return wrap(visible(fix), INDENT, style);
  }
  const lead =
    instead?.length === 1
      ? "write instead, which is proved to be within:"
      : `write ${instead?.length ?? 0} statements instead, which are proved to be within:`;
  return [lead, ...json.split("\n").map((line) => `  ${line}`)]
    .map((line) => INDENT + visible(line))
    .join("\n");
}
