import { SAGEMAKER_SAFEGUARDS } from "../catalogue";
import { CONTROLS, defineRule, GRANTING } from "../engine";
import { lackingIn } from "./statements/safeguards";

export const sagemakerEncryption = defineRule({
  id: "sagemaker-encryption",
  title: "What SageMaker creates is encrypted and kept in the network",
  summary:
    "A policy should allow creating in SageMaker only with keys of the customer's, in the customer's network.",
  why: "Training data and models are copied onto volumes, into results and through networks that are somebody else's choice unless the policy makes it.",
  fix: "Demand the keys in a condition: `Null` with `false`, or the values that are right. Instance types with storage of their own take no volume key: allow those in a statement of their own.",
  level: "advisory",
  severity: "medium",
  tags: ["sagemaker", "encryption", "network", "ai"],
  framework: CONTROLS["SC-28"],
  references: [...new Set(SAGEMAKER_SAFEGUARDS.map(({ source }) => source))],
  kinds: GRANTING,
  onlyCertain: true,
  options: {},
  messages: {
    lacking:
      "{actions} {actions?is:are} allowed without {keys} in {keys?a condition that binds:conditions that bind}, so {without}",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "sagemaker:CreateTransformJob",
          Resource: "arn:aws:sagemaker:us-east-1:123456789012:transform-job/app-*",
          Condition: {
            Null: { "sagemaker:VolumeKmsKeyArn": "false", "sagemaker:OutputKmsKeyArn": "false" },
          },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "sagemaker:CreateEndpointConfig",
          Resource: "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/app-*",
        },
      },
    ],
  },
  *check({ document: { statements } }) {
    yield* lackingIn(statements, SAGEMAKER_SAFEGUARDS, "lacking");
  },
});
