import { UNKNOWN } from "../../policypack/iam";
import { principalArns } from "../../policypack/rules/principal-arns";
import type { RuleCases } from "./cases";

const trust = (Principal: unknown, more: object = {}): object => ({
  Effect: "Allow",
  Principal,
  Action: "sts:AssumeRole",
  ...more,
});
const ROLE = "arn:aws:iam::123456789012:role/r";

export const cases: RuleCases = {
  rule: principalArns,
  valid: [
    {
      name: "a role, an account, everybody",
      kind: "trust",
      document: [trust({ AWS: [ROLE, "123456789012", "*"] })],
    },
    {
      name: "a service and a provider",
      kind: "trust",
      document: [trust({ Service: "lambda.amazonaws.com" })],
    },
    {
      name: "a canonical user",
      kind: "trust",
      document: [
        trust({ CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" }),
      ],
    },
    { name: "one that is not known yet", kind: "trust", document: [trust({ AWS: UNKNOWN })] },
  ],
  invalid: [
    {
      name: "a role and a user, after a clean statement",
      kind: "trust",
      document: [
        trust({ AWS: ROLE }),
        trust({ AWS: ["AROACKCEVSQ6C2EXAMPLE", ROLE, "AIDACKCEVSQ6C2EXAMPLE"] }),
      ],
      violations: [
        { message: "role", path: "Statement[1].Principal.AWS[0]", data: { id: "AROACKCEVSQ6C2EXAMPLE" } },
        { message: "user", path: "Statement[1].Principal.AWS[2]", data: { id: "AIDACKCEVSQ6C2EXAMPLE" } },
      ],
    },
    {
      name: "another kind of identity, in a Deny",
      kind: "trust",
      document: {
        Version: "2012-10-17",
        Statement: trust({ AWS: "AGPACKCEVSQ6C2EXAMPLE" }, { Effect: "Deny" }),
      },
      violations: [{ message: "other", path: "Statement.Principal.AWS" }],
    },
    {
      name: "NotPrincipal",
      kind: "trust",
      document: [
        { Effect: "Deny", NotPrincipal: { AWS: "AROACKCEVSQ6C2EXAMPLE" }, Action: "sts:AssumeRole" },
      ],
      violations: [{ message: "role", path: "Statement[0].NotPrincipal.AWS" }],
    },
  ],
};
