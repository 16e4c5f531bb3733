/** What stands at a limit, of IAM or of the stack: taken rightly, and then the pack finds nothing, or refused in one line. */
import * as assert from "node:assert/strict";

import { AiWorkflow } from "../../stack/components/ai-workflow";
import { writeDocuments } from "../../stack/grants/documents";
import { size } from "../../stack/grants/fit";
import { readDescription } from "../../stack/validate/description";
import { findings } from "./judge";
import { run } from "./program";

type Values = Readonly<Record<string, unknown>>;
const PLACE = { region: "us-east-1", account: "123456789012" };
const numbered = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));
/** A name of so many characters that is unlike any other. */
const long = (length: number, start: string, index: number): string =>
  `${start}-${index}-`.padEnd(length - 1, "x") + "x";
const bucket = (fields: object): Values => ({
  buckets: [{ name: "example-bucket", access: ["read"], ...fields }],
});

/** The group of each policy, by side, where none is too long and the pack has nothing against any; or the problems. */
function outcome(values: Values): Readonly<Record<string, readonly string[]>> | readonly string[] {
  const named = Object.entries({ ...PLACE, ...values }).map(([key, value]) => [`ai-workflow:${key}`, value]);
  const read = readDescription(Object.fromEntries(named) as Values);
  if ("problems" in read) return read.problems;
  const written = writeDocuments(read.description);
  if ("problems" in written) return written.problems;
  const sides = written.identities.map(({ side, policies, trust, boundary }) => {
    const documents = [...policies.map(({ json }) => json), ...(boundary === undefined ? [] : [boundary])];
    assert.deepEqual(
      documents.flatMap((json) => findings(json)),
      [],
    );
    assert.deepEqual(trust === undefined ? [] : findings(trust, "trust"), []);
    for (const json of documents) assert.ok(size(json) <= 6144);
    return [side, policies.map(({ group }) => group)] as const;
  });
  return Object.fromEntries(sides);
}

const ELEVEN = [
  ...["s3.list", "s3.write", "s3.readVersions"].map((capability) => ({
    capability,
    bucket: numbered(55, (index) => long(63, capability.toLowerCase(), index)),
    prefix: "in/",
  })),
  ...["invokeEndpoint", "invokeStream", "invokeAsync"].map((call) => ({
    capability: `sagemaker.${call}`,
    endpoint: numbered(48, (index) => long(63, call.toLowerCase(), index)),
  })),
  ...["readFeatures", "writeFeatures"].map((call) => ({
    capability: `sagemaker.${call}`,
    featureGroup: numbered(46, (index) => long(63, call.toLowerCase(), index)),
  })),
  ...["searchFaces", "indexFaces"].map((call) => ({
    capability: `rekognition.${call}`,
    collection: numbered(30, (index) => long(120, call, index)),
  })),
  {
    capability: "sns.publish",
    topic: numbered(50, (index) => `arn:aws:sns:us-east-1:123456789012:${long(63, "topic", index)}`),
  },
];

const IN_CHINA = { region: "cn-north-1" };
const IN_GOVCLOUD = { region: "us-gov-west-1" };
const GUARDRAIL = "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:guardrail/abc123def456";
const geo = (...destinations: readonly string[]): Values => ({
  ...IN_GOVCLOUD,
  uses: [
    {
      capability: "bedrock.invokeGeoProfile",
      modelId: "amazon.nova-lite-v1:0",
      geography: "us-gov",
      destinations,
      guardrail: GUARDRAIL,
    },
  ],
});
const started = (trustedRoles: readonly string[]): Values => ({
  uses: [{ capability: "sagemaker.runPipeline", pipeline: "churn" }],
  caller: { trustedRoles },
});

const NO_WILDCARD =
  "the literal start of object keys, no `*`, `?` or `${`: it covers all that starts with it";
const ONE = { execution: [""] };

