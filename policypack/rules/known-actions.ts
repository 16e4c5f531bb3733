import {
  authorizationData,
  nearest,
  nearestAction,
  serviceOf,
  servicePrefixes,
  standingOf,
} from "../catalogue";
import { CONTROLS, defineRule, EVERY_KIND, GRANTING, strings, type Violation } from "../engine";
import { doubtfulServices } from "./statements/doubtful-names";

type Message = "unknown-action" | "unmatched" | "unknown-service" | "wildcard-service";

export const knownActions = defineRule({
  id: "known-actions",
  title: "Actions exist",
  summary: "An action must be one that AWS has.",
  why: "A misspelt action allows nothing where it is allowed, and protects nothing where it is denied; AWS accepts it silently.",
  fix: "Write the action as the Service Authorization Reference has it.",
  level: "advisory",
  severity: "medium",
  tags: ["iam", "validation"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
  ],
  kinds: EVERY_KIND,
  options: {
    governed: strings(
      "The services that `approved-actions` governs, by prefix: an action of theirs that a policy grants and AWS has not is its matter.",
      ["s3", "sagemaker", "rekognition"],
      doubtfulServices,
    ),
  },
  messages: {
    "unknown-action": "the authorization data of {date} has no action `{action}`",
    unmatched: "no action in the authorization data of {date} matches `{action}`",
    "unknown-service": "the authorization data of {date} has no service `{service}`, which `{action}` names",
    "wildcard-service":
      "`{action}` has a wildcard in the service's name, so it takes in every service with a name like that, now and later",
  },
  accessAnalyzer: {
    "unknown-action": "INVALID_ACTION",
    "unknown-service": "INVALID_SERVICE_IN_ACTION",
    "wildcard-service": "WILDCARD_IN_SERVICE_NAME",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/*" },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Deny", Action: "s3:GetObjects", Resource: "arn:aws:s3:::example-bucket/*" },
      },
    ],
  },
  *check({ kind, document: { statements } }, { governed }) {
    const others = new Set(governed.map((service) => service.toLowerCase()));
    for (const { effect, actions, sid } of statements)
      for (const { text, path } of actions.entries) {
        const found = judge(text);
        const isGranted = effect === "Allow" && !actions.negated && GRANTING.includes(kind);
        if (found !== undefined && !(isGranted && others.has(serviceOf(text.toLowerCase()))))
          yield { ...found, path, sid };
      }
  },
});

// `service:action` and nothing else: what has another form is a problem of reading.
const ACTION = /^([a-z0-9*?-]+):[a-z0-9*?-]+$/i;

function judge(action: string): Pick<Violation<Message>, "message" | "data" | "fix"> | undefined {
  const [, service] = ACTION.exec(action) ?? [];
  if (service === undefined) return undefined;
  // `*:*` is everything, which is no mistake about a name.
  if (/[*?]/.test(service) && !/^\*+$/.test(service))
    return { message: "wildcard-service", data: { action }, fix: "write one action for each service meant" };
  const standing = standingOf(action);
  if (standing === "known") return undefined;
  const { date } = authorizationData();
  if (standing === "unknown-service")
    return {
      message: "unknown-service",
      data: { action, service, date },
      fix: advice(nearest(serviceOf(action), servicePrefixes(), 2), "name a service that AWS has"),
    };
  return /[*?]/.test(action)
    ? {
        message: "unmatched",
        data: { action, date },
        fix: "write a pattern that some action matches, or remove it",
      }
    : {
        message: "unknown-action",
        data: { action, date },
        fix: advice(nearestAction(action), "write an action that the service has, or remove it"),
      };
}

const advice = (meant: string | undefined, otherwise: string): string =>
  meant === undefined ? otherwise : `write \`${meant}\` if that is meant`;
