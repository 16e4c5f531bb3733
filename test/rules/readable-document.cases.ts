import { readableDocument } from "../../policypack/rules";
import { allow, CLEAN, type RuleCases } from "./cases";

export const cases: RuleCases = {
  rule: readableDocument.rule,
  valid: [
    { name: "the seed policy", document: [CLEAN] },
    {
      name: "Statement as an object, lists of one",
      document: { Version: "2008-10-17", Id: "x", Statement: allow(["s3:GetObject"], ["*"]) },
    },
    { name: "an empty condition", document: [allow("s3:GetObject", "*", { Condition: {} })] },
  ],
  invalid: [
    {
      name: "no JSON",
      document: "{'Version': 1}",
      violations: [{ message: "not-json", path: "", data: { line: "1", column: "2" } }],
    },
    {
      name: "not an object",
      document: "[]",
      violations: [{ message: "wrong-type", path: "", data: { found: "a list" } }],
    },
    {
      name: "a key twice",
      document:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Effect":"Deny"}]}',
      violations: [{ message: "duplicate-key", path: "Statement[0].Effect", data: { key: "Effect" } }],
    },
    {
      name: "an action that is no text, in the second statement",
      document: [CLEAN, allow(["s3:GetObject", { toString: "x" }], "arn:aws:s3:::b/*")],
      violations: [{ message: "wrong-type", path: "Statement[1].Action[1]", data: { found: "an object" } }],
    },
    {
      name: "no Statement",
      document: { Version: "2012-10-17" },
      violations: [{ message: "missing-element", path: "", data: { element: "Statement" } }],
    },
    {
      name: "an element in the wrong case",
      document: [{ effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" }],
      violations: [{ message: "unknown-element", path: "Statement[0].effect" }],
    },
    {
      name: "an effect in the wrong case",
      document: [{ ...CLEAN, Effect: "ALLOW" }],
      violations: [{ message: "invalid-value", path: "Statement[0].Effect" }],
    },
    {
      name: "both of a pair",
      document: [{ ...CLEAN, NotAction: "iam:*" }],
      violations: [{ message: "exclusive-elements", path: "Statement[0]" }],
    },
    {
      name: "an action without a service",
      document: [allow("GetObject", "arn:aws:s3:::b/*")],
      violations: [{ message: "invalid-action", path: "Statement[0].Action", data: { action: "GetObject" } }],
    },
    {
      name: "a resource that is no ARN",
      document: [allow("s3:GetObject", "example-bucket/*")],
      violations: [{ message: "invalid-resource", path: "Statement[0].Resource" }],
    },
    {
      name: "a suggestion not filled in",
      document: [allow("s3:GetObject", "arn:aws:s3:::<bucket>/images/*")],
      violations: [
        { message: "placeholder", path: "Statement[0].Resource", data: { placeholder: "<bucket>" } },
      ],
    },
    {
      name: "a principal in an identity-based policy",
      document: [{ ...CLEAN, Principal: "*" }],
      violations: [{ message: "invalid-value", path: "Statement[0].Principal" }],
    },
  ],
};
