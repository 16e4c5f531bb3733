/** `prove` of what the engine has written of a stack, against what it was before. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith, type Ran, run } from "./run";

interface Resource {
  readonly urn: string;
  readonly type: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  propertyDependencies?: Record<string, readonly string[]>;
}
const BASE = "urn:pulumi:dev::p::";
const TYPES = {
  role: "aws:iam/role:Role",
  user: "aws:iam/user:User",
  policy: "aws:iam/policy:Policy",
  attached: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  group: "aws:iam/group:Group",
  groupPolicy: "aws:iam/groupPolicy:GroupPolicy",
  joins: "aws:iam/userGroupMembership:UserGroupMembership",
  bucket: "aws:s3/bucketPolicy:BucketPolicy",
} as const;
const urnOf = (type: keyof typeof TYPES, name: string): string => `${BASE}${TYPES[type]}::${name}`;
const resource = (type: keyof typeof TYPES, name: string, inputs: Record<string, unknown>): Resource => ({
  urn: urnOf(type, name),
  type: TYPES[type],
  inputs,
  outputs: inputs,
});
const text = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = (action: string, resources = "arn:aws:s3:::example-bucket/images/*"): object => ({
  Effect: "Allow",
  Action: action,
  Resource: resources,
});
const deny = (action: string): object => ({ Effect: "Deny", Action: action, Resource: "*" });
const trust = (service: string): string =>
  text({ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" });
const ARN = "arn:aws:iam::123456789012:policy/";
const role = (more: Record<string, unknown> = {}): Resource =>
  resource("role", "workflow", {
    name: "workflow",
    assumeRolePolicy: trust("sagemaker.amazonaws.com"),
    ...more,
  });
const policy = (name: string, ...statements: readonly object[]): Resource => {
  const made = resource("policy", name, { name, policy: text(...statements) });
  made.outputs = { ...made.inputs, arn: ARN + name };
  return made;
};
const attached = (name: string, policyArn = ARN + name, to = "workflow"): Resource =>
  resource("attached", name, { role: to, policyArn });
const bucket = (...statements: readonly object[]): Resource =>
  resource("bucket", "images", { bucket: "example-bucket", policy: text(...statements) });
const anyone = (effect: string, more: object = {}): object => ({
  ...allow("s3:GetObject"),
  Effect: effect,
  Principal: "*",
  ...more,
});

const state = (resources: readonly Resource[]): string =>
  JSON.stringify({ version: 3, deployment: { resources } });
const prove = (now: readonly Resource[], before: readonly Resource[], ...more: readonly string[]): Ran =>
  run(["prove", "--policy", "now.json", "--within", "before.json", ...more], {
    cwd: folderWith({ "now.json": state(now), "before.json": state(before) }),
  });

const READ = allow("s3:GetObject");
const STACK = [role(), policy("read", READ), attached("read")];
const AWS = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

const within: readonly (readonly [what: string, now: readonly Resource[], before: readonly Resource[]])[] = [
  ["itself", STACK, STACK],
  ["one that allowed more", STACK, [role(), policy("read", READ, allow("s3:PutObject")), attached("read")]],
  [
    "one whose policies were divided otherwise",
    [role(), policy("both", READ, allow("s3:PutObject")), attached("both")],
    [...STACK, policy("write", allow("s3:PutObject")), attached("write")],
  ],
  [
    "one with the same policy of AWS's own",
    [...STACK, attached("aws", AWS)],
    [...STACK, attached("aws", AWS)],
  ],
  ["one without its boundary", [role({ permissionsBoundary: ARN + "read" }), ...STACK.slice(1)], STACK],
  [
    "one with a role more",
    STACK,
    [...STACK, resource("role", "other", { name: "other", assumeRolePolicy: trust("lambda.amazonaws.com") })],
  ],
  ["one without a resource policy that only denies", [...STACK, bucket(anyone("Deny"))], STACK],
];

const exceeding: readonly (readonly [
  what: string,
  now: readonly Resource[],
  before: readonly Resource[],
  said: RegExp,
])[] = [
  [
    "a policy that allows more",
    [role(), policy("read", READ, allow("s3:PutObject")), attached("read")],
    STACK,
    /✘ exceeds: read\.policy of now\.json allows what read\.policy of before\.json does not.*action +s3:PutObject.*fix: take `s3:PutObject` out/s,
  ],
  [
    "a policy that is attached to another role as well",
    [
      ...STACK,
      resource("role", "other", { name: "other", assumeRolePolicy: trust("lambda.amazonaws.com") }),
      attached("more", ARN + "read", "other"),
    ],
    [...STACK, resource("role", "other", { name: "other", assumeRolePolicy: trust("lambda.amazonaws.com") })],
    /✘ gained: role other\n {4}it had no policy of its own\n/,
  ],
  ["a new role", STACK, [], /✘ gained: role workflow\n {4}it is new\n/],
  [
    "a service more that is trusted",
    [role({ assumeRolePolicy: trust("lambda.amazonaws.com") }), ...STACK.slice(1)],
    STACK,
    /workflow\.assumeRolePolicy of now\.json allows what/,
  ],
  [
    "a policy of AWS's own",
    [...STACK, attached("aws", AWS)],
    STACK,
    /`arn:aws:iam::aws:policy\/AmazonS3ReadOnlyAccess` is attached/,
  ],
  [
    "one of AWS's own that is gone, and may have denied",
    STACK,
    [...STACK, attached("aws", AWS)],
    /\? not proved: role workflow\n {4}`arn:aws:iam::aws:policy\/AmazonS3ReadOnlyAccess` is no longer attached/,
  ],
  [
    "a boundary that is taken off",
    STACK,
    [role({ permissionsBoundary: ARN + "read" }), ...STACK.slice(1)],
    /✘ gained: boundary of role workflow\n {4}it is taken off\n/,
  ],
  [
    "a boundary that is wider",
    [role({ permissionsBoundary: ARN + "limit" }), ...STACK.slice(1), policy("limit", allow("s3:*", "*"))],
    [role({ permissionsBoundary: ARN + "limit" }), ...STACK.slice(1), policy("limit", READ)],
    /limit\.policy of now\.json allows what/,
  ],
  [
    "a Deny that is gone",
    STACK,
    [role(), policy("read", READ, deny("s3:PutObject")), attached("read")],
    /\? not proved: role workflow\n {4}a Deny of policy of read is gone or changed\n/,
  ],
  [
    "a resource policy",
    [...STACK, bucket(anyone("Allow"))],
    STACK,
    /✘ gained: policy of images\n {4}it is new\n/,
  ],
  [
    "a resource policy for more",
    [...STACK, bucket(anyone("Allow"))],
    [...STACK, bucket(anyone("Allow", { Action: "s3:PutObject" }))],
    /images\.policy of now\.json allows what/,
  ],
  [
    "a resource policy that is gone, and denied",
    STACK,
    [...STACK, bucket(anyone("Deny"))],
    /✘ gained: policy of images\n {4}it limited what others allow, and is gone\n/,
  ],
  [
    "a role of another stack that gets a policy",
    [...STACK, attached("loose", ARN + "read", "elsewhere")],
    STACK,
    /✘ gained: attachment loose\n {4}it attaches a policy to somebody who does not stand in the stack\n/,
  ],
  [
    "what a role of another stack has, and was changed",
    [
      ...STACK.slice(0, 1),
      policy("read", allow("s3:GetObject", "*")),
      attached("read"),
      attached("loose", ARN + "read", "elsewhere"),
    ],
    [...STACK, attached("loose", ARN + "read", "elsewhere")],
    /2 of 3 identities and documents/,
  ],
  [
    "a group that a user joins",
    [
      resource("user", "ann", { name: "ann" }),
      resource("group", "data", { name: "data" }),
      resource("groupPolicy", "data", { group: "data", policy: text(READ) }),
      resource("joins", "ann", { user: "ann", groups: ["data"] }),
    ],
    [
      resource("user", "ann", { name: "ann" }),
      resource("group", "data", { name: "data" }),
      resource("groupPolicy", "data", { group: "data", policy: text(READ) }),
    ],
    /✘ gained: user ann\n/,
  ],
  [
    "a document that cannot be read",
    [role(), resource("policy", "read", { name: "read", policy: "{" }), attached("read", "read")],
    STACK,
    /\? not proved/,
  ],
];

describe("iam-guardrails prove, of stacks", () => {
  for (const [what, now, before] of within)
    it(`proves a stack to be within ${what}`, () => {
      const { status, stdout, stderr } = prove(now, before);
      assert.deepEqual([status, stderr], [0, ""], stdout);
      assert.match(stdout, /^✔ no access added: \d+ .*now\.json proved to be within before\.json\n$/);
    });
  for (const [what, now, before, said] of exceeding)
    it(`shows ${what}`, () => {
      const { status, stdout, stderr } = prove(now, before);
      assert.deepEqual([status, stderr], [1, ""]);
      assert.match(stdout, said);
      assert.match(stdout, /\n✘ access added, or not proved that none is: \d+ of \d+ .* of now\.json\n$/);
    });
  it("is for programs, too", () => {
    const { status, stdout } = prove(
      [role(), policy("read", READ, allow("s3:PutObject")), attached("read"), bucket(anyone("Allow"))],
      STACK,
      "--format",
      "json",
    );
    const { version, isWithin, results } = JSON.parse(stdout) as {
      readonly version: number;
      readonly isWithin: boolean;
      readonly results: readonly { of: string; urn: string; verdict: string; statement?: string }[];
    };
    assert.deepEqual([status, version, isWithin], [1, 1, false]);
    assert.deepEqual(
      results.map(({ of, urn, verdict, statement }) => [of, urn, verdict, statement]),
      [
        ["role workflow", urnOf("role", "workflow"), "exceeds", "Statement[1]"],
        ["assumeRolePolicy of workflow", urnOf("role", "workflow"), "contained", null],
        ["policy of images", urnOf("bucket", "images"), "gained", undefined],
      ],
    );
  });

  const recorded = (name: string): string => readFileSync(join(__dirname, "recordings", name), "utf8");
  const folder = folderWith({
    "state.json": recorded("state.json"),
    "preview.json": recorded("preview.json"),
    "part.json": JSON.stringify({ steps: [], changeSummary: { same: 4 } }),
    "policy.json": text(READ),
  });
  const refused: readonly (readonly [args: string, error: string])[] = [
    [
      "--policy state.json --within policy.json",
      "prove: state.json tells of a stack, which can be proved to be within another state, preview or log of it only",
    ],
    [
      "--policy policy.json --within state.json",
      "prove: state.json tells of a stack, which can be proved to be within another state, preview or log of it only",
    ],
    [
      "--policy state.json --within catalogue",
      "prove: state.json tells of a stack, which can be proved to be within another state, preview or log of it only",
    ],
    [
      "--policy state.json preview.json --within state.json",
      "prove: state.json tells of a stack, which is held against one other at a time",
    ],
    [
      "--policy part.json --within state.json",
      "part.json: 4 resources stay the same and are not in it; `pulumi preview --json --show-sames` has them; nothing is proved of a part of a stack",
    ],
    [
      "--policy state.json --within state.json --type trust",
      "--type: the resources of a stack say what its documents are",
    ],
    ["--policy - --within -", "prove: standard input can be read once only"],
  ];
  for (const [args, error] of refused)
    it(`refuses ${args}`, () => {
      const { status, stdout, stderr } = run(["prove", ...args.split(" ")], { cwd: folder });
      assert.deepEqual([status, stdout, stderr], [2, "", `error: ${error}\n`]);
    });
  it("shows no secret", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    const hidden = (more: object): Resource =>
      resource("policy", "read", { name: "read", policy: { ...secret, ...more } });
    const told = prove(
      [hidden({ plaintext: JSON.stringify(text(allow("s3:PutObject", "arn:aws:s3:::hunter2/x"))) })],
      STACK,
    );
    assert.deepEqual(told, {
      status: 2,
      stdout: "",
      stderr:
        "error: now.json: aws:iam/policy:Policy read has secrets, which a proof would show; export the state without --show-secrets\n",
    });
    assert.match(
      prove([role(), hidden({ ciphertext: "v1:abc" }), attached("read", "read")], STACK).stdout,
      /\? not proved/,
    );
  });
  it("proves what the engine has written, and cannot of what a preview does not know", () => {
    const same = run(["prove", "--policy", "-", "--within", "state.json"], {
      cwd: folder,
      input: recorded("state.json"),
    });
    assert.match(same.stdout, /^✔ no access added: 3 identities and documents of standard input/);
    const { status, stdout } = run(["prove", "--policy", "preview.json", "--within", "state.json"], {
      cwd: folder,
    });
    assert.equal(status, 1);
    assert.match(stdout, /^\? not proved: policy of later\n {4}policy of later is not known\n/);
  });
});
