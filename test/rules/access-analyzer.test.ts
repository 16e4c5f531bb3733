import assert from "node:assert/strict";
import { evaluate, type PolicyKind, readConfiguration, TYPE_OF } from "../../policypack/engine";
import { parseDocument } from "../../policypack/iam";
import { readableDocument, rules } from "../../policypack/rules";
import { CHECKS, NOT_CHECKED } from "../../policypack/tools/access-analyzer";

const GRANT = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/*" };
const TRUST = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::123456789012:role/r" },
  Action: "sts:AssumeRole",
};
const without = (name: keyof typeof GRANT): object => ({ ...GRANT, [name]: undefined });
const when = (Condition: object): object => ({ ...GRANT, Condition });

/** Where several of AWS's checks are one message here: a statement, and the check. */
const SHARED: readonly (readonly [statement: object, check: string, kind?: PolicyKind])[] = [
  [without("Action"), "MISSING_ACTION"],
  [without("Effect"), "MISSING_EFFECT"],
  [without("Resource"), "MISSING_RESOURCE"],
  [{ ...TRUST, Principal: undefined }, "MISSING_PRINCIPAL", "trust"],
  [{ ...GRANT, Sid2: "x" }, "INVALID_POLICY_ELEMENT"],
  [{ ...TRUST, Principal: { Aws: "123456789012" } }, "INVALID_PRINCIPAL_KEY", "trust"],
  [{ ...GRANT, Effect: "allow" }, "INVALID_EFFECT"],
  [when({ NullIfExists: { "aws:username": "true" } }), "NULL_WITH_IF_EXISTS"],
  [when({ StringEqual: { "aws:username": "x" } }), "INVALID_CONDITION_OPERATOR"],
  [
    when({ StringEquals: { "aws:username": "x", "aws:UserName": "y" } }),
    "DUPLICATE_KEYS_WITH_DIFFERENT_CASE",
  ],
  [{ ...TRUST, Resource: "*" }, "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE", "trust"],
  [{ ...GRANT, Principal: "*" }, "UNSUPPORTED_PRINCIPAL"],
  [
    { ...TRUST, Principal: { AWS: "arn:aws:iam::123456789012:role/*" } },
    "UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
    "trust",
  ],
  [
    { ...TRUST, Principal: { AWS: "arn:aws:iam::123456789012:user/${aws:username}*" } },
    "VARIABLE_UNSUPPORTED_IN_ELEMENT",
    "trust",
  ],
  [{ ...TRUST, Principal: "arn:aws:iam::123456789012:role/r" }, "INVALID_PRINCIPAL_FORMAT", "trust"],
  [{ ...GRANT, Action: "s3:${x}" }, "VARIABLE_UNSUPPORTED_IN_ELEMENT"],
  [{ ...GRANT, Principal: {} }, "EMPTY_OBJECT_PRINCIPAL", "resource"],
  [{ ...GRANT, Principal: { AWS: [] } }, "EMPTY_ARRAY_PRINCIPAL", "resource"],
  [when({ StringEquals: { "aws:SourceVpc": "vpc-1" } }), "INVALID_VPC_FORMAT"],
  [when({ StringEquals: { "aws:SourceVpce": "vpce-1" } }), "INVALID_VPCE_FORMAT"],
  [when({ StringEquals: { "aws:RequestedRegion": "US" } }), "INVALID_REGION"],
  [
    { Effect: "Allow", Principal: { Service: "rolesanywhere.amazonaws.com" }, Action: "sts:AssumeRole" },
    "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY",
    "trust",
  ],
];

const { rules: configured } = readConfiguration(rules, {});

function checksIn(document: object, kind: PolicyKind): readonly string[] {
  const reading = parseDocument(JSON.stringify(document), TYPE_OF[kind]);
  return evaluate(
    configured,
    [{ subject: { file: "policy.json" }, kind, reading }],
    readableDocument,
  ).flatMap(({ accessAnalyzer }) => accessAnalyzer ?? []);
}

describe("the checks of AWS's validation", () => {
  for (const [statement, check, kind = "identity"] of SHARED)
    it(`${check}: ${JSON.stringify(statement)}`, () => {
      const found = checksIn({ Version: "2012-10-17", Statement: [statement] }, kind);
      assert.deepEqual(
        found.filter((each) => each === check),
        [check],
        found.join(),
      );
    });
  it("are each a rule, or not one for a reason", () => {
    const implemented = new Set(
      rules.flatMap(({ accessAnalyzer = {} }) => Object.values(accessAnalyzer).flat()),
    );
    assert.deepEqual(
      CHECKS.filter((check) => implemented.has(check) === (NOT_CHECKED[check] !== undefined)),
      [],
    );
    assert.deepEqual(
      [...implemented, ...Object.keys(NOT_CHECKED)].filter((check) => !CHECKS.includes(String(check))),
      [],
    );
  });
  it("MISSING_STATEMENT and INVALID_VERSION", () => {
    assert.deepEqual([...checksIn({ Version: "2013" }, "identity")].sort(), [
      "INVALID_VERSION",
      "MISSING_STATEMENT",
    ]);
  });
});
