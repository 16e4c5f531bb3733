import assert from "node:assert/strict";
import fc from "fast-check";
import { type JsonObject, parseDocument } from "../../policypack/iam";
import { type Condition, passes, type Test } from "../../policypack/iam/language/condition";
import { resolved } from "../../policypack/iam/pattern/pattern";
import { textOf } from "../../policypack/iam/pattern/overlap";
import { budget, UNDECIDED } from "../../policypack/iam/pattern/region";
import type { Context } from "../../policypack/iam/language/request";
import {
  assign,
  type Assignment,
  type Demand,
  type KnownKeys,
} from "../../policypack/iam/implication/satisfy";
import { parsePoint } from "../../policypack/iam/language/value-set";
import { alwaysHolds, implies, isSatisfiable } from "../../policypack/iam/implication/within";
import { runs } from "./runs";

/*
 * The oracle: contexts are enumerated, and each test is asked about each of them. What nobody can tell counts as possible.
 * Values outside of the enumeration exist too, so that it can refute "there is none", and nothing else.
 */

/** A test as a policy writes it. */
interface Written {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}
const conditionOf = (version: string, written: readonly Written[]): Condition => {
  const tests = written.map(({ operator, key, values }) => {
    const condition: JsonObject = { [operator]: { [key]: values } };
    const { document, problems } = parseDocument({
      Version: version,
      Statement: { Effect: "Allow", Action: "*", Resource: "*", Condition: condition },
    });
    assert.deepEqual(problems, []);
    const [test] = document.statements[0]?.condition.tests ?? [];
    assert.ok(test);
    return test;
  });
  return { tests, partial: false };
};

const upTo = (length: number): readonly string[] =>
  length === 0
    ? [""]
    : ["", ...["a", "b"].flatMap((letter) => upTo(length - 1).map((rest) => letter + rest))];

/** What is asked of a key, and values that a request may have for it. */
interface Family {
  readonly operators: readonly string[];
  readonly values: fc.Arbitrary<string>;
  readonly universe: readonly string[];
}
const orNegated = (...names: readonly string[]): readonly string[] =>
  names.flatMap((name) => [name, name.replace("Equals", "NotEquals").replace("Like", "NotLike")]);
const compared = (name: string): readonly string[] =>
  ["LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map((how) => name + how);
const written = (unit: readonly string[], maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...unit), maxLength });

