/** What the requests of the steps of an escalation path look like. */
import type { EscalationPath } from "../../catalogue";
import { type JsonObject, parseDocument, type Question } from "../../iam";

/**
 * What the requests of a step look like: such that the path leads beyond what whoever wrote the policy had in mind. `policy` is
 * the ARN of one that the path itself writes.
 */
export function conditionOf(
  action: string,
  { actions, services }: EscalationPath,
  policy?: string,
): JsonObject {
  const anyPolicy = policy === undefined ? ANY_POLICY : { ArnEquals: { "iam:PolicyARN": policy } };
  // A role or user that must have a boundary can be given no more than the boundary allows, while it has it.
  const noBoundary = actions.some((each) => LIFTS_BOUNDARY.test(each)) ? {} : NO_BOUNDARY;
  switch (action) {
    case "iam:PassRole":
      return { StringEquals: { "iam:PassedToService": services } };
    case "iam:AttachRolePolicy":
    case "iam:AttachUserPolicy":
      return { ...anyPolicy, ...noBoundary };
    case "iam:AttachGroupPolicy":
      return anyPolicy;
    case "iam:CreateRole":
    case "iam:CreateUser":
    case "iam:PutRolePolicy":
    case "iam:PutUserPolicy":
    case "iam:UpdateAssumeRolePolicy":
      return noBoundary;
    case "iam:PutRolePermissionsBoundary":
    case "iam:PutUserPermissionsBoundary":
      return NO_BOUNDARY;
    default:
      return {};
  }
}
export const LIFTS_BOUNDARY = /^iam:(Delete|Put)(Role|User)PermissionsBoundary$/i;
export const WRITES_POLICY = /^iam:CreatePolicy(Version)?$/;
/** Either gives everything: whoever may write policies writes one that does. */
const ANY_POLICY = {
  ArnLike: {
    "iam:PolicyARN": [
      "arn:aws*:iam::aws:policy/AdministratorAccess",
      "arn:aws*:iam::aws:policy/IAMFullAccess",
    ],
  },
};
/** None, or one that limits nothing. */
const NO_BOUNDARY = {
  ArnLikeIfExists: { "iam:PermissionsBoundary": "arn:aws*:iam::aws:policy/AdministratorAccess" },
};

const conditions = new Map<string, Question["asks"][number]>();

export function askFor(action: string, path: EscalationPath, policy?: string): Question["asks"][number] {
  const Condition = conditionOf(action, path, policy);
  const key = `${action} ${JSON.stringify(Condition)}`;
  const known = conditions.get(key);
  if (known !== undefined) return known;
  const statement = { Effect: "Allow", Action: action, Resource: "*", Condition };
  const [read] = parseDocument({ Version: "2012-10-17", Statement: statement }, "identity").document
    .statements;
  const made = { action: action.toLowerCase(), condition: read?.condition ?? { tests: [], partial: false } };
  if (policy === undefined) conditions.set(key, made);
  return made;
}
