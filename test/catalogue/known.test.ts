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
  it("takes a key that it does not know for one that may have several values", () => {
    assert.equal(KNOWN.isMultivalued("foo:bar"), true);
    assert.equal(KNOWN.isMultivalued("aws:username"), false);
    assert.equal(KNOWN.isMultivalued("aws:tagkeys"), true);
  });
});
