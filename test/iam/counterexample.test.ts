import assert from "node:assert/strict";
import {
  budget,
  type KnownAction,
  matches,
  parseDocument,
  parsePattern,
  type Statement,
} from "../../policypack/iam";
import {
  type Known,
  mayBeKnown,
  type Realised,
  requestsOf,
} from "../../policypack/iam/containment/counterexample";
import type { Region } from "../../policypack/iam/pattern/region";

const region = (all: readonly string[], none: readonly string[] = []): Region => ({
  all: all.map((text) => parsePattern(text, true)),
  none: none.map((text) => parsePattern(text, true)),
});
const OBJECT = [parsePattern("arn:aws:s3:::?*/?*")];
const BUCKET = [parsePattern("arn:aws:s3:::?*")];
const NONE: KnownAction["resources"] = [];

/** Of S3's actions two are about objects, one about buckets; requests to get an object carry no prefix. */
const ACTIONS: readonly KnownAction[] = [
  { name: "s3:GetObject", resources: OBJECT, mayCarry: (key) => key !== "s3:prefix" },
  {
    name: "s3:PutObject",
    resources: OBJECT,
    mayCarry: (key) => key === "s3:prefix" || key.startsWith("aws:"),
  },
  { name: "s3:ListBucket", resources: BUCKET },
  { name: "iam:ListRoles", resources: NONE },
];
const KEYS: Known = {
  isBoolean: () => false,
  isMultivalued: () => false,
  isAlwaysThere: (key) => key === "aws:principaltype",
  actionsOf: (pattern) => ACTIONS.filter(({ name }) => matches(pattern, name.toLowerCase())),
  source: "data of the test",
};

const statementOf = (more: object = {}): Statement => {
  const Statement = { Effect: "Allow", Action: "*", Resource: "*", ...more };
  const { document } = parseDocument(JSON.stringify({ Version: "2012-10-17", Statement }), "any");
  const [statement] = document.statements;
  assert.ok(statement);
  return statement;
};

interface Ask {
  readonly actions?: Region;
  readonly resources?: Region;
  readonly principals?: Region;
  /** `undefined` for a key that is absent */
  readonly keys?: Readonly<Record<string, readonly string[] | undefined>>;
  readonly statement?: Statement;
  readonly steps?: number;
}

/** `s3:GetObject on arn:… {key: values}`; or the word for why there is none, and of what. */
const words = (realised: Realised): string => {
  switch (realised.kind) {
    case "request": {
      const { action, resource, principal, context } = realised.request;
      const keys = [...context].map(([key, values]) => `${key}=${values.join()}`);
      const by = principal === undefined ? [] : [`by ${principal.type}:${principal.id}`];
      return [action, "on", resource, ...by, ...keys].join(" ");
    }
    case "beyond":
      return `beyond ${realised.action?.name ?? "all"}`;
    case "unknown-action":
      return `unknown ${realised.action}`;
    case "undecided":
      return "undecided";
    case "never-sent":
    case "never-carried":
    case "contradiction":
      return `${realised.kind} ${realised.key}`;
  }
};
const found = ({ actions, resources, principals, keys, statement, steps }: Ask): readonly string[] => {
  const assignment = new Map(
    Object.entries(keys ?? {}).map(([key, values]) => [
      key,
      values?.map((value) => parsePattern(value, true)),
    ]),
  );
  const cell = {
    actions: actions ?? region(["s3:getobject"]),
    resources: resources ?? region(["*"]),
    principals: principals ?? region(["*"]),
  };
  const excess = { statement: statement ?? statementOf(), cell, assignment };
  return [...requestsOf(excess, KEYS, budget(steps))].map(words);
};

