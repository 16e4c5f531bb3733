import assert from "node:assert/strict";
import { KNOWN } from "../../policypack/catalogue";
import { contains, type Containment, type JsonObject, parseDocument } from "../../policypack/iam";

const read = (more: JsonObject) =>
  parseDocument({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::data/*", ...more },
  });
const proof = (reference: JsonObject, candidate: JsonObject): Containment =>
  contains([read(reference)], [read(candidate)], KNOWN);

describe("catalogue/known", () => {
  const requests: readonly [name: string, candidate: JsonObject, action: string, resource: string][] = [
    ["a real partition", { Resource: "arn:*:s3:::data/*" }, "s3:GetObject", "arn:aws-cn:s3:::data/x"],
    ["a bucket of one letter", { Resource: "arn:aws:s3:::b/*" }, "s3:GetObject", "arn:aws:s3:::b/x"],
    [
      "a region and an account",
      { Action: "sagemaker:InvokeEndpoint", Resource: "*" },
      "sagemaker:InvokeEndpoint",
      "arn:aws:sagemaker:us-east-1:123456789012:endpoint/a",
    ],
    ["no resource", { Action: "rekognition:DetectLabels", Resource: "*" }, "rekognition:DetectLabels", "*"],
    [
      "what AWS asks about",
      { Action: "s3:ListAllMyBuckets", Resource: "arn:aws:s3:::*" },
      "s3:ListAllMyBuckets",
      "arn:aws:s3:::*",
    ],
    [
      "wildcards across fields",
      { Action: "lambda:InvokeFunction", Resource: "arn:aws:lambda:*:function:f" },
      "lambda:InvokeFunction",
      "arn:aws:lambda:us-east-1:123456789012:function:f",
    ],
  ];
  for (const [name, candidate, action, resource] of requests)
    it(`makes a request with ${name}`, () => {
      const found = proof({}, candidate);
      assert.ok(found.verdict === "exceeds", JSON.stringify(found));
      assert.deepEqual([found.counterexample.action, found.counterexample.resource], [action, resource]);
    });
  it("shows no request without a key that every request has", () => {
    const found = proof(
      { Condition: { Bool: { "aws:SecureTransport": "true" } } },
      { Condition: { BoolIfExists: { "aws:SecureTransport": "true" } } },
    );
    assert.ok(found.verdict === "not-proved");
    assert.equal(
      found.reason,
      "a request without `aws:securetransport` would not be within, though AWS says that every request has it",
    );
  });
  describe("tells no request in which the keys and the ARN contradict each other", () => {
    const job = (region: string, account: string) => `arn:*:sagemaker:${region}:${account}:training-job/*`;
    const jobs = (Resource: string, keys?: JsonObject): JsonObject => ({
      Action: "sagemaker:DescribeTrainingJob",
      Resource,
      ...(keys && { Condition: { StringLike: keys } }),
    });
    const keysOf = (found: Containment): Record<string, readonly string[]> =>
      found.verdict === "exceeds" ? Object.fromEntries(found.counterexample.context) : {};
    const reasonOf = (found: Containment): string | undefined =>
      found.verdict === "not-proved" ? found.reason : undefined;

    it("puts the resource where the keys say that it is", () => {
      const found = proof(
        jobs(job("eu-west-1", "222222222222")),
        jobs("*", { "aws:RequestedRegion": "eu-west-3", "aws:ResourceAccount": "222222222222" }),
      );
      assert.ok(found.verdict === "exceeds", JSON.stringify(found));
      assert.match(found.counterexample.resource, /^arn:aws:sagemaker:eu-west-3:222222222222:/);
    });
    it("gives the keys the values of an ARN that is spelled out", () => {
      const found = proof(
        jobs(job("eu-west-1", "*")),
        jobs(job("eu-west-3", "333333333333"), { "aws:ResourceAccount": "*" }),
      );
      assert.deepEqual(keysOf(found), { "aws:resourceaccount": ["333333333333"] });
    });
    for (const [key, value, where] of [
      ["aws:RequestedRegion", "eu-west-1", job("eu-west-1", "*")],
      ["aws:ResourceAccount", "222222222222", job("*", "222222222222")],
    ] as const)
      it(`proves nothing, and shows nothing, where only a false \`${key}\` would exceed`, () => {
        assert.equal(
          reasonOf(proof(jobs(where), jobs("*", { [key]: value }))),
          `only a request would not be within whose \`${key.toLowerCase()}\` says another thing than the ARN of its resource`,
        );
      });
    it("tells no request with a key that the action's requests do not carry", () => {
      const list = {
        Action: "s3:ListBucket*",
        Resource: "*",
        Condition: { StringEquals: { "s3:prefix": "x" } },
      };
      const found = proof(list, { ...list, Action: ["s3:ListBucket*", "s3:GetObject"] });
      assert.equal(
        reasonOf(found),
        `only a request with \`s3:prefix\` would not be within, and by the ${KNOWN.source} no such action's requests carry it`,
      );
    });
    it("finds the one action whose requests carry it", () => {
      const Condition = { StringEquals: { "s3:prefix": "x" } };
      const found = proof(
        { Action: "s3:ListBucketVersions", Resource: "*", Condition },
        { Action: "s3:*", Resource: "*", Condition },
      );
      assert.ok(found.verdict === "exceeds", JSON.stringify(found));
      assert.equal(found.counterexample.action, "s3:ListBucket");
    });
  });
  it("takes a key that it does not know for one that may have several values", () => {
    assert.equal(KNOWN.isMultivalued("foo:bar"), true);
    assert.equal(KNOWN.isMultivalued("aws:username"), false);
    assert.equal(KNOWN.isMultivalued("aws:tagkeys"), true);
  });
});
