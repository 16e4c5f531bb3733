import { redundantElements } from "../../policypack/rules/redundant-elements";
import { allow, CLEAN, deny, type RuleCases } from "./cases";

const BUCKET = "arn:aws:s3:::example-bucket";
const OBJECTS = `${BUCKET}/*`;
const when = (condition: object): object => ({ Condition: condition });

export const cases: RuleCases = {
  rule: redundantElements,
  valid: [
    {
      name: "patterns of which none covers another",
      document: [allow(["s3:GetObject*", "s3:Put*", "s3:GetBucket?cl"], [OBJECTS, BUCKET])],
    },
    {
      name: "ARNs that differ by case",
      document: [allow("s3:GetObject", ["arn:aws:s3:::A*", "arn:aws:s3:::ab"])],
    },
    {
      name: "statements that differ by a condition, or by what is left out",
      document: [
        CLEAN,
        allow("s3:GetObject", OBJECTS, when({ Bool: { "aws:SecureTransport": "true" } })),
        deny("s3:GetObject", OBJECTS),
        { Effect: "Allow", NotAction: "s3:GetObject", Resource: OBJECTS },
      ],
    },
    {
      name: "two variables",
      document: [allow("s3:GetObject", [`${BUCKET}/\${aws:username}/*`, `${BUCKET}/\${aws:userid}/*`])],
    },
    {
      name: "one number, and numbers each of which counts",
      document: [
        allow(
          "s3:ListBucket",
          BUCKET,
          when({ NumericLessThan: { "s3:max-keys": "10" }, NumericEquals: { "s3:max-keys": ["1", "2"] } }),
        ),
      ],
    },
  ],
  invalid: [
    {
      name: "actions, in any case, after a clean statement",
      document: [
        CLEAN,
        allow(["S3:get*", "s3:GetBucketAcl", "s3:Get?bject*", "s3:ListBucket", "s3:listbucket"], [BUCKET]),
      ],
      violations: [
        { message: "action", path: "Statement[1].Action[4]", data: { cover: "s3:ListBucket" } },
        { message: "action", path: "Statement[1].Action[1]", data: { cover: "S3:get*" } },
        { message: "action", path: "Statement[1].Action[2]" },
      ],
    },
    {
      name: "resources of a Deny in an object Statement",
      document: {
        Version: "2012-10-17",
        Statement: deny("s3:*", ["arn:aws:s3:::example*", OBJECTS, BUCKET]),
      },
      violations: [
        { message: "resource", path: "Statement.Resource[1]" },
        { message: "resource", path: "Statement.Resource[2]" },
      ],
    },
    {
      name: "NotResource with a variable",
      document: [
        {
          Effect: "Deny",
          Action: "s3:*",
          NotResource: [`${BUCKET}/\${aws:username}/a`, `${BUCKET}/\${aws:username}/*`],
        },
      ],
      violations: [{ message: "resource", path: "Statement[0].NotResource[0]" }],
    },
    {
      name: "a statement in another order and under another name",
      document: [
        allow(["s3:GetObject", "s3:PutObject"], OBJECTS, { Sid: "A" }),
        allow(["s3:putobject", "s3:GetObject"], [OBJECTS], { Sid: "B" }),
      ],
      violations: [{ message: "statement", path: "Statement[1]", data: { other: "Statement[0]" } }],
    },
    {
      name: "several limits",
      document: [
        allow("s3:ListBucket", BUCKET, when({ NumericLessThanIfExists: { "s3:max-keys": ["10", "20"] } })),
      ],
      violations: [{ message: "number", path: "Statement[0].Condition.NumericLessThanIfExists.s3:max-keys" }],
    },
  ],
};
