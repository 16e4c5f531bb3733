import { CONTROLS, defineStackRule, type StackResource, strings } from "../engine";
import { isUnknown, matches, parsePattern } from "../iam";

type Message = "user" | "access-key" | "password" | "service-credential" | "key-pair";

/** What each type makes. */
const MADE: Readonly<Record<string, Message>> = {
  "aws:iam/user:User": "user",
  "aws-native:iam:User": "user",
  "aws:iam/accessKey:AccessKey": "access-key",
  "aws:iam/userLoginProfile:UserLoginProfile": "password",
  "aws:iam/serviceSpecificCredential:ServiceSpecificCredential": "service-credential",
  "aws:iam/sshKey:SshKey": "key-pair",
  "aws:iam/signingCertificate:SigningCertificate": "key-pair",
};

const FIXES: Readonly<Record<Message, string>> = {
  user: "let people sign in through IAM Identity Center, and workloads assume a role; IAM Roles Anywhere is for those outside of AWS",
  "access-key":
    "let the workload assume a role, which gives it credentials that expire; IAM Roles Anywhere or OIDC federation where it runs outside of AWS",
  password: "let people sign in through IAM Identity Center",
  "service-credential":
    "sign requests with the credentials of a role; for Amazon Bedrock, short-term API keys are made of those too",
  "key-pair": "sign requests with the credentials of a role",
};

export const noLongLivedCredentials = defineStackRule({
  id: "no-long-lived-credentials",
  title: "No long-lived credentials",
  summary: "A stack must make no IAM users and no credentials that last: workloads assume roles instead.",
  why: "A credential that lasts can be copied and used by anybody, from anywhere, until somebody notices; its secret also stands in the state of the stack.",
  fix: "Give workloads roles to assume, and people access through IAM Identity Center.",
  level: "advisory",
  severity: "medium",
  tags: ["iam", "credentials", "ai"],
  framework: CONTROLS["IA-5"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp",
    "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html",
  ],
  scope: "stack",
  needsAttachments: false,
  options: {
    accepted: strings(
      "Names of resources of the program that are accepted, such as a user for emergencies; `*` and `?` stand for any characters and any one.",
      [],
    ),
  },
  messages: {
    user: "an IAM user is made, whose credentials last until somebody revokes them",
    "access-key": "an access key is made, which lasts until somebody revokes it",
    password: "a password is made for an IAM user",
    "service-credential": "a credential for {service} is made, which lasts {lasts}",
    "key-pair": "a key of an IAM user is registered, which lasts until somebody removes it",
  },
  examples: {
    good: [
      [
        {
          type: "aws:iam/role:Role",
          name: "training",
          props: {
            assumeRolePolicy: {
              Version: "2012-10-17",
              Statement: {
                Effect: "Allow",
                Principal: { Service: "sagemaker.amazonaws.com" },
                Action: "sts:AssumeRole",
              },
            },
          },
        },
      ],
    ],
    bad: [
      [
        {
          type: "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
          name: "bedrockKey",
          props: { userName: "chatbot", serviceName: "bedrock.amazonaws.com" },
        },
      ],
      [{ type: "aws:iam/accessKey:AccessKey", name: "key", props: { user: "chatbot" } }],
    ],
  },
  *check({ resources }, { accepted }) {
    const patterns = accepted.map((text) => parsePattern(text));
    for (const resource of resources) {
      const { urn, type, name, properties } = resource;
      const message = Object.hasOwn(MADE, type) ? MADE[type] : undefined;
      if (message === undefined || patterns.some((pattern) => matches(pattern, name))) continue;
      // What is switched off opens nothing.
      if (properties["status"] === "Inactive") continue;
      yield {
        subject: { urn, type, name, property: "" },
        message,
        path: "",
        data: message === "service-credential" ? credentialIn(resource) : {},
        fix: FIXES[message],
      };
    }
  },
});

function credentialIn({ properties: { serviceName, credentialAgeDays } }: StackResource) {
  return {
    service: typeof serviceName === "string" ? `\`${serviceName}\`` : "a service",
    lasts:
      typeof credentialAgeDays === "number"
        ? `${credentialAgeDays} days`
        : isUnknown(credentialAgeDays)
          ? "until it expires or somebody revokes it"
          : "until somebody revokes it",
  };
}
