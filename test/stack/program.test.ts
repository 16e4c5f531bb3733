import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

import { type Explanation } from "../../stack/grants/explain";
import { VALID } from "./configurations";
import { preview, type Registered, type Run } from "./program";

const COMPONENT = "ai-workflow:index:AiWorkflow";
const POLICY = "aws:iam/policy:Policy";
const ROLE = "aws:iam/role:Role";
const ROLE_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const TAGS = { Project: "ai-workflow", Stack: "dev", Workflow: "ai" };

const CONFIG = {
  "aws:region": "us-east-1",
  "ai-workflow:account": "123456789012",
  "ai-workflow:buckets": [{ name: "example-bucket", prefix: "images/", access: ["list", "read", "write"] }],
  "ai-workflow:endpoints": ["image-classifier"],
  "ai-workflow:rekognition": { detect: ["DetectLabels", "DetectText"], collections: ["products"] },
};

const POLICY_DOCUMENT = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "S3ListExampleBucketImages",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: "arn:aws:s3:::example-bucket",
      Condition: {
        StringEquals: { "aws:ResourceAccount": "123456789012" },
        StringLike: { "s3:prefix": ["images/", "images/*"] },
      },
    },
    {
      Sid: "S3ReadWriteExampleBucketImages",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      Resource: "arn:aws:s3:::example-bucket/images/*",
      Condition: { StringEquals: { "aws:ResourceAccount": "123456789012" } },
    },
    {
      Sid: "SagemakerInvokeEndpointImageClassifier",
      Effect: "Allow",
      Action: "sagemaker:InvokeEndpoint",
      Resource: "arn:aws:sagemaker:us-east-1:123456789012:endpoint/image-classifier",
    },
    {
      Sid: "RekognitionDetect",
      Effect: "Allow",
      Action: ["rekognition:DetectLabels", "rekognition:DetectText"],
      Resource: "*",
    },
    {
      Sid: "RekognitionSearchFacesProducts",
      Effect: "Allow",
      Action: [
        "rekognition:DescribeCollection",
        "rekognition:ListFaces",
        "rekognition:SearchFaces",
        "rekognition:SearchFacesByImage",
      ],
      Resource: "arn:aws:rekognition:us-east-1:123456789012:collection/products",
    },
  ],
};

const TRUST_DOCUMENT = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "TrustedService",
      Effect: "Allow",
      Principal: { Service: "sagemaker.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnLike: { "aws:SourceArn": "arn:aws:sagemaker:us-east-1:123456789012:*" },
      },
    },
  ],
};

describe("the program at preview", () => {
  let run: Run;
  before(async () => {
    run = await preview(CONFIG);
  });

  it("registers these resources under the component, and no others", () => {
    assert.equal(run.error, undefined);
    assert.deepEqual([...run.urns].sort(), [
      `urn:pulumi:dev::ai-workflow::${COMPONENT}$${POLICY}::aiBoundary`,
      `urn:pulumi:dev::ai-workflow::${COMPONENT}$${POLICY}::aiWorkflowPolicy`,
      `urn:pulumi:dev::ai-workflow::${COMPONENT}$${ROLE}::aiExecutionRole`,
      `urn:pulumi:dev::ai-workflow::${COMPONENT}$${ROLE_ATTACHMENT}::aiPolicyAttachment`,
      `urn:pulumi:dev::ai-workflow::${COMPONENT}::ai`,
    ]);
    assert.equal(run.resources.length, 5);
  });

  it("gives the policy its document as a known string", () => {
    const { policy, ...others } = inputsOf(run, "aiWorkflowPolicy");
    assert.deepEqual(others, { description: "IAM policy for AI workflow", tags: TAGS });
    assert.deepEqual(JSON.parse(text(policy)), POLICY_DOCUMENT);
  });

  it("gives the role its trust policy as a known string", () => {
    const { assumeRolePolicy, permissionsBoundary, ...others } = inputsOf(run, "aiExecutionRole");
    assert.deepEqual(others, {
      name: "ai-workflow-dev-ai-execution",
      description: "Execution role for AI workflow",
      tags: TAGS,
    });
    assert.ok(pulumi.containsUnknowns(permissionsBoundary));
    assert.deepEqual(JSON.parse(text(assumeRolePolicy)), TRUST_DOCUMENT);
  });

  it("attaches the policy, whose ARN nobody knows yet, to the role by name", () => {
    const { policyArn, ...others } = inputsOf(run, "aiPolicyAttachment");
    assert.deepEqual(others, { role: "ai-workflow-dev-ai-execution" });
    assert.ok(
      pulumi.containsUnknowns(policyArn),
      "the mock knows an ARN: then nothing is proved about unknowns",
    );
  });

  it("limits the role to what its policy allows, Sids left out", () => {
    const { policy, ...others } = inputsOf(run, "aiBoundary");
    assert.deepEqual(others, { description: "Permissions boundary for AI workflow", tags: TAGS });
    assert.deepEqual(JSON.parse(text(policy)), {
      ...POLICY_DOCUMENT,
      Statement: POLICY_DOCUMENT.Statement.map((statement) =>
        Object.fromEntries(Object.entries(statement).filter(([name]) => name !== "Sid")),
      ),
    });
  });

  it("leaves nothing unknown but the ARNs of its own policies", () => {
    for (const { name, inputs } of run.resources) {
      for (const [property, value] of Object.entries(inputs))
        if (property !== "policyArn" && property !== "permissionsBoundary")
          assert.equal(pulumi.containsUnknowns(value), false, `${name} ${property}`);
    }
  });

  it("exports both ARNs as outputs, and why each statement is there", () => {
    const { aiWorkflowPolicyArn, aiWorkflowRoleArn, aiWorkflowExplanation, ...others } = run.exports;
    assert.ok(pulumi.Output.isInstance(aiWorkflowPolicyArn));
    assert.ok(pulumi.Output.isInstance(aiWorkflowRoleArn));
    assert.deepEqual(others, {});
    assert.deepEqual(
      (aiWorkflowExplanation as readonly Explanation[]).map(({ statement, capabilities }) => [
        statement,
        ...capabilities.map(({ id }) => id),
      ]),
      [
        ["S3ListExampleBucketImages", "s3.list"],
        ["S3ReadWriteExampleBucketImages", "s3.read", "s3.write"],
        ["SagemakerInvokeEndpointImageClassifier", "sagemaker.invokeEndpoint"],
        ["RekognitionDetect", "rekognition.detect"],
        ["RekognitionSearchFacesProducts", "rekognition.searchFaces"],
      ],
    );
  });

  it("writes the same bytes for the same workflow, whatever the order of its lists", async () => {
    const again = await preview(CONFIG);
    const reordered = await preview({
      ...CONFIG,
      "ai-workflow:buckets": [
        { access: ["write", "read", "list"], prefix: "images/", name: "example-bucket" },
      ],
      "ai-workflow:rekognition": { collections: ["products"], detect: ["DetectText", "DetectLabels"] },
    });
    for (const other of [again, reordered]) {
      assert.equal(
        inputsOf(other, "aiWorkflowPolicy")["policy"],
        inputsOf(run, "aiWorkflowPolicy")["policy"],
      );
    }
  });
});

