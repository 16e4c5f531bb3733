import assert from "node:assert/strict";
import { budget, type JsonObject, parseDocument, printPattern } from "../../policypack/iam";
import type { Test } from "../../policypack/iam/language/condition";
import { assign, type Demand, type KnownKeys } from "../../policypack/iam/implication/satisfy";
import { UNDECIDED } from "../../policypack/iam/pattern/region";

const KEYS: KnownKeys = {
  isBoolean: (key) => key === "aws:securetransport",
  isMultivalued: (key) => key === "aws:tagkeys",
  isAlwaysThere: (key) => key === "aws:principalaccount",
};

const testsOf = (Condition: object): readonly Test[] => {
  const statement = { Effect: "Allow", Action: "*", Resource: "*", Condition } as JsonObject;
  const { document, problems } = parseDocument({ Version: "2012-10-17", Statement: [statement] }, "any");
  assert.deepEqual(problems, []);
  return document.statements.flatMap(({ condition }) => condition.tests);
};
const demands = (condition: object, passes: boolean): readonly Demand[] =>
  testsOf(condition).map((test) => ({ test, passes }));

/** `aws:a=x,y`, `aws:a absent`; or that there is none. */
const answer = (
  passing: object,
  failing: object,
  choices: readonly (readonly [condition: object, passes: boolean])[],
  steps = 100_000,
): string => {
  const found = assign(
    [...demands(passing, true), ...demands(failing, false)],
    choices.map(([condition, passes]) => demands(condition, passes)),
    KEYS,
    budget(steps),
  );
  if (found === UNDECIDED) return "undecided";
  if (found === undefined) return "none";
  return [...found]
    .map(([key, values]) =>
      values === undefined ? `${key} absent` : `${key}=${values.map(printPattern).join()}`,
    )
    .join(" ");
};

const T = "aws:PrincipalTag/a";
const N = "s3:max-keys";
const D = "aws:CurrentTime";
const IP = "aws:SourceIp";
const K = "aws:TagKeys";

