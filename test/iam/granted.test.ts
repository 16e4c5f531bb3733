import assert from "node:assert/strict";
import {
  type Budget,
  budget,
  type Grantors,
  type JsonObject,
  jointGrants,
  type KnownAction,
  literal,
  matches,
  parseDocument,
  parsePattern,
  type Question,
  type Statement,
} from "../../policypack/iam";
import type { Known } from "../../policypack/iam/containment/counterexample";
import { allow, deny } from "../rules/cases";

const read = (...statements: readonly object[]): readonly Statement[] => {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const { document, problems } = parseDocument(text, "any");
  assert.deepEqual(problems, []);
  return document.statements;
};

/** Requests for `s3:GetObject` carry a tag of the object, those for `iam:*` do not; the caller of S3 writes `aws:UserAgent`. */
const ACTIONS: readonly KnownAction[] = [
  {
    name: "s3:GetObject",
    resources: [parsePattern("arn:aws:s3:::*/*")],
    isChosen: (key) => key === "aws:useragent",
  },
  {
    name: "iam:GetRole",
    resources: [parsePattern("arn:aws:iam::*:role/*")],
    mayCarry: (key) => !key.startsWith("s3:"),
    isChosen: () => false,
  },
];
const SMALL: Known = {
  isBoolean: (key) => key === "aws:securetransport",
  isMultivalued: () => false,
  isAlwaysThere: () => false,
  actionsOf: (pattern) => ACTIONS.filter(({ name }) => matches(pattern, name.toLowerCase())),
  source: "data of the test",
};

const NO_CONDITION = read(allow("*", "*"))[0]?.condition ?? { tests: [], partial: false };
const conditionOf = (Condition: JsonObject): Statement["condition"] =>
  read(allow("*", "*", { Condition }))[0]?.condition ?? NO_CONDITION;
const OBJECT = parsePattern("arn:aws:s3:::?*/?*");
const ROLE = parsePattern("arn:aws:iam::123456789012:role/?*");

const asking = (action: string, more: Partial<Question> = {}, condition = NO_CONDITION): Question => ({
  asks: [{ action, condition }],
  forms: [action.startsWith("s3:") ? OBJECT : ROLE],
  except: "nothing",
  ...more,
});
const GET = asking("s3:getobject");

/** Each grant: the texts of the entries that grant, `-` where it is `NotResource`; what the resource is named by; the resource. */
const grantsOf = (question: Question, grantors: Grantors, left: Budget = budget()): readonly string[] =>
  [...jointGrants(question, grantors, SMALL, left)].map(({ by, variable, resource }) =>
    [
      by.map(({ entry }) => entry?.text ?? "-").join("+"),
      ...(variable === undefined ? [] : [variable]),
      resource ?? "undecided",
    ].join(" | "),
  );

const TLS = { Condition: { Bool: { "aws:SecureTransport": "true" } } };
const NO_TLS = { Condition: { Bool: { "aws:SecureTransport": "false" } } };
const B = "arn:aws:s3:::b/*";
const AB = "arn:aws:s3:::a/b";

