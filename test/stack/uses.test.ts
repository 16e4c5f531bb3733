import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { DEFAULTS, type Use } from "../../stack/description";
import { policyDocument, trustDocument, writeDocuments } from "../../stack/grants/documents";
import { size } from "../../stack/grants/fit";
import { readDescription } from "../../stack/validate/description";
import { workflowOf } from "./every-capability";
import { VALID } from "./configurations";

function problemsOf(values: Readonly<Record<string, unknown>>): readonly string[] {
  const named = Object.entries(values).map(([key, value]) => [`ai-workflow:${key}`, value] as const);
  const read = readDescription({ ...VALID, ...Object.fromEntries(named) });
  return "problems" in read ? read.problems : [];
}

const train = { capability: "sagemaker.train", jobs: "churn-" } as const;
const caller = { trustedServices: ["states"] };

describe("a use that is wrong", () => {
  const table: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
    [
      "is misspelt",
      { uses: [{ ...train, capability: "sagemaker.trian" }], caller },
      ["ai-workflow:uses[0].capability: found the capability `sagemaker.trian`, expected `sagemaker.train`"],
    ],
    [
      "has a misspelt parameter",
      { uses: [{ ...train, subnet: "subnet-0123456789abcdef0" }], caller },
      ["ai-workflow:uses[0].subnet: found the key `subnet`, expected `subnets`"],
    ],
    [
      "has a parameter that its kind of job does not know",
      { uses: [{ capability: "comprehend.piiJob", subnets: "subnet-0123456789abcdef0" }], caller },
      [
        "ai-workflow:uses[0].subnets: found the key `subnets`, expected one of `capability`, `side`, `outputKey`",
      ],
    ],
    [
      "lacks a parameter",
      { uses: [{ capability: "sagemaker.train" }], caller },
      ["ai-workflow:uses[0].jobs: missing, expected the start of names, lower case: `a-z`, `0-9` and `-`"],
    ],
    [
      "has a wildcard",
      { uses: [{ ...train, jobs: "*" }], caller },
      ["ai-workflow:uses[0].jobs: found `*`, expected the start of names, lower case: `a-z`, `0-9` and `-`"],
    ],
    [
      "has an ARN of another partition",
      { uses: [{ ...train, volumeKey: "arn:aws-cn:kms:cn-north-1:123456789012:key/1" }], caller },
      [
        "ai-workflow:uses[0].volumeKey: found `arn:aws-cn:kms:cn-north-1:123456789012:key/1`, expected an ARN of the partition `aws`",
      ],
    ],
    [
      "hands a role to itself",
      { uses: [{ ...train, side: "execution" }], caller },
      [
        "ai-workflow:uses[0].side: found `execution`, expected `caller`: `sagemaker.train` hands over the execution role",
      ],
    ],
    [
      "is for nobody",
      { uses: [train] },
      [
        "ai-workflow:caller: missing, expected who gets `sagemaker.train`: `trustedServices`, `trustedRoles` or `attachTo`",
      ],
    ],
    [
      "has a call that there is not",
      { uses: [{ capability: "textract.analyze", calls: ["AnalyzeLending"] }] },
      [
        "ai-workflow:uses[0].calls[0]: found `AnalyzeLending`, expected one of `DetectDocumentText`, `AnalyzeDocument`, `AnalyzeExpense`, `AnalyzeID`",
      ],
    ],
  ];
  for (const [what, values, lines] of table)
    it(what, () => {
      assert.deepEqual(problemsOf(values), lines);
    });
});

describe("trust", () => {
  const sources = (...uses: readonly Use[]) =>
    trustDocument(workflowOf(uses)).Statement.map(({ Principal, Condition }) => [
      Principal,
      Condition?.["ArnLike"],
    ]);
  const here = "arn:aws:sagemaker:us-east-1:123456789012:";
  it("is the union of what the features pass as their source", () => {
    assert.deepEqual(sources(train, { capability: "sagemaker.process", jobs: "a-" }), [
      [
        { Service: "sagemaker.amazonaws.com" },
        { "aws:SourceArn": [`${here}processing-job/*`, `${here}training-job/*`] },
      ],
    ]);
    // Endpoints need all of the service.
    assert.deepEqual(sources(train, { capability: "sagemaker.createModel", model: "a-" }), [
      [{ Service: "sagemaker.amazonaws.com" }, { "aws:SourceArn": `${here}*` }],
    ]);
    assert.deepEqual(
      sources(train, { capability: "bedrock.batch", modelId: "amazon.nova-lite-v1:0" }).map(
        ([principal]) => principal,
      ),
      [{ Service: "bedrock.amazonaws.com" }, { Service: "sagemaker.amazonaws.com" }],
    );
  });
  it("of the caller is for whom it names", () => {
    const description = {
      ...workflowOf([train]),
      caller: {
        ...DEFAULTS.caller,
        trustedServices: ["lambda", "states"] as const,
        trustedRoles: ["ci/deployer"],
      },
    };
    assert.deepEqual(
      trustDocument(description, "caller").Statement.map(({ Principal }) => Principal),
      [
        { Service: "lambda.amazonaws.com" },
        { Service: "states.amazonaws.com" },
        { AWS: "arn:aws:iam::123456789012:role/ci/deployer" },
      ],
    );
  });
});

describe("a policy that is too long", () => {
  const text = readFileSync(join(__dirname, "..", "..", "Pulumi.training.yaml"), "utf8");
  const { config } = parse(text) as { readonly config: Readonly<Record<string, unknown>> };
  const read = readDescription(config);
  assert.ok("description" in read);
  const { description } = read;

  it("is taken apart by service, each part short enough, and nothing is lost", () => {
    const written = writeDocuments(description);
    assert.ok("identities" in written);
    const [, started] = written.identities;
    assert.deepEqual(
      started?.policies.map(({ group }) => group),
      ["", "sagemaker"],
    );
    for (const { json } of started.policies) assert.ok(size(json) <= 6144, `${size(json)}`);
    const actions = (statements: readonly unknown[]) =>
      statements
        .flatMap((statement) =>
          [(statement as { readonly Action: string | readonly string[] }).Action].flat(),
        )
        .sort();
    const parts = started.policies.flatMap(
      ({ json }) => (JSON.parse(json) as { readonly Statement: readonly unknown[] }).Statement,
    );
    assert.deepEqual(
      [...new Set(actions(parts))],
      [...new Set(actions(policyDocument(description, "caller").Statement))],
    );
  });

  it("is refused with the sizes where it cannot be taken apart", () => {
    const prefixes = Array.from({ length: 60 }, (_, index) => ({
      name: "example-bucket",
      prefix: `p${index}/`,
      access: ["list"] as const,
    }));
    const written = writeDocuments({ ...description, buckets: prefixes, uses: [], boundary: "none" });
    assert.ok("problems" in written);
    assert.match(
      written.problems.join("\n"),
      /^ai-workflow: the policy document has \d+ characters \(s3\.list \d+\), expected at most 6144$/,
    );
  });

  it("has no boundary that would be longer still", () => {
    const many = { ...description, endpoints: Array.from({ length: 60 }, (_, index) => `endpoint-${index}`) };
    const buckets = Array.from({ length: 15 }, (_, index) => ({
      name: "example-bucket",
      prefix: `p${index}/`,
      access: ["list"] as const,
    }));
    const written = writeDocuments({ ...many, buckets });
    assert.ok("problems" in written);
    assert.match(
      written.problems.join("\n"),
      /^ai-workflow:boundary: found `generated`, which has \d+ characters for the execution role, expected at most 6144: `none`, or the ARN of an existing policy$/,
    );
  });
});