/** What is to pass, what is to fail, and what is found. */
const TABLE: readonly (readonly [passing: object, failing: object, found: string])[] = [
  [{}, {}, ""],
  // Texts: an example where it will do, otherwise a shortest one.
  [{ StringEquals: { [T]: "x" } }, {}, "aws:principaltag/a=x"],
  [{ StringLike: { [T]: "*" } }, {}, "aws:principaltag/a=aws-principaltag-a"],
  [{ StringLike: { [T]: "b?*" } }, {}, "aws:principaltag/a=bx"],
  [{ StringLike: { [T]: ["", "?"] } }, {}, "aws:principaltag/a="],
  [{ StringEquals: { [T]: "" } }, {}, "aws:principaltag/a="],
  [{ StringEquals: { [T]: ["x", "y"] } }, { StringEquals: { [T]: "x" } }, "aws:principaltag/a=y"],
  [{ StringEquals: { [T]: ["x", "y"] }, StringNotLike: { [T]: "x*" } }, {}, "aws:principaltag/a=y"],
  [{ StringEquals: { [T]: "x" }, StringNotEquals: { [T]: "x" } }, {}, "none"],
  [{ StringEquals: { [T]: "x" } }, { StringLike: { [T]: "x*" } }, "none"],
  [{ StringLike: { [T]: ["a*", "*b"] } }, { StringLike: { [T]: ["a*"] } }, "aws:principaltag/a=b"],
  [
    { StringLike: { [T]: "a*" }, StringNotLike: { [T]: "*b" } },
    { StringLike: { [T]: "*c" } },
    "aws:principaltag/a=aws-principaltag-a",
  ],
  [
    { StringEqualsIgnoreCase: { [T]: "Ab" } },
    { StringEquals: { [T]: ["Ab", "ab", "aB"] } },
    "aws:principaltag/a=AB",
  ],
  [{ StringEquals: { [T]: [] } }, {}, "none"],
  // A key that is absent, where that will do.
  [{ StringNotEquals: { [T]: "x" } }, {}, "aws:principaltag/a absent"],
  [{ StringEqualsIfExists: { [T]: "x" } }, {}, "aws:principaltag/a absent"],
  [{}, { StringEquals: { [T]: "x" } }, "aws:principaltag/a absent"],
  [{ Null: { [T]: "true" } }, {}, "aws:principaltag/a absent"],
  [{ Null: { [T]: "false" } }, {}, "aws:principaltag/a=aws-principaltag-a"],
  [{ Null: { [T]: "false" } }, { Null: { [T]: "true" } }, "aws:principaltag/a=aws-principaltag-a"],
  [{ Null: { [T]: "true" } }, { Null: { [T]: "false" } }, "aws:principaltag/a absent"],
  [{ Null: { [T]: "true" }, StringEquals: { [T]: "x" } }, {}, "none"],
  [{ Null: { [T]: "false" } }, { StringLike: { [T]: "*" } }, "none"],
  [{ Null: { [T]: "true" } }, { Null: { [T]: "true" } }, "none"],
  // AWS says that every request has it: no request is shown without it where one with it will do.
  [{ StringNotEquals: { "aws:PrincipalAccount": "1" } }, {}, "aws:principalaccount=123456789012"],
  [
    { StringEqualsIfExists: { "aws:PrincipalAccount": "1" } },
    { StringEquals: { "aws:PrincipalAccount": "1" } },
    "aws:principalaccount absent",
  ],
  // Examples are what a key of that name holds.
  [{ StringLike: { "aws:RequestedRegion": "*" } }, {}, "aws:requestedregion=us-east-1"],
  [
    { StringLike: { "aws:PrincipalArn": "arn:*" } },
    {},
    "aws:principalarn=arn:aws:iam::123456789012:role/example",
  ],
  [
    { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } },
    {},
    "aws:sourcearn=arn:aws:sns:us-east-1:123456789012:example",
  ],
  [{ ArnLike: { "aws:SourceArn": "arn:aws:s3:::b" } }, {}, "aws:sourcearn=arn:aws:s3:::b"],
  // Truth has two values.
  [{ Bool: { "aws:SecureTransport": "true" } }, {}, "aws:securetransport=true"],
  [
    { Null: { "aws:SecureTransport": "false" } },
    { Bool: { "aws:SecureTransport": "true" } },
    "aws:securetransport=false",
  ],
  [
    { Null: { "aws:SecureTransport": "false" } },
    { Bool: { "aws:SecureTransport": ["true", "false"] } },
    "none",
  ],
  // Numbers: at the ends of ranges, between them, and beside them.
  [{ NumericEquals: { [N]: "7" } }, {}, "s3:max-keys=7"],
  [{ NumericLessThan: { [N]: "7" } }, {}, "s3:max-keys=6"],
  [{ NumericLessThanEquals: { [N]: "7" } }, {}, "s3:max-keys=7"],
  [{ NumericGreaterThan: { [N]: "7" } }, {}, "s3:max-keys=8"],
  [{ NumericGreaterThan: { [N]: "7" }, NumericLessThan: { [N]: "9" } }, {}, "s3:max-keys=8"],
  [{ NumericGreaterThan: { [N]: "7" }, NumericLessThan: { [N]: "20" } }, {}, "s3:max-keys=8"],
  [{ NumericGreaterThan: { [N]: "7" }, NumericLessThan: { [N]: "8" } }, {}, "s3:max-keys=7.5"],
  [{ NumericGreaterThan: { [N]: "7" }, NumericLessThan: { [N]: "7" } }, {}, "none"],
  [{ NumericGreaterThanEquals: { [N]: "7" }, NumericLessThanEquals: { [N]: "7" } }, {}, "s3:max-keys=7"],
  [
    { NumericGreaterThanEquals: { [N]: "7" }, NumericNotEquals: { [N]: ["7", "8", "6"] } },
    {},
    "s3:max-keys=9",
  ],
  [{ NumericEquals: { [N]: ["7", "8"] } }, { NumericLessThan: { [N]: "8" } }, "s3:max-keys=8"],
  // A text is no number, so it is in no range of them.
  [
    { Null: { [N]: "false" } },
    { NumericLessThan: { [N]: "7" }, NumericGreaterThanEquals: { [N]: "7" } },
    "s3:max-keys=s3-max-keys",
  ],
  [{ NumericEquals: { [N]: "7" }, StringEquals: { [N]: "8" } }, {}, "s3:max-keys=8"],
  // Times.
  [
    { DateGreaterThan: { [D]: "2026-01-01T00:00:00Z" }, DateLessThan: { [D]: "2026-01-02T00:00:00Z" } },
    {},
    "aws:currenttime=2026-01-01T00:00:00.001Z",
  ],
  [
    { DateGreaterThan: { [D]: "2026-01-02T00:00:00Z" }, DateLessThan: { [D]: "2026-01-01T00:00:00Z" } },
    {},
    "none",
  ],
  // Addresses.
  [{ IpAddress: { [IP]: "203.0.113.0/24" } }, {}, "aws:sourceip=203.0.113.0"],
  [{ Null: { [IP]: "false" } }, { IpAddress: { [IP]: "203.0.113.0/24" } }, "aws:sourceip=198.51.100.7"],
  [
    { IpAddress: { [IP]: "198.51.100.0/24" }, NotIpAddress: { [IP]: "198.51.100.7/32" } },
    {},
    "aws:sourceip=198.51.100.0",
  ],
  [
    { IpAddress: { [IP]: "203.0.113.0/30" }, NotIpAddress: { [IP]: ["203.0.113.0/32", "203.0.113.3/32"] } },
    {},
    "aws:sourceip=203.0.113.1",
  ],
  [
    { IpAddress: { [IP]: "203.0.113.0/31" }, NotIpAddress: { [IP]: ["203.0.113.0/32", "203.0.113.1/32"] } },
    {},
    "none",
  ],
  [{ Null: { [IP]: "false" } }, { IpAddress: { [IP]: "0.0.0.0/0" } }, "aws:sourceip=2001:db8::7"],
  // Keys of several values.
  [{ "ForAnyValue:StringEquals": { [K]: "x" } }, {}, "aws:tagkeys=x"],
  [{ "ForAllValues:StringEquals": { [K]: "x" } }, {}, "aws:tagkeys absent"],
  [{ "ForAllValues:StringEquals": { [K]: "x" }, Null: { [K]: "false" } }, {}, "aws:tagkeys=x"],
  [
    { "ForAllValues:StringEquals": { [K]: ["x", "y"] }, "ForAnyValue:StringEquals": { [K]: ["y", "z"] } },
    {},
    "aws:tagkeys=y",
  ],
  [{ "ForAllValues:StringEquals": { [K]: "x" }, "ForAnyValue:StringEquals": { [K]: "z" } }, {}, "none"],
  [
    { "ForAnyValue:StringEquals": { [K]: "x" }, "ForAnyValue:StringLike": { [K]: "y*" } },
    {},
    "aws:tagkeys=x,y",
  ],
  [
    { "ForAnyValue:StringEquals": { [K]: "x" } },
    { "ForAllValues:StringEquals": { [K]: "x" } },
    "aws:tagkeys=x,aws-tagkeys",
  ],
  [{}, { "ForAllValues:StringEquals": { [K]: "x" } }, "aws:tagkeys=aws-tagkeys"],
  [
    { "ForAnyValue:StringEquals": { [K]: ["x", "y"] } },
    { "ForAnyValue:StringEquals": { [K]: "x" } },
    "aws:tagkeys=y",
  ],
  // "For all values" of none: an empty value resolves to no value at all.
  [
    { "ForAllValues:StringEquals": { [K]: "x" }, Null: { [K]: "false" } },
    { "ForAnyValue:StringEquals": { [K]: "x" } },
    "aws:tagkeys=",
  ],
  // What AWS does not say may be as demanded.
  [{ StringEquals: { [K]: "x" } }, {}, "aws:tagkeys=x"],
  [
    { StringEquals: { [K]: "x" }, "ForAllValues:StringEquals": { [K]: "y" }, Null: { [K]: "false" } },
    {},
    "aws:tagkeys=y",
  ],
  // Policy variables.
  [{ StringEquals: { [T]: "${aws:username}" } }, {}, "aws:principaltag/a=${aws:username}"],
  [{ StringLike: { [T]: "a${aws:username}*" } }, {}, "aws:principaltag/a=a${aws:username}"],
  [
    { StringLike: { [T]: "a*" }, StringEquals: { [T]: "${aws:username}" } },
    {},
    "aws:principaltag/a=${aws:username}",
  ],
  [
    { StringEquals: { [T]: ["b", "${aws:username}"] } },
    { StringLike: { [T]: "b*" } },
    "aws:principaltag/a=${aws:username}",
  ],
  [{ StringEquals: { [T]: "b${aws:username}" }, StringLike: { [T]: "c*" } }, {}, "none"],
  [
    { StringEquals: { [T]: "b" } },
    { StringNotEquals: { [T]: "${aws:username}" } },
    "aws:principaltag/a=${aws:username}",
  ],
  // Several keys.
  [{ StringEquals: { [T]: "x", [N]: "y" } }, {}, "aws:principaltag/a=x s3:max-keys=y"],
];

