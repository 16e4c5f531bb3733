import { serviceOf } from "../catalogue";
import { CONTROLS, defineRule, EVERY_KIND, strings } from "../engine";
import { doubtfulServices } from "./statements/doubtful-names";
import { INAPPLICABLE_MESSAGES, judgeApplicability } from "./statements/inapplicable";

export const matchingResourceElsewhere = defineRule({
  id: "matching-resource-elsewhere",
  title: "Actions of other services stand with resources they apply to",
  summary: "An action of any other service should stand with at least one resource that it can be about.",
  why: "A permission that never applies fails at run time; a denial that never applies protects nothing.",
  fix: "Give each action the type of ARN that AWS decides it on, and `*` where it cannot be limited.",
  level: "advisory",
  severity: "low",
  tags: ["iam", "correctness"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  ],
  kinds: EVERY_KIND.filter((kind) => kind !== "trust"),
  options: {
    governed: strings(
      "The services that `matching-resource` governs, by prefix, in place of the default: they are not judged again.",
      ["s3", "sagemaker", "rekognition"],
      doubtfulServices,
    ),
  },
  messages: INAPPLICABLE_MESSAGES,
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: ["ecr:BatchGetImage", "ecr:GetAuthorizationToken"],
          Resource: "arn:aws:ecr:us-east-1:123456789012:repository/models",
        },
      },
    ],
  },
  *check({ document: { statements } }, { governed }) {
    const others = new Set(governed.map((service) => service.toLowerCase()));
    yield* judgeApplicability(statements, ({ key }) => !others.has(serviceOf(key)));
  },
});
