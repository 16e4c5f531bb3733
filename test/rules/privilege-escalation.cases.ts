import { privilegeEscalation } from "../../policypack/rules/privilege-escalation";
import { allow, CLEAN, CONDITION, deny, type DocumentRuleCases } from "./cases";
import { UNKNOWN } from "../../policypack/iam";

const ROLE = "arn:aws:iam::123456789012:role/app";
const TRAIN = allow(
  "sagemaker:CreateTrainingJob",
  "arn:aws:sagemaker:us-east-1:123456789012:training-job/team-*",
);
const passedTo = (operator: string, service: string | readonly string[]): object => ({
  Condition: { [operator]: { "iam:PassedToService": service } },
});
const SAGEMAKER = passedTo("StringEquals", "sagemaker.amazonaws.com");
const FIRST = { message: "path", path: "Statement[0]" } as const;
const SELF = "iam:PutRolePolicy";
const BOUNDARY = { "iam:PermissionsBoundary": "arn:aws:iam::123456789012:policy/limit" };
const NEW_ROLE = "arn:aws:iam::123456789012:role/app-*";
const NEW_USER = "arn:aws:iam::123456789012:user/app-*";
const OWN_USER = "arn:aws:iam::123456789012:user/${aws:username}";
const MAKE_ROLE = ["iam:CreateRole", SELF];
const OFF = ["iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary"];
const VIEW = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess";
const policyLike = (arn: string): object => ({ Condition: { ArnLike: { "iam:PolicyARN": arn } } });

