/** `check` on what the real engine (3.274.1) has written down of one stack: a role, a policy that is too broad, one that is known later. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith, type Ran, run } from "./run";

const FOLDER = join(__dirname, "recordings");
const recorded = (name: string): string => readFileSync(join(FOLDER, name), "utf8");
interface Resource {
  urn: string;
  inputs?: Record<string, unknown>;
  [member: string]: unknown;
}
interface State {
  version: number;
  deployment: { resources: Resource[] };
}
const STATE = recorded("state.json");
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** The recorded state with something changed. */
function changed(change: (state: State, policy: Resource) => void): string {
  const state = JSON.parse(STATE) as State;
  const policy = state.deployment.resources.find(({ urn }) => urn.endsWith("Policy::policy"));
  assert.ok(policy !== undefined);
  change(state, policy);
  return JSON.stringify(state);
}
const document = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const withPolicy = (policy: unknown): string =>
  changed((_, resource) => {
    resource.inputs = { ...resource.inputs, policy };
  });

const check = (files: Readonly<Record<string, string | Buffer>>, ...args: readonly string[]): Ran =>
  run(["check", ...Object.keys(files), ...args], { cwd: folderWith(files) });

interface Report {
  readonly summary: object;
  readonly findings: readonly {
    readonly rule: string;
    readonly level: string;
    readonly path: string;
    readonly subject: { readonly name: string; readonly property: string };
  }[];
}
/** Rule, level and place of each finding. */
function found({ stdout }: Ran): readonly string[] {
  const { findings } = JSON.parse(stdout) as Report;
  return findings.map(({ rule, level, subject, path }) =>
    [rule, level, subject.name, subject.property, path].filter((part) => part !== "").join(" "),
  );
}

const WILDCARD = "no-wildcard-resource mandatory policy policy Statement[0].Resource";
const BOUNDARY = "permissions-boundary advisory role";
const LATER = "readable-document advisory later policy";

