import { effectiveGrant } from "../../policypack/rules/effective-grant";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const OBJECTS = "arn:aws:s3:::example-bucket/*";
const READ = allow("s3:GetObject", OBJECTS);
const ORGANIZATION = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } };
const HARD = Array.from({ length: 38 }, (_, at) => `arn:aws:s3:::${"*a?b".repeat(30)}${at}*`);

export const cases: RuleCases = {
  rule: effectiveGrant,
  valid: [
    { name: "no denial", document: [READ, CLEAN] },
    { name: "a denial of something else", document: [READ, deny("s3:PutObject", OBJECTS)] },
    {
      name: "a denial of a part of the resources",
      document: [READ, deny("*", "arn:aws:s3:::example-bucket/x/*")],
    },
    {
      name: "a denial of a part of the actions",
      document: [allow("s3:Get*", OBJECTS), deny("s3:GetObject*", "*")],
    },
    { name: "a denial under a condition", document: [READ, deny("s3:GetObject", "*", CONDITION)] },
    {
      name: "a denial under another condition",
      document: [allow("s3:GetObject", OBJECTS, ORGANIZATION), deny("s3:GetObject", "*", CONDITION)],
    },
    {
      name: "a denial of everything else",
      document: [READ, { Effect: "Deny", NotAction: "s3:*", Resource: "*" }],
    },
    {
      name: "a denial everywhere else",
      document: [READ, { Effect: "Deny", Action: "*", NotResource: OBJECTS }],
    },
    {
      name: "a denial where a variable says",
      document: [READ, deny("s3:GetObject", "arn:aws:s3:::${aws:PrincipalTag/bucket}/*")],
    },
    {
      name: "a denial for others",
      kind: "resource",
      document: [
        { ...READ, Principal: { AWS: "123456789012" } },
        { ...deny("s3:*", "*"), Principal: { AWS: "210987654321" } },
      ],
    },
    { name: "a denial that denies nothing allowed", document: [READ, deny("iam:*", "*")] },
    {
      name: "a condition that never binds the denial",
      document: [
        READ,
        deny("s3:*", "*", { Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } }),
      ],
    },
    {
      name: "too hard to decide",
      document: [
        allow("s3:GetObject", HARD),
        ...Array.from({ length: 300 }, () => ({
          Effect: "Deny",
          Action: "*",
          NotResource: HARD.map((text) => `${text}z`),
        })),
      ],
    },
  ],
  invalid: [
    {
      name: "one action, after a clean statement",
      document: [CLEAN, allow(["s3:PutObject", "s3:DeleteObject"], OBJECTS), deny("S3:Delete*", "*")],
      violations: [
        {
          message: "actions",
          path: "Statement[1].Action[1]",
          data: { entries: ["s3:DeleteObject"], denials: ["Statement[2]"] },
        },
      ],
    },
    {
      name: "a wildcard, by two denials together",
      document: [
        allow(["s3:GetObject*", "s3:PutObject"], OBJECTS),
        deny("s3:GetObject", "*"),
        deny("s3:GetObject?*", OBJECTS),
      ],
      violations: [
        {
          message: "actions",
          path: "Statement[0].Action[0]",
          data: { denials: ["Statement[1]", "Statement[2]"] },
        },
      ],
    },
    {
      name: "all but what the denial leaves out",
      document: [
        allow(["s3:GetObject", "iam:GetRole", "iam:PassRole"], "*"),
        { Effect: "Deny", NotAction: ["s3:*"], Resource: "*" },
      ],
      violations: [
        {
          message: "actions",
          path: "Statement[0].Action",
          data: { entries: ["iam:GetRole", "iam:PassRole"] },
        },
      ],
    },
    {
      name: "one resource",
      document: [
        allow("s3:GetObject", [OBJECTS, "arn:aws:s3:::other/*"]),
        deny("s3:*", "arn:aws:s3:::oth?r/*"),
      ],
      violations: [{ message: "resources", path: "Statement[0].Resource[1]" }],
    },
    {
      name: "a whole statement",
      document: [READ, deny("*", "*")],
      violations: [{ message: "statement", path: "Statement[0]", data: { denials: ["Statement[1]"] } }],
    },
    {
      name: "everything but some, denied everywhere",
      document: [{ Effect: "Allow", NotAction: "iam:*", NotResource: OBJECTS }, deny("*", "**")],
      violations: [{ message: "statement", path: "Statement[0]" }],
    },
    {
      name: "a denial under a condition that the grant has, too",
      document: [allow("s3:GetObject", OBJECTS, CONDITION), deny("s3:GetObject", OBJECTS, CONDITION)],
      violations: [{ message: "statement", path: "Statement[0]" }],
    },
    {
      name: "a denial whose condition always holds",
      document: [
        READ,
        deny("s3:GetObject", "*", { Condition: { StringLikeIfExists: { "aws:PrincipalOrgID": "*" } } }),
      ],
      violations: [{ message: "statement", path: "Statement[0]" }],
    },
    {
      name: "a variable that is the same on both sides",
      document: [
        allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}/*"),
        deny("s3:*", "arn:aws:s3:::home/${aws:username}/*"),
      ],
      violations: [{ message: "statement", path: "Statement[0]" }],
    },
    {
      name: "everybody, in a resource's policy",
      kind: "resource",
      document: [
        { ...READ, Principal: { AWS: "123456789012" } },
        { ...deny("s3:*", "*"), Principal: "*" },
      ],
      violations: [{ message: "statement", path: "Statement[0]" }],
    },
  ],
};
