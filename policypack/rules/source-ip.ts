import { CONTROLS, defineRule, EVERY_KIND, type Violation } from "../engine";
import type { Statement, Test } from "../iam";
import { testsOf } from "./statements/condition-values";

type Message = "private" | "private-excluded" | "some-private" | "some-private-excluded" | "unpaired";

export const sourceIp = defineRule({
  id: "source-ip",
  title: "Source addresses can be those of a request",
  summary: "A condition on the caller's address must name addresses that such a request can have.",
  why: "The key `aws:SourceIp` holds a public address, so a private one never matches; and a private one alone says nothing of whose network it is.",
  fix: "Name public ranges for `aws:SourceIp`; name the VPC beside `aws:VpcSourceIp`.",
  level: "advisory",
  severity: "medium",
  tags: ["iam", "validation", "condition", "network"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
  ],
  kinds: EVERY_KIND,
  options: {},
  messages: {
    private:
      "{ranges} {ranges?is:are} private, and `{key}` is always a public address: the test never passes",
    "private-excluded":
      "{ranges} {ranges?is:are} private, and `{key}` is always a public address: the test excludes nothing",
    "some-private": "{ranges} {ranges?is:are} private, and `{key}` is always a public address",
    "some-private-excluded": "excluding {ranges} has no effect: `{key}` is always a public address",
    unpaired: "`{key}` is a private address, which other networks have too, and no test names the VPC",
  },
  accessAnalyzer: {
    private: "PRIVATE_IP_ADDRESS",
    "private-excluded": "PRIVATE_NOT_IP_ADDRESS",
    "some-private": "PRIVATE_IP_ADDRESS_SUBSET",
    "some-private-excluded": "PRIVATE_NOT_IP_ADDRESS_SUBSET",
    unpaired: "MISSING_PAIRED_CONDITION_KEYS",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/*",
          Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-bucket/*",
          Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
        },
      },
    ],
  },
  *check({ document: { statements } }) {
    for (const { statement, test } of testsOf(statements)) {
      const found = test.key === "aws:sourceip" ? judgePublic(test) : judgePrivate(statement, test);
      if (found !== undefined) yield { ...found, path: test.path, sid: statement.sid };
    }
  },
});

type Found = Pick<Violation<Message>, "message" | "data" | "fix">;

/** The ranges that RFC 1918 sets aside, those of a link and of the host, and unique local addresses of version 6. */
const PRIVATE =
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|127\.|169\.254\.|f[cd][\da-f]{2}:|fe[89ab][\da-f]:)/i;
const PREFIXES: readonly (readonly [range: RegExp, bits: number])[] = [
  [/^(10|127)\./, 8],
  [/^172\./, 12],
  [/^(192\.168|169\.254)\./, 16],
  [/^f[cd]/i, 7],
  [/^fe[89ab]/i, 10],
];

/** Whether all addresses of a range are private; a range that is wider than the private one is not. */
function isPrivate(range: string): boolean {
  if (!PRIVATE.test(range)) return false;
  const [, bits] = range.split("/");
  const least = PREFIXES.find(([known]) => known.test(range))?.[1] ?? 0;
  return bits === undefined || Number(bits) >= least;
}

function judgePublic({ name, texts, operator: { comparing } }: Test): Found | undefined {
  if (comparing?.comparison !== "address") return undefined;
  const ranges = texts.filter(isPrivate);
  if (ranges.length === 0) return undefined;
  const few: Message = ranges.length < texts.length ? "some-private" : "private";
  return {
    message: comparing.negated ? `${few}-excluded` : few,
    data: { key: name, ranges },
    fix: "name public ranges, or test `aws:VpcSourceIp` together with `aws:SourceVpc`",
  };
}

function judgePrivate(
  { effect, condition }: Statement,
  { key, name, operator: { comparing } }: Test,
): Found | undefined {
  if (key !== "aws:vpcsourceip" || comparing === undefined || comparing.negated || effect !== "Allow")
    return undefined;
  if (condition.partial || condition.tests.some((test) => VPC.has(test.key))) return undefined;
  return {
    message: "unpaired",
    data: { key: name },
    fix: "add a test of `aws:SourceVpc` or `aws:SourceVpce` to the same condition",
  };
}

const VPC: ReadonlySet<string> = new Set(["aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn"]);
