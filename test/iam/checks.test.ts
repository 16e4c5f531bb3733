import assert from "node:assert/strict";
import { budget, parseDocument, type PolicyType, type Reading } from "../../policypack/iam";
import { KNOWN } from "../../policypack/catalogue";
import { areEquivalent, compare, doesNotGrant } from "../../policypack/iam/containment/checks";
import { isPublic } from "../../policypack/iam/containment/public";

type Raw = Readonly<Record<string, unknown>>;
const read = (type: PolicyType, ...statements: readonly Raw[]): Reading => {
  const reading = parseDocument(JSON.stringify({ Version: "2012-10-17", Statement: statements }), type);
  assert.deepEqual(reading.problems, []);
  return reading;
};
const identity = (...statements: readonly Raw[]): Reading => read("identity", ...statements);
const allow = (Action: unknown, Resource: unknown, more: Raw = {}): Raw => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const deny = (Action: unknown, Resource: unknown, more: Raw = {}): Raw => ({
  ...allow(Action, Resource, more),
  Effect: "Deny",
});
const BUCKET = "arn:aws:s3:::data";
const OBJECTS = "arn:aws:s3:::data/*";

describe("iam/checks", () => {
  describe("doesNotGrant", () => {
    const cases: readonly {
      readonly name: string;
      readonly policy: readonly Raw[];
      readonly actions?: readonly string[];
      readonly resources?: readonly string[];
      readonly answer: string;
    }[] = [
      {
        name: "an action that is not granted",
        policy: [allow("s3:GetObject", OBJECTS)],
        actions: ["s3:DeleteBucket"],
        answer: "contained all-actions",
      },
      {
        name: "an action that is granted on some resource",
        policy: [allow("s3:*", OBJECTS), allow("s3:deletebucket", BUCKET)],
        actions: ["s3:DeleteBucket", "iam:*"],
        answer: "s3:DeleteBucket arn:aws:s3:::data",
      },
      {
        name: "a pattern that takes the action in",
        policy: [allow("s3:D*", "*")],
        actions: ["s3:DeleteBucket"],
        answer: "s3:DeleteBucket arn:aws:s3:::aaa",
      },
      {
        name: "an action that is denied again",
        policy: [allow("s3:*", "*"), deny("s3:DeleteBucket", "*")],
        actions: ["s3:DeleteBucket"],
        answer: "contained all-actions",
      },
      {
        name: "an action that is denied on one resource only",
        policy: [allow("s3:DeleteBucket", "*"), deny("s3:DeleteBucket", "arn:aws:s3:::aaa")],
        actions: ["s3:DeleteBucket"],
        answer: "s3:DeleteBucket arn:aws:s3:::baa",
      },
      {
        name: "any action on a resource",
        policy: [allow("s3:GetObject", "arn:aws:s3:::other/*"), allow("s3:ListBucket", BUCKET)],
        resources: [OBJECTS],
        answer: "contained all-actions",
      },
      {
        name: "a resource within a pattern",
        policy: [allow("s3:GetObject", "arn:aws:s3:::*/*")],
        resources: ["arn:aws:s3:::data/secret"],
        answer: "s3:GetObject arn:aws:s3:::data/secret",
      },
      {
        name: "these actions on these resources: one of each is not enough",
        policy: [allow("s3:GetObject", "arn:aws:s3:::other/*"), allow("s3:ListBucket", BUCKET)],
        actions: ["s3:GetObject"],
        resources: [BUCKET],
        answer: "contained all-actions",
      },
      {
        name: "everything but the action",
        policy: [{ Effect: "Allow", NotAction: "s3:DeleteBucket", Resource: "*" }],
        actions: ["s3:DeleteBucket"],
        answer: "contained all-actions",
      },
      {
        name: "nothing asked for, everything meant",
        policy: [allow("s3:GetObject", OBJECTS)],
        answer: "s3:GetObject arn:aws:s3:::data/x",
      },
    ];
    for (const { name, policy, actions, resources, answer } of cases)
      it(name, () => {
        const found = doesNotGrant(
          [identity(...policy)],
          {
            ...(actions === undefined ? {} : { actions }),
            ...(resources === undefined ? {} : { resources }),
          },
          KNOWN,
        );
        assert.equal(
          found.verdict === "exceeds"
            ? `${found.counterexample.action} ${found.counterexample.resource}`
            : found.verdict === "contained"
              ? `contained ${found.scope}`
              : found.reason,
          answer,
        );
      });
  });

  describe("areEquivalent", () => {
    it("the same in other words", () => {
      const a = identity(allow(["s3:GetObject", "s3:PutObject"], OBJECTS));
      const b = identity(allow("S3:putobject", OBJECTS), allow(["s3:GetObject"], [OBJECTS]));
      assert.equal(areEquivalent([a], [b], KNOWN), true);
    });
    it("a Deny that takes nothing away", () => {
      const a = identity(allow("s3:GetObject", OBJECTS));
      assert.equal(
        areEquivalent([a], [identity(allow("s3:GetObject", OBJECTS), deny("s3:PutObject", "*"))], KNOWN),
        true,
      );
    });
    it("one action more", () => {
      const a = identity(allow("s3:GetObject", OBJECTS));
      const b = identity(allow(["s3:GetObject", "s3:GetObjectTagging"], OBJECTS));
      assert.equal(areEquivalent([a], [b], KNOWN), false);
      const { adds, removes } = compare([a], [b], KNOWN);
      assert.deepEqual([adds.verdict, removes.verdict], ["exceeds", "contained"]);
    });
    it("as many actions as are known, but not as many as there may be", () => {
      const a = identity(allow("s3:GetObject*", OBJECTS));
      const b = identity(allow("s3:GetObjec*", OBJECTS));
      assert.equal(areEquivalent([a], [b], KNOWN), false);
    });
  });

  describe("isPublic", () => {
    const open = (more: Raw = {}): Raw => allow("s3:GetObject", OBJECTS, { Principal: "*", ...more });
    const only = (operator: string, key: string, value: unknown): Raw =>
      open({ Condition: { [operator]: { [key]: value } } });
    const cases: readonly [name: string, statements: readonly Raw[], answer: boolean | "unknown"][] = [
      ["everyone", [open()], true],
      ["everyone, as AWS", [open({ Principal: { AWS: "*" } })], true],
      ["everyone, in a list", [open({ Principal: { AWS: ["123456789012", "*"] } })], true],
      ["an account", [open({ Principal: { AWS: "123456789012" } })], false],
      ["a service", [open({ Principal: { Service: "sagemaker.amazonaws.com" } })], false],
      [
        "everyone but one",
        [{ ...open(), Principal: undefined, NotPrincipal: { AWS: "123456789012" } }],
        true,
      ],
      ["an organisation", [only("StringEquals", "aws:PrincipalOrgID", "o-abc")], false],
      [
        "an organisation, if there is one",
        [only("StringEqualsIfExists", "aws:PrincipalOrgID", "o-abc")],
        true,
      ],
      ["all organisations but one", [only("StringNotEquals", "aws:PrincipalOrgID", "o-abc")], true],
      ["organisations by pattern", [only("StringLike", "aws:PrincipalOrgID", "o-*")], true],
      ["a pattern that is none", [only("StringLike", "aws:PrincipalOrgID", "o-abc")], false],
      ["a key in any case", [only("StringEquals", "AWS:principalORGid", "o-abc")], false],
      ["an endpoint", [only("StringEquals", "aws:SourceVpce", ["vpce-1", "vpce-2"])], false],
      ["an address", [only("IpAddress", "aws:SourceIp", "203.0.113.0/24")], false],
      ["half of all addresses", [only("IpAddress", "aws:SourceIp", "0.0.0.0/1")], true],
      ["all but an address", [only("NotIpAddress", "aws:SourceIp", "203.0.113.0/24")], true],
      ["a topic", [only("ArnEquals", "aws:SourceArn", "arn:aws:sns:us-east-1:123456789012:t")], false],
      ["the topics of an account", [only("ArnLike", "aws:SourceArn", "arn:aws:sns:*:123456789012:*")], false],
      ["the topics of all accounts", [only("ArnLike", "aws:SourceArn", "arn:aws:sns:*:*:t")], true],
      [
        "the resource's account",
        [only("StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}")],
        false,
      ],
      ["another variable", [only("StringEquals", "aws:PrincipalAccount", "${aws:PrincipalAccount}")], true],
      ["a condition that does not say who", [only("Bool", "aws:SecureTransport", "true")], true],
      [
        "all values of a key that may have none",
        [only("ForAllValues:StringEquals", "aws:PrincipalOrgPaths", "o-abc/r-1/")],
        true,
      ],
      ["open, and denied again", [open(), deny("s3:*", "*", { Principal: "*" })], false],
      [
        "open, and denied to strangers to the organisation",
        [
          open(),
          deny("s3:*", "*", {
            Principal: "*",
            Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-abc" } },
          }),
        ],
        // Callers of the organisation are left, who are not anybody.
        false,
      ],
      [
        "open, and denied to strangers unless they come from an address",
        [
          open(),
          deny("s3:*", "*", {
            Principal: "*",
            Condition: {
              StringNotEquals: { "aws:PrincipalOrgID": "o-abc" },
              NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" },
            },
          }),
        ],
        false,
      ],
      [
        "open, and denied to strangers that come from an address",
        [
          open(),
          deny("s3:*", "*", {
            Principal: "*",
            Condition: {
              StringNotEquals: { "aws:PrincipalOrgID": "o-abc" },
              IpAddress: { "aws:SourceIp": "203.0.113.0/24" },
            },
          }),
        ],
        true,
      ],
      [
        "open, and denied to strangers that belong to an organisation",
        [
          open(),
          deny("s3:*", "*", {
            Principal: "*",
            Condition: {
              StringNotEquals: { "aws:PrincipalOrgID": "o-abc" },
              Null: { "aws:PrincipalOrgID": "false" },
            },
          }),
        ],
        true,
      ],
      [
        "open, and denied to strangers, if the key is there or not",
        [
          open(),
          deny("s3:*", "*", {
            Principal: "*",
            Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-abc" } },
          }),
        ],
        false,
      ],
      [
        "open, and denied to those without a value among the known",
        [
          open(),
          deny("s3:*", "*", {
            Principal: "*",
            Condition: { "ForAllValues:StringNotLike": { "aws:PrincipalOrgPaths": "o-abc/r-1/*" } },
          }),
        ],
        false,
      ],
      [
        "open, and denied to those with a value that is not known",
        [
          open(),
          deny("s3:*", "*", {
            Principal: "*",
            Condition: { "ForAnyValue:StringNotLike": { "aws:PrincipalOrgPaths": "o-abc/r-1/*" } },
          }),
        ],
        true,
      ],
      [
        "open, and denied to strangers for one action",
        [
          open({ Action: ["s3:GetObject", "s3:PutObject"] }),
          deny("s3:PutObject", "*", {
            Principal: "*",
            Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-abc" } },
          }),
        ],
        true,
      ],
      [
        "a part of an organisation",
        [only("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-abc/r-1/*")],
        false,
      ],
      [
        "organisations that begin alike",
        [only("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a*")],
        true,
      ],
      ["the sessions of a role", [only("StringLike", "aws:userid", "AROAJ2UCCR6DPCEXAMPLE:*")], false],
      ["sessions by name", [only("StringLike", "aws:userid", "*:bob")], true],
      [
        "use through a service, whoever's",
        [
          open({
            Action: "kms:Decrypt",
            Resource: "*",
            Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
          }),
        ],
        true,
      ],
      [
        "a key that its requests do not carry",
        [only("StringEquals", "kms:ViaService", "s3.us-east-1.amazonaws.com")],
        "unknown",
      ],
      ["nothing allowed", [deny("s3:*", "*", { Principal: "*" })], false],
    ];
    for (const [name, statements, answer] of cases)
      it(name, () => {
        assert.equal(isPublic([read("resource", ...statements)], KNOWN).public, answer);
      });
    it("shows who may do what", () => {
      const found = isPublic([read("resource", open())], KNOWN);
      assert.ok(found.public === true);
      assert.deepEqual(found.request, {
        action: "s3:GetObject",
        resource: "arn:aws:s3:::data/x",
        principal: { type: "AWS", id: "arn:aws:iam::111111111111:user/name" },
        context: new Map(),
        absent: [],
      });
    });
    it("takes the work from what is left for several proofs, and claims nothing when that is used up", () => {
      const left = budget(10_000);
      assert.equal(isPublic([read("resource", open())], KNOWN, left).public, true);
      assert.ok(left.left < 10_000);
      assert.equal(isPublic([read("resource", open())], KNOWN, budget(0)).public, "unknown");
    });
    it("says so when a document cannot be read", () => {
      const reading = parseDocument('{"Statement": {"Effect": "Allow"}}', "resource");
      assert.deepEqual(isPublic([reading], KNOWN), {
        public: "unknown",
        reason: "the policy cannot be read at Statement",
      });
    });
  });
});
