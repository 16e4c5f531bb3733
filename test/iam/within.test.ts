import assert from "node:assert/strict";
import {
  budget,
  type JsonObject,
  parseDocument,
  type Selection,
  type Statement,
  UNKNOWN,
} from "../../policypack/iam";
import type { KnownKeys } from "../../policypack/iam/implication/satisfy";
import {
  alwaysHolds,
  areCallersWithin,
  implies,
  isSatisfiable,
  isSelectionWithin,
  isStatementWithin,
} from "../../policypack/iam/implication/within";

const KEYS: KnownKeys = {
  isAlwaysThere: (key) => key === "aws:securetransport",
  isBoolean: (key) => key === "aws:securetransport",
  isMultivalued: (key) => key === "aws:tagkeys",
};

function statementOf(parts: JsonObject, type: "identity" | "resource" = "identity"): Statement {
  const whole = { Effect: "Allow", Action: "s3:*", Resource: "*", ...parts };
  const { document } = parseDocument({ Version: "2012-10-17", Statement: whole }, type);
  const [statement] = document.statements;
  assert.ok(statement !== undefined);
  return statement;
}
const list = (...entries: readonly (string | typeof UNKNOWN)[]): Selection =>
  statementOf({ Resource: entries }).resources;
const allBut = (...entries: readonly (string | typeof UNKNOWN)[]): Selection => {
  const whole = { Effect: "Allow", Action: "s3:*", NotResource: entries };
  const [statement] = parseDocument({ Version: "2012-10-17", Statement: whole }).document.statements;
  assert.ok(statement !== undefined);
  return statement.resources;
};
const shown = ({ negated, partial, entries }: Selection): string =>
  `${negated ? "all but " : ""}${entries.map(({ text }) => text).join(", ")}${partial ? " and what is not known" : ""}`;

const A = "arn:aws:s3:::a/*";
const B = "arn:aws:s3:::b/*";
const AX = "arn:aws:s3:::a/x*";
const MINE = "arn:aws:s3:::home/${aws:username}/*";
const OURS = "arn:aws:s3:::home/${aws:username, 'all'}/*";

const SELECTIONS: readonly (readonly [inner: Selection, outer: Selection, answer: boolean])[] = [
  [list(A), list(A), true],
  [list(AX), list(A), true],
  [list(A), list(AX), false],
  [list(A), list(A, B), true],
  [list(A, B), list(A), false],
  [list(A, B), list("arn:aws:s3:::*"), true],
  [list(), list(A), true],
  [list(), list(), true],
  [list(A), list(), false],
  // Complements.
  [allBut(A), allBut(AX), true],
  [allBut(AX), allBut(A), false],
  [allBut(A, B), allBut(A), true],
  [allBut(A), allBut(A, B), false],
  [allBut(A), allBut(), true],
  [allBut(), allBut(A), false],
  [list(B), allBut(A), true],
  [list(AX), allBut(A), false],
  [list("arn:aws:s3:::*/x"), allBut(A), false],
  [list(A, B), allBut("arn:aws:s3:::c/*"), true],
  [allBut(A), list(A), false],
  [allBut(A), list("*"), true],
  [allBut(A), list(B), false],
  [allBut("arn:*"), list("arn:*", "?*", ""), true],
  [allBut("*"), list(A), true],
  // What is not known of a list makes it wider, and what is not known of a complement narrower.
  [list(A, UNKNOWN), list(A), false],
  [list(UNKNOWN), list("*"), false],
  [list(A), list(A, UNKNOWN), true],
  [list(B), list(A, UNKNOWN), false],
  [allBut(A, UNKNOWN), allBut(A), true],
  [allBut(A), allBut(A, UNKNOWN), false],
  [list(B), allBut(A, UNKNOWN), false],
  [allBut(A, UNKNOWN), list("*"), true],
  // A variable that the request has no value for makes a complement select nothing, wherever it stands alone.
  [list(MINE), list(MINE), true],
  [list(MINE), list("arn:aws:s3:::home/*"), true],
  [list("arn:aws:s3:::home/bob/*"), list(MINE), false],
  [list(B), allBut(MINE), false],
  [list(B), allBut(OURS), true],
  [list("arn:aws:s3:::home/bob/*"), allBut(OURS), false],
  [list(MINE.replace("home", "other")), allBut(MINE), true],
  [allBut(MINE), allBut(MINE), true],
  [allBut(A, MINE), allBut(MINE), true],
];

type Row = readonly [inner: JsonObject, outer: JsonObject, answer: boolean];
const who = (Principal: JsonObject | string): JsonObject => ({ Principal });
const notWho = (NotPrincipal: JsonObject): JsonObject => ({ NotPrincipal });
const BOB = { AWS: "arn:aws:iam::111122223333:user/bob" };
const EVE = { AWS: "arn:aws:iam::111122223333:user/eve" };
const ACCOUNT = { AWS: "111122223333" };
const CALLERS: readonly Row[] = [
  [who(BOB), who(BOB), true],
  [who(BOB), who("*"), true],
  [who("*"), who(BOB), false],
  [who(BOB), who(EVE), false],
  [who(BOB), who(ACCOUNT), true],
  [who(ACCOUNT), who(BOB), false],
  [notWho(BOB), notWho(BOB), true],
  [notWho(ACCOUNT), notWho(BOB), true],
  [notWho(BOB), notWho(ACCOUNT), false],
  [notWho(BOB), who("*"), true],
  [notWho(BOB), who(ACCOUNT), false],
  [who(EVE), notWho(BOB), true],
  [who(BOB), notWho(BOB), false],
];

