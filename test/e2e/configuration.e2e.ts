/** What a configuration of the pack does under the real engine besides levels and lists. */
import assert from "node:assert/strict";
import { run } from "../cli/run";
import { GOOD, OVERBROAD, document, workflow } from "./programs";
import { account, fresh, ofPolicy, pulumi, ROUTES } from "./setting";

const RESOURCE = GOOD.Resource;

for (const [route, packOf] of ROUTES)
  describe(`a configuration of the pack ${route}, under the real engine`, function () {
    this.timeout(180_000);

    it("remediates what reaches IAM", async () => {
      const { stack } = await fresh(workflow(OVERBROAD));
      const { stopped, findings, printed } = await pulumi.under(packOf(), stack, "up", {
        "no-wildcard-resource": { enforcementLevel: "remediate", resources: [RESOURCE] },
      });
      assert.deepEqual([stopped, ofPolicy(findings)], [false, []], printed);
      assert.deepEqual((await account.contents()).policies, { workflow: document(GOOD) });
    });

    it("is accepted by the engine with a rule that there is not, which `iam-guardrails` refuses", async () => {
      const misspelt = { "aproved-actions": { enforcementLevel: "mandatory" } };
      const { stack } = await fresh(workflow(GOOD));
      const { stopped, findings } = await pulumi.under(packOf(), stack, "preview", misspelt);
      assert.deepEqual([stopped, ofPolicy(findings)], [false, []]);
      const refused = run(["preview", "--policy-config", pulumi.configuration(misspelt)]);
      assert.equal(refused.status, 2);
      assert.match(refused.stderr, /`aproved-actions`.*did you mean `approved-actions`\?/s);
    });
  });
