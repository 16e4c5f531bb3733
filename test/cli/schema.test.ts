/** The JSON report against the schema that the pack ships. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { folderWith, ROOT, run } from "./run";

const schema = JSON.parse(
  readFileSync(join(ROOT, "policypack", "schemas", "findings.schema.json"), "utf8"),
) as object;
const validate = new Ajv({ allErrors: true }).compile(schema);
const recorded = (name: string): string => readFileSync(join(__dirname, "recordings", name), "utf8");
const folder = folderWith({
  "bad.json": '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}',
  "broken.json": "{",
  "state.json": recorded("state.json"),
  "preview.json": recorded("preview.json"),
  "exempt.json": JSON.stringify({
    "no-wildcard-resource": { exemptions: [{ resource: "*", reason: "known", expires: "2999-12-31" }] },
  }),
});

describe("the schema of findings", () => {
  for (const args of [
    ["check", "bad.json", "broken.json", "state.json", "preview.json"],
    ["check", "bad.json", "state.json", "--policy-config", "exempt.json"],
    ["check", "bad.json", "--write-baseline", "base.json"],
    ["preview", join(ROOT, "test", "host", "programs", "worst")],
  ])
    it(`holds for ${args.slice(0, 3).join(" ")}`, () => {
      const { stdout } = run([...args, "--format", "json"], { cwd: folder });
      const report = JSON.parse(stdout) as { findings: object[]; version: number };
      assert.ok(report.findings.length > 0);
      assert.equal(validate(report), true, JSON.stringify(validate.errors));
      for (const wrong of [
        { ...report, version: 2 },
        { ...report, findings: [{ ...report.findings[0], level: "fatal" }] },
        { ...report, findings: [{ ...report.findings[0], subject: {} }] },
      ])
        assert.equal(validate(wrong), false);
    });
});
