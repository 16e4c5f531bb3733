import type { ExampleResource } from "../../policypack/engine";
import { UNKNOWN } from "../../policypack/iam";
import { managedPolicyAccess } from "../../policypack/rules/managed-policy-access";
import type { StackRuleCases } from "./cases";

const aws = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const ROLE: ExampleResource = { type: "aws:iam/role:Role", name: "role", props: { name: "r" } };
const attach = (policyArn: unknown, to: unknown = "r"): ExampleResource => ({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  name: "attach",
  props: { role: to, policyArn },
});
const at = { at: "attach", property: "policyArn" };

export const cases: StackRuleCases = {
  rule: managedPolicyAccess,
  valid: [
    { name: "nothing", resources: [] },
    {
      name: "a policy that is about other services",
      resources: [ROLE, attach(aws("CloudWatchReadOnlyAccess"))],
    },
    {
      name: "a policy with approved actions alone",
      resources: [ROLE, attach(aws("AmazonS3ReadOnlyAccess"))],
      options: { actions: ["s3:Get*", "s3:List*", "s3:Describe*"] },
    },
    {
      name: "a boundary, which grants nothing",
      resources: [{ ...ROLE, props: { permissionsBoundary: aws("AdministratorAccess") } }],
    },
    {
      name: "a policy that is accepted as it is",
      resources: [ROLE, attach(aws("AmazonSageMakerFullAccess"))],
      options: { policies: ["arn:aws:iam::aws:policy/AmazonSageMaker*"] },
    },
    {
      name: "a role of any name, to be passed to one service",
      resources: [ROLE, attach(aws("AWSLambda_FullAccess"))],
    },
    { name: "a policy that is not known, which the engine says", resources: [ROLE, attach(UNKNOWN)] },
  ],
  invalid: [
    {
      name: "full access to SageMaker",
      resources: [ROLE, attach(aws("AmazonSageMakerFullAccess"))],
      violations: [
        {
          ...at,
          message: "excess-and-roles",
          data: { policy: "AmazonSageMakerFullAccess", services: ["sagemaker.amazonaws.com"] },
        },
      ],
    },
    {
      name: "everything",
      resources: [ROLE, attach(aws("AdministratorAccess"))],
      violations: [{ ...at, message: "everything", data: { policy: "AdministratorAccess" } }],
    },
    {
      name: "everything but IAM, as the policy says it",
      resources: [ROLE, attach(aws("PowerUserAccess"))],
      violations: [{ ...at, message: "excess", data: { policy: "PowerUserAccess" } }],
    },
    {
      name: "two actions beside the approved ones",
      resources: [ROLE, attach(aws("AmazonKendraFullAccess"))],
      options: { actions: ["s3:ListBucket"] },
      violations: [
        {
          ...at,
          message: "excess-and-roles",
          data: {
            excess: ["s3:ListAllMyBuckets", "s3:GetBucketLocation"],
            services: ["kendra.amazonaws.com"],
          },
        },
      ],
    },
    {
      name: "every role to any service",
      resources: [ROLE, attach(aws("IAMFullAccess"))],
      violations: [{ ...at, message: "any-role", data: { policy: "IAMFullAccess" } }],
    },
    {
      name: "the role's own list",
      resources: [
        {
          ...ROLE,
          props: { managedPolicyArns: [aws("CloudWatchReadOnlyAccess"), aws("AmazonS3FullAccess")] },
        },
      ],
      violations: [{ at: "role", property: "managedPolicyArns[1]", message: "excess" }],
    },
    {
      name: "a role of another stack, and one that is not known",
      resources: [
        attach(aws("AdministratorAccess"), "theirs"),
        { ...attach(aws("IAMFullAccess"), UNKNOWN), name: "b" },
      ],
      violations: [
        { ...at, message: "everything" },
        { ...at, at: "b", message: "any-role" },
      ],
    },
    {
      name: "once for a resource that attaches to many",
      resources: [
        {
          type: "aws:iam/policyAttachment:PolicyAttachment",
          name: "attach",
          props: { policyArn: aws("AdministratorAccess"), roles: ["a", "b"], users: ["c"] },
        },
      ],
      violations: [{ ...at, message: "everything" }],
    },
    {
      name: "a policy of AWS's that the table does not have, and one of another partition",
      resources: [
        {
          ...ROLE,
          props: {
            managedPolicyArns: [aws("NewFullAccess"), "arn:aws-cn:iam::aws:policy/AdministratorAccess"],
          },
        },
      ],
      violations: [
        {
          at: "role",
          property: "managedPolicyArns[0]",
          message: "not-in-table",
          data: { policy: aws("NewFullAccess") },
        },
        { at: "role", property: "managedPolicyArns[1]", message: "not-in-table" },
      ],
    },
    {
      name: "a policy of another stack",
      resources: [ROLE, attach("arn:aws:iam::123456789012:policy/theirs")],
      violations: [
        { ...at, message: "not-here", data: { policy: "arn:aws:iam::123456789012:policy/theirs" } },
      ],
    },
  ],
};
