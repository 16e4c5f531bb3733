import assert from "node:assert/strict";
import { parseDocument } from "../../policypack/iam";
import { fixes, neededValues } from "../../policypack/iam/containment/binding";
import { opposite, passes, type Test } from "../../policypack/iam/language/condition";

function testOf(operator: string, key: string, value: unknown): Test {
  const Statement = {
    Effect: "Allow",
    Action: "*",
    Resource: "*",
    Condition: { [operator]: { [key]: value } },
  };
  const { document, problems } = parseDocument(JSON.stringify({ Version: "2012-10-17", Statement }));
  assert.deepEqual(problems, []);
  const [test] = document.statements[0]?.condition.tests ?? [];
  assert.ok(test);
  return test;
}

const OPERATORS = ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"].flatMap((name) =>
  ["", "ForAllValues:", "ForAnyValue:"].flatMap((qualifier) =>
    ["", "IfExists"].map((suffix) => `${qualifier}${name}${suffix}`),
  ),
);
const CONTEXTS: readonly (readonly string[] | undefined)[] = [
  undefined,
  ["o-abc"],
  ["o-xyz"],
  ["o-abc", "o-xyz"],
  ["o-xyz", "o-uvw"],
];

describe("iam/binding", () => {
  describe("the opposite of a test", () => {
    for (const operator of OPERATORS)
      it(`passes where it fails: ${operator}`, () => {
        const test = testOf(operator, "aws:PrincipalOrgID", ["o-abc", "o-def"]);
        const turned = opposite(test);
        if (turned === undefined) {
          // Passed without the key, by an operator whose opposite would have to be failed without it.
          assert.match(operator, /^(ForAnyValue:)?String.*IfExists$/);
          return;
        }
        for (const values of CONTEXTS) {
          const context = new Map(values === undefined ? [] : [[test.key, values]]);
          const answer = passes(test, context);
          assert.equal(passes(turned, context), answer === undefined ? undefined : !answer, String(values));
        }
      });
    it("is none for Null", () => {
      assert.equal(opposite(testOf("Null", "aws:PrincipalOrgID", "true")), undefined);
    });
  });

  it("takes values to be needed only where nothing else passes", () => {
    const needed = (operator: string, value: unknown = "o-a*"): readonly string[] | undefined =>
      neededValues(testOf(operator, "aws:PrincipalOrgID", value));
    assert.deepEqual(needed("StringLike"), ["o-a*"]);
    assert.deepEqual(needed("StringEquals"), ["o-a_"]);
    assert.deepEqual(needed("StringEqualsIgnoreCase", "O-A"), ["o-a"]);
    assert.deepEqual(needed("ForAnyValue:StringEquals", ["o-a", "o-b"]), ["o-a", "o-b"]);
    for (const operator of ["StringNotLike", "StringLikeIfExists", "ForAllValues:StringLike"])
      assert.equal(needed(operator), undefined, operator);
    assert.equal(needed("Null", "false"), undefined);
    assert.equal(needed("StringLike", "${aws:PrincipalAccount}"), undefined);
    assert.equal(needed("StringLike", []), undefined);
    const owned = testOf("StringLike", "aws:PrincipalOrgPaths", ["${AWS:ResourceOrgId}/r-1/*", "o-b/*"]);
    assert.equal(neededValues(owned), undefined);
    assert.equal(neededValues(owned, { account: "123456789012" }), undefined);
    assert.deepEqual(neededValues(owned, { organization: "o-a" }), ["o-a/r-1/*", "o-b/*"]);
  });

  it("knows when the values of a key are fixed", () => {
    const cases: readonly [Parameters<typeof fixes>[1], string, boolean][] = [
      ["arn", "arn:aws:s3:::b", true],
      ["account-arn", "arn:aws:s3:::b", false],
      ["account-arn", "arn:aws:sns:*:123456789012:t*", true],
      ["arn", "arn:aws:sns:us-east-1:12345678901?:t", false],
      ["arn", "arn:*:sns:us-east-1:123456789012:t", false],
      ["account-arn", "arn:aws:*:us-east-1:123456789012:t", false],
      ["account-arn", "arn:aws:sns:*:${aws:ResourceAccount}:t*", true],
      ["account-arn", "arn:aws:sns:*:${aws:ResourceOrgID}:t*", false],
      ["account-arn", "arn:aws:sns:*:${aws:SourceAccount}:t*", false],
      ["account-arn", "arn:aws:sns:*:*${aws:ResourceAccount}:t*", false],
      ["text", "${aws:ResourceAccount}", false],
      ["unique-id", "${aws:ResourceAccount}", false],
    ];
    for (const [fixing, value, answer] of cases)
      assert.equal(fixes(testOf("ArnLike", "aws:SourceArn", value), fixing), answer, `${fixing} ${value}`);
    assert.equal(
      fixes(testOf("StringLike", "aws:PrincipalOrgPaths", "o-abc/r-1/*"), "organization-path"),
      true,
    );
    assert.equal(fixes(testOf("StringLike", "aws:PrincipalOrgPaths", "o-abc*"), "organization-path"), false);
    assert.equal(fixes(testOf("IpAddress", "aws:SourceIp", "203.0.113.0/24"), "address"), true);
    assert.equal(fixes(testOf("IpAddress", "aws:SourceIp", ["203.0.113.0/24", "::/0"]), "address"), false);
  });
});
