/** The pack over what the stack writes, document by document. */
import * as assert from "node:assert/strict";

import { emittableActions } from "../../policypack/catalogue";
import { evaluate, readConfiguration } from "../../policypack/engine";
import { type Json, parseDocument } from "../../policypack/iam";
import { readableDocument, rules } from "../../policypack/rules";
import { type Description } from "../../stack/description";
import { writeDocuments } from "../../stack/grants/documents";

// What destroys or decides is put on the list by whoever uses it.
const { rules: configured } = readConfiguration(rules, {
  "approved-actions": { actions: emittableActions },
  "trusted-accounts": { accounts: ["123456789012"] },
});

/** @returns What all rules find in a document, a line each. */
export function findings(document: unknown, kind: "identity" | "trust" = "identity"): readonly string[] {
  const reading = parseDocument(document as Json, kind);
  return evaluate(configured, [{ subject: { file: "policy.json" }, kind, reading }], readableDocument).map(
    ({ rule, path, message }) => `${rule} ${path} ${message}`,
  );
}

/** @returns What all rules find in what is written for a workflow, which IAM would take. */
export function judge(description: Description): readonly string[] {
  const written = writeDocuments(description);
  assert.ok("identities" in written, "problems" in written ? written.problems.join("\n") : "");
  return written.identities.flatMap(({ policies, trust, boundary }) => [
    ...policies.flatMap(({ json }) => findings(json)),
    ...(trust === undefined ? [] : findings(trust, "trust")),
    ...(boundary === undefined ? [] : findings(boundary)),
  ]);
}
