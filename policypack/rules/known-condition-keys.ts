import { authorizationData, findConditionKey, knowsService } from "../catalogue";
import { CONTROLS, defineRule, EVERY_KIND, type Violation } from "../engine";
import { testsOf } from "./statements/condition-values";

type Message = "unknown-key" | "unknown-global-key" | "replaced" | "no-prefix" | "no-tag-key";

export const knownConditionKeys = defineRule({
  id: "known-condition-keys",
  title: "Condition keys exist",
  summary: "A condition key must be one that AWS has.",
  why: "No request carries a misspelt key: a condition on it never holds, or always, and limits nothing that was meant.",
  fix: "Write the key as the Service Authorization Reference or the page of global keys has it.",
  level: "advisory",
  severity: "medium",
  tags: ["iam", "validation", "condition"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],
  kinds: EVERY_KIND,
  options: {},
  messages: {
    "unknown-key": "the authorization data of {date} has no condition key `{key}` in the service `{service}`",
    "unknown-global-key": "there is no global condition key `{key}`",
    replaced: "the condition key `{key}` is not supported",
    "no-prefix": "`{key}` is no condition key; expected `service:key`",
    "no-tag-key": "`{key}` names no tag, so no request carries it",
  },
  accessAnalyzer: {
    "unknown-key": "INVALID_SERVICE_CONDITION_KEY",
    "unknown-global-key": "INVALID_GLOBAL_CONDITION_KEY",
    replaced: "UNSUPPORTED_GLOBAL_CONDITION_KEY",
    "no-prefix": "INVALID_CONDITION_KEY_FORMAT",
    "no-tag-key": "MISSING_TAG_KEY_IN_CONDITION",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:ListBucket",
          Resource: "arn:aws:s3:::example-bucket",
          Condition: { StringLike: { "s3:prefix": "images/*" } },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:ListBucket",
          Resource: "arn:aws:s3:::example-bucket",
          Condition: { StringLike: { "s3:prefixes": "images/*" } },
        },
      },
    ],
  },
  *check({ document: { statements } }) {
    for (const { statement, test } of testsOf(statements)) {
      const found = findConditionKey(test.name) === undefined ? judge(test.name, test.key) : undefined;
      if (found !== undefined) yield { ...found, path: test.path, sid: statement.sid };
    }
  },
});

/** Keys that a tag's name follows, without one. */
const TAG =
  /(?:^aws:(?:request|resource|principal)tag|:resourcetag|:requestobjecttag|:existingobjecttag)\/?$/;

/** What is wrong with a key that AWS does not have; nothing can be said of a service that is not known. */
function judge(name: string, key: string): Pick<Violation<Message>, "message" | "data" | "fix"> | undefined {
  const colon = key.indexOf(":");
  const service = key.slice(0, Math.max(0, colon));
  // Keys of an OIDC provider begin with its address: `token.actions.githubusercontent.com:sub`.
  if (service.includes(".")) return undefined;
  if (service === "" || colon === key.length - 1)
    return {
      message: "no-prefix",
      data: { key: name },
      fix: "write the service's prefix, a colon and the key",
    };
  if (TAG.test(key))
    return {
      message: "no-tag-key",
      data: { key: name },
      fix: `write the name of the tag: \`${name.replace(/\/$/, "")}/<tag>\``,
    };
  if (key === "aws:arn")
    return { message: "replaced", data: { key: name }, fix: "write `aws:PrincipalArn` or `aws:SourceArn`" };
  if (service === "aws")
    return {
      message: "unknown-global-key",
      data: { key: name },
      fix: "write a key that AWS's page of global condition keys has",
    };
  if (!knowsService(key)) return undefined;
  return {
    message: "unknown-key",
    data: { key: name, service, date: authorizationData().date },
    fix: `write a key that the service \`${service}\` has`,
  };
}
