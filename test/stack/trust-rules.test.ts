import assert from "node:assert/strict";
import { evaluate, readConfiguration } from "../../policypack/engine";
import { parseDocument } from "../../policypack/iam";
import { readableDocument, rules } from "../../policypack/rules";
import { DEFAULTS, type Description, TRUSTED_SERVICES } from "../../stack/description";
import { trustDocument } from "../../stack/grants/documents";

const { rules: configured } = readConfiguration(rules, {
  "trusted-accounts": { accounts: ["123456789012"] },
});

describe("the stack's trust policy", () => {
  for (const partition of ["aws", "aws-cn"] as const)
    for (const trustedService of TRUSTED_SERVICES)
      it(`passes every rule about trust for ${trustedService} in ${partition}`, () => {
        const description: Description = {
          ...DEFAULTS,
          partition,
          region: "us-east-1",
          account: "123456789012",
          trustedService,
        };
        const reading = parseDocument(JSON.stringify(trustDocument(description)), "trust");
        const document = { subject: { file: "trust.json" }, kind: "trust", reading } as const;
        assert.deepEqual(evaluate(configured, [document], readableDocument), []);
      });
});
