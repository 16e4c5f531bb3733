import assert from "node:assert/strict";
import fc from "fast-check";
import { covers, matches, overlaps, parsePattern, type Pattern, witness } from "../../policypack/iam";
import { type CharacterSet, type Token, widened } from "../../policypack/iam/pattern/pattern";
import { runs } from "./runs";

/** Texts are made of `a`, `b`, and `c`, which no pattern names and so stands for every other character. */
const ALPHABET = ["a", "b", "c"] as const;
const LONGEST = 7;
const TEXTS: readonly string[] = (function upTo(length: number): string[] {
  if (length === 0) return [""];
  const shorter = upTo(length - 1);
  const longest = shorter.filter((text) => text.length === length - 1);
  return [...shorter, ...longest.flatMap((text) => ALPHABET.map((character) => text + character))];
})(LONGEST);

/** The oracle: a pattern as a regular expression, written without a look at the code. */
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
const setOf = (set: CharacterSet): string =>
  set.only !== undefined
    ? set.only === ""
      ? "(?!)"
      : `[${escaped(set.only)}]`
    : set.except === undefined || set.except === ""
      ? "[^]"
      : `[^${escaped(set.except)}]`;
const expressionOf = (tokens: Pattern): RegExp =>
  new RegExp(
    `^${tokens
      .map((token) =>
        token.kind === "literal"
          ? escaped(token.value)
          : setOf(token.of) + (token.kind === "many" ? "*" : ""),
      )
      .join("")}$`,
  );
/** The same of a pattern as written, so that what parsePattern makes of it is judged too. */
const expressionOfText = (text: string): RegExp =>
  new RegExp(`^${[...text].map((c) => (c === "*" ? "[^]*" : c === "?" ? "[^]" : escaped(c))).join("")}$`);

/** Which of TEXTS an expression matches, as bits. */
const sets = new Map<string, bigint>();
function textsOf(expression: RegExp): bigint {
  const known = sets.get(expression.source);
  if (known !== undefined) return known;
  const bits = BigInt(`0b${TEXTS.map((text) => (expression.test(text) ? "1" : "0")).join("")}`);
  sets.set(expression.source, bits);
  return bits;
}
const shortestOf = (bits: bigint): string | undefined => {
  if (bits === 0n) return undefined;
  return TEXTS[TEXTS.length - bits.toString(2).length];
};

const written = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength });
const p = (text: string): Pattern => parsePattern(text);

// Sets that have nothing to do with `c`, or take in every other character along with it.
const characterSet: fc.Arbitrary<CharacterSet> = fc.constantFrom(
  {},
  { only: "a" },
  { only: "b" },
  { only: "ab" },
  { except: "a" },
  { except: "b" },
  { except: "ab" },
);
const token: fc.Arbitrary<Token> = fc.oneof(
  fc.constantFrom("a", "b").map((value): Token => ({ kind: "literal", value })),
  characterSet.map((of): Token => ({ kind: "one", of })),
  characterSet.map((of): Token => ({ kind: "many", of })),
);
const tokens = (maxLength: number): fc.Arbitrary<Pattern> => fc.array(token, { maxLength });

/** A text that a pattern matches, made from the pattern. */
const expanded = (text: string, fillings: readonly string[]): string => {
  let used = 0;
  const next = (): string => fillings[used++ % Math.max(1, fillings.length)] ?? "";
  return [...text].map((c) => (c === "*" ? next() : c === "?" ? next().charAt(0) || "x" : c)).join("");
};

