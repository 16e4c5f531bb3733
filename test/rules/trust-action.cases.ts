import { UNKNOWN } from "../../policypack/iam";
import { trustAction } from "../../policypack/rules/trust-action";
import { type RuleCases, trust } from "./cases";

const ROLE = "arn:aws:iam::123456789012:role/r";
const SAML = "arn:aws:iam::123456789012:saml-provider/corp";
const OIDC = "arn:aws:iam::123456789012:oidc-provider/gitlab.com";
const PODS = { Service: "pods.eks.amazonaws.com" };
const ANYWHERE = { Service: "rolesanywhere.amazonaws.com" };
const doing = (principal: unknown, action: unknown, more: object = {}): object =>
  trust(principal, { Action: action, ...more });
const WEB = "sts:AssumeRoleWithWebIdentity";
const CLEAN_TRUST = doing({ AWS: ROLE }, "sts:AssumeRole");

const one = (
  name: string,
  statement: object,
  message: string,
  path: string,
  data: Readonly<Record<string, string | readonly string[]>> = {},
) => ({ name, kind: "trust" as const, document: [statement], violations: [{ message, path, data }] });

const services = [
  "lambda.amazonaws.com",
  "states.eu-central-1.amazonaws.com",
  "ec2.amazonaws.com.cn",
  "ops.apigateway.amazonaws.com",
  "member.org.stacksets.cloudformation.amazonaws.com",
  "alexa-appkit.amazon.com",
  "ec2.c2s.ic.gov",
  "lambda.amazonaws.eu",
  "vpc-flow-logs.amazonaws.com",
];

