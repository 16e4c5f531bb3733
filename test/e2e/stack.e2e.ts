/** This project's own stack under the real engine, with its shipped configurations. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, sep } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { ROOT } from "../cli/run";
import { account, pulumi, ROUTES } from "./setting";
import { transcriptOf } from "./transcript";

const load = createRequire(__filename);
const FOLDER = join(ROOT, "stack") + sep;

/** The program runs afresh each time, as a process of its own would run it. */
function program(): Promise<Record<string, unknown>> {
  for (const file of Object.keys(load.cache))
    if (file.startsWith(FOLDER)) Reflect.deleteProperty(load.cache, file);
  return Promise.resolve({ ...(load(`${FOLDER}index`) as Record<string, unknown>) });
}

/** The stack as this project's file configures it, and with more, as YAML. */
async function configured(stackName: string, more = ""): Promise<Stack> {
  await account.clear();
  const file = `Pulumi.${stackName}.yaml`;
  const workDir = mkdtempSync(join(pulumi.folder, "stack-"));
  const configuration = readFileSync(join(ROOT, file), "utf8");
  writeFileSync(join(workDir, file), configuration + more);
  return pulumi.inline("ai-workflow", program, { stackName, workDir });
}

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
