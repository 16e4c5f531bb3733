/** One maximally bad stack: its program in its own process, its resources before the real pack process, and every rule fires. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PreviewResult } from "../../policypack/dist/host";
import { rules } from "../../policypack/rules";
import { run } from "../cli/run";
import { previewOf } from "./preview-of";
import { worst, worstConfiguration } from "./worst";

const POLICYPACK = join(__dirname, "..", "..", "policypack");
const PROGRAM = join(__dirname, "programs", "worst");
const CONFIGURATION = join(PROGRAM, "guardrails.json");

/** They speak of files: of what the identities of a stack reach their siblings speak, which see all that is attached to one. */
const OF_FILES: readonly string[] = ["possible-escalation", "privilege-escalation"];

describe("the worst stack there is", () => {
  let result: PreviewResult;
  before(async () => {
    result = await previewOf(
      "worst",
      POLICYPACK,
      {},
      Object.fromEntries(
        Object.entries(worstConfiguration).map(([name, properties]) => [name, { properties }]),
      ),
    );
  });

  it("registers the first bad example of every rule", () => {
    assert.deepEqual(
      [...new Set(worst.map(({ name }) => name.split(".", 1)[0]))],
      rules.map(({ id }) => id),
    );
    // A resource that waits for another one is registered after it.
    assert.deepEqual(
      result.resources.map(({ registration: { type, name } }) => `${type} ${name}`).sort(),
      ["pulumi:pulumi:Stack worst-dev", ...worst.map(({ type, name }) => `${type} ${name}`)].sort(),
    );
  });
  it("makes every rule fire, at the resources of its own example", () => {
    const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";
    const shown = [
      ...result.resources.flatMap(({ registration: { name }, diagnostics }) =>
        diagnostics.map(({ policy }) => ({ policy, name })),
      ),
      ...result.stack.map(({ policy, urn }) => ({ policy, name: nameOf(urn) })),
    ];
    const firing = new Set(
      shown.filter(({ policy, name }) => name.startsWith(`${policy}.`)).map(({ policy }) => policy),
    );
    assert.deepEqual(
      rules.map(({ id }) => id).filter((id) => !firing.has(id)),
      OF_FILES,
    );
  });
  it("has a configuration beside it, for those who want to see it", () => {
    assert.deepEqual(JSON.parse(readFileSync(CONFIGURATION, "utf8")), worstConfiguration);
    const { status, stdout, stderr } = run(["preview", PROGRAM, "--policy-config", CONFIGURATION]);
    assert.deepEqual([status, stderr], [1, ""]);
    assert.match(stdout.slice(-100), /✘ blocked: \d+ documents judged, \d+ mandatory, \d+ advisory\n$/);
  });
});
