import { possibleEscalation } from "../../policypack/rules/possible-escalation";
import { allow, CLEAN, deny, type DocumentRuleCases } from "./cases";

const FIRST = { message: "path", path: "Statement[0]" } as const;
const UPDATE = "lambda:UpdateFunctionCode";
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:app";

export const cases: DocumentRuleCases = {
  rule: possibleEscalation,
  valid: [
    { name: "no path", document: [CLEAN] },
    { name: "one function", document: [allow(UPDATE, FUNCTION)] },
    { name: "functions of one name", document: [allow(UPDATE, `${FUNCTION}-*`)] },
    { name: "one role to become", document: [allow("sts:AssumeRole", "arn:aws:iam::123456789012:role/app")] },
    {
      name: "roles of a path to become",
      document: [allow("sts:AssumeRole", "arn:aws:iam::123456789012:role/app/*")],
    },
    {
      name: "one role to pass",
      document: [
        allow("iam:PassRole", "arn:aws:iam::123456789012:role/app"),
        allow("rekognition:StartLabelDetection", "*"),
      ],
    },
    { name: "what is certain is not said again", document: [allow("*", "*")] },
    { name: "denied", document: [allow(UPDATE, "*"), deny("lambda:*", "arn:aws:lambda:*")] },
    {
      name: "functions of a tag",
      document: [allow(UPDATE, "*", { Condition: { StringEquals: { "aws:ResourceTag/team": "a" } } })],
    },
  ],
  invalid: [
    {
      name: "the code of any function",
      document: [CLEAN, allow([UPDATE, "lambda:GetFunction"], "*")],
      violations: [
        { message: "path", path: "Statement[1]", data: { gain: "act with the role of any function" } },
      ],
    },
    {
      name: "any function by a wildcard",
      document: [allow("lambda:Update*", "arn:aws:lambda:*:*:function:*")],
      violations: [
        {
          message: "paths",
          path: "Statement[0]",
          data: { path: [UPDATE], others: ["lambda:UpdateFunctionConfiguration"] },
        },
      ],
    },
    {
      name: "any role to become",
      document: [allow("sts:AssumeRole", "arn:aws:iam::123456789012:role/*")],
      violations: [{ ...FIRST, data: { gain: "become any role that trusts it" } }],
    },
    {
      name: "roles of a name to pass",
      document: [
        allow("iam:PassRole", "arn:aws:iam::123456789012:role/app-*"),
        allow(["lambda:CreateFunction", "lambda:InvokeFunction"], FUNCTION),
      ],
      violations: [
        {
          ...FIRST,
          data: { gain: "run code with whichever role of `arn:aws:iam::123456789012:role/app-*`" },
        },
      ],
    },
    {
      name: "any role to pass, for calls that are not one's own",
      document: [allow("iam:PassRole", "*"), allow("rekognition:StartLabelDetection", "*")],
      violations: [{ ...FIRST, data: { path: ["iam:PassRole", "rekognition:StartLabelDetection"] } }],
    },
    {
      name: "a role that may be one's own",
      document: [allow("iam:PutRolePolicy", "arn:aws:iam::123456789012:role/app")],
      violations: [FIRST],
    },
    {
      name: "roles that a tag selects",
      document: [
        allow("iam:PutRolePolicy", "*", { Condition: { StringEquals: { "iam:ResourceTag/team": "a" } } }),
      ],
      violations: [FIRST],
    },
    {
      name: "credentials of a user",
      document: [allow("iam:CreateAccessKey", "arn:aws:iam::123456789012:user/bob")],
      violations: [{ ...FIRST, data: { gain: "act as `arn:aws:iam::123456789012:user/bob`" } }],
    },
    {
      name: "a policy that may be attached to oneself",
      document: [allow("iam:CreatePolicyVersion", "arn:aws:iam::123456789012:policy/app")],
      violations: [FIRST],
    },
  ],
};
