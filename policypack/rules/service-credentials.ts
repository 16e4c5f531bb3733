import { API_KEYS } from "../catalogue";
import { CONTROLS, defineRule, GRANTING } from "../engine";
import { lackingIn } from "./statements/safeguards";

export const serviceCredentials = defineRule({
  id: "service-credentials",
  title: "Long-lived API keys are not used",
  summary: "A policy should allow neither using long-term API keys of AI services nor making them.",
  why: "A long-term API key is a password of a user that never leaves a log line when it is copied; short-term keys end with the session.",
  fix: "Allow `CallWithBearerToken` for short-term keys only, by `BearerTokenType` in a condition, and making service-specific credentials for other services only.",
  level: "advisory",
  severity: "medium",
  tags: ["iam", "bedrock", "credentials", "ai"],
  framework: CONTROLS["IA-5"],
  references: [
    ...new Set(API_KEYS.map(({ source }) => source)),
    "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html",
  ],
  kinds: GRANTING,
  onlyCertain: true,
  options: {},
  messages: {
    "long-term":
      "{actions} {actions?is:are} allowed without {keys} in {keys?a condition that binds:conditions that bind}, so {without}",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "bedrock:CallWithBearerToken",
          Resource: "*",
          Condition: { StringEquals: { "bedrock:BearerTokenType": "SHORT_TERM" } },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "bedrock:CallWithBearerToken", Resource: "*" },
      },
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "iam:CreateServiceSpecificCredential",
          Resource: "arn:aws:iam::123456789012:user/reader",
        },
      },
    ],
  },
  *check({ document: { statements } }) {
    yield* lackingIn(statements, API_KEYS, "long-term");
  },
});
