/** The pack under the real engine: what is stopped, what is created, and what IAM has of it afterwards. */
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EMPTY } from "./account";
import {
  document,
  GOOD,
  many,
  OVERBROAD,
  readOf,
  TRUST,
  unknownUntilUpdate,
  workflow,
  yamlWorkflow,
} from "./programs";
import { account, fresh, ofPolicy, pulumi, ROUTES, unusedName } from "./setting";

const inIam = (...statements: readonly object[]) => ({
  policies: { workflow: document(...statements) },
  roles: { workflow: { trust: TRUST, attached: ["workflow"] } },
});

for (const [route, packOf] of ROUTES)
  describe(`the pack ${route}, under the real engine`, function () {
    this.timeout(180_000);
    let pack = "";
    before(() => {
      pack = packOf();
    });

    it("lets a good stack up, changed, refreshed and destroyed", async () => {
      const { name, stack } = await fresh(workflow(GOOD));
      assert.deepEqual(ofPolicy((await pulumi.under(pack, stack, "up")).findings), []);
      assert.deepEqual(await account.contents(), inIam(GOOD));
      const wider = await pulumi.inline(name, workflow(GOOD, readOf("labels")));
      const { stopped } = await pulumi.under(pack, wider, "up");
      assert.deepEqual([stopped, await account.contents()], [false, inIam(GOOD, readOf("labels"))]);
      assert.deepEqual((await wider.refresh()).summary.resourceChanges, { same: 4 });
      await wider.destroy();
      assert.deepEqual(await account.contents(), EMPTY);
    });

    it("stops an over-broad policy before it is made", async () => {
      const { stack } = await fresh(workflow(OVERBROAD));
      const { stopped, findings, printed } = await pulumi.under(pack, stack, "up");
      assert.deepEqual([stopped, ofPolicy(findings)], [true, [["no-wildcard-resource", "mandatory"]]]);
      assert.match(printed, /no-wildcard-resource/);
      const { policies, roles } = await account.contents();
      assert.deepEqual([policies, roles["workflow"]?.attached ?? []], [{}, []]);
    });

    it("stops a good policy from being made over-broad", async () => {
      const { name, stack } = await fresh(workflow(GOOD));
      await pulumi.under(pack, stack, "up");
      const { stopped } = await pulumi.under(pack, await pulumi.inline(name, workflow(OVERBROAD)), "up");
      assert.deepEqual([stopped, await account.contents()], [true, inIam(GOOD)]);
    });

    for (const [onUnknown, stops, findings] of [
      ["report", false, [["readable-document", "advisory"]]],
      ["fail", true, [["readable-document", "mandatory"]]],
      // That nothing is known is said by the next rule then, which does not skip it.
      ["skip", false, [["approved-access", "advisory"]]],
    ] as const)
      it(`previews a document that is not known yet with \`onUnknown\` ${onUnknown}`, async () => {
        const { stack } = await fresh(unknownUntilUpdate((id) => `arn:aws:s3:::example-bucket/${id}/*`));
        const ran = await pulumi.under(pack, stack, "preview", {
          "readable-document": { enforcementLevel: "mandatory", onUnknown },
        });
        assert.deepEqual([ran.stopped, ofPolicy(ran.findings)], [stops, findings]);
        assert.deepEqual(await account.contents(), EMPTY);
      });
    it("judges it in the update that follows", async () => {
      const id = (good: boolean) => (text: string) => (good ? `arn:aws:s3:::example-bucket/${text}/*` : "*");
      const good = await fresh(unknownUntilUpdate(id(true)));
      const passed = await pulumi.under(pack, good.stack, "up");
      assert.deepEqual([passed.stopped, ofPolicy(passed.findings)], [false, []]);
      assert.deepEqual(Object.keys((await account.contents()).policies), ["workflow"]);
      const bad = await fresh(unknownUntilUpdate(id(false)));
      assert.equal((await pulumi.under(pack, bad.stack, "preview")).stopped, false);
      const { stopped, findings } = await pulumi.under(pack, bad.stack, "up");
      assert.deepEqual(
        [stopped, ofPolicy(findings), (await account.contents()).policies],
        [true, [["no-wildcard-resource", "mandatory"]], {}],
      );
    });

    it("does not stop for an advisory finding", async () => {
      const { stack } = await fresh(workflow(OVERBROAD));
      const { stopped, findings } = await pulumi.under(pack, stack, "up", { all: "advisory" });
      assert.deepEqual([stopped, ofPolicy(findings)], [false, [["no-wildcard-resource", "advisory"]]]);
      assert.deepEqual(await account.contents(), inIam(OVERBROAD));
    });

    it("takes its approved list from the configuration", async () => {
      const { stack } = await fresh(workflow(GOOD));
      const { stopped, findings } = await pulumi.under(pack, stack, "preview", {
        "approved-actions": { enforcementLevel: "mandatory", actions: ["s3:PutObject"] },
      });
      assert.deepEqual([stopped, ofPolicy(findings)], [true, [["approved-actions", "mandatory"]]]);
    });
    it("catches a misspelt option", async () => {
      const { stack } = await fresh(workflow(GOOD));
      const { stopped, findings } = await pulumi.under(pack, stack, "preview", {
        "approved-actions": { enforcementLevel: "mandatory", action: ["s3:PutObject"] },
      });
      assert.deepEqual(
        [stopped, findings.filter(({ policy }) => policy === "approved-actions").map(({ level }) => level)],
        [true, ["mandatory"]],
      );
      assert.match(
        findings.map(({ message }) => message).join("\n"),
        /`approved-actions\.action`: there is no such option; did you mean `actions`\?/,
      );
    });

    for (const [statement, stops, findings] of [
      [GOOD, false, []],
      [OVERBROAD, true, [["no-wildcard-resource", "mandatory"]]],
    ] as const)
      it(`judges a YAML program like one in TypeScript, which it ${stops ? "stops" : "lets up"}`, async () => {
        await account.clear();
        const stack = await pulumi.yaml(unusedName(), yamlWorkflow(statement));
        const ran = await pulumi.under(pack, stack, "up");
        assert.deepEqual([ran.stopped, ofPolicy(ran.findings)], [stops, findings], ran.printed);
        if (!stops) assert.deepEqual(await account.contents(), inIam(statement));
      });

    it("stops the update when the pack dies in the middle of it", async () => {
      const folder = mkdtempSync(join(pulumi.folder, "dying-"));
      const [pidFile, dying] = [join(folder, "pid"), join(folder, "pack.cjs")];
      writeFileSync(
        dying,
        `#!${process.execPath}\nrequire("fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));\nrequire(${JSON.stringify(pack)});\n`,
      );
      chmodSync(dying, 0o755);
      const program = unknownUntilUpdate((id) => {
        process.kill(Number(readFileSync(pidFile, "utf8")), "SIGKILL");
        return `arn:aws:s3:::example-bucket/${id}/*`;
      });
      const { stack } = await fresh(program);
      const { stopped } = await pulumi.under(dying, stack, "up");
      assert.deepEqual([stopped, (await account.contents()).policies], [true, {}]);
    });

    it("judges a stack of 500 resources", async () => {
      const { stack } = await fresh(many(500));
      const { stopped, findings, printed } = await pulumi.under(pack, stack, "up");
      assert.deepEqual([stopped, findings], [false, []], printed);
      assert.equal(await account.countPolicies(), 500);
    });
  });
