import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";

import { type PackProcess } from "../../policypack/dist/host";
import { folderWith, run as cli } from "../cli/run";
import { configurationOf, EXAMPLES, goldenOf, startPack } from "./examples";
import { type Phase, run } from "./program";

const ROOT = join(__dirname, "..", "..");
const PHASES: readonly Phase[] = ["preview", "update"];

const golden = (example: string): unknown =>
  JSON.parse(readFileSync(join(ROOT, "test", "golden", "stacks", `${example}.json`), "utf8"));
const named = (folder: string, form: RegExp): readonly string[] =>
  readdirSync(join(ROOT, folder))
    .flatMap((file) => form.exec(file)?.[1] ?? [])
    .sort();

describe("the shipped configurations", () => {
  let pack: PackProcess;
  before(async () => {
    pack = await startPack();
  });
  after(() => {
    pack.stop();
  });

  it("are all here, each with a golden file", () => {
    assert.deepEqual(named(".", /^Pulumi\.(\w+)\.yaml$/), EXAMPLES);
    assert.deepEqual(named("test/golden/stacks", /^(.+)\.json$/), EXAMPLES);
  });

  for (const example of EXAMPLES)
    for (const phase of PHASES) {
      it(`Pulumi.${example}.yaml comes to exactly what its golden file says, at ${phase}`, async () => {
        assert.deepEqual(JSON.parse(await goldenOf(example, phase, pack)), golden(example));
      });

      it(`Pulumi.${example}.yaml leaves no policy document unknown, at ${phase}`, async () => {
        const { resources } = await run(configurationOf(example), phase, example);
        const documents = resources.flatMap(({ type, inputs }) =>
          type.endsWith(":Policy")
            ? [inputs["policy"]]
            : type.endsWith(":Role")
              ? [inputs["assumeRolePolicy"]]
              : [],
        );
        assert.ok(documents.length > 1);
        for (const document of documents) {
          assert.equal(pulumi.containsUnknowns(document), false);
          assert.ok(Object.hasOwn(JSON.parse(document as string) as object, "Statement"));
        }
      });
    }

  it("give the pack nothing to say, but for the over-broad one and what training cannot do without", () => {
    const findings = EXAMPLES.map((example) => {
      const found = (golden(example) as { readonly findings: readonly { readonly policy: string }[] })
        .findings;
      return [example, [...new Set(found.map(({ policy }) => policy))]];
    });
    assert.deepEqual(Object.fromEntries(findings), {
      dev: [],
      documents: [],
      images: [],
      overbroad: ["approved-actions", "no-admin-access", "no-wildcard-resource", "permissions-boundary"],
      rag: [],
      training: ["possible-identity-escalation"],
    });
  });

  it("has nothing left to say of training with the exemption that README shows, which its advice needs", () => {
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const [, json = ""] = /^```json\n(\{\n {2}"possible-identity-escalation".*?)^```/ms.exec(readme) ?? [];
    const file = join(folderWith({ "guardrails.json": json }), "guardrails.json");
    const { status, stdout } = cli(["preview", "--stack", "training", "--policy-config", file]);
    assert.equal(status, 0, stdout);
    assert.match(stdout, /0 mandatory, 0 advisory, 1 exempted\n$/);
  });
});
