/** The programs of the scenarios: one policy, one role, one attachment, with statements to be judged. */
import { Policy } from "@pulumi/aws/iam/policy";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import * as pulumi from "@pulumi/pulumi";

export const document = (...statements: readonly object[]) => ({
  Version: "2012-10-17",
  Statement: statements,
});
export const readOf = (prefix: string) => ({
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: `arn:aws:s3:::example-bucket/${prefix}/*`,
});
export const GOOD = readOf("images");
export const OVERBROAD = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
export const TRUST = document({
  Effect: "Allow",
  Principal: { Service: "sagemaker.amazonaws.com" },
  Action: "sts:AssumeRole",
  Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
});

/** A workflow that may do this. */
export const workflow =
  (...statements: readonly object[]): pulumi.automation.PulumiFn =>
  () => {
    const role = new Role("role", { name: "workflow", assumeRolePolicy: JSON.stringify(TRUST) });
    const policy = new Policy("policy", {
      name: "workflow",
      policy: JSON.stringify(document(...statements)),
    });
    new RolePolicyAttachment("attachment", { role: role.name, policyArn: policy.arn });
    return Promise.resolve({});
  };

/** A policy whose document is not known before the role exists; `resource` makes its resource of the role's id. */
export const unknownUntilUpdate =
  (resource: (id: string) => string): pulumi.automation.PulumiFn =>
  () => {
    const role = new Role("role", { name: "workflow", assumeRolePolicy: JSON.stringify(TRUST) });
    new Policy("policy", {
      name: "workflow",
      policy: pulumi.jsonStringify(
        document({ Effect: "Allow", Action: "s3:GetObject", Resource: role.uniqueId.apply(resource) }),
      ),
    });
    return Promise.resolve({});
  };

/** This many policies, each with a prefix of its own. */
export const many =
  (count: number): pulumi.automation.PulumiFn =>
  () => {
    for (let index = 0; index < count; index++)
      new Policy(`policy-${index}`, { policy: JSON.stringify(document(readOf(`images-${index}`))) });
    return Promise.resolve({});
  };

/** The workflow in YAML. */
export const yamlWorkflow = (...statements: readonly object[]) => ({
  role: { type: "aws:iam:Role", properties: { name: "workflow", assumeRolePolicy: { "fn::toJSON": TRUST } } },
  policy: {
    type: "aws:iam:Policy",
    properties: { name: "workflow", policy: { "fn::toJSON": document(...statements) } },
  },
  attachment: {
    type: "aws:iam:RolePolicyAttachment",
    properties: { role: "${role.name}", policyArn: "${policy.arn}" },
  },
});
