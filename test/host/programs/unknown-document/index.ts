import { Policy } from "@pulumi/aws/iam/policy";
import { Role } from "@pulumi/aws/iam/role";
import * as pulumi from "@pulumi/pulumi";

const role = new Role("role", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  }),
});
const statement = (resource: pulumi.Input<string>) => ({
  Version: "2012-10-17" as const,
  Statement: [{ Effect: "Allow" as const, Action: "iam:GetRole", Resource: resource }],
});

new Policy("object-of-outputs", { policy: statement(role.arn) });
new Policy("text-of-outputs", { policy: pulumi.jsonStringify(statement(role.arn)) });
new Policy("object", { policy: statement("*") });
new Policy("secret", { policy: pulumi.secret(JSON.stringify(statement("*"))) });
