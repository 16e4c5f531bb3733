import * as assert from "node:assert/strict";

import { capabilities, type Capability } from "../../policypack/catalogue/capabilities";
import { DEFAULTS, type Description } from "../../stack/description";
import { policyDocument, trustDocument, writeDocuments } from "../../stack/grants/documents";
import { fill, fillCapability, type Values } from "../../stack/grants/fill";
import { sizeProblems } from "../../stack/grants/fit";
import { nameUniquely, readableSid } from "../../stack/grants/sid";
import { type WrittenStatement } from "../../stack/grants/statements";

const NOTHING: Description = {
  ...DEFAULTS,
  partition: "aws",
  region: "us-east-1",
  account: "123456789012",
  trustedService: "sagemaker",
};

const writeStatements = (description: Description) =>
  policyDocument(description).Statement as readonly WrittenStatement[];

function capability(id: string): Capability {
  const found = (capabilities as readonly Capability[]).find((each) => each.id === id);
  assert.ok(found);
  return found;
}

describe("fill", () => {
  const table: readonly (readonly [string, Values, readonly string[]])[] = [
    ["arn:${partition}:s3:::${bucket}", { partition: ["aws-cn"], bucket: ["b"] }, ["arn:aws-cn:s3:::b"]],
    ["${prefix}/${prefix}*", { prefix: [""] }, ["/*"]],
    ["${prefix}/${prefix}*", { prefix: ["a", "b"] }, ["a/a*", "b/b*"]],
    ["${a}-${b}", { a: ["1", "2"], b: ["x", "y"] }, ["1-x", "1-y", "2-x", "2-y"]],
    ["*", {}, ["*"]],
    ["${a}", {}, []],
    // No value by an inherited name.
    ["${toString}", {}, []],
  ];
  for (const [template, values, expected] of table)
    it(`puts values where their names stand: ${template} ${JSON.stringify(values)}`, () => {
      assert.deepEqual(fill(template, values), expected);
    });

  for (const wide of ["*", "a*", "a?", "${aws:username}", "x${"]) {
    it(`refuses ${wide}, which matches more than itself`, () => {
      assert.throws(() => fill("arn:aws:s3:::${bucket}", { bucket: [wide] }), RangeError);
    });
  }
});

describe("filling a capability", () => {
  const photos: Values = { partition: ["aws"], owner: ["123456789012"], bucket: ["photos"] };

  it("refuses to leave out what has to be given", () => {
    assert.throws(() => fillCapability(capability("s3.list"), photos), RangeError);
    assert.throws(
      () => fillCapability(capability("s3.list"), { ...photos, owner: [], prefix: ["a"] }),
      RangeError,
    );
    assert.throws(
      () => fillCapability(capability("s3.list"), { ...photos, partition: [], prefix: ["a"] }),
      RangeError,
    );
  });

  it("leaves out a test on what need not be given, and on the prefix of every key", () => {
    const conditions = (prefix: string) =>
      fillCapability(capability("s3.list"), { ...photos, prefix: [prefix] }).map((each) => each.conditions);
    const owned = { StringEquals: { "aws:ResourceAccount": ["123456789012"] } };
    assert.deepEqual(conditions("in/"), [{ ...owned, StringLike: { "s3:prefix": ["in/", "in/*"] } }]);
    assert.deepEqual(conditions(""), [owned]);
    const train = {
      partition: ["aws"],
      region: ["us-east-1"],
      account: ["1"],
      executionRole: ["r"],
      jobs: ["a-"],
    };
    const first = (values: Values) => fillCapability(capability("sagemaker.train"), values)[0]?.conditions;
    assert.deepEqual(first(train), {});
    assert.deepEqual(first({ ...train, subnets: ["subnet-1", "subnet-2"], maxRuntime: ["60"] }), {
      "ForAllValues:StringEquals": { "sagemaker:VpcSubnets": ["subnet-1", "subnet-2"] },
      Null: { "sagemaker:VpcSubnets": ["false"] },
      NumericLessThanEquals: { "sagemaker:MaxRuntimeInSeconds": ["60"] },
    });
  });

  it("selects calls only where the capability has a choice", () => {
    const detect = (...calls: string[]) => fillCapability(capability("rekognition.detect"), { calls });
    assert.deepEqual(detect("DetectText"), [
      { effect: "Allow", actions: ["rekognition:DetectText"], resources: ["*"], conditions: {} },
    ]);
    assert.throws(() => detect(), RangeError);
    assert.throws(() => detect("CompareFaces"), RangeError);
  });
});

