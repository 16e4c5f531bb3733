import assert from "node:assert/strict";
import {
  defineRule,
  evaluate,
  findingOf,
  placeOf,
  readConfiguration,
  type Rule,
  textOf,
} from "../../policypack/engine";
import { type Json, parseDocument, UNKNOWN, type Unknown } from "../../policypack/iam";
import { approvedActions } from "../../policypack/rules/approved-actions";
import { readableDocument, rules } from "../../policypack/rules";
import { allow, CLEAN } from "../rules/cases";

const document = (...statements: unknown[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const subject = { file: "policy.json" };
const findings = (source: string | Json | Unknown, configuration: unknown = {}) => {
  const { rules: configured, problems } = readConfiguration(rules, configuration);
  assert.deepEqual(problems, []);
  return evaluate(
    configured,
    [{ subject, kind: "identity", reading: parseDocument(source) }],
    readableDocument,
  );
};
const said = (source: string | Json | Unknown, configuration: unknown = {}) =>
  findings(source, configuration).map(({ rule, level, path }) => `${rule} ${level} ${path}`.trim());

describe("evaluate", () => {
  it("finds nothing in a clean document", () => {
    assert.deepEqual(findings(document(CLEAN)), []);
  });
  it("says once what cannot be read, in the words of the rule about it", () => {
    assert.deepEqual(said("{"), ["readable-document mandatory"]);
  });
  it("judges what can be read beside what cannot", () => {
    assert.deepEqual(said(document(allow(7, "arn:aws:s3:::b/*"), allow("s3:GetObject", "*"))), [
      "readable-document mandatory Statement[0].Action",
      "no-wildcard-resource mandatory Statement[1].Resource",
    ]);
  });
  it("does not let an unreadable document pass when the rule about reading is disabled", () => {
    assert.deepEqual(said("{", { "readable-document": "disabled" }), [`${String(rules[1]?.id)} mandatory`]);
    assert.deepEqual(said("{", { all: "disabled", "no-wildcard-resource": "mandatory" }), [
      "no-wildcard-resource mandatory",
    ]);
  });
  it("finds nothing when everything is disabled", () => {
    assert.deepEqual(said("{", { all: "disabled" }), []);
  });
  it("takes the level of the configuration", () => {
    assert.deepEqual(said(document(allow("s3:GetObject", "*")), { "no-wildcard-resource": "advisory" }), [
      "no-wildcard-resource advisory Statement[0].Resource",
    ]);
    assert.deepEqual(said(document(allow("s3:GetObject", "*")), { all: "advisory" }), [
      "no-wildcard-resource advisory Statement[0].Resource",
    ]);
    assert.deepEqual(
      said(document(allow("s3:GetObject", "*")), { all: "advisory", "no-wildcard-resource": "mandatory" }),
      ["no-wildcard-resource mandatory Statement[0].Resource"],
    );
  });

  describe("with values that are not known yet", () => {
    it("reports a whole document once, as advisory", () => {
      assert.deepEqual(said(UNKNOWN), ["readable-document advisory"]);
    });
    it("fails when one rule asks for it, beside the report", () => {
      assert.deepEqual(said(UNKNOWN, { "no-wildcard-resource": { onUnknown: "fail" } }), [
        "readable-document advisory",
        "no-wildcard-resource mandatory",
      ]);
      assert.deepEqual(said(UNKNOWN, { "readable-document": { onUnknown: "fail" } }), [
        "readable-document mandatory",
      ]);
    });
    it("is silent when every rule is told to skip", () => {
      const skip = { onUnknown: "skip" };
      assert.deepEqual(said(UNKNOWN, Object.fromEntries(rules.map(({ id }) => [id, skip]))), []);
      assert.deepEqual(said(UNKNOWN, { "readable-document": skip }), [`${String(rules[1]?.id)} advisory`]);
    });
    it("judges what is known around them", () => {
      const partly: Json = {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: ["s3:GetObject", UNKNOWN], Resource: ["*", UNKNOWN] }],
      };
      assert.deepEqual(said(partly), [
        "readable-document advisory Statement[0].Action[1]",
        "no-wildcard-resource mandatory Statement[0].Resource[0]",
      ]);
    });
    it("takes no exclusion for known that is not", () => {
      const excluded: Json = {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", NotAction: [UNKNOWN], Resource: "*" },
          { Effect: "Allow", Action: "s3:GetObject", NotResource: UNKNOWN },
        ],
      };
      assert.deepEqual(said(excluded), ["readable-document advisory Statement[0].NotAction[0]"]);
    });
    it("says nothing of what a Deny may take away, but that it is not known", () => {
      const denied = (Action: string): Json => ({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
          { Effect: "Deny", Action, Resource: "*", Condition: UNKNOWN },
        ],
      });
      assert.deepEqual(said(denied("s3:*")), ["readable-document advisory Statement[1].Condition"]);
      assert.deepEqual(said(denied("sqs:*")), [
        "readable-document advisory Statement[1].Condition",
        "no-wildcard-resource mandatory Statement[0].Resource",
      ]);
      const strict = { "readable-document": { onUnknown: "fail" } };
      assert.deepEqual(said(denied("s3:*"), strict), ["readable-document mandatory Statement[1].Condition"]);
    });
  });

  it("turns an exception of a rule into a finding, and goes on", () => {
    const broken: Rule = defineRule({
      ...approvedActions,
      id: "broken-rule",
      check: () => {
        throw new Error("boom\n  at secret.ts:1");
      },
    });
    const { rules: configured } = readConfiguration([broken, ...rules], {});
    const found = evaluate(
      configured,
      [{ subject, kind: "identity", reading: parseDocument(document(allow("s3:GetObject", "*"))) }],
      readableDocument,
    );
    assert.deepEqual(
      found.map(({ rule, level }) => `${rule} ${level}`),
      ["broken-rule mandatory", "no-wildcard-resource mandatory"],
    );
    assert.match(found[0]?.message ?? "", /^rule error: .*\(boom\)/);
  });
});

