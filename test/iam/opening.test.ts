import assert from "node:assert/strict";
import {
  arbitraryIn,
  arbitraryOutside,
  arbitraryResources,
  type ArnTemplate,
  budget,
  matches,
  opensType,
  type Pattern,
  partitionsOf,
} from "../../policypack/iam";
import { BUCKET, ENDPOINT, FREE, looksOf, OBJECT, p, ROLE } from "./arn-templates";

const within = (
  texts: readonly string[],
  type: ArnTemplate,
  partition = "aws",
  mentioned = texts,
): string | undefined => {
  const [patterns, meant] = [texts.map(p), mentioned.map(p)];
  const found = arbitraryIn(patterns, type, partition, meant);
  // Where nothing is denied, the shorter question has the same answer.
  assert.equal(opensType(patterns, type, partition, meant, budget()), found !== undefined);
  return found;
};
const outside = (
  texts: readonly string[],
  type: ArnTemplate,
  partition = "aws",
  mentioned = texts,
): string | undefined => arbitraryOutside(texts.map(p), type, partition, mentioned.map(p));

const wideOf = (text: string): Pattern => p(text.replaceAll("?", "*"));

/** Every name is let in: the ARN that is returned is one of the type, and the patterns match it (`?` counting as `*`). */
function opens(texts: readonly string[], type: ArnTemplate, partition = "aws"): void {
  const arn = within(texts, type, partition);
  assert.ok(arn !== undefined, "names nothing, and that was not seen");
  assert.match(arn, looksOf(type, partition));
  assert.ok(
    texts.some((text) => matches(wideOf(text), arn)),
    arn,
  );
}

const ALL = "abcdefghijklmnopqrstuvwxyz0123456789".split("");
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

