import { policyVersion } from "../../policypack/rules/policy-version";
import { allow, CLEAN, deny, type RuleCases } from "./cases";

const BUCKET = "arn:aws:s3:::example-bucket";
const OBJECTS = `${BUCKET}/*`;

export const cases: RuleCases = {
  rule: policyVersion,
  valid: [
    { name: "the version", document: [CLEAN] },
    { name: "nothing that could be read", document: { Statement: 7 } },
    { name: "a document that is not known", document: {} },
  ],
  invalid: [
    {
      name: "no version",
      document: { Statement: allow("s3:GetObject", OBJECTS) },
      violations: [{ message: "missing", path: "" }],
    },
    {
      name: "the version of 2008",
      document: { Version: "2008-10-17", Statement: [deny("s3:GetObject", OBJECTS)] },
      violations: [{ message: "old", path: "Version" }],
    },
  ],
};
