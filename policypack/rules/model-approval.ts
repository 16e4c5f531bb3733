import { MODEL_APPROVAL } from "../catalogue";
import { CONTROLS, defineRule, GRANTING } from "../engine";
import type { Statement } from "../iam";
import { denialsHere, isGranted } from "./statements/grants";
import { guarded, unguarded } from "./statements/safeguards";

const [REGISTER = "", APPROVE = ""] = MODEL_APPROVAL.actions;

export const modelApproval = defineRule({
  id: "model-approval",
  title: "Who registers a model does not approve it",
  summary: "A policy should not allow both registering versions of models and approving them.",
  why: "An approved model is deployed; where its maker approves it, nobody else has looked at it.",
  fix: "Deny the status `Approved` to those who register, by `sagemaker:ModelApprovalStatus` in a condition; approve with another role.",
  level: "advisory",
  severity: "medium",
  tags: ["sagemaker", "separation-of-duties", "ai"],
  framework: CONTROLS["AC-5"],
  references: [
    MODEL_APPROVAL.source,
    "https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-approve.html",
  ],
  kinds: GRANTING,
  onlyCertain: true,
  options: {},
  messages: {
    "at-once":
      "`sagemaker:CreateModelPackage` is allowed with any `sagemaker:ModelApprovalStatus`, so a model can be registered as approved",
    both: "`sagemaker:UpdateModelPackage` is allowed to approve, beside `sagemaker:CreateModelPackage` in {registering}, so whoever registers a model can approve it",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: ["sagemaker:CreateModelPackage", "sagemaker:UpdateModelPackage"],
          Resource: "arn:aws:sagemaker:us-east-1:123456789012:model-package/classifier/*",
          Condition: { StringNotEquals: { "sagemaker:ModelApprovalStatus": "Approved" } },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "sagemaker:CreateModelPackage",
          Resource: "arn:aws:sagemaker:us-east-1:123456789012:model-package/classifier/*",
        },
      },
      {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "sagemaker:CreateModelPackage",
            Resource: "arn:aws:sagemaker:us-east-1:123456789012:model-package/classifier/*",
            Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" } },
          },
          {
            Effect: "Allow",
            Action: "sagemaker:UpdateModelPackage",
            Resource: "arn:aws:sagemaker:us-east-1:123456789012:model-package/classifier/*",
          },
        ],
      },
    ],
  },
  *check({ document: { statements } }) {
    const denials = denialsHere(statements);
    const registering = statements.filter((statement) => isGranted(statement, REGISTER, denials));
    if (registering.length === 0) return;
    for (const statement of statements) {
      const actions = unguarded(statement, MODEL_APPROVAL, denials);
      if (actions.length === 0) continue;
      yield {
        message: actions.includes(APPROVE) ? "both" : "at-once",
        path: statement.actions.path,
        sid: statement.sid,
        data: { registering: namesOf(registering) },
        fix: guarded(statement, [{ safeguard: MODEL_APPROVAL, actions }]),
      };
    }
  },
});

const namesOf = (statements: readonly Statement[]): readonly string[] =>
  statements.map(({ sid, path }) => sid ?? path);
