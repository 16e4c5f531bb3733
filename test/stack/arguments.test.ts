/** `new AiWorkflow(name, args)` from a program: the same rules as for a configuration, all problems at once, nothing registered. */
import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

import { AiWorkflow, type AiWorkflowArgs } from "../../stack/components/ai-workflow";
import { readArguments, readDescription } from "../../stack/validate/description";
import { CATALOGUE, useOf, workflowOf } from "./every-capability";
import { EXAMPLES, configurationOf } from "./examples";
import { run, type Run } from "./program";

const PLACE = { region: "us-east-1", account: "123456789012" };
const VALID = { ...PLACE, endpoints: ["image-classifier"] };

const make = (args: unknown, name = "vision"): Promise<Run> =>
  run({}, "preview", "dev", () => ({ workflow: new AiWorkflow(name, args as AiWorkflowArgs) }));

function problemsOf(args: unknown): readonly string[] {
  const read = readArguments(args, "AiWorkflow(vision)");
  return "problems" in read ? read.problems : [];
}

describe("arguments of a program", () => {
  const holdsItself: Record<string, unknown> = { Effect: "Allow" };
  holdsItself["Condition"] = holdsItself;

  const table: readonly (readonly [string, unknown, readonly string[]])[] = [
    [
      "wildcards everywhere",
      {
        ...PLACE,
        buckets: [{ name: "photos*", prefix: "in/*", access: ["read"] }],
        endpoints: ["*"],
        rekognition: { detect: ["DetectText"], collections: ["${aws:username}"] },
        uses: [{ capability: "sagemaker.train", jobs: "churn-?" }],
        caller: { trustedRoles: ["*"] },
      },
      [
        "AiWorkflow(vision).buckets[0].name: found `photos*`, expected a bucket name: 3 to 63 of `a-z`, `0-9`, `.` and `-`, the first and last a letter or digit",
        "AiWorkflow(vision).buckets[0].prefix: found `in/*`, expected the literal start of object keys, no `*`, `?` or `${`: it covers all that starts with it",
        "AiWorkflow(vision).endpoints[0]: found `*`, expected an endpoint name: 1 to 63 of `a-z`, `0-9` and `-`, the first and last a letter or digit",
        "AiWorkflow(vision).rekognition.collections[0]: found `${aws:username}`, expected a collection id: 1 to 255 of `a-z`, `A-Z`, `0-9`, `_`, `.` and `-`",
        "AiWorkflow(vision).uses[0].jobs: found `churn-?`, expected the start of names, lower case: `a-z`, `0-9` and `-`",
        "AiWorkflow(vision).caller.trustedRoles[0]: found `*`, expected the name of a role, with its path if it has one: `ci/deployer`",
      ],
    ],
    [
      "nothing",
      {},
      [
        "AiWorkflow(vision).region: missing, expected a region such as `us-east-1`, `cn-north-1` or `us-gov-west-1`",
        "AiWorkflow(vision).account: missing, expected the 12 digits of an account, as a string in quotes",
        "AiWorkflow(vision): nothing is granted, expected one of `buckets`, `endpoints`, `rekognition`, `uses`, `statements`",
      ],
    ],
    [
      "no object",
      undefined,
      ["AiWorkflow(vision): missing, expected an object with `region`, `account` and what is granted"],
    ],
    [
      "the keys of a configuration",
      { ...VALID, "ai-workflow:path": "/ai/", endpoint: "x" },
      [
        "AiWorkflow(vision).ai-workflow:path: found the key `ai-workflow:path`, expected one of `region`, `account`, `partition`, `trustedService`, `buckets`, `endpoints`, `rekognition`, `uses`, `statements`, `attachTo`, `caller`, `boundary`, `path`, `tags`, `sessionDuration`, `names`",
        "AiWorkflow(vision).endpoint: found the key `endpoint`, expected `endpoints`",
      ],
    ],
    [
      "Outputs, which would make a document unknown during preview",
      {
        region: pulumi.output("us-east-1"),
        account: PLACE.account,
        buckets: pulumi.output([]),
        endpoints: [pulumi.output("image-classifier")],
        uses: [{ capability: "bedrock.invoke", modelId: pulumi.output("amazon.nova-lite-v1:0") }],
        statements: [{ Effect: "Allow", Action: "s3:GetObject", Resource: pulumi.output("*") }],
        tags: { team: pulumi.output("vision") },
        sessionDuration: pulumi.output(3600),
      },
      [
        "AiWorkflow(vision).region: found an Output, expected a region such as `us-east-1`, `cn-north-1` or `us-gov-west-1`",
        "AiWorkflow(vision).buckets: found an Output, expected a list of buckets",
        "AiWorkflow(vision).endpoints[0]: found an Output, expected an endpoint name: 1 to 63 of `a-z`, `0-9` and `-`, the first and last a letter or digit",
        "AiWorkflow(vision).uses[0].modelId: found an Output, expected the id of a foundation model, such as `amazon.nova-lite-v1:0`",
        "AiWorkflow(vision).statements[0].Resource: found an Output, expected a plain value of JSON",
        "AiWorkflow(vision).tags.team: found an Output, expected the value of a tag: at most 256 letters, digits, spaces and `_.:/=+@-`",
        "AiWorkflow(vision).sessionDuration: found an Output, expected a number of seconds from 3600 to 43200",
      ],
    ],
    [
      "what JSON has no word for",
      {
        ...PLACE,
        endpoints: [() => "x", 1n, Symbol("x"), Promise.resolve("x")],
        sessionDuration: NaN,
        boundary: null,
        statements: [
          { Effect: "Allow", Action: ["s3:GetObject", undefined], Resource: "*", Condition: undefined },
          holdsItself,
          { Effect: "Deny", Condition: { NumericEquals: { "s3:max-keys": Infinity } } },
        ],
      },
      [
        ...["function", "bigint", "symbol"].map(
          (type, index) =>
            `AiWorkflow(vision).endpoints[${index}]: found a value of the type \`${type}\`, expected an endpoint name: 1 to 63 of \`a-z\`, \`0-9\` and \`-\`, the first and last a letter or digit`,
        ),
        "AiWorkflow(vision).endpoints[3]: found the object `{}`, expected an endpoint name: 1 to 63 of `a-z`, `0-9` and `-`, the first and last a letter or digit",
        "AiWorkflow(vision).statements[0].Action[1]: missing, expected a plain value of JSON",
        "AiWorkflow(vision).statements[0].Condition: missing, expected a plain value of JSON",
        "AiWorkflow(vision).statements[1].Condition: found a value of the type `object`, expected a plain value of JSON",
        "AiWorkflow(vision).statements[2].Condition.NumericEquals.s3:max-keys: found the number `Infinity`, expected a plain value of JSON",
        "AiWorkflow(vision).boundary: found nothing, expected `generated`, `none` or the ARN of a managed policy",
        "AiWorkflow(vision).sessionDuration: found the number `NaN`, expected a number of seconds from 3600 to 43200",
      ],
    ],
    [
      "a job for nobody, and an ARN of another partition",
      {
        ...PLACE,
        boundary: "arn:aws-cn:iam::123456789012:policy/limits",
        uses: [{ capability: "sagemaker.train", jobs: "churn-" }],
      },
      [
        "AiWorkflow(vision).boundary: found `arn:aws-cn:iam::123456789012:policy/limits`, expected an ARN of the partition `aws`",
        "AiWorkflow(vision).caller: missing, expected who gets `sagemaker.train`: `trustedServices`, `trustedRoles` or `attachTo`",
      ],
    ],
    [
      "documents that IAM would refuse",
      {
        ...PLACE,
        endpoints: Array.from({ length: 80 }, (_, index) => `endpoint-${index}`),
        statements: [{ Sid: "x".repeat(6200) }],
        caller: {
          trustedRoles: Array.from({ length: 24 }, (_, index) => `${"r".repeat(60)}${index}`),
          statements: [{ Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" }],
        },
        names: { callerRole: "starts-vision" },
      },
      [
        "AiWorkflow(vision): the policy document has 6249 characters, expected at most 6144",
        "AiWorkflow(vision): the trust policy of the caller has 2420 characters, expected at most 2048",
      ],
    ],
  ];
  for (const [what, args, lines] of table)
    it(`that are ${what} stop the program with one message, and nothing is registered`, async () => {
      const { error, resources, exports } = await make(args);
      assert.ok(pulumi.RunError.isInstance(error), String(error));
      assert.deepEqual(error.message.split("\n"), lines);
      assert.deepEqual({ resources, exports }, { resources: [], exports: {} });
    });

  it("that are undefined are those left out", async () => {
    const undefinedRest = Object.fromEntries(
      ["partition", "buckets", "rekognition", "uses", "attachTo", "trustedService", "statements"]
        .concat(["caller", "boundary", "path", "tags", "sessionDuration", "names"])
        .map((key) => [key, undefined]),
    );
    const made = async (args: unknown) => {
      const { error, resources } = await make(args);
      assert.equal(error, undefined);
      return resources.map(({ name, properties }) => [name, properties]);
    };
    const whole = await made(VALID);
    assert.equal(whole.length, 5);
    assert.deepEqual(await made({ ...undefinedRest, ...VALID }), whole);
  });

  it("name whose they are, on one line whatever the name", async () => {
    const { error } = await make({ ...VALID, path: "ai" }, "a\n`b");
    assert.equal(
      (error as Error).message,
      "AiWorkflow(a\\u{a}'b).path: found `ai`, expected a path that starts and ends with `/`, such as `/ai-workflows/`, of at most 512 characters",
    );
  });

  it("may be a description that was read before, which stays as it is", () => {
    for (const example of EXAMPLES) {
      const read = readDescription(configurationOf(example));
      assert.ok("description" in read);
      assert.deepEqual(readArguments(read.description, "x"), read);
    }
    for (const capability of CATALOGUE) {
      const read = readArguments(workflowOf([useOf(capability, "aws")]), "x");
      assert.ok("description" in read, capability.id);
      assert.deepEqual(readArguments(read.description, "x"), read);
    }
    const whole = { ...PLACE, uses: [{ capability: "s3.read", bucket: "photos", prefix: "" }] };
    assert.deepEqual(problemsOf(whole), []);
    assert.deepEqual(problemsOf({ ...whole, uses: [{ ...whole.uses[0], prefix: [""] }] }), []);
  });
});
