import assert from "node:assert/strict";
import {
  ANY_NAME,
  type ArnTemplate,
  covers,
  isOfOtherService,
  isPlainlyOfType,
  matches,
  mayBeOfType,
  type Pattern,
  partitionsOf,
  spelledService,
  withoutColons,
} from "../../policypack/iam";
import { withOpenPlace } from "../../policypack/iam/pattern/arn";
import { BUCKET, ENDPOINT, FREE, OBJECT, p, ROLE, template } from "./arn-templates";

describe("iam/arn", () => {
  describe("parseArnTemplate", () => {
    const covering = (type: ArnTemplate): Pattern => [...type.scope.pattern, ...type.resource];
    it("keeps the text as AWS publishes it", () => {
      assert.equal(BUCKET.text, "arn:${Partition}:s3:::${BucketName}");
    });
    it("splits the scope from the resource at the fifth colon, and no later one", () => {
      assert.equal(
        FREE.scope.pattern
          .slice(0, 6)
          .map((token) => (token.kind === "literal" ? token.value : ""))
          .join(""),
        ":logs:",
      );
      assert.equal(
        FREE.resource
          .slice(0, 10)
          .map((token) => (token.kind === "literal" ? token.value : ""))
          .join(""),
        "log-group:",
      );
    });
    const members: readonly (readonly [type: ArnTemplate, rest: string, answer: boolean])[] = [
      [BUCKET, ":s3:::b", true],
      [BUCKET, ":s3:::my-bucket.example", true],
      [BUCKET, ":s3:::", false],
      [BUCKET, ":s3:::-b", false],
      [BUCKET, ":s3:::B", false],
      [BUCKET, ":s3:::b/key", false],
      [BUCKET, ":s3:us-east-1::b", false],
      [OBJECT, ":s3:::b/key/with:anything é", true],
      [OBJECT, ":s3:::b/", false],
      [OBJECT, ":s3:::/key", false],
      [ROLE, ":iam::123456789012:role/path/to/role", true],
      [ROLE, ":iam::12345678901:role/r", false],
      [ROLE, ":iam::1234567890123:role/r", false],
      [ROLE, ":iam::aws:role/r", false],
      [ROLE, ":iam::123456789012:user/r", false],
      [ENDPOINT, ":sagemaker:us-east-1:123456789012:endpoint/e-1", true],
      [ENDPOINT, ":sagemaker::123456789012:endpoint/e", false],
      [ENDPOINT, ":sagemaker:us-east-1:123456789012:endpoint/e_1", false],
      [FREE, ":logs:eu-west-1:123456789012:log-group:/aws/x:*", true],
    ];
    for (const [type, rest, answer] of members)
      it(`${type.text} ${answer ? "takes in" : "leaves out"} ${rest}`, () => {
        assert.equal(covers([covering(type)], p(rest)), answer);
      });
    it("takes text without placeholders as it is", () => {
      assert.equal(covers([covering(template("arn:${Partition}:s3:::x"))], p(":s3:::x")), true);
      assert.equal(covers([covering(template("arn:${Partition}:s3:::x"))], p(":s3:::xy")), false);
    });
  });

  describe("partitionsOf", () => {
    const table: readonly (readonly [resources: readonly string[], partitions: readonly string[]])[] = [
      [[], ["aws"]],
      [["*"], ["aws"]],
      [["arn:*:s3:::*"], ["aws"]],
      [["arn:aws:s3:::b"], ["aws"]],
      [["arn:aws:s3:::b", "arn:aws:s3:::c"], ["aws"]],
      [["arn:aws-cn:s3:::b"], ["aws-cn"]],
      [
        ["arn:aws-us-gov:s3:::b", "arn:aws:s3:::b", "*"],
        ["aws-us-gov", "aws"],
      ],
      [["arn:aws-iso-b:s3:::b"], ["aws-iso-b"]],
      [["arn:aws-eusc:s3:::b"], ["aws-eusc"]],
      [["xarn:aws-cn:s3:::b"], ["aws"]],
      [["arn:aws-cn"], ["aws"]],
    ];
    for (const [resources, partitions] of table)
      it(`${resources.join(" ") || "nothing"} → ${partitions.join(", ")}`, () => {
        assert.deepEqual(partitionsOf(resources), partitions);
      });

    const wild: readonly (readonly [resources: readonly string[], partitions: readonly string[]])[] = [
      [["arn:aws-c?:s3:::*"], ["aws-cn"]],
      [["arn:aws-us-*:s3:::*"], ["aws-us-gov"]],
      [["arn:aws-iso-?:s3:::*"], ["aws-iso-b", "aws-iso-e", "aws-iso-f"]],
      // What takes in `aws` says nothing of the others.
      [["arn:aw?:s3:::*", "arn:aws-cn:s3:::b"], ["aws-cn"]],
      [["arn:x*:s3:::*"], ["aws"]],
      [["?rn:aws-cn:s3:::*"], ["aws-cn"]],
      [["*:aws-cn:s3:::*"], ["aws-cn"]],
      [["arm:aws-cn:s3:::*"], ["aws"]],
    ];
    for (const [resources, partitions] of wild)
      it(`${resources.join(" ")} → ${partitions.join(", ")}`, () => {
        assert.deepEqual(partitionsOf(resources), partitions);
      });
  });

  describe("spelledService", () => {
    const table: readonly (readonly [pattern: string, service: string])[] = [
      ["arn:aws:s3:::b", "s3"],
      ["arn:aws:s3:", "s3"],
      ["arn:aws:s3", ""],
      ["arn:aws", ""],
      ["arn:aws:S3:::b", "S3"],
      ["arn:aws:elastic-inference:*", "elastic-inference"],
      ["arn:aws:s3:::*", "s3"],
      ["arn:aws:s3:::${aws:username}", "s3"],
      ["a:b:c:d:e:f", "c"],
      ["arn:aws::::x", ""],
      ["*", ""],
      ["arn:*:s3:::b", ""],
      ["arn:?:s3:::b", ""],
      ["arn:aws:s3*:::b", ""],
      ["arn:aws:s?:::b", ""],
      ["arn:aws:*:::b", ""],
      ["arn:${aws:PrincipalTag/p}:s3:::b", ""],
      ["arn:aws:${aws:PrincipalTag/s}:::b", ""],
      ["arn:aws:s3${aws:PrincipalTag/s}:::b", ""],
    ];
    for (const [pattern, service] of table)
      it(`${pattern} → ${service || "none"}`, () => {
        const parsed = p(pattern);
        assert.equal(spelledService(parsed), service);
        assert.equal(spelledService(parsed), service, "asked again");
      });
  });

  describe("isOfOtherService", () => {
    const VENDORS = template("arn:${Partition}:${Vendor}:${Region}:${Account}:thing/${ObjectName}");
    const table: readonly (readonly [pattern: string, type: ArnTemplate, answer: boolean])[] = [
      ["arn:aws:s3:::b", ROLE, true],
      ["arn:aws:s3:::b", BUCKET, false],
      ["arn:aws:iam::*:*", BUCKET, true],
      ["arn:aws:iam::*:*", ROLE, false],
      ["*", ROLE, false],
      ["arn:aws:*:*:*:*", ROLE, false],
      ["arn:*:s3:::b", ROLE, false],
      ["arn:aws:s3:::b", VENDORS, false],
    ];
    for (const [pattern, type, answer] of table)
      it(`${pattern} ${answer ? "is not" : "may be"} of the service of ${type.text}`, () => {
        assert.equal(isOfOtherService(p(pattern), type.scope), answer);
      });
  });

  describe("mayBeOfType and isPlainlyOfType", () => {
    const table: readonly (readonly [pattern: string, type: ArnTemplate, may: boolean, plainly: boolean])[] =
      [
        ["arn:aws:s3:::b", BUCKET, true, true],
        ["arn:aws-cn:s3:::b", BUCKET, true, true],
        ["arn:aws:s3:::b/k", BUCKET, false, false],
        ["arn:aws:s3:::b", OBJECT, false, false],
        ["arn:aws:s3:::b*", OBJECT, true, true],
        ["arn:aws:s3:::${aws:username}", BUCKET, true, true],
        ["*", ROLE, true, true],
        ["arn:aws:iam::*:user/*", ROLE, false, false],
        ["arn:aws:iam::12345:role/r", ROLE, false, false],
        // Only a wildcard that stands for colons, too, makes these reach a role.
        ["arn:aws:*:x:y:z", FREE, true, false],
        ["arn:aws:*:x:y:r", ROLE, false, false],
        ["arn:aws:i*:user/x:*:role/r", ROLE, false, false],
        ["xrn:aws:s3:::b", BUCKET, false, false],
      ];
    for (const [pattern, type, may, plainly] of table)
      it(`${pattern} and ${type.text}`, () => {
        assert.equal(mayBeOfType(p(pattern), type), may);
        assert.equal(isPlainlyOfType(p(pattern), type), plainly);
      });
  });

  describe("withoutColons", () => {
    const form = withoutColons([...ANY_NAME, ...p("-x")]);
    const table: readonly (readonly [text: string, answer: boolean])[] = [
      ["a-x", true],
      ["a/b-x", true],
      ["a:b-x", false],
      [":-x", false],
      ["-x", false],
    ];
    for (const [text, answer] of table)
      it(`${answer ? "takes in" : "leaves out"} ${text}`, () => {
        assert.equal(matches(form, text), answer);
      });
    it("keeps narrower forms as they are", () => {
      assert.deepEqual(withoutColons(BUCKET.resource), BUCKET.resource);
    });
  });

  describe("withOpenPlace", () => {
    const table: readonly (readonly [pattern: string, arn: string, answer: boolean])[] = [
      ["arn:${aws:PrincipalTag/p}:s3:::b", "arn:aws-cn:s3:::b", true],
      ["arn:aws:${aws:PrincipalTag/s}:::b", "arn:aws:s3:::b", true],
      ["arn:aws:sagemaker:${aws:RequestedRegion}::b", "arn:aws:sagemaker:eu-west-1::b", true],
      ["arn:aws:iam::${aws:PrincipalAccount}:role/r", "arn:aws:iam::123456789012:role/r", true],
      ["arn:aws:iam::${aws:PrincipalAccount}:role/r", "arn:aws:iam::1:2:role/r", false],
      ["arn:aws:iam::1${aws:PrincipalAccount}:role/r", "arn:aws:iam::123456789012:role/r", true],
      // What follows the account is a name, and so is what stands before the first colon.
      ["arn:aws:s3:::${aws:username}", "arn:aws:s3:::alice", false],
      ["arn:aws:x:::a:${aws:username}", "arn:aws:x:::a:alice", false],
      ["${aws:username}:aws:s3:::b", "arn:aws:s3:::b", false],
      // After a star, the colon behind it tells.
      ["*${aws:PrincipalAccount}:role/r", "arn:aws:iam::123456789012:role/r", true],
      ["*${aws:username}/r", "arn:aws:iam::123456789012:role/alice/r", false],
      ["?${aws:PrincipalAccount}:role/r", "x123456789012:role/r", false],
      ["*a${aws:PrincipalAccount}:role/r", "arn:a123456789012:role/r", true],
      ["*", "arn:aws:s3:::b", true],
    ];
    for (const [pattern, arn, answer] of table)
      it(`${pattern} ${answer ? "matches" : "does not match"} ${arn}`, () => {
        assert.equal(matches(withOpenPlace(p(pattern)), arn), answer);
      });
  });
});
