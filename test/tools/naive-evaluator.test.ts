import * as assert from "node:assert";
import { type NaiveDocument, NaivePolicy, type NaiveStatement } from "../../policypack/tools/naive-evaluator";

const ALLOW = { Effect: "Allow", Action: "s3:Get*", Resource: "*" } as const;
const OBJECT = "arn:aws:s3:::bucket/key";

type Context = Readonly<Record<string, readonly string[]>>;

function answer(
  statements: NaiveStatement | readonly NaiveStatement[],
  context: Context = {},
  { action = "s3:GetObject", resource = OBJECT, version = "2012-10-17" } = {},
): boolean | undefined {
  const document: NaiveDocument = { Version: version, Statement: statements };
  return new NaivePolicy(document).allows({ action, resource, context: new Map(Object.entries(context)) });
}

const on = (...resources: readonly string[]): NaiveStatement => ({ ...ALLOW, Resource: resources });
const when = (operator: string, values: string | boolean | readonly string[]): NaiveStatement => ({
  ...ALLOW,
  Condition: { [operator]: { "K:x": values } },
});

describe("The naive evaluator", () => {
  it("matches actions in any case, and resources as they are written", () => {
    assert.strictEqual(answer(ALLOW, {}, { action: "S3:getobject" }), true);
    assert.strictEqual(answer(ALLOW, {}, { action: "s3:PutObject" }), false);
    assert.strictEqual(answer({ ...ALLOW, Action: ["a:B", "s3:GetObjec?"] }), true);
    assert.strictEqual(answer({ Effect: "Allow", NotAction: "s3:get*", Resource: "*" }), false);
    assert.strictEqual(answer({ Effect: "Allow", NotAction: "s3:Put*", Resource: "*" }), true);
    assert.strictEqual(answer(on("arn:*/key")), true);
    assert.strictEqual(answer(on("arn:aws:s3:::Bucket/*", "arn:aws:s3:::bucket/?")), false);
    assert.strictEqual(answer(on("arn:aws:s3:::bucket.key", OBJECT.slice(0, -1))), false);
    assert.strictEqual(answer({ Effect: "Allow", Action: "*", NotResource: `${OBJECT}*` }), false);
  });

  it("lets a Deny win, and one in doubt too", () => {
    assert.strictEqual(answer([ALLOW, { ...ALLOW, Effect: "Deny", Resource: OBJECT }]), false);
    assert.strictEqual(answer([ALLOW, { ...ALLOW, Effect: "Deny", Resource: `${OBJECT}y` }]), true);
    const doubtful: NaiveStatement = { ...when("StringEquals", "a"), Effect: "Deny" };
    assert.strictEqual(answer([ALLOW, doubtful], { "k:x": ["a", "b"] }), undefined);
  });

  it("puts the values of variables in their place, as they stand", () => {
    const named = on("arn:aws:s3:::bucket/${aws:UserName}");
    assert.strictEqual(answer(named, { "aws:username": ["key"] }), true);
    assert.strictEqual(answer(named, { "aws:username": ["*"] }), false);
    assert.strictEqual(answer(named), false);
    assert.strictEqual(answer(on("arn:aws:s3:::bucket/${aws:username, 'key'}")), true);
    assert.strictEqual(answer(on("arn:aws:s3:::bucket/${*}")), false);
    assert.strictEqual(
      answer(on("arn:aws:s3:::bucket/${*}"), {}, { resource: "arn:aws:s3:::bucket/*" }),
      true,
    );
    assert.strictEqual(
      answer(named, { "aws:username": ["key"] }, { version: "2008-10-17" }),
      false,
      "the old version has none",
    );
    assert.strictEqual(
      answer({ Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::x/${aws:username}" }),
      undefined,
    );
  });

  // prettier-ignore
  const CONDITIONS: readonly (readonly [string, string | boolean | readonly string[], readonly string[], boolean | undefined])[] = [
    ["StringEquals", ["a", "b"], ["b"], true], ["StringEquals", "a", ["A"], false], ["StringEquals", "*", ["a"], false],
    ["StringEquals", "a", [], false], ["StringEqualsIfExists", "a", [], true], ["StringEqualsIfExists", "a", ["b"], false],
    ["StringEquals", "a", ["a", "a"], undefined], ["StringEqualsIgnoreCase", "a", ["A"], true],
    ["StringNotEquals", ["a", "b"], ["b"], false], ["StringNotEquals", "a", ["b"], true], ["StringNotEquals", "a", [], true],
    ["StringLike", "a*", ["abc"], true], ["StringLike", "a?", ["abc"], false], ["StringNotLike", "a*", ["abc"], false],
    ["ArnLike", "arn:aws:iam::*:role/*", ["arn:aws:iam::1:role/a:b"], true],
    ["ArnEquals", "arn:aws:*:role/x", ["arn:aws:iam::1:role/x"], undefined],
    ["ArnLike", "arn:aws:*::1:role/x", ["arn:aws:iam:r:1:role/x"], false],
    ["ArnNotLike", "arn:aws:iam::*:role/*", ["arn:aws:iam::1:user/a"], true], ["ArnLike", "*", ["x"], true],
    ["Bool", true, ["true"], true], ["Bool", "TRUE", ["false"], false], ["BoolIfExists", "true", [], true],
    ["Null", "true", [], true], ["Null", "true", ["a"], false], ["Null", false, ["a"], true], ["Null", "false", [], false],
    ["NumericGreaterThanEquals", "5", ["5"], true], ["NumericGreaterThanEquals", "5", ["4.9"], false],
    ["NumericLessThan", "5", ["x"], undefined],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "b"], true], ["ForAllValues:StringEquals", "a", ["a", "b"], false],
    ["ForAllValues:StringEquals", "a", [], true], ["ForAllValues:StringEquals", "a", [""], undefined],
    ["ForAllValues:StringNotLike", "a*", ["b", "ab"], false],
    ["ForAnyValue:StringEquals", "a", ["b", "a"], true], ["ForAnyValue:StringEquals", "a", [], false],
    ["ForAnyValue:StringNotEquals", "a", ["b", "a"], true], ["ForAnyValue:StringEqualsIfExists", "a", [], undefined],
    ["IpAddress", "10.0.0.0/8", ["10.1.1.1"], undefined],
  ];
  for (const [operator, values, found, expected] of CONDITIONS)
    it(`${operator} ${JSON.stringify(values)} with ${JSON.stringify(found)}: ${String(expected)}`, () => {
      assert.strictEqual(answer(when(operator, values), { "k:x": found }), expected);
    });
});
