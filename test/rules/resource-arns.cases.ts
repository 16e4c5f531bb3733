import { UNKNOWN } from "../../policypack/iam";
import { resourceArns } from "../../policypack/rules/resource-arns";
import { allow, CLEAN, deny, open, type RuleCases } from "./cases";

const found = (
  message: string,
  data: Readonly<Record<string, string>> = {},
  path = "Statement[0].Resource",
): { message: string; path: string; data: Readonly<Record<string, string>> } => ({ message, path, data });

export const cases: RuleCases = {
  rule: resourceArns,
  valid: [
    { name: "the seed policy", document: [CLEAN] },
    { name: "everything", document: [allow("*", "*"), allow("*", "**")] },
    {
      name: "every partition that there is",
      document: ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-eusc"].map((partition) =>
        allow("s3:GetObject", `arn:${partition}:s3:::example-bucket/*`),
      ),
    },
    { name: "an open partition", document: [allow("s3:GetObject", "arn:aws*:s3:::example-bucket/*")] },
    {
      name: "behind an open partition nothing is certain",
      document: [allow("s3:GetObject", "arn:*:s3:us-east-1::example-bucket/*")],
    },
    { name: "an open service", document: [allow("*", "arn:aws:s*:us-east-1:123456789012:*")] },
    { name: "open fields that can be empty", document: [allow("s3:GetObject", "arn:aws:s3:*:*:bucket/*")] },
    {
      name: "behind an open region nothing is certain of the account",
      document: [allow("sagemaker:InvokeEndpoint", "arn:aws:sagemaker:*::endpoint/example")],
    },
    {
      name: "a part of an account",
      document: [allow("sqs:SendMessage", "arn:aws:sqs:us-east-1:1234*:jobs")],
    },
    { name: "AWS's own", document: [allow("iam:GetPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess")] },
    {
      name: "types of one service with a region and without",
      document: [
        allow("bedrock:InvokeModel", [
          "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",
          "arn:aws:bedrock:::foundation-model/amazon.nova-pro-v1:0",
          "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-pro-v1:0",
        ]),
      ],
    },
    {
      name: "the short form of an API's policy",
      document: [
        open({
          Action: "execute-api:Invoke",
          Resource: ["execute-api:/prod/GET/pets", "execute-api:/*", "execute-api:/prod/*/pets"],
        }),
      ],
      kind: "resource",
      type: "aws:apigateway/restApiPolicy:RestApiPolicy",
    },
    {
      name: "what is AWS's own in Systems Manager, which is in no account",
      document: [
        allow("ssm:SendCommand", "arn:aws:ssm:us-east-2::document/AWS-RunShellScript"),
        allow("ssm:StartSession", "arn:aws:ssm:us-east-2::document/AWS-StartSSHSession"),
        allow("ssm:GetDocument", "arn:aws:ssm:us-east-2::document/*"),
        allow("ssm:SendCommand", "arn:aws:ssm:us-east-2::document/AmazonCloudWatch-ManageAgent"),
        allow("ssm:GetParameter", "arn:aws:ssm:us-east-2::parameter/aws/service/ami-amazon-linux-latest/*"),
        allow(
          "ssm:StartAutomationExecution",
          "arn:aws:ssm:us-east-2::automation-definition/AWS-RestartEC2Instance:$DEFAULT",
        ),
      ],
    },
    {
      name: "an access point, which has both",
      document: [allow("s3:GetObject", "arn:aws:s3:us-east-1:123456789012:accesspoint/example/object/*")],
    },
    {
      name: "variables with colons in their names",
      document: [
        allow("s3:GetObject", [
          "arn:aws:s3:::example-bucket/${aws:username}/*",
          "arn:${aws:Partition}:s3:us-east-1::example-bucket/*",
        ]),
        allow("sqs:SendMessage", "arn:aws:sqs:${aws:RequestedRegion}:${aws:PrincipalAccount}:jobs"),
      ],
    },
    {
      name: "a resource of a form that nobody knows",
      document: [allow("sqs:SendMessage", "arn:aws:sagemaker::123456789012:new-thing/x")],
    },
    { name: "a resource that is not known yet", document: [allow("s3:GetObject", UNKNOWN)] },
    { name: "a short one with a wildcard", document: [allow("rds:*", "arn:aws:rds:*")] },
  ],
  invalid: [
    ...["document/mine", "parameter/mine", "patchbaseline/pb-0123456789abcdef0"].map((resource) => ({
      name: `no account for ${resource}, which is nobody's but one's own`,
      document: [allow("ssm:*", `arn:aws:ssm:us-east-2::${resource}`)],
      violations: [
        {
          ...found("account-missing", { service: "ssm" }),
          fix: `write \`arn:aws:ssm:us-east-2:<account>:${resource}\``,
        },
      ],
    })),
    {
      name: "a region and an account in a bucket's, after a clean statement",
      document: [CLEAN, deny("s3:DeleteObject", "arn:aws:s3:us-east-1:123456789012:example-bucket/*")],
      violations: [found("region-unused", { service: "s3" }, "Statement[1].Resource")],
    },
    {
      name: "an account in a bucket's",
      document: [allow("s3:GetObject", ["arn:aws:s3:::fine/*", "arn:aws:s3::123456789012:example-bucket/*"])],
      violations: [found("account-unused", { service: "s3" }, "Statement[0].Resource[1]")],
    },
    {
      name: "a region in a role's, as NotResource",
      document: [{ Effect: "Deny", Action: "iam:*", NotResource: "arn:aws:iam:us-*:123456789012:role/x" }],
      violations: [found("region-unused", { service: "iam" }, "Statement[0].NotResource")],
    },
    {
      name: "no region",
      document: {
        Version: "2012-10-17",
        Statement: allow("sagemaker:InvokeEndpoint", "arn:aws:sagemaker::123456789012:endpoint/x"),
      },
      violations: [found("region-missing", { service: "sagemaker" }, "Statement.Resource")],
    },
    {
      name: "no region, in a service of which AWS asks one resource for without",
      document: [allow("bedrock:ApplyGuardrail", "arn:aws:bedrock::123456789012:guardrail/abc")],
      violations: [found("region-missing", { service: "bedrock" })],
    },
    {
      name: "no account",
      document: [allow("sagemaker:InvokeEndpoint", "arn:aws:sagemaker:us-east-1::endpoint/x")],
      violations: [found("account-missing", { service: "sagemaker" })],
    },
    {
      name: "an account of eleven digits, and of a word",
      document: [
        allow("sqs:SendMessage", [
          "arn:aws:sqs:us-east-1:12345678901:jobs",
          "arn:aws:sqs:us-east-1:ACCOUNT_ID:jobs",
          "arn:aws:sqs:us-east-1:1234567890123*:jobs",
        ]),
      ],
      violations: [
        found("account", { field: "12345678901" }, "Statement[0].Resource[0]"),
        found("account", { field: "ACCOUNT_ID" }, "Statement[0].Resource[1]"),
        found("account", { field: "1234567890123*" }, "Statement[0].Resource[2]"),
      ],
    },
    {
      name: "a region that is none",
      document: [allow("lambda:InvokeFunction", "arn:aws:lambda:region:*:function:Hook_*")],
      violations: [found("region", { field: "region" })],
    },
    {
      name: "partitions that are none",
      document: [allow("s3:GetObject", ["arn:AWS:s3:::b/*", "arn:aws-gov:s3:::b/*"])],
      violations: [
        found("partition", { field: "AWS" }, "Statement[0].Resource[0]"),
        found("partition", { field: "aws-gov" }, "Statement[0].Resource[1]"),
      ],
    },
    {
      name: "neither partition nor service",
      document: [allow("s3:GetObject", ["arn::s3:::b/*", "arn:aws::::b/*"])],
      violations: [
        found("nameless", { field: "partition" }, "Statement[0].Resource[0]"),
        found("nameless", { field: "service" }, "Statement[0].Resource[1]"),
      ],
    },
    {
      name: "services that are none, or closed",
      document: [
        allow("*", [
          "arn:aws:sagemakr:us-east-1:123456789012:model/x",
          "arn:aws:elastic-inference:*:*:elastic-inference-accelerator/*",
        ]),
      ],
      violations: [
        found("service", { field: "sagemakr" }, "Statement[0].Resource[0]"),
        found("service", { field: "elastic-inference" }, "Statement[0].Resource[1]"),
      ],
    },
    {
      name: "a service in capitals",
      document: [allow("s3:GetObject", "arn:aws:S3:::example-bucket/*")],
      violations: [found("service-case", { field: "S3", expected: "s3" })],
    },
    {
      name: "too few fields",
      document: [allow("iam:GetRole", "arn:aws:iam::123456789012")],
      violations: [found("fields")],
    },
  ],
};
