/** Whatever is widened in what a capability is granted, `approved-access` shows a request that was not approved. */
import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { evaluate, readConfiguration } from "../../policypack/engine";
import { type Json, parseDocument } from "../../policypack/iam";
import { readableDocument, rules } from "../../policypack/rules";
import { CATALOGUE } from "./every-capability";
import { rulesPage } from "./widened-rules";
import { wideningsOf } from "./widenings";

describe("a widening of what a capability is granted", () => {
  for (const capability of CATALOGUE)
    it(`is seen: ${capability.id}`, () => {
      const { statements, widenings } = wideningsOf(capability);
      const document = { Version: "2012-10-17", Statement: statements };
      const { rules: configured } = readConfiguration(
        rules.filter(({ id }) => id === "approved-access"),
        { "approved-access": { reference: document } },
      );
      const found = (Statement: readonly unknown[]): number => {
        const reading = parseDocument({ ...document, Statement } as unknown as Json);
        const subject = { file: "policy.json" };
        return evaluate(configured, [{ subject, kind: "identity", reading }], readableDocument).length;
      };
      assert.equal(found(statements), 0);
      const unseen = widenings.filter((widening) => found(widening.statements) === 0);
      assert.deepEqual(
        unseen.map(({ what }) => what),
        [],
      );
    });

  it("is spoken of by these rules where no reference is given, and by no others", function () {
    this.timeout(240_000);
    const golden = readFileSync(join(__dirname, "..", "golden", "widened.txt"), "utf8");
    assert.equal(rulesPage(), golden);
  });
});
