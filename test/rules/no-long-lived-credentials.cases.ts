import type { ExampleResource } from "../../policypack/engine";
import { UNKNOWN } from "../../policypack/iam";
import { noLongLivedCredentials } from "../../policypack/rules/no-long-lived-credentials";
import type { StackRuleCases } from "./cases";

const of = (type: string, props: object = {}, name = "it"): ExampleResource => ({
  type,
  name,
  props: { ...props },
});
const ROLE = of("aws:iam/role:Role", {}, "role");
const KEY = of("aws:iam/accessKey:AccessKey", { user: "u" });
const CREDENTIAL = "aws:iam/serviceSpecificCredential:ServiceSpecificCredential";

export const cases: StackRuleCases = {
  rule: noLongLivedCredentials,
  valid: [
    { name: "nothing", resources: [] },
    { name: "a role and a group", resources: [ROLE, of("aws:iam/group:Group")] },
    { name: "an access key that is switched off", resources: [{ ...KEY, props: { status: "Inactive" } }] },
    {
      name: "a user for emergencies",
      resources: [of("aws:iam/user:User", {}, "emergency")],
      options: { accepted: ["emerg*"] },
    },
    { name: "a type with the name of something inherited", resources: [of("toString")] },
  ],
  invalid: [
    {
      name: "a user with an access key and a password: a finding each",
      resources: [
        ROLE,
        of("aws:iam/user:User", {}, "user"),
        KEY,
        of("aws:iam/userLoginProfile:UserLoginProfile", {}, "login"),
      ],
      violations: [
        { at: "user", message: "user" },
        { at: "it", message: "access-key" },
        { at: "login", message: "password" },
      ],
    },
    {
      name: "a user with a password in one",
      resources: [of("aws-native:iam:User", { loginProfile: { password: "x" } })],
      violations: [{ at: "it", message: "user" }],
    },
    {
      name: "a key whose status is not known",
      resources: [{ ...KEY, props: { status: UNKNOWN } }],
      violations: [{ at: "it", message: "access-key" }],
    },
    {
      name: "API keys for Amazon Bedrock",
      resources: [
        of(CREDENTIAL, { serviceName: "bedrock.amazonaws.com" }, "a"),
        of(CREDENTIAL, { serviceName: "bedrock.amazonaws.com", credentialAgeDays: 90 }, "b"),
        of(CREDENTIAL, { serviceName: UNKNOWN, credentialAgeDays: UNKNOWN }, "c"),
      ],
      violations: [
        {
          at: "a",
          message: "service-credential",
          data: { service: "`bedrock.amazonaws.com`", lasts: "until somebody revokes it" },
        },
        { at: "b", message: "service-credential", data: { lasts: "90 days" } },
        {
          at: "c",
          message: "service-credential",
          data: { service: "a service", lasts: "until it expires or somebody revokes it" },
        },
      ],
    },
    {
      name: "a key for SSH, and one for signing",
      resources: [
        of("aws:iam/sshKey:SshKey", {}, "a"),
        of("aws:iam/signingCertificate:SigningCertificate", {}, "b"),
      ],
      violations: [
        { at: "a", message: "key-pair" },
        { at: "b", message: "key-pair" },
      ],
    },
  ],
};
