import assert from "node:assert/strict";
import fc from "fast-check";
import {
  isUnknown,
  type Json,
  parseDocument,
  type Reading,
  UNKNOWN,
  type Unknown,
  sizeOf,
} from "../../policypack/iam";
import { runs } from "./runs";

type Value = Json | Unknown;

const RUNS = runs(10_000);
const NAMES = ["Version", "Id", "Statement"];
const STATEMENT_NAMES = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An independent, minimal answer to whether a value is an identity-based policy that can be read as a whole. */
function isPolicy(value: unknown): boolean {
  if (!isObject(value) || !Object.keys(value).every((key) => NAMES.includes(key))) return false;
  if (Object.hasOwn(value, "Version") && !["2012-10-17", "2008-10-17"].includes(value["Version"] as string))
    return false;
  if (Object.hasOwn(value, "Id") && typeof value["Id"] !== "string") return false;
  if (!Object.hasOwn(value, "Statement")) return false;
  const statements: unknown = value["Statement"];
  return (Array.isArray(statements) ? (statements as readonly unknown[]) : [statements]).every((statement) =>
    isStatement(statement, value["Version"] === "2012-10-17"),
  );
}

function isStatement(value: unknown, variables: boolean): boolean {
  if (!isObject(value) || !Object.keys(value).every((key) => STATEMENT_NAMES.includes(key))) return false;
  const has = (name: string): boolean => Object.hasOwn(value, name);
  if (!["Allow", "Deny"].includes(value["Effect"] as string)) return false;
  if (has("Sid") && typeof value["Sid"] !== "string") return false;
  if (has("Condition") && !isCondition(value["Condition"])) return false;
  if (has("Action") === has("NotAction") || has("Resource") === has("NotResource")) return false;
  const textsOf = (found: unknown): readonly unknown[] =>
    Array.isArray(found) ? (found as readonly unknown[]) : [found];
  return (
    textsOf(has("Action") ? value["Action"] : value["NotAction"]).every(isAction) &&
    textsOf(has("Resource") ? value["Resource"] : value["NotResource"]).every((item) =>
      isResource(item, variables),
    )
  );
}

const OPERATOR =
  /^(ForAllValues:|ForAnyValue:)?(Null|(String(Not)?(Equals(IgnoreCase)?|Like)|(Numeric|Date)((Not)?Equals|(Less|Greater)Than(Equals)?)|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?)$/;

const isCondition = (value: unknown): boolean =>
  isObject(value) &&
  Object.entries(value).every(
    ([name, operator]) =>
      OPERATOR.test(name) &&
      isObject(operator) &&
      Object.values(operator).every((values) =>
        (Array.isArray(values) ? (values as readonly unknown[]) : [values]).every((item) =>
          ["string", "number", "boolean"].includes(typeof item),
        ),
      ),
  );

const isAction = (value: unknown): boolean => {
  if (typeof value !== "string") return false;
  const [service = "", name = "", ...more] = value.split(":");
  const isName = (text: string): boolean => text !== "" && [...text].every((c) => /[A-Za-z0-9*?-]/.test(c));
  return /^\*+$/.test(value) || (more.length === 0 && isName(service) && isName(name));
};

/** Whether the text can be an ARN once its wildcards and variables are filled in. */
const isResource = (value: unknown, variables: boolean): boolean => {
  if (typeof value !== "string") return false;
  const written = variables ? value.replace(/\$\{([*?$])\}/g, "\u0000").replace(/\$\{[^}]*\}/g, "*") : value;
  let rest = "arn:";
  for (const c of written) {
    if (c === "*" || rest === "") return true;
    if (c !== "?" && c !== rest.charAt(0)) return false;
    rest = rest.slice(1);
  }
  return rest === "";
};

const isSilent = ({ problems, unknown }: Reading): boolean => problems.length === 0 && unknown.length === 0;
const holdsUnknown = (value: Value): boolean =>
  isUnknown(value) ||
  (Array.isArray(value)
    ? (value as readonly Value[]).some(holdsUnknown)
    : isObject(value) && (Object.values(value) as readonly Value[]).some(holdsUnknown));

