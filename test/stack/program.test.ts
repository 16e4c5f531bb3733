import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

import { VALID } from "./configurations";
import { preview, type Registered, type Run } from "./program";

const ROLE_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const CONFIG = {
  "aws:region": "us-east-1",
  "ai-workflow:account": "123456789012",
  "ai-workflow:buckets": [{ name: "example-bucket", prefix: "images/", access: ["list", "read", "write"] }],
  "ai-workflow:endpoints": ["image-classifier"],
  "ai-workflow:rekognition": { detect: ["DetectLabels", "DetectText"], collections: ["products"] },
};

describe("the program", () => {
  it("writes the same bytes for the same workflow, whatever the order of its lists", async () => {
    const first = await preview(CONFIG);
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
        inputsOf(first, "aiWorkflowPolicy")["policy"],
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
        "AiWorkflow(ai): the policy document has 8188 characters (sagemaker.invokeEndpoint 8188), expected at most 6144",
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
