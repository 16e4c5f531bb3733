import assert from "node:assert/strict";
import {
  type Json,
  type JsonObject,
  matches,
  parseDocument,
  type Problem,
  type ProblemCode,
  type Selection,
  UNKNOWN,
  type Unknown,
} from "../../policypack/iam";

type Value = Json | Unknown;
type Said = readonly (readonly [code: ProblemCode, path: string])[];

const said = (source: string | Value): Said =>
  parseDocument(source).problems.map(({ code, path }) => [code, path]);
const only = (source: string | Value): Problem => {
  const { problems } = parseDocument(source);
  const [first] = problems;
  assert.ok(first !== undefined && problems.length === 1, JSON.stringify(problems));
  return first;
};
const VERSION = "2012-10-17";
const ALLOW: JsonObject = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };
const policy = (statement: Value, version: Value = VERSION): JsonObject => ({
  Version: version,
  Statement: statement,
});
const withAllow = (changes: JsonObject): JsonObject => policy({ ...ALLOW, ...changes });
const without = (...names: readonly string[]): JsonObject =>
  policy(Object.fromEntries(Object.entries(ALLOW).filter(([name]) => !names.includes(name))));
const written = (selection: Selection | undefined): unknown =>
  selection === undefined
    ? undefined
    : [
        selection.negated,
        selection.path,
        selection.partial,
        ...selection.entries.map(({ text, path }) => [text, path]),
      ];

