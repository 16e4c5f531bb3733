import assert from "node:assert/strict";
import {
  ANY_NAME,
  arbitraryIn,
  arbitraryOutside,
  type ArnTemplate,
  budget,
  covers,
  matches,
  opensType,
  parseArnTemplate,
  parsePattern,
  type Pattern,
  partitionsOf,
} from "../../policypack/iam";

const LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const form = (first: string, rest: string): Pattern => [
  { kind: "one", of: { only: first } },
  { kind: "many", of: { only: rest } },
];
const BUCKET_NAME = form(LOWER, `${LOWER}.-`);
const ROLE_NAME = form(`${LOWER}${UPPER}+=,.@_-`, `${LOWER}${UPPER}+=,.@_-/`);
const ENDPOINT_NAME = form(LOWER + UPPER, `${LOWER}${UPPER}-`);

const FORMS: Readonly<Record<string, Pattern>> = {
  BucketName: BUCKET_NAME,
  RoleNameWithPath: ROLE_NAME,
  EndpointName: ENDPOINT_NAME,
};
const template = (text: string): ArnTemplate => parseArnTemplate(text, (name) => FORMS[name] ?? ANY_NAME);

const BUCKET = template("arn:${Partition}:s3:::${BucketName}");
const OBJECT = template("arn:${Partition}:s3:::${BucketName}/${ObjectName}");
const ROLE = template("arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}");
const ENDPOINT = template("arn:${Partition}:sagemaker:${Region}:${Account}:endpoint/${EndpointName}");
const FREE = template("arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}");

/** What the ARNs of a type look like, written without a look at the code; a name of unknown form may be anything. */
const LOOKS = new Map<ArnTemplate, RegExp>([
  [BUCKET, /^arn:aws:s3:::[a-z0-9][a-z0-9.-]*$/],
  [OBJECT, /^arn:aws:s3:::[a-z0-9][a-z0-9.-]*\/[^]+$/],
  [ROLE, /^arn:aws:iam::\d{12}:role\/[\w+=,.@-][\w+=,.@/-]*$/],
  [ENDPOINT, /^arn:aws:sagemaker:[a-z0-9-]+:\d{12}:endpoint\/[a-zA-Z0-9][a-zA-Z0-9-]*$/],
  [FREE, /^arn:aws:logs:[a-z0-9-]+:\d{12}:log-group:[^]+$/],
]);
const looksOf = (type: ArnTemplate, partition: string): RegExp =>
  new RegExp((LOOKS.get(type)?.source ?? "(?!)").replace("arn:aws:", `arn:${partition}:`));

const p = (text: string): Pattern => parsePattern(text, true);
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

describe("iam/arn", () => {
  describe("parseArnTemplate", () => {
    const covering = (type: ArnTemplate): Pattern => [...type.scope, ...type.resource];
    it("keeps the text as AWS publishes it", () => {
      assert.equal(BUCKET.text, "arn:${Partition}:s3:::${BucketName}");
    });
    it("splits the scope from the resource at the fifth colon, and no later one", () => {
      assert.equal(
        FREE.scope
          .slice(0, 6)
          .map((token) => (token.kind === "literal" ? token.value : ""))
          .join(""),
        ":logs:",
      );
      assert.equal(
        FREE.resource
          .slice(0, 10)
          .map((token) => (token.kind === "literal" ? token.value : ""))
          .join(""),
        "log-group:",
      );
    });
    const members: readonly (readonly [type: ArnTemplate, rest: string, answer: boolean])[] = [
      [BUCKET, ":s3:::b", true],
      [BUCKET, ":s3:::my-bucket.example", true],
      [BUCKET, ":s3:::", false],
      [BUCKET, ":s3:::-b", false],
      [BUCKET, ":s3:::B", false],
      [BUCKET, ":s3:::b/key", false],
      [BUCKET, ":s3:us-east-1::b", false],
      [OBJECT, ":s3:::b/key/with:anything é", true],
      [OBJECT, ":s3:::b/", false],
      [OBJECT, ":s3:::/key", false],
      [ROLE, ":iam::123456789012:role/path/to/role", true],
      [ROLE, ":iam::12345678901:role/r", false],
      [ROLE, ":iam::1234567890123:role/r", false],
      [ROLE, ":iam::aws:role/r", false],
      [ROLE, ":iam::123456789012:user/r", false],
      [ENDPOINT, ":sagemaker:us-east-1:123456789012:endpoint/e-1", true],
      [ENDPOINT, ":sagemaker::123456789012:endpoint/e", false],
      [ENDPOINT, ":sagemaker:us-east-1:123456789012:endpoint/e_1", false],
      [FREE, ":logs:eu-west-1:123456789012:log-group:/aws/x:*", true],
    ];
    for (const [type, rest, answer] of members)
      it(`${type.text} ${answer ? "takes in" : "leaves out"} ${rest}`, () => {
        assert.equal(covers([covering(type)], p(rest)), answer);
      });
    it("takes text without placeholders as it is", () => {
      assert.equal(covers([covering(template("arn:${Partition}:s3:::x"))], p(":s3:::x")), true);
      assert.equal(covers([covering(template("arn:${Partition}:s3:::x"))], p(":s3:::xy")), false);
    });
  });

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
        `arn:aws:s3:::${LOWER}.-*`,
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

  describe("partitionsOf", () => {
    const table: readonly (readonly [resources: readonly string[], partitions: readonly string[]])[] = [
      [[], ["aws"]],
      [["*"], ["aws"]],
      [["arn:*:s3:::*"], ["aws"]],
      [["arn:aws:s3:::b"], ["aws"]],
      [["arn:aws:s3:::b", "arn:aws:s3:::c"], ["aws"]],
      [["arn:aws-cn:s3:::b"], ["aws-cn"]],
      [
        ["arn:aws-us-gov:s3:::b", "arn:aws:s3:::b", "*"],
        ["aws-us-gov", "aws"],
      ],
      [["arn:aws-iso-b:s3:::b"], ["aws-iso-b"]],
      [["arn:aws-eusc:s3:::b"], ["aws-eusc"]],
      [["xarn:aws-cn:s3:::b"], ["aws"]],
      [["arn:aws-cn"], ["aws"]],
    ];
    for (const [resources, partitions] of table)
      it(`${resources.join(" ") || "nothing"} → ${partitions.join(", ")}`, () => {
        assert.deepEqual(partitionsOf(resources), partitions);
      });

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
});
