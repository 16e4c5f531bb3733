import { CONTROLS, defineRule } from "../engine";
import { effort, isAllowed } from "./statements/certain";
import { namedIn } from "./statements/principals";

export const noNotPrincipal = defineRule({
  id: "no-not-principal",
  title: "Principals are named",
  summary: "A policy must name whom it lets, not whom it leaves out.",
  why: "Everybody who is not left out is let, those without an AWS account included; and a role that is left out comes in through its sessions.",
  fix: "Name the principals in `Principal`, and shut out others with a Deny that has a condition on `aws:PrincipalArn`.",
  level: "mandatory",
  severity: "critical",
  tags: ["iam", "public-access", "trust", "resource-policy"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
  ],
  kinds: ["resource", "trust"],
  onlyCertain: true,
  options: {},
  messages: {
    allow: "everybody but {principals} is allowed this, those of other accounts included",
    trust: "a trust policy has no `NotPrincipal`; AWS refuses it",
  },
  accessAnalyzer: {
    allow: "ALLOW_WITH_NOT_PRINCIPAL",
    trust: "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:role/reader" },
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/*",
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          NotPrincipal: { AWS: "arn:aws:iam::123456789012:role/reader" },
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/*",
        },
      },
    ],
  },
  *check(judged) {
    const left = effort();
    const isTrust = judged.kind === "trust";
    for (const statement of judged.document.statements) {
      const { principals, effect, sid } = statement;
      if (principals?.negated !== true || (effect === "Deny" && !isTrust)) continue;
      if (!isTrust && !isAllowed(judged, statement, left)) continue;
      yield {
        message: isTrust ? "trust" : "allow",
        path: principals.path,
        sid,
        data: { principals: principals.partial ? ["…"] : namedIn(principals).map(({ text }) => text) },
        fix: "name in `Principal` those who need it; shut others out by a Deny with a condition on `aws:PrincipalArn`",
      };
    }
  },
});