describe("what is taken, and passes the pack", () => {
  const table: readonly (readonly [string, Values, Readonly<Record<string, readonly string[]>>])[] = [
    [
      "a hundred buckets, in one policy",
      { buckets: numbered(100, (index) => ({ name: `bucket-${index}`, prefix: "in/", access: ["read"] })) },
      ONE,
    ],
    [
      "a hundred buckets of long names, in a policy for each capability",
      {
        boundary: "none",
        buckets: numbered(100, (index) => ({
          name: long(36, "b", index),
          prefix: "",
          access: ["list", "read"],
        })),
      },
      { execution: ["", "s3.read"] },
    ],
    [
      "a prefix within another, and both within the whole bucket",
      {
        buckets: ["in/", "in/a/", ""].map((prefix) => ({ name: "example-bucket", prefix, access: ["read"] })),
      },
      ONE,
    ],
    [
      "prefixes of one use, one within the other",
      { uses: [{ capability: "s3.read", bucket: "example-bucket", prefix: ["in/a/", "in/"] }] },
      ONE,
    ],
    [
      "what is said in two ways, once",
      {
        ...bucket({ prefix: "in/" }),
        uses: [{ capability: "s3.read", bucket: "example-bucket", prefix: "in/" }],
      },
      ONE,
    ],
    // Object keys are text, of which a slash and a dot are a part like any other:
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
    ...["../in/", "in/../", "/in/", "in//", "Größe/ÿ", "a b", "$", "{x}", "é".repeat(512)].map(
      (prefix) => [`the prefix ${prefix.slice(0, 20)}`, bucket({ prefix }), ONE] as const,
    ),
    ["an endpoint of one letter, and one of 63", { endpoints: ["x", long(63, "x", 0)] }, ONE],
    [
      "what China has",
      {
        ...IN_CHINA,
        ...bucket({}),
        endpoints: ["x"],
        uses: [{ capability: "transcribe.stream" }, { capability: "polly.synthesize" }],
      },
      ONE,
    ],
    ["a profile of GovCloud in GovCloud", geo("us-gov-east-1", "us-gov-west-1"), ONE],
    [
      "tags as long as they may be, and an empty one",
      { ...bucket({}), tags: { ["n".repeat(128)]: "v".repeat(256), empty: "" } },
      ONE,
    ],
    ["a session of an hour", { ...bucket({}), sessionDuration: 3600 }, ONE],
    ["a session of twelve hours, as text", { ...bucket({}), sessionDuration: "43200" }, ONE],
    ["a path of 512 characters", { ...bucket({}), path: `/${"p".repeat(510)}/` }, ONE],
    [
      "ten policies",
      { boundary: "none", uses: ELEVEN.slice(1) },
      {
        execution: [
          "",
          "s3",
          "s3.write",
          "rekognition",
          "rekognition.searchFaces",
          "sagemaker",
          "sagemaker.invokeEndpoint",
          "sagemaker.invokeAsync",
          "sagemaker.invokeStream",
          "sagemaker.readFeatures",
        ],
      },
    ],
    [
      "a trust policy of nearly 2048 characters",
      started(numbered(19, (index) => long(64, "role", index))),
      { caller: [""] },
    ],
  ];
  for (const [what, values, expected] of table)
    it(what, () => {
      assert.deepEqual(outcome(values), expected);
    });
});

