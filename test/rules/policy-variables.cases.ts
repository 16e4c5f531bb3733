import { policyVariables } from "../../policypack/rules/policy-variables";
import { allow, CLEAN, deny, type RuleCases } from "./cases";

const BUCKET = "arn:aws:s3:::example-bucket";
const when = (condition: object): object => ({ Condition: condition });

export const cases: RuleCases = {
  rule: policyVariables,
  valid: [
    {
      name: "variables, defaults and characters",
      document: [
        allow("s3:GetObject", [
          `${BUCKET}/\${aws:username}/*`,
          `${BUCKET}/\${aws:PrincipalTag/team, 'all of us'}/*`,
          `${BUCKET}/\${*}\${?}\${$}`,
        ]),
      ],
    },
    {
      name: "a dollar",
      document: { Version: "2008-10-17", Statement: allow("s3:GetObject", `${BUCKET}/$1`) },
    },
  ],
  invalid: [
    {
      name: "a document of 2008",
      document: { Version: "2008-10-17", Statement: allow("s3:GetObject", `${BUCKET}/\${aws:username}/*`) },
      violations: [{ message: "literal", path: "Statement.Resource", data: { variable: "${aws:username}" } }],
    },
    {
      name: "a document without version, in a condition of a Deny",
      document: {
        Statement: [
          CLEAN,
          deny("s3:*", "*", when({ StringNotEquals: { "s3:prefix": ["a", "${aws:username}"] } })),
        ],
      },
      violations: [{ message: "literal", path: "Statement[1].Condition.StringNotEquals.s3:prefix[1]" }],
    },
    {
      name: "no closing brace",
      document: [
        allow("s3:GetObject", [`${BUCKET}/\${aws:username/*`, `${BUCKET}/\${aws:username/\${aws:userid}`]),
      ],
      violations: [
        { message: "unclosed", path: "Statement[0].Resource[0]" },
        { message: "unclosed", path: "Statement[0].Resource[1]" },
      ],
    },
    {
      name: "nothing, a space, a default without quotation marks, in NotResource",
      document: [
        {
          Effect: "Deny",
          Action: "s3:*",
          NotResource: [`${BUCKET}/\${ }`, `${BUCKET}/\${aws:user name}`, `${BUCKET}/\${aws:username, none}`],
        },
      ],
      violations: [
        { message: "empty", path: "Statement[0].NotResource[0]" },
        { message: "space", path: "Statement[0].NotResource[1]" },
        { message: "quote", path: "Statement[0].NotResource[2]" },
      ],
    },
  ],
};
