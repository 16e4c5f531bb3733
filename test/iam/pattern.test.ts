import assert from "node:assert/strict";
import { covers, matches, overlaps, parsePattern, type Pattern, witness } from "../../policypack/iam";
import { literal, type Token, widened } from "../../policypack/iam/pattern/pattern";

const p = (text: string): Pattern => parsePattern(text, true);
/** One letter a token, the variable in angle brackets: for comparing what was parsed. */
const shown = (pattern: Pattern): string =>
  pattern
    .map((token) =>
      token.kind === "many"
        ? "*"
        : token.kind === "one"
          ? "?"
          : token.value.length > 1
            ? `<${token.value}>`
            : token.value,
    )
    .join("|");

describe("iam/pattern", () => {
  describe("parsePattern", () => {
    const asVariables: readonly (readonly [text: string, tokens: string])[] = [
      ["", ""],
      ["a", "a"],
      ["*", "*"],
      ["**", "*"],
      ["****a**", "*|a|*"],
      ["*?*", "*|?|*"],
      ["??", "?|?"],
      ["a.b[c]\\", "a|.|b|[|c|]|\\"],
      ["${aws:username}", "<${aws:username}>"],
      ["x${aws:username}y", "x|<${aws:username}>|y"],
      ["${aws:PrincipalTag/team, 'no*ne'}", "<${aws:principaltag/team, 'no*ne'}>"],
      ["${a}${b}", "<${a}>|<${b}>"],
      ["*${a}*", "*|<${a}>|*"],
      ["$${a}", "$|<${a}>"],
      ["${}", "<${}>"],
      ["$", "$"],
      ["a$b", "a|$|b"],
      ["{a}", "{|a|}"],
      ["$ {a}", "$| |{|a|}"],
      // Unclosed: nothing but text, and its star is a star.
      ["${", "$|{"],
      ["${a", "$|{|a"],
      ["${a*", "$|{|a|*"],
      ["${a}${b", "<${a}>|$|{|b"],
    ];
    for (const [text, tokens] of asVariables)
      it(`reads ${JSON.stringify(text)}`, () => {
        assert.equal(shown(parsePattern(text, true)), tokens);
      });

    it("reads ${*}, ${?} and ${$} as the characters themselves", () => {
      for (const character of ["*", "?", "$"]) {
        const pattern = parsePattern(`a\${${character}}b`, true);
        assert.deepEqual(pattern, literal(`a${character}b`));
        assert.equal(matches(pattern, `a${character}b`), true);
        assert.equal(matches(pattern, "axb"), false);
        assert.equal(matches(pattern, "ab"), false);
      }
    });

    it("keeps a star apart from an escaped one", () => {
      assert.deepEqual(
        parsePattern("*${*}*", true).map((token) => token.kind),
        ["many", "literal", "many"],
      );
      assert.equal(matches(p("*${*}*"), "abc"), false);
      assert.equal(matches(p("*${*}*"), "a*c"), true);
    });

    it("reads ${…} as text where there are no variables, which is the default", () => {
      for (const pattern of [parsePattern("${a}"), parsePattern("${a}", false)]) {
        assert.equal(shown(pattern), "$|{|a|}");
        assert.equal(matches(pattern, "${a}"), true);
      }
    });

    it("reads the wildcards inside ${…} as wildcards where there are no variables", () => {
      assert.equal(shown(parsePattern("${*}", false)), "$|{|*|}");
      assert.equal(shown(parsePattern("${?}", false)), "$|{|?|}");
      assert.equal(shown(parsePattern("${$}", false)), "$|{|$|}");
    });

    it("counts in UTF-16 units, alike in patterns and texts", () => {
      assert.equal(matches(p("💡"), "💡"), true);
      assert.equal(matches(p("??"), "💡"), true);
      assert.equal(matches(p("?"), "💡"), false);
      assert.equal(matches(p("é"), "e\u0301"), false);
    });
  });

  describe("matches", () => {
    const table: readonly (readonly [pattern: string, text: string, answer: boolean])[] = [
      ["", "", true],
      ["", "a", false],
      ["a", "", false],
      ["a", "a", true],
      ["a", "A", false],
      ["a", "aa", false],
      ["*", "", true],
      ["*", "anything:/\n", true],
      ["?", "", false],
      ["?", "\n", true],
      ["?", "ab", false],
      ["a*", "a", true],
      ["a*", "ba", false],
      ["*a", "ba", true],
      ["*a", "ab", false],
      ["a*b", "ab", true],
      ["a*b", "abb", true],
      ["a*b", "aba", false],
      ["*ab*ab*", "abab", true],
      ["*ab*ab*", "aab", false],
      ["*aab", "aaab", true],
      ["?*?", "a", false],
      ["?*?", "ab", true],
      ["*?", "", false],
      ["a?c", "abc", true],
      ["a?c", "ac", false],
      ["[a-z]", "b", false],
      ["[a-z]", "[a-z]", true],
      ["a.c", "abc", false],
      ["a|b", "a", false],
      ["^a$", "a", false],
      ["(a)+", "aa", false],
      ["s3:get*object", "s3:getobject", true],
      ["s3:get*object", "s3:getobjectacl", false],
      ["arn:aws:s3:::b/*", "arn:aws:s3:::b", false],
      ["arn:aws:s3:::b/*", "arn:aws:s3:::b/", true],
      ["arn:aws:s3:::b*", "arn:aws:s3:::bucket/key/deep", true],
      ["arn:aws:s3:::*/x", "arn:aws:s3:::b/a/b/x", true],
      ["arn:*:s3:::b", "arn:aws:s3:::b", true],
      ["arn:*:b", "arn:aws:s3:::b", true],
    ];
    for (const [pattern, text, answer] of table)
      it(`${JSON.stringify(pattern)} ${answer ? "matches" : "does not match"} ${JSON.stringify(text)}`, () => {
        assert.equal(matches(p(pattern), text), answer);
      });

    it("tries every star, also where a later one ranges over fewer characters", () => {
      const pattern: Pattern = [
        { kind: "many", of: {} },
        { kind: "literal", value: "a" },
        { kind: "many", of: { only: "01" } },
        { kind: "literal", value: "b" },
      ];
      assert.equal(matches(pattern, "a01b"), true);
      assert.equal(matches(pattern, "axa1b"), true);
      assert.equal(matches(pattern, "axb"), false);
    });
  });

  describe("overlaps and witness", () => {
    const table: readonly (readonly [a: string, b: string, witness: string | undefined])[] = [
      ["", "", ""],
      ["", "*", ""],
      ["", "?", undefined],
      ["a", "a", "a"],
      ["a", "b", undefined],
      ["a", "aa", undefined],
      ["a*", "*b", "ab"],
      ["a*b", "b*", undefined],
      ["a*a", "a", undefined],
      ["a*a", "*", "aa"],
      ["a?c", "*bc", "abc"],
      ["*abc", "abd*", "abdabc"],
      ["ab*", "*ba", "aba"],
      ["*a*b*", "b*a", "baba"],
      ["??", "?", undefined],
      ["a*", "?b*", "ab"],
      ["arn:aws:s3:::*/secret", "arn:aws:s3:::b/*", "arn:aws:s3:::b/secret"],
      ["arn:*:s3:::b", "arn:aws:s3:::*", "arn:aws:s3:::b"],
      ["arn:aws:s3:::b", "arn:aws:s3:::b/*", undefined],
    ];
    for (const [a, b, text] of table)
      it(`${JSON.stringify(a)} and ${JSON.stringify(b)}: ${JSON.stringify(text)}`, () => {
        assert.equal(witness(p(a), p(b)), text);
        assert.equal(witness(p(b), p(a)), text);
        assert.equal(overlaps(p(a), p(b)), text !== undefined);
        assert.equal(overlaps(p(b), p(a)), text !== undefined);
      });

    it("finds a witness of the shortest length where wildcards leave the characters open", () => {
      const text = witness(p("?*?"), p("*?*?*"));
      assert.equal(text?.length, 2);
    });

    const sets: readonly (readonly [name: string, a: Token, b: Token, answer: boolean])[] = [
      [
        "only and only apart",
        { kind: "one", of: { only: "ab" } },
        { kind: "one", of: { only: "cd" } },
        false,
      ],
      [
        "only and only together",
        { kind: "one", of: { only: "ab" } },
        { kind: "one", of: { only: "bc" } },
        true,
      ],
      [
        "only inside except",
        { kind: "one", of: { only: "ab" } },
        { kind: "one", of: { except: "ba" } },
        false,
      ],
      ["only beside except", { kind: "one", of: { only: "ab" } }, { kind: "one", of: { except: "a" } }, true],
      ["except and except", { kind: "one", of: { except: "a" } }, { kind: "one", of: { except: "b" } }, true],
      ["literal in only", { kind: "literal", value: "a" }, { kind: "one", of: { only: "ab" } }, true],
      ["literal not in only", { kind: "literal", value: "c" }, { kind: "one", of: { only: "ab" } }, false],
      ["literal in except", { kind: "literal", value: "a" }, { kind: "one", of: { except: "ab" } }, false],
    ];
    it("of sets: never a character that either leaves out, be it one of those nobody writes", () => {
      const text = witness(
        [{ kind: "one", of: { except: "\ue000" } }],
        [{ kind: "one", of: { except: "\ue001" } }],
      );
      assert.equal(text?.length, 1);
      assert.notEqual(text, "\ue000");
      assert.notEqual(text, "\ue001");
    });
    for (const [name, a, b, answer] of sets)
      it(`of sets: ${name}`, () => {
        assert.equal(overlaps([a], [b]), answer);
        assert.equal(overlaps([b], [a]), answer);
      });
  });

  describe("covers", () => {
    const table: readonly (readonly [patterns: readonly string[], target: string, answer: boolean])[] = [
      [[], "", false],
      [[], "*", false],
      [[""], "", true],
      [["*"], "", true],
      [["*"], "*", true],
      [["*"], "a?*b", true],
      [["?"], "*", false],
      [["?*"], "*", false],
      [["?*", ""], "*", true],
      [["*?"], "?*", true],
      [["?*"], "*?", true],
      [["a"], "a", true],
      [["a"], "?", false],
      [["?"], "a", true],
      [["a*"], "*", false],
      [["a*"], "a*b", true],
      [["a*b"], "a*", false],
      [["a*b", "a*"], "a*", true],
      [["*a*"], "*a*a*", true],
      [["*a*a*"], "*a*", false],
      [["*ab*"], "*a*b*", false],
      [["*a*b*"], "*ab*", true],
      [["a*", "b*"], "*", false],
      [["a*", "b*"], "?*", false],
      [["a*", "b*", "?"], "a*", true],
      [["a*b", "a*c"], "a*", false],
      // No one of these covers it; together they do.
      [["", "?", "??*"], "*", true],
      [["", "?", "???*"], "*", false],
      [["a", "a?*"], "a*", true],
      [["?", "??", "???"], "?", true],
      [["*a*", ""], "*", false],
      [["arn:aws:s3:::*"], "arn:aws:s3:::b/*", true],
      [["arn:aws:s3:::b/*"], "arn:aws:s3:::b*", false],
      [["arn:aws:s3:::b", "arn:aws:s3:::b?*"], "arn:aws:s3:::b*", true],
      [["arn:*"], "*", false],
    ];
    for (const [patterns, target, answer] of table)
      it(`${JSON.stringify(patterns)} ${answer ? "cover" : "do not cover"} ${JSON.stringify(target)}`, () => {
        assert.equal(covers(patterns.map(p), p(target)), answer);
      });

    const digit: Token = { kind: "one", of: { only: "0123456789" } };
    it("covers a small set by its members, and not by all but one", () => {
      const members = [..."0123456789"].map(literal);
      assert.equal(covers(members, [digit]), true);
      assert.equal(covers(members.slice(1), [digit]), false);
      assert.equal(covers([literal("1"), p("?")], [digit]), true);
    });
    it("covers a run of a small set by its beginnings, the empty one included", () => {
      const begun = [..."ab"].map((character) => p(`${character}*`));
      const run: Pattern = [{ kind: "many", of: { only: "ab" } }];
      assert.equal(covers(begun, run), false);
      assert.equal(covers([...begun, literal("")], run), true);
      assert.equal(covers([...begun, literal("")], p("*")), false);
    });
    it("sees the one character that a set leaves out", () => {
      const notA: Pattern = [{ kind: "one", of: { except: "a" } }];
      assert.equal(covers([notA], p("?")), false);
      assert.equal(covers([notA, literal("a")], p("?")), true);
      assert.equal(covers([p("?")], notA), true);
      assert.equal(covers([[{ kind: "many", of: { except: "a" } }], p("*a*")], p("*")), true);
    });
  });

  describe("policy variables", () => {
    it("are covered by a star, and by themselves", () => {
      assert.equal(covers([p("home/*")], p("home/${aws:username}")), true);
      assert.equal(covers([p("home/${aws:username}/*")], p("home/${aws:username}/x")), true);
    });
    it("cover no text of their own, and no other variable", () => {
      assert.equal(covers([p("${a}")], p("b")), false);
      assert.equal(covers([p("${a}")], p("*")), false);
      assert.equal(covers([p("${a}")], p("?")), false);
      assert.equal(covers([p("${a}")], p("${b}")), false);
    });
    it("are not covered by any number of certain characters, since their value may have others", () => {
      assert.equal(covers([[{ kind: "many", of: { only: "abc" } }]], p("${v}")), false);
      assert.equal(covers([[{ kind: "many", of: { except: ":" } }]], p("${v}")), false);
    });
    it("are not covered by ?, since their value may be longer", () => {
      assert.equal(covers([p("home/?")], p("home/${aws:username}")), false);
    });
  });

  describe("widened", () => {
    const table: readonly (readonly [pattern: string, wide: string])[] = [
      ["", ""],
      ["abc", "a|b|c"],
      ["?", "*"],
      ["???", "*"],
      ["a?b", "a|*|b"],
      ["?*?", "*"],
      ["*?a?*", "*|a|*"],
      ["a??*b?", "a|*|b|*"],
      ["${v}?", "<${v}>|*"],
      ["${?}?", "?|*"],
    ];
    for (const [pattern, wide] of table)
      it(`${JSON.stringify(pattern)} → ${wide}`, () => {
        const result = widened(p(pattern));
        assert.equal(shown(result), wide);
        assert.equal(covers([result], p(pattern)), true);
      });
    it("is a star where ${?} stays a literal question mark", () => {
      assert.deepEqual(
        widened(p("${?}?")).map((token) => token.kind),
        ["literal", "many"],
      );
    });
    it("is never narrower than the pattern, also where the sets differ", () => {
      const pattern: Pattern = [
        { kind: "one", of: { only: "ab" } },
        { kind: "many", of: {} },
      ];
      assert.equal(covers([widened(pattern)], pattern), true);
    });
  });

  describe("hostile patterns do not hang", function () {
    this.timeout(2_000);
    const stars = (a: string, b: string): string => `${a}*${b}*`.repeat(10);
    const [first, second] = [stars("a", "b"), stars("b", "a")];
    const late = `*a${"?".repeat(20)}`;

    it("two patterns of 40 characters with 20 stars each", () => {
      assert.equal(first.length, 40);
      assert.equal(overlaps(p(first), p(second)), false);
      assert.equal(overlaps(p(`*${first}`), p(`${second}*`)), true);
      assert.equal(covers([p(first)], p(second)), false);
      assert.equal(covers([p(first)], p(first)), true);
      assert.equal(covers([p(`*${first}`)], p(`b${first}`)), true);
    });
    it("a text of 2,000 letters that nearly matches", () => {
      assert.equal(matches(p(`${"*a".repeat(20)}b`), "a".repeat(2_000)), false);
      assert.equal(matches(p("*a".repeat(20)), "a".repeat(2_000)), true);
    });
    it("a star, a letter and 20 question marks: a wrong true is never the answer", () => {
      assert.equal(covers([p(late)], p("*")), false);
      assert.equal(covers([p(late)], p(`*${"?".repeat(21)}`)), false);
      assert.equal(covers([p(late)], p(`a${"?".repeat(19)}`)), false);
      assert.equal(matches(p(late), "a".repeat(1_000)), true);
      assert.equal(witness(p(late), p("*b"))?.length, 21);
    });
    it("a union of 300 such patterns", () => {
      const union = Array.from({ length: 300 }, (_, index) => p(`*${index}${"?".repeat(index % 20)}`));
      assert.equal(covers(union, p("*")), false);
      assert.equal(covers([...union, p("*")], p("*")), true);
    });
    it("the same where only the text that is looked at last escapes", () => {
      assert.equal(covers([p(`?${late}`)], p(late)), false);
    });
    it("a star, a letter and 10 question marks: the proof is found", () => {
      const pattern = p(`*a${"?".repeat(10)}`);
      assert.equal(covers([pattern], pattern), true);
      assert.equal(covers([pattern], p(`a${"?".repeat(10)}`)), true);
      assert.equal(covers([pattern], p(`a${"?".repeat(9)}`)), false);
    });
    it("a union of 12 stars with different letters and runs of ?", () => {
      const union = [..."abcdefghijkl"].map((letter, index) => p(`*${letter}${"?".repeat(8 + index)}`));
      assert.equal(covers(union, p(`*${"?".repeat(20)}z`)), false);
    });
    it("a pattern of 100,000 characters", () => {
      const text = "a".repeat(100_000);
      assert.equal(matches(p(text), text), true);
      assert.equal(covers([p("a*")], p(text)), true);
      assert.equal(witness(p("*"), p("b")), "b");
    });
  });
});