describe("attachments to existing identities", () => {
  it("are named after the identity and hold its name", async () => {
    const { resources } = await preview({
      ...VALID,
      "ai-workflow:attachTo": {
        roles: ["etl", "Train.Nightly"],
        users: ["ana@example.com"],
        groups: ["data+ml"],
      },
    });
    const attachments = resources.filter(({ type }) => type.endsWith("Attachment"));
    assert.deepEqual(
      attachments
        .map(({ type, name, inputs: { policyArn, ...target } }) => {
          assert.ok(pulumi.containsUnknowns(policyArn));
          return [type, name, target];
        })
        .sort(),
      [
        [
          "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
          "aiPolicyAttachment-group-data+ml",
          { group: "data+ml" },
        ],
        [ROLE_ATTACHMENT, "aiPolicyAttachment", { role: "ai-workflow-dev-ai-execution" }],
        [ROLE_ATTACHMENT, "aiPolicyAttachment-role-Train.Nightly", { role: "Train.Nightly" }],
        [ROLE_ATTACHMENT, "aiPolicyAttachment-role-etl", { role: "etl" }],
        [
          "aws:iam/userPolicyAttachment:UserPolicyAttachment",
          "aiPolicyAttachment-user-ana@example.com",
          { user: "ana@example.com" },
        ],
      ],
    );
    assert.equal(resources.length, 9);
  });

  it("keep their names when another one comes first", async () => {
    const targets = async (roles: readonly string[]) =>
      (await preview({ ...VALID, "ai-workflow:attachTo": { roles } })).resources.map(({ name }) => name);
    const one = await targets(["etl"]);
    const two = await targets(["aardvark", "etl"]);
    assert.deepEqual(
      two.filter((name) => !one.includes(name)),
      ["aiPolicyAttachment-role-aardvark"],
    );
  });
});

describe("a bad configuration stops the program with one clean error and no resource", () => {
  const table: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
    [
      "nothing at all",
      {},
      [
        "ai-workflow:region: missing, expected a region such as `us-east-1`, `cn-north-1` or `us-gov-west-1`",
        "ai-workflow:account: missing, expected the 12 digits of an account, as a string in quotes",
        "ai-workflow: nothing is granted, expected one of `buckets`, `endpoints`, `rekognition`, `uses`, `statements`",
      ],
    ],
    [
      "several things at once",
      {
        ...VALID,
        "ai-workflow:account": "12345678901",
        "ai-workflow:endpoints": ["ImageClassifier"],
        "ai-workflow:bucket": [],
      },
      [
        "ai-workflow:bucket: found the key `bucket`, expected `buckets`",
        "ai-workflow:account: found `12345678901`, expected the 12 digits of an account, as a string in quotes",
        "ai-workflow:endpoints[0]: found `ImageClassifier`, expected `imageclassifier`: SageMaker writes it in lower case in ARNs, so no other spelling ever matches",
      ],
    ],
    [
      "a document that IAM would refuse for its size",
      { ...VALID, "ai-workflow:endpoints": Array.from({ length: 120 }, (_, index) => `endpoint-${index}`) },
      [
        "ai-workflow: the policy document has 8188 characters (sagemaker.invokeEndpoint 8188), expected at most 6144",
      ],
    ],
  ];
  for (const [name, config, lines] of table) {
    it(name, async () => {
      const { error, resources, urns, exports } = await preview(config);
      assert.ok(pulumi.RunError.isInstance(error));
      assert.deepEqual(error.message.split("\n"), lines);
      assert.deepEqual({ resources, urns, exports }, { resources: [], urns: [], exports: {} });
    });
  }
});

function inputsOf(run: Run, name: string): Registered["inputs"] {
  const found = run.resources.filter((resource) => resource.name === name);
  assert.equal(found.length, 1, name);
  return found[0]?.inputs ?? {};
}

function text(value: unknown): string {
  assert.equal(typeof value, "string");
  return value as string;
}
