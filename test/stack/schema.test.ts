import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { capabilities, type Capability } from "../../policypack/catalogue/capabilities";
import { configurationSchema, schemaKeys } from "../../stack/schema";
import { KEYS, readDescription } from "../../stack/validate/description";
import { run } from "../cli/run";

const ROOT = join(__dirname, "..", "..");

interface Part {
  readonly properties: Readonly<Record<string, Part>>;
  readonly items: { readonly anyOf: readonly Part[] };
  readonly required: readonly string[];
  readonly const: string;
}

describe("the schema of a configuration", () => {
  it("has the keys that the program reads, and no others", () => {
    assert.deepEqual([...schemaKeys].sort(), [...KEYS].sort());
  });

  it("has every capability with its parameters", () => {
    const { properties } = configurationSchema as unknown as Part;
    const uses = properties["config"]?.properties["ai-workflow:uses"]?.items.anyOf ?? [];
    const catalogue: readonly Capability[] = capabilities;
    assert.deepEqual(
      uses.map((use) => [use.properties["capability"]?.const, Object.keys(use.properties), use.required]),
      catalogue.map(({ id, parameters, optional = [] }) => [
        id,
        ["capability", "side", ...parameters, ...optional],
        ["capability", ...parameters],
      ]),
    );
  });

  it("is named by each shipped configuration", () => {
    for (const name of ["dev", "documents", "images", "overbroad", "rag", "training"])
      assert.match(
        readFileSync(join(ROOT, `Pulumi.${name}.yaml`), "utf8"),
        /^# yaml-language-server: \$schema=stack\/configuration\.schema\.json\n/,
      );
  });
});

describe("the workflow that README describes", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const [, yaml = ""] = /^```yaml\n(# yaml-language-server.*?)^```/ms.exec(readme) ?? [];
  const { config } = parse(yaml) as { readonly config: Readonly<Record<string, unknown>> };

  it("is read without a problem", () => {
    assert.ok("description" in readDescription(config));
  });

  it("passes the pack", () => {
    const values = Object.entries(config).flatMap(([key, value]) => [
      "--config",
      `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
    ]);
    const { status, stdout } = run(["preview", "--stack", "dev", ...values]);
    assert.equal(status, 0, stdout);
    assert.match(stdout, /aiCallerRole\n/);
  });
});
