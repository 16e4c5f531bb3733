import assert from "node:assert/strict";
import { type JsonObject, parseDocument, type Problem, UNKNOWN } from "../../policypack/iam";
import {
  type Condition,
  isMet,
  passes,
  passesWithout,
  type Test,
} from "../../policypack/iam/language/condition";
import { OPERATORS, parseOperator, spelled } from "../../policypack/iam/language/operator";
import type { Context } from "../../policypack/iam/language/request";

type Values = string | readonly string[] | undefined;
type Answer = boolean | undefined;
const V2012 = "2012-10-17";
const V2008 = "2008-10-17";

const reading = (condition: JsonObject[string], version = V2012) =>
  parseDocument({
    Version: version,
    Statement: { Effect: "Allow", Action: "*", Resource: "*", Condition: condition },
  });
function read(condition: JsonObject, version = V2012): Condition {
  const { document, problems } = reading(condition, version);
  assert.deepEqual(problems, []);
  const [statement] = document.statements;
  assert.ok(statement);
  return statement.condition;
}
function one(operator: string, key: string, values: JsonObject[string], version = V2012): Test {
  const { tests } = read({ [operator]: { [key]: values } }, version);
  const [first] = tests;
  assert.ok(first !== undefined && tests.length === 1);
  return first;
}
/** Keys in lower case, as requests have them; a text is the single value of its key. */
const contextOf = (keys: Readonly<Record<string, Values>>): Context =>
  new Map(
    Object.entries(keys).flatMap(([key, values]) =>
      values === undefined ? [] : [[key, typeof values === "string" ? [values] : values] as const],
    ),
  );
const shown = (value: unknown): string => (value === undefined ? "absent" : JSON.stringify(value));