describe("iam-guardrails check, of what the engine has written", () => {
  const table: readonly (readonly [name: string, findings: readonly string[]])[] = [
    // What `pulumi policy analyze --file state.json` of the same version finds with this pack.
    ["state.json", [WILDCARD, BOUNDARY]],
    ["preview.json", [WILDCARD, LATER, BOUNDARY]],
    // A log does not say what a property depends on.
    ["preview.ndjson", [WILDCARD, LATER, "identity-escalation advisory attachment policyArn", BOUNDARY]],
    ["update.ndjson", [WILDCARD, BOUNDARY]],
  ];
  for (const [name, findings] of table)
    it(`judges the resources of ${name}`, () => {
      const ran = check({ [name]: recorded(name) }, "--format", "json");
      assert.deepEqual([ran.status, found(ran), ran.stderr], [1, findings, ""]);
    });
  it("takes from standard input what a command prints, and knows it by its content", () => {
    const ran = run(["check", "-", "--format", "json"], { input: STATE });
    assert.deepEqual([ran.status, found(ran)], [1, [WILDCARD, BOUNDARY]]);
  });
  it("knows the state of a backend in a folder", () => {
    const { version, deployment } = JSON.parse(STATE) as State;
    const file = JSON.stringify({ version, checkpoint: { stack: "dev", latest: deployment } });
    assert.deepEqual(found(check({ "dev.json": file }, "--format", "json")), [WILDCARD, BOUNDARY]);
  });
  it("leaves what waits to be deleted alone, as the engine does", () => {
    const state = changed((_, policy) => {
      policy["delete"] = true;
    });
    assert.deepEqual(found(check({ "s.json": state }, "--format", "json")), [
      "managed-policy-access advisory attachment policyArn",
      BOUNDARY,
    ]);
  });
  it("insists on a kind", () => {
    const { status, stderr } = check({ "preview.json": recorded("preview.json") }, "--input", "state");
    assert.deepEqual(
      [status, stderr],
      [2, "error: preview.json: `version`: states of version 3 and 4 can be read, no others\n"],
    );
    assert.match(
      check({ "state.json": STATE }, "--input", "document").stdout,
      /the element `Version`|not an element/,
    );
  });
  it("says what a preview leaves out", () => {
    const preview = JSON.stringify({ steps: [], changeSummary: { same: 4 } });
    assert.equal(
      check({ "p.json": preview }).stderr,
      "note: p.json: 4 resources stay the same and are not in it; `pulumi preview --json --show-sames` has them\n",
    );
  });

  describe("points", () => {
    const textAt = (name: string, ran: Ran): string => {
      const [, line = "", column = ""] = /line=(\d+),col=(\d+)/.exec(ran.stdout) ?? [];
      return (recorded(name).split("\n")[Number(line) - 1] ?? "").slice(Number(column) - 1);
    };
    for (const name of ["state.json", "preview.json", "preview.ndjson"])
      it(`to the line and column of the statement within the text of ${name}`, () => {
        const ran = check({ [name]: recorded(name) }, "--format", "github");
        assert.match(ran.stdout, new RegExp(`^::error file=${name},line=`));
        assert.match(textAt(name, ran), /^\\"\*\\"\}\],\\"Version/);
      });
    it("to the program, where the engine knows it and it is there", () => {
      const state = changed((_, policy) => {
        policy["sourcePosition"] = "project:///index.ts#12,16";
      });
      const ran = run(["check", "state.json", "--format", "github"], {
        cwd: folderWith({ "state.json": state, "index.ts": "" }),
      });
      assert.match(ran.stdout, /^::error file=index\.ts,line=12,col=16,/);
      assert.match(check({ "state.json": state }, "--format", "github").stdout, /^::error file=state\.json,/);
    });
  });

  describe("keeps secrets", () => {
    const told = (value: unknown) => ({ [SIGNATURE]: SECRET, plaintext: JSON.stringify(value) });
    const hidden = { [SIGNATURE]: SECRET, ciphertext: "v1:abc" };
    const statement = {
      Sid: "hunter2sid",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: ["*", "arn:aws:s3:::hunter2bucket"],
      Condition: { StringLikes: { "aws:username": "hunter2user" } },
    };
    for (const [what, policy] of [
      ["a document that is secret", told(document(statement))],
      ["a document with secrets in it", { Version: "2012-10-17", Statement: [told(statement)] }],
      ["a secret that is no document", told("{hunter2")],
      [
        "a document of a wrong form",
        told(JSON.stringify({ Statement: [{ Effect: "hunter2effect", Action: 7 }] })),
      ],
    ] as const)
      it(`of ${what} out of every format`, () => {
        const state = withPolicy(policy);
        for (const format of ["text", "json", "sarif", "junit", "github", "markdown"]) {
          const { status, stdout, stderr } = check({ "s.json": state }, "--format", format);
          assert.notEqual(status, 0);
          assert.doesNotMatch(stdout + stderr, /hunter2/);
        }
      });
    it("and still says what is wrong", () => {
      assert.match(
        check({ "s.json": withPolicy(told(document(statement))) }).stdout,
        /`s3:GetObject` is allowed on `\*`/,
      );
    });
    it("and ends with 2 where a document is encrypted", () => {
      const { status, stdout, stderr } = check({ "s.json": withPolicy(hidden) });
      assert.equal(status, 2);
      assert.equal(
        stderr,
        "error: s.json: aws:iam/policy:Policy policy: `policy` is secret and cannot be read; export the state with `pulumi stack export --show-secrets`\n",
      );
      assert.match(stdout, /1 unknown/);
    });
    it("and ends with 2 where a preview leaves a document out", () => {
      const preview = recorded("preview.json").replace(/"policy": "\{[^\n]*"/, '"policy": "[secret]"');
      const { status, stderr } = check({ "p.json": preview });
      assert.equal(status, 2);
      assert.match(stderr, /`policy` is secret and cannot be read; judge it with `iam-guardrails preview`/);
    });
    it("does not mind one elsewhere", () => {
      const state = changed((_, policy) => {
        policy.inputs = { ...policy.inputs, description: hidden };
      });
      assert.deepEqual([check({ "s.json": state }).status, check({ "s.json": state }).stderr], [1, ""]);
    });
  });

  const damaged: readonly (readonly [what: string, text: string, error: string])[] = [
    ["a state that is cut off", STATE.slice(0, 900), "it is not JSON: "],
    [
      "a state of another version",
      STATE.replace('"version": 3', '"version": 99'),
      "`version`: states of version",
    ],
    ["a state without resources", '{"version":3,"deployment":7}', "`deployment`: expected an object"],
    [
      "a resource without a URN",
      changed((_, policy) => {
        policy.urn = "policy";
      }),
      "`deployment.resources[2].urn`: expected a URN",
    ],
    [
      "inputs that are none",
      changed((_, policy) => {
        (policy as { inputs: unknown }).inputs = "x";
      }),
      "`deployment.resources[2].inputs`: expected an object",
    ],
    [
      "a secret that is no JSON",
      withPolicy({ [SIGNATURE]: SECRET, plaintext: "{" }),
      "`deployment.resources[2]`: a secret is no JSON",
    ],
    ["a preview with a step that is none", '{"steps":[7]}', "`steps[0]`: expected an object"],
    [
      "a log with a line that is cut off",
      recorded("update.ndjson").slice(0, 600),
      "line 3 is no event; the log is damaged or cut off",
    ],
    [
      "a log that ends before its operation",
      recorded("update.ndjson").split("\n").slice(0, 4).join("\n"),
      "the log ends before its operation does, so that resources may be missing",
    ],
    [
      "a preview that failed",
      '{"steps":[],"diagnostics":[{"severity":"error","message":"x"}]}',
      "the preview ended in an error, so that resources may be missing",
    ],
  ];
  for (const [what, text, error] of damaged)
    it(`ends with 2 and one line for ${what}`, () => {
      const { status, stderr } = check({ "x.json": text });
      assert.equal(status, 2);
      assert.ok(stderr.startsWith(`error: x.json: ${error}`), stderr);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    });
});