/** The statements of a document that passed without a word: none may be missing from what was read. */
function accountsFor(value: unknown, reading: Reading): void {
  const statements: unknown = (value as Readonly<Record<string, unknown>>)["Statement"];
  const count = Array.isArray(statements) ? statements.length : 1;
  assert.equal(reading.document.statements.length, count);
  reading.document.statements.forEach((statement, index) => {
    const source = (
      Array.isArray(statements) ? (statements as readonly unknown[])[index] : statements
    ) as Readonly<Record<string, unknown>>;
    assert.equal(statement.effect, source["Effect"]);
    for (const [selection, name] of [
      [statement.actions, "Action"],
      [statement.resources, "Resource"],
    ] as const) {
      const plain = source[name];
      assert.equal(selection.negated, plain === undefined);
      assert.equal(selection.partial, false);
      assert.deepEqual(
        selection.entries.map(({ text }) => text),
        [plain ?? source[`Not${name}`]].flat(),
      );
    }
  });
}

function judge(generated: Json): void {
  // Plain objects and no -0, as JSON text has them.
  const value = JSON.parse(JSON.stringify(generated)) as Json;
  const reading = parseDocument(value);
  if (typeof value !== "string") {
    const silent = isSilent(reading);
    assert.equal(silent, isPolicy(value), silent ? "passed in silence" : JSON.stringify(reading.problems));
    if (silent) accountsFor(value, reading);
  }
  const text = JSON.stringify(value);
  // A text as a value is the text of a document.
  const expected = typeof value === "string" ? { ...notAnObject, characters: sizeOf(text) } : reading;
  assert.deepEqual(parseDocument(text), expected);
}
const notAnObject: Reading = parseDocument('"a text"');

/** The name itself, often; or a slip of it. */
const name = (...names: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...names) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...names), fc.constantFrom("lower", "upper", "s", " ", "first"))
        .map(([text, slip]) => {
          if (slip === "lower") return text.toLowerCase();
          if (slip === "upper") return text.toUpperCase();
          return slip === "first" ? text.charAt(0).toLowerCase() + text.slice(1) : text + slip;
        }),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "__proto__",
        "constructor",
        "toString",
        "",
        "Comment",
        "Principal",
        "NotPrincipal",
      ),
    },
  );
const anything: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, "", [], {}, "*", "Allow"),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);
const mostly = <T extends Json>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Json> =>
  fc.oneof({ weight: 40, arbitrary: arbitrary }, { weight: 1, arbitrary: anything });
const oneOrMany = (item: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.oneof(item, fc.array(item, { maxLength: 3 }) as fc.Arbitrary<Json>);

const action = mostly(
  fc.oneof(
    fc.constantFrom(
      "*",
      "s3:GetObject",
      "S3:get*",
      "iam:?ass*",
      "*:*",
      "s3",
      "s3:",
      "a:b:c",
      "s3:Get Object",
      "",
      "**",
      "*?",
      "s3:${x}",
    ),
    fc.string({ unit: fc.constantFrom(..."s3:*?-GO ."), maxLength: 6 }),
  ),
);
const resource = mostly(
  fc.oneof(
    fc.constantFrom(
      "*",
      "arn:aws:s3:::b",
      "arn:*",
      "a*",
      "*b",
      "b",
      "",
      "ARN:x",
      "?rn:x",
      "arn",
      "${*}",
      "${v}",
      "x${v}",
      "arn:${v",
      "${v}b",
      "a${v}",
    ),
    fc.string({ unit: fc.constantFrom(..."arn:*?${}vb"), maxLength: 8 }),
  ),
);
const condition = fc.dictionary(
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.constantFrom("Bool", "StringLike", "ForAnyValue:ArnNotLikeIfExists", "Null"),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "__proto__",
        "x",
        "NullIfExists",
        "stringlike",
        "ForAllValues:",
        "StringLike ",
      ),
    },
  ),
  mostly(
    fc.dictionary(fc.constantFrom("aws:x", "constructor"), oneOrMany(anything), {
      maxKeys: 2,
    }) as fc.Arbitrary<Json>,
  ),
  { maxKeys: 2, noNullPrototype: true },
) as fc.Arbitrary<Json>;

/** An object of these members, mostly under their own names and mostly all there. */
const members = (
  ...list: readonly (readonly [names: readonly string[], value: fc.Arbitrary<Json>, chance: number])[]
): fc.Arbitrary<Json> =>
  fc
    .tuple(
      ...list.map(([names, value, chance]) =>
        fc
          .tuple(fc.nat(99), name(...names), value)
          .map(([at, key, member]) => (at < chance ? [[key, member] as const] : [])),
      ),
    )
    .chain((found) => fc.shuffledSubarray(found.flat(), { minLength: found.flat().length }))
    .map((entries) => Object.fromEntries(entries));