describe("what is refused", () => {
  const table: readonly (readonly [string, Values, readonly string[]])[] = [
    [
      "nothing at all",
      {},
      [
        "ai-workflow: nothing is granted, expected one of `buckets`, `endpoints`, `rekognition`, `uses`, `statements`",
      ],
    ],
    [
      "a hundred buckets of the longest names",
      {
        boundary: "none",
        buckets: numbered(100, (index) => ({
          name: long(63, "b", index),
          prefix: "in/",
          access: ["read", "write"],
        })),
      },
      [
        "ai-workflow: the policy document has 8120 characters (s3.list 8120), expected at most 6144",
        "ai-workflow: the policy document of `s3.read` has 8577 characters (s3.read 8577), expected at most 6144",
        "ai-workflow: the policy document of `s3.write` has 8606 characters (s3.write 8606), expected at most 6144",
      ],
    ],
    [
      "a boundary of a hundred buckets",
      { buckets: numbered(100, (index) => ({ name: long(36, "b", index), access: ["list", "read"] })) },
      [
        "ai-workflow:boundary: found `generated`, which has 10887 characters for the execution role, expected at most 6144: `none`, or the ARN of an existing policy",
      ],
    ],
    [
      "a bucket twice",
      {
        buckets: [
          { name: "photos", access: ["read"] },
          { name: "photos", prefix: "", access: ["write"] },
        ],
      },
      ["ai-workflow:buckets[1]: found `photos/`, expected it once, it is in ai-workflow:buckets[0]"],
    ],
    [
      "a prefix twice, in a list",
      { uses: [{ capability: "s3.read", bucket: "photos", prefix: ["in/", "in/"] }] },
      [
        "ai-workflow:uses[0].prefix[1]: found `in/`, expected it once, it is in ai-workflow:uses[0].prefix[0]",
      ],
    ],
    [
      "a use twice",
      {
        uses: [
          { capability: "s3.read", bucket: "photos", prefix: "in/" },
          { prefix: ["in/"], bucket: ["photos"], capability: "s3.read" },
        ],
      },
      [
        'ai-workflow:uses[1]: found `{"capability":"s3.read","bucket":["photos"],"prefix":["in/"]}`, expected it once, it is in ai-workflow:uses[0]',
      ],
    ],
    ...["*", "in/*", "in/?", "${aws:username}/"].map(
      (prefix) =>
        [
          `the prefix ${prefix}`,
          bucket({ prefix }),
          [`ai-workflow:buckets[0].prefix: found \`${prefix}\`, expected ${NO_WILDCARD}`],
        ] as const,
    ),
    [
      "a prefix beyond U+00FF",
      bucket({ prefix: "画像/" }),
      [
        "ai-workflow:buckets[0].prefix: found `画像/`, expected the literal start of object keys, in the printable characters up to U+00FF that a policy can hold",
      ],
    ],
    [
      "a prefix with a line end",
      bucket({ prefix: "in/\n" }),
      [
        "ai-workflow:buckets[0].prefix: found `in/\\u{a}`, expected the literal start of object keys, in the printable characters up to U+00FF that a policy can hold",
      ],
    ],
    [
      "a prefix of 1025 bytes",
      bucket({ prefix: `${"é".repeat(512)}x` }),
      [
        "ai-workflow:buckets[0].prefix: found `ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé…`, expected the literal start of object keys, at most 1024 bytes",
      ],
    ],
    [
      "a bucket in upper case",
      bucket({ name: "Photos" }),
      [
        "ai-workflow:buckets[0].name: found `Photos`, expected a bucket name: 3 to 63 of `a-z`, `0-9`, `.` and `-`, the first and last a letter or digit",
      ],
    ],
    [
      "what China does not have",
      {
        ...IN_CHINA,
        rekognition: { detect: ["DetectText"] },
        trustedService: "bedrock",
        uses: [
          { capability: "bedrock.invoke", modelId: "amazon.nova-lite-v1:0" },
          { capability: "textract.analyze", calls: "AnalyzeID" },
          { capability: "comprehend.detect", calls: "DetectSentiment" },
          { capability: "translate.text" },
        ],
      },
      [
        "ai-workflow:uses[0].capability: found `bedrock.invoke`, expected what the partition `aws-cn` has",
        "ai-workflow:uses[1].capability: found `textract.analyze`, expected what the partition `aws-cn` has",
        "ai-workflow:uses[2].capability: found `comprehend.detect`, expected what the partition `aws-cn` has",
        "ai-workflow:uses[3].capability: found `translate.text`, expected what the partition `aws-cn` has",
        "ai-workflow:trustedService: found `bedrock`, expected what the partition `aws-cn` has",
        "ai-workflow:rekognition: found `rekognition`, expected what the partition `aws-cn` has",
      ],
    ],
    [
      "a global profile in GovCloud",
      {
        ...IN_GOVCLOUD,
        uses: [{ capability: "bedrock.invokeGlobalProfile", modelId: "amazon.nova-lite-v1:0" }],
      },
      [
        "ai-workflow:uses[0].capability: found `bedrock.invokeGlobalProfile`, expected what the partition `aws-us-gov` has",
      ],
    ],
    [
      "a profile that leads out of GovCloud",
      geo("us-gov-west-1", "us-east-1"),
      [
        "ai-workflow:uses[0].destinations: found `us-east-1`, expected a region of the partition `aws-us-gov`",
      ],
    ],
    [
      "eleven policies",
      { boundary: "none", uses: ELEVEN },
      ["ai-workflow: the execution role has 11 policies, expected at most 10"],
    ],
    [
      "a trust policy of more than 2048 characters",
      started(numbered(20, (index) => long(64, "role", index))),
      ["ai-workflow: the trust policy of the caller has 2086 characters, expected at most 2048"],
    ],
    [
      "tags that are too long, and of the component",
      {
        ...bucket({}),
        tags: {
          ["n".repeat(129)]: "x",
          long: "v".repeat(257),
          "aws:x": "y",
          workflow: "mine",
          team: "a",
          Team: "b",
        },
      },
      [
        "ai-workflow:tags.nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…: found `nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…`, expected the name of a tag: 1 to 128 letters, digits, spaces and `_.:/=+@-`",
        "ai-workflow:tags.long: found `vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv…`, expected the value of a tag: at most 256 letters, digits, spaces and `_.:/=+@-`",
        "ai-workflow:tags.aws:x: found `aws:x`, expected a tag that does not begin with `aws:`",
        "ai-workflow:tags.workflow: found `workflow`, expected another name: `Workflow` is set by the component",
        "ai-workflow:tags.Team: found `Team`, expected it once, it is in ai-workflow:tags.team",
      ],
    ],
    [
      "more tags than there is room for",
      { ...bucket({}), tags: Object.fromEntries(numbered(41, (index) => [`t${index}`, "x"])) },
      [
        'ai-workflow:tags: found the object `{"t0":"x","t1":"x","t2":"x","t3":"x","t4":"x","t5":"x","t6":"x","t7":"x","t8":"…`, expected an object of at most 40 tags',
      ],
    ],
    ...(
      [
        [3599, "the number `3599`"],
        [43_201, "the number `43201`"],
        [3600.5, "the number `3600.5`"],
        ["1h", "`1h`"],
        [" 3600", "` 3600`"],
        ["0x1000", "`0x1000`"],
        ["", "an empty string"],
      ] as const
    ).map(
      ([sessionDuration, found]) =>
        [
          `a session of ${JSON.stringify(sessionDuration)}`,
          { ...bucket({}), sessionDuration },
          [`ai-workflow:sessionDuration: found ${found}, expected a number of seconds from 3600 to 43200`],
        ] as const,
    ),
    [
      "a path of 513 characters",
      { ...bucket({}), path: `/${"p".repeat(511)}/` },
      [
        "ai-workflow:path: found `/pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp…`, expected a path that starts and ends with `/`, such as `/ai-workflows/`, of at most 512 characters",
      ],
    ],
  ];
  for (const [what, values, lines] of table)
    it(what, () => {
      assert.deepEqual(outcome(values), lines);
    });
});
describe("the name of a role", () => {
  const make = (name: string, more: object) =>
    run({}, "preview", "dev", () => ({
      workflow: new AiWorkflow(name, { ...PLACE, endpoints: ["x"], ...more }),
    }));

  it("that is made of a long one is refused where it is too long", async () => {
    const name = "w".repeat(39);
    const { error, resources } = await make(name, {});
    assert.equal(
      (error as Error).message,
      `AiWorkflow(${name}).names.executionRole: found the name \`ai-workflow-dev-${name}-execution\` of 65 characters, expected at most 64`,
    );
    assert.deepEqual(resources, []);
    assert.equal((await make("w".repeat(38), {})).error, undefined);
  });

  it("is of no account where there is no such role, or another name is given", async () => {
    const { error, resources } = await make("w".repeat(60), { names: { executionRole: "r".repeat(64) } });
    assert.equal(error, undefined);
    assert.deepEqual(
      resources.flatMap(({ type, inputs }) => (type.endsWith(":Role") ? [inputs["name"]] : [])),
      ["r".repeat(64)],
    );
  });
});
