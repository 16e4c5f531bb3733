import { CREDENTIAL_ACTIONS } from "../catalogue";
import { CONTROLS, defineRule, GRANTING } from "../engine";
import { denialsHere, isGranted } from "./statements/grants";

const OWN_USER = /^arn:[^:]+:iam::[^:]+:user\/(?:.*\/)?\$\{aws:username\}$/;

export const credentialExposure = defineRule({
  id: "credential-exposure",
  title: "No credentials are handed out",
  summary:
    "A policy should not allow actions whose answer is a credential of somebody else's, or one that lasts.",
  why: "A credential that has been handed out works wherever it is carried, whatever becomes of the identity that asked for it.",
  fix: "Leave the action out of what a workload may do; let people sign in with roles, and manage only their own keys.",
  level: "advisory",
  severity: "high",
  tags: ["iam", "credentials"],
  framework: CONTROLS["IA-5"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles",
    ...new Set(CREDENTIAL_ACTIONS.map(({ source }) => source)),
  ],
  kinds: GRANTING,
  onlyCertain: true,
  options: {},
  messages: {
    exposed: "{actions} {actions?is:are} allowed, and {actions?answers:answer} with {gives}",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "iam:CreateAccessKey",
          Resource: "arn:aws:iam::123456789012:user/${aws:username}",
        },
      },
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
          Action: "sagemaker:CreatePresigned*",
          Resource: "arn:aws:sagemaker:us-east-1:123456789012:notebook-instance/notebook",
        },
      },
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "iam:CreateAccessKey",
          Resource: "arn:aws:iam::123456789012:user/deployer",
        },
      },
    ],
  },
  *check({ document: { statements } }) {
    const denials = denialsHere(statements);
    for (const statement of statements) {
      const { actions, resources, sid } = statement;
      // Everybody may look after their own credentials.
      if (!resources.negated && resources.entries.every(({ text }) => OWN_USER.test(text))) continue;
      const found = CREDENTIAL_ACTIONS.filter(({ action }) => isGranted(statement, action, denials));
      if (found.length === 0) continue;
      const names = found.map(({ action }) => action);
      const entry = actions.negated
        ? undefined
        : actions.entries.find(({ text }) => text.toLowerCase() === names[0]?.toLowerCase());
      yield {
        message: "exposed",
        path: (entry ?? actions).path,
        sid,
        data: { actions: names, gives: [...new Set(found.map(({ gives }) => gives))].join("; ") },
        fix: `leave out ${names.map((name) => `\`${name}\``).join(", ")}`,
      };
    }
  },
});
