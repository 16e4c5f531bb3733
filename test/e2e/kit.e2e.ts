/** The test kit says what the real engine says: the same programs under the same pack, policy by policy and word by word. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { runTrial } from "../../policypack/dist/testing";
import { CASES, outputs } from "../testing/trials";
import { account, pulumi } from "./setting";
import { asFromFolder } from "./pulumi";

const LAB = join(__dirname, "..", "testing", "packs", "lab");

describe("the test kit, beside the real engine", function () {
  this.timeout(180_000);
  let pack = "";
  before(() => {
    pack = asFromFolder(pulumi.folder, LAB);
  });
  for (const [name, { program, policyConfig = {} }] of Object.entries(CASES))
    for (const [operation, command] of [
      ["preview", "preview"],
      ["update", "up"],
    ] as const)
      it(`judges ${name}, in ${operation === "preview" ? "a preview" : "an update"}`, async () => {
        await account.clear();
        const stack = await pulumi.inline("project", () => {
          program();
          return Promise.resolve({});
        });
        const ran = await pulumi.under(pack, stack, command, policyConfig);
        await stack.workspace.removeStack(stack.name, { force: true });
        const kit = await runTrial({ program, pack: LAB, operation, policyConfig, outputs });
        assert.deepEqual(
          {
            failed: kit.failed,
            found: kit.violations
              .map(({ policy, level, urn, message }) => [policy, level, urn.split("::").at(-1), message])
              .sort(),
          },
          {
            failed: ran.stopped,
            found: ran.findings
              .map(({ policy, level, resource, message }) => [policy, level, resource, message])
              .sort(),
          },
          ran.printed,
        );
        if (kit.diagnostics.length > 0) assert.match(ran.printed, /boom/);
      });
});