const TEXT: Family = {
  operators: orNegated("StringEquals", "StringEqualsIgnoreCase", "StringLike", "StringLike"),
  values: fc.oneof(
    written(["a", "b", "A"], 2),
    written(["a", "b", "*", "?"], 3),
    fc.constantFrom("*", "?*", "a*", "b*"),
  ),
  universe: [...upTo(3), "A", "Ab", "aB", "c", "*", "?", "a*", "aaaa", "abab"],
};
const halves = Array.from({ length: 17 }, (_, index) => String(index / 2 - 1));
const NUMBER: Family = {
  operators: [...orNegated("NumericEquals"), ...compared("Numeric")],
  values: fc.constantFrom("0", "1", "2", "2.0", "3", "4", "5"),
  universe: [...halves, "1000000", "-1000000", "few"],
};
const moments = [
  "2026-01-01",
  "2026-01-02T00:00:00Z",
  "2026-01-02T01:00:00+01:00",
  "1767225600",
  "2026-01-03",
];
const DATE: Family = {
  operators: [...orNegated("DateEquals"), ...compared("Date")],
  values: fc.constantFrom(...moments),
  universe: [
    ...moments.flatMap((text) => {
      const time = Number(parsePoint("date", text));
      return [time - 43_200_000, time - 1, time, time + 1].map((at) => new Date(at).toISOString());
    }),
    "1999-01-01",
    "2100-01-01",
    "soon",
  ],
};
const ADDRESS: Family = {
  operators: ["IpAddress", "NotIpAddress"],
  values: fc.oneof(
    fc.tuple(fc.nat(7), fc.integer({ min: 29, max: 32 })).map(([last, prefix]) => `10.0.0.${last}/${prefix}`),
    fc
      .tuple(fc.nat(3), fc.constantFrom(32, 64, 126, 127, 128))
      .map(([last, prefix]) => `2001:db8::${last}/${prefix}`),
    fc.constantFrom("10.0.0.3", "0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "::/0", "::/1", "8000::/1"),
  ),
  universe: [
    ...Array.from({ length: 8 }, (_, last) => `10.0.0.${last}`),
    ..."0.0.0.0 9.255.255.255 10.0.0.8 127.255.255.255 128.0.0.0 255.255.255.255".split(" "),
    ...":: 2001:db8:: 2001:db8::1 2001:db8::2 2001:db8::3 2001:db8::4 2001:db8::1:0:0:0:0 ffff::".split(" "),
    "somewhere",
  ],
};
const fields = ["a", "b", ""];
const ARN: Family = {
  operators: orNegated("ArnEquals", "ArnLike"),
  values: fc
    .tuple(
      fc.constantFrom("a", "b", "*", "?"),
      fc.constantFrom("a", "", "*", "a*"),
      fc.constantFrom("a", "b", "*", "?", "a:b", "a*", "*:*"),
    )
    .map(([service, account, resource]) => `arn:p:${service}:r:${account}:${resource}`),
  universe: [
    ...fields.flatMap((service) =>
      fields.flatMap((account) =>
        ["a", "b", "a:b", ""].map((resource) => `arn:p:${service}:r:${account}:${resource}`),
      ),
    ),
    "arn:p:a:b:r:a:a",
    "arn:p:a:r:a:b:a",
    "a",
  ],
};
const BOOL: Family = {
  operators: ["Bool", "Bool", "StringEquals", "StringNotEquals"],
  values: fc.constantFrom("true", "false"),
  universe: ["true", "false"],
};
const FAMILIES = { TEXT, NUMBER, DATE, ADDRESS, ARN, BOOL };

type Shape = "single" | "several" | "any";
/** `single`: no qualifiers. `several`: qualifiers only. `any`: both, on a key of several values, which AWS says nothing of. */
const shaped = (operator: string, shape: Shape, qualifier: number, ifExists: boolean): string =>
  `${shape === "single" || (shape === "any" && qualifier === 2) ? "" : qualifier === 1 ? "ForAllValues:" : "ForAnyValue:"}${operator}${ifExists ? "IfExists" : ""}`;

function testOn(key: string, { operators, values }: Family, shape: Shape): fc.Arbitrary<Written> {
  return fc.oneof(
    {
      weight: 20,
      arbitrary: fc
        .record({
          operator: fc.constantFrom(...operators),
          qualifier: fc.nat(2),
          ifExists: fc.integer({ max: 4 }).map((number) => number === 4),
          values: fc.array(values, { minLength: 1, maxLength: 3 }),
        })
        .map(({ operator, qualifier, ifExists, values: policy }): Written => ({
          operator: shaped(operator, shape, qualifier, ifExists),
          key,
          values: policy,
        })),
    },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom("true", "false")
        .map((answer): Written => ({ operator: "Null", key, values: [answer] })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom(...operators), fc.nat(2)).map(([name, qualifier]): Written => ({
        operator: shaped(name, shape, qualifier, false),
        key,
        values: [],
      })),
    },
  );
}

