/** Remediation of AWS's own policies: of every eighth, as documents that nobody wrote for it. */
import assert from "node:assert/strict";
import { KNOWN } from "../../policypack/catalogue";
import {
  configuredRule,
  evaluate,
  readOptions,
  remedied,
  type SubjectDocument,
} from "../../policypack/engine";
import { contains, type JsonObject, parseDocument } from "../../policypack/iam";
import { noWildcardResource } from "../../policypack/rules/no-wildcard-resource";
import { readableDocument } from "../../policypack/rules";
import { managedPolicies } from "../../policypack/tools/corpus";

const EVERY = 8;
const { options } = readOptions(noWildcardResource, {
  resources: [
    "arn:aws:s3:::example-bucket",
    "arn:aws:s3:::example-bucket/*",
    "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws:iam::123456789012:role/app",
    "arn:aws:logs:us-east-1:123456789012:log-group:/example:*",
    "arn:aws:lambda:us-east-1:123456789012:function:example",
  ],
});
const configured = configuredRule(noWildcardResource, "mandatory", options);
const subject = (source: JsonObject): SubjectDocument => ({
  subject: { file: "policy.json" },
  kind: "identity",
  reading: parseDocument(source),
});
const findings = (document: SubjectDocument): number =>
  evaluate([configured], [document], readableDocument).length;

describe("remediation of AWS's own policies", function () {
  this.timeout(60_000);
  it("allows nothing more, is done after one time, and leaves fewer findings", () => {
    let changed = 0;
    let place = 0;
    for (const { name, versions } of managedPolicies()) {
      if (place++ % EVERY !== 0) continue;
      const source = JSON.parse(versions.at(-1) ?? "{}") as JsonObject & { readonly Statement: JsonObject };
      const before = subject(source);
      const { statements } = remedied(configured, before);
      if (statements.size === 0) continue;
      changed++;
      const all = [source.Statement].flat().flatMap((each, index) => statements.get(index) ?? [each]);
      const after = subject({ ...source, Statement: all });
      assert.equal(contains([before.reading], [after.reading], KNOWN).verdict, "contained", name);
      assert.equal(remedied(configured, after).statements.size, 0, name);
      assert.ok(findings(after) < findings(before), name);
    }
    assert.ok(changed > 20, String(changed));
  });
});