describe("a Sid", () => {
  const table: readonly (readonly [readonly string[], readonly string[], string])[] = [
    [["s3.read", "s3.write"], ["example-bucket", "images/2026"], "S3ReadWriteExampleBucketImages2026"],
    [["rekognition.detect"], [], "RekognitionDetect"],
    [["sagemaker.invokeEndpoint"], ["a--b"], "SagemakerInvokeEndpointAB"],
    [["s3.list"], ["photos", "Größe/"], "S3ListPhotosGrE"],
    [["s3.list"], ["x".repeat(100)], `S3ListX${"x".repeat(57)}`],
  ];
  for (const [capabilities, target, sid] of table) {
    it(`is ${sid}`, () => {
      assert.equal(readableSid(capabilities, target), sid);
    });
  }

  it("is numbered where it is taken, by the document's own or a raw one", () => {
    const name = (wanted: readonly string[], reserved: readonly string[]) =>
      nameUniquely(wanted, (sid) => sid, reserved).map(([sid]) => sid);
    assert.deepEqual(name(["A", "B", "A", "A"], []), ["A", "B", "A2", "A3"]);
    assert.deepEqual(name(["A", "A", "A2"], []), ["A", "A3", "A2"]);
    assert.deepEqual(name(["A", "B"], ["A", "A2", "C"]), ["A3", "B"]);
  });
});

describe("the statements", () => {
  const bucket = (prefix: string, access: Description["buckets"][number]["access"], name = "photos") => ({
    ...NOTHING,
    buckets: [{ name, prefix, access }],
  });
  const list = (prefix: string, sid: string) => ({
    Sid: sid,
    Effect: "Allow",
    Action: "s3:ListBucket",
    Resource: "arn:aws:s3:::photos",
    Condition: {
      StringEquals: { "aws:ResourceAccount": "123456789012" },
      StringLike: { "s3:prefix": [prefix, `${prefix}*`] },
    },
  });
  const objects = (prefix: string, sid: string, actions: string | readonly string[]) => ({
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: `arn:aws:s3:::photos/${prefix}*`,
    Condition: { StringEquals: { "aws:ResourceAccount": "123456789012" } },
  });
  const put = ["s3:AbortMultipartUpload", "s3:PutObject"];

  it("of list, read and write", () => {
    assert.deepEqual(writeStatements(bucket("in/", ["list"])), [list("in/", "S3ListPhotosIn")]);
    assert.deepEqual(writeStatements(bucket("in/", ["write"])), [objects("in/", "S3WritePhotosIn", put)]);
    const read = [list("in/", "S3ListPhotosIn"), objects("in/", "S3ReadPhotosIn", "s3:GetObject")];
    assert.deepEqual(writeStatements(bucket("in/", ["read"])), read);
    assert.deepEqual(writeStatements(bucket("in/", ["read", "list"])), read);
  });

  it("of a whole bucket", () => {
    assert.deepEqual(writeStatements(bucket("", ["read", "write"])), [
      // A listing that sends no prefix would not meet a condition on `s3:prefix`.
      {
        Sid: "S3ListPhotos",
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: "arn:aws:s3:::photos",
        Condition: { StringEquals: { "aws:ResourceAccount": "123456789012" } },
      },
      objects("", "S3ReadWritePhotos", ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]),
    ]);
  });

  it("of several prefixes stay apart, in the order of the prefixes", () => {
    const grants = [
      { name: "photos", prefix: "out/", access: ["write"] as const },
      { name: "photos", prefix: "in/", access: ["read"] as const },
      { name: "photos", prefix: "archive/", access: ["list"] as const },
    ];
    assert.deepEqual(writeStatements({ ...NOTHING, buckets: grants }), [
      list("archive/", "S3ListPhotosArchive"),
      list("in/", "S3ListPhotosIn"),
      objects("in/", "S3ReadPhotosIn", "s3:GetObject"),
      objects("out/", "S3WritePhotosOut", put),
    ]);
  });

  it("that differ in their resources only are one", () => {
    const endpoints = ["b", "a"];
    assert.deepEqual(
      writeStatements({ ...NOTHING, endpoints }).map(({ Sid, Resource }) => [Sid, Resource]),
      [
        [
          "SagemakerInvokeEndpoint",
          ["a", "b"].map((name) => `arn:aws:sagemaker:us-east-1:123456789012:endpoint/${name}`),
        ],
      ],
    );
  });

  it("of Rekognition's calls are one", () => {
    const rekognition = {
      detect: ["DetectText", "DetectModerationLabels", "DetectFaces"] as const,
      collections: [],
    };
    assert.deepEqual(writeStatements({ ...NOTHING, rekognition }), [
      {
        Sid: "RekognitionDetect",
        Effect: "Allow",
        Action: ["rekognition:DetectFaces", "rekognition:DetectModerationLabels", "rekognition:DetectText"],
        Resource: "*",
      },
    ]);
  });

  for (const [partition, region] of [
    ["aws", "eu-west-1"],
    ["aws-cn", "cn-north-1"],
    ["aws-us-gov", "us-gov-west-1"],
  ] as const) {
    it(`name only ARNs of ${partition}`, () => {
      const description: Description = {
        ...NOTHING,
        partition,
        region,
        buckets: [{ name: "photos", prefix: "in/", access: ["read"] }],
        endpoints: ["classifier"],
        rekognition: { detect: [], collections: ["products"] },
      };
      assert.deepEqual(
        writeStatements(description).map(({ Resource }) => Resource),
        [
          `arn:${partition}:s3:::photos`,
          `arn:${partition}:s3:::photos/in/*`,
          `arn:${partition}:sagemaker:${region}:123456789012:endpoint/classifier`,
          `arn:${partition}:rekognition:${region}:123456789012:collection/products`,
        ],
      );
      assert.deepEqual(trustDocument(description).Statement[0]?.Condition, {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnLike: { "aws:SourceArn": `arn:${partition}:sagemaker:${region}:123456789012:*` },
      });
    });
  }
});