describe("iam/opening", () => {
  describe("arbitraryIn: patterns that name nothing", () => {
    const table: readonly (readonly [patterns: readonly string[], type: ArnTemplate])[] = [
      [["*"], BUCKET],
      [["**"], OBJECT],
      [["?*"], ROLE],
      [["arn:*"], ROLE],
      [["arn:aws:*"], ENDPOINT],
      [["arn:aws:s3:::*"], BUCKET],
      [["arn:aws:s3:::*"], OBJECT],
      [["arn:*:s3:::*"], BUCKET],
      [["arn:aws*:s3:::*"], BUCKET],
      [["*:s3:::*"], BUCKET],
      [["arn:aws:s3*"], BUCKET],
      [["arn:aws:s3:*:*:*"], BUCKET],
      [["arn:aws:s3:::*/*"], OBJECT],
      [["arn:aws:s3:::*/?*"], OBJECT],
      [["arn:aws:s3:::?*"], BUCKET],
      [["arn:aws:s3:::???*"], BUCKET],
      [["arn:aws:s3:::???????????????*"], BUCKET],
      [["arn:aws:s3:::*?*?*"], BUCKET],
      [["arn:aws:s3:::?"], BUCKET],
      [["arn:aws:s?:::*"], BUCKET],
      [["arn:???:s3:::*"], BUCKET],
      [["???:aws:s3:::*"], BUCKET],
      [["arn:aws:iam::*:role/*"], ROLE],
      [["arn:aws:iam::123456789012:role/*"], ROLE],
      [["arn:aws:iam::????????????:role/*"], ROLE],
      [["arn:aws:iam::*:*"], ROLE],
      [["arn:aws:iam::1234*"], ROLE],
      [["arn:aws:iam::1234*:role/*"], ROLE],
      [["arn:aws:iam::*1234:role/*"], ROLE],
      [["arn:aws:iam::*:r*"], ROLE],
      [["arn:aws:iam::*role/*"], ROLE],
      [["arn:aws:sagemaker:*:*:endpoint/*"], ENDPOINT],
      [["arn:aws:sagemaker:us-east-1:123456789012:endpoint/*"], ENDPOINT],
      [["arn:aws:sagemaker:us-*:*:endpoint/?*"], ENDPOINT],
      [["arn:aws:sagemaker:*"], ENDPOINT],
      [["arn:aws:logs:*:*:log-group:*"], FREE],
      [["arn:aws:logs:*:*:*"], FREE],
      // No one of these names nothing; together they do.
      [ALL.map((character) => `arn:aws:s3:::${character}*`), BUCKET],
      [
        ALL.map((character) => `arn:aws:s3:::${character}?*`).concat(ALL.map((c) => `arn:aws:s3:::${c}`)),
        BUCKET,
      ],
      [ALL.map((character) => `arn:aws:s3:::${character}*/*`), OBJECT],
      [[...ALL, ".", "-"].map((character) => `arn:aws:s3:::*${character}`), BUCKET],
      [[...ALL, ...UPPER].map((c) => `arn:aws:sagemaker:us-east-1:123456789012:endpoint/${c}*`), ENDPOINT],
      [["arn:aws:s3:::a*", "arn:aws:s3:::*"], BUCKET],
      // A bucket with a dot, one with a hyphen, and all those with neither.
      [
        ["arn:aws:s3:::*.*", "arn:aws:s3:::*-*", ...ALL.map((character) => `arn:aws:s3:::${character}*`)],
        BUCKET,
      ],
    ];
    for (const [patterns, type] of table) {
      const shown = patterns.length > 3 ? `${patterns.length} like ${patterns[0] ?? ""}` : patterns.join(" ");
      it(`${shown} on ${type.text}`, () => {
        opens(patterns, type);
      });
    }

    const byVariable: readonly (readonly [pattern: string, type: ArnTemplate])[] = [
      ["arn:aws:iam::${aws:PrincipalAccount}:role/*", ROLE],
      ["arn:aws:iam::${aws:ResourceAccount}:role/*", ROLE],
      ["arn:aws:sagemaker:${aws:RequestedRegion}:123456789012:endpoint/*", ENDPOINT],
      ["arn:aws:sagemaker:${aws:RequestedRegion}:${aws:PrincipalAccount}:endpoint/*", ENDPOINT],
      ["arn:aws:logs:${aws:RequestedRegion}:*:log-group:*", FREE],
      ["arn:aws:iam::${aws:PrincipalAccount}*", ROLE],
      ["arn:aws:iam::*${aws:PrincipalAccount}:role/*", ROLE],
      ["arn:aws:iam*${aws:PrincipalAccount}:role/*", ROLE],
      ["arn:aws:*:${aws:PrincipalAccount}:role/*", ROLE],
    ];
    for (const [pattern, type] of byVariable)
      it(`${pattern}: a variable for the region or the account names no resource`, () => {
        const arn = within([pattern], type);
        assert.ok(arn !== undefined, "names nothing, and that was not seen");
        assert.match(arn, looksOf(type, "aws"));
      });

    it("sees patterns of which each leaves another field open, in the region and account they share", () => {
      const names = [...ALL, ...UPPER.split("")];
      const [here, there] = [names.slice(0, 30), names.slice(30)];
      opens(
        [
          ...here.map((c) => `arn:aws:sagemaker:*:123456789012:endpoint/${c}*`),
          ...there.map((c) => `arn:aws:sagemaker:us-east-1:*:endpoint/${c}*`),
        ],
        ENDPOINT,
      );
    });
  });

  describe("arbitraryIn: patterns that name something", () => {
    const table: readonly (readonly [patterns: readonly string[], type: ArnTemplate])[] = [
      [[], BUCKET],
      [[""], BUCKET],
      [["arn:aws:s3:::bucket"], BUCKET],
      [["arn:aws:s3:::b*"], BUCKET],
      [["arn:aws:s3:::*b"], BUCKET],
      [["arn:aws:s3:::*-logs"], BUCKET],
      [["arn:aws:s3:::?b*"], BUCKET],
      [["arn:aws:s3:::b*/*"], OBJECT],
      [["arn:aws:s3:::*/secret"], OBJECT],
      [["arn:aws:s3:::*/*.csv"], OBJECT],
      [["arn:aws:s3:::bucket/*"], OBJECT],
      [["arn:aws:s3:::bucket/*"], BUCKET],
      [["arn:aws:s3:::*/*"], BUCKET],
      [["arn:aws:s3:us-east-1::*"], BUCKET],
      [["arn:aws:s3-object-lambda:::*"], BUCKET],
      [["arn:aws-cn:s3:::*"], BUCKET],
      [["arn:aws:iam::*:role/admin"], ROLE],
      [["arn:aws:iam::*:role/service-role/*"], ROLE],
      [["arn:aws:iam::123456789012:role/app-*"], ROLE],
      [["arn:aws:iam::*:user/*"], ROLE],
      [["arn:aws:iam::12345:role/*"], ROLE],
      [["arn:aws:iam::aws:role/*"], ROLE],
      [["arn:aws:iam::*:role/*x*"], ROLE],
      [["arn:aws:sagemaker:*:*:endpoint/x"], ENDPOINT],
      [["arn:aws:sagemaker:*:*:endpoint-config/*"], ENDPOINT],
      [["arn:aws:sagemaker:US-EAST-1:*:endpoint/*"], ENDPOINT],
      [["arn:aws:logs:*:*:log-group:/aws/*"], FREE],
      // All but one.
      [ALL.slice(1).map((character) => `arn:aws:s3:::${character}*`), BUCKET],
      // Different accounts: in none of them is every role let in.
      [
        [
          "arn:aws:iam::111111111111:role/a*",
          ...[...ALL.slice(1), ...UPPER, ..."+=,.@_-"].map((c) => `arn:aws:iam::222222222222:role/${c}*`),
        ],
        ROLE,
      ],
      // A name of unknown form may begin with any character: no list of beginnings names nothing.
      [[...ALL, ...UPPER].map((character) => `arn:aws:logs:*:*:log-group:${character}*`), FREE],
      [["arn:aws:s3:::${aws:username}"], BUCKET],
      [["arn:aws:s3:::${aws:username}*"], BUCKET],
      [["arn:aws:s3:::${aws:username}/*"], OBJECT],
      [["arn:aws:s3:::home/${aws:username}/*"], OBJECT],
      [["arn:aws:iam::${aws:PrincipalAccount}:role/app"], ROLE],
      // The character itself, which no bucket has in its name.
      [["arn:aws:s3:::${*}"], BUCKET],
      [["arn:aws:s3:::${?}*"], BUCKET],
    ];
    for (const [patterns, type] of table) {
      const shown = patterns.length > 3 ? `${patterns.length} like ${patterns[1] ?? ""}` : patterns.join(" ");
      it(`${shown} on ${type.text}`, () => {
        assert.equal(within(patterns, type), undefined);
      });
    }
  });

  describe("arbitraryIn: the ARN", () => {
    it("is in the partition asked for, and in no other", () => {
      opens(["arn:*:s3:::*"], BUCKET, "aws-cn");
      opens(["arn:aws-us-gov:s3:::*"], BUCKET, "aws-us-gov");
      assert.equal(within(["arn:aws-us-gov:s3:::*"], BUCKET, "aws-cn"), undefined);
      assert.equal(within(["arn:aws:s3:::*"], BUCKET, "aws-us-gov"), undefined);
    });
    it("is in the account and region that a pattern names", () => {
      assert.match(
        within(["arn:aws:sagemaker:eu-west-1:210987654321:endpoint/*"], ENDPOINT) ?? "",
        /^arn:aws:sagemaker:eu-west-1:210987654321:endpoint\/[a-zA-Z0-9]/,
      );
      assert.match(within(["arn:aws:iam::1234*"], ROLE) ?? "", /^arn:aws:iam::1234\d{8}:role\//);
    });
    it("has a name that no other pattern of the document means", () => {
      const others = ["arn:aws:s3:::q*", "arn:aws:s3:::a*", "arn:aws:s3:::*z*", "arn:aws:s3:::prod-*"];
      const arn = within(["arn:aws:s3:::*"], BUCKET, "aws", ["arn:aws:s3:::*", ...others]) ?? "";
      assert.match(arn, /^arn:aws:s3:::[a-z0-9]/);
      for (const other of others) assert.equal(matches(p(other), arn), false, `${other} means ${arn}`);
    });
    it("has a name even where the document mentions every character a name can have", () => {
      const others = [
        `arn:aws:s3:::abcdefghijklmnopqrstuvwxyz0123456789.-*`,
        "arn:aws:s3:::my-bucket-*",
        "arn:aws:s3:::logs*",
        "arn:aws:s3:::*-prod",
      ];
      const arn = within(["arn:aws:s3:::*"], BUCKET, "aws", ["arn:aws:s3:::*", ...others]) ?? "";
      assert.match(arn, /^arn:aws:s3:::[a-z0-9][a-z0-9.-]*$/);
      for (const other of others) assert.equal(matches(p(other), arn), false, `${other} means ${arn}`);
    });
    it("is in an account and a region that no other pattern of the document means, where they are open", () => {
      const others = ["arn:aws:iam::000000000000:role/*", "arn:aws:sagemaker:a*:*:endpoint/*"];
      for (const type of [ROLE, ENDPOINT]) {
        const arn = within(["*"], type, "aws", others) ?? "";
        assert.match(arn, looksOf(type, "aws"));
        for (const other of others) assert.equal(matches(p(other), arn), false, `${other} means ${arn}`);
      }
    });
    it("is in an account that no Deny means, also where two statements allow everything", () => {
      const denied = p("arn:aws:iam::000000000000:role/*");
      const everything = p("*");
      for (const mentioned of [
        [everything, denied],
        [everything, p("*"), denied],
        [everything, p("arn:aws:iam::*"), denied],
      ])
        assert.equal(matches(denied, arbitraryIn([everything], ROLE, "aws", mentioned) ?? ""), false);
    });
    it("is the same every time", () => {
      assert.equal(within(["*"], ENDPOINT), within(["*"], ENDPOINT));
    });
  });

  describe("arbitraryOutside", () => {
    const open: readonly (readonly [patterns: readonly string[], type: ArnTemplate])[] = [
      [[], BUCKET],
      [["arn:aws:s3:::secret"], BUCKET],
      [["arn:aws:s3:::secret*", "arn:aws:s3:::*-private"], BUCKET],
      [["arn:aws:s3:::secret/*"], OBJECT],
      [["arn:aws:s3:::*/*"], BUCKET],
      [["arn:aws-cn:s3:::*"], BUCKET],
      [["arn:aws:iam::*:role/admin"], ROLE],
      [["arn:aws:iam::123456789012:role/*"], ROLE],
      [["arn:aws:iam::*:user/*"], ROLE],
      [["arn:aws:sagemaker:us-east-1:*:*"], ENDPOINT],
      [["arn:aws:logs:*:*:log-group:/aws/*"], FREE],
      [["arn:aws:s3:::${aws:username}"], BUCKET],
      // Whatever account and region stand in the list, there are others.
      [["arn:aws:iam::000000000000:role/*"], ROLE],
      [["arn:aws:iam::0*:role/*"], ROLE],
      [["arn:aws:iam::000000000000:role/*", "arn:aws:iam::111111111111:role/*"], ROLE],
      [["arn:aws:sagemaker:a*:*:endpoint/*"], ENDPOINT],
    ];
    for (const [patterns, type] of open)
      it(`finds one beside ${patterns.join(" ") || "nothing"} on ${type.text}`, () => {
        const arn = outside(patterns, type);
        assert.ok(arn !== undefined, "there are others, and none was found");
        assert.match(arn, looksOf(type, "aws"));
        for (const pattern of patterns) assert.equal(matches(p(pattern), arn), false);
      });

    const closed: readonly (readonly [patterns: readonly string[], type: ArnTemplate])[] = [
      [["*"], BUCKET],
      [["arn:*"], ROLE],
      [["arn:aws:s3:::*"], BUCKET],
      [["arn:aws:s3:::*"], OBJECT],
      [["arn:aws:iam::*:role/*"], ROLE],
      [["arn:aws:sagemaker:*:*:endpoint/*"], ENDPOINT],
      [ALL.map((character) => `arn:aws:s3:::${character}*`), BUCKET],
    ];
    for (const [patterns, type] of closed)
      it(`finds none beside ${patterns.slice(0, 2).join(" ")} on ${type.text}`, () => {
        assert.equal(outside(patterns, type), undefined);
      });

    it("is in the partition asked for", () => {
      assert.match(outside(["arn:aws:s3:::*"], BUCKET, "aws-cn") ?? "", /^arn:aws-cn:s3:::[a-z0-9]/);
    });
    it("has a name that no other pattern of the document means", () => {
      const arn = outside(["arn:aws:s3:::x"], BUCKET, "aws", [
        "arn:aws:s3:::x",
        "arn:aws:s3:::q*",
        "arn:aws:s3:::a*",
      ]);
      assert.match(arn ?? "", /^arn:aws:s3:::[^qaxrnws]/);
    });
  });

  describe("partitionsOf: where to look", () => {
    // A wildcard in the partition lets in what other partitions hold: one of them must be looked at.
    const wild: readonly (readonly [pattern: string, ...others: readonly string[]])[] = [
      ["arn:aws-*:s3:::*"],
      ["arn:aws-c?:s3:::*"],
      ["arn:aws-us-*:s3:::*"],
      ["?rn:aws-cn:s3:::*"],
      // Another resource names a partition that the pattern is not about.
      ["arn:aw?:s3:::*", "arn:aws-cn:s3:::b"],
      ["*:aws:s3:::*", "arn:aws-cn:s3:::b"],
      ["arn:aws-*:s3:::*", "arn:aws:s3:::b"],
    ];
    for (const [pattern, ...others] of wild)
      it(`looks where ${[pattern, ...others].join(" beside ")} can match`, () => {
        const found = partitionsOf([...others, pattern]).map((partition) =>
          within([pattern], BUCKET, partition),
        );
        assert.ok(
          found.some((arn) => arn !== undefined),
          "names nothing, and that was not seen",
        );
      });
  });

  describe("arbitraryResources", () => {
    const table: readonly (readonly [
      type: ArnTemplate,
      mentioned: readonly string[],
      resources: readonly string[],
    ])[] = [
      [BUCKET, [], ["a", "a".repeat(7), "a".repeat(40)]],
      [BUCKET, ["arn:aws:s3:::b", "*a*"], ["c", "c".repeat(7), "c".repeat(40)]],
      // A variable is no character.
      [BUCKET, ["${aws:username}"], ["a", "a".repeat(7), "a".repeat(40)]],
      [
        OBJECT,
        ["b"],
        ["a/\ue000", `${"a".repeat(7)}/${"\ue000".repeat(7)}`, `${"a".repeat(40)}/${"\ue000".repeat(40)}`],
      ],
      [ROLE, [], ["role/a", `role/${"a".repeat(7)}`, `role/${"a".repeat(40)}`]],
    ];
    for (const [type, mentioned, resources] of table)
      it(`${type.text} beside ${mentioned.join(" ") || "nothing"}`, () => {
        const patterns = mentioned.map(p);
        assert.deepEqual(arbitraryResources(type, patterns), resources);
        assert.deepEqual(arbitraryResources(type, patterns), resources, "asked again");
      });
    it("scatters the characters where all of them are mentioned", () => {
      const all = p("arn:aws:s3:::abcdefghijklmnopqrstuvwxyz0123456789.-");
      const [shortest, short, long] = arbitraryResources(BUCKET, [all]);
      assert.equal(shortest, "q");
      assert.equal(short, "qq1alw7");
      assert.match(long ?? "", /^qq1alw7[a-z0-9.-]{33}$/);
    });
  });

  describe("arbitraryIn: places, denials and budgets", () => {
    const all = p("*");
    const places: readonly (readonly [type: ArnTemplate, partition: string, arn: string])[] = [
      [BUCKET, "aws", "arn:aws:s3:::a"],
      [BUCKET, "aws-cn", "arn:aws-cn:s3:::a"],
      [ROLE, "aws", "arn:aws:iam::314159265358:role/a"],
      [ENDPOINT, "aws", "arn:aws:sagemaker:us-east-1:314159265358:endpoint/a"],
      [ENDPOINT, "aws-cn", "arn:aws-cn:sagemaker:cn-north-1:314159265358:endpoint/a"],
      [ENDPOINT, "aws-us-gov", "arn:aws-us-gov:sagemaker:us-gov-east-1:314159265358:endpoint/a"],
      [ENDPOINT, "aws-iso", "arn:aws-iso:sagemaker:xx-region-1:314159265358:endpoint/a"],
    ];
    for (const [type, partition, arn] of places)
      it(`begins with ${arn}`, () => {
        assert.equal(arbitraryIn([all], type, partition, []), arn);
        assert.equal(arbitraryIn([all], type, partition, []), arn, "asked again");
        assert.equal(arbitraryOutside([], type, partition, []), arn);
      });

    const IN_ACCOUNT = "arn:aws:iam::123456789012:role/*";
    const denials: readonly (readonly [
      what: string,
      patterns: readonly string[],
      type: ArnTemplate,
      mentioned: readonly string[],
      left: RegExp,
      arn: string | undefined,
    ])[] = [
      ["takes the next name", ["*"], BUCKET, [], /:::.{7,}$/, `arn:aws:s3:::${"a".repeat(7)}`],
      [
        "takes the next region",
        ["*"],
        ENDPOINT,
        [],
        /:us-west-2:/,
        "arn:aws:sagemaker:us-west-2:314159265358:endpoint/a",
      ],
      ["takes the next account", ["*"], ROLE, [], /::271828182845:/, "arn:aws:iam::271828182845:role/a"],
      ["finds nothing where all is denied", ["*"], BUCKET, [], /^$/, undefined],
      // A Deny of everything but what the document means leaves just that.
      [
        "looks where the document is",
        ["*"],
        ROLE,
        [IN_ACCOUNT],
        /::123456789012:/,
        "arn:aws:iam::123456789012:role/b",
      ],
      [
        "looks nowhere else",
        ["arn:aws:iam::210987654321:role/*"],
        ROLE,
        [IN_ACCOUNT],
        /::123456789012:/,
        undefined,
      ],
      [
        "prefers what nobody means",
        ["arn:aws:s3:::*"],
        BUCKET,
        ["arn:aws:s3:::a", "arn:aws:s3:::?"],
        /./,
        `arn:aws:s3:::${"b".repeat(7)}`,
      ],
      [
        "takes what is meant before nothing",
        ["arn:aws:s3:::*"],
        BUCKET,
        ["arn:aws:s3:::?*"],
        /./,
        "arn:aws:s3:::b",
      ],
    ];
    for (const [what, patterns, type, mentioned, rest, arn] of denials)
      it(what, () => {
        assert.equal(
          arbitraryIn(patterns.map(p), type, "aws", mentioned.map(p), (text) => !rest.test(text), budget()),
          arn,
        );
      });

    it("takes what is too hard to decide as open", () => {
      const left = budget(20);
      assert.equal(
        arbitraryIn([all], BUCKET, "aws", [all], () => true, left),
        `arn:aws:s3:::${"a".repeat(7)}`,
      );
      assert.equal(left.left, 0);
      const outside = budget(20);
      assert.equal(
        arbitraryOutside([all], BUCKET, "aws", [all], () => false, outside),
        `arn:aws:s3:::${"a".repeat(7)}`,
      );
      assert.equal(outside.left, 0);
    });
    it("says what it spent", () => {
      const left = budget(1_000);
      arbitraryIn([all], BUCKET, "aws", [all, p("arn:aws:s3:::q")], () => false, left);
      assert.equal(left.left, 1_000 - 5 * 3);
      const more = budget(1_000);
      assert.equal(
        arbitraryIn([all], BUCKET, "aws", [all], () => true, more),
        undefined,
      );
      assert.equal(more.left, 1_000 - 10 * 3 - 10 * 3);
    });
    it("takes nothing that another Deny took away", () => {
      assert.equal(
        arbitraryOutside([], ROLE, "aws", [], (arn) => !arn.includes("::693147180559:")),
        "arn:aws:iam::693147180559:role/a",
      );
    });
  });

  describe("arbitraryIn: in the region of one and the account of the other", () => {
    const characters = [...ALL, ...ALL.filter((c) => c > "9").map((c) => c.toUpperCase())];
    const halves = (region: string, account: string): readonly string[] =>
      characters.map((character, index) =>
        index % 2 === 0
          ? `arn:aws:sagemaker:${region}:*:endpoint/${character}*`
          : `arn:aws:sagemaker:*:${account}:endpoint/${character}*`,
      );
    it("finds where they meet", () => {
      assert.match(
        within(halves("eu-west-1", "123456789012"), ENDPOINT) ?? "",
        /^arn:aws:sagemaker:eu-west-1:123456789012:endpoint\/[a-zA-Z0-9]/,
      );
    });
    it("finds nothing where one is missing", () => {
      assert.equal(within(halves("eu-west-1", "123456789012").slice(1), ENDPOINT), undefined);
    });
    it("finds nothing in a place that is none", () => {
      assert.equal(within(halves("EU", "123456789012"), ENDPOINT), undefined);
    });
  });
});
