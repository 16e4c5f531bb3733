import { DATA_PERIMETER } from "../catalogue";
import { CONTROLS, defineRule, GRANTING } from "../engine";
import type { Entry } from "../iam";
import { denialsHere, onlyAction } from "./statements/grants";
import { openingsOf, surroundingsOf } from "./statements/openings";
import { guarded, unguarded } from "./statements/safeguards";

/** Whatever is denied of it: what a Deny leaves of every bucket is no part of a name. */

export const dataExfiltration = defineRule({
  id: "data-exfiltration",
  title: "Data stays in known accounts",
  summary:
    "A policy should not allow moving objects in buckets of which only a part of the name is known, whosever they are.",
  why: "Names of buckets are given to whoever asks first: a bucket of such a name in another account takes data out, or brings in what was tampered with.",
  fix: "Name the bucket, or put `aws:ResourceAccount` into a condition.",
  level: "advisory",
  severity: "medium",
  tags: ["s3", "data-perimeter", "ai"],
  framework: CONTROLS["AC-4"],
  references: [
    DATA_PERIMETER.source,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount",
  ],
  kinds: GRANTING,
  onlyCertain: true,
  options: {},
  messages: {
    anybody:
      "{actions} {actions?is:are} allowed on {resources}, without `aws:ResourceAccount` in a condition that binds, so {without}",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::example-bucket/*" },
      },
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:PutObject",
          Resource: "arn:aws:s3:::sagemaker-*/*",
          Condition: { StringEquals: { "aws:ResourceAccount": "123456789012" } },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::sagemaker-*/*" },
      },
    ],
  },
  *check({ document: { statements } }) {
    const denials = denialsHere(statements);
    for (const statement of statements) {
      const { resources, actions } = statement;
      if (resources.negated) continue;
      // What is allowed on every bucket is the matter of `no-wildcard-resource`.
      const entries = resources.entries.filter(
        (entry) =>
          !isNamed(entry) &&
          openingsOf(
            { ...onlyAction(statement, "s3:GetObject"), resources: { ...resources, entries: [entry] } },
            surroundingsOf([]),
          ).length === 0,
      );
      const wide = { ...statement, resources: { ...resources, entries } };
      const found = entries.length === 0 ? [] : unguarded(wide, DATA_PERIMETER, denials);
      if (found.length === 0) continue;
      yield {
        message: "anybody",
        path: (entries[0] ?? resources).path,
        sid: statement.sid,
        data: {
          actions: found,
          resources: entries.map(({ text }) => text),
          without: DATA_PERIMETER.without,
        },
        fix: actions.negated
          ? "name the buckets"
          : guarded(statement, [{ safeguard: DATA_PERIMETER, actions: found }]),
      };
    }
  },
});

/** Whether a resource names its bucket, or the account of its access point. */
function isNamed({ text }: Entry): boolean {
  const [, , service = "", region = "", account = "", ...rest] = text.split(":");
  const resource = rest.join(":");
  const name = account === "" ? resource.slice(0, Math.max(0, resource.indexOf("/"))) : account;
  return (
    name !== "" &&
    [service, account, name].every((part) => !/[*?$]/.test(part)) &&
    (region === "" || account !== "")
  );
}
