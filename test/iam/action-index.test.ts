import assert from "node:assert/strict";
import { parseDocument, type Selection } from "../../policypack/iam";
import { listsAction, selectionFor, serviceIn } from "../../policypack/iam/evaluation/action-index";
import { parsePattern } from "../../policypack/iam/pattern/pattern";

function selectionOf(...actions: readonly string[]): Selection {
  const { document } = parseDocument({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: actions, Resource: "*" },
  });
  const [statement] = document.statements;
  assert.ok(statement !== undefined);
  return statement.actions;
}
const LONG = [
  "s3:GetObject",
  "s3:Put*",
  "ec2:RunInstances",
  "S3:LISTBUCKET",
  "*:Describe?",
  "i?m:Get*",
  "sts:Assume*",
];
const texts = (selection: Selection): readonly string[] => selection.entries.map(({ text }) => text);

describe("iam/action-index", () => {
  describe("the service of a pattern", () => {
    for (const [action, service] of [
      ["s3:GetObject", "s3"],
      ["s3:*", "s3"],
      ["s3:Get?bject", "s3"],
      ["*", undefined],
      ["*:GetObject", undefined],
      ["s?:GetObject", undefined],
      ["s3*:GetObject", undefined],
    ] as const)
      it(action, () => {
        assert.equal(serviceIn(parsePattern(action)), service);
      });
  });

  describe("the entries that a service's actions can match", () => {
    const long = selectionOf(...LONG);
    for (const [service, expected] of [
      ["s3", ["s3:GetObject", "s3:Put*", "S3:LISTBUCKET", "*:Describe?", "i?m:Get*"]],
      ["sts", ["sts:Assume*", "*:Describe?", "i?m:Get*"]],
      ["iam", ["*:Describe?", "i?m:Get*"]],
    ] as const)
      it(service, () => {
        assert.deepEqual(texts(selectionFor(long, service)), expected);
      });
    it("all of them, where the service is open", () => {
      assert.equal(selectionFor(long, undefined), long);
    });
    it("all of a short list, which is as fast", () => {
      const short = selectionOf("s3:GetObject", "ec2:RunInstances", "iam:GetRole", "sts:*");
      assert.equal(selectionFor(short, "s3"), short);
    });
    it("and what else is true of the list", () => {
      const negated = { ...long, negated: true };
      assert.deepEqual(
        [
          selectionFor(negated, "s3").negated,
          selectionFor(negated, "iam").negated,
          selectionFor(long, "s3").negated,
        ],
        [true, true, false],
      );
    });
  });

  describe("whether an action is listed", () => {
    for (const actions of [LONG, LONG.slice(0, 4), [LONG[0] ?? ""], []])
      for (const [action, by] of [
        ["s3:getobject", "s3:GetObject"],
        ["s3:listbucket", "S3:LISTBUCKET"],
        ["s3:putobject", "s3:Put*"],
        ["s3:put", "s3:Put*"],
        ["s3:getobjectacl", undefined],
        ["s3:deleteobject", undefined],
        ["ec2:runinstances", "ec2:RunInstances"],
        ["ec2:runinstance", undefined],
        ["iam:getrole", "i?m:Get*"],
        ["iam:putrole", undefined],
        ["kms:describex", "*:Describe?"],
        ["s3:describex", "*:Describe?"],
        ["kms:describe", undefined],
        ["sts:assumerole", "sts:Assume*"],
      ] as const)
        it(`${action} among ${actions.length}`, () => {
          assert.equal(
            listsAction(selectionOf(...actions), action),
            by !== undefined && actions.includes(by),
          );
        });
  });
});
