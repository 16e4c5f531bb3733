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

  describe("ranges of addresses name somebody", () => {
    const eights = (from: number, count: number): readonly string[] =>
      Array.from({ length: count }, (_, index) => `${from + index}.0.0.0/8`);
    const table: readonly (readonly [ranges: string | readonly string[], answer: boolean])[] = [
      ["8.0.0.0/8", true],
      ["8.0.0.0/7", false],
      ["2001:db8::/32", true],
      ["2001:db8::/31", false],
      [eights(16, 16), true],
      [eights(16, 17), false],
      // In whatever order they stand, and however often.
      [[...eights(16, 16)].reverse(), true],
      [[...eights(16, 17)].reverse(), false],
      [[...eights(16, 16), ...eights(16, 16)], true],
      [[...eights(16, 16), "20.1.0.0/16", "31.255.255.255/32"], true],
      [[...eights(16, 16), "32.0.0.0/32"], false],
      [["16.0.0.0/9", "16.64.0.0/10", ...eights(17, 15), "16.128.0.0/9"], true],
      // Those of either version are counted by themselves.
      [[...eights(16, 16), "2001:db8::/32"], true],
      [
        [
          ...eights(16, 16),
          ...Array.from({ length: 16 }, (_, index) => `2001:${(0x100 + index).toString(16)}::/32`),
        ],
        true,
      ],
      [Array.from({ length: 17 }, (_, index) => `2001:${(0x100 + index).toString(16)}::/32`), false],
    ];
    for (const [ranges, answer] of table)
      it(`${JSON.stringify(ranges).slice(0, 60)}: ${answer ? "yes" : "no"}`, () => {
        assert.equal(fixes(testOf("IpAddress", "aws:SourceIp", ranges), "address"), answer);
      });
    it("but not where the test excludes them, or passes without", () => {
      for (const operator of ["NotIpAddress", "IpAddressIfExists", "ForAllValues:IpAddress", "Null"])
        assert.equal(fixes(testOf(operator, "aws:SourceIp", "8.0.0.0/8"), "address"), false, operator);
      assert.equal(fixes(testOf("ForAnyValue:IpAddress", "aws:SourceIp", "8.0.0.0/8"), "address"), true);
      assert.equal(fixes(testOf("StringEquals", "aws:SourceIp", "8.0.0.0"), "address"), false);
    });
  });
});