/** What is to pass, and lists of demands of which at least one is to be met. */
const CHOICES: readonly (readonly [
  passing: object,
  choices: readonly (readonly [condition: object, passes: boolean])[],
  found: string,
])[] = [
  [{}, [[{ StringEquals: { [T]: "x" } }, true]], "aws:principaltag/a=x"],
  [{}, [[{}, true]], "none"],
  [{ StringEquals: { [T]: "x" } }, [[{ StringEquals: { [T]: "y" } }, true]], "none"],
  // The first that can be met, of a list.
  [{}, [[{ StringEquals: { [T]: "x", [N]: "y" } }, true]], "aws:principaltag/a=x"],
  [
    { StringEquals: { [T]: "z" } },
    [[{ StringEquals: { [T]: "x", [N]: "y" } }, true]],
    "aws:principaltag/a=z s3:max-keys=y",
  ],
  // What is met already asks for nothing.
  [
    { StringEquals: { [T]: "x" } },
    [[{ StringEquals: { [N]: "y", [T]: "x" } }, true]],
    "aws:principaltag/a=x",
  ],
  [
    { StringEquals: { [T]: "x" } },
    [[{ StringEquals: { [T]: "x", [N]: "y" } }, false]],
    "aws:principaltag/a=x s3:max-keys absent",
  ],
  // The narrowest choice is taken first, and the others stay open.
  [
    {},
    [
      [{ StringEquals: { [T]: "x", [N]: "y" } }, true],
      [{ StringNotEquals: { [T]: "x" } }, true],
    ],
    "aws:principaltag/a absent s3:max-keys=y",
  ],
  [
    { Null: { [T]: "false" } },
    [
      [{ StringNotEquals: { [T]: "x" }, StringEquals: { [T]: "x" } }, true],
      [{ StringNotLike: { [T]: "x*" }, StringLike: { [T]: "*" } }, true],
    ],
    "aws:principaltag/a=aws-principaltag-a",
  ],
  // It goes back where a later one cannot be met.
  [
    {},
    [
      [{ StringEquals: { [T]: "x", [N]: "7" } }, true],
      [{ StringEquals: { [T]: "y" }, NumericEquals: { [N]: "8" } }, true],
      [{ StringNotEquals: { [N]: "7" }, StringEquals: { [T]: "y" } }, true],
    ],
    "aws:principaltag/a=x s3:max-keys=8",
  ],
  [
    {},
    [
      [{ StringEquals: { [T]: "x" } }, true],
      [{ StringEquals: { [T]: "y" } }, true],
    ],
    "none",
  ],
];

const json = (value: object): string => JSON.stringify(value).slice(0, 100);

describe("iam/satisfy", () => {
  for (const [passing, failing, found] of TABLE)
    it(`${json(passing)}, not ${json(failing)}: ${found}`, () => {
      assert.equal(answer(passing, failing, []), found);
    });
  for (const [passing, choices, found] of CHOICES)
    it(`${json(passing)}, one of ${json(choices)}: ${found}`, () => {
      assert.equal(answer(passing, {}, choices), found);
    });
  it("says so where it is too much work", () => {
    const one = { StringEquals: { [T]: "x" } };
    // 20 for a test and one for each value; one for each choice.
    assert.equal(answer(one, {}, [], 21), "undecided");
    assert.equal(answer(one, {}, [], 22), "aws:principaltag/a=x");
    assert.equal(answer({}, {}, [[one, true]], 0), "undecided");
    assert.equal(answer({}, {}, [[one, true]], 22), "undecided");
    assert.equal(answer({ StringLike: { [T]: "a?" } }, {}, [], 22), "undecided");
    assert.equal(answer({ StringLike: { [T]: "a?" } }, {}, [], 60), "aws:principaltag/a=ax");
  });
});
