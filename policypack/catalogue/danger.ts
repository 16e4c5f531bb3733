/** Which actions to name first where there is no room for all. */
import type { Action } from "./authorization";

/** The access levels of AWS's reference, those first that can do the most harm. */
export const ACCESS_LEVELS: readonly string[] = [
  "Permissions management",
  "Write",
  "Tagging",
  "List",
  "Read",
];

/**
 * Actions that by themselves, or with a role to pass, lead to permissions that their holder was not given.
 * https://pathfinding.cloud (DataDog, Apache-2.0): the permissions that its paths begin with.
 */
const ESCALATING: readonly string[] = [
  "iam:PassRole",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:UpdateLoginProfile",
  "iam:AttachUserPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachGroupPolicy",
  "iam:PutUserPolicy",
  "iam:PutRolePolicy",
  "iam:PutGroupPolicy",
  "iam:CreatePolicyVersion",
  "iam:SetDefaultPolicyVersion",
  "iam:AddUserToGroup",
  "iam:UpdateAssumeRolePolicy",
  "sts:AssumeRole",
  "lambda:UpdateFunctionCode",
  "lambda:AddPermission",
  "sagemaker:CreatePresignedNotebookInstanceUrl",
  "ssm:SendCommand",
  "ssm:StartSession",
];
const escalating = new Map(ESCALATING.map((name, index) => [name, index]));

/** Actions that lead to other permissions first, then by access level, and by name among equals. */
export function mostDangerousFirst(actions: Iterable<Action>): readonly Action[] {
  const rank = ({ name, accessLevels }: Action): number =>
    escalating.get(name) ?? ESCALATING.length + ACCESS_LEVELS.findIndex((level) => accessLevels.has(level));
  const ranked = [...actions].map((action) => ({ action, rank: rank(action) }));
  ranked.sort((a, b) => a.rank - b.rank || (a.action.name < b.action.name ? -1 : 1));
  return ranked.map(({ action }) => action);
}
