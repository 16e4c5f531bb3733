/**
 * What is said of each pair of policies made by hand, to the last word, and the steps that it took: a shortcut that is lost
 * changes no answer, and shows here. `npx ts-node --transpile-only test/iam/proofs.ts > test/golden/proofs.txt` writes it anew.
 */
import { budget, type Containment, contains, parseDocument, type Reading } from "../../policypack/iam";
import { type ContainmentCase, groups, KNOWN, type Side } from "./containment.cases";

const ENOUGH = 4_000_000;

export const readingsOf = (side: Side, type: ContainmentCase["type"]): readonly Reading[] =>
  "documents" in side
    ? side.documents.map((document) => parseDocument(document, type ?? "any"))
    : [parseDocument({ Version: "2012-10-17", Statement: side }, type)];

/** One answer in words, without the statement's content. */
function answered(found: Containment): readonly string[] {
  const place = "statement" in found && found.statement !== undefined ? [`at ${found.statement.path}`] : [];
  switch (found.verdict) {
    case "contained":
      return [`contained (${found.scope})`, ...("reason" in found ? [found.reason] : []), ...place];
    case "not-proved":
      return [`not proved: ${found.reason}`, ...place];
    case "exceeds": {
      const { action, resource, principal, context, absent } = found.counterexample;
      return [
        `exceeds: ${action} on ${resource}`,
        ...place,
        ...(principal === undefined ? [] : [`by ${JSON.stringify(principal)}`]),
        ...[...context].map(([key, values]) => `with ${key} ${JSON.stringify(values)}`),
        ...absent.map((key) => `without ${key}`),
      ];
    }
  }
}

/** @returns one paragraph a case: its name and the steps of the proof, and below what is said */
export function proofs(): string {
  const lines: string[] = [];
  for (const [group, cases] of Object.entries(groups)) {
    lines.push(`# ${group}`, "");
    for (const { name, type, reference, candidate } of cases) {
      const left = budget(ENOUGH);
      const found = contains(readingsOf(reference, type), readingsOf(candidate, type), KNOWN, left);
      lines.push(`${name} · ${ENOUGH - left.left} steps`, ...answered(found).map((line) => `  ${line}`), "");
    }
  }
  return lines.join("\n");
}

if (require.main === module) process.stdout.write(proofs());
