import * as assert from "node:assert/strict";

import { type Description } from "../../stack/description";
import { policyDocument, sizeProblems, trustDocument, writeDocuments } from "../../stack/grants/documents";
import { fill, fillCapability } from "../../stack/grants/fill";
import { nameUniquely, readableSid } from "../../stack/grants/sid";
import { writeStatements } from "../../stack/grants/statements";

const NOTHING: Description = {
  partition: "aws",
  region: "us-east-1",
  account: "123456789012",
  buckets: [],
  endpoints: [],
  rekognition: { detect: [], collections: [] },
  attachTo: { roles: [], users: [], groups: [] },
  trustedService: "sagemaker",
  statements: [],
};

describe("fill", () => {
  it("puts values where their names stand", () => {
    assert.equal(
      fill("arn:${partition}:s3:::${bucket}", { partition: "aws-cn", bucket: "b" }),
      "arn:aws-cn:s3:::b",
    );
    assert.equal(fill("${prefix}/${prefix}*", { prefix: "" }), "/*");
    assert.equal(fill("*", {}), "*");
  });

  it("does not compile, and does not run, with a value left out", () => {
    const partition = { partition: "aws" };
    // @ts-expect-error -- bucket is missing
    assert.throws(() => fill("arn:${partition}:s3:::${bucket}", partition), RangeError);
    const bucket = { partition: "aws", account: "123456789012", bucket: "photos" };
    // @ts-expect-error -- prefix is missing
    assert.throws(() => fillCapability("s3.list", bucket), RangeError);
    // @ts-expect-error -- no such capability
    assert.throws(() => fillCapability("s3.everything", bucket), RangeError);
  });

  it("knows no value by an inherited name", () => {
    assert.throws(
      () => fill("${toString}", Object.create({ toString: "x" }) as { toString: string }),
      RangeError,
    );
  });

  for (const wide of ["*", "a*", "a?", "${aws:username}", "x${"]) {
    it(`refuses ${wide}, which matches more than itself`, () => {
      assert.throws(() => fill("arn:aws:s3:::${bucket}", { bucket: wide }), RangeError);
    });
  }

  it("selects actions only where the capability has a choice", () => {
    assert.deepEqual(fillCapability("rekognition.detect", {}, ["rekognition:DetectText"]), [
      { actions: ["rekognition:DetectText"], resources: ["*"], conditions: {} },
    ]);
    assert.deepEqual(fillCapability("rekognition.detect", {}, []), []);
    assert.throws(() => fillCapability("rekognition.detect", {}, ["rekognition:CompareFaces"]), RangeError);
    const values = { partition: "aws", account: "1", bucket: "b", prefix: "" };
    assert.throws(() => fillCapability("s3.read", values, ["s3:GetObject"]), RangeError);
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
        Sid: "S3ListAllPhotos",
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

  it("of names that look alike in a Sid have different Sids", () => {
    const endpoints = ["a-b", "a--b"];
    assert.deepEqual(
      writeStatements({ ...NOTHING, endpoints }).map(({ Sid, Resource }) => [Sid, Resource]),
      [
        ["SagemakerInvokeEndpointAB", "arn:aws:sagemaker:us-east-1:123456789012:endpoint/a--b"],
        ["SagemakerInvokeEndpointAB2", "arn:aws:sagemaker:us-east-1:123456789012:endpoint/a-b"],
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
      "ai-workflow: it has 10 characters, expected at most 9",
    ]);
  });

  it("may have 6144 characters and not one more", () => {
    const sized = (length: number) => {
      const statements = [{ Sid: "" }];
      const rest = JSON.stringify(policyDocument({ ...NOTHING, statements })).length;
      return writeDocuments({ ...NOTHING, statements: [{ Sid: "x".repeat(length - rest) }] });
    };
    assert.ok("documents" in sized(6144));
    assert.deepEqual(sized(6145), {
      problems: ["ai-workflow: the policy document has 6145 characters, expected at most 6144"],
    });
  });
});