const when = (Condition: JsonObject): Statement["condition"] => statementOf({ Condition }).condition;
const NAME = { StringEquals: { "aws:username": "bob" } };
const NAMES = { StringEquals: { "aws:username": ["bob", "eve"] } };
const TLS = { Bool: { "aws:SecureTransport": "true" } };
const CONDITIONS: readonly (readonly [a: JsonObject, b: JsonObject, implied: boolean])[] = [
  [{}, {}, true],
  [NAME, {}, true],
  [{}, NAME, false],
  [NAME, NAME, true],
  [NAME, NAMES, true],
  [NAMES, NAME, false],
  [{ ...NAME, ...TLS }, NAME, true],
  [NAME, { ...NAME, ...TLS }, false],
  [{ ...NAME, ...TLS }, { ...NAMES, ...TLS }, true],
  [NAME, { StringLike: { "aws:username": "b*" } }, true],
  [NAME, { StringNotEquals: { "aws:username": "eve" } }, true],
  [NAME, { StringNotEquals: { "aws:username": "bob" } }, false],
  [NAME, { Null: { "aws:username": "false" } }, true],
  [NAME, { Null: { "aws:username": "true" } }, false],
  [{ Null: { "aws:username": "true" } }, { StringEqualsIfExists: { "aws:username": "x" } }, true],
  // AWS says that every request has it; no proof rests on that.
  [{}, { Null: { "aws:SecureTransport": "false" } }, false],
  [{}, { Null: { "aws:username": "false" } }, false],
  [{ StringEquals: { "aws:username": [] } }, NAME, true],
  [NAME, { StringEquals: { "aws:username": UNKNOWN } }, false],
  [{ StringEquals: { "aws:username": UNKNOWN } }, NAME, false],
];

describe("iam/within", () => {
  for (const [inner, outer, answer] of SELECTIONS)
    it(`${shown(inner)} ${answer ? "is" : "is not"} within ${shown(outer)}`, () => {
      assert.equal(isSelectionWithin(inner, outer, budget()), answer);
    });

  for (const [inner, outer, answer] of CALLERS)
    it(`callers: ${JSON.stringify(inner)} ${answer ? "are" : "are not"} within ${JSON.stringify(outer)}`, () => {
      const [a, b] = [statementOf(inner, "resource"), statementOf(outer, "resource")];
      assert.equal(areCallersWithin(a, b, budget()), answer);
      assert.equal(isStatementWithin(a, b, KEYS, budget()), answer);
    });
  it("callers: a statement without principals is about whoever has it", () => {
    const [bare, named] = [statementOf({}), statementOf(who(BOB), "resource")];
    assert.deepEqual(
      [
        areCallersWithin(bare, bare, budget()),
        areCallersWithin(bare, named, budget()),
        areCallersWithin(named, bare, budget()),
      ],
      [true, true, false],
    );
  });

  for (const [a, b, implied] of CONDITIONS)
    it(`${JSON.stringify(a)} ${implied ? "implies" : "does not imply"} ${JSON.stringify(b)}`, () => {
      assert.equal(implies(when(a), when(b), KEYS, budget()), implied);
      assert.equal(
        isStatementWithin(statementOf({ Condition: a }), statementOf({ Condition: b }), KEYS, budget()),
        implied,
      );
    });
  it("a condition always holds where nothing can fail it", () => {
    const holds = (condition: JsonObject): boolean => alwaysHolds(when(condition), KEYS, budget());
    assert.deepEqual(
      [{}, { Null: { "aws:SecureTransport": "false" } }, NAME, { StringLike: { "aws:username": "*" } }].map(
        holds,
      ),
      [true, false, false, false],
    );
  });
  it("a condition can be met, or contradicts itself", () => {
    const met = (condition: JsonObject): boolean => isSatisfiable(when(condition), KEYS, budget());
    assert.deepEqual(
      [
        {},
        NAME,
        { ...NAME, StringNotEquals: { "aws:username": "bob" } },
        { ...NAME, StringNotEquals: { "aws:username": "eve" } },
        { ...NAME, Null: { "aws:username": "true" } },
        { Null: { "aws:SecureTransport": "true" } },
      ].map(met),
      [true, true, false, true, false, true],
    );
  });

  it("a statement is within another by all of its parts", () => {
    const outer = statementOf({ Action: "s3:Get*", Resource: A, Condition: NAMES });
    const rows: readonly (readonly [JsonObject, boolean])[] = [
      [{ Action: "s3:GetObject", Resource: AX, Condition: NAME }, true],
      [{ Action: "s3:PutObject", Resource: AX, Condition: NAME }, false],
      [{ Action: "s3:GetObject", Resource: B, Condition: NAME }, false],
      [{ Action: "s3:GetObject", Resource: AX }, false],
    ];
    assert.deepEqual(
      rows.map(([inner]) => isStatementWithin(statementOf(inner), outer, KEYS, budget())),
      rows.map(([, answer]) => answer),
    );
  });
});
