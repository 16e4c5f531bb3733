import { setOperators } from "../../policypack/rules/set-operators";
import { allow, CLEAN, deny, type RuleCases } from "./cases";

const BUCKET = "arn:aws:s3:::example-bucket";
const OBJECTS = `${BUCKET}/*`;
const when = (condition: object): object => ({ Condition: condition });

export const cases: RuleCases = {
  rule: setOperators,
  valid: [
    {
      name: "set operators on their keys",
      document: [
        allow(
          "s3:PutObject",
          OBJECTS,
          when({
            "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a/*" },
            StringEquals: { "aws:PrincipalOrgID": "o-a" },
          }),
        ),
      ],
    },
    {
      name: "the source and type of an event, verbatim from AWS: eb-use-conditions.html",
      document: [
        {
          Sid: "AllowPutRuleIfSourceIsEC2AndDetailTypeIsInstanceStateChangeNotification",
          Effect: "Allow",
          Action: "events:PutRule",
          Resource: "*",
          Condition: {
            StringEquals: {
              "events:source": "aws.ec2",
              "events:detail-type": "EC2 Instance State-change Notification",
            },
          },
        },
      ],
    },
    {
      name: "tags, which a request need not have",
      document: [
        allow("s3:PutObject", OBJECTS, when({ "ForAllValues:StringEquals": { "aws:TagKeys": "team" } })),
      ],
    },
    {
      name: "ForAllValues with a Null test",
      document: [
        allow(
          "s3:PutObject",
          OBJECTS,
          when({
            "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-a/*" },
            Null: { "AWS:PrincipalOrgPaths": "false" },
          }),
        ),
      ],
    },
    {
      name: "ForAllValues in a Deny",
      document: [
        deny("s3:PutObject", OBJECTS, when({ "ForAllValues:StringLike": { "aws:PrincipalOrgID": "o-a" } })),
      ],
    },
    {
      name: "Null, and keys that are not known",
      document: [
        allow(
          "s3:PutObject",
          OBJECTS,
          when({ Null: { "aws:TagKeys": "false" }, "ForAllValues:StringLike": { "newservice:keys": "a" } }),
        ),
      ],
    },
  ],
  invalid: [
    {
      name: "no set operator, after a clean statement",
      document: [CLEAN, allow("s3:PutObject", OBJECTS, when({ StringLikeIfExists: { "aws:TagKeys": "a" } }))],
      violations: [{ message: "missing", path: "Statement[1].Condition.StringLikeIfExists.aws:TagKeys" }],
    },
    {
      name: "a single value",
      document: {
        Version: "2012-10-17",
        Statement: allow(
          "s3:PutObject",
          OBJECTS,
          when({ "ForAllValues:StringEquals": { "aws:principalorgid": "o-a" } }),
        ),
      },
      violations: [
        { message: "single", path: "Statement.Condition.ForAllValues:StringEquals.aws:principalorgid" },
      ],
    },
    {
      name: "ForAllValues with a Null test that asks for the opposite",
      document: [
        allow(
          "s3:PutObject",
          OBJECTS,
          when({
            "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-a/*" },
            Null: { "aws:PrincipalOrgPaths": "true" },
          }),
        ),
      ],
      violations: [
        { message: "unbound", path: "Statement[0].Condition.ForAllValues:StringLike.aws:PrincipalOrgPaths" },
      ],
    },
    {
      name: "a Deny of any other value",
      document: [
        deny("s3:PutObject", OBJECTS, when({ "ForAnyValue:StringNotEquals": { "aws:TagKeys": "team" } })),
      ],
      violations: [
        { message: "denies-any", path: "Statement[0].Condition.ForAnyValue:StringNotEquals.aws:TagKeys" },
      ],
    },
  ],
};
