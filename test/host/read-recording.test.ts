/** What is read of previews, logs and states: which operations leave a resource to be judged, and what of the old one still holds. */
import assert from "node:assert/strict";
import { readEvents, readPreview, readState, type Recording } from "../../policypack/host";

const URN = "urn:pulumi:dev::p::aws:iam/policy:Policy::policy";
const stateOf = (inputs: object, more: object = {}) => ({
  urn: URN,
  type: "aws:iam/policy:Policy",
  inputs,
  ...more,
});
const NEW = stateOf({ policy: "new" });
const OLD = stateOf({ policy: "old" }, { outputs: { policy: "old", arn: "arn:old" } });

/** A step as a preview and as a log write it. */
const preview = (...steps: readonly object[]): Recording => {
  const value = { steps } as unknown as Parameters<typeof readPreview>[0];
  return readPreview(value, JSON.stringify(value));
};
const logged = (...events: readonly object[]): Recording =>
  readEvents(
    events.map((event, index) => ({
      line: index + 1,
      start: 0,
      end: 0,
      event: event as Parameters<typeof readEvents>[0][number]["event"],
    })),
  );
const pre = (op: string, old: object | null = OLD, now: object | null = NEW): object => ({
  resourcePreEvent: { metadata: { op, old, new: now } },
});
const SUCCEEDED = { summaryEvent: { result: "succeeded" } };

/** Operation, whether the resource is judged, and whether what the provider had read of it before still holds. */
const OPERATIONS: readonly (readonly [op: string, isJudged: boolean, isKept: boolean])[] = [
  ["same", true, true],
  ["update", true, true],
  ["create", true, false],
  ["replace", true, false],
  ["create-replacement", true, false],
  ["import", true, false],
  ["import-replacement", true, false],
  ["delete", false, false],
  ["delete-replaced", false, false],
  ["discard", false, false],
  ["discard-replaced", false, false],
  ["remove-pending-replace", false, false],
  ["read", false, false],
  ["read-replacement", false, false],
  ["read-discard", false, false],
  ["refresh", false, false],
];

describe("what the engine has written of an operation", () => {
  for (const [op, isJudged, isKept] of OPERATIONS)
    it(`\`${op}\` leaves ${isJudged ? "a resource" : "nothing"} to be judged`, () => {
      for (const { resources } of [
        preview({ op, urn: URN, oldState: OLD, newState: NEW }),
        logged(pre(op), SUCCEEDED),
      ]) {
        assert.deepEqual(
          resources.map(({ name, inputs }) => [name, inputs]),
          isJudged ? [["policy", { policy: "new" }]] : [],
        );
        if (isJudged)
          assert.deepEqual(resources[0]?.outputs, { policy: "new", ...(isKept ? { arn: "arn:old" } : {}) });
      }
    });
  it("is of no resource where there is no new state", () => {
    assert.deepEqual(preview({ op: "same", urn: URN, oldState: OLD }).resources, []);
    assert.deepEqual(logged(pre("same", OLD, null), SUCCEEDED).resources, []);
  });
  it("counts what was said last: the outputs come after the inputs", () => {
    const after = stateOf({ policy: "new" }, { id: "id-1", outputs: { arn: "arn:new" } });
    const { resources } = logged(
      pre("update"),
      { resOutputsEvent: { metadata: { op: "update", old: OLD, new: after } } },
      SUCCEEDED,
    );
    assert.deepEqual(
      resources.map(({ outputs }) => outputs),
      [{ id: "id-1", policy: "new", arn: "arn:new" }],
    );
  });
  for (const [result, problems] of [
    ["succeeded", []],
    ["", []],
    [undefined, []],
    ["failed", ["the operation ended in an error, so that resources may be missing"]],
    ["in-progress", ["the operation ended in an error, so that resources may be missing"]],
  ] as const)
    it(`ends well or not: ${result ?? "a log of an older version"}`, () => {
      assert.deepEqual(logged({ summaryEvent: result === undefined ? {} : { result } }).problems, problems);
    });
  it("says what a preview leaves out, and not what it has", () => {
    const of = (...steps: readonly object[]): readonly string[] =>
      readPreview({ steps, changeSummary: { same: 1 } } as unknown as Parameters<typeof readPreview>[0], "")
        .notes;
    assert.equal(of().length, 1);
    assert.deepEqual(of({ op: "same", newState: NEW }), []);
  });
});

describe("a state", () => {
  const read = (value: object): Recording => readState(value as Parameters<typeof readState>[0], "");
  const deployment = { resources: [NEW] };
  for (const [what, value, count] of [
    ["of version 3", { version: 3, deployment }, 1],
    ["of version 4", { version: 4, deployment }, 1],
    ["without resources, as Go writes an empty list", { version: 3, deployment: { resources: null } }, 0],
    ["of a backend before its first update", { version: 3, checkpoint: { stack: "dev", latest: null } }, 0],
  ] as const)
    it(`is read ${what}`, () => {
      assert.equal(read(value).resources.length, count);
    });
  for (const [what, value] of [
    ["of version 2", { version: 2, deployment }],
    ["without a version", { deployment }],
    ["whose deployment is missing", { version: 3 }],
    ["whose checkpoint is none", { version: 3, checkpoint: 7 }],
    ["whose resources are none", { version: 3, deployment: { resources: {} } }],
  ] as const)
    it(`is refused ${what}`, () => {
      assert.throws(() => read(value));
    });
  for (const [position, source] of [
    ["project:///index.ts#12,16", { file: "index.ts", line: 12, column: 16 }],
    ["project:///a%20b/index.ts#12", { file: "a b/index.ts", line: 12, column: 1 }],
    ["project:///../elsewhere.ts#1,1", undefined],
    ["project:///node_modules/x/index.js#1,1", undefined],
    ["file:///index.ts#1,1", undefined],
    [7, undefined],
  ] as const)
    it(`points to ${String(position)} ${source === undefined ? "for nobody" : "for its program"}`, () => {
      const resources = [{ ...NEW, sourcePosition: position }];
      assert.deepEqual(read({ version: 3, deployment: { resources } }).resources[0]?.source, source);
    });
});
