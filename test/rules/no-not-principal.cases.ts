import { UNKNOWN } from "../../policypack/iam";
import { noNotPrincipal } from "../../policypack/rules/no-not-principal";
import { ifs, open, type RuleCases, trust } from "./cases";

const ROLE = "arn:aws:iam::123456789012:role/reader";
const NAMED = open({ Principal: { AWS: ROLE } });
const but = (principals: unknown, more: object = {}): object => ({
  ...open(more),
  Principal: undefined,
  NotPrincipal: principals,
});

export const cases: RuleCases = {
  rule: noNotPrincipal,
  valid: [
    { name: "a principal", kind: "resource", document: [NAMED] },
    { name: "everybody is the concern of another rule", kind: "resource", document: [open()] },
    {
      name: "all but one are denied",
      kind: "resource",
      document: [NAMED, but({ AWS: ROLE }, { Effect: "Deny" })],
    },
    {
      name: "denied again",
      kind: "resource",
      document: [but({ AWS: ROLE }), open({ Effect: "Deny", Resource: "*" })],
    },
  ],
  invalid: [
    {
      name: "all but one, in the second statement",
      kind: "resource",
      document: [NAMED, but({ AWS: [ROLE] })],
      violations: [{ message: "allow", path: "Statement[1].NotPrincipal", data: { principals: [ROLE] } }],
    },
    {
      name: "a condition does not make it right",
      kind: "resource",
      document: [but({ AWS: ROLE }, ifs("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"))],
      violations: [{ message: "allow", path: "Statement[0].NotPrincipal" }],
    },
    {
      name: "denied in part",
      kind: "resource",
      document: [
        but({ AWS: ROLE }),
        but({ AWS: ROLE }, { Effect: "Deny", ...ifs("Bool", "aws:SecureTransport", "false") }),
      ],
      violations: [{ message: "allow", path: "Statement[0].NotPrincipal" }],
    },
    {
      name: "an object statement, and nobody known",
      kind: "resource",
      document: { Version: "2008-10-17", Statement: but({ AWS: UNKNOWN }) },
      violations: [{ message: "allow", path: "Statement.NotPrincipal", data: { principals: ["…"] } }],
    },
    {
      name: "in a trust policy",
      kind: "trust",
      document: [{ ...trust({ AWS: ROLE }), Principal: undefined, NotPrincipal: { AWS: ROLE } }],
      violations: [{ message: "trust", path: "Statement[0].NotPrincipal" }],
    },
    {
      name: "in a Deny of a trust policy",
      kind: "trust",
      document: [
        trust({ AWS: ROLE }),
        { ...trust({ AWS: ROLE }, { Effect: "Deny" }), Principal: undefined, NotPrincipal: { AWS: ROLE } },
      ],
      violations: [{ message: "trust", path: "Statement[1].NotPrincipal" }],
    },
  ],
};
