import { CREDENTIAL_ACTIONS } from "../../policypack/catalogue";
import { UNKNOWN } from "../../policypack/iam";
import { credentialExposure } from "../../policypack/rules/credential-exposure";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const USER = "arn:aws:iam::123456789012:user/deployer";
const OWN = "arn:aws:iam::123456789012:user/${aws:username}";
const KEY = "iam:CreateAccessKey";
const exposed = (
  path: string,
  ...actions: readonly string[]
): { message: string; path: string; data?: { actions: readonly string[] } } => ({
  message: "exposed",
  path,
  ...(actions.length === 0 ? {} : { data: { actions } }),
});

export const cases: RuleCases = {
  rule: credentialExposure,
  valid: [
    {
      name: "one's own key",
      document: [allow([KEY, "iam:UpdateLoginProfile"], [OWN, "arn:aws:iam::*:user/people/${aws:username}"])],
    },
    { name: "a token to pull images", document: [allow("ecr:GetAuthorizationToken", "*")] },
    {
      name: "a secret that is named",
      document: [
        allow(
          "secretsmanager:GetSecretValue",
          "arn:aws:secretsmanager:us-east-1:123456789012:secret:app-AbCdEf",
        ),
      ],
    },
    { name: "denied", document: [allow("iam:*", USER), deny(["iam:Create*", "iam:Update*"], "*")] },
    { name: "denied on every user", document: [allow(KEY, "*"), deny(KEY, "arn:aws:iam::*:user/*")] },
    { name: "on what is no user", document: [allow("iam:*", "arn:aws:iam::123456789012:role/app")] },
    {
      name: "NotAction that leaves it out",
      document: [
        {
          Effect: "Allow",
          NotAction: ["iam:*", "sts:*", "sagemaker:*", "ec2:*", "redshift*:*", "lightsail:*", "connect:*"],
          Resource: "*",
        },
      ],
    },
    {
      name: "a variable that is text, and no name of a user",
      document: { Version: "2008-10-17", Statement: allow(KEY, [OWN, "arn:aws:iam::1:user/${x}"]) },
    },
    { name: "an action that is not known yet", document: [allow(UNKNOWN, USER)] },
  ],
  invalid: [
    {
      name: "the root user of every account of the organization",
      document: [allow("sts:AssumeRoot", "arn:aws:iam::*:root")],
      violations: [exposed("Statement[0].Action", "sts:AssumeRoot")],
    },
    {
      name: "a key of another's, after a clean statement",
      document: [CLEAN, allow(["iam:GetUser", KEY], USER)],
      violations: [exposed("Statement[1].Action[1]", KEY)],
    },
    {
      name: "as an object, in Version 2008",
      document: { Version: "2008-10-17", Statement: allow(KEY, USER) },
      violations: [exposed("Statement.Action", KEY)],
    },
    {
      name: "one's own and another's",
      document: [allow(KEY, [OWN, USER])],
      violations: [exposed("Statement[0].Action")],
    },
    {
      name: "under a condition",
      document: [allow(KEY, USER, CONDITION)],
      violations: [exposed("Statement[0].Action")],
    },
    {
      name: "a Deny under a condition",
      document: [allow(KEY, USER), deny(KEY, "*", CONDITION)],
      violations: [exposed("Statement[0].Action")],
    },
    {
      name: "a pattern in any case",
      document: [allow("SAGEMAKER:CreatePresigned*U?l", "*")],
      violations: [
        exposed(
          "Statement[0].Action",
          "sagemaker:CreatePresignedDomainUrl",
          "sagemaker:CreatePresignedNotebookInstanceUrl",
          "sagemaker:CreatePresignedMlflowTrackingServerUrl",
        ),
      ],
    },
    {
      name: "everything",
      document: [allow("*", "*")],
      violations: [exposed("Statement[0].Action", ...CREDENTIAL_ACTIONS.map(({ action }) => action))],
    },
    {
      name: "NotAction",
      document: [{ Effect: "Allow", NotAction: "s3:*", Resource: USER }],
      violations: [exposed("Statement[0].NotAction")],
    },
    {
      name: "NotResource",
      document: [{ Effect: "Allow", Action: KEY, NotResource: OWN }],
      violations: [exposed("Statement[0].Action")],
    },
    {
      name: "a resource that is not known yet beside one that is",
      document: [allow(KEY, [USER, UNKNOWN])],
      violations: [exposed("Statement[0].Action")],
    },
  ],
};
