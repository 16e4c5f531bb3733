import { knownActions } from "../../policypack/rules/known-actions";
import { allow, CLEAN, deny, type RuleCases } from "./cases";

const BUCKET = "arn:aws:s3:::example-bucket";
const OBJECTS = `${BUCKET}/*`;

export const cases: RuleCases = {
  rule: knownActions,
  valid: [
    { name: "an action in any case", document: [allow("S3:getobject", OBJECTS)] },
    { name: "everything", document: [allow("*", "*"), allow("*:*", "*")] },
    {
      name: "a pattern that some action matches",
      document: [allow(["s3:Get?bject", "s3:*Tagging"], OBJECTS)],
    },
    { name: "NotAction", document: [{ Effect: "Deny", NotAction: ["s3:GetObject"], Resource: "*" }] },
    { name: "a service that AWS closed", document: [allow(["deepracer:*", "iot1click:ListDevices"], "*")] },
    { name: "an action that the reference does not list", document: [allow("budgets:DescribeBudget", "*")] },
    {
      name: "actions of a governed service, which are the matter of another rule",
      document: [allow(["S3:GetObjects", "rekognition:Gett*"], "*")],
    },
    { name: "what is not known yet", document: { Version: "2012-10-17", Statement: [allow([], "*")] } },
  ],
  invalid: [
    {
      name: "a misspelt action after a clean statement",
      document: [CLEAN, allow(["sqs:SendMessage", "sqs:SendMessages"], "*")],
      violations: [
        { message: "unknown-action", path: "Statement[1].Action[1]", data: { action: "sqs:SendMessages" } },
      ],
    },
    {
      name: "an object Statement",
      document: { Version: "2008-10-17", Statement: allow("sqs:Gett", "*") },
      violations: [{ message: "unknown-action", path: "Statement.Action" }],
    },
    {
      name: "actions of a service that is governed no longer",
      options: { governed: ["ec2"] },
      document: [allow("s3:GetObjects", OBJECTS)],
      violations: [{ message: "unknown-action", path: "Statement[0].Action" }],
    },
    {
      name: "a Deny",
      document: [deny("s3:DeleteBuckets", "*")],
      violations: [{ message: "unknown-action", path: "Statement[0].Action" }],
    },
    {
      name: "an unknown service in NotAction",
      document: [{ Effect: "Deny", NotAction: "s33:GetObject", Resource: "*" }],
      violations: [{ message: "unknown-service", path: "Statement[0].NotAction", data: { service: "s33" } }],
    },
    {
      name: "a pattern that no action matches",
      document: [allow("sqs:Gett*", "*")],
      violations: [{ message: "unmatched", path: "Statement[0].Action" }],
    },
    {
      name: "a wildcard in the service",
      document: [allow("s?:GetObject", OBJECTS)],
      violations: [{ message: "wildcard-service", path: "Statement[0].Action" }],
    },
    {
      name: "a trust policy",
      kind: "trust",
      document: [
        { Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRoles" },
      ],
      violations: [{ message: "unknown-action", path: "Statement[0].Action" }],
    },
  ],
};