describe("a finding", () => {
  const one = (source: string) =>
    findings(source).filter((finding) => finding.rule === "no-wildcard-resource");

  it("has the form of the contract", () => {
    assert.deepEqual(
      one(document(CLEAN, { Sid: "ReadData", ...allow("s3:GetObject", ["*"]) })),
      [
        {
          rule: "no-wildcard-resource",
          level: "mandatory",
          severity: "high",
          subject: { file: "policy.json" },
          path: "Statement[1].Resource[0]",
          sid: "ReadData",
          message: "`s3:GetObject` is allowed on `*`, which singles out no object",
          fix: '{"Sid":"ReadData","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::<bucket>/<prefix>*"}',
          data: {
            action: "s3:GetObject",
            actions: ["s3:GetObject"],
            resource: "*",
            type: "object",
            count: "1",
          },
          fingerprint: "FINGERPRINT",
        },
      ].map((finding) => ({
        ...finding,
        fingerprint: one(document(CLEAN, { Sid: "ReadData", ...allow("s3:GetObject", ["*"]) }))[0]
          ?.fingerprint,
      })),
    );
  });
  it("keeps its fingerprint when statements change places", () => {
    const bad = allow("s3:GetObject", "*");
    const [before] = one(document(CLEAN, bad));
    const [after] = one(document(bad, CLEAN));
    assert.match(before?.fingerprint ?? "", /^[0-9a-f]{16}$/);
    assert.equal(after?.fingerprint, before?.fingerprint);
  });
  it("has another fingerprint for another mistake, and in another file", () => {
    const [finding] = one(document(allow("s3:GetObject", "*")));
    const [other] = one(document(allow("s3:PutObject", "*")));
    assert.notEqual(finding?.fingerprint, other?.fingerprint);
    const violation = { message: "named", path: "", data: {}, fix: "" };
    const rule = approvedActions;
    assert.notEqual(
      findingOf(rule, violation, { file: "a" }, "mandatory").fingerprint,
      findingOf(rule, violation, { file: "b" }, "mandatory").fingerprint,
    );
  });
  it("names its place and fix in Pulumi's output", () => {
    const resource = { urn: "urn", type: "aws:iam/policy:Policy", name: "p", property: "policy" };
    const [found] = one(document({ Sid: "S", ...allow("s3:GetObject", "*") }));
    assert.ok(found);
    const finding = { ...found, subject: resource };
    assert.equal(placeOf(finding), "policy.Statement[0].Resource (Sid S)");
    assert.equal(
      textOf(finding),
      `policy.Statement[0].Resource (Sid S): ${finding.message}\nfix: ${finding.fix}`,
    );
    assert.equal(placeOf({ subject, path: "" }), "document");
  });
});
