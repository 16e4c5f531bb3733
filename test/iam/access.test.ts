import assert from "node:assert/strict";
import fc from "fast-check";
import {
  isAboutAction,
  isAboutResource,
  isFullyDenied,
  type JsonObject,
  parseDocument,
  parsePattern,
  type Selection,
  type Statement,
  unconditionalDenies,
  UNKNOWN,
} from "../../policypack/iam";
import { runs } from "./runs";

/** The statements of a document that is read without problems. */
function read(...statements: readonly JsonObject[]): readonly Statement[] {
  const { document, problems } = parseDocument({ Version: "2012-10-17", Statement: statements });
  assert.deepEqual(problems, []);
  assert.equal(document.statements.length, statements.length);
  return document.statements;
}
const one = (statement: JsonObject): Statement => {
  const [first] = read({ Effect: "Allow", Action: "*", Resource: "*", ...statement });
  assert.ok(first);
  return first;
};
const withoutAction = (statement: JsonObject): Statement => {
  const [first] = read({ Effect: "Allow", Resource: "*", ...statement });
  assert.ok(first);
  return first;
};
const withoutResource = (statement: JsonObject): Statement => {
  const [first] = read({ Effect: "Deny", Action: "*", ...statement });
  assert.ok(first);
  return first;
};

describe("iam/access", () => {
  describe("isAboutAction", () => {
    const table: readonly (readonly [statement: JsonObject, action: string, answer: boolean])[] = [
      [{ Action: "*" }, "s3:getobject", true],
      [{ Action: "s3:*" }, "s3:getobject", true],
      [{ Action: "S3:GetObject" }, "s3:getobject", true],
      [{ Action: "s3:Get*" }, "s3:getobjectacl", true],
      [{ Action: "s3:GetObject" }, "s3:getobjectacl", false],
      [{ Action: "s3:Get?bject" }, "s3:getobject", true],
      [{ Action: ["s3:PutObject", "s3:Get*"] }, "s3:getobject", true],
      [{ Action: ["s3:PutObject", "s3:Get*"] }, "s3:deleteobject", false],
      [{ Action: [] }, "s3:getobject", false],
      [{ Action: UNKNOWN }, "s3:getobject", false],
      [{ Action: [UNKNOWN, "s3:Get*"] }, "s3:getobject", true],
      [{ Action: [UNKNOWN, "s3:Put*"] }, "s3:getobject", false],
      [{ NotAction: "s3:*" }, "s3:getobject", false],
      [{ NotAction: "s3:*" }, "iam:passrole", true],
      [{ NotAction: "*" }, "iam:passrole", false],
      [{ NotAction: ["s3:*", "iam:Pass*"] }, "iam:passrole", false],
      [{ NotAction: ["s3:*", "iam:Pass*"] }, "iam:getrole", true],
      [{ NotAction: [] }, "iam:getrole", true],
      [{ NotAction: UNKNOWN }, "iam:getrole", false],
      [{ NotAction: ["s3:*", UNKNOWN] }, "iam:getrole", false],
      [{ NotAction: ["s3:*", UNKNOWN] }, "s3:getobject", false],
    ];
    for (const [statement, action, answer] of table)
      it(`${shown(statement)} ${answer ? "is" : "is not"} about ${action}`, () => {
        assert.equal(isAboutAction(withoutAction(statement), action), answer);
      });
  });

  describe("isAboutResource", () => {
    const arn = "arn:aws:s3:::bucket/key";
    const table: readonly (readonly [statement: JsonObject, answer: boolean])[] = [
      [{ Resource: "*" }, true],
      [{ Resource: arn }, true],
      [{ Resource: "arn:aws:s3:::bucket/*" }, true],
      [{ Resource: "arn:aws:s3:::BUCKET/*" }, false],
      [{ Resource: "arn:aws:s3:::bucket" }, false],
      [{ Resource: ["arn:aws:s3:::other/*", "arn:aws:s3:::b*y"] }, true],
      [{ Resource: [] }, false],
      [{ Resource: UNKNOWN }, false],
      [{ Resource: [UNKNOWN, "arn:*"] }, true],
      [{ Resource: "arn:aws:s3:::${aws:username}/key" }, false],
      [{ NotResource: "arn:aws:s3:::bucket" }, true],
      [{ NotResource: "arn:aws:s3:::bucket/*" }, false],
      [{ NotResource: ["arn:aws:s3:::other", "arn:aws:s3:::bucket/k?y"] }, false],
      [{ NotResource: [] }, true],
      [{ NotResource: UNKNOWN }, false],
      // Whatever its value, or: it may be just that one.
      [{ NotResource: "arn:aws:s3:::other-${aws:username}/key" }, true],
      // The name is arbitrary: none that a variable stands for. The region and account of an ARN are not names.
      [{ NotResource: "arn:aws:s3:::${aws:username}/key" }, true],
      [{ NotResource: "arn:aws:s3:::*/${aws:PrincipalTag/key}" }, true],
      [{ NotResource: "arn:aws:s3:${aws:RequestedRegion}::*" }, false],
      [{ NotResource: "arn:aws:s3::${aws:PrincipalAccount}:bucket/*" }, false],
      [{ NotResource: ["arn:aws:s3:::other", UNKNOWN] }, false],
    ];
    for (const [statement, answer] of table)
      it(`${shown(statement)} ${answer ? "is" : "is not"} about ${arn}`, () => {
        assert.equal(isAboutResource(withoutResource(statement), arn), answer);
      });
  });

  describe("unconditionalDenies", () => {
    const table: readonly (readonly [statement: JsonObject, answer: boolean])[] = [
      [{ Effect: "Deny" }, true],
      [{ Effect: "Allow" }, false],
      [{ Effect: "Deny", Condition: {} }, true],
      [{ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }, false],
      [{ Effect: "Deny", Condition: { StringEquals: {} } }, false],
      [{ Effect: "Deny", Condition: UNKNOWN }, false],
      [{ Effect: "Deny", Sid: "Guard" }, true],
    ];
    for (const [statement, answer] of table)
      it(`${answer ? "takes" : "leaves"} ${shown(statement)}`, () => {
        const read = one(statement);
        assert.deepEqual(unconditionalDenies([read]), answer ? [read] : []);
      });
    it("does not take a Deny whose condition cannot be read", () => {
      const { document } = parseDocument({
        Statement: [
          { Effect: "Deny", Action: "*", Resource: "*", Condition: null },
          { Effect: "Deny", Action: "*", Resource: "*", condition: { Bool: {} } },
        ],
      });
      assert.equal(document.statements.length, 2);
      assert.deepEqual(unconditionalDenies(document.statements), []);
    });
    it("keeps the order", () => {
      const statements = read(
        { Effect: "Deny", Action: "s3:*", Resource: "*", Sid: "A" },
        { Effect: "Allow", Action: "s3:*", Resource: "*", Sid: "B" },
        { Effect: "Deny", Action: "s3:*", Resource: "*", Sid: "C" },
      );
      assert.deepEqual(
        unconditionalDenies(statements).map(({ sid }) => sid),
        ["A", "C"],
      );
    });
  });

  describe("isFullyDenied", () => {
    const B = "arn:aws:s3:::b";
    type Row = readonly [allow: JsonObject, denies: readonly JsonObject[], answer: boolean];
    const groups: Readonly<Record<string, readonly Row[]>> = {
      "a list under lists": [
        [{ Resource: B }, [], false],
        [{ Resource: "*" }, [{ Resource: "*" }], true],
        [{ Resource: B }, [{ Resource: "*" }], true],
        [{ Resource: "*" }, [{ Resource: B }], false],
        [{ Resource: `${B}/*` }, [{ Resource: `${B}*` }], true],
        [{ Resource: `${B}*` }, [{ Resource: `${B}/*` }], false],
        [{ Resource: [B, `${B}/*`] }, [{ Resource: B }], false],
        [{ Resource: [B, `${B}/*`] }, [{ Resource: [`${B}/*`, B] }], true],
        [{ Resource: [B, `${B}/*`] }, [{ Resource: `${B}/*` }, { Resource: B }], true],
        [{ Resource: `${B}*` }, [{ Resource: B }, { Resource: `${B}?*` }], true],
        [{ Resource: `${B}*` }, [{ Resource: B }, { Resource: `${B}??*` }], false],
        [{ Resource: [] }, [], true],
        [{ Resource: B }, [{ Resource: [] }], false],
      ],
      "a list under complements": [
        [{ Resource: B }, [{ NotResource: "arn:aws:s3:::a" }], true],
        [{ Resource: B }, [{ NotResource: B }], false],
        [{ Resource: B }, [{ NotResource: "arn:aws:s3:::*" }], false],
        [{ Resource: "*" }, [{ NotResource: B }], false],
        [{ Resource: "*" }, [{ NotResource: [] }], true],
        [{ Resource: "*" }, [{ NotResource: B }, { Resource: B }], true],
        [{ Resource: "*" }, [{ NotResource: `${B}*` }, { Resource: [B, `${B}?*`] }], true],
        [{ Resource: "*" }, [{ NotResource: `${B}*` }, { Resource: `${B}/*` }], false],
        [{ Resource: [B, "arn:aws:s3:::c"] }, [{ NotResource: B }], false],
        [{ Resource: [B, "arn:aws:s3:::c"] }, [{ NotResource: B }, { Resource: `${B}*` }], true],
        [{ Resource: "arn:aws:s3:::a*" }, [{ NotResource: "arn:aws:s3:::*z" }], false],
      ],
      "a complement under lists": [
        [{ NotResource: B }, [], false],
        [{ NotResource: "*" }, [], true],
        [{ NotResource: [] }, [], false],
        [{ NotResource: B }, [{ Resource: B }], false],
        [{ NotResource: B }, [{ Resource: "*" }], true],
        [{ NotResource: "arn:aws:s3:::*" }, [{ Resource: "arn:aws:iam::*" }], false],
      ],
      "a complement under complements": [
        [{ NotResource: B }, [{ NotResource: B }], true],
        [{ NotResource: `${B}*` }, [{ NotResource: `${B}/*` }], true],
        [{ NotResource: `${B}/*` }, [{ NotResource: `${B}*` }], false],
        [{ NotResource: B }, [{ NotResource: [B, "arn:aws:s3:::c"] }], false],
        [
          { NotResource: B },
          [{ NotResource: [B, "arn:aws:s3:::c"] }, { Resource: ["arn:aws:s3:::c", B] }],
          true,
        ],
        [{ NotResource: [B, "arn:aws:s3:::c"] }, [{ NotResource: B }], true],
        [{ NotResource: [] }, [{ NotResource: B }], false],
      ],
      "what is not known": [
        [{ Resource: UNKNOWN }, [{ Resource: B }], false],
        [{ Resource: UNKNOWN }, [{ NotResource: [] }], true],
        [{ Resource: [B, UNKNOWN] }, [{ Resource: B }], false],
        [{ Resource: B }, [{ Resource: UNKNOWN }], false],
        [{ Resource: B }, [{ Resource: [UNKNOWN, B] }], true],
        [{ Resource: B }, [{ NotResource: UNKNOWN }], false],
        [{ Resource: B }, [{ NotResource: ["arn:aws:s3:::a", UNKNOWN] }], false],
        [{ NotResource: UNKNOWN }, [], false],
        [{ NotResource: UNKNOWN }, [{ NotResource: B }], false],
        // More is left out than is known: what is left is less, so the proof holds.
        [{ NotResource: [B, UNKNOWN] }, [{ NotResource: B }], true],
        [{ NotResource: B }, [{ NotResource: [B, UNKNOWN] }], false],
      ],
      "policy variables: whatever their value": [
        [{ Resource: "arn:aws:s3:::${aws:username}/x" }, [{ Resource: "arn:aws:s3:::*/x" }], true],
        [{ Resource: "arn:aws:s3:::${aws:username}" }, [{ Resource: "arn:aws:s3:::${aws:username}" }], true],
        [{ Resource: B }, [{ Resource: "arn:aws:s3:::${aws:username}" }], false],
        [{ Resource: "arn:aws:s3:::${aws:username}" }, [{ Resource: B }], false],
        // The user may be called `b`.
        [{ Resource: "arn:aws:s3:::${aws:username}" }, [{ NotResource: B }], false],
        [{ Resource: B }, [{ NotResource: "arn:aws:s3:::${aws:username}" }], false],
        [{ Resource: "arn:aws:s3:::${aws:username}/x" }, [{ NotResource: "arn:aws:s3:::b/*" }], false],
        [
          { Resource: "arn:aws:s3:::a" },
          [{ NotResource: ["arn:aws:s3:::c", "arn:aws:s3:::${aws:username}"] }],
          false,
        ],
        [
          { Resource: "arn:aws:s3:::${aws:username}" },
          [{ NotResource: "arn:aws:s3:::${aws:userid}" }],
          false,
        ],
        [{ Resource: "arn:aws:s3:::${aws:username}" }, [{ Resource: "arn:aws:s3:::?" }], false],
        // Whatever the user is called, a bucket of another name begins otherwise.
        [{ Resource: B }, [{ NotResource: "arn:aws:s3:::team-${aws:username}" }], true],
      ],
    };
    for (const [name, rows] of Object.entries(groups))
      describe(name, () => {
        for (const [allow, denies, answer] of rows)
          it(`${shown(allow)} less ${denies.map(shown).join(" and ") || "nothing"}: ${answer ? "nothing left" : "not proved"}`, () => {
            const [allowed, ...denying] = read(
              { Effect: "Allow", Action: "*", ...allow },
              ...denies.map((deny): JsonObject => ({ Effect: "Deny", Action: "*", ...deny })),
            );
            assert.ok(allowed);
            assert.equal(isFullyDenied(allowed.resources, denying), answer);
          });
      });

    describe("against brute force", () => {
      const TEXTS = textsUpTo(5);
      const VALUES = textsUpTo(2);
      const expressionOf = (text: string, value: string): RegExp =>
        new RegExp(
          `^${text
            .split(/(\$\{v\}|[*?])/)
            .map((piece) => (piece === "*" ? ".*" : piece === "?" ? "." : piece === "${v}" ? value : piece))
            .join("")}$`,
        );
      interface Written {
        readonly negated: boolean;
        readonly texts: readonly string[];
      }
      const selects = ({ negated, texts }: Written, value: string): ((text: string) => boolean) => {
        const expressions = texts.map((text) => expressionOf(text, value));
        return (text) => expressions.some((expression) => expression.test(text)) !== negated;
      };
      const selectionOf = ({ negated, texts }: Written): Selection => ({
        negated,
        path: "",
        entries: texts.map((text) => ({ text, path: "", pattern: parsePattern(text, true) })),
        partial: false,
      });
      const denyOf = (written: Written): Statement => {
        const actions = selectionOf({ negated: false, texts: ["*"] });
        const resources = selectionOf(written);
        return {
          path: "",
          sid: undefined,
          effect: "Deny",
          actions,
          resources,
          principals: undefined,
          conditional: false,
          condition: { tests: [], partial: false },
          source: {},
        };
      };
      const selection = (units: readonly string[], widest: readonly string[]): fc.Arbitrary<Written> => {
        const narrow = fc.string({ unit: fc.constantFrom(...units), maxLength: 3 });
        return fc.record({
          negated: fc.boolean(),
          texts: fc.array(fc.oneof(narrow, fc.constantFrom(...widest)), { maxLength: 3 }),
        });
      };
      /** A text that is allowed and that no Deny takes away, for some value of the variable. */
      const escaping = (allow: Written, denies: readonly Written[]): string | undefined => {
        const used = [allow, ...denies].some(({ texts }) => texts.some((text) => text.includes("${v}")));
        for (const value of used ? VALUES : [""]) {
          const allowed = selects(allow, value);
          const denied = denies.map((deny) => selects(deny, value));
          const found = TEXTS.find((text) => allowed(text) && !denied.some((takes) => takes(text)));
          if (found !== undefined) return `${found} where the variable is ${JSON.stringify(value)}`;
        }
        return undefined;
      };
      const holds = (allow: Written, denies: readonly Written[]): boolean => {
        if (!isFullyDenied(selectionOf(allow), denies.map(denyOf))) return false;
        assert.equal(escaping(allow, denies), undefined);
        return true;
      };

      it("no text escapes where it is proved that none does", () => {
        const any = selection(["a", "b", "*", "?"], ["*", "?*", "a*", "b*", "", "*a*"]);
        let proved = 0;
        fc.assert(
          fc.property(any, fc.array(any, { maxLength: 3 }), (allow, denies) => {
            if (holds(allow, denies)) proved++;
          }),
          { numRuns: runs(2_000) },
        );
        assert.ok(proved > runs(200), `${proved} proofs`);
      });
      it("no text escapes, whatever the value of a variable", () => {
        const any = selection(["a", "${v}", "*", "?"], ["*", "${v}*", "a*", "${v}"]);
        let proved = 0;
        fc.assert(
          fc.property(any, fc.array(any, { maxLength: 3 }), (allow, denies) => {
            if (holds(allow, denies)) proved++;
          }),
          { numRuns: runs(2_000) },
        );
        assert.ok(proved > runs(200), `${proved} proofs`);
      });
      it("lists against lists: it is proved exactly when no text escapes", () => {
        const list = fc
          .array(fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 3 }), { maxLength: 4 })
          .map((texts): Written => ({ negated: false, texts }));
        fc.assert(
          fc.property(list, fc.array(list, { maxLength: 2 }), (allow, denies) => {
            const answer = isFullyDenied(selectionOf(allow), denies.map(denyOf));
            assert.equal(answer, escaping(allow, denies) === undefined);
          }),
          { numRuns: runs(2_000) },
        );
      });
    });
  });
});

/** A statement's distinctive part for the name of a test. */
function shown(statement: JsonObject): string {
  return JSON.stringify(statement, (_, value: unknown) => (value === UNKNOWN ? "(unknown)" : value));
}

/** All texts of the letters `a`, `b`, `c` up to a length; `c` stands for every other character. */
function textsUpTo(length: number): readonly string[] {
  if (length === 0) return [""];
  const shorter = textsUpTo(length - 1);
  const longest = shorter.filter((text) => text.length === length - 1);
  return [...shorter, ...longest.flatMap((text) => ["a", "b", "c"].map((character) => text + character))];
}