describe("iam/document", () => {
  describe("what reads", () => {
    it("a statement as an object, entries as texts", () => {
      const { document, problems, unknown } = parseDocument(policy(ALLOW));
      assert.deepEqual([problems, unknown, document.version], [[], [], VERSION]);
      const [statement] = document.statements;
      assert.equal(document.statements.length, 1);
      assert.equal(statement?.path, "Statement");
      assert.equal(statement.effect, "Allow");
      assert.equal(statement.sid, undefined);
      assert.equal(statement.conditional, false);
      assert.equal(statement.source, ALLOW);
      assert.deepEqual(written(statement.actions), [
        false,
        "Statement.Action",
        false,
        ["s3:GetObject", "Statement.Action"],
      ]);
      assert.deepEqual(written(statement.resources), [
        false,
        "Statement.Resource",
        false,
        ["arn:aws:s3:::b/*", "Statement.Resource"],
      ]);
    });
    it("statements as a list, entries as lists", () => {
      const { document, problems } = parseDocument(
        policy([
          ALLOW,
          {
            Sid: "Two",
            Effect: "Deny",
            NotAction: ["S3:Get*", "iam:*"],
            NotResource: ["*", "arn:aws:s3:::c"],
          },
        ]),
      );
      assert.deepEqual(problems, []);
      assert.deepEqual(
        document.statements.map(({ path, effect, sid }) => [path, effect, sid]),
        [
          ["Statement[0]", "Allow", undefined],
          ["Statement[1]", "Deny", "Two"],
        ],
      );
      assert.deepEqual(written(document.statements[1]?.actions), [
        true,
        "Statement[1].NotAction",
        false,
        ["S3:Get*", "Statement[1].NotAction[0]"],
        ["iam:*", "Statement[1].NotAction[1]"],
      ]);
      assert.deepEqual(written(document.statements[1]?.resources), [
        true,
        "Statement[1].NotResource",
        false,
        ["*", "Statement[1].NotResource[0]"],
        ["arn:aws:s3:::c", "Statement[1].NotResource[1]"],
      ]);
    });
    it("text just as the value it stands for", () => {
      const value = policy([ALLOW, { Effect: "Deny", NotAction: "*", Resource: [] }]);
      assert.deepEqual(parseDocument(JSON.stringify(value)), parseDocument(value));
      assert.deepEqual(parseDocument(` \n\t${JSON.stringify(value, null, 2)}\r\n`), parseDocument(value));
    });
    it("an action in any case, which is the same action", () => {
      const { document, problems } = parseDocument(withAllow({ Action: "S3:gETobject" }));
      assert.deepEqual(problems, []);
      const [entry] = document.statements[0]?.actions.entries ?? [];
      assert.equal(entry?.text, "S3:gETobject");
      assert.equal(matches(entry.pattern, "s3:getobject"), true);
    });
    it("a resource in the case it is written in", () => {
      const [entry] =
        parseDocument(withAllow({ Resource: "arn:aws:s3:::B" })).document.statements[0]?.resources.entries ??
        [];
      assert.equal(matches(entry?.pattern ?? [], "arn:aws:s3:::B"), true);
      assert.equal(matches(entry?.pattern ?? [], "arn:aws:s3:::b"), false);
    });
    it("an Id, a Sid, a condition", () => {
      const condition = { StringEquals: { "aws:PrincipalTag/x": ["a", "b"] } };
      const { document, problems } = parseDocument({
        ...withAllow({ Sid: "One", Condition: condition }),
        Id: "example",
      });
      assert.deepEqual(problems, []);
      assert.deepEqual([document.statements[0]?.sid, document.statements[0]?.conditional], ["One", true]);
    });
    it("an empty condition as none, an empty Sid as none", () => {
      const [statement] = parseDocument(withAllow({ Sid: "", Condition: {} })).document.statements;
      assert.deepEqual([statement?.sid, statement?.conditional], [undefined, false]);
    });

    const lists: readonly (readonly [changes: JsonObject, selection: "actions" | "resources"])[] = [
      [{ Action: [] }, "actions"],
      [{ Resource: [] }, "resources"],
    ];
    for (const [changes, selection] of lists)
      it(`${JSON.stringify(changes)}: selects nothing`, () => {
        const { document, problems, unknown } = parseDocument(withAllow(changes));
        assert.deepEqual([problems, unknown], [[], []]);
        const { entries, partial } = document.statements[0]?.[selection] ?? {};
        assert.deepEqual([entries, partial], [[], false]);
      });
    it("an empty NotAction and NotResource: everything but nothing", () => {
      const { document, problems } = parseDocument(
        policy({ Effect: "Allow", NotAction: [], NotResource: [] }),
      );
      assert.deepEqual(problems, []);
      const [statement] = document.statements;
      assert.deepEqual(written(statement?.actions), [true, "Statement.NotAction", false]);
      assert.deepEqual(written(statement?.resources), [true, "Statement.NotResource", false]);
    });
    it("an empty list of statements", () => {
      assert.deepEqual(parseDocument(policy([])), {
        document: { type: "identity", version: VERSION, statements: [] },
        problems: [],
        unknown: [],
        characters: JSON.stringify(policy([])).length,
      });
    });
    for (const action of [
      "*",
      "**",
      "s3:*",
      "*:*",
      "s?:*",
      "*:GetObject",
      "s3:G?t*",
      "aws-marketplace:*",
      "S3:GETOBJECT",
    ])
      it(`the action ${action}`, () => {
        assert.deepEqual(said(withAllow({ Action: action })), []);
      });
    for (const resource of [
      "*",
      "**",
      "?*",
      "arn:*",
      "arn:aws:s3:::b",
      "arn:aws-cn:s3:::b",
      "arn:*:s3:::*",
      "*:s3:::b",
      "*b",
      "a*",
      "arn:aws:s3:::${aws:username}/*",
      "arn:aws:s3:::${*}",
      "${aws:PrincipalTag/bucket}",
    ])
      it(`the resource ${resource}`, () => {
        assert.deepEqual(said(withAllow({ Resource: resource })), []);
      });
  });

  describe("problems", () => {
    const table: readonly (readonly [name: string, source: string | Value, problems: Said])[] = [
      // not-json
      ["no text", "", [["not-json", ""]]],
      ["blanks", " \n ", [["not-json", ""]]],
      ["words", "hello", [["not-json", ""]]],
      ["a trailing comma in an object", '{"Version":"2012-10-17",}', [["not-json", ""]]],
      ["a trailing comma in a list", '{"Statement":[{},]}', [["not-json", ""]]],
      ["a line comment", '{"Statement":[] // none\n}', [["not-json", ""]]],
      ["a block comment", '/* a policy */{"Statement":[]}', [["not-json", ""]]],
      ["a byte order mark", '\ufeff{"Statement":[]}', [["not-json", ""]]],
      ["single quotes", "{'Statement':[]}", [["not-json", ""]]],
      ["a bare key", "{Statement:[]}", [["not-json", ""]]],
      ["two documents", "{}{}", [["not-json", ""]]],
      ["half a document", '{"Statement":[', [["not-json", ""]]],
      ["a line break in a text", '{"Id":"a\nb"}', [["not-json", ""]]],
      ["NaN", '{"Id":NaN}', [["not-json", ""]]],
      ["undefined", "undefined", [["not-json", ""]]],
      ["a wrong escape", '{"Id":"\\x"}', [["not-json", ""]]],
      ["deep nesting", "[".repeat(100_000), [["not-json", ""]]],
      ["deep nesting, closed", "[".repeat(100_000) + "]".repeat(100_000), [["not-json", ""]]],
      ["deep nesting of objects", '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000), [["not-json", ""]]],
      // duplicate-key
      ["a key twice", '{"Statement":[],"Statement":[]}', [["duplicate-key", "Statement"]]],
      [
        "a key twice, once escaped",
        '{"Statement":[],"\\u0053tatement":[]}',
        [["duplicate-key", "Statement"]],
      ],
      [
        "a key three times is one problem",
        '{"Statement":[],"Statement":[],"Statement":[]}',
        [["duplicate-key", "Statement"]],
      ],
      [
        "a key twice in a statement",
        '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}]}',
        [["duplicate-key", "Statement[1].Effect"]],
      ],
      [
        "a key twice in a condition",
        '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:x":"a","aws:x":"b"}}}}',
        [["duplicate-key", "Statement.Condition.Bool.aws:x"]],
      ],
      [
        "keys twice at two depths",
        '{"Id":"a","Id":"b","Statement":{"Effect":"Allow","Action":"*","Action":"*","Resource":"*"}}',
        [
          ["duplicate-key", "Id"],
          ["duplicate-key", "Statement.Action"],
        ],
      ],
      [
        "the same key in two objects is none",
        '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*"}]}',
        [],
      ],
      // wrong-type: the document
      ["null", "null", [["wrong-type", ""]]],
      ["a number", "1", [["wrong-type", ""]]],
      ["a text", '"{}"', [["wrong-type", ""]]],
      ["a list", "[]", [["wrong-type", ""]]],
      ["null as a value", null, [["wrong-type", ""]]],
      ["true as a value", true, [["wrong-type", ""]]],
      ["a number as a value", 0, [["wrong-type", ""]]],
      ["a list as a value", [ALLOW], [["wrong-type", ""]]],
      // wrong-type: below
      ["Statement null", policy(null), [["wrong-type", "Statement"]]],
      ["Statement a text", policy("*"), [["wrong-type", "Statement"]]],
      ["Statement a number", policy(1), [["wrong-type", "Statement"]]],
      ["Statement false", policy(false), [["wrong-type", "Statement"]]],
      [
        "statements of every kind",
        policy([ALLOW, null, "x", 1, true, [ALLOW]]),
        [1, 2, 3, 4, 5].map((index) => ["wrong-type", `Statement[${index}]`] as const),
      ],
      ["Action a number", withAllow({ Action: 1 }), [["wrong-type", "Statement.Action"]]],
      ["Action null", withAllow({ Action: null }), [["wrong-type", "Statement.Action"]]],
      ["Action an object", withAllow({ Action: {} }), [["wrong-type", "Statement.Action"]]],
      [
        "Action true in a list",
        withAllow({ Action: ["s3:*", true] }),
        [["wrong-type", "Statement.Action[1]"]],
      ],
      ["Action a list in a list", withAllow({ Action: [["s3:*"]] }), [["wrong-type", "Statement.Action[0]"]]],
      ["Resource a number", withAllow({ Resource: 0 }), [["wrong-type", "Statement.Resource"]]],
      [
        "Resource null in a list",
        withAllow({ Resource: [null, "*"] }),
        [["wrong-type", "Statement.Resource[0]"]],
      ],
      [
        "NotResource an object",
        policy({ Effect: "Allow", Action: "*", NotResource: {} }),
        [["wrong-type", "Statement.NotResource"]],
      ],
      ["Condition null", withAllow({ Condition: null }), [["wrong-type", "Statement.Condition"]]],
      ["Condition a text", withAllow({ Condition: "x" }), [["wrong-type", "Statement.Condition"]]],
      ["Condition a list", withAllow({ Condition: [] }), [["wrong-type", "Statement.Condition"]]],
      [
        "an operator null",
        withAllow({ Condition: { Bool: null } }),
        [["wrong-type", "Statement.Condition.Bool"]],
      ],
      [
        "an operator a text",
        withAllow({ Condition: { Bool: "x" } }),
        [["wrong-type", "Statement.Condition.Bool"]],
      ],
      [
        "an operator a list",
        withAllow({ Condition: { Bool: [{ x: "y" }] } }),
        [["wrong-type", "Statement.Condition.Bool"]],
      ],
      [
        "a key null",
        withAllow({ Condition: { Bool: { x: null } } }),
        [["wrong-type", "Statement.Condition.Bool.x"]],
      ],
      [
        "a key an object",
        withAllow({ Condition: { Bool: { x: {} } } }),
        [["wrong-type", "Statement.Condition.Bool.x"]],
      ],
      [
        "values of every kind",
        withAllow({
          Condition: { StringEquals: { x: ["a", 1, true, null, [], {}] }, Bool: { y: true, z: 5, w: [] } },
        }),
        [3, 4, 5].map((index) => ["wrong-type", `Statement.Condition.StringEquals.x[${index}]`] as const),
      ],
      ["Sid a number", withAllow({ Sid: 5 }), [["wrong-type", "Statement.Sid"]]],
      ["Sid null", withAllow({ Sid: null }), [["wrong-type", "Statement.Sid"]]],
      ["Sid a list", withAllow({ Sid: ["One"] }), [["wrong-type", "Statement.Sid"]]],
      ["Id a number", { ...policy(ALLOW), Id: 5 }, [["wrong-type", "Id"]]],
      ["Id an object", { ...policy(ALLOW), Id: {} }, [["wrong-type", "Id"]]],
      [
        "Condition in the wrong case, and no object",
        withAllow({ condition: 5 }),
        [
          ["unknown-element", "Statement.condition"],
          ["wrong-type", "Statement.condition"],
        ],
      ],
      // missing-element
      ["nothing", {}, [["missing-element", ""]]],
      [
        "an empty statement",
        policy({}),
        [
          ["missing-element", "Statement"],
          ["missing-element", "Statement"],
          ["missing-element", "Statement"],
        ],
      ],
      ["no Effect", without("Effect"), [["missing-element", "Statement"]]],
      ["no Action", without("Action"), [["missing-element", "Statement"]]],
      ["no Resource", without("Resource"), [["missing-element", "Statement"]]],
      [
        "no Resource in the second",
        policy([ALLOW, { Effect: "Deny", Action: "*" }]),
        [["missing-element", "Statement[1]"]],
      ],
      // unknown-element
      ["an element too many", { ...policy(ALLOW), Comment: "x" }, [["unknown-element", "Comment"]]],
      [
        "an element of a statement too many",
        withAllow({ Comment: "x" }),
        [["unknown-element", "Statement.Comment"]],
      ],
      ["version", { version: VERSION, Statement: ALLOW }, [["unknown-element", "version"]]],
      ["statement", { Version: VERSION, statement: ALLOW }, [["unknown-element", "statement"]]],
      [
        "effect",
        policy({ effect: "Allow", Action: "*", Resource: "*" }),
        [["unknown-element", "Statement.effect"]],
      ],
      [
        "NOTACTION",
        policy({ Effect: "Allow", NOTACTION: "*", Resource: "*" }),
        [["unknown-element", "Statement.NOTACTION"]],
      ],
      ["Actions", withAllow({ Actions: "*" }), [["unknown-element", "Statement.Actions"]]],
      ["Action with a blank", withAllow({ "Action ": "*" }), [["unknown-element", "Statement.Action "]]],
      ["Action and action", withAllow({ action: "*" }), [["unknown-element", "Statement.action"]]],
      ["an empty key", withAllow({ "": 1 }), [["unknown-element", "Statement."]]],
      ["constructor", withAllow({ constructor: "x" }), [["unknown-element", "Statement.constructor"]]],
      [
        "__proto__ in text",
        '{"__proto__":{"Statement":[]},"Statement":{"Effect":"Allow","Action":"*","Resource":"*","__proto__":{}}}',
        [
          ["unknown-element", "__proto__"],
          ["unknown-element", "Statement.__proto__"],
        ],
      ],
      [
        "nothing but __proto__",
        '{"__proto__":{"Statement":[]}}',
        [
          ["unknown-element", "__proto__"],
          ["missing-element", ""],
        ],
      ],
      // exclusive-elements
      ["Action and NotAction", withAllow({ NotAction: "iam:*" }), [["exclusive-elements", "Statement"]]],
      ["Resource and NotResource", withAllow({ NotResource: "*" }), [["exclusive-elements", "Statement"]]],
      [
        "both pairs",
        withAllow({ NotAction: "iam:*", NotResource: "*" }),
        [
          ["exclusive-elements", "Statement"],
          ["exclusive-elements", "Statement"],
        ],
      ],
      [
        "Action and notaction",
        withAllow({ notaction: "iam:*" }),
        [
          ["unknown-element", "Statement.notaction"],
          ["exclusive-elements", "Statement"],
        ],
      ],
      // invalid-value
      ["Version of another day", policy(ALLOW, "2012-10-18"), [["invalid-value", "Version"]]],
      ["Version a number", policy(ALLOW, 20121017), [["invalid-value", "Version"]]],
      ["Version null", policy(ALLOW, null), [["invalid-value", "Version"]]],
      ["Version a list", policy(ALLOW, [VERSION]), [["invalid-value", "Version"]]],
      ["Version empty", policy(ALLOW, ""), [["invalid-value", "Version"]]],
      ["Effect allow", withAllow({ Effect: "allow" }), [["invalid-value", "Statement.Effect"]]],
      ["Effect DENY", withAllow({ Effect: "DENY" }), [["invalid-value", "Statement.Effect"]]],
      ["Effect with a blank", withAllow({ Effect: "Allow " }), [["invalid-value", "Statement.Effect"]]],
      ["Effect a list", withAllow({ Effect: ["Allow"] }), [["invalid-value", "Statement.Effect"]]],
      ["Effect null", withAllow({ Effect: null }), [["invalid-value", "Statement.Effect"]]],
      ["Effect true", withAllow({ Effect: true }), [["invalid-value", "Statement.Effect"]]],
      ["a Principal", withAllow({ Principal: "*" }), [["invalid-value", "Statement.Principal"]]],
      [
        "a Principal, not known",
        withAllow({ Principal: UNKNOWN }),
        [["invalid-value", "Statement.Principal"]],
      ],
      [
        "a NotPrincipal",
        withAllow({ NotPrincipal: { AWS: "*" } }),
        [["invalid-value", "Statement.NotPrincipal"]],
      ],
      [
        "a principal",
        withAllow({ principal: "*" }),
        [
          ["unknown-element", "Statement.principal"],
          ["invalid-value", "Statement.principal"],
        ],
      ],
      // Several at once: one does not hide another.
      [
        "everything",
        { version: "1", Statement: [{ Effect: "allow", Action: ["s3", 1], NotResource: "b", X: 1 }, 2] },
        [
          ["unknown-element", "version"],
          ["invalid-value", "version"],
          ["unknown-element", "Statement[0].X"],
          ["invalid-value", "Statement[0].Effect"],
          ["invalid-action", "Statement[0].Action[0]"],
          ["wrong-type", "Statement[0].Action[1]"],
          ["invalid-resource", "Statement[0].NotResource"],
          ["wrong-type", "Statement[1]"],
        ],
      ],
    ];
    for (const [name, source, problems] of table)
      it(name, () => {
        assert.deepEqual(said(source), problems);
      });

    const wrong: Readonly<Record<string, readonly string[]>> = {
      Action: [
        "",
        "s3",
        "s3:",
        ":GetObject",
        "s3:Get Object",
        " s3:GetObject",
        "s3:GetObject ",
        "s3:GetObject\n",
        "s3:Get:Object",
        "s3.GetObject",
        "s3:Get_Object",
        "s3:${aws:username}",
        "?",
        "s3*",
        "arn:aws:s3:::b",
        "s3:Ge\u0442Object",
        // The sign for kelvin is a small k in lower case.
        "\u212ams:Decrypt",
        `s3:${"x".repeat(100_000)}!`,
      ],
      Resource: [
        "",
        "b",
        "bucket/*",
        "ARN:aws:s3:::b",
        " arn:aws:s3:::b",
        "arn",
        "s3:::b",
        "b*",
        "?",
        "${*}",
        "${aws:username",
        "bucket-${aws:username}",
        "s3:${aws:username}:*",
        "x".repeat(100_000),
      ],
    };
    for (const [element, texts] of Object.entries(wrong))
      for (const text of texts)
        for (const name of [element, `Not${element}`])
          it(`${name} ${JSON.stringify(text.slice(0, 40))}`, () => {
            const code = element === "Action" ? "invalid-action" : "invalid-resource";
            const rest = Object.fromEntries(Object.entries(ALLOW).filter(([key]) => key !== element));
            assert.deepEqual(said(policy({ ...rest, [name]: text })), [[code, `Statement.${name}`]]);
            assert.deepEqual(said(policy({ ...rest, [name]: [ALLOW[element] ?? "", text] })), [
              [code, `Statement.${name}[1]`],
            ]);
          });

    it("says where text ceases to be JSON, counting from one", () => {
      assert.deepEqual(only('{\n  "Version": "2012-10-17",\n}').data, {
        reason: "property name expected",
        line: "3",
        column: "1",
      });
      assert.deepEqual(only('{"Id": 1 /* one */}').data, {
        reason: "invalid comment token",
        line: "1",
        column: "10",
      });
    });
    it("says what was found, cut to a length that a message can bear", () => {
      assert.deepEqual(only(policy(7)).data, {
        expected: "an object or a list of objects",
        found: "a number",
      });
      assert.deepEqual(only(policy([null])).data, { expected: "an object", found: "null" });
      assert.deepEqual(only(withAllow({ Action: [[]] })).data, { expected: "a string", found: "a list" });
      assert.deepEqual(only(withAllow({ Resource: {} })).data, {
        expected: "a string or a list of strings",
        found: "an object",
      });
      const long = String(only(withAllow({ Effect: "x".repeat(1_000_000) })).data["found"]);
      assert.equal(long, `\`${"x".repeat(80)}…\``);
      assert.equal(only(withAllow({ Action: "x".repeat(81) })).data["action"], `${"x".repeat(80)}…`);
      assert.equal(only(withAllow({ Action: "x".repeat(80) })).data["action"], "x".repeat(80));
      assert.equal(only(withAllow({ Action: "x".repeat(1_000_000) })).data["action"], `${"x".repeat(80)}…`);
      assert.equal(
        only(withAllow({ Resource: "x".repeat(1_000_000) })).data["resource"],
        `${"x".repeat(80)}…`,
      );
    });
    it("names what is missing", () => {
      assert.deepEqual(
        parseDocument(policy({})).problems.map(({ data }) => data),
        [
          { element: "Effect" },
          { element: "Action` or `NotAction" },
          { element: "Resource` or `NotResource" },
        ],
      );
    });
  });

  describe("what is read beside a problem", () => {
    it("an element in the wrong case", () => {
      const { document } = parseDocument({ statement: { EFFECT: "Allow", action: "s3:*", resource: "*" } });
      const [statement] = document.statements;
      assert.equal(statement?.effect, "Allow");
      assert.equal(statement.path, "statement");
      assert.deepEqual(written(statement.actions), [
        false,
        "statement.action",
        false,
        ["s3:*", "statement.action"],
      ]);
    });
    it("the element in the right case, whichever comes first", () => {
      for (const both of [
        { action: "iam:*", Action: "s3:*" },
        { Action: "s3:*", action: "iam:*" },
      ]) {
        const { document } = parseDocument(policy({ Effect: "Allow", Resource: "*", ...both }));
        assert.deepEqual(written(document.statements[0]?.actions), [
          false,
          "Statement.Action",
          false,
          ["s3:*", "Statement.Action"],
        ]);
      }
    });
    it("`allow`, but nothing else that is not the word", () => {
      for (const effect of ["allow", "ALLOW", "aLLow"])
        assert.equal(parseDocument(withAllow({ Effect: effect })).document.statements[0]?.effect, "Allow");
      for (const effect of ["deny", "", "Allow ", null, 1, ["Allow"]])
        assert.deepEqual(parseDocument(withAllow({ Effect: effect })).document.statements, []);
    });
    it("Action, where NotAction stands beside it", () => {
      const [statement] = parseDocument(withAllow({ NotAction: "iam:*", NotResource: "*" })).document
        .statements;
      assert.deepEqual(written(statement?.actions), [
        false,
        "Statement.Action",
        false,
        ["s3:GetObject", "Statement.Action"],
      ]);
      assert.deepEqual(written(statement?.resources), [
        false,
        "Statement.Resource",
        false,
        ["arn:aws:s3:::b/*", "Statement.Resource"],
      ]);
    });
    it("the entries that are texts, the others making the list partial", () => {
      const [statement] = parseDocument(withAllow({ Action: [1, "s3:*", null], Resource: 5 })).document
        .statements;
      assert.deepEqual(written(statement?.actions), [
        false,
        "Statement.Action",
        true,
        ["s3:*", "Statement.Action[1]"],
      ]);
      assert.deepEqual(written(statement?.resources), [false, "Statement.Resource", true]);
    });
    it("the other statements", () => {
      const { document } = parseDocument(policy([null, ALLOW, {}, { ...ALLOW, Sid: "last" }]));
      assert.deepEqual(
        document.statements.map(({ path, sid }) => [path, sid]),
        [
          ["Statement[1]", undefined],
          ["Statement[3]", "last"],
        ],
      );
    });
    it("the last of two values of a key, as every reader that AWS has a say in keeps some value", () => {
      const { document } = parseDocument(
        '{"Statement":{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}}',
      );
      assert.equal(document.statements[0]?.effect, "Allow");
    });
    it("no statement of an inherited key", () => {
      const { document } = parseDocument(
        '{"__proto__":{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}}',
      );
      assert.deepEqual(document.statements, []);
      assert.equal((Object.prototype as Record<string, unknown>)["Statement"], undefined);
    });
  });

  describe("Version and ${…}", () => {
    const username = (version: Value | undefined): readonly string[] => {
      const statement = { ...ALLOW, Resource: "arn:aws:s3:::${a*b}" };
      const { document } = parseDocument(
        version === undefined ? { Statement: statement } : policy(statement, version),
      );
      return (document.statements[0]?.resources.entries[0]?.pattern ?? [])
        .slice("arn:aws:s3:::".length)
        .map((token) => (token.kind === "literal" ? token.value : token.kind));
    };
    const asVariable = ["${a*b}"];
    const asText = ["$", "{", "a", "many", "b", "}"];
    const table: readonly (readonly [
      name: string,
      version: Value | undefined,
      tokens: readonly string[],
      read: string | undefined,
    ])[] = [
      ["2012-10-17", VERSION, asVariable, VERSION],
      ["2008-10-17", "2008-10-17", asText, "2008-10-17"],
      ["absent", undefined, asText, undefined],
      ["invalid", "2012", asVariable, VERSION],
      ["no text", 5, asVariable, VERSION],
      ["not known", UNKNOWN, asVariable, VERSION],
    ];
    for (const [name, version, tokens, read] of table)
      it(name, () => {
        assert.deepEqual(username(version), tokens);
        const source = version === undefined ? { Statement: ALLOW } : policy(ALLOW, version);
        assert.equal(parseDocument(source).document.version, read);
      });
    it("escapes only where there are variables", () => {
      const resource = (version: string): readonly string[] =>
        (
          parseDocument(policy({ ...ALLOW, Resource: "arn:aws:s3:::${*}" }, version)).document.statements[0]
            ?.resources.entries[0]?.pattern ?? []
        )
          .slice("arn:aws:s3:::".length)
          .map((token) => (token.kind === "literal" ? token.value : token.kind));
      assert.deepEqual(resource(VERSION), ["*"]);
      assert.deepEqual(resource("2008-10-17"), ["$", "{", "many", "}"]);
    });
    it("knows no variables in actions, whatever the version", () => {
      const { document, problems } = parseDocument(withAllow({ Action: "s3:${*}" }));
      assert.deepEqual(
        problems.map(({ code }) => code),
        ["invalid-action"],
      );
      assert.deepEqual(
        document.statements[0]?.actions.entries[0]?.pattern.map(({ kind }) => kind).includes("many"),
        true,
      );
    });
  });

  describe("values that are not known yet", () => {
    const table: readonly (readonly [
      name: string,
      source: Value,
      unknown: readonly string[],
      statements: number,
    ])[] = [
      ["the document", UNKNOWN, [""], 0],
      ["Version", policy(ALLOW, UNKNOWN), ["Version"], 1],
      ["Statement", policy(UNKNOWN), ["Statement"], 0],
      ["one statement", policy([ALLOW, UNKNOWN]), ["Statement[1]"], 1],
      ["Effect", withAllow({ Effect: UNKNOWN }), ["Statement.Effect"], 0],
      ["Action", withAllow({ Action: UNKNOWN }), ["Statement.Action"], 1],
      ["one action", withAllow({ Action: ["s3:*", UNKNOWN, "iam:*"] }), ["Statement.Action[1]"], 1],
      [
        "NotAction",
        policy({ Effect: "Allow", NotAction: UNKNOWN, Resource: "*" }),
        ["Statement.NotAction"],
        1,
      ],
      ["Resource", withAllow({ Resource: UNKNOWN }), ["Statement.Resource"], 1],
      ["one resource", policy([{ ...ALLOW, Resource: [UNKNOWN] }]), ["Statement[0].Resource[0]"], 1],
      [
        "NotResource",
        policy({ Effect: "Deny", Action: "*", NotResource: [UNKNOWN, UNKNOWN] }),
        ["Statement.NotResource[0]", "Statement.NotResource[1]"],
        1,
      ],
      ["Condition", withAllow({ Condition: UNKNOWN }), ["Statement.Condition"], 1],
      ["an operator", withAllow({ Condition: { Bool: UNKNOWN } }), ["Statement.Condition.Bool"], 1],
      [
        "a key's value",
        withAllow({ Condition: { Bool: { x: UNKNOWN } } }),
        ["Statement.Condition.Bool.x"],
        1,
      ],
      [
        "one of a key's values",
        withAllow({ Condition: { Bool: { x: ["a", UNKNOWN] } } }),
        ["Statement.Condition.Bool.x[1]"],
        1,
      ],
      [
        "everything",
        { Version: UNKNOWN, Statement: [{ Effect: UNKNOWN, Action: UNKNOWN, Resource: UNKNOWN }] },
        ["Version", "Statement[0].Effect", "Statement[0].Action", "Statement[0].Resource"],
        0,
      ],
    ];
    for (const [name, source, unknown, statements] of table)
      it(name, () => {
        const reading = parseDocument(source);
        assert.deepEqual(reading.problems, []);
        assert.deepEqual(reading.unknown, unknown);
        assert.equal(reading.document.statements.length, statements);
      });
    it("make a list partial, and keep what is known of it", () => {
      const [statement] = parseDocument(withAllow({ Action: ["s3:*", UNKNOWN], Resource: UNKNOWN })).document
        .statements;
      assert.deepEqual(written(statement?.actions), [
        false,
        "Statement.Action",
        true,
        ["s3:*", "Statement.Action[0]"],
      ]);
      assert.deepEqual(written(statement?.resources), [false, "Statement.Resource", true]);
    });
    it("count as a condition", () => {
      assert.equal(
        parseDocument(withAllow({ Condition: UNKNOWN })).document.statements[0]?.conditional,
        true,
      );
      assert.equal(
        parseDocument(withAllow({ Condition: { Bool: UNKNOWN } })).document.statements[0]?.conditional,
        true,
      );
    });
  });

  describe("hostile documents do not hang", function () {
    this.timeout(5_000);
    it("a text of a million characters in every place", () => {
      const huge = "x".repeat(1_000_000);
      const { problems } = parseDocument(
        JSON.stringify({
          [huge]: huge,
          Version: huge,
          Statement: { Effect: huge, Action: huge, Resource: huge },
        }),
      );
      assert.deepEqual(
        problems.map(({ code }) => code),
        ["unknown-element", "invalid-value", "invalid-value", "invalid-action", "invalid-resource"],
      );
    });
    it("20,000 statements, 20,000 entries", () => {
      const many = <T>(value: T): readonly T[] => Array.from({ length: 20_000 }, () => value);
      assert.equal(parseDocument(policy(many(ALLOW))).document.statements.length, 20_000);
      const [statement] = parseDocument(withAllow({ Action: many("s3:*"), Resource: many("*") })).document
        .statements;
      assert.deepEqual(
        [statement?.actions.entries.length, statement?.resources.entries.length],
        [20_000, 20_000],
      );
    });
    it("a value nested 100,000 deep", () => {
      let deep: Json = [];
      for (let depth = 0; depth < 100_000; depth++) deep = [deep];
      assert.deepEqual(said(deep), [["wrong-type", ""]]);
      assert.deepEqual(said(withAllow({ Action: deep })), [["wrong-type", "Statement.Action[0]"]]);
      assert.deepEqual(said(withAllow({ Condition: deep })), [["wrong-type", "Statement.Condition"]]);
      assert.deepEqual(said(withAllow({ Condition: { Bool: deep } })), [
        ["wrong-type", "Statement.Condition.Bool"],
      ]);
      assert.deepEqual(said(withAllow({ Condition: { Bool: { x: deep } } })), [
        ["wrong-type", "Statement.Condition.Bool.x[0]"],
      ]);
    });
    it("nesting up to the bound reads, brackets in texts do not count", () => {
      const nested = (depth: number): string => '{"x":'.repeat(depth) + "1" + "}".repeat(depth);
      assert.deepEqual(said(nested(200)), [
        ["unknown-element", "x"],
        ["missing-element", ""],
      ]);
      assert.deepEqual(said(nested(201)), [["not-json", ""]]);
      assert.deepEqual(said(JSON.stringify({ ...policy(ALLOW), Id: '[{"'.repeat(1_000) })), []);
    });
  });

  describe("a resource-based policy", () => {
    const resource = "arn:aws:s3:::b/*";
    const implied = { Effect: "Allow", Principal: "*", Action: "s3:GetObject" };

    it("may leave its resource out where the resource is implied, and is of the type of the others", () => {
      const { document, problems } = parseDocument(policy(implied), "implied-resource");
      assert.deepEqual(problems, []);
      assert.equal(document.type, "resource");
      const resources = document.statements[0]?.resources;
      assert.ok(resources !== undefined && !resources.negated && !resources.partial);
      assert.ok(
        resources.entries.some(({ pattern }) => matches(pattern, "arn:aws:ecr:us-east-1:1:repository/r")),
      );
    });
    it("may not leave it out elsewhere", () => {
      assert.deepEqual(
        parseDocument(policy(implied), "resource").problems.map(({ code, path }) => [code, path]),
        [["missing-element", "Statement"]],
      );
    });
    it("has the resource that it writes, or everything but it", () => {
      for (const name of ["Resource", "NotResource"]) {
        const { document } = parseDocument(policy({ ...implied, [name]: resource }), "implied-resource");
        assert.deepEqual(written(document.statements[0]?.resources), [
          name === "NotResource",
          `Statement.${name}`,
          false,
          [resource, `Statement.${name}`],
        ]);
      }
    });
    it("has a principal all the same, and no type that is not known", () => {
      const read = parseDocument(policy({ Effect: "Allow", Action: "ecr:*" }), "implied-resource");
      assert.deepEqual(
        read.problems.map(({ code, data }) => [code, data["element"]]),
        [["missing-element", "Principal"]],
      );
      assert.equal(parseDocument(UNKNOWN, "implied-resource").document.type, "resource");
    });
    it("may write the methods of an API without the ARN of the API", () => {
      const api = policy({ ...implied, Action: "execute-api:Invoke", Resource: "execute-api:/prod/GET/*" });
      const { document, problems } = parseDocument(api, "resource");
      assert.deepEqual(problems, []);
      const [entry] = document.statements[0]?.resources.entries ?? [];
      assert.ok(entry !== undefined);
      const at = "arn:aws:execute-api:us-east-1:123456789012:abcdefghij";
      assert.ok(matches(entry.pattern, `${at}/prod/GET/pets`));
      assert.ok(!matches(entry.pattern, `${at}/prod/POST/pets`));
      assert.equal(entry.text, "execute-api:/prod/GET/*");
    });
    it("may not write it so in an identity-based policy", () => {
      assert.deepEqual(said(withAllow({ Resource: "execute-api:/prod/GET/*" })), [
        ["invalid-resource", "Statement.Resource"],
      ]);
    });
  });
});