export const cases: DocumentRuleCases = {
  rule: privilegeEscalation,
  valid: [
    {
      name: "a boundary for whoever is made",
      document: [allow(MAKE_ROLE, NEW_ROLE, { Condition: { StringEquals: BOUNDARY } })],
    },
    {
      name: "a boundary for whoever is made, that nobody may take off",
      document: [
        allow([...MAKE_ROLE, ...OFF], NEW_ROLE, { Condition: { StringEquals: BOUNDARY } }),
        deny(OFF, "*"),
      ],
    },
    {
      name: "a boundary that may be replaced by itself only",
      document: [
        allow([...MAKE_ROLE, "iam:PutRolePermissionsBoundary"], NEW_ROLE, {
          Condition: { StringEquals: BOUNDARY },
        }),
      ],
    },
    {
      name: "roles that are made, and others that are given policies",
      document: [
        allow("iam:CreateRole", "arn:aws:iam::123456789012:role/new-*"),
        allow("iam:AttachRolePolicy", NEW_ROLE, policyLike("arn:aws:iam::aws:policy/job-function/Billing")),
      ],
    },
    {
      name: "roles made under a condition that no such request meets",
      document: [
        allow(["iam:CreateRole", "iam:AttachRolePolicy"], NEW_ROLE, policyLike(VIEW)),
        allow(
          ["iam:CreateRole", "iam:AttachRolePolicy"],
          NEW_ROLE,
          policyLike("arn:aws:iam::*:policy/app-*"),
        ),
        allow("iam:CreatePolicy", "arn:aws:iam::123456789012:policy/app-*"),
      ],
    },
    {
      name: "users without credentials",
      document: [
        allow(["iam:CreateUser", "iam:AttachUserPolicy"], NEW_USER, policyLike(VIEW)),
        allow("iam:CreateAccessKey", "arn:aws:iam::123456789012:user/${aws:username}"),
      ],
    },
    {
      name: "policies that are written, and others that are attached",
      document: [
        allow("iam:AttachUserPolicy", OWN_USER, policyLike("arn:aws:iam::123456789012:policy/app-*")),
        allow("iam:CreatePolicy", "arn:aws:iam::123456789012:policy/team-*"),
      ],
    },
    {
      name: "policies that are written, and others that are attached, beside roles named alike",
      document: [
        allow("iam:AttachUserPolicy", OWN_USER, policyLike("arn:aws:iam::*:policy/app_*")),
        allow("iam:CreatePolicy", ["arn:aws:iam::*:role/app*", "arn:aws:iam::*:policy/apps*"]),
      ],
    },
    {
      name: "policies that are written, the attached ones aside",
      document: [
        allow("iam:AttachUserPolicy", OWN_USER, policyLike("arn:aws:iam::123456789012:policy/app-*")),
        allow("iam:CreatePolicy", "arn:aws:iam::123456789012:policy/*"),
        deny("iam:CreatePolicy", "arn:aws:iam::123456789012:policy/app-*"),
      ],
    },
    { name: "no path", document: [CLEAN] },
    { name: "no statement", document: [] },
    { name: "one role to one service", document: [allow("iam:PassRole", ROLE, SAGEMAKER), TRAIN] },
    {
      name: "any role, and what takes it on resources of another type",
      document: [
        allow("iam:PassRole", "*"),
        allow("sagemaker:*", ["arn:aws:sagemaker:*:*:app/*", "arn:aws:sagemaker:*:*:space/*"]),
      ],
    },
    { name: "one role", document: [allow("iam:PassRole", ROLE), TRAIN] },
    {
      name: "one role in every account",
      document: [allow("iam:PassRole", "arn:aws:iam::*:role/app"), TRAIN],
    },
    { name: "any role, and nothing that takes it", document: [allow("iam:PassRole", "*"), CLEAN] },
    {
      name: "any role to another service",
      document: [allow("iam:PassRole", "*", passedTo("StringEquals", "ec2.amazonaws.com")), TRAIN],
    },
    {
      name: "any role to another service, by a Deny of all but it",
      document: [
        allow("iam:PassRole", "*"),
        TRAIN,
        deny("iam:PassRole", "*", passedTo("StringNotEquals", "ec2.amazonaws.com")),
      ],
    },
    {
      name: "any role, denied to the service",
      document: [allow("iam:PassRole", "*"), TRAIN, deny("iam:Pass*", "*", SAGEMAKER)],
    },
    {
      name: "what takes the role is on resources that it does not have",
      document: [
        allow("iam:PassRole", "*"),
        allow("sagemaker:CreateTrainingJob", "arn:aws:sagemaker:*:*:model/*"),
      ],
    },
    { name: "the key step is denied", document: [allow("iam:*", "*"), deny("*", "*")] },
    {
      name: "all but one role is denied",
      document: [allow(SELF, "*"), deny("iam:*", undefined, { NotResource: ROLE })],
    },
    {
      name: "AWS's own policies have no versions to make",
      document: [allow("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/*")],
    },
    {
      name: "one's own credentials",
      document: [allow("iam:CreateAccessKey", "arn:aws:iam::*:user/${aws:username}")],
    },
    { name: "an action on the type of another", document: [allow(SELF, "arn:aws:iam::*:user/*")] },
    {
      name: "only policies that are named may be attached",
      document: [
        allow("iam:AttachRolePolicy", "*", {
          Condition: { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess" } },
        }),
      ],
    },
    {
      name: "roles must have a boundary",
      document: [allow(SELF, "*", { Condition: { StringEquals: BOUNDARY } })],
    },
    {
      name: "roles without the boundary are denied",
      document: [allow(SELF, "*"), deny("iam:*", "*", { Condition: { StringNotEquals: BOUNDARY } })],
    },
    {
      name: "two denials that leave no request",
      document: [
        allow(SELF, "*"),
        deny(SELF, "*", { Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } } }),
        deny(SELF, "*", { Condition: { StringNotEquals: { "aws:RequestedRegion": "us-east-1" } } }),
      ],
    },
    {
      name: "a condition that nothing meets",
      document: [allow(SELF, "*", { Condition: { StringEquals: { "aws:username": [] } } })],
    },
    {
      name: "NotAction leaves it out",
      document: [
        { Effect: "Allow", NotAction: ["iam:*", "sts:*", "*:Create*", "*:Run*", "*:Update*"], Resource: "*" },
      ],
    },
    {
      name: "what is not known adds nothing",
      document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: [UNKNOWN], Resource: "*" }] },
    },
    {
      name: "a variable is text in an old document",
      document: {
        Version: "2008-10-17",
        Statement: allow(SELF, "arn:aws:iam::123456789012:role/${aws:username}"),
      },
    },
    {
      name: "roles that a tag selects",
      document: [allow(SELF, "*", { Condition: { StringEquals: { "iam:ResourceTag/team": "a" } } })],
    },
    {
      name: "a role that the caller names in a header, and must name so",
      document: [
        allow("iam:PutRolePolicy", "arn:aws:iam::123456789012:role/${aws:UserAgent}", {
          Condition: { StringEquals: { "aws:UserAgent": "app" } },
        }),
      ],
    },
    {
      name: "the user that gets the policy is not the one that gets the key",
      document: [
        allow("iam:PutUserPolicy", "arn:aws:iam::123456789012:user/a"),
        allow("iam:CreateAccessKey", "arn:aws:iam::123456789012:user/b"),
      ],
    },
  ],
  invalid: [
    {
      name: "a role that the caller names in a header",
      document: [allow("iam:PutRolePolicy", "arn:aws:iam::123456789012:role/${aws:UserAgent}")],
      violations: [{ ...FIRST, data: { path: ["iam:PutRolePolicy"] } }],
    },
    {
      name: "everything but an empty list",
      document: [{ Effect: "Allow", Action: "iam:*", NotResource: [] }],
      violations: [
        {
          message: "paths",
          path: "Statement[0]",
          data: { steps: "`iam:CreatePolicyVersion` on everything but nothing" },
        },
      ],
    },
    {
      name: "a role of one's own making",
      document: [CLEAN, allow([...MAKE_ROLE, "iam:GetRole"], NEW_ROLE)],
      violations: [
        {
          message: "path",
          path: "Statement[1]",
          data: { path: MAKE_ROLE, gain: "make a role with any permission, and assume it" },
        },
      ],
    },
    {
      name: "a user of one's own making",
      document: [allow(["iam:CreateUser", "iam:AttachUserPolicy", "iam:CreateLoginProfile"], NEW_USER)],
      violations: [{ ...FIRST, data: { gain: "make a user with any permission, and act as it" } }],
    },
    ...(["iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary"] as const).map((lifts) => ({
      name: `a boundary that may be taken off: ${lifts}`,
      document: [
        allow(MAKE_ROLE, NEW_ROLE, { Condition: { StringEquals: BOUNDARY } }),
        allow(lifts, NEW_ROLE),
      ],
      violations: [
        {
          message: "path",
          path: "Statement[1]",
          data: {
            path: [lifts, ...MAKE_ROLE],
            steps: `\`iam:CreateRole\` on \`${NEW_ROLE}\` (\`Statement[0]\`), then \`iam:PutRolePolicy\` on \`${NEW_ROLE}\` (\`Statement[0]\`), then \`${lifts}\` on \`${NEW_ROLE}\``,
          },
        },
      ],
    })),
    {
      name: "a policy that one writes oneself, to oneself",
      document: [
        allow("iam:AttachUserPolicy", OWN_USER, policyLike("arn:aws:iam::123456789012:policy/app-*")),
        allow("iam:CreatePolicy", "arn:aws:iam::123456789012:policy/*"),
      ],
      violations: [
        {
          ...FIRST,
          data: {
            path: ["iam:AttachUserPolicy", "iam:CreatePolicy"],
            steps: `\`iam:CreatePolicy\` on \`arn:aws:iam::123456789012:policy/*\` (\`Statement[1]\`), then \`iam:AttachUserPolicy\` on \`${OWN_USER}\``,
          },
        },
      ],
    },
    {
      name: "a policy that one changes oneself, to one's group",
      document: [
        allow("iam:AttachGroupPolicy", "arn:aws:iam::123456789012:group/*", {
          Condition: { StringEquals: { "iam:PolicyARN": "arn:aws:iam::123456789012:policy/app" } },
        }),
        allow("iam:CreatePolicyVersion", "arn:aws:iam::123456789012:policy/app"),
      ],
      violations: [{ ...FIRST, data: { path: ["iam:AttachGroupPolicy", "iam:CreatePolicyVersion"] } }],
    },
    {
      name: "any role, passed to what runs code",
      document: [allow("iam:PassRole", "*"), TRAIN],
      violations: [
        {
          ...FIRST,
          data: {
            path: ["iam:PassRole", "sagemaker:CreateTrainingJob"],
            steps:
              "`iam:PassRole` on `*`, then `sagemaker:CreateTrainingJob` on `arn:aws:sagemaker:us-east-1:123456789012:training-job/team-*` (`Statement[1]`)",
            gain: "run code with any role that trusts `sagemaker.amazonaws.com`",
          },
        },
      ],
    },
    {
      name: "any role to that service",
      document: [allow("iam:PassRole", "arn:aws:iam::*:role/*", SAGEMAKER), TRAIN],
      violations: [FIRST],
    },
    {
      name: "any role to several services, that one among them",
      document: [
        allow("IAM:passrole", "arn:*:iam::*:role/?*", passedTo("StringLike", ["ec2.*", "sagemaker.*"])),
        TRAIN,
      ],
      violations: [FIRST],
    },
    {
      name: "a test of the service that binds nothing",
      document: [allow("iam:PassRole", "*", passedTo("StringNotEquals", "ec2.amazonaws.com")), TRAIN],
      violations: [FIRST],
    },
    {
      name: "one's own role, by any spelling",
      document: [allow("i?m:Put*Policy", "*")],
      violations: [
        {
          message: "paths",
          path: "Statement[0]",
          data: { path: [SELF], others: ["iam:PutUserPolicy", "iam:PutGroupPolicy"] },
        },
      ],
    },
    {
      name: "after a clean statement",
      document: [CLEAN, allow([SELF, "iam:GetRole"], "arn:aws:iam::123456789012:role/*")],
      violations: [{ message: "path", path: "Statement[1]", data: { path: [SELF] } }],
    },
    {
      name: "a Statement that is an object",
      document: { Version: "2012-10-17", Statement: allow(SELF, "*") },
      violations: [{ message: "path", path: "Statement" }],
    },
    {
      name: "one's own user",
      document: [allow("iam:PutUserPolicy", "arn:aws:iam::*:user/${aws:username}")],
      violations: [{ ...FIRST, data: { gain: "give itself any permission" } }],
    },
    {
      name: "customer policies, AWS's own aside",
      document: [allow("iam:CreatePolicyVersion", "arn:aws:iam::*:policy/*")],
      violations: [FIRST],
    },
    {
      name: "credentials of any user",
      document: [allow("iam:CreateAccessKey", "*")],
      violations: [{ ...FIRST, data: { gain: "act as any user" } }],
    },
    {
      name: "a Deny that a request can escape",
      document: [allow(SELF, "*"), deny(SELF, "*", CONDITION)],
      violations: [FIRST],
    },
    {
      name: "a Deny of one role leaves the others",
      document: [allow(SELF, "*"), deny(SELF, ROLE)],
      violations: [FIRST],
    },
    {
      name: "a boundary that may be missing",
      document: [allow(SELF, "*", { Condition: { StringEqualsIfExists: BOUNDARY } })],
      violations: [FIRST],
    },
    ...(
      [
        [
          "AWS's own that allows everything",
          { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" } },
        ],
        ["any at all", { Null: { "iam:PermissionsBoundary": "false" } }],
        ["any of any account", { ArnLike: { "iam:PermissionsBoundary": "arn:aws:iam::*:policy/*" } }],
        ["any but one", { StringNotEquals: BOUNDARY, Null: { "iam:PermissionsBoundary": "false" } }],
      ] as const
    ).map(([name, Condition]) => ({
      name: `a boundary that limits nothing: ${name}`,
      document: [allow(SELF, "*", { Condition })],
      violations: [FIRST],
    })),
    {
      name: "the policy that allows all of IAM, to oneself",
      document: [
        allow("iam:AttachUserPolicy", "arn:aws:iam::123456789012:user/${aws:username}", {
          Condition: { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/IAMFullAccess" } },
        }),
      ],
      violations: [FIRST],
    },
    {
      name: "any policy of a path may be attached",
      document: [
        allow("iam:AttachRolePolicy", "*", {
          Condition: { ArnLike: { "iam:PolicyARN": "arn:aws:iam::aws:policy/*" } },
        }),
      ],
      violations: [FIRST],
    },
    {
      name: "a condition on who asks",
      document: [allow(SELF, "*", { Condition: { StringEquals: { "aws:PrincipalTag/team": "a" } } })],
      violations: [FIRST],
    },
    {
      name: "all but some actions",
      document: [{ Effect: "Allow", NotAction: ["s3:*", "iam:Create*"], Resource: "*" }],
      violations: [{ message: "paths", path: "Statement[0]", data: { path: [SELF] } }],
    },
    {
      name: "all but some resources",
      document: [{ Effect: "Allow", Action: SELF, NotResource: ROLE }],
      violations: [FIRST],
    },
    {
      name: "everything is one finding",
      document: [allow("*", "*")],
      violations: [{ message: "paths", path: "Statement[0]" }],
    },
    {
      name: "two mistakes are two findings",
      document: [allow(SELF, "*"), allow("iam:CreateAccessKey", "arn:aws:iam::*:user/*")],
      violations: [FIRST, { message: "path", path: "Statement[1]" }],
    },
    {
      name: "one role and any role",
      document: [allow("iam:PassRole", [ROLE, "arn:aws:iam::210987654321:role/*"]), TRAIN],
      violations: [FIRST],
    },
    {
      name: "a permission set",
      kind: "permission-set",
      document: [allow(SELF, "*")],
      violations: [FIRST],
    },
  ],
};