const TABLE: readonly (readonly [
  name: string,
  question: Question,
  statements: readonly object[],
  grants: readonly string[],
])[] = [
  ["no statement", GET, [], []],
  ["an exact resource", GET, [allow("s3:GetObject", AB)], [`${AB} | ${AB}`]],
  ["a pattern: a shortest ARN", GET, [allow("s3:Get*", B)], [`${B} | arn:aws:s3:::b/x`]],
  [
    "each entry and each statement is a way",
    GET,
    [allow("s3:*", [B, AB]), allow("*", AB)],
    [`${B} | arn:aws:s3:::b/x`, `${AB} | ${AB}`, `${AB} | ${AB}`],
  ],
  ["another action", GET, [allow("s3:PutObject", "*")], []],
  ["a resource of another type", GET, [allow("s3:GetObject", "arn:aws:s3:::a")], []],
  ["a denial alone", GET, [deny("s3:GetObject", "*")], []],
  ["denied", GET, [allow("s3:GetObject", B), deny("s3:*", "*")], []],
  [
    "a part denied",
    GET,
    [allow("s3:GetObject", B), deny("s3:*", "arn:aws:s3:::b/x*")],
    [`${B} | arn:aws:s3:::b/y`],
  ],
  ["another action denied", GET, [allow("s3:GetObject", AB), deny("s3:PutObject", "*")], [`${AB} | ${AB}`]],
  [
    "everything but one denied",
    GET,
    [allow("s3:GetObject", "*"), deny("s3:GetObject", undefined, { NotResource: B })],
    ["* | arn:aws:s3:::b/x"],
  ],
  [
    "everything but two denied, twice",
    GET,
    [
      allow("s3:GetObject", "*"),
      deny("s3:GetObject", undefined, { NotResource: [B, AB] }),
      deny("s3:GetObject", undefined, { NotResource: [AB, "arn:aws:iam::*"] }),
    ],
    [`* | ${AB}`],
  ],
  [
    "all but some allowed",
    GET,
    [{ Effect: "Allow", Action: "s3:GetObject", NotResource: ["arn:aws:s3:::x/*", "arn:aws:s3:::*/x"] }],
    ["- | arn:aws:s3:::y/y"],
  ],
  ["all but everything allowed", GET, [{ Effect: "Allow", Action: "s3:GetObject", NotResource: "*" }], []],
  [
    "a denial that the request escapes",
    GET,
    [allow("s3:GetObject", AB), deny("*", "*", TLS)],
    [`${AB} | ${AB}`],
  ],
  [
    "a denial under the condition of the grant",
    GET,
    [allow("s3:GetObject", AB, TLS), deny("*", "*", TLS)],
    [],
  ],
  [
    "denials of which no request escapes both",
    GET,
    [
      allow("s3:GetObject", AB, { Condition: { Null: { "aws:SecureTransport": "false" } } }),
      deny("*", "*", TLS),
      deny("*", "*", NO_TLS),
    ],
    [],
  ],
  [
    "denials that are escaped by leaving the key out",
    GET,
    [allow("s3:GetObject", AB), deny("*", "*", TLS), deny("*", "*", NO_TLS)],
    [`${AB} | ${AB}`],
  ],
  [
    "what need not be escaped, since it denies another resource",
    GET,
    [
      allow("s3:GetObject", AB, { Condition: { Null: { "aws:SecureTransport": "false" } } }),
      deny("*", "arn:aws:s3:::z/*", TLS),
      deny("*", "*", NO_TLS),
    ],
    [`${AB} | ${AB}`],
  ],
  [
    "a condition that contradicts what is asked",
    asking("s3:getobject", {}, conditionOf(NO_TLS.Condition)),
    [allow("s3:GetObject", AB, TLS)],
    [],
  ],
  [
    "a condition that agrees with it",
    asking("s3:getobject", {}, conditionOf(TLS.Condition)),
    [allow("s3:GetObject", AB, TLS)],
    [`${AB} | ${AB}`],
  ],
  [
    "a condition on a key that no request for it carries",
    asking("iam:getrole"),
    [allow("iam:GetRole", "*", { Condition: { StringEquals: { "s3:prefix": "a" } } })],
    [],
  ],
  [
    "the same where the key may be missing",
    asking("iam:getrole"),
    [allow("iam:GetRole", "*", { Condition: { StringEqualsIfExists: { "s3:prefix": "a" } } })],
    ["* | arn:aws:iam::123456789012:role/x"],
  ],
  [
    "the same key where requests carry it",
    GET,
    [allow("s3:GetObject", AB, { Condition: { StringEquals: { "s3:prefix": "a" } } })],
    [`${AB} | ${AB}`],
  ],
  [
    "a denial on a key that no request for it carries",
    asking("iam:getrole"),
    [allow("iam:GetRole", "*"), deny("*", "*", { Condition: { StringEquals: { "s3:prefix": "a" } } })],
    ["* | arn:aws:iam::123456789012:role/x"],
  ],
  [
    "within what else the resource must look like",
    asking("s3:getobject", { within: parsePattern(B) }),
    [allow("s3:GetObject", ["arn:aws:s3:::*/q", AB])],
    ["arn:aws:s3:::*/q | arn:aws:s3:::b/q"],
  ],
  [
    "of several forms each",
    asking("s3:getobject", { forms: [parsePattern(AB), parsePattern("arn:aws:s3:::c/?")] }),
    [allow("s3:GetObject", "*")],
    [`* | ${AB}`, "* | arn:aws:s3:::c/x"],
  ],
  [
    "named after the caller",
    asking("iam:getrole"),
    [allow("iam:GetRole", "arn:aws:iam::*:role/${aws:username}")],
    ["arn:aws:iam::*:role/${aws:username} | the caller's | arn:aws:iam::123456789012:role/x"],
  ],
  [
    "named by another variable",
    asking("iam:getrole"),
    [allow("iam:GetRole", "arn:aws:iam::*:role/${aws:PrincipalTag/team}-*")],
    ["arn:aws:iam::*:role/${aws:PrincipalTag/team}-* | another | arn:aws:iam::123456789012:role/-"],
  ],
  [
    "named by a variable of the account only",
    asking("iam:getrole"),
    [allow("iam:GetRole", "arn:aws:iam::${aws:PrincipalAccount}:role/app")],
    ["arn:aws:iam::${aws:PrincipalAccount}:role/app | arn:aws:iam::123456789012:role/app"],
  ],
  [
    "but for what is named after the caller",
    asking("iam:getrole", { except: "the caller's" }),
    [
      allow("iam:GetRole", [
        "arn:aws:iam::*:role/${aws:userid}",
        "arn:aws:iam::*:role/${aws:PrincipalTag/a}",
        "arn:aws:iam::*:role/b",
      ]),
    ],
    [
      "arn:aws:iam::*:role/${aws:PrincipalTag/a} | another | arn:aws:iam::123456789012:role/x",
      "arn:aws:iam::*:role/b | arn:aws:iam::123456789012:role/b",
    ],
  ],
  [
    "but for what is named by any variable",
    asking("iam:getrole", { except: "variables" }),
    [
      allow("iam:GetRole", [
        "arn:aws:iam::*:role/${aws:userid}",
        "arn:aws:iam::*:role/${aws:PrincipalTag/a}",
        "arn:aws:iam::*:role/b",
      ]),
    ],
    ["arn:aws:iam::*:role/b | arn:aws:iam::123456789012:role/b"],
  ],
  [
    "a variable that the caller writes names nothing",
    asking("s3:getobject", { except: "variables" }),
    [allow("s3:GetObject", "arn:aws:s3:::a/${aws:UserAgent}")],
    ["arn:aws:s3:::a/${aws:UserAgent} | arn:aws:s3:::a/x"],
  ],
  [
    "but where a value of it is asked for",
    asking("s3:getobject", { except: "variables" }),
    [
      allow("s3:GetObject", "arn:aws:s3:::a/${aws:UserAgent}", {
        Condition: { StringEquals: { "aws:UserAgent": "z" } },
      }),
    ],
    [],
  ],
  [
    "a variable of the caller among others",
    asking("iam:getrole"),
    [allow("iam:GetRole", "arn:aws:iam::*:role/${aws:PrincipalTag/a}/${aws:username}")],
    [
      "arn:aws:iam::*:role/${aws:PrincipalTag/a}/${aws:username} | the caller's | arn:aws:iam::123456789012:role//",
    ],
  ],
  [
    "a variable that the callers of another action write",
    asking("s3:putobject", { except: "variables" }),
    [allow("s3:PutObject", "arn:aws:s3:::a/${aws:UserAgent}")],
    [],
  ],
  [
    "a value of another key is asked for",
    asking("s3:getobject", { except: "variables" }),
    [
      allow("s3:GetObject", "arn:aws:s3:::a/${aws:UserAgent}", {
        Condition: { StringEquals: { "aws:PrincipalTag/a": "z" } },
      }),
    ],
    ["arn:aws:s3:::a/${aws:UserAgent} | arn:aws:s3:::a/x"],
  ],
  [
    "any value of it is asked for",
    asking("s3:getobject", { except: "variables" }),
    [
      allow("s3:GetObject", "arn:aws:s3:::a/${aws:UserAgent}", {
        Condition: { StringLike: { "aws:UserAgent": "*" } },
      }),
    ],
    ["arn:aws:s3:::a/${aws:UserAgent} | arn:aws:s3:::a/x"],
  ],
  [
    "everything else is denied, but elsewhere",
    asking("s3:getobject", { except: "variables" }),
    [
      allow("s3:GetObject", "arn:aws:s3:::a/${aws:UserAgent}"),
      deny("*", "arn:aws:s3:::z/*", { Condition: { StringNotEquals: { "aws:UserAgent": "z" } } }),
    ],
    ["arn:aws:s3:::a/${aws:UserAgent} | arn:aws:s3:::a/x"],
  ],
  [
    "conditions on two keys, of which requests carry one",
    asking("iam:getrole"),
    [
      allow("iam:GetRole", "*", {
        Condition: { StringEquals: { "aws:PrincipalTag/a": "b", "s3:prefix": "a" } },
      }),
    ],
    [],
  ],
  [
    "or everything else is denied",
    asking("s3:getobject", { except: "variables" }),
    [
      allow("s3:GetObject", "arn:aws:s3:::a/${aws:UserAgent}"),
      deny("*", "*", { Condition: { StringNotEquals: { "aws:UserAgent": "z" } } }),
    ],
    [],
  ],
  [
    "a variable of an exception that is the only place left",
    asking("iam:getrole", { except: "variables" }),
    [
      allow("iam:GetRole", "*"),
      deny("iam:GetRole", undefined, { NotResource: "arn:aws:iam::*:role/${aws:username}" }),
    ],
    [],
  ],
  [
    "two actions on the same resource",
    asking("s3:getobject", {
      asks: [
        { action: "s3:getobject", condition: NO_CONDITION },
        { action: "s3:putobject", condition: NO_CONDITION },
      ],
    }),
    [allow("s3:GetObject", [B, AB]), allow("s3:PutObject", "arn:aws:s3:::*/b")],
    [`${B}+arn:aws:s3:::*/b | arn:aws:s3:::b/b`, `${AB}+arn:aws:s3:::*/b | ${AB}`],
  ],
  [
    "two actions, each in a request of its own",
    asking("s3:getobject", {
      asks: [
        { action: "s3:getobject", condition: NO_CONDITION },
        { action: "s3:putobject", condition: NO_CONDITION },
      ],
    }),
    [allow("s3:GetObject", AB, TLS), allow("s3:PutObject", AB, NO_TLS)],
    [`${AB}+${AB} | ${AB}`],
  ],
  [
    "two actions, one of them denied",
    asking("s3:getobject", {
      asks: [
        { action: "s3:getobject", condition: NO_CONDITION },
        { action: "s3:putobject", condition: NO_CONDITION },
      ],
    }),
    [allow("s3:*", AB), deny("s3:PutObject", "*")],
    [],
  ],
];