const B = "arn:aws:s3:::b/*";
const TABLE: readonly (readonly [name: string, ask: Ask, found: readonly string[]])[] = [
  [
    "an action and a resource",
    { resources: region([B]) },
    ["s3:GetObject on arn:aws:s3:::b/x", "beyond s3:GetObject"],
  ],
  [
    "less what is taken out",
    { resources: region([B], ["arn:aws:s3:::b/x*"]) },
    ["s3:GetObject on arn:aws:s3:::b/y", "beyond s3:GetObject"],
  ],
  ["a resource that the action has not", { resources: region(["arn:aws:iam::*"]) }, ["beyond s3:GetObject"]],
  [
    "an action about no resource",
    { actions: region(["iam:*"]) },
    ["iam:ListRoles on *", "beyond iam:ListRoles"],
  ],
  [
    "of those about the same resources the first",
    { actions: region(["s3:*"]), resources: region([B]) },
    ["s3:GetObject on arn:aws:s3:::b/x", "s3:ListBucket on arn:aws:s3:::b/", "beyond s3:ListBucket"],
  ],
  [
    "less the actions that are taken out",
    { actions: region(["s3:*"], ["s3:get*", "s3:list*"]), resources: region([B]) },
    ["s3:PutObject on arn:aws:s3:::b/x", "beyond s3:PutObject"],
  ],
  ["an action that nobody knows", { actions: region(["s3:getobjekt"]) }, ["unknown s3:getobjekt"]],
  [
    "the same as what is left of all but some",
    {
      actions: region(["s3:getobjekt"]),
      statement: statementOf({ Action: undefined, NotAction: "s3:Put*" }),
    },
    ["beyond all"],
  ],
  ["a pattern of such", { actions: region(["s3:objekt*"]) }, ["beyond all"]],
  [
    "with the values that it takes",
    { keys: { "aws:principaltag/a": ["x", "y"] }, resources: region([B]) },
    ["s3:GetObject on arn:aws:s3:::b/x aws:principaltag/a=x,y", "beyond s3:GetObject"],
  ],
  [
    "without the key that must not be there",
    { keys: { "aws:principaltag/a": undefined }, resources: region([B]) },
    ["s3:GetObject on arn:aws:s3:::b/x", "beyond s3:GetObject"],
  ],
  [
    "without a key that every request has",
    { keys: { "aws:principaltype": undefined } },
    ["never-sent aws:principaltype"],
  ],
  [
    "with it",
    { keys: { "aws:principaltype": ["User"] }, resources: region([B]) },
    ["s3:GetObject on arn:aws:s3:::b/x aws:principaltype=User", "beyond s3:GetObject"],
  ],
  [
    "a key that no request for it carries",
    { keys: { "s3:prefix": ["a"] } },
    ["never-carried s3:prefix", "beyond s3:GetObject"],
  ],
  [
    "nor of a resource that it has not",
    { keys: { "s3:prefix": ["a"] }, resources: region(["arn:aws:iam::*"]) },
    ["beyond s3:GetObject"],
  ],
  [
    "the same key where it must not be there",
    { keys: { "s3:prefix": undefined }, resources: region([B]) },
    ["s3:GetObject on arn:aws:s3:::b/x", "beyond s3:GetObject"],
  ],
  // Those that are told apart by the keys they carry, and where nobody can tell, too.
  [
    "each action that carries other keys",
    { actions: region(["s3:*"]), keys: { "s3:prefix": ["a"] }, resources: region([B]) },
    [
      "never-carried s3:prefix",
      "s3:PutObject on arn:aws:s3:::b/x s3:prefix=a",
      "s3:ListBucket on arn:aws:s3:::b/ s3:prefix=a",
      "beyond s3:ListBucket",
    ],
  ],
  [
    "of those that carry the same one",
    {
      actions: region(["s3:*"]),
      keys: { "s3:x": undefined, "aws:principaltag/a": ["x"] },
      resources: region([B]),
    },
    [
      "s3:GetObject on arn:aws:s3:::b/x aws:principaltag/a=x",
      "s3:ListBucket on arn:aws:s3:::b/ aws:principaltag/a=x",
      "beyond s3:ListBucket",
    ],
  ],
  [
    "no more of what is taken out",
    { actions: region(["s3:*"], ["s3:put*"]), keys: { "s3:prefix": ["a"] }, resources: region([B]) },
    ["never-carried s3:prefix", "s3:ListBucket on arn:aws:s3:::b/ s3:prefix=a", "beyond s3:ListBucket"],
  ],
  // Policy variables take the values of the request.
  [
    "a variable in the resource",
    { resources: region(["arn:aws:s3:::b/${aws:username}"]) },
    ["s3:GetObject on arn:aws:s3:::b/aws-username aws:username=aws-username", "undecided"],
  ],
  [
    "a variable of which the value is given",
    { keys: { "aws:username": ["me"] }, resources: region(["arn:aws:s3:::b/${aws:username}"]) },
    ["s3:GetObject on arn:aws:s3:::b/me aws:username=me", "undecided"],
  ],
  [
    "a variable that must not be there",
    { keys: { "aws:username": undefined }, resources: region(["arn:aws:s3:::b/${aws:username}"]) },
    ["undecided"],
  ],
  [
    "its default then",
    { keys: { "aws:username": undefined }, resources: region(["arn:aws:s3:::b/${aws:username, 'me'}"]) },
    ["s3:GetObject on arn:aws:s3:::b/me", "undecided"],
  ],
  [
    "a variable in what is taken out",
    { keys: { "aws:username": ["x"] }, resources: region([B], ["arn:aws:s3:::b/${aws:username}"]) },
    ["s3:GetObject on arn:aws:s3:::b/y aws:username=x", "undecided"],
  ],
  [
    "one that has no value takes out nothing",
    { keys: { "aws:username": undefined }, resources: region([B], ["arn:aws:s3:::b/${aws:username}"]) },
    ["s3:GetObject on arn:aws:s3:::b/x", "undecided"],
  ],
  [
    "a variable in a value",
    { keys: { "aws:principaltag/a": ["t-${aws:username}"] }, resources: region([B]) },
    [
      "s3:GetObject on arn:aws:s3:::b/x aws:username=aws-username aws:principaltag/a=t-aws-username",
      "beyond s3:GetObject",
    ],
  ],
  // What the ARN says and a key says otherwise.
  [
    "a key that says another account than the ARN",
    {
      actions: region(["s3:getobject"]),
      keys: { "aws:resourceaccount": ["123456789012"] },
      resources: region([B]),
    },
    ["s3:GetObject on arn:aws:s3:::b/x aws:resourceaccount=123456789012", "beyond s3:GetObject"],
  ],
  [
    "a caller",
    {
      statement: statementOf({ Principal: "*" }),
      principals: region(["AWS:arn:aws:iam::123456789012:user/me"]),
      resources: region([B]),
    },
    ["s3:GetObject on arn:aws:s3:::b/x by AWS:arn:aws:iam::123456789012:user/me", "beyond s3:GetObject"],
  ],
  [
    "no caller",
    { statement: statementOf({ Principal: "*" }), principals: region(["AWS:x"], ["*"]) },
    ["undecided"],
  ],
  [
    "nobody, where no callers are named",
    { principals: region(["AWS:x"], ["*"]), resources: region([B]) },
    ["s3:GetObject on arn:aws:s3:::b/x", "beyond s3:GetObject"],
  ],
  ["too much work", { resources: region([B]), steps: 0 }, ["undecided"]],
];

