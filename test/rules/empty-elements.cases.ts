import { emptyElements } from "../../policypack/rules/empty-elements";
import { allow, CLEAN, deny, type RuleCases } from "./cases";

const BUCKET = "arn:aws:s3:::example-bucket";
const OBJECTS = `${BUCKET}/*`;
const when = (condition: object): object => ({ Condition: condition });

export const cases: RuleCases = {
  rule: emptyElements,
  valid: [
    {
      name: "elements with something in them",
      document: [CLEAN, allow("s3:GetObject", OBJECTS, when({ StringEquals: { "s3:prefix": "" } }))],
    },
  ],
  invalid: [
    {
      name: "lists, after a clean statement",
      document: [CLEAN, { Effect: "Allow", NotAction: [], Resource: [] }],
      violations: [
        { message: "actions", path: "Statement[1].NotAction" },
        { message: "resources", path: "Statement[1].Resource" },
      ],
    },
    {
      name: "no principal, in either form",
      kind: "resource",
      document: [
        { ...allow("s3:GetObject", OBJECTS), Principal: {} },
        { ...deny("s3:GetObject", OBJECTS), Principal: { AWS: [] } },
      ],
      violations: [
        { message: "principals", path: "Statement[0].Principal" },
        { message: "principals", path: "Statement[1].Principal" },
      ],
    },
    {
      name: "a condition",
      document: { Version: "2012-10-17", Statement: allow("s3:GetObject", OBJECTS, when({})) },
      violations: [{ message: "condition", path: "Statement.Condition" }],
    },
    {
      name: "values",
      document: [
        deny(
          "s3:*",
          "*",
          when({
            StringEquals: { "s3:prefix": [] },
            "ForAnyValue:StringEquals": { "aws:TagKeys": [] },
            "ForAllValues:StringEquals": { "aws:TagKeys": [] },
            StringEqualsIfExists: { "s3:prefix": [] },
          }),
        ),
      ],
      violations: [
        { message: "values", path: "Statement[0].Condition.StringEquals.s3:prefix" },
        { message: "values-any", path: "Statement[0].Condition.ForAnyValue:StringEquals.aws:TagKeys" },
        { message: "values-all", path: "Statement[0].Condition.ForAllValues:StringEquals.aws:TagKeys" },
        { message: "values-absent", path: "Statement[0].Condition.StringEqualsIfExists.s3:prefix" },
      ],
    },
  ],
};
