import * as assert from "node:assert/strict";

import { readDescription } from "../../stack/validate/description";
import { PLACE, VALID } from "./configurations";

const REGION = "a region such as `us-east-1`, `cn-north-1` or `us-gov-west-1`";
const ACCOUNT = "the 12 digits of an account, as a string in quotes";
const BUCKET = "a bucket name: 3 to 63 of `a-z`, `0-9`, `.` and `-`, the first and last a letter or digit";
const ENDPOINT = "an endpoint name: 1 to 63 of `a-z`, `0-9` and `-`, the first and last a letter or digit";
const COLLECTION = "a collection id: 1 to 255 of `a-z`, `A-Z`, `0-9`, `_`, `.` and `-`";
const DETECT =
  "one of `DetectFaces`, `DetectLabels`, `DetectModerationLabels`, `DetectProtectiveEquipment`, `DetectText`";
const NO_WILDCARD =
  "the literal start of object keys, no `*`, `?` or `${`: it covers all that starts with it";
const iamName = (kind: string, longest: number) =>
  `the name of a ${kind}: 1 to ${longest} letters, digits and \`_+=,.@-\`, no path or ARN`;

const bucket = (fields: object) => ({
  ...PLACE,
  "ai-workflow:buckets": [{ name: "example-bucket", access: ["read"], ...fields }],
});

function problemsOf(raw: Readonly<Record<string, unknown>>): readonly string[] {
  const read = readDescription(raw);
  return "problems" in read ? read.problems : [];
}

