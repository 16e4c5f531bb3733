import { UNKNOWN } from "../../policypack/iam";
import { modelInvocationGuardrail } from "../../policypack/rules/model-invocation-guardrail";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const MODEL = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0";
const GUARDRAIL = "arn:aws:bedrock:us-east-1:123456789012:guardrail/abcdefghijkl:1";
const through = (value: unknown, operator = "StringEquals"): object => ({
  Condition: { [operator]: { "bedrock:GuardrailIdentifier": value } },
});
const INVOKE = {
  message: "unguarded",
  path: "Statement[0].Action",
  data: { actions: ["bedrock:InvokeModel"] },
};

export const cases: RuleCases = {
  rule: modelInvocationGuardrail,
  valid: [
    { name: "one guardrail", document: [allow("bedrock:InvokeModel", MODEL, through(GUARDRAIL))] },
    { name: "any guardrail", document: [allow("Bedrock:invokemodel*", MODEL, through("false", "Null"))] },
    {
      name: "guardrails of a form",
      document: [allow("bedrock:InvokeModel", MODEL, through("arn:*:guardrail/*", "StringLike"))],
    },
    {
      name: "a Deny of all other",
      document: [
        allow("bedrock:InvokeModel", MODEL),
        deny("bedrock:InvokeModel*", "*", through(GUARDRAIL, "StringNotEquals")),
      ],
    },
    {
      name: "a Deny of requests without",
      document: [allow("bedrock:*", "*"), deny("bedrock:Invoke*", "*", through("true", "Null"))],
    },
    {
      name: "models that take no guardrail",
      document: [
        allow("bedrock:InvokeModel", [
          "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0",
          "arn:aws:bedrock:*::foundation-model/cohere.rerank-*",
        ]),
      ],
    },
    { name: "denied", document: [allow("*", "*"), deny("bedrock:*", "*")] },
    { name: "other actions", document: [allow(["bedrock:GetGuardrail", "bedrock:InvokeAgent"], "*")] },
    { name: "on what is no model", document: [allow("*", "arn:aws:s3:::example-bucket/*")] },
    {
      name: "NotAction that leaves it out",
      document: [{ Effect: "Allow", NotAction: "bedrock:*", Resource: "*" }],
    },
    {
      name: "a guardrail that is not known yet",
      document: [allow("bedrock:InvokeModel", MODEL, through(UNKNOWN))],
    },
    {
      name: "Version 2008",
      document: { Version: "2008-10-17", Statement: allow("bedrock:InvokeModel", MODEL, through(GUARDRAIL)) },
    },
  ],
  invalid: [
    {
      name: "no guardrail, after a clean statement",
      document: [CLEAN, allow("bedrock:InvokeModel", MODEL)],
      violations: [{ ...INVOKE, path: "Statement[1].Action" }],
    },
    {
      name: "as an object",
      document: { Version: "2012-10-17", Statement: allow("bedrock:InvokeModel", MODEL) },
      violations: [{ ...INVOKE, path: "Statement.Action" }],
    },
    {
      name: "another condition",
      document: [allow("bedrock:InvokeModel", MODEL, CONDITION)],
      violations: [INVOKE],
    },
    {
      name: "with others",
      document: [allow(["bedrock:ListFoundationModels", "BEDROCK:InvokeModel"], "*", { Sid: "Ask" })],
      violations: [INVOKE],
    },
    ...["StringEqualsIfExists", "ForAllValues:StringEquals", "StringNotEquals"].map((operator) => ({
      name: operator,
      document: [allow("bedrock:InvokeModel", MODEL, through(GUARDRAIL, operator))],
      violations: [INVOKE],
    })),
    {
      name: "beside a model that takes none",
      document: [
        allow("bedrock:InvokeModel", [
          "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0",
          MODEL,
        ]),
      ],
      violations: [INVOKE],
    },
    {
      name: "a pattern",
      document: [allow("bedrock:Invoke?odel*", MODEL)],
      violations: [
        {
          message: "unguarded",
          path: "Statement[0].Action",
          data: { actions: ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"] },
        },
      ],
    },
    {
      name: "NotAction",
      document: [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
      violations: [{ message: "unguarded", path: "Statement[0].NotAction" }],
    },
    {
      name: "NotResource",
      document: [{ Effect: "Allow", Action: "bedrock:InvokeModel", NotResource: MODEL }],
      violations: [INVOKE],
    },
    {
      name: "a Deny of one of two",
      document: [allow("bedrock:InvokeModel*", MODEL), deny("bedrock:InvokeModelWithResponseStream", "*")],
      violations: [INVOKE],
    },
    {
      name: "a Deny of another model",
      document: [
        allow("bedrock:InvokeModel", MODEL),
        deny("bedrock:*", "arn:aws:bedrock:*::foundation-model/other"),
      ],
      violations: [INVOKE],
    },
  ],
};
