import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../cli/run";

const FOLDER = join(ROOT, ".github", "workflows");
interface Workflow {
  readonly on: object;
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly uses?: string; readonly run?: string }[] }>
  >;
}

describe("the workflows of this repository", () => {
  for (const file of readdirSync(FOLDER))
    it(`${file} may only read, and has steps that each use an action at a version or run what there is`, () => {
      const { on, permissions, jobs } = parse(readFileSync(join(FOLDER, file), "utf8"), {
        strict: true,
        uniqueKeys: true,
      }) as Workflow;
      assert.ok("pull_request" in on);
      assert.deepEqual(permissions, { contents: "read" });
      const steps = Object.values(jobs).flatMap((job) => job.steps);
      assert.ok(steps.some(({ run }) => run === ".ci/run"));
      for (const { uses, run } of steps) {
        assert.notEqual(uses === undefined, run === undefined);
        if (uses !== undefined) assert.match(uses, /^actions\/[a-z-]+@v\d+$/);
        if (run !== undefined) assert.ok(existsSync(join(ROOT, run)), run);
      }
    });
});
