import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { preview } from "./program";

function shipped(file: string): Readonly<Record<string, unknown>> {
  const text = readFileSync(join(__dirname, "..", "..", file), "utf8");
  return (parse(text) as { readonly config: Readonly<Record<string, unknown>> }).config;
}

async function statementsOf(file: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { error, resources } = await preview(shipped(file));
  assert.equal(error, undefined);
  const policy = resources.find(({ name }) => name === "aiWorkflowPolicy")?.inputs["policy"];
  return (
    JSON.parse(policy as string) as { readonly Statement: readonly Readonly<Record<string, unknown>>[] }
  ).Statement;
}

describe("the shipped configurations", () => {
  it("Pulumi.dev.yaml uses a prefix, an endpoint, two calls and a collection", async () => {
    const statements = await statementsOf("Pulumi.dev.yaml");
    assert.deepEqual(
      statements.map(({ Sid, Resource }) => [Sid, Resource]),
      [
        ["S3ListExampleBucketImages", "arn:aws:s3:::example-bucket"],
        ["S3ReadWriteExampleBucketImages", "arn:aws:s3:::example-bucket/images/*"],
        [
          "SagemakerInvokeEndpointImageClassifier",
          "arn:aws:sagemaker:us-east-1:123456789012:endpoint/image-classifier",
        ],
        ["RekognitionDetect", "*"],
        ["RekognitionSearchFacesProducts", "arn:aws:rekognition:us-east-1:123456789012:collection/products"],
      ],
    );
  });

  for (const [name, policies, attachments] of [
    ["images", ["aiBoundary", "aiWorkflowPolicy"], 1],
    [
      "training",
      ["aiBoundary", "aiCallerBoundary", "aiCallerPolicy", "aiCallerPolicy-sagemaker", "aiWorkflowPolicy"],
      3,
    ],
    ["rag", ["aiBoundary", "aiWorkflowPolicy"], 1],
    ["documents", ["aiBoundary", "aiCallerBoundary", "aiCallerPolicy", "aiWorkflowPolicy"], 2],
  ] as const)
    it(`Pulumi.${name}.yaml makes these policies, and no others`, async () => {
      const { error, resources } = await preview(shipped(`Pulumi.${name}.yaml`));
      assert.equal(error, undefined);
      const named = (kind: string) =>
        resources.filter(({ type }) => type.endsWith(kind)).map((resource) => resource.name);
      assert.deepEqual(named(":Policy").sort(), policies);
      assert.equal(named("Attachment").length, attachments);
      assert.deepEqual(
        named(":Role").sort(),
        policies.some((policy) => policy.startsWith("aiCaller"))
          ? ["aiCallerRole", "aiExecutionRole"]
          : ["aiExecutionRole"],
      );
    });

  it("Pulumi.overbroad.yaml reaches the policy as it is written: the program does not judge it", async () => {
    assert.deepEqual(await statementsOf("Pulumi.overbroad.yaml"), [
      { Sid: "Storage", Effect: "Allow", Action: "s3:*", Resource: "*" },
      {
        Sid: "Vision",
        Effect: "Allow",
        Action: ["rekognition:DetectLabels", "rekognition:DetectCustomLabels"],
        Resource: "*",
      },
      {
        Sid: "Models",
        Effect: "Allow",
        Action: ["sagemaker:InvokeEndpoint", "sagemaker:GetModel"],
        Resource: "*",
      },
    ]);
  });
});
