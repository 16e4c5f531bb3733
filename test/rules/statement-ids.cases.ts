import { statementIds } from "../../policypack/rules/statement-ids";
import { allow, CLEAN, deny, type RuleCases } from "./cases";

const BUCKET = "arn:aws:s3:::example-bucket";
const OBJECTS = `${BUCKET}/*`;

export const cases: RuleCases = {
  rule: statementIds,
  valid: [
    {
      name: "ids of their own",
      document: [
        allow("s3:GetObject", OBJECTS, { Sid: "A1" }),
        allow("s3:GetObject", OBJECTS, { Sid: "a1" }),
        CLEAN,
        CLEAN,
      ],
    },
    {
      name: "spaces in a resource policy",
      kind: "resource",
      document: [allow("s3:GetObject", OBJECTS, { Sid: "Read only", Principal: { AWS: "123456789012" } })],
    },
  ],
  invalid: [
    {
      name: "one id twice",
      document: [allow("s3:GetObject", OBJECTS, { Sid: "A" }), deny("s3:GetObject", OBJECTS, { Sid: "A" })],
      violations: [
        { message: "duplicate", path: "Statement[1].Sid", data: { id: "A", other: "Statement[0]" } },
      ],
    },
    {
      name: "one id twice in a resource policy",
      kind: "resource",
      document: [
        allow("s3:GetObject", OBJECTS, { Sid: "A", Principal: { AWS: "123456789012" } }),
        allow("s3:PutObject", OBJECTS, { Sid: "A", Principal: { AWS: "123456789012" } }),
      ],
      violations: [{ message: "duplicate-here", path: "Statement[1].Sid" }],
    },
    {
      name: "other characters",
      document: { Version: "2012-10-17", Statement: allow("s3:GetObject", OBJECTS, { Sid: "read-only" }) },
      violations: [{ message: "characters", path: "Statement.Sid" }],
    },
    {
      name: "an empty id",
      document: [CLEAN, allow("s3:GetObject", OBJECTS, { Sid: "" })],
      violations: [{ message: "empty", path: "Statement[1].Sid" }],
    },
  ],
};
