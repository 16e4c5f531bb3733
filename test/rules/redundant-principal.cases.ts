import { UNKNOWN } from "../../policypack/iam";
import { redundantPrincipal } from "../../policypack/rules/redundant-principal";
import { open, type RuleCases, trust } from "./cases";

const ROLE = "arn:aws:iam::123456789012:role/path/r";
const SESSION = "arn:aws:sts::123456789012:assumed-role/r/session";
const kind = "trust" as const;

export const cases: RuleCases = {
  rule: redundantPrincipal,
  valid: [
    { name: "a role", kind, document: [trust({ AWS: ROLE })] },
    {
      name: "a session of another role",
      kind,
      document: [trust({ AWS: [ROLE, "arn:aws:sts::123456789012:assumed-role/r2/s"] })],
    },
    {
      name: "a session abroad",
      kind,
      document: [trust({ AWS: [ROLE, "arn:aws:sts::111122223333:assumed-role/r/s"] })],
    },
    { name: "an account and a role of it", kind, document: [trust({ AWS: ["123456789012", ROLE] })] },
    { name: "two statements", kind, document: [trust({ AWS: ROLE }), trust({ AWS: SESSION })] },
    {
      name: "all but a role and its session, both of which AWS wants to see",
      kind: "resource",
      document: [
        { ...open({ Effect: "Deny" }), Principal: undefined, NotPrincipal: { AWS: [ROLE, SESSION] } },
      ],
    },
    { name: "everybody", kind: "resource", document: [open()] },
    { name: "one that is not known", kind, document: { Statement: trust({ AWS: [SESSION, UNKNOWN] }) } },
  ],
  invalid: [
    {
      name: "a session beside its role, in the second statement",
      kind,
      document: [trust({ AWS: ROLE }), trust({ AWS: [SESSION, ROLE] })],
      violations: [
        { message: "session", path: "Statement[1].Principal.AWS[0]", data: { principal: SESSION, by: ROLE } },
      ],
    },
    {
      name: "twice the same, in an object statement",
      kind: "resource",
      document: {
        Version: "2008-10-17",
        Statement: open({ Principal: { Service: ["s3.amazonaws.com", "s3.amazonaws.com"] } }),
      },
      violations: [{ message: "twice", path: "Statement.Principal.Service[1]" }],
    },
  ],
};
