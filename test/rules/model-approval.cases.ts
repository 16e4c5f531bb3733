import { UNKNOWN } from "../../policypack/iam";
import { modelApproval } from "../../policypack/rules/model-approval";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const CREATE = "sagemaker:CreateModelPackage";
const UPDATE = "sagemaker:UpdateModelPackage";
const MODEL = "arn:aws:sagemaker:us-east-1:123456789012:model-package/classifier/*";
const status = (value: unknown, operator = "StringEquals"): object => ({
  Condition: { [operator]: { "sagemaker:ModelApprovalStatus": value } },
});
const PENDING = allow(CREATE, MODEL, { ...status("PendingManualApproval"), Sid: "Register" });

export const cases: RuleCases = {
  rule: modelApproval,
  valid: [
    { name: "registering as pending", document: [PENDING] },
    {
      name: "registering, not as approved",
      document: [allow("SageMaker:createmodelpackage", MODEL, status("Approved", "StringNotEquals"))],
    },
    { name: "approving alone", document: [allow(UPDATE, MODEL)] },
    {
      name: "both, and no approval",
      document: [PENDING, allow(UPDATE, MODEL, status(["Rejected", "PendingManualApproval"]))],
    },
    {
      name: "approval is denied",
      document: [allow([CREATE, UPDATE], MODEL), deny("sagemaker:*", "*", status("Approved"))],
    },
    { name: "denied", document: [allow("*", "*"), deny("sagemaker:CreateModelPackage", "*")] },
    { name: "other actions", document: [allow("sagemaker:Create*Job", "*")] },
    {
      name: "NotAction that leaves it out",
      document: [{ Effect: "Allow", NotAction: "sagemaker:*", Resource: "*" }],
    },
    { name: "a status that is not known yet", document: [allow(CREATE, MODEL, status(UNKNOWN))] },
    { name: "Version 2008", document: { Version: "2008-10-17", Statement: PENDING } },
  ],
  invalid: [
    {
      name: "registering with any status, after a clean statement",
      document: [CLEAN, allow(CREATE, MODEL)],
      violations: [{ message: "at-once", path: "Statement[1].Action" }],
    },
    {
      name: "both, in two statements",
      document: [PENDING, allow(UPDATE, MODEL)],
      violations: [{ message: "both", path: "Statement[1].Action", data: { registering: ["Register"] } }],
    },
    {
      name: "both, in one, as an object",
      document: { Version: "2012-10-17", Statement: allow([CREATE, UPDATE, "sagemaker:AddTags"], MODEL) },
      violations: [{ message: "both", path: "Statement.Action" }],
    },
    {
      name: "approved among others",
      document: [allow(CREATE, MODEL, status(["Rejected", "Approved"]))],
      violations: [{ message: "at-once", path: "Statement[0].Action" }],
    },
    {
      name: "any request without a status, and a pattern",
      document: [
        PENDING,
        allow(UPDATE, MODEL, status("Rejected", "ForAllValues:StringLike")),
        allow(UPDATE, MODEL, status("App*", "StringLike")),
      ],
      violations: [{ message: "both", path: "Statement[2].Action" }],
    },
    {
      name: "another condition",
      document: [allow(CREATE, MODEL, CONDITION)],
      violations: [{ message: "at-once", path: "Statement[0].Action" }],
    },
    {
      name: "a Deny of another model",
      document: [
        allow(CREATE, MODEL),
        deny(CREATE, "arn:aws:sagemaker:*:*:model-package/other/*", status("Approved")),
      ],
      violations: [{ message: "at-once", path: "Statement[0].Action" }],
    },
    {
      name: "a pattern",
      document: [allow("sagemaker:?*ModelPackage", MODEL)],
      violations: [{ message: "both", path: "Statement[0].Action" }],
    },
    {
      name: "NotAction",
      document: [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
      violations: [{ message: "both", path: "Statement[0].NotAction" }],
    },
    {
      name: "NotResource",
      document: [{ Effect: "Allow", Action: CREATE, NotResource: MODEL }],
      violations: [{ message: "at-once", path: "Statement[0].Action" }],
    },
  ],
};