describe("iam/counterexample", () => {
  for (const [name, ask, requests] of TABLE)
    it(name, () => {
      assert.deepEqual(found(ask), requests);
    });

  const known: readonly (readonly [actions: Region, resources: Region, answer: boolean])[] = [
    [region(["s3:getobject"]), region([B]), true],
    [region(["s3:getobject"]), region(["arn:aws:iam::*"]), false],
    [region(["s3:*"]), region(["arn:aws:s3:::b"]), true],
    [region(["s3:*"], ["s3:list*"]), region(["arn:aws:s3:::b"]), false],
    [region(["s3:getobject"]), region(["arn:aws:s3:::b/${aws:username}"]), true],
    [region(["s3:*"]), region([B, "arn:aws:iam::*"]), false],
    [region(["iam:*"]), region(["*"]), true],
    [region(["iam:*"]), region(["arn:*"]), false],
    [region(["iam:*"]), region(["*"], ["?"]), false],
    // What is spelled out may be asked about anything, unless AWS says what it is about.
    [region(["iam:listroles"]), region(["arn:*"]), true],
    [region(["s3:getobjekt"]), region(["arn:*"]), true],
    [region(["s3:objekt*"]), region(["arn:*"]), false],
  ];
  for (const [actions, resources, answer] of known)
    it(`${JSON.stringify([actions.all, resources.all].map((all) => all.length))} may be known: ${answer}`, () => {
      assert.equal(mayBeKnown(actions, resources, KEYS), answer);
      // And the same once more, when it is remembered which actions there are.
      assert.equal(mayBeKnown(actions, resources, KEYS), answer);
    });
});
