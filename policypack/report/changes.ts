/** What a change of a document adds and removes, each part with a request that shows it. */
import { visible } from "../engine";
import { type Addition, type Additions, type Containment } from "../iam";
import { listed } from "./condition-words";
import { keyNames, type NamedDocument, statementName } from "./documents";
import { requestJson, requestLine } from "./request";
import { paint, type Style, wrap } from "./style";

export interface Changes {
  readonly before: NamedDocument;
  readonly after: NamedDocument;
  readonly added: Additions;
  readonly removed: Additions;
}

const INDENT = "    ";

/** How the parts of one side are shown. */
const SIDES = {
  added: { mark: "+", ink: "red", verb: "adds", nothing: "nothing is added" },
  removed: { mark: "-", ink: "green", verb: "removes", nothing: "nothing is removed" },
} as const;
type Side = keyof typeof SIDES;

export function changesText(changes: Changes, style: Style): string {
  const { before, after } = changes;
  const head = `${visible(before.name)} → ${visible(after.name)}`;
  const blocks = (["added", "removed"] as const).flatMap((side) => sideLines(side, changes, style));
  return `${[head, ...blocks].join("\n")}\n`;
}

function sideLines(side: Side, changes: Changes, style: Style): readonly string[] {
  const { nothing, found, reason } = changes[side];
  const { nothing: words } = SIDES[side];
  if (nothing) return [`${paint("✔", "green", style)} ${words}: proved for every request`];
  if (reason !== undefined)
    return [
      wrap(`${paint("?", "yellow", style)} whether ${words} is not proved: ${visible(reason)}`, "", style),
    ];
  return found.map((addition) => additionLines(side, addition, changes, style));
}

function additionLines(side: Side, addition: Addition, { before, after }: Changes, style: Style): string {
  const { mark, ink } = SIDES[side];
  const { answer, statement } = addition;
  const isShown = answer.verdict === "exceeds";
  const [first = "", ...more] = wrap(visible(partWords(addition)), "  ", style).split("\n");
  const sign = isShown ? paint(mark, ink, style) : paint("?", "yellow", style);
  const owner = visible((side === "added" ? after : before).name);
  return [
    `${sign} ${first.trimStart()}`,
    ...more,
    paint(wrap(`${owner}: ${statementName(statement)}`, INDENT, style), "dim", style),
    wrap(proofWords(side, answer, [before, after]), INDENT, style),
  ].join("\n");
}

function proofWords(side: Side, answer: Containment, documents: readonly NamedDocument[]): string {
  if (answer.verdict === "exceeds")
    return `for example ${requestLine(requestJson(answer.counterexample, keyNames(documents)))}`;
  if (answer.verdict === "contained")
    return `nothing known today is ${side}; ${"reason" in answer ? answer.reason : ""}`;
  return `not proved: ${visible(answer.reason)}`;
}

function partWords({ actions, resources, statement, partly }: Addition): string {
  const words = ({ negated, entries }: Addition["actions"], most: number): string => {
    const texts = listed(
      entries.map(({ text }) => `\`${text}\``),
      "and",
      most,
    );
    return negated ? `everything but ${texts}` : texts;
  };
  const isTrust = statement.source["Resource"] === undefined && statement.source["NotResource"] === undefined;
  return `${partly ? "some of " : ""}${words(actions, 12)}${isTrust ? "" : ` on ${words(resources, 6)}`}`;
}

export function changesJson({ before, after, added, removed }: Changes): string {
  const names = keyNames([before, after]);
  const sideJson = ({ nothing, found, reason }: Additions) => ({
    verdict: nothing
      ? "nothing"
      : found.some(({ answer }) => answer.verdict === "exceeds")
        ? "something"
        : "not-proved",
    reason: reason ?? null,
    parts: found.map(({ statement, actions, resources, partly, answer }) => ({
      statement: statement.path,
      sid: statement.sid ?? null,
      actionsNegated: actions.negated,
      actions: actions.entries.map(({ text }) => text),
      resourcesNegated: resources.negated,
      resources: resources.entries.map(({ text }) => text),
      partly,
      counterexample: answer.verdict === "exceeds" ? requestJson(answer.counterexample, names) : null,
      reason: "reason" in answer ? answer.reason : null,
    })),
  });
  const json = {
    version: 1,
    before: before.name,
    after: after.name,
    added: sideJson(added),
    removed: sideJson(removed),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