export const cases: RuleCases = {
  rule: trustAction,
  valid: [
    { name: "a role", kind: "trust", document: [CLEAN_TRUST] },
    { name: "service principals", kind: "trust", document: [doing({ Service: services }, "sts:AssumeRole")] },
    {
      name: "tags and source identity beside",
      kind: "trust",
      document: [
        doing({ AWS: ROLE }, ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"]),
      ],
    },
    {
      name: "tags alone",
      kind: "trust",
      document: [CLEAN_TRUST, doing({ AWS: ROLE, Federated: SAML }, "sts:TagSession")],
    },
    { name: "SAML", kind: "trust", document: [doing({ Federated: SAML }, "STS:assumerolewithsaml")] },
    { name: "OIDC", kind: "trust", document: [doing({ Federated: [OIDC, "accounts.google.com"] }, WEB)] },
    {
      name: "all actions",
      kind: "trust",
      document: [doing({ AWS: ROLE, Federated: [SAML, OIDC] }, "sts:AssumeRole*")],
    },
    {
      name: "all but one",
      kind: "trust",
      document: [{ ...doing({ Federated: SAML }, ""), Action: undefined, NotAction: "sts:TagSession" }],
    },
    {
      name: "each has its action",
      kind: "trust",
      document: [doing({ AWS: ROLE, Federated: OIDC }, ["sts:AssumeRole", WEB])],
    },
    { name: "everybody", kind: "trust", document: [doing("*", WEB)] },
    {
      name: "a Deny of what cannot be",
      kind: "trust",
      document: [CLEAN_TRUST, doing({ Federated: SAML }, "sts:AssumeRole", { Effect: "Deny" })],
    },
    {
      name: "a principal that is not known",
      kind: "trust",
      document: { Statement: doing({ Federated: UNKNOWN }, "sts:AssumeRole") },
    },
    {
      name: "one more that is not known",
      kind: "trust",
      document: { Statement: doing({ AWS: ROLE, Federated: UNKNOWN }, ["sts:AssumeRole", WEB]) },
    },
    {
      name: "an action that is not known",
      kind: "trust",
      document: { Statement: doing({ Federated: SAML }, ["sts:AssumeRole", UNKNOWN]) },
    },
    {
      name: "Roles Anywhere",
      kind: "trust",
      document: [
        doing(ANYWHERE, ["sts:AssumeRole", "sts:TagSession"]),
        doing(ANYWHERE, "sts:SetSourceIdentity"),
      ],
    },
    { name: "pods", kind: "trust", document: [doing(PODS, ["sts:AssumeRole", "sts:TagSession"])] },
  ],
  invalid: [
    {
      name: "a federated principal that is no provider",
      kind: "trust",
      document: [
        CLEAN_TRUST,
        doing({ Federated: "https://accounts.google.com/x" }, "sts:AssumeRoleWithWebIdentity"),
      ],
      violations: [
        {
          message: "provider",
          path: "Statement[1].Principal.Federated",
          data: { provider: "https://accounts.google.com/x" },
        },
      ],
    },
    {
      name: "SAML by sts:AssumeRole, in the second statement",
      kind: "trust",
      document: [CLEAN_TRUST, doing({ Federated: SAML }, "sts:AssumeRole")],
      violations: [
        {
          message: "mismatch",
          path: "Statement[1].Principal.Federated",
          data: { principals: [SAML], actions: ["sts:AssumeRole"], needed: "sts:AssumeRoleWithSAML" },
        },
      ],
    },
    one(
      "SAML as OIDC",
      doing({ Federated: SAML }, [WEB, "sts:TagSession"]),
      "mismatch",
      "Statement[0].Principal.Federated",
    ),
    one(
      "OIDC as SAML",
      doing({ Federated: OIDC }, "sts:AssumeRoleWithSAML"),
      "mismatch",
      "Statement[0].Principal.Federated",
      { needed: WEB },
    ),
    one("a role as OIDC", doing({ AWS: ROLE }, WEB), "mismatch", "Statement[0].Principal.AWS", {
      needed: "sts:AssumeRole",
    }),
    one(
      "a service as OIDC",
      doing({ Service: "lambda.amazonaws.com" }, WEB),
      "mismatch",
      "Statement[0].Principal.Service",
    ),
    one(
      "an object statement with one of two",
      doing({ AWS: ROLE, Federated: OIDC }, "sts:AssumeRole"),
      "mismatch",
      "Statement[0].Principal.Federated",
    ),
    {
      name: "an object statement",
      kind: "trust",
      document: { Version: "2008-10-17", Statement: doing({ Federated: OIDC }, "sts:assumerole") },
      violations: [{ message: "mismatch", path: "Statement.Principal.Federated" }],
    },
    one(
      "all but what is needed",
      { ...doing({ Federated: SAML }, ""), Action: undefined, NotAction: "sts:*SAML" },
      "mismatch",
      "Statement[0].Principal.Federated",
    ),
    one(
      "several principals",
      doing({ Federated: [OIDC, "accounts.google.com"] }, "sts:AssumeRole"),
      "mismatch",
      "Statement[0].Principal",
    ),
    one(
      "an action for nobody",
      doing({ AWS: ROLE }, ["sts:AssumeRole", WEB]),
      "no-principal-for",
      "Statement[0].Action[1]",
      { action: WEB },
    ),
    one(
      "an action of another service",
      doing({ AWS: ROLE }, ["sts:AssumeRole", "s3:GetObject"]),
      "no-session-action",
      "Statement[0].Action[1]",
    ),
    one(
      "a slip of the pen",
      doing({ AWS: ROLE }, ["sts:AssumeRole", "sts:TagSesion"]),
      "no-session-action",
      "Statement[0].Action[1]",
    ),
    one(
      "an STS action on no role",
      doing({ AWS: ROLE }, ["sts:AssumeRole", "sts:GetCaller*"]),
      "no-session-action",
      "Statement[0].Action[1]",
    ),
    ...[
      "lambda",
      "lambda.amazonaws.co",
      "https://lambda.amazonaws.com",
      "arn:aws:iam::123456789012:role/r",
      "lambda..amazonaws.com",
      ".amazonaws.com",
      "amazonaws.com",
      "lambda.amazonaws.com ",
    ].map((service) =>
      one(
        `the service ${service}`,
        doing({ Service: service }, "sts:AssumeRole"),
        "service",
        "Statement[0].Principal.Service",
        { service },
      ),
    ),
    {
      name: "a service in a Deny",
      kind: "trust",
      document: [CLEAN_TRUST, doing({ Service: ["ec2"] }, "sts:AssumeRole", { Effect: "Deny" })],
      violations: [
        {
          message: "service",
          path: "Statement[1].Principal.Service[0]",
          data: { expected: "ec2.amazonaws.com" },
        },
      ],
    },
    one(
      "Roles Anywhere without tags",
      doing(ANYWHERE, ["sts:AssumeRole", "sts:SetSourceIdentity"]),
      "incomplete",
      "Statement[0].Action",
      { missing: ["sts:TagSession"] },
    ),
    one("pods without tags", doing(PODS, "sts:AssumeRole"), "incomplete", "Statement[0].Action"),
  ],
};
