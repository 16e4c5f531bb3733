import { serviceOf } from "../catalogue";
import { CONTROLS, defineRule, EVERY_KIND, strings } from "../engine";
import { doubtfulServices } from "./statements/doubtful-names";
import { INAPPLICABLE_MESSAGES, judgeApplicability } from "./statements/inapplicable";

export const matchingResource = defineRule({
  id: "matching-resource",
  title: "Actions stand with resources they apply to",
  summary: "An action of a governed service must stand with at least one resource that it can be about.",
  why: "A permission that never applies fails at run time, and whoever then widens it in a hurry widens too much; a denial that never applies protects nothing.",
  fix: "Give each action the type of ARN that AWS decides it on, and `*` where it cannot be limited.",
  level: "mandatory",
  severity: "medium",
  tags: ["iam", "correctness", "ai"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  ],
  kinds: EVERY_KIND.filter((kind) => kind !== "trust"),
  options: {
    services: strings(
      "The governed services, by prefix, in place of the default; `matching-resource-elsewhere` is about the others.",
      ["s3", "sagemaker", "rekognition"],
      doubtfulServices,
    ),
  },
  messages: INAPPLICABLE_MESSAGES,
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::example-bucket" },
          { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/*" },
        ],
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:ListBucket"],
          Resource: "arn:aws:s3:::example-bucket/*",
        },
      },
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "rekognition:DetectLabels",
          Resource: "arn:aws:rekognition:us-east-1:123456789012:collection/faces",
        },
      },
    ],
  },
  *check({ document: { statements } }, { services }) {
    const governed = new Set(services.map((service) => service.toLowerCase()));
    yield* judgeApplicability(statements, ({ key }) => governed.has(serviceOf(key)));
  },
});