describe("iam/pattern: properties", () => {
  const rich = fc.string({
    unit: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom("*", "?") },
      { weight: 5, arbitrary: fc.constantFrom(..."abAB:/-.[]()^$|\\+{}\n ") },
    ),
    maxLength: 14,
  });
  const filling = fc.string({ unit: fc.constantFrom(..."abAB:/*?.$\n"), maxLength: 5 });

  describe("matches", () => {
    it("matches every text that the pattern was expanded to", () => {
      fc.assert(
        fc.property(rich, fc.array(filling, { minLength: 1, maxLength: 8 }), (pattern, fillings) => {
          assert.equal(matches(p(pattern), expanded(pattern, fillings)), true);
        }),
        { numRuns: runs(2_000) },
      );
    });
    it("agrees with a regular expression on texts a slip away from a match", () => {
      let yes = 0;
      let no = 0;
      fc.assert(
        fc.property(
          rich,
          fc.array(filling, { minLength: 1, maxLength: 8 }),
          fc.nat(40),
          fc.constantFrom("drop", "double", "swap", "append", "prepend", "replace"),
          fc.constantFrom(..."abA:/*"),
          (pattern, fillings, at, slip, other) => {
            const whole = expanded(pattern, fillings);
            const [before, here, after] = [whole.slice(0, at), whole.charAt(at), whole.slice(at + 1)];
            const text = {
              drop: before + after,
              double: before + here + here + after,
              swap: before + after.charAt(0) + here + after.slice(1),
              append: whole + other,
              prepend: other + whole,
              replace: before + other + after,
            }[slip];
            const expected = expressionOfText(pattern).test(text);
            if (expected) yes++;
            else no++;
            assert.equal(matches(p(pattern), text), expected);
          },
        ),
        { numRuns: runs(2_000) },
      );
      // Neither answer is rare, or the property would say little.
      assert.ok(yes > runs(200) && no > runs(200), `${yes} matches, ${no} others`);
    });
    it("agrees with a regular expression on every short pattern and every short text", () => {
      for (const pattern of everyPattern(3)) {
        const expression = expressionOfText(pattern);
        for (const text of TEXTS.slice(0, 400))
          assert.equal(matches(p(pattern), text), expression.test(text), `${pattern} ${text}`);
      }
    });
    it("agrees with a regular expression where tokens range over sets", () => {
      fc.assert(
        fc.property(tokens(6), fc.constantFrom(...TEXTS), (pattern, text) => {
          assert.equal(matches(pattern, text), expressionOf(pattern).test(text));
        }),
        { numRuns: runs(2_000) },
      );
    });
  });

  describe("covers", () => {
    const judge = (patterns: readonly Pattern[], target: Pattern): void => {
      const escaping = patterns.reduce(
        (left, pattern) => left & ~textsOf(expressionOf(pattern)),
        textsOf(expressionOf(target)),
      );
      assert.equal(
        covers(patterns, target),
        escaping === 0n,
        `a text that escapes: ${JSON.stringify(shortestOf(escaping))}`,
      );
    };
    it("agrees with brute force on every pair of short patterns", () => {
      const all = everyPattern(3).map(p);
      for (const a of all) for (const b of all) judge([a], b);
    });
    it("agrees with brute force on pairs of longer patterns", () => {
      fc.assert(
        fc.property(written(5), written(5), (a, b) => {
          judge([p(a)], p(b));
        }),
        { numRuns: runs(2_000) },
      );
    });
    it("agrees with brute force on unions", () => {
      fc.assert(
        fc.property(fc.array(written(3), { maxLength: 6 }), written(4), (patterns, target) => {
          judge(patterns.map(p), p(target));
        }),
        { numRuns: runs(2_000) },
      );
    });
    it("agrees with brute force on unions that nearly cover", () => {
      // The beginnings of one character, all of them or all but one, beside something random.
      fc.assert(
        fc.property(
          fc.subarray(["", "a*", "b*", "?", "??*", "*a", "*b", "*a*", "*b*"], { minLength: 2 }),
          fc.constantFrom("*", "?*", "*a*", "a*", "*?b", "*ab*", "?"),
          (patterns, target) => {
            judge(patterns.map(p), p(target));
          },
        ),
        { numRuns: runs(2_000) },
      );
    });
    it("agrees with brute force where tokens range over sets", () => {
      fc.assert(
        fc.property(fc.array(tokens(3), { maxLength: 4 }), tokens(3), (patterns, target) => {
          judge(patterns, target);
        }),
        { numRuns: runs(2_000) },
      );
    });

    it("is reflexive", () => {
      fc.assert(
        fc.property(written(12), (a) => {
          assert.equal(covers([p(a)], p(a)), true);
        }),
        { numRuns: runs(1_000) },
      );
    });
    it("is transitive", () => {
      let chains = 0;
      fc.assert(
        fc.property(written(4), written(4), written(4), (a, b, c) => {
          if (!covers([p(a)], p(b)) || !covers([p(b)], p(c))) return;
          chains++;
          assert.equal(covers([p(a)], p(c)), true);
        }),
        { numRuns: runs(2_000) },
      );
      assert.ok(chains > runs(20), `${chains} chains`);
    });
    it("lets every text of the covered pattern match", () => {
      let covered = 0;
      // The target is made from the pattern, so that the one often covers the other.
      fc.assert(
        fc.property(
          rich,
          fc.array(filling, { minLength: 1, maxLength: 6 }),
          fc.array(filling, { minLength: 1, maxLength: 6 }),
          (a, inner, outer) => {
            const b = expanded(a, inner);
            if (!covers([p(a)], p(b))) return;
            covered++;
            assert.equal(matches(p(a), expanded(b, outer)), true);
          },
        ),
        { numRuns: runs(2_000) },
      );
      assert.ok(covered > runs(500), `${covered} covered`);
    });
    it("does not shrink when patterns are added, nor depend on their order", () => {
      fc.assert(
        fc.property(
          fc.array(written(4), { maxLength: 4 }),
          written(4),
          written(4),
          (patterns, more, target) => {
            const alone = covers(patterns.map(p), p(target));
            assert.equal(covers([...patterns].reverse().map(p), p(target)), alone);
            if (alone) assert.equal(covers([...patterns, more].map(p), p(target)), true);
          },
        ),
        { numRuns: runs(2_000) },
      );
    });
    it("goes with overlap: what is covered, and matches anything, overlaps", () => {
      fc.assert(
        fc.property(written(5), written(5), (a, b) => {
          if (covers([p(a)], p(b))) assert.equal(overlaps(p(a), p(b)), true);
        }),
        { numRuns: runs(2_000) },
      );
    });
  });

  describe("overlaps and witness", () => {
    const judge = (a: Pattern, b: Pattern): void => {
      const [left, right] = [expressionOf(a), expressionOf(b)];
      const shortest = shortestOf(textsOf(left) & textsOf(right));
      const found = witness(a, b);
      assert.equal(overlaps(a, b), found !== undefined);
      assert.equal(found?.length, shortest?.length, `found ${JSON.stringify(found)}, shortest ${shortest}`);
      if (found === undefined) return;
      assert.match(found, left);
      assert.match(found, right);
    };
    it("agree with brute force on every pair of short patterns", () => {
      const all = everyPattern(3).map(p);
      for (const a of all) for (const b of all) judge(a, b);
    });
    it("agree with brute force on pairs of longer patterns", () => {
      fc.assert(
        fc.property(written(4), written(4), (a, b) => {
          judge(p(a), p(b));
        }),
        { numRuns: runs(2_000) },
      );
    });
    it("agree with brute force where tokens range over sets", () => {
      fc.assert(
        fc.property(tokens(4), tokens(4), (a, b) => {
          judge(a, b);
        }),
        { numRuns: runs(2_000) },
      );
    });
    it("are symmetric, also on long patterns", () => {
      fc.assert(
        fc.property(rich, rich, (a, b) => {
          assert.equal(overlaps(p(a), p(b)), overlaps(p(b), p(a)));
          assert.equal(witness(p(a), p(b))?.length, witness(p(b), p(a))?.length);
        }),
        { numRuns: runs(2_000) },
      );
    });
    it("find two expansions of the same text", () => {
      fc.assert(
        fc.property(rich, fc.array(filling, { minLength: 1, maxLength: 6 }), (pattern, fillings) => {
          assert.equal(overlaps(p(pattern), p(expanded(pattern, fillings))), true);
        }),
        { numRuns: runs(2_000) },
      );
    });
  });

  describe("widened", () => {
    it("covers the pattern, and says the same as the text with * for every ?", () => {
      fc.assert(
        fc.property(written(8), (text) => {
          assert.deepEqual(widened(p(text)), p(text.replaceAll("?", "*")));
          assert.equal(covers([widened(p(text))], p(text)), true);
        }),
        { numRuns: runs(1_000) },
      );
    });
  });
});

/** Every pattern of up to so many characters. */
function everyPattern(length: number): readonly string[] {
  if (length === 0) return [""];
  const shorter = everyPattern(length - 1);
  const longest = shorter.filter((text) => text.length === length - 1);
  return [
    ...shorter,
    ...longest.flatMap((text) => ["a", "b", "*", "?"].map((character) => text + character)),
  ];
}