describe("a configuration", () => {
  it("that says little gets these defaults", () => {
    assert.deepEqual(
      readDescription({ ...PLACE, "ai-workflow:buckets": [{ name: "photos", access: ["read"] }] }),
      {
        description: {
          partition: "aws",
          region: "eu-central-1",
          account: "012345678901",
          buckets: [{ name: "photos", prefix: "", access: ["read"] }],
          endpoints: [],
          rekognition: { detect: [], collections: [] },
          uses: [],
          attachTo: { roles: [], users: [], groups: [] },
          statements: [],
          caller: {
            trustedServices: [],
            trustedRoles: [],
            attachTo: { roles: [], users: [], groups: [] },
            statements: [],
          },
          boundary: "generated",
          path: "/",
          tags: {},
          names: {},
        },
      },
    );
  });

  it("that says everything is read as it is, from JSON text as from values", () => {
    const values = {
      buckets: [{ name: "photos.2026", prefix: "in/Größe ", access: ["list", "write"] }],
      endpoints: ["image-classifier", "x"],
      rekognition: { detect: ["DetectText"], collections: ["Products_1.a-b"] },
      attachTo: { roles: ["etl"], users: ["ana@example.com"], groups: ["data"] },
      uses: [{ capability: "sagemaker.train", jobs: ["churn-"], maxRuntime: ["3600"] }],
      statements: [{ Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" }],
      caller: {
        trustedServices: ["states"],
        trustedRoles: ["ci/deployer"],
        attachTo: { roles: [], users: ["ana"], groups: [] },
        statements: [],
      },
      tags: { team: "vision" },
      names: { executionRole: "churn" },
    };
    const texts = {
      "aws:region": "eu-west-1",
      "ai-workflow:region": "us-gov-west-1",
      "ai-workflow:account": "123456789012",
      "ai-workflow:partition": "aws-us-gov",
      "ai-workflow:trustedService": "rekognition",
      "ai-workflow:boundary": "none",
      "ai-workflow:path": "/ai/",
      "ai-workflow:sessionDuration": "7200",
    };
    const expected = {
      description: {
        partition: "aws-us-gov",
        region: "us-gov-west-1",
        account: "123456789012",
        trustedService: "rekognition",
        boundary: "none",
        path: "/ai/",
        sessionDuration: 7200,
        ...values,
      },
    };
    const asValues = Object.entries(values).map(([key, value]) => [`ai-workflow:${key}`, value] as const);
    assert.deepEqual(readDescription({ ...texts, ...Object.fromEntries(asValues) }), expected);
    const asJson = asValues.map(([key, value]) => [key, JSON.stringify(value)] as const);
    assert.deepEqual(readDescription({ ...texts, ...Object.fromEntries(asJson) }), expected);
  });

  it("of another program's keys is not read", () => {
    assert.deepEqual(
      problemsOf({ ...VALID, "aws:profile": "x", "other:bukets": "y", "ai-workflow-2:z": "" }),
      [],
    );
  });
});

describe("the partition", () => {
  const table = [
    ["us-east-1", "aws"],
    ["ap-southeast-2", "aws"],
    ["il-central-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["cn-northwest-1", "aws-cn"],
    ["us-gov-east-1", "aws-us-gov"],
  ] as const;
  for (const [region, partition] of table) {
    it(`of ${region} is ${partition}`, () => {
      const read = readDescription({ ...VALID, "aws:region": region });
      assert.equal("description" in read && read.description.partition, partition);
    });
  }
});

describe("a bad configuration", () => {
  const table: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
    // Where the workflow runs
    ["has no region", { ...VALID, "aws:region": undefined }, [`aws:region: missing, expected ${REGION}`]],
    [
      "has a region of another partition",
      { ...VALID, "aws:region": "us-iso-east-1" },
      [`aws:region: found \`us-iso-east-1\`, expected ${REGION}`],
    ],
    [
      "has an unknown region, though the provider's is right",
      { ...VALID, "ai-workflow:region": "Frankfurt" },
      [`ai-workflow:region: found \`Frankfurt\`, expected ${REGION}`],
    ],
    [
      "has a pattern for a region",
      { ...VALID, "aws:region": "*" },
      [`aws:region: found \`*\`, expected ${REGION}`],
    ],
    [
      "has a partition that is not the region's",
      { ...VALID, "ai-workflow:partition": "aws-cn" },
      ["ai-workflow:partition: found `aws-cn`, expected `aws`, the partition of `eu-central-1`"],
    ],
    [
      "has a partition that does not exist",
      { ...VALID, "ai-workflow:partition": "azure" },
      ["ai-workflow:partition: found `azure`, expected one of `aws`, `aws-cn`, `aws-us-gov`"],
    ],
    [
      "has no account",
      { ...VALID, "ai-workflow:account": undefined },
      [`ai-workflow:account: missing, expected ${ACCOUNT}`],
    ],
    [
      "has an account that YAML read as a number",
      { ...VALID, "ai-workflow:account": 12345678901 },
      [`ai-workflow:account: found the number \`12345678901\`, expected ${ACCOUNT}`],
    ],
    [
      "has an account number of twelve digits that is no string",
      { ...VALID, "ai-workflow:account": 123456789012 },
      [`ai-workflow:account: found the number \`123456789012\`, expected ${ACCOUNT}`],
    ],
    [
      "has an account with dashes",
      { ...VALID, "ai-workflow:account": "1234-5678-9012" },
      [`ai-workflow:account: found \`1234-5678-9012\`, expected ${ACCOUNT}`],
    ],
    [
      "has an account of thirteen digits",
      { ...VALID, "ai-workflow:account": "1234567890123" },
      [`ai-workflow:account: found \`1234567890123\`, expected ${ACCOUNT}`],
    ],
    [
      "has an empty account",
      { ...VALID, "ai-workflow:account": "" },
      [`ai-workflow:account: found an empty string, expected ${ACCOUNT}`],
    ],
    [
      "trusts a service that has no use for the role",
      { ...VALID, "ai-workflow:trustedService": "ec2" },
      ["ai-workflow:trustedService: found `ec2`, expected one of `bedrock`, `rekognition`, `sagemaker`"],
    ],

    // Keys
    [
      "has a key that is nearly right",
      { ...VALID, "ai-workflow:endpoint": "[]" },
      ["ai-workflow:endpoint: found the key `endpoint`, expected `endpoints`"],
    ],
    [
      "has a key like no other",
      { ...VALID, "ai-workflow:administrator": "true" },
      [
        "ai-workflow:administrator: found the key `administrator`, expected one of `region`, `account`, `partition`, `trustedService`, `buckets`, `endpoints`, `rekognition`, `uses`, `statements`, `attachTo`, `caller`, `boundary`, `path`, `tags`, `sessionDuration`, `names`",
      ],
    ],
    [
      "has a wrong key in a bucket",
      bucket({ prefx: "images/" }),
      ["ai-workflow:buckets[0].prefx: found the key `prefx`, expected `prefix`"],
    ],
    [
      "has an inherited name for a key",
      { ...PLACE, "ai-workflow:buckets": '[{"name":"photos","access":["read"],"__proto__":{"prefix":"x"}}]' },
      [
        "ai-workflow:buckets[0].__proto__: found the key `__proto__`, expected one of `name`, `prefix`, `access`, `owner`, `key`, `side`",
      ],
    ],
    [
      "has a wrong key in rekognition and attachTo",
      { ...VALID, "ai-workflow:rekognition": { detects: [] }, "ai-workflow:attachTo": { role: ["etl"] } },
      [
        "ai-workflow:rekognition.detects: found the key `detects`, expected `detect`",
        "ai-workflow:attachTo.role: found the key `role`, expected `roles`",
      ],
    ],

    // Structure
    [
      "has malformed JSON",
      { ...PLACE, "ai-workflow:buckets": '[{"name": ', "ai-workflow:endpoints": "image-classifier" },
      [
        'ai-workflow:buckets: found `[{"name": `, expected a list of buckets, in YAML or JSON',
        "ai-workflow:endpoints: found `image-classifier`, expected a list of endpoint names, in YAML or JSON",
      ],
    ],
    [
      "has other structures than it should",
      {
        ...PLACE,
        "ai-workflow:buckets": { name: "photos" },
        "ai-workflow:endpoints": "7",
        "ai-workflow:rekognition": ["DetectText"],
        "ai-workflow:statements": [{ Effect: "Allow" }, "s3:*", null],
        "ai-workflow:attachTo": "null",
      },
      [
        'ai-workflow:buckets: found the object `{"name":"photos"}`, expected a list of buckets',
        "ai-workflow:endpoints: found the number `7`, expected a list of endpoint names",
        'ai-workflow:rekognition: found the list `["DetectText"]`, expected an object with `detect`, `collections` or both',
        "ai-workflow:statements[1]: found `s3:*`, expected an IAM statement",
        "ai-workflow:statements[2]: found nothing, expected an IAM statement",
        "ai-workflow:attachTo: found nothing, expected an object with `roles`, `users` or `groups`",
      ],
    ],
    [
      "has buckets that are no objects",
      { ...PLACE, "ai-workflow:buckets": ["photos", null, ["x"]] },
      [
        "ai-workflow:buckets[0]: found `photos`, expected a bucket: `name`, `prefix`, `access`",
        "ai-workflow:buckets[1]: found nothing, expected a bucket: `name`, `prefix`, `access`",
        'ai-workflow:buckets[2]: found the list `["x"]`, expected a bucket: `name`, `prefix`, `access`',
      ],
    ],
    [
      "grants nothing",
      PLACE,
      [
        "ai-workflow: nothing is granted, expected one of `buckets`, `endpoints`, `rekognition`, `uses`, `statements`",
      ],
    ],
    [
      "grants nothing with many words",
      {
        ...PLACE,
        "ai-workflow:buckets": [],
        "ai-workflow:endpoints": [],
        "ai-workflow:rekognition": { detect: [], collections: [] },
        "ai-workflow:statements": [],
        "ai-workflow:attachTo": { roles: ["etl"] },
      },
      [
        "ai-workflow: nothing is granted, expected one of `buckets`, `endpoints`, `rekognition`, `uses`, `statements`",
      ],
    ],

    // Buckets
    ...[
      ["ab", BUCKET],
      ["a".repeat(64), BUCKET],
      ["Photos", BUCKET],
      ["photos_2026", BUCKET],
      ["-photos", BUCKET],
      ["photos.", BUCKET],
      ["photos*", BUCKET],
      ["photos/images", BUCKET],
      ["arn:aws:s3:::photos", BUCKET],
      ["photo?", BUCKET],
      ["${aws:username}", BUCKET],
      ["photos\n", BUCKET],
      ["pho..tos", "a bucket name without `..`"],
      ["192.168.5.4", "a bucket name that is not an IP address"],
      ["photos-abc-s3alias", "the name of a general purpose bucket, without a reserved prefix or suffix"],
      ["photos--usw2-az1--x-s3", "the name of a general purpose bucket, without a reserved prefix or suffix"],
      ["xn--photos", "the name of a general purpose bucket, without a reserved prefix or suffix"],
    ].map(
      ([name = "", expected = ""]) =>
        [
          `has a bucket ${JSON.stringify(name)}`,
          bucket({ name }),
          [`ai-workflow:buckets[0].name: found \`${name.replace("\n", "\\u{a}")}\`, expected ${expected}`],
        ] as const,
    ),
    [
      "leaves a bucket's name and access out",
      { ...PLACE, "ai-workflow:buckets": [{ prefix: "x/" }, { name: 7, access: [] }] },
      [
        `ai-workflow:buckets[0].name: missing, expected ${BUCKET}`,
        "ai-workflow:buckets[0].access: missing, expected a list of `list`, `read`, `readVersions`, `write`, `delete`, `location`",
        `ai-workflow:buckets[1].name: found the number \`7\`, expected ${BUCKET}`,
        "ai-workflow:buckets[1].access: found the list `[]`, expected a list of `list`, `read`, `readVersions`, `write`, `delete`, `location`",
      ],
    ],
    [
      "has unknown and repeated access",
      bucket({ access: ["read", "purge", "read", "*"] }),
      [
        "ai-workflow:buckets[0].access[1]: found `purge`, expected one of `list`, `read`, `readVersions`, `write`, `delete`, `location`",
        "ai-workflow:buckets[0].access[2]: found `read`, expected it once, it is in ai-workflow:buckets[0].access[0]",
        "ai-workflow:buckets[0].access[3]: found `*`, expected one of `list`, `read`, `readVersions`, `write`, `delete`, `location`",
      ],
    ],
    [
      "has access that is no list",
      bucket({ access: "read" }),
      [
        "ai-workflow:buckets[0].access: found `read`, expected a list of `list`, `read`, `readVersions`, `write`, `delete`, `location`",
      ],
    ],
    ...["images/*", "image?/", "${aws:userid}/"].map(
      (prefix) =>
        [
          `has a prefix ${prefix}`,
          bucket({ prefix }),
          [`ai-workflow:buckets[0].prefix: found \`${prefix}\`, expected ${NO_WILDCARD}`],
        ] as const,
    ),
    [
      "has a prefix that no IAM document can hold",
      bucket({ prefix: "画像/" }),
      [
        "ai-workflow:buckets[0].prefix: found `画像/`, expected the literal start of object keys, in the printable characters up to U+00FF that a policy can hold",
      ],
    ],
    [
      "has a prefix longer than a key can be",
      bucket({ prefix: "é".repeat(513) }),
      [
        `ai-workflow:buckets[0].prefix: found \`${"é".repeat(79)}…\`, expected the literal start of object keys, at most 1024 bytes`,
      ],
    ],
    [
      "has a prefix that is no text",
      bucket({ prefix: null }),
      ["ai-workflow:buckets[0].prefix: found nothing, expected the literal start of object keys"],
    ],
    [
      "has a bucket and prefix twice",
      {
        ...PLACE,
        "ai-workflow:buckets": [
          { name: "photos", prefix: "a/", access: ["read"] },
          { name: "photos", prefix: "b/", access: ["read"] },
          { name: "photos", prefix: "a/", access: ["write"] },
        ],
      },
      ["ai-workflow:buckets[2]: found `photos/a/`, expected it once, it is in ai-workflow:buckets[0]"],
    ],

    // Endpoints and Rekognition
    [
      "has wrong endpoint names",
      {
        ...PLACE,
        "ai-workflow:endpoints": [
          "ImageClassifier",
          "-x",
          "x-",
          "a_b",
          "a".repeat(64),
          "*",
          "",
          5,
          "ok",
          "ok",
        ],
      },
      [
        "ai-workflow:endpoints[0]: found `ImageClassifier`, expected `imageclassifier`: SageMaker writes it in lower case in ARNs, so no other spelling ever matches",
        `ai-workflow:endpoints[1]: found \`-x\`, expected ${ENDPOINT}`,
        `ai-workflow:endpoints[2]: found \`x-\`, expected ${ENDPOINT}`,
        `ai-workflow:endpoints[3]: found \`a_b\`, expected ${ENDPOINT}`,
        `ai-workflow:endpoints[4]: found \`${"a".repeat(64)}\`, expected ${ENDPOINT}`,
        `ai-workflow:endpoints[5]: found \`*\`, expected ${ENDPOINT}`,
        `ai-workflow:endpoints[6]: found an empty string, expected ${ENDPOINT}`,
        `ai-workflow:endpoints[7]: found the number \`5\`, expected ${ENDPOINT}`,
        "ai-workflow:endpoints[9]: found `ok`, expected it once, it is in ai-workflow:endpoints[8]",
      ],
    ],
    [
      "has unknown and repeated Rekognition calls and collections",
      {
        ...PLACE,
        "ai-workflow:rekognition": {
          detect: ["DetectCustomLabels", "detecttext", "DetectText", "DetectText"],
          collections: ["products*", "a b", "x".repeat(256), "products", "products"],
        },
      },
      [
        `ai-workflow:rekognition.detect[0]: found \`DetectCustomLabels\`, expected ${DETECT}`,
        `ai-workflow:rekognition.detect[1]: found \`detecttext\`, expected ${DETECT}`,
        "ai-workflow:rekognition.detect[3]: found `DetectText`, expected it once, it is in ai-workflow:rekognition.detect[2]",
        `ai-workflow:rekognition.collections[0]: found \`products*\`, expected ${COLLECTION}`,
        `ai-workflow:rekognition.collections[1]: found \`a b\`, expected ${COLLECTION}`,
        `ai-workflow:rekognition.collections[2]: found \`${"x".repeat(79)}…\`, expected ${COLLECTION}`,
        "ai-workflow:rekognition.collections[4]: found `products`, expected it once, it is in ai-workflow:rekognition.collections[3]",
      ],
    ],

    // Attachments
    [
      "attaches to wrong names",
      {
        ...VALID,
        "ai-workflow:attachTo": {
          roles: ["service-role/etl", "r".repeat(65), "etl", "Etl"],
          users: ["arn:aws:iam::123456789012:user/ana", "u".repeat(65)],
          groups: ["g".repeat(129), "a*"],
        },
      },
      [
        `ai-workflow:attachTo.roles[0]: found \`service-role/etl\`, expected ${iamName("role", 64)}`,
        `ai-workflow:attachTo.roles[1]: found \`${"r".repeat(65)}\`, expected ${iamName("role", 64)}`,
        "ai-workflow:attachTo.roles[3]: found `Etl`, expected it once, it is in ai-workflow:attachTo.roles[2]",
        `ai-workflow:attachTo.users[0]: found \`arn:aws:iam::123456789012:user/ana\`, expected ${iamName("user", 64)}`,
        `ai-workflow:attachTo.users[1]: found \`${"u".repeat(65)}\`, expected ${iamName("user", 64)}`,
        `ai-workflow:attachTo.groups[0]: found \`${"g".repeat(79)}…\`, expected ${iamName("group", 128)}`,
        `ai-workflow:attachTo.groups[1]: found \`a*\`, expected ${iamName("group", 128)}`,
      ],
    ],

    // Echoes
    [
      "cannot forge a line or a quotation of the report",
      { ...VALID, "ai-workflow:account": "1`\nai-workflow: all is well", "ai-workflow:a\u2028`b": "" },
      [
        "ai-workflow:a\\u{2028}'b: found the key `a\\u{2028}'b`, expected one of `region`, `account`, `partition`, `trustedService`, `buckets`, `endpoints`, `rekognition`, `uses`, `statements`, `attachTo`, `caller`, `boundary`, `path`, `tags`, `sessionDuration`, `names`",
        `ai-workflow:account: found \`1'\\u{a}ai-workflow: all is well\`, expected ${ACCOUNT}`,
      ],
    ],
    [
      "is echoed no further than 80 characters",
      { ...VALID, "ai-workflow:account": { secret: "s".repeat(500) } },
      [`ai-workflow:account: found the object \`{"secret":"${"s".repeat(68)}…\`, expected ${ACCOUNT}`],
    ],
  ];
  for (const [name, config, lines] of table) {
    it(name, () => {
      assert.deepEqual(problemsOf(config), lines);
    });
  }

  it("is reported whole: nothing hides what comes after it", () => {
    assert.equal(
      problemsOf({
        "aws:region": "x",
        "ai-workflow:account": "x",
        "ai-workflow:trustedService": "x",
        "ai-workflow:buckets": "x",
        "ai-workflow:endpoints": ["X*"],
        "ai-workflow:rekognition": { detect: ["x"] },
        "ai-workflow:attachTo": { users: ["/"] },
        "ai-workflow:x": "x",
      }).length,
      8,
    );
  });
});
