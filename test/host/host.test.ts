/** The host against real packs and programs, each in a process of its own. */
import assert from "node:assert/strict";
import { join } from "node:path";
import * as rpc from "@pulumi/pulumi/runtime/rpc";
import {
  checked,
  type Diagnostic,
  HostFailure,
  isUnknownOnWire,
  PackProcess,
  readProject,
  type Registered,
  type Registration,
  runProgram,
  secret,
  UNKNOWN_STRING,
  type WireObject,
} from "../../policypack/dist/host";
import { rules } from "../../policypack/rules";
import { allow, CLEAN, ifs, trust } from "../rules/cases";
import { previewOf } from "./preview-of";

const POLICYPACK = join(__dirname, "..", "..", "policypack");
const IDENTITY = { organization: "acme", project: "p", stack: "dev", configuration: {} };

const registration = (type: string, properties: WireObject, name = "x"): Registration => ({
  type,
  name,
  urn: `urn:pulumi:dev::p::${type}::${name}`,
  parent: "",
  custom: true,
  properties,
  dependencies: [],
  propertyDependencies: {},
  protect: false,
  ignoreChanges: [],
  additionalSecretOutputs: [],
  deleteBeforeReplace: undefined,
});
const document = (...statements: unknown[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const policy = (text: WireObject[string]): Registration =>
  registration("aws:iam/policy:Policy", { policy: text });
const seen = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map(({ policy: name, level, message }) => `${name} ${level} ${message.split(":", 1)[0] ?? ""}`);

describe("the pack over the analyzer protocol", () => {
  let pack: PackProcess;
  before(async () => {
    pack = await PackProcess.start(POLICYPACK, IDENTITY);
    await pack.configureStack(IDENTITY);
  });
  after(() => {
    pack.stop();
  });
  const configure = async (
    of: Readonly<Record<string, WireObject>> = {},
    remediating: readonly string[] = [],
  ): Promise<void> => {
    const { policies } = await pack.describe();
    await pack.configure(
      new Map(
        policies.map(({ name, level, defaults }) => [
          name,
          {
            level: remediating.includes(name) ? "remediate" : level,
            properties: { ...defaults, ...of[name] },
          },
        ]),
      ),
    );
  };
  beforeEach(() => configure());

  it("does not take what the provider has read for what the program attaches", async () => {
    const role = (properties: WireObject): Registration =>
      registration("aws:iam/role:Role", { assumeRolePolicy: "{}", ...properties });
    const admin = { managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] };
    const found = async (): Promise<readonly string[]> =>
      (await pack.analyzeStack([role(admin)])).map(({ policy: name }) => name);
    await pack.analyze(role({}));
    assert.deepEqual(await found(), ["permissions-boundary"]);
    await pack.analyze(role(admin));
    assert.deepEqual(await found(), ["managed-policy-access", "permissions-boundary"]);
  });

  it("describes itself", async () => {
    const { name, version, policies } = await pack.describe();
    assert.equal(name, "ai-workflow-guardrails");
    assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.deepEqual(
      policies.map((each) => `${each.name} ${each.level}`),
      rules.map(({ id, level }) => `${id} ${level}`),
    );
    assert.deepEqual(policies[0]?.defaults, { onUnknown: "report", appliesTo: {}, exemptions: [] });
    assert.deepEqual(policies.find((each) => each.name === "approved-actions")?.defaults["services"], [
      "s3",
      "sagemaker",
      "rekognition",
    ]);
  });

  const table: readonly (readonly [string, Registration, readonly string[]])[] = [
    ["a clean policy", policy(document(CLEAN)), []],
    [
      "a wildcard",
      policy(document(CLEAN, allow("s3:GetObject", "*"))),
      ["no-wildcard-resource mandatory policy.Statement[1].Resource"],
    ],
    [
      "everything but IAM",
      policy(document({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })),
      [
        "approved-actions mandatory policy.Statement[0].NotAction",
        "no-admin-access mandatory policy.Statement[0].NotAction",
        "no-wildcard-resource mandatory policy.Statement[0].Resource",
      ],
    ],
    [
      "a document given as an object",
      policy({ Version: "2012-10-17", Statement: [allow("s3:GetObject", "*") as WireObject] }),
      ["no-wildcard-resource mandatory policy.Statement[0].Resource"],
    ],
    [
      "a secret document",
      policy(secret(document(allow("s3:GetObject", "*")))),
      ["no-wildcard-resource mandatory policy.Statement[0].Resource"],
    ],
    ["a malformed document", policy("{"), ["readable-document mandatory policy"]],
    [
      "an unknown document: once, and advisory",
      policy(UNKNOWN_STRING),
      ["readable-document advisory policy"],
    ],
    [
      "inline policies of a role",
      registration("aws:iam/role:Role", {
        assumeRolePolicy: document({
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
        inlinePolicies: [{ name: "a", policy: document(allow("s3:GetObject", "*")) }],
      }),
      ["no-wildcard-resource mandatory inlinePolicies[0].policy.Statement[0].Resource"],
    ],
    ...["rolePolicy:RolePolicy", "userPolicy:UserPolicy", "groupPolicy:GroupPolicy"].map(
      (type) =>
        [
          type,
          registration(`aws:iam/${type}`, { policy: document(allow("s3:GetObject", "*")) }),
          ["no-wildcard-resource mandatory policy.Statement[0].Resource"],
        ] as const,
    ),
    ["a resource without documents", registration("aws:s3/bucket:Bucket", { bucket: "b" }), []],
  ];
  for (const [name, resource, expected] of table)
    it(`judges ${name}`, async () => {
      // What else is advised of them is the matter of the rules' own tables.
      const found = seen(await pack.analyze(resource)).filter(
        (line) => line.includes(" mandatory ") || line.startsWith("readable-document"),
      );
      assert.deepEqual(found, expected);
    });
  it("judges the same resource the same way twice", async () => {
    for (const resource of [policy("{"), policy(UNKNOWN_STRING)])
      assert.deepEqual(await pack.analyze(resource), await pack.analyze(resource));
  });
  it("judges many resources at once as one by one", async () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      registration("aws:iam/policy:Policy", { policy: index % 2 === 0 ? "{" : UNKNOWN_STRING }, `p${index}`),
    );
    const together = await Promise.all(many.map((resource) => pack.analyze(resource)));
    assert.deepEqual(
      together.map(seen),
      many.map((_, index) => [
        index % 2 === 0 ? "readable-document mandatory policy" : "readable-document advisory policy",
      ]),
    );
  });
  it("fails on an unknown document where it is told to", async () => {
    await configure({ "no-wildcard-resource": { onUnknown: "fail" } });
    assert.deepEqual(seen(await pack.analyze(policy(UNKNOWN_STRING))), [
      "readable-document advisory policy",
      "no-wildcard-resource mandatory policy",
    ]);
  });
  it("takes the approved list from the configuration", async () => {
    await configure({ "approved-actions": { actions: ["s3:Put*"] } });
    assert.deepEqual(seen(await pack.analyze(policy(document(CLEAN)))), [
      "approved-actions mandatory policy.Statement[0].Action",
    ]);
  });
  it("says the text of a finding, with the fix, and no description before it", async () => {
    const [diagnostic] = await pack.analyze(policy(document(allow("s3:GetObject", "*"))));
    assert.equal(
      diagnostic?.message,
      'policy.Statement[0].Resource: `s3:GetObject` is allowed on `*`, which singles out no object\nfix: {"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::<bucket>/<prefix>*"}',
    );
  });
  it("bears with what is exempted, and says which exemption a stack does not need", async () => {
    const exemption = { reason: "known", expires: "2999-12-31" };
    await configure({
      "no-wildcard-resource": {
        exemptions: [
          { resource: "x", action: "s3:*", ...exemption },
          { resource: "x", action: "ec2:*", ...exemption },
          { resource: "of-another-stack", ...exemption },
        ],
      },
    });
    const bad = policy(document(allow("s3:GetObject", "*")));
    assert.deepEqual(
      (await pack.analyze(bad)).map(({ level, message }) => [level, message.split("\n")[1]]),
      [["advisory", "exempted until 2999-12-31: known"]],
    );
    assert.deepEqual(
      (await pack.analyzeStack([bad])).map(({ policy: name, level, message }) => [name, level, message]),
      [
        [
          "no-wildcard-resource",
          "advisory",
          "configuration: `exemptions[1]` is needed by no finding of this stack; remove it, or limit it to what needs it",
        ],
      ],
    );
  });
  it("applies where the path and the tags of a resource are those that are configured, or not known", async () => {
    await configure({ "no-wildcard-resource": { appliesTo: { paths: ["/ai/*"], tags: ["team=ml"] } } });
    const bad = document(allow("s3:GetObject", "*"));
    const asked = async (type: string, properties: WireObject): Promise<boolean> =>
      (await pack.analyze(registration(type, { policy: bad, ...properties }))).some(
        (each) => each.policy === "no-wildcard-resource",
      );
    const team = { tags: { team: "ml" } };
    const found = await Promise.all([
      asked("aws:iam/policy:Policy", { path: "/ai/x/", ...team }),
      asked("aws:iam/policy:Policy", { path: UNKNOWN_STRING, tags: UNKNOWN_STRING }),
      asked("aws:iam/rolePolicy:RolePolicy", {}),
      asked("aws:iam/policy:Policy", { path: "/ai/x/" }),
      asked("aws:iam/policy:Policy", team),
    ]);
    assert.deepEqual(found, [true, true, true, false, false]);
  });
  describe("at the level `remediate`", () => {
    const BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";
    const BUCKET = "arn:aws:s3:::example-bucket/*";
    const MIXED = allow(["rekognition:DetectLabels", "s3:GetObject"], ["*", BUCKET]);
    const SPLIT = [allow("rekognition:DetectLabels", "*"), allow("s3:GetObject", BUCKET)];
    const SAGEMAKER = trust({ Service: "sagemaker.amazonaws.com" });
    const BOUND = { ...SAGEMAKER, ...ifs("StringEquals", "aws:SourceAccount", "123456789012") };
    const role = (properties: WireObject): Registration => registration("aws:iam/role:Role", properties);
    const able = rules.filter(({ remediation }) => remediation !== undefined).map(({ id }) => id);
    const options = {
      "confused-deputy": { account: "123456789012" },
      "permissions-boundary": { boundaries: [BOUNDARY] },
    };

    it("puts right what can be, keeps what is secret, and has nothing against it afterwards", async () => {
      await configure(options, able);
      for (const [before, after, policies] of [
        [policy(document(MIXED)), policy(document(...SPLIT)), ["no-wildcard-resource"]],
        [policy(secret(document(MIXED))), policy(secret(document(...SPLIT))), ["no-wildcard-resource"]],
        [
          role({ assumeRolePolicy: document(SAGEMAKER) }),
          role({ assumeRolePolicy: document(BOUND), permissionsBoundary: BOUNDARY }),
          ["confused-deputy", "permissions-boundary"],
        ],
        [policy(document(CLEAN)), policy(document(CLEAN)), []],
        [policy(UNKNOWN_STRING), policy(UNKNOWN_STRING), []],
      ] as const) {
        assert.deepEqual(await pack.remediate(before), {
          properties: after.properties,
          policies,
          diagnostics: [],
        });
        assert.deepEqual(
          seen(await pack.analyze(after)).filter((line) => able.some((id) => line.startsWith(id))),
          [],
        );
        assert.deepEqual(await pack.analyzeStack([after]), []);
        assert.deepEqual((await pack.remediate(after)).policies, []);
      }
    });
    it("says of the rest why it is left, and judges it as mandatory", async () => {
      await configure({}, able);
      const bad = policy(document(MIXED, allow("iam:GetRole", "*")));
      const { properties } = await pack.remediate(bad);
      const own = (found: readonly Diagnostic[]): readonly (readonly [string, string | undefined])[] =>
        found
          .filter((each) => able.includes(each.policy))
          .map(({ level, message }) => [level, message.split("\n", 1)[0]]);
      assert.deepEqual(own(await pack.analyze({ ...bad, properties })), [
        [
          "mandatory",
          "policy.Statement[2].Resource: `iam:GetRole` is allowed on `*`, which singles out no role; not remediated: no role is named for `iam:GetRole`, neither in the statement nor in `resources`",
        ],
      ]);
      const unbound = role({ assumeRolePolicy: document(SAGEMAKER) });
      assert.deepEqual((await pack.remediate(unbound)).policies, []);
      assert.deepEqual(
        own(await pack.analyze(unbound)).map(([level, message]) => [level, message?.split("; ")[1]]),
        [["mandatory", "not remediated: `account` is not configured"]],
      );
      assert.deepEqual(own(await pack.analyzeStack([unbound])), [
        [
          "mandatory",
          "resource: the role has no permissions boundary; not remediated: the first of `boundaries` must be an ARN without wildcards",
        ],
      ]);
    });
    it("says so where the document cannot be written back", async () => {
      await configure({}, able);
      const state = registration("aws:cloudcontrol/resource:Resource", {
        typeName: "AWS::IAM::ManagedPolicy",
        desiredState: `{"PolicyDocument":${document(MIXED)}}`,
      });
      assert.deepEqual((await pack.remediate(state)).policies, []);
      const found = (await pack.analyze(state)).find(({ policy: name }) => name === "no-wildcard-resource");
      assert.match(
        found?.message ?? "",
        /; not remediated: the document stands where nothing can be written in its place\n/,
      );
    });
    it("is refused by a rule that cannot, which acts as mandatory", async () => {
      await configure({}, ["data-exfiltration"]);
      const stack = registration("pulumi:pulumi:Stack", {});
      assert.deepEqual((await pack.remediate(stack)).policies, []);
      assert.deepEqual(
        (await pack.analyze(stack)).map(({ policy: name, level, message }) => [name, level, message]),
        [
          [
            "data-exfiltration",
            "advisory",
            "configuration: `data-exfiltration` cannot remediate, so it acts as mandatory; write `mandatory`",
          ],
        ],
      );
    });
  });
  it("reports a misspelt option once a stack, and goes on with the default", async () => {
    await configure({ "approved-actions": { acitons: ["s3:*"] } });
    const stack = await pack.analyze(registration("pulumi:pulumi:Stack", {}));
    assert.deepEqual(
      stack.map(({ policy: name, level, message }) => [name, level, message]),
      [
        [
          "approved-actions",
          "mandatory",
          "A policy must allow no action of a governed service that is not on the approved list.\nconfiguration: `approved-actions.acitons`: there is no such option; did you mean `actions`?",
        ],
      ],
    );
    assert.deepEqual(await pack.analyze(policy(document(CLEAN))), []);
  });
});

describe("the host", () => {
  it("knows the marks of the SDK for what is unknown or secret", () => {
    assert.equal(rpc.unknownValue, UNKNOWN_STRING);
    assert.deepEqual(secret("x"), { [rpc.specialSigKey]: rpc.specialSecretSig, value: "x" });
    assert.ok(isUnknownOnWire(rpc.unknownValue));
  });

  const transformed: readonly (readonly [string, WireObject[string], WireObject[string]])[] = [
    ["a text", "{}", "{}"],
    ["an object", { a: [1, true, null] }, '{"a":[1,true,null]}'],
    ["an object with an unknown in it", { a: [UNKNOWN_STRING] }, UNKNOWN_STRING],
    ["an object with a secret in it", { a: secret("x") }, secret('{"a":"x"}')],
    ["a secret object", secret({ a: 1 }), secret('{"a":1}')],
    ["an object with an unknown secret in it", { a: secret(UNKNOWN_STRING) }, secret(UNKNOWN_STRING)],
    ["an unknown", UNKNOWN_STRING, UNKNOWN_STRING],
  ];
  for (const [name, given, expected] of transformed)
    it(`hands on ${name} as the provider's Check does`, () => {
      assert.deepEqual(checked(policy(given)).properties, { policy: expected });
    });
  it("hands on the ID of a resource in place of the resource", () => {
    const reference = (id: string): WireObject => ({
      "4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e",
      urn: "urn:x",
      id,
    });
    const given = { role: reference(""), roles: [reference("r"), reference(UNKNOWN_STRING)] };
    assert.deepEqual(checked(registration("aws:iam/policyAttachment:PolicyAttachment", given)).properties, {
      role: UNKNOWN_STRING,
      roles: ["r", UNKNOWN_STRING],
    });
  });
  it("leaves what is no document alone", () => {
    assert.deepEqual(checked(registration("aws:iam/policy:Policy", { tags: { a: "b" } })).properties, {
      tags: { a: "b" },
    });
    assert.deepEqual(
      checked(registration("aws:sns/topic:Topic", { deliveryPolicy: { a: "b" } })).properties,
      {
        deliveryPolicy: { a: "b" },
      },
    );
  });
  it("makes one text of the documents of every kind", () => {
    for (const [type, property] of [
      ["aws:iam/role:Role", "assumeRolePolicy"],
      ["aws:s3/bucketPolicy:BucketPolicy", "policy"],
      ["aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "policyDocument"],
    ] as const) {
      assert.deepEqual(checked(registration(type, { [property]: { a: "b" } })).properties, {
        [property]: '{"a":"b"}',
      });
      assert.deepEqual(checked(registration(type, { [property]: { a: UNKNOWN_STRING } })).properties, {
        [property]: UNKNOWN_STRING,
      });
    }
  });
  it("leaves the documents of aws-native as they are, unknown in parts", () => {
    const properties = { policyDocument: { a: UNKNOWN_STRING } };
    assert.deepEqual(
      checked(registration("aws-native:iam:ManagedPolicy", properties)).properties,
      properties,
    );
  });

  for (const [name, expected] of [
    ["broken", /^this pack does not load$/],
    ["chatty", /printed `hello` where its port was expected/],
    ["missing", /^there is no folder /],
  ] as const)
    it(`says in one line what is wrong with the ${name} pack`, async () => {
      const folder = name === "missing" ? "/nonexistent" : join(__dirname, "packs", name);
      await assert.rejects(
        PackProcess.start(folder, IDENTITY),
        (error) =>
          error instanceof HostFailure && expected.test(error.message) && !error.message.includes("\n"),
      );
    });
  it("fails clearly when the pack's process ends", async () => {
    const pack = await PackProcess.start(POLICYPACK, IDENTITY);
    await pack.describe();
    pack.stop();
    await assert.rejects(pack.analyze(policy("{}")), HostFailure);
  });
});

describe("a preview", () => {
  it("judges documents of outputs as unknown, and the others whatever their form", async () => {
    const { resources } = await previewOf("unknown-document", POLICYPACK);
    assert.deepEqual(
      resources.map(({ registration: { type, name }, diagnostics }) => [
        type.split(":").at(-1),
        name,
        seen(diagnostics),
      ]),
      [
        ["Stack", "unknown-document-dev", []],
        ["Role", "role", []],
        ["Policy", "object", ["no-wildcard-resource mandatory policy.Statement[0].Resource"]],
        ["Policy", "secret", ["no-wildcard-resource mandatory policy.Statement[0].Resource"]],
        ["Policy", "object-of-outputs", ["readable-document advisory policy"]],
        ["Policy", "text-of-outputs", ["readable-document advisory policy"]],
      ],
    );
  });
  it("remediates before it judges, applies schema defaults, and shows the stack to policies about it", async () => {
    const { resources, stack } = await previewOf("../../..", join(__dirname, "packs", "remediating"));
    const judged = resources.find(({ registration: { name } }) => name === "aiWorkflowPolicy");
    assert.equal(judged?.registration.properties["path"], "/ai/");
    assert.deepEqual(judged.diagnostics, []);
    assert.deepEqual(
      stack.map(({ level, message }) => [level, message]),
      [["advisory", "A stack has one policy.\n2 policy under ai"]],
    );
  });
  it("says what the program said when it fails", async () => {
    await assert.rejects(
      previewOf("failing", POLICYPACK),
      (error) =>
        error instanceof HostFailure &&
        /^something of the program's own\n {2}at .*failing/.test(error.message),
    );
  });
  it("says so when the program leaves without a word", async () => {
    await assert.rejects(
      previewOf("leaving", POLICYPACK),
      /the program ended with status 7 before it was done/,
    );
  });
  it("says so when the program dies before it has its answer", async () => {
    const project = readProject(join(__dirname, "programs", "dying"), undefined, []);
    // Nothing is heard of the death while this process waits.
    const slow = (): Promise<Registered> => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
      return Promise.resolve({ id: undefined, outputs: {}, properties: {} });
    };
    await assert.rejects(
      runProgram(project, IDENTITY, {}, slow),
      /the program ended with status 7 before it was done/,
    );
  });
  it("asks for what only AWS can answer, and takes the answer", async () => {
    await assert.rejects(
      previewOf("calling", POLICYPACK),
      /the program calls aws:index\/getCallerIdentity:getCallerIdentity, which only AWS can answer; give its result with --call/,
    );
    const { outputs } = await previewOf("calling", POLICYPACK, {
      "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012" },
    });
    assert.deepEqual(outputs, ["account"]);
  });
});