interface Key {
  readonly name: string;
  readonly shape: Shape;
  readonly boolean: boolean;
  readonly universe: readonly string[];
  readonly tests: readonly Written[];
}
function keyOf(name: string, family: Family, most: number): fc.Arbitrary<Key> {
  return fc.constantFrom<Shape>("single", "single", "several", "any").chain((shape) =>
    fc.record({
      name: fc.constant(name),
      shape: fc.constant(shape),
      boolean: fc.constant(family === BOOL),
      universe: fc.constant(family.universe),
      tests: fc.array(testOn(name, family, shape), { minLength: 1, maxLength: most }),
    }),
  );
}
const family = fc.constantFrom(...Object.values(FAMILIES));
const key = (name: string, most = 4): fc.Arbitrary<Key> => family.chain((one) => keyOf(name, one, most));
/** One key that is compared as different things. */
const mixedKey = (name: string): fc.Arbitrary<Key> =>
  fc.tuple(family, family).chain(([a, b]) =>
    fc.record({
      name: fc.constant(name),
      shape: fc.constant<Shape>("single"),
      boolean: fc.constant(false),
      universe: fc.constant([...a.universe, ...b.universe]),
      tests: fc.array(fc.oneof(testOn(name, a, "single"), testOn(name, b, "single")), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
  );

const knownOf = (keys: readonly Key[]): KnownKeys => ({
  isBoolean: (name) => keys.some((each) => each.name === name && each.boolean),
  isAlwaysThere: (name) => name.length % 2 === 0,
  isMultivalued: (name) => keys.some((each) => each.name === name && each.shape !== "single"),
});

/** All values that a key may have: none, one, and several where there may be. */
function valuesOf({ universe, shape }: Key): readonly (readonly string[] | undefined)[] {
  const one = universe.map((value) => [value]);
  if (shape === "single") return [undefined, ...one];
  const some = universe.filter((_, index) => index % Math.ceil(universe.length / 12) === 0);
  const two = some.flatMap((value, index) => some.slice(index + 1).map((other) => [value, other]));
  const three = two.slice(0, 20).flatMap(([a = "", b = ""]) => some.slice(-2).map((c) => [a, b, c]));
  return [undefined, ...one, ...two, ...three];
}

/** Whether a value is no number, date or address where a test asks for one. */
function isOffScale({ values: set }: Test, value: string): boolean {
  if (set.kind !== "ranges") return false;
  const key = `${set.scale} ${value}`;
  const known = offScale.get(key) ?? parsePoint(set.scale, value) === undefined;
  offScale.set(key, known);
  return known;
}
const offScale = new Map<string, boolean>();

/** What a test says of a context. The only thing taken for granted: what is off the scale is within no range. */
function answerOf(test: Test, context: Context): boolean | undefined {
  const { comparing, qualifier } = test.operator;
  // "also returns true … if the key values resolve to a null data set, such as an empty string": of all such tests alike.
  if (qualifier === "ForAllValues" && context.get(test.key)?.every((value) => value === "") === true)
    return true;
  const values = context.get(test.key) ?? [];
  const isOff = values.some((value) => isOffScale(test, value));
  if (!isOff || comparing === undefined || (qualifier === undefined && values.length > 1))
    return passes(test, context);
  const single = { ...test, operator: { ...test.operator, qualifier: undefined } };
  const each = values.map((value) =>
    isOffScale(test, value) ? comparing.negated : passes(single, new Map([[test.key, [value]]])),
  );
  return qualifier === "ForAnyValue" ? each.includes(true) : !each.includes(false);
}

/** The answers that tests may have together: what nobody can tell is either, but the same for tests that ask the same. */
type Answers = ReadonlyMap<string, boolean>;
function answersOf(tests: readonly Test[], context: Context): readonly Answers[] {
  let all: Answers[] = [new Map()];
  for (const test of tests) {
    if (all[0]?.has(test.identity) === true) continue;
    const answer = answerOf(test, context);
    all = all.flatMap((answers) =>
      (answer === undefined ? [true, false] : [answer]).map((own) =>
        new Map(answers).set(test.identity, own),
      ),
    );
  }
  return all;
}
/** Whether a proposal rests on an empty text that "for all values" takes for no value. */
const isEmptied = (of: readonly Key[], context: Context): boolean =>
  of.some(
    ({ name, tests }) =>
      context.get(name)?.every((value) => value === "") === true &&
      tests.some(({ operator }) => operator.startsWith("ForAllValues:")),
  );
const isAsWished = ({ test, passes: wanted }: Demand, answers: Answers): boolean =>
  answers.get(test.identity) === wanted;

/** The answers of a key's tests that meet the demands on it: every combination of those that choices are about once. */
function combinations(
  { name, ...of }: Key,
  demands: readonly Demand[],
  choices: readonly (readonly Demand[])[],
): readonly Answers[] {
  const isOwn = ({ test }: Demand): boolean => test.key === name;
  const asked = demands.filter(isOwn);
  const chosen = choices.flat().filter(isOwn);
  const tests = [...asked, ...chosen].map(({ test }) => test);
  const found = new Map<string, Answers>();
  for (const values of valuesOf({ name, ...of })) {
    const context: Context = new Map(values === undefined ? [] : [[name, values]]);
    if (asked.some(({ test, passes: wanted }) => (answerOf(test, context) ?? wanted) !== wanted)) continue;
    for (const answers of answersOf(tests, context))
      if (asked.every((demand) => isAsWished(demand, answers)))
        found.set(chosen.map(({ test }) => answers.get(test.identity)).join(), answers);
    if (chosen.length === 0 && found.size > 0) break;
  }
  return [...found.values()];
}

const product = <T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] =>
  lists.reduce<readonly (readonly T[])[]>(
    (all, list) => all.flatMap((begun) => list.map((item) => [...begun, item])),
    [[]],
  );

/** Whether some context that was enumerated may meet all demands, and one of each choice. */
function someMeets(
  keys: readonly Key[],
  demands: readonly Demand[],
  choices: readonly (readonly Demand[])[],
): boolean {
  const parts = keys.map((each) => combinations(each, demands, choices));
  return product(parts).some((together) =>
    choices.every((choice) =>
      choice.some((demand) => together.some((answers) => isAsWished(demand, answers))),
    ),
  );
}

const contextOf = (assignment: Assignment): Context =>
  new Map(
    [...assignment].flatMap(([name, values]) =>
      values === undefined
        ? []
        : [[name, values.map((value) => textOf(resolved(value, () => "v") ?? []))] as const],
    ),
  );

/** Tests of a pool that are to pass or to fail; and choices of them. */
interface Question {
  readonly demands: readonly (readonly [index: number, passes: boolean])[];
  readonly choices: readonly (readonly (readonly [index: number, passes: boolean])[])[];
}
const wish = fc.tuple(fc.nat(), fc.boolean());
const question: fc.Arbitrary<Question> = fc.record({
  demands: fc.array(wish, { maxLength: 5 }),
  choices: fc.array(fc.array(wish, { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
});
function asked(tests: readonly Test[], { demands, choices }: Question) {
  const demand = ([index, wanted]: readonly [number, boolean]): Demand[] => {
    const test = tests[index % tests.length];
    return test === undefined ? [] : [{ test, passes: wanted }];
  };
  return {
    demands: demands.flatMap(demand),
    choices: choices.map((choice) => choice.flatMap(demand)),
  };
}

class Tally {
  yes = 0;
  no = 0;
  count(answer: boolean): void {
    if (answer) this.yes++;
    else this.no++;
  }
  /** Neither answer is rare. */
  check(least: number): void {
    const share = Math.min(this.yes, this.no) / (this.yes + this.no);
    if (process.env["FC_RUNS"] !== undefined) console.log(`        ${this.yes} yes, ${this.no} no`);
    assert.ok(share >= least, `${this.yes} yes, ${this.no} no`);
  }
}

describe("iam/satisfy: properties", () => {
  const keys = fc.oneof(
    { weight: 3, arbitrary: key("k", 5).map((one) => [one]) },
    { weight: 2, arbitrary: fc.tuple(key("k"), key("l", 3)) },
    { weight: 1, arbitrary: fc.tuple(key("k", 2), key("l", 2), key("m", 2)) },
  );

  describe("assign", () => {
    it("finds values wherever there are any, and values that do meet what is asked", () => {
      const tally = new Tally();
      fc.assert(
        fc.property(keys, question, (of, what) => {
          const { tests } = conditionOf(
            "2012-10-17",
            of.flatMap((each) => each.tests),
          );
          const { demands, choices } = asked(tests, what);
          const found = assign(demands, choices, knownOf(of), budget());
          assert.notEqual(found, UNDECIDED);
          if (found === UNDECIDED) return;
          tally.count(found !== undefined);
          if (found === undefined) {
            assert.equal(someMeets(of, demands, choices), false, "there are values");
            return;
          }
          const context = contextOf(found);
          // Of several values without a qualifier AWS says nothing: a proposal need not do.
          if (of.some(({ shape }) => shape === "any") || isEmptied(of, context)) return;
          for (const { name } of of.filter(({ boolean }) => boolean))
            assert.ok((context.get(name) ?? []).every((value) => value === "true" || value === "false"));
          const isTold = ({ test, passes: wanted }: Demand): boolean => {
            const answer = passes(test, context);
            return answer === wanted || (answer === undefined && isOpen(test, context));
          };
          assert.ok(
            demands.every(isTold) && choices.every((choice) => choice.some(isTold)),
            "they do not meet it",
          );
        }),
        { numRuns: runs(2_000) },
      );
      tally.check(0.15);
    });

    /** What AWS does not say: of values off the scale, of several values without qualifier, of "any value, if there is one". */
    function isOpen(test: Test, context: Context): boolean {
      const { qualifier, ifExists } = test.operator;
      const values = context.get(test.key);
      if (values === undefined) return qualifier === "ForAnyValue" && ifExists;
      if (qualifier === undefined && values.length > 1) return true;
      return values.some((value) => isOffScale(test, value));
    }

    it("finds values wherever there are any, where one key is compared as different things", () => {
      const tally = new Tally();
      fc.assert(
        fc.property(mixedKey("k"), question, (of, what) => {
          const { tests } = conditionOf("2012-10-17", of.tests);
          const { demands, choices } = asked(tests, what);
          const found = assign(demands, choices, knownOf([of]), budget());
          tally.count(found !== undefined);
          if (found === undefined) assert.equal(someMeets([of], demands, choices), false);
        }),
        { numRuns: runs(1_000) },
      );
      tally.check(0.15);
    });

    it("finds values wherever there are any, where values of the policy cannot be read", () => {
      const odd = fc.constantFrom<Written>(
        { operator: "NumericLessThan", key: "k", values: ["ten"] },
        { operator: "NumericNotEquals", key: "k", values: ["1e300"] },
        { operator: "DateLessThan", key: "k", values: ["1767225600000"] },
        { operator: "NotIpAddress", key: "k", values: ["10.0.0.0/33"] },
        { operator: "ArnNotLike", key: "k", values: ["arn"] },
        { operator: "Bool", key: "k", values: ["yes"] },
        { operator: "BoolIfExists", key: "k", values: ["yes"] },
        { operator: "Null", key: "k", values: ["yes"] },
        { operator: "Null", key: "k", values: ["true", "false"] },
      );
      fc.assert(
        fc.property(
          key("k", 3),
          fc.array(odd, { minLength: 1, maxLength: 2 }),
          question,
          (of, odds, what) => {
            const { tests } = conditionOf("2012-10-17", [...of.tests, ...odds]);
            const { demands, choices } = asked(tests, what);
            const found = assign(demands, choices, knownOf([of]), budget());
            if (found === undefined) assert.equal(someMeets([of], demands, choices), false);
          },
        ),
        { numRuns: runs(1_000) },
      );
    });

    describe("with policy variables", () => {
      const TEXTS = ["", "a", "b", "ab"];
      const ONE = [undefined, ...TEXTS.map((text) => [text])];
      const SEVERAL = [...ONE, ["a", "b"], ["a", ""], ["ab", "b"], ["a", "ab"]];
      const variable = fc.constantFrom("${v}", "${v}", "${V}", "${v, 'a'}", "${l}", "${k}");
      const value = fc
        .array(fc.oneof(variable, fc.constantFrom("a", "b", "*", "?", "${*}")), { maxLength: 3 })
        .map((parts) => parts.join(""));
      const OPERATORS = orNegated("StringEquals", "StringLike", "StringLike", "StringEqualsIgnoreCase");
      const TEXT_WITH_VARIABLES: Family = { operators: OPERATORS, values: value, universe: TEXTS };
      interface Case {
        readonly isSeveral: boolean;
        readonly tests: readonly Written[];
      }
      const cases: fc.Arbitrary<Case> = fc.boolean().chain((isSeveral) =>
        fc.record({
          isSeveral: fc.constant(isSeveral),
          tests: fc.array(
            fc.oneof(
              { weight: 6, arbitrary: testOn("k", TEXT_WITH_VARIABLES, isSeveral ? "several" : "single") },
              { weight: 2, arbitrary: testOn("l", TEXT_WITH_VARIABLES, "single") },
              { weight: 1, arbitrary: testOn("v", TEXT_WITH_VARIABLES, "single") },
            ),
            { minLength: 2, maxLength: 4 },
          ),
        }),
      );
      const contextsOf = (isSeveral: boolean): readonly Context[] =>
        (isSeveral ? SEVERAL : ONE).flatMap((k) =>
          ONE.flatMap((l) =>
            ONE.map(
              (v) =>
                new Map(
                  Object.entries({ k, l, v }).flatMap(([name, own]) =>
                    own === undefined ? [] : [[name, own]],
                  ),
                ),
            ),
          ),
        );
      const contexts = { single: contextsOf(false), several: contextsOf(true) };
      const known = (isSeveral: boolean): KnownKeys => ({
        isBoolean: () => false,
        isAlwaysThere: () => false,
        isMultivalued: (name) => isSeveral && name === "k",
      });

      for (const version of ["2012-10-17", "2008-10-17"])
        it(`finds values wherever there are any, in Version ${version}`, () => {
          const tally = new Tally();
          fc.assert(
            fc.property(cases, question, ({ isSeveral, tests: policy }, what) => {
              const { tests } = conditionOf(version, policy);
              const { demands, choices } = asked(tests, what);
              const found = assign(demands, choices, known(isSeveral), budget());
              tally.count(found !== undefined);
              if (found !== undefined) return;
              const met = contexts[isSeveral ? "several" : "single"].find((context) =>
                answersOf(tests, context).some(
                  (answers) =>
                    demands.every((demand) => isAsWished(demand, answers)) &&
                    choices.every((choice) => choice.some((demand) => isAsWished(demand, answers))),
                ),
              );
              assert.equal(met && JSON.stringify([...met]), undefined);
            }),
            { numRuns: version === "2012-10-17" ? runs(2_000) : runs(500) },
          );
          tally.check(0.15);
        });
    });

    describe("cases", () => {
      const several: KnownKeys = {
        isBoolean: () => false,
        isMultivalued: () => true,
        isAlwaysThere: () => false,
      };
      const boolean: KnownKeys = {
        isBoolean: () => true,
        isMultivalued: () => false,
        isAlwaysThere: () => false,
      };
      const plain: KnownKeys = {
        isBoolean: () => false,
        isMultivalued: () => false,
        isAlwaysThere: () => false,
      };
      type Wish = readonly [operator: string, values: readonly string[], passes: boolean];
      type Case = readonly [
        name: string,
        known: KnownKeys,
        wishes: readonly Wish[],
        values: readonly string[] | "absent" | "none" | "some",
      ];
      const present: Wish = ["Null", ["true"], false];
      const table: readonly Case[] = [
        ["nothing is asked of the key", plain, [["StringNotEquals", ["a"], true]], "absent"],
        ["any value but one", plain, [present, ["StringNotEquals", ["x"], true]], "some"],
        [
          "a boolean has two values",
          boolean,
          [present, ["Bool", ["true"], false], ["Bool", ["false"], false]],
          "none",
        ],
        [
          "a text has more",
          plain,
          [present, ["StringEquals", ["true"], false], ["StringEquals", ["false"], false]],
          "some",
        ],
        [
          "two things of one value",
          plain,
          [
            ["ForAnyValue:StringEquals", ["a"], true],
            ["ForAnyValue:StringEquals", ["b"], true],
          ],
          ["a", "b"],
        ],
        [
          "two things of a key that is also taken to have one value",
          plain,
          [
            ["ForAnyValue:StringEquals", ["a"], true],
            ["ForAnyValue:StringEquals", ["b"], true],
            ["StringEquals", ["a"], true],
          ],
          "none",
        ],
        [
          "the same where it is known to have several",
          several,
          [
            ["ForAnyValue:StringEquals", ["a"], true],
            ["ForAnyValue:StringEquals", ["b"], true],
            ["StringEquals", ["a"], true],
          ],
          ["a", "b"],
        ],
        [
          "all numbers are to be avoided, texts are left",
          plain,
          [present, ["NumericLessThan", ["5"], false], ["NumericGreaterThanEquals", ["5"], false]],
          "some",
        ],
        [
          "but not where some number is wanted",
          plain,
          [present, ["NumericLessThan", ["5"], false], ["NumericNotEquals", ["4"], false]],
          "none",
        ],
        [
          "all addresses are to be avoided",
          plain,
          [present, ["IpAddress", ["0.0.0.0/0", "::/0"], false]],
          "some",
        ],
        [
          "an address of version 6 beside a range of many",
          plain,
          [
            ["IpAddress", ["2001:db8::/31"], true],
            ["NotIpAddress", ["2001:db8::/32"], true],
          ],
          ["2001:db9:ffff:ffff:ffff:ffff:ffff:ffff"],
        ],
        [
          "a range of version 6 within another",
          plain,
          [
            ["IpAddress", ["2001:db8:1::/48"], true],
            ["NotIpAddress", ["2001:db8::/32"], true],
          ],
          "none",
        ],
        [
          "between two numbers",
          plain,
          [
            ["NumericGreaterThan", ["1"], true],
            ["NumericLessThan", ["2"], true],
          ],
          ["1.5"],
        ],
        ["beyond the largest number", plain, [["NumericGreaterThan", ["1e300"], true]], "some"],
        ["before a date in milliseconds", plain, [["DateLessThan", ["9999999999999"], true]], "some"],
        ["after the last date", plain, [["DateGreaterThan", ["9999-12-31T23:59:59.999Z"], true]], "none"],
        [
          "a variable, and not that variable",
          plain,
          [
            ["StringEquals", ["${v}"], true],
            ["StringLike", ["${v}"], false],
          ],
          "none",
        ],
        [
          "neither equal nor certainly different, where the variable stands for nothing",
          plain,
          [present, ["StringEquals", ["${v}"], false], ["StringNotEquals", ["${v}"], false]],
          "some",
        ],
        [
          "not so with a default",
          plain,
          [present, ["StringEquals", ["${v, 'd'}"], false], ["StringNotEquals", ["${v, 'd'}"], false]],
          "none",
        ],
        [
          "a variable within a wider pattern",
          plain,
          [
            ["StringEquals", ["a-${v}"], true],
            ["StringNotLike", ["a*"], true],
          ],
          "none",
        ],
        [
          "a variable that may be anything",
          plain,
          [
            ["StringEquals", ["${v}"], true],
            ["StringLike", ["a*"], true],
          ],
          "some",
        ],
        [
          "an operator that cannot be read, both ways",
          plain,
          [
            ["NumericLessThan", ["ten"], true],
            ["NumericLessThan", ["ten"], false],
          ],
          "none",
        ],
        ["no value of an empty list", plain, [["StringEquals", [], true]], "none"],
      ];
      for (const [name, known, wishes, expected] of table)
        it(`${name}: ${JSON.stringify(expected)}`, () => {
          const { tests } = conditionOf(
            "2012-10-17",
            wishes.map(([operator, values]): Written => ({ operator, key: "k", values })),
          );
          const demands = tests.map((test, index) => ({ test, passes: wishes[index]?.[2] === true }));
          // One demand of each choice is the same question.
          for (const [asks, choices] of [
            [demands, []],
            [[], demands.map((demand) => [demand])],
          ] as const) {
            const found = assign(asks, choices, known, budget());
            if (expected === "none") {
              assert.equal(found, undefined);
              continue;
            }
            assert.ok(found !== undefined && found !== UNDECIDED);
            const values = contextOf(found).get("k") ?? "absent";
            if (expected === "some") assert.notEqual(values, "absent");
            else assert.deepEqual(values, expected);
          }
        });
    });

    it("gives up when the budget is used up, and does not call that a proof", () => {
      fc.assert(
        fc.property(keys, question, fc.nat(30), (of, what, states) => {
          const { tests } = conditionOf(
            "2012-10-17",
            of.flatMap((each) => each.tests),
          );
          const { demands, choices } = asked(tests, what);
          if (assign(demands, choices, knownOf(of), budget(states)) === undefined)
            assert.equal(assign(demands, choices, knownOf(of), budget()), undefined);
        }),
        { numRuns: runs(1_000) },
      );
    });
  });

  describe("within", () => {
    const asDemands = ({ tests }: Condition): readonly Demand[] =>
      tests.map((test) => ({ test, passes: true }));
    const split = (of: readonly Key[], mask: number): readonly [Condition, Condition] => {
      const all = of.flatMap((each) => each.tests);
      const pick = (side: boolean): readonly Written[] =>
        all.filter((_, index) => ((mask >> index) % 2 === 1) === side);
      return [conditionOf("2012-10-17", pick(true)), conditionOf("2012-10-17", pick(false).slice(0, 2))];
    };
    it("implies: whatever may meet the one surely meets the other", () => {
      const tally = new Tally();
      fc.assert(
        fc.property(keys, fc.nat(4095), (of, mask) => {
          const [a, b] = split(of, mask);
          const answer = implies(a, b, knownOf(of), budget());
          tally.count(answer);
          if (!answer) return;
          for (const test of b.tests) {
            // The same test has the same answer, even one that nobody can tell.
            if (a.tests.some(({ identity }) => identity === test.identity)) continue;
            const demands = [...asDemands(a), { test, passes: false }];
            assert.equal(someMeets(of, demands, []), false);
          }
        }),
        { numRuns: runs(1_000) },
      );
      tally.check(0.15);
    });
    it("implies: what it denies has an example", () => {
      fc.assert(
        fc.property(keys, fc.nat(4095), (of, mask) => {
          const [a, b] = split(of, mask);
          if (of.some(({ shape }) => shape === "any") || implies(a, b, knownOf(of), budget())) return;
          const shown = b.tests.some((test) => {
            const found = assign([...asDemands(a), { test, passes: false }], [], knownOf(of), budget());
            assert.notEqual(found, UNDECIDED);
            if (found === undefined || found === UNDECIDED) return false;
            const context = contextOf(found);
            if (isEmptied(of, context)) return true;
            return [...asDemands(a), { test, passes: false }].every(
              (demand) => (answerOf(demand.test, context) ?? demand.passes) === demand.passes,
            );
          });
          assert.ok(shown);
        }),
        { numRuns: runs(1_000) },
      );
    });
    it("is reflexive, and nothing but a partial condition is beyond what always holds", () => {
      fc.assert(
        fc.property(keys, (of) => {
          const all = conditionOf(
            "2012-10-17",
            of.flatMap((each) => each.tests),
          );
          assert.equal(implies(all, all, knownOf(of), budget()), true);
          assert.equal(implies(all, { tests: [], partial: false }, knownOf(of), budget()), true);
          assert.equal(implies(all, { ...all, partial: true }, knownOf(of), budget()), false);
        }),
        { numRuns: runs(500) },
      );
    });
    it("isSatisfiable: where not, nothing meets it", () => {
      const tally = new Tally();
      fc.assert(
        fc.property(keys, (of) => {
          const all = conditionOf(
            "2012-10-17",
            of.flatMap((each) => each.tests),
          );
          const answer = isSatisfiable(all, knownOf(of), budget());
          tally.count(answer);
          if (!answer) assert.equal(someMeets(of, asDemands(all), []), false);
        }),
        { numRuns: runs(1_000) },
      );
      tally.check(0.15);
    });
    it("alwaysHolds: where it does, nothing fails to meet it", () => {
      const tally = new Tally();
      // What holds of all values is rare among the random.
      const wide: Family = {
        ...TEXT,
        operators: ["StringLike", "StringNotEquals", "StringNotLike"],
        values: fc.constantFrom("*", "?*", "**", "a"),
      };
      const most = fc.constantFrom(wide, { ...ADDRESS, values: fc.constantFrom("0.0.0.0/0", "::/0") }, BOOL);
      const wideKey = most.chain((one) =>
        fc.array(testOn("k", one, "single"), { minLength: 1, maxLength: 2 }).map((tests): Key => ({
          name: "k",
          shape: "single",
          boolean: one === BOOL,
          universe: one.universe,
          tests: tests.map((test) => ({
            ...test,
            operator:
              test.operator === "Null" || test.operator.endsWith("IfExists")
                ? test.operator
                : `${test.operator}IfExists`,
          })),
        })),
      );
      fc.assert(
        fc.property(wideKey, (of) => {
          const all = conditionOf("2012-10-17", of.tests);
          const answer = alwaysHolds(all, knownOf([of]), budget());
          tally.count(answer);
          if (!answer) return;
          for (const test of all.tests) assert.equal(someMeets([of], [{ test, passes: false }], []), false);
        }),
        { numRuns: runs(2_000) },
      );
      tally.check(0.05);
    });
  });
});
