import assert from "node:assert/strict";
import { type JsonObject, parseDocument, UNKNOWN } from "../../policypack/iam";
import type { Document } from "../../policypack/iam/language/document";
import {
  applies,
  decide,
  evaluate,
  type Outcome,
  type Policies,
} from "../../policypack/iam/evaluation/evaluate";
import type { Caller, Request } from "../../policypack/iam/language/request";

type Type = "identity" | "resource" | "trust";
function read(type: Type, ...statements: readonly JsonObject[]): Document {
  return parseDocument({ Version: "2012-10-17", Statement: statements }, type).document;
}
const ACCOUNT = "111122223333";
const USER: Caller = { type: "AWS", id: `arn:aws:iam::${ACCOUNT}:user/bob` };
const SESSION: Caller = { type: "AWS", id: `arn:aws:sts::${ACCOUNT}:assumed-role/ml/s` };
const FEDERATED: Caller = { type: "AWS", id: `arn:aws:sts::${ACCOUNT}:federated-user/bob` };
const SERVICE: Caller = { type: "Service", id: "sagemaker.amazonaws.com" };
const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/team/ml`;
const OBJECT = "arn:aws:s3:::b/k";

interface Asked {
  readonly action?: string;
  readonly resource?: string;
  readonly principal?: Caller | undefined;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}
const requestOf = ({ context = {}, ...asked }: Asked = {}): Request => ({
  action: "s3:GetObject",
  resource: OBJECT,
  principal: undefined,
  ...asked,
  context: new Map(
    Object.entries(context).map(([key, value]) => [key, typeof value === "string" ? [value] : value]),
  ),
});

const ALLOW: JsonObject = { Sid: "Allow", Effect: "Allow", Action: "s3:*", Resource: "*" };
const DENY: JsonObject = { Sid: "Deny", Effect: "Deny", Action: "s3:*", Resource: "*" };
/** A condition that nobody can tell whether it is met. */
const DOUBT: JsonObject = { Condition: { NumericLessThan: { "aws:x": "ten" } } };
const X = { "aws:x": "1" };
const shown = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (item === UNKNOWN ? "unknown" : item));

describe("iam/evaluate", () => {
  describe("applies", () => {
    type Row = readonly [statement: JsonObject, answer: boolean | undefined, asked?: Asked, type?: Type];
    const all = { Effect: "Allow", Action: "*", Resource: "*" } as const;
    const actions = (rest: JsonObject): JsonObject => ({ Effect: "Allow", Resource: "*", ...rest });
    const resources = (rest: JsonObject): JsonObject => ({ Effect: "Allow", Action: "*", ...rest });
    const ofBob = { context: { "aws:username": "bob" }, resource: "arn:aws:s3:::b/bob/k" };
    const groups: Readonly<Record<string, readonly Row[]>> = {
      actions: [
        [actions({ Action: "s3:GetObject" }), true],
        [actions({ Action: "S3:getOBJECT" }), true],
        [actions({ Action: "s3:getobject" }), true, { action: "S3:GETOBJECT" }],
        [actions({ Action: "s3:Get*" }), true],
        [actions({ Action: "s3:GetObject?" }), false],
        [actions({ Action: ["iam:*", "s3:*"] }), true],
        [actions({ Action: [] }), false],
        [actions({ NotAction: "s3:*" }), false],
        [actions({ NotAction: "iam:*" }), true],
        [actions({ NotAction: [] }), true],
        [actions({ NotAction: ["iam:*", "s3:Get*"] }), false],
        [actions({ Action: UNKNOWN }), undefined],
        [actions({ Action: [UNKNOWN, "s3:*"] }), true],
        [actions({ NotAction: [UNKNOWN, "s3:*"] }), false],
        [actions({ NotAction: [UNKNOWN, "iam:*"] }), undefined],
        // Actions have no variables.
        [
          actions({ Action: "s3:${aws:username}" }),
          false,
          { action: "s3:bob", context: { "aws:username": "bob" } },
        ],
      ],
      resources: [
        [resources({ Resource: OBJECT }), true],
        [resources({ Resource: "arn:aws:s3:::b/*" }), true],
        [resources({ Resource: "arn:aws:s3:::B/*" }), false],
        [resources({ Resource: "arn:aws:s3:::b/K" }), false],
        [resources({ Resource: [] }), false],
        [resources({ NotResource: "arn:aws:s3:::b/*" }), false],
        [resources({ NotResource: "arn:aws:s3:::c/*" }), true],
        [resources({ NotResource: [] }), true],
        [resources({ Resource: [UNKNOWN, "arn:aws:s3:::c"] }), undefined],
        [resources({ NotResource: [UNKNOWN, OBJECT] }), false],
        [resources({ Resource: "arn:aws:s3:::b/*" }), false, { resource: "*" }],
        [resources({ Resource: "*" }), true, { resource: "*" }],
      ],
      "policy variables": [
        [resources({ Resource: "arn:aws:s3:::b/${aws:username}/*" }), true, ofBob],
        [
          resources({ Resource: "arn:aws:s3:::b/${aws:username}/*" }),
          false,
          { ...ofBob, context: { "aws:username": "eve" } },
        ],
        [resources({ Resource: "arn:aws:s3:::b/${aws:username}/*" }), false, { ...ofBob, context: {} }],
        [
          resources({ Resource: "arn:aws:s3:::b/${aws:username}/*" }),
          false,
          { ...ofBob, context: { "aws:username": ["bob", "eve"] } },
        ],
        [resources({ Resource: "arn:aws:s3:::b/${aws:username, 'bob'}/*" }), true, { ...ofBob, context: {} }],
        [resources({ NotResource: "arn:aws:s3:::b/${aws:username}/*" }), false, ofBob],
        [
          resources({ NotResource: "arn:aws:s3:::b/${aws:username}/*" }),
          true,
          { ...ofBob, context: { "aws:username": "eve" } },
        ],
        [
          resources({ NotResource: "arn:aws:s3:::b/${aws:username}/*" }),
          undefined,
          { ...ofBob, context: {} },
        ],
        [
          resources({ NotResource: ["arn:aws:s3:::b/${aws:username}/*", "*"] }),
          false,
          { ...ofBob, context: {} },
        ],
        // The value of a variable is no pattern.
        [
          resources({ Resource: "arn:aws:s3:::b/${aws:username}/*" }),
          false,
          { ...ofBob, context: { "aws:username": "*" } },
        ],
        [
          { ...all, Condition: { StringEquals: { "aws:x": "${aws:y}" } } },
          true,
          { context: { "aws:x": "1", "aws:y": "1" } },
        ],
        [{ ...all, Condition: { StringEquals: { "aws:x": "${aws:y}" } } }, false, { context: X }],
        [{ ...all, Condition: { StringNotEquals: { "aws:x": "${aws:y}" } } }, undefined, { context: X }],
      ],
      conditions: [
        [{ ...all, Condition: { StringEquals: { "AWS:X": "1" } } }, true, { context: X }],
        [{ ...all, Condition: { StringEquals: { "aws:x": "2" } } }, false, { context: X }],
        [{ ...all, ...DOUBT }, undefined, { context: X }],
        [{ ...all, ...DOUBT }, false],
        [{ ...all, ...DOUBT, Action: "iam:*" }, false, { context: X }],
        [{ ...all, ...DOUBT, Action: UNKNOWN }, undefined, { context: X }],
        [{ ...all, Action: UNKNOWN, Condition: { StringEquals: { "aws:x": "2" } } }, false, { context: X }],
        [{ ...all, Condition: {} }, true],
        [{ ...all, Condition: UNKNOWN }, undefined],
      ],
      principals: [
        [{ ...all, Principal: "*" }, true, { principal: USER }, "resource"],
        [{ ...all, Principal: "*" }, false, {}, "resource"],
        [{ ...all, Principal: { AWS: USER.id } }, true, { principal: USER }, "resource"],
        [{ ...all, Principal: { AWS: USER.id } }, false, { principal: SESSION }, "resource"],
        [{ ...all, Principal: { AWS: ACCOUNT } }, true, { principal: SESSION }, "resource"],
        [{ ...all, Principal: { AWS: ROLE_ARN } }, true, { principal: SESSION }, "resource"],
        [{ ...all, Principal: { Service: SERVICE.id } }, true, { principal: SERVICE }, "resource"],
        [{ ...all, Principal: { Service: SERVICE.id } }, false, { principal: USER }, "resource"],
        [{ ...all, NotPrincipal: { AWS: USER.id } }, false, { principal: USER }, "resource"],
        [{ ...all, NotPrincipal: { AWS: USER.id } }, true, { principal: SESSION }, "resource"],
        [{ ...all, NotPrincipal: { AWS: ACCOUNT } }, false, { principal: SESSION }, "resource"],
        [{ ...all, NotPrincipal: { AWS: ROLE_ARN } }, false, { principal: SESSION }, "resource"],
        [{ ...all, Principal: { AWS: UNKNOWN } }, undefined, { principal: USER }, "resource"],
        [{ ...all, Principal: { AWS: [UNKNOWN, USER.id] } }, true, { principal: USER }, "resource"],
        [{ ...all, NotPrincipal: { AWS: UNKNOWN } }, undefined, { principal: USER }, "resource"],
        [{ ...all, NotPrincipal: { AWS: [UNKNOWN, USER.id] } }, false, { principal: USER }, "resource"],
        [
          { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: SERVICE.id } },
          true,
          { action: "sts:AssumeRole", resource: ROLE_ARN, principal: SERVICE },
          "trust",
        ],
      ],
    };
    for (const [group, rows] of Object.entries(groups))
      describe(group, () => {
        for (const [statement, answer, asked = {}, type = "identity"] of rows)
          it(`${shown(statement)} of ${shown(asked)}: ${String(answer)}`, () => {
            const [only] = read(type, statement).statements;
            assert.ok(only);
            assert.equal(applies(only, requestOf(asked)), answer);
          });
      });
  });

  describe("decide", () => {
    const doubt = (statement: JsonObject, sid: string): JsonObject => ({ ...statement, ...DOUBT, Sid: sid });
    const other = (statement: JsonObject): JsonObject => ({ ...statement, Action: "iam:*" });
    type Row = readonly [
      name: string,
      documents: readonly (readonly JsonObject[])[],
      outcome: Outcome,
      sids: readonly string[],
    ];
    const table: readonly Row[] = [
      ["nothing", [], "implicitly denied", []],
      ["a document that says nothing", [[]], "implicitly denied", []],
      ["an Allow", [[ALLOW]], "allowed", ["Allow"]],
      ["a Deny", [[DENY]], "explicitly denied", ["Deny"]],
      ["an Allow of something else", [[other(ALLOW)]], "implicitly denied", []],
      ["a Deny of something else", [[other(DENY), ALLOW]], "allowed", ["Allow"]],
      ["a Deny after an Allow", [[ALLOW, DENY]], "explicitly denied", ["Deny"]],
      ["a Deny before an Allow", [[DENY, ALLOW]], "explicitly denied", ["Deny"]],
      ["a Deny in another document", [[ALLOW], [DENY]], "explicitly denied", ["Deny"]],
      ["all that allow", [[ALLOW], [{ ...ALLOW, Sid: "B" }]], "allowed", ["Allow", "B"]],
      ["all that deny", [[DENY, { ...DENY, Sid: "B" }], [ALLOW]], "explicitly denied", ["Deny", "B"]],
      ["a doubtful Allow", [[doubt(ALLOW, "D")]], "unknown", ["D"]],
      ["a doubtful Allow beside a certain one", [[doubt(ALLOW, "D"), ALLOW]], "allowed", ["Allow"]],
      ["a doubtful Allow and a Deny", [[doubt(ALLOW, "D"), DENY]], "explicitly denied", ["Deny"]],
      ["a doubtful Deny and an Allow", [[doubt(DENY, "D"), ALLOW]], "unknown", ["D"]],
      [
        "a doubtful Deny beside a certain one",
        [[doubt(DENY, "D"), DENY, ALLOW]],
        "explicitly denied",
        ["Deny"],
      ],
      ["a doubtful Deny of nothing allowed", [[doubt(DENY, "D")]], "unknown", ["D"]],
      [
        "Deny with NotAction",
        [[ALLOW, { Sid: "N", Effect: "Deny", NotAction: "iam:*", Resource: "*" }]],
        "explicitly denied",
        ["N"],
      ],
      [
        "Deny with NotResource",
        [[ALLOW, { Sid: "N", Effect: "Deny", Action: "*", NotResource: "arn:aws:s3:::b/*" }]],
        "allowed",
        ["Allow"],
      ],
      [
        "an unresolved variable in what a Deny leaves out",
        [[ALLOW, { Sid: "N", Effect: "Deny", Action: "*", NotResource: "arn:aws:s3:::b/${aws:y}" }]],
        "unknown",
        ["N"],
      ],
      [
        "an unresolved variable in what a Deny is about",
        [[ALLOW, { Sid: "N", Effect: "Deny", Action: "*", Resource: "arn:aws:s3:::b/${aws:y}" }]],
        "allowed",
        ["Allow"],
      ],
      [
        "an unresolved variable in a negated condition of a Deny",
        [[ALLOW, { ...DENY, Sid: "N", Condition: { StringNotEquals: { "aws:x": "${aws:y}" } } }]],
        "unknown",
        ["N"],
      ],
    ];
    for (const [name, documents, outcome, sids] of table)
      it(`${name}: ${outcome}`, () => {
        const decision = decide(
          documents.map((statements) => read("identity", ...statements)),
          requestOf({ context: X }),
        );
        assert.deepEqual([decision.outcome, decision.statements.map(({ sid }) => sid)], [outcome, sids]);
      });
  });

  describe("evaluate", () => {
    const none: readonly Document[] = [];
    const own = [read("identity", ALLOW)];
    const denial = [read("identity", DENY)];
    const doubtful = [read("identity", { ...ALLOW, ...DOUBT })];
    const doubtfulDenial = [read("identity", ALLOW, { ...DENY, ...DOUBT })];
    const other = [read("identity", { ...ALLOW, Action: "iam:*" })];
    const given = (principal: JsonObject | string, statement: JsonObject = ALLOW): readonly Document[] => [
      read("resource", { ...statement, Principal: principal }),
    ];
    const toUser = given({ AWS: USER.id });
    const toSession = given({ AWS: SESSION.id });
    const toRole = given({ AWS: ROLE_ARN });
    const toAccount = given({ AWS: ACCOUNT });
    const toAll = given("*");
    const nobody = { principal: USER, context: X };

    type Row = readonly [name: string, policies: Policies, outcome: Outcome, asked?: Asked];
    const groups: Readonly<Record<string, readonly Row[]>> = {
      "the caller's own policies": [
        ["none", { identity: none }, "implicitly denied"],
        ["one that allows", { identity: own }, "allowed"],
        ["one that denies", { identity: [...own, ...denial] }, "explicitly denied"],
        ["a doubtful one", { identity: doubtful }, "unknown"],
      ],
      "the resource's policy, within one account": [
        ["names the user", { identity: none, resource: toUser }, "allowed"],
        ["names somebody else", { identity: none, resource: toSession }, "implicitly denied"],
        ["names somebody else, the caller may", { identity: own, resource: toSession }, "allowed"],
        ["denies", { identity: own, resource: given("*", DENY) }, "explicitly denied"],
        [
          "denies everybody but the user",
          { identity: own, resource: [read("resource", { ...DENY, NotPrincipal: { AWS: USER.id } })] },
          "allowed",
        ],
        [
          "denies everybody but somebody else",
          { identity: own, resource: [read("resource", { ...DENY, NotPrincipal: { AWS: SESSION.id } })] },
          "explicitly denied",
        ],
        [
          "allows everybody but somebody else",
          { identity: none, resource: [read("resource", { ...ALLOW, NotPrincipal: { AWS: SESSION.id } })] },
          "allowed",
        ],
        [
          "is doubtful",
          { identity: none, resource: given({ AWS: USER.id }, { ...ALLOW, ...DOUBT }) },
          "unknown",
        ],
        [
          "is doubtful, the caller may",
          { identity: own, resource: given({ AWS: USER.id }, { ...ALLOW, ...DOUBT }) },
          "allowed",
        ],
        [
          "may deny, the caller may",
          { identity: own, resource: given("*", { ...DENY, ...DOUBT }) },
          "unknown",
        ],
        ["names the user, whose own may deny", { identity: doubtfulDenial, resource: toUser }, "unknown"],
        [
          "names a service",
          { identity: none, resource: given({ Service: SERVICE.id }) },
          "allowed",
          { principal: SERVICE },
        ],
        ["names everybody", { identity: none, resource: toAll }, "allowed"],
        // "This delegates authority to the account": its identities need a policy of their own.
        ["names the account", { identity: none, resource: toAccount }, "implicitly denied"],
        [
          "names the account by its ARN",
          { identity: none, resource: given({ AWS: `arn:aws:iam::${ACCOUNT}:root` }) },
          "implicitly denied",
        ],
        ["names the account, the caller may", { identity: own, resource: toAccount }, "allowed"],
        ["names the account, the caller perhaps", { identity: doubtful, resource: toAccount }, "unknown"],
        [
          "names the account and the user",
          { identity: none, resource: given({ AWS: [ACCOUNT, USER.id] }) },
          "allowed",
        ],
        [
          "names the account, its root asks",
          { identity: none, resource: given({ AWS: `arn:aws:iam::${ACCOUNT}:root` }) },
          "allowed",
          { principal: { type: "AWS", id: `arn:aws:iam::${ACCOUNT}:root` } },
        ],
      ],
      "a role: by session, by role, by account": [
        ["by session", { identity: none, resource: toSession }, "allowed", { principal: SESSION }],
        [
          "by session, beyond boundary and session policy",
          { identity: none, resource: toSession, boundary: other, session: other },
          "allowed",
          { principal: SESSION },
        ],
        ["by role", { identity: none, resource: toRole }, "allowed", { principal: SESSION }],
        [
          "by role, beyond its boundary",
          { identity: none, resource: toRole, boundary: other },
          "implicitly denied",
          { principal: SESSION },
        ],
        [
          "by role, beyond its session policy",
          { identity: none, resource: toRole, session: other },
          "implicitly denied",
          { principal: SESSION },
        ],
        [
          "by role, within boundary and session policy",
          { identity: none, resource: toRole, boundary: own, session: own },
          "allowed",
          { principal: SESSION },
        ],
        [
          "by role, perhaps within its boundary",
          { identity: none, resource: toRole, boundary: doubtful },
          "unknown",
          { principal: SESSION, context: X },
        ],
        ["by account", { identity: none, resource: toAccount }, "implicitly denied", { principal: SESSION }],
        [
          "by account, the role may",
          { identity: own, resource: toAccount },
          "allowed",
          { principal: SESSION },
        ],
        [
          "by account, beyond its boundary",
          { identity: own, resource: toAccount, boundary: other },
          "implicitly denied",
          { principal: SESSION },
        ],
        [
          "by role and by account",
          { identity: none, resource: given({ AWS: [ACCOUNT, ROLE_ARN] }) },
          "allowed",
          { principal: SESSION },
        ],
        [
          "another session",
          { identity: none, resource: given({ AWS: `${SESSION.id}2` }) },
          "implicitly denied",
          { principal: SESSION },
        ],
        [
          "a federated user by name",
          { identity: none, resource: given({ AWS: FEDERATED.id }), session: other },
          "allowed",
          { principal: FEDERATED },
        ],
      ],
      "a permissions boundary": [
        ["allows, the policy does too", { identity: own, boundary: own }, "allowed"],
        ["allows, no policy does", { identity: none, boundary: own }, "implicitly denied"],
        ["does not allow", { identity: own, boundary: other }, "implicitly denied"],
        ["is empty", { identity: own, boundary: none }, "implicitly denied"],
        ["denies", { identity: own, boundary: [...own, ...denial] }, "explicitly denied"],
        [
          "does not allow what the resource gives a user",
          { identity: none, resource: toUser, boundary: other },
          "allowed",
        ],
        [
          "does not allow what the resource gives everybody",
          { identity: none, resource: toAll, boundary: other },
          "allowed",
        ],
        [
          "denies what the resource gives a user",
          { identity: none, resource: toUser, boundary: denial },
          "explicitly denied",
        ],
        [
          "may deny what the resource gives a user",
          { identity: none, resource: toUser, boundary: doubtfulDenial },
          "unknown",
        ],
        ["is doubtful", { identity: own, boundary: doubtful }, "unknown"],
        ["is doubtful, no policy allows", { identity: none, boundary: doubtful }, "implicitly denied"],
      ],
      "a session policy": [
        ["allows, the role does too", { identity: own, session: own }, "allowed"],
        ["does not allow", { identity: own, session: other }, "implicitly denied"],
        [
          "allows, the boundary does not",
          { identity: own, session: own, boundary: other },
          "implicitly denied",
        ],
        ["denies", { identity: own, session: denial }, "explicitly denied"],
      ],
      "control policies": [
        ["no level", { identity: own, serviceControl: [] }, "allowed"],
        ["every level allows", { identity: own, serviceControl: [own, own, own] }, "allowed"],
        ["one level does not", { identity: own, serviceControl: [own, other, own] }, "implicitly denied"],
        ["one level has none", { identity: own, serviceControl: [own, none] }, "implicitly denied"],
        ["one level has several", { identity: own, serviceControl: [[...other, ...own]] }, "allowed"],
        [
          "one level denies",
          { identity: own, serviceControl: [own, [...own, ...denial]] },
          "explicitly denied",
        ],
        ["they allow, nobody else does", { identity: none, serviceControl: [own] }, "implicitly denied"],
        [
          "they do not allow what the resource gives",
          { identity: none, resource: toUser, serviceControl: [other] },
          "implicitly denied",
        ],
        ["one level is doubtful", { identity: own, serviceControl: [own, doubtful] }, "unknown"],
        [
          "one level is doubtful, another does not allow",
          { identity: own, serviceControl: [doubtful, other] },
          "implicitly denied",
        ],
        [
          "of resources: one level does not allow",
          { identity: own, resourceControl: [own, other] },
          "implicitly denied",
        ],
        [
          "of resources: one level denies",
          {
            identity: own,
            resource: toUser,
            resourceControl: [[read("resource", { ...ALLOW, Principal: "*" }, { ...DENY, Principal: "*" })]],
          },
          "explicitly denied",
        ],
        ["of resources: allow", { identity: own, resourceControl: [toAll] }, "allowed"],
      ],
      "across accounts": [
        ["both allow", { identity: own, resource: toUser, crossAccount: true }, "allowed"],
        ["the account is named", { identity: own, resource: toAccount, crossAccount: true }, "allowed"],
        ["everybody is", { identity: own, resource: toAll, crossAccount: true }, "allowed"],
        ["the caller may not", { identity: none, resource: toUser, crossAccount: true }, "implicitly denied"],
        [
          "the resource does not allow",
          { identity: own, resource: none, crossAccount: true },
          "implicitly denied",
        ],
        ["the resource has no policy", { identity: own, crossAccount: true }, "implicitly denied"],
        [
          "the caller's boundary does not allow",
          { identity: own, resource: toUser, boundary: other, crossAccount: true },
          "implicitly denied",
        ],
        [
          "the session's policy does not allow",
          { identity: own, resource: toSession, session: other, crossAccount: true },
          "implicitly denied",
          { principal: SESSION },
        ],
        [
          "the resource denies",
          { identity: own, resource: [...toUser, ...given("*", DENY)], crossAccount: true },
          "explicitly denied",
        ],
        [
          "the resource is doubtful",
          { identity: own, resource: given("*", { ...ALLOW, ...DOUBT }), crossAccount: true },
          "unknown",
        ],
        [
          "a control policy does not allow",
          { identity: own, resource: toUser, serviceControl: [other], crossAccount: true },
          "implicitly denied",
        ],
      ],
      "unresolved variables": [
        [
          "in a resource",
          { identity: [read("identity", { ...ALLOW, Resource: "arn:aws:s3:::b/${aws:y}" })] },
          "implicitly denied",
        ],
        [
          "in what is left out",
          {
            identity: [
              read("identity", { Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::b/${aws:y}" }),
            ],
          },
          "unknown",
        ],
        [
          "in a negated condition",
          {
            identity: [
              read("identity", { ...ALLOW, Condition: { StringNotEquals: { "aws:x": "${aws:y}" } } }),
            ],
          },
          "unknown",
        ],
        [
          "in the negated condition of a denial",
          {
            identity: own,
            resource: given("*", { ...DENY, Condition: { StringNotEquals: { "aws:x": "${aws:y}" } } }),
          },
          "unknown",
        ],
      ],
    };
    for (const [group, rows] of Object.entries(groups))
      describe(group, () => {
        for (const [name, policies, outcome, asked] of rows)
          it(`${name}: ${outcome}`, () => {
            assert.equal(evaluate(requestOf({ ...nobody, ...asked }), policies).outcome, outcome);
          });
      });
    it("names the statements that decided", () => {
      const sids = (policies: Policies): unknown =>
        evaluate(requestOf(nobody), policies).statements.map(({ sid }) => sid);
      assert.deepEqual(sids({ identity: own }), ["Allow"]);
      assert.deepEqual(sids({ identity: [...own, ...denial], boundary: denial }), ["Deny", "Deny"]);
      assert.deepEqual(sids({ identity: none }), []);
      assert.deepEqual(sids({ identity: doubtfulDenial, resource: toUser }), ["Deny"]);
    });
  });
});
