import { policySize } from "../../policypack/rules/policy-size";
import { allow, CLEAN, type DocumentRuleCases } from "./cases";

/** A document of so many characters that are not white space. */
const ofSize = (size: number, more: object = {}): string => {
  const document = (filling: string): string =>
    JSON.stringify({ Version: "2012-10-17", Id: filling, Statement: [CLEAN], ...more });
  return document("x".repeat(size - document("").length));
};
const spread = (text: string): string => JSON.stringify(JSON.parse(text), undefined, 8);

export const cases: DocumentRuleCases = {
  rule: policySize,
  valid: [
    { name: "the seed policy", document: [CLEAN] },
    { name: "an identity policy of the most characters there may be", document: ofSize(10_240) },
    { name: "white space, which does not count", document: spread(ofSize(10_240)) },
    {
      name: "an inline policy, of which the aggregate counts",
      type: "aws:iam/rolePolicy:RolePolicy",
      document: ofSize(10_241),
    },
    { name: "a boundary of the most there may be", kind: "boundary", document: ofSize(6_144) },
    { name: "a trust policy of the most there may be", kind: "trust", document: ofSize(2_048) },
    {
      name: "a trust policy whose quota is raised",
      kind: "trust",
      document: ofSize(4_096),
      options: { trustPolicy: 4_096 },
    },
  ],
  invalid: [
    {
      name: "a policy of an organization",
      kind: "service-control",
      document: ofSize(5_121),
      violations: [{ message: "organization", path: "", data: { size: "5,121", most: "5,120" } }],
    },
    {
      name: "a managed policy",
      type: "aws:iam/policy:Policy",
      document: ofSize(6_145),
      violations: [{ message: "managed", path: "", data: { size: "6,145", most: "6,144" } }],
    },
    {
      name: "one character more than any identity policy has",
      document: ofSize(10_241),
      violations: [{ message: "any", path: "", data: { size: "10,241", most: "10,240" } }],
    },
    {
      name: "a boundary that no managed policy can be",
      kind: "boundary",
      document: ofSize(6_145),
      violations: [{ message: "managed", path: "", data: { size: "6,145", most: "6,144" } }],
    },
    {
      name: "a trust policy",
      kind: "trust",
      document: spread(ofSize(2_049)),
      violations: [{ message: "trust", path: "", data: { size: "2,049", most: "2,048" } }],
    },
    {
      name: "a lower limit of one's own",
      kind: "boundary",
      document: ofSize(3_000),
      options: { managedPolicy: 2_000 },
      violations: [{ message: "managed", path: "" }],
    },
    {
      name: "the document whole, whichever statement it is that is long",
      document: ofSize(20_000, { Statement: [CLEAN, allow("s3:GetObject", "arn:aws:s3:::b/*")] }),
      violations: [{ message: "any", path: "" }],
    },
  ],
};