const statement = members(
  [["Sid"], mostly(fc.constantFrom("One", "")), 20],
  [["Effect"], mostly(fc.constantFrom("Allow", "Deny", "Allow", "Deny", "Allow", "Deny", "allow")), 97],
  [["Action", "NotAction"], oneOrMany(action), 97],
  [["Action", "NotAction"], oneOrMany(action), 5],
  [["Resource", "NotResource"], oneOrMany(resource), 97],
  [["Resource", "NotResource"], oneOrMany(resource), 5],
  [["Condition"], mostly(condition), 15],
);
const nearPolicy = members(
  [["Version"], mostly(fc.constantFrom("2012-10-17", "2008-10-17", "2012-10-17", "2008-10-17", "2012")), 80],
  [["Id"], mostly(fc.constant("id")), 10],
  [["Statement"], oneOrMany(mostly(statement)), 97],
);

describe("iam/document: properties", () => {
  it("any JSON value: read, or refused with a reason; the same as text and as value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        judge(value as Json);
      }),
      { numRuns: RUNS },
    );
  });
  it("near-policies: silent exactly where the document is a policy; the same as text and as value", () => {
    let policies = 0;
    fc.assert(
      fc.property(nearPolicy, (value) => {
        if (isPolicy(value)) policies++;
        judge(value);
      }),
      { numRuns: RUNS },
    );
    // Neither kind is rare, or the property would say little.
    assert.ok(policies > RUNS / 50 && policies < (RUNS * 49) / 50, `${policies} policies of ${RUNS}`);
  });
  it("any text: never an exception, and silent only where it is a policy", () => {
    const slips = fc
      .tuple(
        nearPolicy,
        fc.nat(400),
        fc.constantFrom("", ",", "}", '"', "//", "\ufeff", "\u0000", "\\"),
        fc.nat(3),
      )
      .map(([value, at, inserted, dropped]) => {
        const text = JSON.stringify(value);
        const place = at % (text.length + 1);
        return text.slice(0, place) + inserted + text.slice(place + dropped);
      });
    fc.assert(
      fc.property(
        fc.oneof(
          slips,
          fc.string({ unit: "binary" }),
          fc.string({ unit: fc.constantFrom(...'{}[]",:\\ 1enul/*') }),
        ),
        (text) => {
          if (!isSilent(parseDocument(text))) return;
          assert.equal(isPolicy(JSON.parse(text)), true);
        },
      ),
      { numRuns: RUNS },
    );
  });
  it("a value that is not known is named, or stands beside a problem", () => {
    const places: fc.Arbitrary<Value> = fc
      .tuple(nearPolicy, fc.nat(30))
      .map(([value, at]) => replaced(value, at));
    let unknown = 0;
    fc.assert(
      fc.property(places, (value) => {
        const reading = parseDocument(value);
        if (!holdsUnknown(value)) return;
        unknown++;
        // A Sid or an Id says nothing about what is allowed.
        if (isSilent(reading)) assert.match(placeOf(value), /(^|\.)(Sid|Id)$/);
        else for (const path of reading.unknown) assert.equal(at(value, path), UNKNOWN, path);
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    );
    assert.ok(unknown > RUNS / 10, `${unknown} with something unknown`);
  });
});

/** The value with the member at a place, counted depth first, made unknown. */
function replaced(value: Json, place: number): Value {
  let left = place;
  const walk = (item: Value): Value => {
    if (left-- === 0) return UNKNOWN;
    if (Array.isArray(item)) return (item as readonly Value[]).map(walk);
    return isObject(item)
      ? Object.fromEntries(
          Object.entries(item as Readonly<Record<string, Value>>).map(([key, member]) => [key, walk(member)]),
        )
      : item;
  };
  return walk(value);
}

/** Where the unknown value stands. */
function placeOf(value: Value): string {
  const walk = (item: Value, path: string): string | undefined => {
    if (isUnknown(item)) return path;
    if (Array.isArray(item))
      return (item as readonly Value[])
        .map((member, index) => walk(member, `${path}[${index}]`))
        .find((found) => found !== undefined);
    if (!isObject(item)) return undefined;
    return Object.entries(item as Readonly<Record<string, Value>>)
      .map(([key, member]) => walk(member, path === "" ? key : `${path}.${key}`))
      .find((found) => found !== undefined);
  };
  return walk(value, "") ?? "nowhere";
}

/** The value at the path that {@link placeOf} gives; anything else is not there. */
function at(value: Value, path: string): Value | undefined {
  return placeOf(value) === path ? UNKNOWN : undefined;
}
