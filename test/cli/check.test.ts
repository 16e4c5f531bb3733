import assert from "node:assert/strict";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../policypack/rules";
import { allow, CLEAN, deny } from "../rules/cases";
import { folderWith, run } from "./run";

const text = (...statements: unknown[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const GOOD = text(CLEAN);
const BAD = text(CLEAN, allow("s3:GetObject", "*"));

const FOLDER = folderWith({
  "good.json": GOOD,
  "bad.json": BAD,
  "broken.json": '{\n  "Version": "2012-10-17",\n}',
  "empty.json": "",
  "bom.json": `\uFEFF${GOOD}`,
  "latin1.json": Buffer.from('{"Sid":"\u00e9"}', "latin1"),
  "hostile.json": text(allow("s3:GetObject", "*", { Sid: "\u001b[2J\u202e\n✔ passed" })),
  "disabled.json": '{"all":"disabled"}',
  "twice.json": '{"all":"mandatory","all":"disabled"}',
  "advisory.json": '{"no-wildcard-resource":"advisory"}',
  "list.json": '{"approved-actions":{"actions":["s3:PutObject"]}}',
  "typos.json": '{"aproved-actions":"mandatory","no-wildcard-resource":{"onUnknwon":"fail"}}',
  "exemptions.json": JSON.stringify({
    "no-wildcard-resource": {
      exemptions: [
        { resource: "bad.json", reason: "known", expires: "2999-12-31", ticket: "SEC-7" },
        { resource: "good.json", reason: "was bad", expires: "2999-12-31" },
        { resource: "elsewhere.json", reason: "not here", expires: "2999-12-31" },
        { resource: "elsewhere.json", reason: "long ago", expires: "2020-01-31" },
      ],
    },
    "approved-actions": {
      enforcementLevel: "disabled",
      exemptions: [{ resource: "*", reason: "off", expires: "2999-12-31" }],
    },
    "permissions-boundary": {
      exemptions: [{ resource: "*", reason: "about stacks", expires: "2999-12-31" }],
    },
  }),
  "expired.json": JSON.stringify({
    "no-wildcard-resource": {
      exemptions: [{ resource: "bad.json", reason: "known", expires: "2020-01-31" }],
    },
  }),
  "denied.json": text(
    allow("s3:GetObject", "*"),
    deny("s3:*", undefined, { NotResource: "arn:aws:s3:::example-bucket/*" }),
  ),
});
symlinkSync("loop.json", join(FOLDER, "loop.json"));
const check = (...args: readonly string[]) => run(["check", ...args], { cwd: FOLDER });

const FINDING = `✘ mandatory  no-wildcard-resource
    bad.json: Statement[1].Resource
    \`s3:GetObject\` is allowed on \`*\`, which singles out no object
    write instead:
      {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::<bucket>/<prefix>*"
      }
`;

describe("iam-guardrails check", () => {
  it("takes a policy of a repository for one, though no resource stands in it", () => {
    const pull = {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::123456789012:root" },
      Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    };
    const cwd = folderWith({ "ecr.json": text(pull), "s3.json": text({ ...pull, Action: "s3:GetObject" }) });
    for (const args of [[], ["--type", "resource"]])
      assert.equal(run(["check", "ecr.json", ...args], { cwd }).status, 0, args.join(" "));
    const { status, stdout } = run(["check", "s3.json", "--type", "resource"], { cwd });
    assert.equal(status, 1);
    assert.match(stdout, /the element `Resource` or `NotResource` is missing/);
    assert.equal(run(["explain", "ecr.json", "--type", "resource"], { cwd }).status, 0);
    assert.equal(run(["check", "ecr.json", "--type", "endpoint"], { cwd }).status, 1);
  });
  it("passes a good policy", () => {
    assert.deepEqual(check("good.json"), {
      status: 0,
      stdout: "✔ passed: 1 document judged, 0 mandatory, 0 advisory\n",
      stderr: "",
    });
  });
  it("blocks a bad one and says what to write", () => {
    assert.deepEqual(check("bad.json"), {
      status: 1,
      stdout: `${FINDING}\n✘ blocked: 1 document judged, 1 mandatory, 0 advisory\n`,
      stderr: "",
    });
  });
  it("judges several files", () => {
    assert.deepEqual(check("good.json", "bad.json", "denied.json"), {
      status: 1,
      stdout: `${FINDING}\n✘ blocked: 3 documents judged, 1 mandatory, 0 advisory\n`,
      stderr: "",
    });
  });
  it("reads standard input", () => {
    const { status, stdout } = run(["check", "-"], { input: BAD });
    assert.equal(status, 1);
    assert.match(stdout, /standard input: Statement\[1\]\.Resource/);
  });
  it("reads a file with a byte order mark", () => {
    assert.equal(check("bom.json").status, 0);
  });
  it("reports in the formats of others, into a file as well", () => {
    for (const [format, expected] of [
      ["sarif", /"startLine": 1,\s+"startColumn": \d+/],
      ["junit", /<testcase classname="bad.json" name="no-wildcard-resource: Statement\[1\].Resource">/],
      ["github", /^::error file=bad.json,line=1,col=\d+,title=no-wildcard-resource::/],
      ["markdown", /^### ✘ Blocked by iam-guardrails/],
    ] as const) {
      const { status, stdout } = check("bad.json", "--format", format);
      assert.equal(status, 1);
      assert.match(stdout, expected);
      const file = join(FOLDER, `report.${format}`);
      assert.deepEqual(check("bad.json", "--format", format, "-o", file), {
        status: 1,
        stdout: "",
        stderr: "",
      });
      assert.equal(readFileSync(file, "utf8"), stdout);
    }
    const stdin = run(["check", "-", "--format", "github"], { input: BAD });
    assert.match(stdin.stdout, /^::error file=stdin,line=1,/);
  });
  it("reports as JSON, in the form of the contract", () => {
    const { status, stdout } = check("bad.json", "--format", "json");
    const report = JSON.parse(stdout) as { readonly findings: readonly { readonly fingerprint: string }[] };
    assert.equal(status, 1);
    assert.match(report.findings[0]?.fingerprint ?? "", /^[0-9a-f]{16}$/);
    assert.deepEqual(report, {
      version: 1,
      summary: { subjects: 1, mandatory: 1, advisory: 0, unknown: 0, exempted: 0 },
      findings: [
        {
          rule: "no-wildcard-resource",
          level: "mandatory",
          severity: "high",
          subject: { file: "bad.json" },
          path: "Statement[1].Resource",
          message: "`s3:GetObject` is allowed on `*`, which singles out no object",
          fix: '{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::<bucket>/<prefix>*"}',
          data: {
            action: "s3:GetObject",
            actions: ["s3:GetObject"],
            resource: "*",
            type: "object",
            count: "1",
          },
          fingerprint: report.findings[0]?.fingerprint,
        },
      ],
    });
  });
  it("takes levels and options from a configuration", () => {
    const advisory = check("bad.json", "--policy-config", "advisory.json");
    assert.equal(advisory.status, 0);
    assert.match(advisory.stdout, /^▲ advisory {2}no-wildcard-resource/);
    assert.match(check("good.json", "--policy-config", "list.json").stdout, /`s3:GetObject` is not approved/);
  });
  it("bears with what is exempted, and says which exemptions do nothing", () => {
    const { status, stdout } = check("good.json", "bad.json", "--policy-config", "exemptions.json");
    assert.equal(status, 0);
    assert.equal(
      stdout,
      `○ exempted  no-wildcard-resource
    bad.json: Statement[1].Resource
    \`s3:GetObject\` is allowed on \`*\`, which singles out no object
    exempted until 2999-12-31: known (SEC-7)

▲ advisory  no-wildcard-resource
    exemptions.json: no-wildcard-resource.exemptions[1]
    the exemption is needed by no finding of these files; remove it, or limit it to what needs it

▲ advisory  no-wildcard-resource
    exemptions.json: no-wildcard-resource.exemptions[3]
    the exemption expired on 2020-01-31 and exempts nothing; remove it

✔ passed: 2 documents judged, 0 mandatory, 2 advisory, 1 exempted
`,
    );
  });
  it("blocks what was exempted until some day", () => {
    const { status, stdout } = check("bad.json", "--policy-config", "expired.json");
    assert.equal(status, 1);
    assert.match(stdout, /no object; its exemption expired on\s+2020-01-31\n/);
    assert.match(stdout, /✘ blocked: 1 document judged, 1 mandatory, 0 advisory\n$/);
  });
  it("writes to a file, without colour", () => {
    const out = join(FOLDER, "report.txt");
    assert.deepEqual(run(["check", "bad.json", "-o", out], { cwd: FOLDER, env: { FORCE_COLOR: "1" } }), {
      status: 1,
      stdout: "",
      stderr: "",
    });
    assert.equal(
      readFileSync(out, "utf8"),
      `${FINDING}\n✘ blocked: 1 document judged, 1 mandatory, 0 advisory\n`,
    );
  });
  it("is coloured where colour is asked for, and never where NO_COLOR is set", () => {
    const coloured = (env: Readonly<Record<string, string>>) =>
      run(["check", "bad.json"], { cwd: FOLDER, env }).stdout.includes("\u001b[31m");
    assert.deepEqual(
      [{}, { FORCE_COLOR: "1" }, { FORCE_COLOR: "0" }, { FORCE_COLOR: "1", NO_COLOR: "1" }].map(coloured),
      [false, true, false, false],
    );
  });
  it("shows the control characters of a policy instead of obeying them", () => {
    const { stdout } = check("hostile.json");
    assert.match(stdout, /\(Sid \\u001b\[2J\\u202e\\u000a✔\s+passed\)/);
    for (const hidden of ["\u001b", "\u202e"]) assert.ok(!stdout.includes(hidden));
  });
  it("finds what is no JSON, and ends with the status of unreadable input", () => {
    const { status, stdout } = check("broken.json");
    assert.equal(status, 2);
    assert.match(stdout, /the document is not JSON: property name expected at line 3, column 1/);
    assert.equal(check("empty.json").status, 2);
    assert.equal(check("bad.json", "broken.json").status, 2);
  });

  const unusable: readonly (readonly [readonly string[], string])[] = [
    [["missing.json"], "error: missing.json: there is no such file or folder\n"],
    [["good.json", "missing.json"], "error: missing.json: there is no such file or folder\n"],
    [["loop.json"], "error: loop.json: its links go round in a circle\n"],
    [["latin1.json"], "error: latin1.json: it is not UTF-8 text\n"],
    [[], "error: check: expected a file, a folder, a glob, or `-` for standard input\n"],
    [["good.json", "--fromat", "json"], "error: there is no option `--fromat`; did you mean `--format`?\n"],
    [["good.json", "--format"], "error: --format: expected a value\n"],
    [
      ["good.json", "--policy-config", "disabled.json"],
      "error: disabled.json: every rule is disabled, so nothing would be judged\n",
    ],
    [
      ["good.json", "--policy-config", "twice.json"],
      "error: twice.json: the key `all` stands twice in one object\n",
    ],
    [
      ["good.json", "--format", "xml"],
      "error: --format `xml`: expected text, json, sarif, junit, github or markdown\n",
    ],
    [
      ["good.json", "--policy-config", "missing.json"],
      "error: missing.json: there is no such file or folder\n",
    ],
    [
      ["good.json", "--policy-config", "broken.json"],
      "error: broken.json: it is not JSON: property name expected at line 3, column 1\n",
    ],
    [
      ["good.json", "--policy-config", "typos.json"],
      "error: typos.json: `aproved-actions`: there is no such rule; did you mean `approved-actions`?\nerror: typos.json: `no-wildcard-resource.onUnknwon`: there is no such option; did you mean `onUnknown`?\n",
    ],
    [
      ["good.json", "-o", "/nonexistent/x"],
      "error: --output /nonexistent/x: there is no such file or folder\n",
    ],
  ];
  for (const [args, stderr] of unusable)
    it(`refuses ${args.join(" ") || "nothing"}`, () => {
      assert.deepEqual(check(...args), { status: 2, stdout: "", stderr });
    });
});

describe("iam-guardrails", () => {
  it("helps by example", () => {
    for (const args of [[], ["help"], ["--help"], ["check", "--help"]]) {
      const { status, stdout } = run(args);
      assert.equal(status, 0);
      assert.match(stdout, /iam-guardrails check policy\.json/);
      assert.ok(stdout.split("\n").every((line) => line.length <= 80));
    }
  });
  it("tells its version and that of its data", () => {
    assert.match(
      run(["--version"]).stdout,
      /^iam-guardrails \d+\.\d+\.\d+ \(authorization data [\d.]+ of \d{4}-\d\d-\d\d\)\n$/,
    );
  });
  it("guesses the command that was meant", () => {
    assert.deepEqual(run(["chekc"]), {
      status: 2,
      stdout: "",
      stderr: "error: there is no command `chekc`; did you mean `check`?\n",
    });
  });
  it("lists its rules and shows one", () => {
    assert.deepEqual(
      run(["rules"])
        .stdout.split("\n")
        .filter((line) => !line.startsWith(" "))
        .map((line) => line.split(" ", 1)[0]),
      [...rules.map(({ id }) => id), ""],
    );
    assert.match(run(["rules", "approved-actions"]).stdout, /^# approved-actions\n/);
    assert.deepEqual(run(["rules", "approved-action"]), {
      status: 2,
      stdout: "",
      stderr: "error: there is no rule `approved-action`; did you mean `approved-actions`?\n",
    });
  });
});
