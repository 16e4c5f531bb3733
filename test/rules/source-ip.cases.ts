import { sourceIp } from "../../policypack/rules/source-ip";
import { allow, CLEAN, deny, type RuleCases } from "./cases";

const BUCKET = "arn:aws:s3:::example-bucket";
const OBJECTS = `${BUCKET}/*`;
const when = (condition: object): object => ({ Condition: condition });

export const cases: RuleCases = {
  rule: sourceIp,
  valid: [
    {
      name: "public ranges",
      document: [
        allow(
          "s3:GetObject",
          OBJECTS,
          when({
            IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "172.32.0.0/16", "10.0.0.0/7", "2001:db8::/32"] },
          }),
        ),
      ],
    },
    {
      name: "a private range in a VPC",
      document: [
        allow(
          "s3:GetObject",
          OBJECTS,
          when({
            IpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" },
            StringEquals: { "aws:SourceVpc": "vpc-12345678" },
          }),
        ),
      ],
    },
    {
      name: "a Deny, or a negated test, of private ranges of a VPC",
      document: [deny("s3:GetObject", OBJECTS, when({ NotIpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" } }))],
    },
  ],
  invalid: [
    {
      name: "private ranges only, after a clean statement",
      document: [
        CLEAN,
        allow(
          "s3:GetObject",
          OBJECTS,
          when({ IpAddressIfExists: { "AWS:sourceip": ["10.1.0.0/16", "fd00::/8"] } }),
        ),
      ],
      violations: [
        {
          message: "private",
          path: "Statement[1].Condition.IpAddressIfExists.AWS:sourceip",
          data: { ranges: ["10.1.0.0/16", "fd00::/8"] },
        },
      ],
    },
    {
      name: "private ranges excluded",
      document: {
        Version: "2012-10-17",
        Statement: deny("s3:*", "*", when({ NotIpAddress: { "aws:SourceIp": "192.168.0.1" } })),
      },
      violations: [{ message: "private-excluded", path: "Statement.Condition.NotIpAddress.aws:SourceIp" }],
    },
    {
      name: "some private ranges",
      document: [
        allow(
          "s3:GetObject",
          OBJECTS,
          when({ IpAddress: { "aws:SourceIp": ["172.16.0.0/12", "203.0.113.0/24"] } }),
        ),
        deny("s3:*", "*", when({ NotIpAddress: { "aws:SourceIp": ["172.16.0.0/12", "203.0.113.0/24"] } })),
      ],
      violations: [
        {
          message: "some-private",
          path: "Statement[0].Condition.IpAddress.aws:SourceIp",
          data: { ranges: ["172.16.0.0/12"] },
        },
        { message: "some-private-excluded", path: "Statement[1].Condition.NotIpAddress.aws:SourceIp" },
      ],
    },
    {
      name: "a private range in any VPC",
      document: [allow("s3:GetObject", OBJECTS, when({ IpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" } }))],
      violations: [{ message: "unpaired", path: "Statement[0].Condition.IpAddress.aws:VpcSourceIp" }],
    },
  ],
};
