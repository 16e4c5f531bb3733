import * as aws from "@pulumi/aws";

const document = (filling: number): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Id: "x".repeat(filling),
    Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/*" },
  });
// Nothing of it is known before it is made but what is written here: not its name, not its ARN.
const role = new aws.iam.Role("role", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Service: "sagemaker.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  }),
});
new aws.iam.RolePolicy("first", { role: role.id, policy: document(6_000) });
new aws.iam.RolePolicy("second", { role, policy: document(6_000) });
const policy = new aws.iam.Policy("policy", { policy: document(0) });
new aws.iam.RolePolicyAttachment("attachment", { role: role.name, policyArn: policy.arn });
new aws.iam.RolePolicyAttachment("sagemaker", {
  role,
  policyArn: "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess",
});
new aws.iam.User("user", {});
