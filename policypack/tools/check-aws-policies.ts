/**
 * Reads and judges AWS's own managed policies, given as JSON lines of `{ "policy": name, "document": … }`. They are
 * valid by definition: a reading problem among them, or a rule that fails on one, is a mistake of this project.
 *
 *   npm run check-aws-policies -- FILE
 */
import { readFileSync } from "node:fs";
import { evaluate, readConfiguration } from "../engine";
import { parseDocument } from "../iam";
import { readableDocument, rules } from "../rules";

interface Line {
  readonly policy: string;
  readonly document: object;
}

function main(file: string | undefined): void {
  if (file === undefined) throw new Error("expected a file of JSON lines");
  const lines = readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
  const { rules: configured } = readConfiguration(rules, {});
  const findings = lines.flatMap(({ policy, document }) =>
    evaluate(
      configured,
      [{ subject: { file: policy }, kind: "identity", reading: parseDocument(JSON.stringify(document)) }],
      readableDocument,
    ),
  );
  const wrong = findings.filter(
    ({ rule, message }) => rule === readableDocument.rule.id || message.startsWith("rule error"),
  );
  for (const { subject, path, message } of wrong)
    console.error(`${"file" in subject ? subject.file : ""} ${path}: ${message}`);
  const counts = rules.map(({ id }) => `${id} ${findings.filter(({ rule }) => rule === id).length}`);
  console.log(
    `${lines.length} AWS managed policies read and judged, ${wrong.length} mistakes; findings: ${counts.join(", ")}`,
  );
  if (wrong.length > 0 || lines.length === 0) process.exitCode = 1;
}

main(process.argv[2]);