describe("iam/condition", () => {
  describe("passes: every operator", () => {
    /** A value of the policy, and values of a request that meet the operator and that do not. */
    type Row = readonly [operator: string, policy: string | readonly string[], meets: string, fails: string];
    const rows: readonly Row[] = [
      ["StringEquals", "a", "a", "A"],
      ["StringNotEquals", "a", "A", "a"],
      ["StringEqualsIgnoreCase", "aB", "Ab", "a"],
      ["StringNotEqualsIgnoreCase", "aB", "a", "Ab"],
      ["StringLike", "a*b?", "a--bc", "a--b"],
      ["StringNotLike", "a*b?", "a--b", "a--bc"],
      ["NumericEquals", "10", "10.0", "10.1"],
      ["NumericNotEquals", "10", "10.1", "1e1"],
      ["NumericLessThan", "10", "9.99", "10"],
      ["NumericLessThanEquals", "10", "10", "10.01"],
      ["NumericGreaterThan", "10", "10.01", "10"],
      ["NumericGreaterThanEquals", "10", "10", "9.99"],
      ["DateEquals", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:01Z"],
      ["DateNotEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "2026-01-01"],
      ["DateLessThan", "2026-01-01T00:00:00Z", "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z"],
      ["DateLessThanEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z"],
      ["DateGreaterThan", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "2026-01-01T00:00:00Z"],
      ["DateGreaterThanEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2025-12-31T23:59:59Z"],
      ["Bool", "true", "true", "false"],
      ["BinaryEquals", "QmluYXJ5", "QmluYXJ5", "qmluyxj5"],
      ["IpAddress", "203.0.113.0/24", "203.0.113.255", "203.0.114.0"],
      ["NotIpAddress", "203.0.113.0/24", "203.0.114.0", "203.0.113.255"],
      ["ArnEquals", "arn:aws:sns:*:1:t*", "arn:aws:sns:eu:1:t:1", "arn:aws:sns:eu:1:s"],
      ["ArnLike", "arn:aws:sns:*:1:t*", "arn:aws:sns:eu:1:t:1", "arn:aws:sns:eu:1:s"],
      ["ArnNotEquals", "arn:aws:sns:*:1:t*", "arn:aws:sns:eu:1:s", "arn:aws:sns:eu:1:t:1"],
      ["ArnNotLike", "arn:aws:sns:*:1:t*", "arn:aws:sns:eu:1:s", "arn:aws:sns:eu:1:t:1"],
    ];
    it("has a row", () => {
      assert.deepEqual([...rows.map(([operator]) => operator), "Null"].sort(), [...OPERATORS].sort());
    });

    type Kind = "absent" | "empty" | "meets" | "fails" | "both meet" | "one meets" | "none meets";
    const N = undefined;
    // prettier-ignore
    const answers: Readonly<Record<string, Readonly<Record<Kind, Answer>>>> = {
      "": { absent: false, empty: false, meets: true, fails: false, "both meet": N, "one meets": N, "none meets": N },
      "negated": { absent: true, empty: true, meets: true, fails: false, "both meet": N, "one meets": N, "none meets": N },
      "IfExists": { absent: true, empty: true, meets: true, fails: false, "both meet": N, "one meets": N, "none meets": N },
      "ForAllValues:": { absent: true, empty: true, meets: true, fails: false, "both meet": true, "one meets": false, "none meets": false },
      "ForAllValues:IfExists": { absent: true, empty: true, meets: true, fails: false, "both meet": true, "one meets": false, "none meets": false },
      "ForAnyValue:": { absent: false, empty: false, meets: true, fails: false, "both meet": true, "one meets": true, "none meets": false },
      "ForAnyValue:IfExists": { absent: N, empty: N, meets: true, fails: false, "both meet": true, "one meets": true, "none meets": false },
    };
    const negated = new Set([
      "StringNotEquals",
      "StringNotEqualsIgnoreCase",
      "StringNotLike",
      "NumericNotEquals",
    ]);
    for (const name of ["DateNotEquals", "NotIpAddress", "ArnNotEquals", "ArnNotLike"]) negated.add(name);

    for (const [operator, policy, meets, fails] of rows) {
      const given: Readonly<Record<Kind, Values>> = {
        absent: undefined,
        empty: [],
        meets,
        fails,
        "both meet": [meets, meets],
        "one meets": [fails, meets],
        "none meets": [fails, fails],
      };
      for (const variant of Object.keys(answers).filter((name) => name !== "negated")) {
        const [qualifier, suffix] = variant.includes(":")
          ? [variant.slice(0, variant.indexOf(":") + 1), variant.slice(variant.indexOf(":") + 1)]
          : ["", variant];
        const name = `${qualifier}${operator}${suffix}`;
        it(name, () => {
          const test = one(name, "k", policy);
          const expected = answers[variant === "" && negated.has(operator) ? "negated" : variant];
          for (const [kind, values] of Object.entries(given))
            assert.equal(passes(test, contextOf({ k: values })), expected?.[kind as Kind], kind);
          assert.equal(passesWithout(test), expected?.absent);
        });
      }
    }
  });

  describe("passes: Null", () => {
    const table: readonly (readonly [values: JsonObject[string], absent: Answer, present: Answer])[] = [
      ["true", true, false],
      ["false", false, true],
      ["TRUE", true, false],
      ["False", false, true],
      [true, true, false],
      [false, false, true],
      [["true"], true, false],
      [["true", "TRUE"], true, false],
      [["true", "false"], undefined, undefined],
      ["yes", undefined, undefined],
      ["", undefined, undefined],
      ["${k}", undefined, undefined],
      [[], undefined, undefined],
    ];
    for (const [values, absent, present] of table)
      it(`${shown(values)}: ${String(absent)} without the key, ${String(present)} with it`, () => {
        const test = one("Null", "k", values);
        assert.equal(passes(test, contextOf({})), absent);
        assert.equal(passes(test, contextOf({ k: [] })), absent);
        assert.equal(passes(test, contextOf({ k: "" })), present);
        assert.equal(passes(test, contextOf({ k: ["a", "b"] })), present);
      });
  });

  /** The first key of the request is `k`. */
  type Row = readonly [
    operator: string,
    policy: JsonObject[string],
    value: Values,
    answer: Answer,
    others?: Readonly<Record<string, Values>>,
    version?: string,
  ];
  const tables: Readonly<Record<string, readonly Row[]>> = {
    "lists: any of the values will do, and none of them where negated": [
      ["StringEquals", ["a", "b"], "b", true],
      ["StringEquals", ["a", "b"], "c", false],
      ["StringNotEquals", ["a", "b"], "b", false],
      ["StringNotEquals", ["a", "b"], "c", true],
      ["StringLike", ["a*", "*b"], "xb", true],
      ["NumericLessThan", ["1", "5"], "4", true],
      ["NumericNotEquals", ["1", "5"], "5", false],
      ["NotIpAddress", ["10.0.0.0/8", "192.168.0.0/16"], "192.168.1.1", false],
      ["ArnNotLike", ["arn:a:b:c:d:e", "arn:a:b:c:d:f"], "arn:a:b:c:d:f", false],
      ["Bool", ["true", "false"], "false", true],
      ["ForAllValues:StringEquals", ["a", "b"], ["b", "a", "b"], true],
      ["ForAllValues:StringEquals", ["a", "b"], ["b", "c"], false],
      ["ForAllValues:StringNotEquals", ["a", "b"], ["c", "d"], true],
      ["ForAllValues:StringNotEquals", ["a", "b"], ["c", "a"], false],
      ["ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], true],
      ["ForAnyValue:StringNotEquals", ["a", "b"], ["a", "b"], false],
      ["ForAnyValue:StringNotEquals", ["a", "b"], ["a", "c"], true],
    ],
    "empty lists: none of no values": [
      ["StringEquals", [], "a", false],
      ["StringNotEquals", [], "a", true],
      ["StringEquals", [], undefined, false],
      ["StringEqualsIfExists", [], undefined, true],
      ["NumericEquals", [], "1", false],
      ["NumericNotEquals", [], "1", true],
      ["IpAddress", [], "10.0.0.1", false],
      ["Bool", [], "true", false],
      ["ForAllValues:StringEquals", [], ["a"], false],
      ["ForAllValues:StringEquals", [], undefined, true],
      ["ForAnyValue:StringEquals", [], ["a"], false],
    ],
    "case: of values": [
      ["StringEquals", "Prod", "prod", false],
      ["StringLike", "P*", "prod", false],
      ["StringEqualsIgnoreCase", "PROD-1", "prod-1", true],
      ["StringEqualsIgnoreCase", "straße", "STRAßE", true],
      ["StringEqualsIgnoreCase", "a*", "AB", false],
      ["StringEqualsIgnoreCase", "a*", "A*", true],
      ["Bool", "True", "true", true],
      ["Bool", "true", "TRUE", true],
      ["Bool", "FALSE", "true", false],
      ["ArnLike", "arn:aws:s3:::B", "arn:aws:s3:::b", false],
      ["BinaryEquals", "AAEC", "aaec", false],
    ],
    "texts: only Like has wildcards": [
      ["StringEquals", "a*", "ab", false],
      ["StringEquals", "a*", "a*", true],
      ["StringEquals", "a?", "ab", false],
      ["StringNotEquals", "*", "a", true],
      ["StringLike", "*", "", true],
      ["StringLike", "", "", true],
      ["StringLike", "", "a", false],
      ["StringLike", "?", "", false],
      ["StringLike", "a.c", "abc", false],
      ["StringLike", "a:*:c", "a:b:b:c", true],
    ],
    "numbers and booleans as JSON values": [
      ["StringEquals", 5, "5", true],
      ["StringEquals", true, "true", true],
      ["NumericEquals", 5, "5.0", true],
      ["NumericEquals", 0.1, "0.10", true],
      ["NumericLessThan", [1, "3"], "2", true],
      ["Bool", true, "true", true],
      ["Bool", false, "true", false],
      ["DateGreaterThan", 1767225600, "2026-01-01T00:00:01Z", true],
      ["StringEquals", 123456789012, "123456789012", true],
    ],
    numbers: [
      ["NumericEquals", "-1", "-1.0", true],
      ["NumericEquals", "+1", "1", true],
      ["NumericEquals", ".5", "0.5", true],
      ["NumericEquals", "5.", "5", true],
      ["NumericEquals", "1e3", "1000", true],
      ["NumericLessThan", "-1", "-2", true],
      ["NumericLessThan", "10", "9", true],
      ["NumericEquals", "0", "-0", true],
      ["NumericEquals", "000000000000000000001", "1", true],
    ],
    "dates: ISO 8601 and seconds since 1970": [
      ["DateEquals", "2026", "2026-01-01T00:00:00Z", true],
      ["DateEquals", "2026-01", "2026-01-01", true],
      ["DateEquals", "2026-01-01T12:30Z", "2026-01-01T12:30:00.000Z", true],
      ["DateEquals", "2026-01-01T00:00:00+02:00", "2025-12-31T22:00:00Z", true],
      ["DateEquals", "1767225600", "2026-01-01", true],
      ["DateEquals", "2026-01-01", "1767225600", true],
      ["DateLessThan", "2026-01-01T00:00:00.500Z", "2026-01-01T00:00:00.499Z", true],
      ["DateLessThan", "2026-01-01T00:00:00.500000Z", "2026-01-01T00:00:00.5Z", false],
      ["DateLessThan", "1969-12-31T23:59:59Z", "1969-12-31T23:59:58Z", true],
      ["DateEquals", "2024-02-29", "2024-02-29T00:00:00Z", true],
    ],
    "addresses of both versions": [
      ["IpAddress", "203.0.113.7", "203.0.113.7", true],
      ["IpAddress", "203.0.113.7", "203.0.113.8", false],
      ["IpAddress", "203.0.113.7/32", "203.0.113.7", true],
      ["IpAddress", "203.0.113.77/24", "203.0.113.0", true],
      ["IpAddress", "203.0.113.0/25", "203.0.113.127", true],
      ["IpAddress", "203.0.113.0/25", "203.0.113.128", false],
      ["IpAddress", "0.0.0.0/0", "255.255.255.255", true],
      ["IpAddress", "0.0.0.0/0", "2001:db8::1", false],
      ["IpAddress", "::/0", "2001:db8::1", true],
      ["IpAddress", "::/0", "203.0.113.7", false],
      ["IpAddress", "2001:DB8:1234:5678::/64", "2001:db8:1234:5678:ffff:ffff:ffff:ffff", true],
      ["IpAddress", "2001:DB8:1234:5678::/64", "2001:db8:1234:5679::", false],
      ["IpAddress", "2001:db8::1", "2001:DB8:0:0::1", true],
      ["IpAddress", "::1/128", "0.0.0.1", false],
      ["NotIpAddress", "0.0.0.0/0", "2001:db8::1", true],
      ["IpAddress", ["203.0.113.0/24", "2001:db8::/32"], "2001:db8:ffff::", true],
    ],
    "ARNs: field by field, wildcards do not cross a colon before the resource": [
      ["ArnLike", "arn:aws:sns:*:1:f/*", "arn:aws:sns:eu:1:f/d", true],
      ["ArnLike", "arn:aws:sns:*:1:f/*", "arn:aws:sns:eu:9:s/a:1:f/d", false],
      ["StringLike", "arn:aws:sns:*:1:f/*", "arn:aws:sns:eu:9:s/a:1:f/d", true],
      ["ArnEquals", "arn:aws:sns:*:1:f/*", "arn:aws:sns:eu:9:s/a:1:f/d", false],
      ["ArnNotLike", "arn:aws:sns:*:1:f/*", "arn:aws:sns:eu:9:s/a:1:f/d", true],
      ["ArnLike", "arn:*:*:*:*:*", "arn:aws:s3:::b", true],
      ["ArnLike", "arn:*:*:*:*:*", "arn:aws:s3::b", false],
      ["ArnLike", "arn:aws:s?:::b", "arn:aws:s3:::b", true],
      ["ArnLike", "arn:aws:s3??:::b", "arn:aws:s3:::::b", false],
      ["ArnLike", "arn:aws:s3:::b*", "arn:aws:s3:::b:c:d", true],
      ["ArnLike", "arn:aws:s3:::?", "arn:aws:s3::::", true],
      ["ArnLike", "*", "arn:aws:s3:::b", true],
      ["ArnEquals", "arn:aws:iam::1:role/*", "arn:aws:iam::1:role/a/b", true],
    ],
    variables: [
      ["StringEquals", "${v}", "x", true, { v: "x" }],
      ["StringEquals", "${v}", "y", false, { v: "x" }],
      ["StringEquals", "${v}", "${v}", false, { v: "x" }],
      ["StringEquals", "home/${aws:UserName}/", "home/bob/", true, { "aws:username": "bob" }],
      // A space is no part of a key: such a variable stands for nothing.
      ["StringEquals", "${ aws:username }", "bob", false, { "aws:username": "bob" }],
      ["StringEquals", "${aws:PrincipalTag/Team}", "red", true, { "aws:principaltag/team": "red" }],
      ["StringEquals", "${v}${w}", "ab", true, { v: "a", w: "b" }],
      ["StringEquals", "${k}", "anything", true],
      ["StringEquals", "x", "x", true, { v: "y" }],
      ["StringNotEquals", "${v}", "x", false, { v: "x" }],
      ["StringNotEquals", "${v}", "y", true, { v: "x" }],
      ["StringLike", "${v}*", "xyz", true, { v: "x" }],
      ["StringLike", "${v}", "xyz", false, { v: "x*" }],
      ["StringLike", "${v}", "x*", true, { v: "x*" }],
      ["StringLike", "${v}", "", true, { v: "" }],
      ["ArnLike", "arn:aws:s3:::${v}/*", "arn:aws:s3:::x/y", true, { v: "x" }],
      ["ArnLike", "arn:aws:s3::${v}:b", "arn:aws:s3::1:b", true, { v: "1" }],
      ["ForAllValues:StringEquals", ["${v}", "b"], ["a", "b"], true, { v: "a" }],
      ["ForAnyValue:StringLike", "${v}?", ["a", "ab"], true, { v: "a" }],
    ],
    "variables that stand for nothing: no match, and no certain mismatch": [
      ["StringEquals", "${v}", "x", false],
      ["StringEquals", "${v}", "${v}", false],
      ["StringEquals", ["${v}", "x"], "x", true],
      ["StringEquals", "${v}", "x", false, { v: [] }],
      ["StringEquals", "${v}", "x", false, { v: ["x", "y"] }],
      ["StringEquals", "${}", "${}", false],
      ["StringNotEquals", "${v}", "x", undefined],
      ["StringNotEquals", "${v}", "x", undefined, { v: ["x", "y"] }],
      ["StringNotEquals", ["${v}", "x"], "x", false],
      ["StringNotEquals", ["${v}", "x"], "y", undefined],
      ["StringNotEquals", "${v}", undefined, true],
      ["StringNotLike", "${v}*", "x", undefined],
      ["ArnNotLike", "arn:aws:s3:::${v}", "arn:aws:s3:::b", undefined],
      ["ArnLike", "arn:aws:s3:::${v}", "arn:aws:s3:::b", false],
      ["StringEqualsIfExists", "${v}", "x", false],
      ["StringEqualsIfExists", "${v}", undefined, true],
      ["ForAnyValue:StringNotEquals", ["${v}", "x"], ["x", "y"], undefined],
      ["ForAnyValue:StringNotEquals", ["${v}", "x"], ["x"], false],
      ["ForAllValues:StringNotEquals", ["${v}", "x"], ["y", "x"], false],
      ["ForAllValues:StringNotEquals", "${v}", ["x"], undefined],
    ],
    "variables with a default": [
      ["StringEquals", "${v, 'd'}", "d", true],
      ["StringEquals", "${v, 'd'}", "d", false, { v: "x" }],
      ["StringEquals", "${v, 'd'}", "x", true, { v: "x" }],
      ["StringEquals", "${v,'d'}", "d", true],
      ["StringEquals", "${v, 'd'}", "d", true],
      ["StringEquals", "${ v , 'd' }", "d", false],
      ["StringEquals", "${v, ''}", "", true],
      ["StringEquals", "${v, 'it's'}", "it's", true],
      ["StringEquals", "${v, 'D'}", "d", false],
      ["StringNotEquals", "${v, 'd'}", "d", false],
      ["StringNotEquals", "${v, 'd'}", "x", true],
      ["StringLike", "a${v, '*'}", "abc", false],
      ["StringLike", "a${v, '*'}", "a*", true],
    ],
    "variables for characters": [
      ["StringEquals", "a${*}", "a*", true],
      ["StringLike", "a${*}", "ab", false],
      ["StringLike", "a${*}", "a*", true],
      ["StringLike", "a${?}*", "a?b", true],
      ["StringLike", "a${?}*", "abb", false],
      ["StringLike", "${$}{v}", "${v}", true, { v: "x" }],
      ["ArnLike", "arn:aws:s3:::${*}", "arn:aws:s3:::b", false],
      ["StringEqualsIgnoreCase", "a${*}", "A*", true],
    ],
    "not variables": [
      ["StringEquals", "${v", "${v", true, { v: "x" }],
      ["StringEquals", "$v", "$v", true, { v: "x" }],
      ["StringEquals", "{v}", "{v}", true, { v: "x" }],
      ["StringEquals", "$", "$", true],
    ],
    "Version 2008-10-17 has no variables": [
      ["StringEquals", "${v}", "${v}", true, { v: "x" }, V2008],
      ["StringEquals", "${v}", "x", false, { v: "x" }, V2008],
      ["StringNotEquals", "${v}", "x", true, {}, V2008],
      ["StringLike", "${*}", "${abc}", true, {}, V2008],
      ["StringLike", "${*}", "*", false, {}, V2008],
      ["StringEqualsIgnoreCase", "${V}", "${v}", true, {}, V2008],
      ["ArnLike", "arn:aws:s3:::${v}", "arn:aws:s3:::${v}", true, { v: "x" }, V2008],
    ],
    "policy values that cannot be read": [
      ["NumericEquals", "ten", "10", undefined],
      ["NumericEquals", "", "0", undefined],
      ["NumericEquals", "0x10", "16", undefined],
      ["NumericEquals", " 1", "1", undefined],
      ["NumericNotEquals", "ten", "10", undefined],
      ["NumericEquals", ["1", "ten"], "1", undefined],
      ["NumericEquals", "${v}", "1", undefined, { v: "1" }],
      ["NumericLessThan", true, "1", undefined],
      ["NumericLessThan", "1e400", "1", undefined],
      ["NumericGreaterThan", "1e300", "1", undefined],
      ["NumericEquals", "9007199254740993", "9007199254740992", undefined],
      ["NumericEquals", "1.0000000000000001", "1", undefined],
      ["NumericLessThan", "1e-400", "0", undefined],
      ["DateLessThan", "yesterday", "2026-01-01", undefined],
      ["DateLessThan", "2026-13-01", "2026-01-01", undefined],
      ["DateLessThan", "2026-02-30", "2026-01-01", undefined],
      ["DateLessThan", "2026-02-30T00:00Z", "2026-01-01", undefined],
      ["DateLessThan", "2026-01-01T00:00:00", "2026-01-01", undefined],
      ["DateLessThan", "2026-01-01 00:00Z", "2026-01-01", undefined],
      ["DateLessThan", "2026-01-01T00:00:00.0005Z", "2026-01-01", undefined],
      ["DateLessThan", "01/01/2026", "2026-01-01", undefined],
      // Milliseconds, by mistake: no date that could be printed again.
      ["DateLessThan", "1767225600000", "2026-01-01", undefined],
      ["DateLessThan", "99999999999999999999", "2026-01-01", undefined],
      ["DateLessThan", "${v}", "2026-01-01", undefined, { v: "2026" }],
      ["IpAddress", "203.0.113.0/33", "203.0.113.0", undefined],
      ["IpAddress", "203.0.113/24", "203.0.113.0", undefined],
      ["IpAddress", "203.0.113.*", "203.0.113.0", undefined],
      ["IpAddress", "203.0.113.256", "203.0.113.0", undefined],
      ["IpAddress", "fe80::1%eth0", "fe80::1", undefined],
      ["IpAddress", "2001:db8::/129", "2001:db8::", undefined],
      ["NotIpAddress", "somewhere", "203.0.113.0", undefined],
      ["IpAddress", "${v}", "203.0.113.0", undefined, { v: "203.0.113.0" }],
      ["ArnLike", "arn:aws:s3", "arn:aws:s3:::b", undefined],
      ["ArnLike", "arn:*", "arn:aws:s3:::b", undefined],
      ["ArnLike", "", "arn:aws:s3:::b", undefined],
      ["ArnNotLike", "bucket", "arn:aws:s3:::b", undefined],
      ["ArnLike", "${v}", "arn:aws:s3:::b", undefined, { v: "arn:aws:s3:::b" }],
      ["Bool", "yes", "true", undefined],
      ["Bool", 1, "true", undefined],
      ["Bool", "", "false", undefined],
      ["Bool", "${v}", "true", undefined, { v: "true" }],
      ["StringEqualsIgnoreCase", "${v}", "X", undefined, { v: "x" }],
      ["ForAnyValue:NumericEquals", "ten", ["10"], undefined],
      // What cannot be read does not matter where the key decides.
      ["NumericEquals", "ten", undefined, false],
      ["NumericNotEquals", "ten", undefined, true],
      ["NumericEqualsIfExists", "ten", undefined, true],
    ],
    "values of a request that cannot be read": [
      ["NumericLessThan", "10", "few", undefined],
      ["NumericNotEquals", "10", "few", undefined],
      ["DateLessThan", "2026", "soon", undefined],
      ["IpAddress", "0.0.0.0/0", "somewhere", undefined],
      ["NotIpAddress", "0.0.0.0/0", "", undefined],
      ["ForAnyValue:NumericLessThan", "10", ["few", "1"], true],
      ["ForAnyValue:NumericLessThan", "10", ["few", "11"], undefined],
      ["ForAllValues:NumericLessThan", "10", ["few", "11"], false],
      ["ForAllValues:NumericLessThan", "10", ["few", "1"], undefined],
      ["Bool", "true", "yes", false],
      ["ArnLike", "arn:aws:s3:::*", "bucket", false],
    ],
  };
  describe("passes", () => {
    for (const [group, rows] of Object.entries(tables))
      describe(group, () => {
        for (const [operator, policy, value, answer, others = {}, version = V2012] of rows)
          it(`${operator} ${shown(policy)}, ${shown(value)} ${shown(others)}: ${String(answer)}`, () => {
            const test = one(operator, "k", policy, version);
            assert.equal(passes(test, contextOf({ k: value, ...others })), answer);
          });
      });
  });

  describe("case: of keys and operators", () => {
    it("keys do not differ by case", () => {
      const test = one("StringEquals", "AWS:UserName", "bob");
      assert.deepEqual([test.key, test.name], ["aws:username", "AWS:UserName"]);
      assert.equal(passes(test, contextOf({ "aws:username": "bob" })), true);
    });
    it("nor do the keys of tags", () => {
      assert.equal(
        one("Null", "aws:RequestTag/Team", "true").identity,
        one("Null", "aws:requesttag/TEAM", "true").identity,
      );
    });
    for (const [written, proper] of [
      ["stringequals", "StringEquals"],
      ["STRINGLIKEIFEXISTS", "StringLikeIfExists"],
      ["forallvalues:StringLike", "ForAllValues:StringLike"],
      ["foranyvalue:arnnotlikeifexists", "ForAnyValue:ArnNotLikeIfExists"],
      ["NULL", "Null"],
      ["bool", "Bool"],
      ["notipaddress", "NotIpAddress"],
    ] as const)
      it(`${written} is reported, and read as ${proper}`, () => {
        const { document, problems } = reading({ [written]: { k: "true" } });
        assert.deepEqual(problems, [
          {
            code: "invalid-value",
            path: `Statement.Condition.${written}`,
            data: { found: `\`${written}\``, expected: `\`${proper}\`` },
          },
        ]);
        const { tests, partial } = document.statements[0]?.condition ?? {};
        assert.deepEqual([tests?.map(({ operator }) => spelled(operator)), partial], [[proper], false]);
      });
    for (const name of OPERATORS)
      it(`${name} is spelled as AWS spells it`, () => {
        const forms = name === "Null" ? [name] : [name, `${name}IfExists`, `ForAnyValue:${name}IfExists`];
        for (const form of forms) {
          const operator = parseOperator(form.toUpperCase());
          assert.ok(operator);
          assert.equal(spelled(operator), form);
        }
      });
    for (const text of [
      "",
      "NullIfExists",
      "Equals",
      "StringEquals ",
      "StringEqualsIfExistsIfExists",
      "ForSomeValues:StringEquals",
      "ForAllValues:",
      "ForAllValues:ForAnyValue:StringEquals",
      "ForAllValuesStringEquals",
      "IfExists",
      "NotBool",
      "NumericLike",
      "constructor",
      "__proto__",
    ])
      it(`\`${text}\` is no operator`, () => {
        assert.equal(parseOperator(text), undefined);
      });
  });

  describe("identity", () => {
    const same = (a: Test, b: Test): boolean => a.identity === b.identity;
    it("does not depend on the order of values, nor on the case of keys", () => {
      assert.ok(same(one("StringEquals", "K", ["a", "b"]), one("StringEquals", "k", ["b", "a"])));
    });
    it("tells numbers from nothing but their text", () => {
      assert.ok(same(one("NumericEquals", "k", 1), one("NumericEquals", "k", "1")));
    });
    const different: readonly (readonly [string, Test, Test])[] = [
      ["operators", one("StringEquals", "k", "a"), one("StringNotEquals", "k", "a")],
      ["qualifiers", one("StringEquals", "k", "a"), one("ForAnyValue:StringEquals", "k", "a")],
      ["IfExists", one("StringEquals", "k", "a"), one("StringEqualsIfExists", "k", "a")],
      ["keys", one("StringEquals", "k", "a"), one("StringEquals", "l", "a")],
      ["values", one("StringEquals", "k", "a"), one("StringEquals", "k", "A")],
      ["one value and two", one("StringEquals", "k", "a,b"), one("StringEquals", "k", ["a", "b"])],
      ["versions", one("StringEquals", "k", "${v}"), one("StringEquals", "k", "${v}", V2008)],
      ["key and value", one("StringEquals", "k", ["l", "a"]), one("StringEquals", "l", ["k", "a"])],
    ];
    for (const [what, a, b] of different)
      it(`differs by ${what}`, () => {
        assert.ok(!same(a, b));
      });
  });

  describe("isMet", () => {
    const met = (condition: JsonObject, keys: Readonly<Record<string, Values>>): Answer =>
      isMet(read(condition), contextOf(keys));
    const several = { StringEquals: { a: "1", b: "2" }, Bool: { c: "true" } };
    const doubtful = { NumericEquals: { a: "ten" }, Bool: { c: "true" } };
    const table: readonly (readonly [JsonObject, Readonly<Record<string, Values>>, Answer])[] = [
      [{}, {}, true],
      [several, { a: "1", b: "2", c: "true" }, true],
      [several, { a: "1", b: "x", c: "true" }, false],
      [several, { a: "1", b: "2" }, false],
      [doubtful, { a: "10", c: "true" }, undefined],
      [doubtful, { a: "10", c: "false" }, false],
      [doubtful, { c: "true" }, false],
      [{ StringEquals: {} }, {}, undefined],
      [{ StringEquals: {}, Bool: { c: "true" } }, { c: "false" }, false],
      [{ StringEquals: {}, Bool: { c: "true" } }, { c: "true" }, undefined],
      // One key under two operators: both.
      [{ StringLike: { k: "a*" }, StringNotLike: { k: "*b" } }, { k: "ab" }, false],
      [{ StringLike: { k: "a*" }, StringNotLike: { k: "*b" } }, { k: "ac" }, true],
      [{ "ForAllValues:StringEquals": { k: "a" }, Null: { k: "false" } }, {}, false],
    ];
    for (const [condition, keys, answer] of table)
      it(`${shown(condition)} with ${shown(keys)}: ${String(answer)}`, () => {
        assert.equal(met(condition, keys), answer);
      });
    it("is not certain of a condition with a part that could not be read", () => {
      const { document } = reading({ Bool: { a: "true", b: UNKNOWN } });
      const condition = document.statements[0]?.condition;
      assert.ok(condition);
      assert.equal(isMet(condition, contextOf({ a: "true" })), undefined);
      assert.equal(isMet(condition, contextOf({ a: "false" })), false);
    });
  });

  describe("what cannot be read", () => {
    const C = "Statement.Condition";
    const type = (path: string, expected: string, found: string): Problem => ({
      code: "wrong-type",
      path,
      data: { expected, found },
    });
    const value = (path: string, found: string, expected: string): Problem => ({
      code: "invalid-value",
      path,
      data: { found, expected },
    });
    const VALUES = "a value or a list of values";
    type Malformed = readonly [
      JsonObject[string],
      tests: number,
      problems: readonly Problem[],
      unknown: readonly string[],
    ];
    const table: readonly Malformed[] = [
      [null, 0, [type(C, "an object", "null")], []],
      ["x", 0, [type(C, "an object", "a string")], []],
      [[], 0, [type(C, "an object", "a list")], []],
      [UNKNOWN, 0, [], [C]],
      [{ Bool: null }, 0, [type(`${C}.Bool`, "an object", "null")], []],
      [{ Bool: ["k"] }, 0, [type(`${C}.Bool`, "an object", "a list")], []],
      [{ Bool: UNKNOWN }, 0, [], [`${C}.Bool`]],
      [{ Bool: {} }, 0, [], []],
      [{ Bool: { k: null } }, 0, [type(`${C}.Bool.k`, VALUES, "null")], []],
      [{ Bool: { k: { a: 1 } } }, 0, [type(`${C}.Bool.k`, VALUES, "an object")], []],
      [
        { Bool: { k: ["true", null, ["a"]] } },
        0,
        [type(`${C}.Bool.k[1]`, VALUES, "null"), type(`${C}.Bool.k[2]`, VALUES, "a list")],
        [],
      ],
      [{ Bool: { k: UNKNOWN, l: "true" } }, 1, [], [`${C}.Bool.k`]],
      [{ Bool: { k: ["true", UNKNOWN] } }, 0, [], [`${C}.Bool.k[1]`]],
      [{ Boolean: { k: "true" } }, 0, [value(`${C}.Boolean`, "`Boolean`", "a condition operator")], []],
      [
        { Boolean: { k: null } },
        0,
        [value(`${C}.Boolean`, "`Boolean`", "a condition operator"), type(`${C}.Boolean.k`, VALUES, "null")],
        [],
      ],
      [
        { NullIfExists: { k: "true" }, Null: { k: "true" } },
        1,
        [value(`${C}.NullIfExists`, "`NullIfExists`", "a condition operator")],
        [],
      ],
    ];
    for (const [condition, tests, problems, unknown] of table)
      it(
        JSON.stringify(condition, (_, item: unknown) => (item === UNKNOWN ? "unknown" : item)),
        () => {
          const found = reading(condition);
          assert.deepEqual([found.problems, found.unknown], [problems, unknown]);
          const [statement] = found.document.statements;
          assert.deepEqual([statement?.condition.tests.length, statement?.condition.partial], [tests, true]);
          assert.equal(statement?.conditional, true);
        },
      );
    it("paths of a list of statements, and of keys with dots and slashes", () => {
      const { problems } = parseDocument({
        Version: V2012,
        Statement: [
          { Effect: "Allow", Action: "*", Resource: "*" },
          {
            Effect: "Deny",
            Action: "*",
            Resource: "*",
            Condition: { Bool: { "aws:RequestTag/a.b": [null] } },
          },
        ],
      });
      assert.deepEqual(
        problems.map(({ path }) => path),
        ["Statement[1].Condition.Bool.aws:RequestTag/a.b[0]"],
      );
    });
    it("a test knows its path", () => {
      const { tests } = read({ StringEquals: { "aws:a": "1" }, Bool: { "aws:b": "true" } });
      assert.deepEqual(
        tests.map(({ path }) => path),
        [`${C}.StringEquals.aws:a`, `${C}.Bool.aws:b`],
      );
    });
  });
});
