/** This project's own stack under the real engine, with its shipped configurations. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../cli/run";
import { configured } from "./own-stack";
import { account, pulumi, ROUTES } from "./setting";
import { transcriptOf } from "./transcript";

for (const [route, packOf] of ROUTES)
  describe(`this project's stack, under the pack ${route} and the real engine`, function () {
    this.timeout(180_000);

    it("goes up, says what it made, attaches to whom there is already, and goes away", async () => {
      const attachTo = "  ai-workflow:attachTo: { users: [analyst], groups: [data] }\n";
      const stack = await configured("dev", attachTo);
      await account.create("analyst", "data");
      const { stopped, printed } = await pulumi.under(packOf(), stack, "up");
      assert.equal(stopped, false, printed);
      const { policies, roles } = await account.contents();
      const outputs = await stack.outputs();
      const [policy = ""] = Object.keys(policies).filter((name) => name.startsWith("aiWorkflowPolicy"));
      assert.match(String(outputs["aiWorkflowPolicyArn"]?.value), new RegExp(`/${policy}$`));
      assert.deepEqual(
        [Object.values(roles).map(({ attached }) => attached), await account.attachedTo("analyst", "data")],
        [[[policy]], [[policy], [policy]]],
      );
      await stack.destroy();
      assert.deepEqual(
        [await account.contents(), await account.attachedTo("analyst", "data")],
        [{ policies: {}, roles: {} }, [[], []]],
      );
      await stack.workspace.removeStack(stack.name);
    });

    it("is blocked where it is over-broad, as the README shows", async () => {
      const stack = await configured("overbroad");
      const { stopped, printed } = await pulumi.under(packOf(), stack, "up");
      const golden = readFileSync(join(ROOT, "test", "golden", "up-overbroad.txt"), "utf8");
      assert.deepEqual([stopped, transcriptOf(printed)], [true, golden]);
      assert.deepEqual((await account.contents()).policies, {});
      await stack.workspace.removeStack(stack.name, { force: true });
    });
  });
