import assert from "node:assert/strict";
import {
  type Json,
  type JsonObject,
  matches,
  parseDocument,
  type Problem,
  type Selection,
  UNKNOWN,
  type Unknown,
} from "../../policypack/iam";
import { callerText, isAccount } from "../../policypack/iam/language/principal";
import type { Caller, PrincipalType } from "../../policypack/iam/language/request";

const reading = (whom: JsonObject) =>
  parseDocument(
    { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*", ...whom } },
    "resource",
  );
function read(whom: JsonObject): Selection {
  const { document, problems } = reading(whom);
  assert.deepEqual(problems, []);
  const principals = document.statements[0]?.principals;
  assert.ok(principals);
  return principals;
}
const names = ({ entries }: Selection, caller: Caller): boolean =>
  entries.some(({ pattern }) => matches(pattern, callerText(caller)));

const A = "111122223333";
const iam = (rest: string, account = A, partition = "aws"): string =>
  `arn:${partition}:iam::${account}:${rest}`;
const sts = (rest: string, account = A, partition = "aws"): string =>
  `arn:${partition}:sts::${account}:${rest}`;
const CANONICAL = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";

/** Callers by a short name. */
const CALLERS = {
  root: { type: "AWS", id: iam("root") },
  bob: { type: "AWS", id: iam("user/bob") },
  Bob: { type: "AWS", id: iam("user/Bob") },
  "bob in a path": { type: "AWS", id: iam("user/eng/ml/bob") },
  bobby: { type: "AWS", id: iam("user/bobby") },
  session: { type: "AWS", id: sts("assumed-role/ml/session") },
  "another session": { type: "AWS", id: sts("assumed-role/ml/other") },
  "session of mlops": { type: "AWS", id: sts("assumed-role/mlops/session") },
  "session abroad": { type: "AWS", id: sts("assumed-role/ml/session", "999999999999") },
  "session in China": { type: "AWS", id: sts("assumed-role/ml/session", A, "aws-cn") },
  "federated bob": { type: "AWS", id: sts("federated-user/bob") },
  "bob abroad": { type: "AWS", id: iam("user/bob", "999999999999") },
  "bob in China": { type: "AWS", id: iam("user/bob", A, "aws-cn") },
  sagemaker: { type: "Service", id: "sagemaker.amazonaws.com" },
  lambda: { type: "Service", id: "lambda.amazonaws.com" },
  google: { type: "Federated", id: "accounts.google.com" },
  github: { type: "Federated", id: iam("oidc-provider/token.actions.githubusercontent.com") },
  saml: { type: "Federated", id: iam("saml-provider/corp") },
  canonical: { type: "CanonicalUser", id: CANONICAL },
} as const satisfies Readonly<Record<string, Caller>>;
type Name = keyof typeof CALLERS;
const ALL = Object.keys(CALLERS) as readonly Name[];
/** Everybody in the account, in partition `aws`. */
const ACCOUNT: readonly Name[] = [
  "root",
  "bob",
  "Bob",
  "bob in a path",
  "bobby",
  "session",
  "another session",
  "session of mlops",
  "federated bob",
];

describe("iam/principal", () => {
  describe("who is meant", () => {
    const table: readonly (readonly [principal: Json, callers: readonly Name[]])[] = [
      ["*", ALL],
      [{ AWS: "*" }, ALL],
      [{ AWS: ["*"] }, ALL],
      [{ AWS: A }, [...ACCOUNT, "session in China", "bob in China"]],
      [{ AWS: iam("root") }, ACCOUNT],
      [{ AWS: iam("root", A, "aws-cn") }, ["session in China", "bob in China"]],
      [{ AWS: "999999999999" }, ["session abroad", "bob abroad"]],
      [{ AWS: iam("user/bob") }, ["bob"]],
      [{ AWS: iam("user/Bob") }, ["Bob"]],
      [{ AWS: iam("user/eng/ml/bob") }, ["bob in a path"]],
      [{ AWS: iam("role/ml") }, ["session", "another session"]],
      [{ AWS: iam("role/service-role/eng/ml") }, ["session", "another session"]],
      [{ AWS: iam("role/ml", A, "aws-cn") }, ["session in China"]],
      [{ AWS: iam("role/ML") }, []],
      [{ AWS: sts("assumed-role/ml/session") }, ["session"]],
      [{ AWS: sts("federated-user/bob") }, ["federated bob"]],
      [{ AWS: "AIDACKCEVSQ6C2EXAMPLE" }, []],
      [{ AWS: "AROADBQP57FF2AEXAMPLE" }, []],
      [{ AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1A2B3" }, []],
      [{ Service: "sagemaker.amazonaws.com" }, ["sagemaker"]],
      [{ Service: ["lambda.amazonaws.com", "sagemaker.amazonaws.com"] }, ["sagemaker", "lambda"]],
      [{ Federated: "accounts.google.com" }, ["google"]],
      [{ Federated: iam("oidc-provider/token.actions.githubusercontent.com") }, ["github"]],
      [{ Federated: iam("saml-provider/corp") }, ["saml"]],
      [{ CanonicalUser: CANONICAL }, ["canonical"]],
      [
        { AWS: [iam("user/bob"), iam("role/ml")], Service: "lambda.amazonaws.com" },
        ["bob", "session", "another session", "lambda"],
      ],
      // A text of one type is none of another.
      [{ Federated: "sagemaker.amazonaws.com" }, []],
      [{ Service: iam("saml-provider/corp") }, []],
      [{}, []],
      [{ AWS: [] }, []],
    ];
    for (const [principal, callers] of table)
      it(`${JSON.stringify(principal)}: ${callers.length === ALL.length ? "everybody" : callers.join(", ")}`, () => {
        for (const [element, negated] of [
          ["Principal", false],
          ["NotPrincipal", true],
        ] as const) {
          const selection = read({ [element]: principal });
          assert.deepEqual(
            ALL.filter((name) => names(selection, CALLERS[name])),
            ALL.filter((name) => callers.includes(name)),
          );
          assert.deepEqual([selection.negated, selection.partial], [negated, false]);
          assert.equal(selection.path, `Statement.${element}`);
        }
      });
    it("entries keep their text and path, one for each pattern", () => {
      const { entries } = read({
        Principal: { AWS: [iam("role/ml"), iam("user/bob")], Service: "x.amazonaws.com" },
      });
      assert.deepEqual(
        entries.map(({ text, path }) => [text, path]),
        [
          [iam("role/ml"), "Statement.Principal.AWS[0]"],
          [iam("role/ml"), "Statement.Principal.AWS[0]"],
          [iam("user/bob"), "Statement.Principal.AWS[1]"],
          ["x.amazonaws.com", "Statement.Principal.Service"],
        ],
      );
    });
  });

  it("isAccount", () => {
    const table: readonly (readonly [string, boolean])[] = [
      [A, true],
      [iam("root"), true],
      [iam("root", A, "aws-us-gov"), true],
      [iam("user/root"), false],
      ["11112222333", false],
      ["*", false],
    ];
    for (const [text, answer] of table) assert.equal(isAccount(text), answer, text);
  });

  describe("what is no principal", () => {
    const P = "Statement.Principal";
    const EXPECTED: Readonly<Record<PrincipalType, string>> = {
      AWS: "an account, the ARN of an identity, or `*`",
      Service: "a service principal such as `sagemaker.amazonaws.com`",
      Federated: "an identity provider",
      CanonicalUser: "a canonical user id",
    };
    const texts: Readonly<Record<PrincipalType, readonly string[]>> = {
      AWS: [
        "",
        "bob",
        "**",
        "1111",
        "1111222233334",
        "1111-2222-3333",
        "sagemaker.amazonaws.com",
        iam("*"),
        iam("user/*"),
        iam("user/bo?"),
        iam("role/*"),
        iam("role/ml-*"),
        iam("role/team-*/ml"),
        iam("role/?/ml"),
        iam("user/bob", "*"),
        iam("root", "*"),
        iam("group/engineers"),
        iam("role/"),
        iam("user/"),
        iam("saml-provider/corp"),
        iam("policy/p"),
        sts("assumed-role/ml/*"),
        sts("assumed-role/ml"),
        sts("assumed-role/*/session"),
        "arn:aws:s3:::bucket",
        "arn:aws:iam:us-east-1:111122223333:user/bob",
        `AIDA${"x".repeat(17)}`,
      ],
      Service: ["", "*", "*.amazonaws.com"],
      Federated: ["", "*", iam("saml-provider/*")],
      CanonicalUser: ["", "*", "79a5*"],
    };
    for (const [type, all] of Object.entries(texts))
      for (const text of all)
        it(`${type}: \`${text}\``, () => {
          const { document, problems } = reading({ Principal: { [type]: [text] } });
          assert.deepEqual(problems, [
            {
              code: "invalid-value",
              path: `${P}.${type}[0]`,
              data: { found: `\`${text}\``, expected: EXPECTED[type as PrincipalType] },
            },
          ]);
          const { entries, partial } = document.statements[0]?.principals ?? {};
          assert.deepEqual([entries, partial], [[], true]);
        });

    const OBJECT = '`*` or an object such as `{"AWS": …}`';
    const TYPES = ["AWS", "Service", "Federated", "CanonicalUser"];
    const value = (path: string, found: string, expected: string): Problem => ({
      code: "invalid-value",
      path,
      data: { found, expected },
    });
    const type = (path: string, found: string): Problem => ({
      code: "wrong-type",
      path,
      data: { expected: "a string", found },
    });
    const element = (path: string, name: string): Problem => ({
      code: "unknown-element",
      path,
      data: { element: name, names: TYPES },
    });
    type Row = readonly [
      Json | Unknown,
      entries: number,
      problems: readonly Problem[],
      unknown: readonly string[],
    ];
    const table: readonly Row[] = [
      ["bob", 0, [value(P, "`bob`", OBJECT)], []],
      [A, 0, [value(P, `\`${A}\``, OBJECT)], []],
      ["**", 0, [value(P, "`**`", OBJECT)], []],
      [null, 0, [value(P, "null", OBJECT)], []],
      [["*"], 0, [value(P, "a list", OBJECT)], []],
      [5, 0, [value(P, "a number", OBJECT)], []],
      [UNKNOWN, 0, [], [P]],
      [{ aws: A }, 0, [element(`${P}.aws`, "aws")], []],
      [{ User: "bob" }, 0, [element(`${P}.User`, "User")], []],
      [{ User: "bob", Service: "x" }, 1, [element(`${P}.User`, "User")], []],
      [{ AWS: 111122223333 }, 0, [type(`${P}.AWS`, "a number")], []],
      [{ AWS: null }, 0, [type(`${P}.AWS`, "null")], []],
      [{ AWS: { id: A } }, 0, [type(`${P}.AWS`, "an object")], []],
      [{ AWS: ["*", ["*"]] }, 1, [type(`${P}.AWS[1]`, "a list")], []],
      [{ AWS: UNKNOWN }, 0, [], [`${P}.AWS`]],
      [{ AWS: [iam("user/bob"), UNKNOWN], Service: UNKNOWN }, 1, [], [`${P}.AWS[1]`, `${P}.Service`]],
    ];
    for (const [principal, entries, problems, unknown] of table)
      it(
        JSON.stringify(principal, (_, item: unknown) => (item === UNKNOWN ? "unknown" : item)),
        () => {
          const found = reading({ Principal: principal });
          assert.deepEqual([found.problems, found.unknown], [problems, unknown]);
          const principals = found.document.statements[0]?.principals;
          assert.deepEqual([principals?.entries.length, principals?.partial], [entries, true]);
        },
      );
  });

  describe("types of policies", () => {
    const said = (statement: JsonObject, type: "identity" | "resource" | "trust" | "any") => {
      const { document, problems } = parseDocument({ Version: "2012-10-17", Statement: statement }, type);
      return [
        document.type,
        document.statements[0]?.principals?.partial,
        ...problems.map(({ code, path }) => `${code} ${path}`),
      ];
    };
    const base = { Effect: "Allow", Action: "*" } as const;
    const resource = { ...base, Resource: "*" };
    const table: readonly (readonly [
      string,
      JsonObject,
      "identity" | "resource" | "trust" | "any",
      unknown,
    ])[] = [
      ["no principal on an identity", resource, "identity", ["identity", undefined]],
      [
        "one on an identity",
        { ...resource, Principal: "*" },
        "identity",
        ["identity", undefined, "invalid-value Statement.Principal"],
      ],
      [
        "one left out on an identity",
        { ...resource, NotPrincipal: "*" },
        "identity",
        ["identity", undefined, "invalid-value Statement.NotPrincipal"],
      ],
      ["one on a resource", { ...resource, Principal: "*" }, "resource", ["resource", false]],
      ["no principal on a resource", resource, "resource", ["resource", true, "missing-element Statement"]],
      [
        "both on a resource",
        { ...resource, Principal: "*", NotPrincipal: "*" },
        "resource",
        ["resource", false, "exclusive-elements Statement"],
      ],
      ["one of a role", { ...base, Principal: "*" }, "trust", ["trust", false]],
      [
        "a resource of a role",
        { ...resource, Principal: "*" },
        "trust",
        ["trust", false, "invalid-value Statement.Resource"],
      ],
      ["whatever has no principal", resource, "any", ["identity", undefined]],
      ["whatever has both", { ...resource, NotPrincipal: { AWS: A } }, "any", ["resource", false]],
      ["whatever has no resource", { ...base, Principal: "*" }, "any", ["trust", false]],
    ];
    for (const [name, statement, type, expected] of table)
      it(name, () => {
        assert.deepEqual(said(statement, type), expected);
      });
  });
});