describe("the documents", () => {
  it("end with the raw statements as they are, whose Sids come first", () => {
    const raw = [{ Resource: "*", Sid: "RekognitionDetect", Action: "s3:*", Effect: "Allow" }, { Effect: 7 }];
    const { Statement } = policyDocument({
      ...NOTHING,
      rekognition: { detect: ["DetectText"], collections: [] },
      statements: raw,
    });
    assert.deepEqual(Statement.slice(1), raw);
    assert.equal(Statement[0]?.Sid, "RekognitionDetect2");
  });

  for (const [trustedService, condition] of [
    [
      "sagemaker",
      {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnLike: { "aws:SourceArn": "arn:aws:sagemaker:us-east-1:123456789012:*" },
      },
    ],
    [
      "bedrock",
      {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnLike: { "aws:SourceArn": "arn:aws:bedrock:us-east-1:123456789012:model-invocation-job/*" },
      },
    ],
    ["rekognition", { StringEquals: { "aws:SourceAccount": "123456789012" } }],
  ] as const) {
    it(`trust ${trustedService} on behalf of the account alone`, () => {
      assert.deepEqual(trustDocument({ ...NOTHING, trustedService }), {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "TrustedService",
            Effect: "Allow",
            Principal: { Service: `${trustedService}.amazonaws.com` },
            Action: "sts:AssumeRole",
            Condition: condition,
          },
        ],
      });
    });
  }

  it("are measured without white space", () => {
    assert.deepEqual(sizeProblems("it", '{"a b":\t"c"}\r\n', 10), []);
    assert.deepEqual(sizeProblems("it", '{"a b":\t"c"}\r\n', 9), [
      "it has 10 characters, expected at most 9",
    ]);
  });

  it("may have 6144 characters and not one more", () => {
    const sized = (length: number) => {
      const statements = [{ Sid: "" }];
      const rest = JSON.stringify(policyDocument({ ...NOTHING, statements })).length;
      return writeDocuments({ ...NOTHING, statements: [{ Sid: "x".repeat(length - rest) }] });
    };
    assert.ok("identities" in sized(6144));
    assert.deepEqual(sized(6145), {
      problems: ["ai-workflow: the policy document has 6145 characters, expected at most 6144"],
    });
  });
});