const BOUNDARIES: readonly (readonly [
  name: string,
  statements: readonly object[],
  boundary: readonly object[],
  grants: readonly string[],
])[] = [
  ["a boundary that allows nothing", [allow("s3:*", AB)], [], []],
  ["a boundary that allows everything", [allow("s3:*", AB)], [allow("*", "*")], [`${AB} | ${AB}`]],
  [
    "a boundary that allows a part",
    [allow("s3:*", "*")],
    [allow("s3:GetObject", B)],
    ["* | arn:aws:s3:::b/x"],
  ],
  ["a boundary that allows another action", [allow("s3:*", "*")], [allow("s3:PutObject", "*")], []],
  ["a boundary that denies", [allow("s3:*", AB)], [allow("*", "*"), deny("s3:GetObject", "*")], []],
  ["conditions of both that no request meets", [allow("s3:*", AB, TLS)], [allow("s3:*", "*", NO_TLS)], []],
  [
    "each way that a boundary leaves, by the statement of the policies",
    [allow("s3:*", AB)],
    [allow("s3:*", "*"), allow("s3:GetObject", AB)],
    [`${AB} | ${AB}`, `${AB} | ${AB}`],
  ],
];

describe("iam/granted", () => {
  for (const [name, question, statements, grants] of TABLE)
    it(name, () => {
      assert.deepEqual(grantsOf(question, { statements: read(...statements), boundary: undefined }), grants);
    });
  for (const [name, statements, boundary, grants] of BOUNDARIES)
    it(name, () => {
      const grantors = { statements: read(...statements), boundary: read(...boundary) };
      assert.deepEqual(grantsOf(GET, grantors), grants);
    });
  it("takes what is not known yet of a grant to grant nothing, and of a denial to deny nothing", () => {
    const [all, some] = read(
      { Effect: "Allow", Action: "s3:GetObject", NotResource: B },
      allow("s3:GetObject", AB),
    );
    assert.ok(all && some);
    const open = { ...all, resources: { ...all.resources, partial: true } };
    assert.deepEqual(grantsOf(GET, { statements: [open], boundary: undefined }), []);
    const [denial, others] = read(deny("*", "*"), deny("*", undefined, { NotResource: B }));
    assert.ok(denial && others);
    const conditional = { ...denial, condition: { ...denial.condition, partial: true } };
    const partial = { ...others, resources: { ...others.resources, partial: true } };
    assert.deepEqual(grantsOf(GET, { statements: [some, conditional, partial], boundary: undefined }), [
      `${AB} | ${AB}`,
    ]);
  });
  it("takes what is too hard to decide to be granted, without a resource", () => {
    const grantors = { statements: read(allow("s3:GetObject", B)), boundary: undefined };
    assert.deepEqual(grantsOf(GET, grantors, budget(0)), [`${B} | undecided`]);
    assert.deepEqual(grantsOf(asking("iam:getrole"), grantors, budget(0)), []);
    // Even what plainly has nothing in common.
    const elsewhere = { statements: read(allow("s3:GetObject", "arn:aws:s3:::a")), boundary: undefined };
    assert.deepEqual(grantsOf(GET, elsewhere, budget(0)), ["arn:aws:s3:::a | undecided"]);
  });
  it("counts each part that it looks at", () => {
    const left = budget(1_000);
    const statements = read(allow("s3:GetObject", ["arn:aws:s3:::a", "arn:aws:s3:::b", "arn:aws:s3:::c"]));
    grantsOf({ ...GET, within: literal(AB) }, { statements, boundary: undefined }, left);
    assert.equal(left.left, 1_000 - 3 * 3);
  });
});
