/** `explain`: what a document allows, in words; or what a change of it adds and removes. */
import { KNOWN } from "../catalogue";
import { additions, normalForm } from "../iam";
import { changesJson, changesText, explainJson, explainText, type Style } from "../report";
import { type Command, UsageError } from "./arguments";
import { readDocuments } from "./documents";

type ExplainCommand = Extract<Command, { readonly name: "explain" }>;

/** @throws {@link UsageError} when a document cannot be read */
export function explain({ file, before, type, format }: ExplainCommand, style: Style): string {
  if (before === "-" && file === "-") throw new UsageError("explain: standard input can be read once only");
  const [of, old] = readDocuments(before === undefined ? [file] : [file, before], type);
  if (of === undefined) throw new Error("BUG: nothing was read");
  if (old === undefined) {
    const explained = { of, form: normalForm(of.reading.document, KNOWN) };
    return format === "json" ? explainJson(explained) : explainText(explained, style);
  }
  const changes = {
    before: old,
    after: of,
    added: additions(old.reading, of.reading, KNOWN),
    removed: additions(of.reading, old.reading, KNOWN),
  };
  return format === "json" ? changesJson(changes) : changesText(changes, style);
}
