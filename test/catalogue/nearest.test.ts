import assert from "node:assert/strict";
import { findAction, nearest, nearestAction, servicePrefixes } from "../../policypack/catalogue";
import { actionsOf } from "../../policypack/catalogue/authorization";

describe("catalogue/nearest", () => {
  describe("nearest", () => {
    const table: readonly (readonly [
      text: string,
      candidates: readonly string[],
      answer: string | undefined,
    ])[] = [
      ["abc", [], undefined],
      ["abc", ["abc"], "abc"],
      ["abc", ["ABC"], "ABC"],
      ["abc", ["abd", "abc"], "abc"],
      ["abc", ["abcde"], "abcde"],
      ["abc", ["abcdef"], undefined],
      ["abc", ["xyz"], undefined],
      ["", ["ab"], "ab"],
      ["", ["abc"], undefined],
      // The first of two equally near.
      ["abc", ["abd", "abe"], "abd"],
      // A longer word bears more slips: a third of its length.
      ["abcdefghijkl", ["abcdefgh"], "abcdefgh"],
      ["abcdefghijkl", ["abcdefg"], undefined],
      ["regoin", ["region", "account"], "region"],
    ];
    for (const [text, candidates, answer] of table)
      it(`${JSON.stringify(text)} of ${JSON.stringify(candidates)}: ${JSON.stringify(answer)}`, () => {
        assert.equal(nearest(text, candidates), answer);
      });
    it("takes any iterable", () => {
      assert.equal(nearest("b", new Set(["bb"])), "bb");
    });
  });

  describe("nearestAction", () => {
    const table: readonly (readonly [name: string, answer: string | undefined])[] = [
      // Another verb for the same thing.
      ["sagemaker:GetModel", "sagemaker:DescribeModel"],
      ["sagemaker:StartTrainingJob", "sagemaker:CreateTrainingJob"],
      ["dynamodb:DescribeItem", "dynamodb:GetItem"],
      ["s3:RemoveObject", "s3:DeleteObject"],
      ["rekognition:AnalyzeLabels", "rekognition:DetectLabels"],
      ["ec2:GetInstances", "ec2:DescribeInstances"],
      ["ec2:getInstances", "ec2:DescribeInstances"],
      ["SageMaker:GetModel", "sagemaker:DescribeModel"],
      // An operation that is authorised under another name.
      ["s3:ListObjects", "s3:ListBucket"],
      ["S3:LISTOBJECTSV2", "s3:ListBucket"],
      ["s3:HeadObject", "s3:GetObject"],
      ["s3:ListBuckets", "s3:ListAllMyBuckets"],
      ["bedrock:Converse", "bedrock:InvokeModel"],
      ["lambda:Invoke", "lambda:InvokeFunction"],
      // A slip.
      ["s3:GetObjects", "s3:GetObject"],
      ["s3:GetObjct", "s3:GetObject"],
      ["s3:getobjects", "s3:GetObject"],
      ["rekognition:DetectLabel", "rekognition:DetectLabels"],
      ["iam:PassRoles", "iam:PassRole"],
      ["iam:passrol", "iam:PassRole"],
      ["sagemaker:InvokeEndpoints", "sagemaker:InvokeEndpoint"],
      // A slip in the service.
      ["s4:GetObject", "s3:GetObject"],
      ["sagmaker:CreateModel", "sagemaker:CreateModel"],
      ["recognition:DetectLabels", "rekognition:DetectLabels"],
      // In any case: action names are case-insensitive.
      ["sagemaker:getmodel", "sagemaker:DescribeModel"],
      ["SAGEMAKER:GETMODEL", "sagemaker:DescribeModel"],
      // Nothing near.
      ["s3:Zzzzzzzzzzz", undefined],
      ["nonsense:nonsense", undefined],
      ["nonsense:GetObject", undefined],
      ["", undefined],
      [":", undefined],
      ["s3", undefined],
      ["s3:", undefined],
      ["a:b:c", undefined],
      ["constructor:x", undefined],
      ["s3:constructor", undefined],
      ["constructor", undefined],
      ["__proto__", undefined],
    ];
    for (const [name, answer] of table)
      it(`${JSON.stringify(name)}: ${JSON.stringify(answer)}`, () => {
        assert.equal(nearestAction(name), answer);
      });

    it("is an action that exists, whatever the slip", () => {
      let found = 0;
      for (const service of ["s3", "sagemaker", "rekognition", "bedrock", "iam", "lambda"])
        for (const { name } of actionsOf(service))
          for (const slip of [
            `${name}s`,
            name.slice(0, -1),
            name.replace(":", ":Get"),
            name.replace(/[aeiou]/, ""),
          ]) {
            const answer = nearestAction(slip);
            if (answer === undefined) continue;
            found++;
            assert.equal(findAction(answer)?.name, answer, slip);
          }
      assert.ok(found > 2_000, `${found} found`);
    });
    it("finds its way back from the loss of the last letter of a long name", () => {
      const names = actionsOf("rekognition").map(({ name }) => name);
      for (const name of names) {
        const answer = nearestAction(name.slice(0, -1));
        assert.ok(answer !== undefined, name);
      }
      assert.equal(names.length, 76);
    });
  });

  it("has every service that the reference has", () => {
    assert.equal(servicePrefixes().includes("rekognition"), true);
    assert.equal(nearest("rekogniton", servicePrefixes()), "rekognition");
  });
});
