import { UNKNOWN } from "../../policypack/iam";
import { serviceCredentials } from "../../policypack/rules/service-credentials";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const CALL = "bedrock:CallWithBearerToken";
const CREATE = "iam:CreateServiceSpecificCredential";
const USER = "arn:aws:iam::123456789012:user/reader";
const type = (value: unknown, operator = "StringEquals", key = "bedrock:BearerTokenType"): object => ({
  Condition: { [operator]: { [key]: value } },
});
const named = (value: unknown, operator = "StringEquals"): object =>
  type(value, operator, "iam:ServiceSpecificCredentialServiceName");
const LONG = { message: "long-term", path: "Statement[0].Action" };

export const cases: RuleCases = {
  rule: serviceCredentials,
  valid: [
    { name: "short-term keys", document: [allow(CALL, "*", type("SHORT_TERM"))] },
    {
      name: "a Deny of long-term keys",
      document: [allow(CALL, "*"), deny(CALL, "*", type("SHORT_TERM", "StringNotEquals"))],
    },
    { name: "denied", document: [allow("bedrock:*", "*"), deny("*:CallWithBearerToken", "*")] },
    {
      name: "credentials for another service",
      document: [allow(CREATE, USER, named("codecommit.amazonaws.com"))],
    },
    {
      name: "not for Bedrock",
      document: [allow(CREATE, USER, named("bedrock.amazonaws.com", "StringNotEquals"))],
    },
    {
      name: "other actions",
      document: [allow(["iam:ListServiceSpecificCredentials", "bedrock:InvokeModel"], "*")],
    },
    {
      name: "on an ARN, where the action has none",
      document: [allow(CALL, "arn:aws:bedrock:us-east-1::foundation-model/x")],
    },
    {
      name: "NotAction that leaves it out",
      document: [{ Effect: "Allow", NotAction: ["*:CallWithBearerToken", "iam:*"], Resource: "*" }],
    },
    { name: "a type that is not known yet", document: [allow(CALL, "*", type(UNKNOWN))] },
    {
      name: "Version 2008",
      document: { Version: "2008-10-17", Statement: allow(CALL, "*", type("SHORT_TERM")) },
    },
  ],
  invalid: [
    {
      name: "any key, after a clean statement",
      document: [CLEAN, allow(CALL, "*")],
      violations: [
        {
          message: "long-term",
          path: "Statement[1].Action",
          data: { actions: [CALL], keys: ["bedrock:BearerTokenType"] },
        },
      ],
    },
    {
      name: "in any case, as an object",
      document: { Version: "2012-10-17", Statement: allow("BEDROCK:callwithbearertoken", "*") },
      violations: [{ message: "long-term", path: "Statement.Action" }],
    },
    { name: "long-term keys", document: [allow(CALL, "*", type("LONG_TERM"))], violations: [LONG] },
    { name: "another condition", document: [allow(CALL, "*", CONDITION)], violations: [LONG] },
    ...["StringEqualsIfExists", "ForAllValues:StringEquals"].map((operator) => ({
      name: operator,
      document: [allow(CALL, "*", type("SHORT_TERM", operator))],
      violations: [LONG],
    })),
    {
      name: "a Deny under a condition",
      document: [allow(CALL, "*"), deny(CALL, "*", CONDITION)],
      violations: [LONG],
    },
    {
      name: "making a key",
      document: [allow([CREATE, "iam:GetUser"], USER, { Sid: "Keys" })],
      violations: [{ ...LONG, data: { actions: [CREATE] } }],
    },
    {
      name: "making a key for a user of a variable",
      document: [allow(CREATE, "arn:aws:iam::*:user/${aws:username}")],
      violations: [LONG],
    },
    {
      name: "making a key for Bedrock",
      document: [allow(CREATE, USER, named(["bedrock.amazonaws.com"]))],
      violations: [LONG],
    },
    {
      name: "making and renewing",
      document: [allow("iam:*ServiceSpecificCredential", USER)],
      violations: [{ ...LONG, data: { actions: [CREATE, "iam:ResetServiceSpecificCredential"] } }],
    },
    {
      name: "a pattern over services",
      document: [allow("*:CallWith?earerToken", "*")],
      violations: [LONG, LONG, LONG],
    },
    {
      name: "NotAction",
      document: [{ Effect: "Allow", NotAction: ["iam:*", "sagemaker:*", "bedrock-mantle:*"], Resource: "*" }],
      violations: [{ message: "long-term", path: "Statement[0].NotAction", data: { actions: [CALL] } }],
    },
    {
      name: "NotResource",
      document: [{ Effect: "Allow", Action: CREATE, NotResource: USER }],
      violations: [LONG],
    },
  ],
};
