/** Every output shown in README is what the command prints. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfiguration } from "../../policypack/engine";
import { rules } from "../../policypack/rules";
import { folderWith, ROOT, run } from "../cli/run";

const README = readFileSync(join(ROOT, "README.md"), "utf8");
const blocks = (language: string): readonly string[] =>
  [...README.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map((match) => match[1] ?? "");
const shown = new Map(
  blocks("console").map((block) => [
    block.slice(2, block.indexOf("\n")),
    block.slice(block.indexOf("\n") + 1),
  ]),
);

const UP = "pulumi up --yes --skip-preview --stack overbroad --policy-pack policypack";

describe("README", () => {
  const [policy = "", workflow = "", configuration = ""] = blocks("json");

  it("shows these commands, and what they print", () => {
    assert.deepEqual(
      [...shown.keys()],
      [
        "npx iam-guardrails preview",
        "npx iam-guardrails check policy.json",
        "npx iam-guardrails prove --policy policy.json --within catalogue",
        "npx iam-guardrails explain workflow.json",
        "npx iam-guardrails prove --policy workflow.json --within catalogue",
        UP,
      ],
    );
  });
  it("shows what check prints of the policy it shows", () => {
    const cwd = folderWith({ "policy.json": policy });
    const { status, stdout } = run(["check", "policy.json"], { cwd });
    assert.deepEqual([status, stdout], [1, shown.get("npx iam-guardrails check policy.json")]);
  });
  for (const [command, expected] of [
    ["prove --policy policy.json --within catalogue", 1],
    ["explain workflow.json", 0],
    ["prove --policy workflow.json --within catalogue", 0],
  ] as const)
    it(`shows what ${command} prints`, () => {
      const cwd = folderWith({ "policy.json": policy, "workflow.json": workflow });
      const { status, stdout } = run(command.split(" "), { cwd });
      assert.deepEqual([status, stdout], [expected, shown.get(`npx iam-guardrails ${command}`)]);
    });
  it("shows what preview prints of the stack", () => {
    const { status, stdout } = run(["preview"]);
    assert.deepEqual([status, stdout], [0, shown.get("npx iam-guardrails preview")]);
  });
  it("shows what Pulumi prints of an update that is blocked, which test/e2e holds against a real one", () => {
    assert.equal(shown.get(UP), readFileSync(join(__dirname, "up-overbroad.txt"), "utf8"));
  });
  it("shows a configuration that is right, and that the stack passes", () => {
    assert.deepEqual(readConfiguration(rules, JSON.parse(configuration)).problems, []);
    const folder = folderWith({ "guardrails.json": configuration });
    assert.equal(run(["preview", "--policy-config", join(folder, "guardrails.json")]).status, 0);
  });
  it("names only scripts that there are", () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      readonly scripts: object;
    };
    for (const [, script = ""] of README.matchAll(/npm run ([\w-]+)/g)) assert.ok(script in scripts, script);
  });
});
