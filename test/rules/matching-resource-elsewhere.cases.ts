import { matchingResourceElsewhere } from "../../policypack/rules/matching-resource-elsewhere";
import { allow, CLEAN, deny, type RuleCases } from "./cases";

const REPOSITORY = "arn:aws:ecr:us-east-1:123456789012:repository/models";

export const cases: RuleCases = {
  rule: matchingResourceElsewhere,
  valid: [
    { name: "a clean policy", document: [CLEAN] },
    {
      name: "a pull",
      document: [allow("ecr:BatchGetImage", REPOSITORY), allow("ecr:GetAuthorizationToken", "*")],
    },
    {
      name: "what another rule governs",
      document: [allow("s3:ListBucket", "arn:aws:s3:::example-bucket/*")],
    },
    {
      name: "roles, on which AWS decides it",
      document: [allow("iam:ListRoles", ["arn:aws:iam::123456789012:role/app/*"])],
    },
    {
      name: "log groups, on which AWS decides it",
      document: [
        allow("logs:DescribeLogGroups", "arn:aws:logs:us-east-1:123456789012:log-group::log-stream:*"),
      ],
    },
    {
      name: "sessions, as AWS documents it",
      document: [allow("ssmmessages:OpenDataChannel", "arn:aws:ssm:*:*:session/${aws:userid}-*")],
    },
    {
      name: "a recovery point, which is named by its service",
      document: [allow("backup:DescribeRecoveryPoint", "arn:aws:ec2:us-east-1::snapshot/*")],
    },
    {
      name: "a key of several regions, and a model of AWS's own",
      document: [
        allow("kms:Decrypt", "arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab"),
        allow("bedrock:InvokeModel", "arn:aws:bedrock:::foundation-model/example.model-v1"),
        allow("iam:GetPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
      ],
    },
  ],
  invalid: [
    {
      name: "a token on a repository, after a clean statement",
      document: [CLEAN, allow(["ecr:GetAuthorizationToken", "ecr:BatchGetImage"], REPOSITORY)],
      violations: [
        {
          message: "unlimited",
          path: "Statement[1].Action[0]",
          data: { actions: ["ecr:GetAuthorizationToken"] },
        },
      ],
    },
    {
      name: "a role's action on a policy",
      document: [allow("iam:GetRole", "arn:aws:iam::123456789012:policy/p")],
      violations: [{ message: "mismatch", path: "Statement[0].Action", data: { type: "role" } }],
    },
    {
      name: "a denial that protects nothing",
      document: [deny("tag:TagResources", "arn:aws:glue:*:*:session/*")],
      violations: [{ message: "unlimited", path: "Statement[0].Action", data: { effect: "denied" } }],
    },
    {
      name: "what the other rule does not govern",
      document: [allow("s3:ListBucket", "arn:aws:s3:::example-bucket/*")],
      options: { governed: ["rekognition"] },
      violations: [{ message: "mismatch", path: "Statement[0].Action" }],
    },
  ],
};
