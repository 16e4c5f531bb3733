import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import type { Finding } from "../../policypack/engine";
import {
  githubReport,
  junitReport,
  markdownReport,
  type Place,
  type Report,
  sarifReport,
  textReport,
} from "../../policypack/report";
import { rules } from "../../policypack/rules";

const BLOCKED: Finding = {
  rule: "no-wildcard-resource",
  level: "mandatory",
  severity: "high",
  subject: { file: "policies/my policy.json" },
  path: "Statement[0].Resource",
  sid: "Read",
  message: "`s3:GetObject` is allowed on `*`, which singles out no object",
  fix: '{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::<bucket>/<prefix>*"}',
  data: {},
  accessAnalyzer: "SOME_CHECK",
  fingerprint: "0123456789abcdef",
};
const RESOURCE: Finding = {
  ...BLOCKED,
  rule: "permissions-boundary",
  level: "advisory",
  severity: "medium",
  subject: {
    urn: "urn:pulumi:dev::app::aws:iam/role:Role::worker",
    type: "aws:iam/role:Role",
    name: "worker",
    property: "",
  },
  path: "",
  message: "the role has no <permissions> boundary | 100%, or: none",
  fix: "set `permissionsBoundary`, and *not* _later_",
};
const EXEMPTED: Finding = {
  ...BLOCKED,
  path: "Statement[9]",
  exemption: { reason: "known & accepted", expires: "2027-01-31", ticket: "SEC-1" },
};
// Absent where nothing is, as the engine makes it.
delete (RESOURCE as { accessAnalyzer?: string }).accessAnalyzer;
delete (RESOURCE as { sid?: string }).sid;

const report = (...findings: readonly Finding[]): Report => ({
  findings,
  subjects: 2,
  unknown: 0,
  files: ["policies/my policy.json", "good.json"],
  places: new Map(
    findings.flatMap((finding): [Finding, Place][] =>
      finding === BLOCKED || finding === EXEMPTED
        ? [
            [
              finding,
              {
                file: "policies/my policy.json",
                line: finding === BLOCKED ? 4 : 1,
                column: finding === BLOCKED ? 64 : 1,
              },
            ],
          ]
        : [],
    ),
  ),
});
const ALL = report(BLOCKED, RESOURCE, EXEMPTED);

/** The schema of the standard; Ajv 6 reads draft 4 once it is told what `id` is. */
function sarifErrors(text: string): unknown {
  const schema = JSON.parse(
    readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
  ) as object;
  const draft4 = JSON.parse(
    readFileSync(require.resolve("ajv/lib/refs/json-schema-draft-04.json"), "utf8"),
  ) as object;
  const ajv = new Ajv({ schemaId: "id", logger: false, allErrors: true, unknownFormats: "ignore" });
  ajv.addMetaSchema(draft4);
  const validate = ajv.compile(schema);
  return validate(JSON.parse(text)) === true ? undefined : validate.errors;
}

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { id: string }[] } };
      readonly results: readonly object[];
    },
  ];
}

describe("SARIF", () => {
  const text = sarifReport(ALL, { version: "1.2.3", rules });
  const { runs } = JSON.parse(text) as Sarif;
  it("is valid", () => {
    assert.equal(sarifErrors(text), undefined);
    assert.equal(sarifErrors(sarifReport(report(), { version: "1.2.3", rules })), undefined);
  });
  it("and the schema would say so", () => {
    assert.notEqual(sarifErrors(text.replace('"error"', '"fatal"')), undefined);
  });
  it("describes the rules that found something", () => {
    assert.deepEqual(
      runs[0].tool.driver.rules.map(({ id }) => id),
      ["no-wildcard-resource", "permissions-boundary"],
    );
  });
  it("points at the line and column of the statement", () => {
    assert.deepEqual(runs[0].results[0], {
      ruleId: "no-wildcard-resource",
      ruleIndex: 0,
      level: "error",
      message: {
        text: `policies/my policy.json: Statement[0].Resource (Sid Read): ${BLOCKED.message}\n\nfix: ${BLOCKED.fix}`,
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "policies/my%20policy.json" },
            region: { startLine: 4, startColumn: 64 },
          },
        },
      ],
      partialFingerprints: { "iamGuardrails/v1": "0123456789abcdef" },
      properties: { accessAnalyzer: "SOME_CHECK" },
    });
  });
  it("names the resource, in the file of the project", () => {
    assert.deepEqual(runs[0].results[1], {
      ruleId: "permissions-boundary",
      ruleIndex: 1,
      level: "warning",
      message: { text: `aws:iam/role:Role worker: resource: ${RESOURCE.message}\n\nfix: ${RESOURCE.fix}` },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: "Pulumi.yaml" }, region: { startLine: 1 } },
          logicalLocations: [
            {
              name: "worker",
              fullyQualifiedName: "urn:pulumi:dev::app::aws:iam/role:Role::worker",
              kind: "resource",
            },
          ],
        },
      ],
      partialFingerprints: { "iamGuardrails/v1": "0123456789abcdef" },
    });
  });
  it("suppresses what is exempted", () => {
    const [, , exempted] = runs[0].results as readonly { suppressions?: readonly object[] }[];
    assert.deepEqual(exempted?.suppressions, [
      { kind: "external", justification: "exempted until 2027-01-31: known & accepted (SEC-1)" },
    ]);
  });
});

describe("JUnit", () => {
  it("has a test case for each finding, and one for what has none", () => {
    assert.equal(
      junitReport(ALL),
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="iam-guardrails" tests="4" failures="1">
  <testsuite name="policies/my policy.json" tests="2" failures="1" skipped="1">
    <testcase classname="policies/my policy.json" name="no-wildcard-resource: Statement[0].Resource (Sid Read)">
      <failure type="no-wildcard-resource" message="\`s3:GetObject\` is allowed on \`*\`, which singles out no object">\`s3:GetObject\` is allowed on \`*\`, which singles out no object&#10;fix: {&quot;Effect&quot;:&quot;Allow&quot;,&quot;Action&quot;:&quot;s3:GetObject&quot;,&quot;Resource&quot;:&quot;arn:aws:s3:::&lt;bucket&gt;/&lt;prefix&gt;*&quot;}</failure>
    </testcase>
    <testcase classname="policies/my policy.json" name="no-wildcard-resource: Statement[9] (Sid Read)">
      <skipped message="exempted until 2027-01-31: known &amp; accepted (SEC-1)"/>
    </testcase>
  </testsuite>
  <testsuite name="good.json" tests="1" failures="0" skipped="0">
    <testcase classname="good.json" name="no findings"/>
  </testsuite>
  <testsuite name="aws:iam/role:Role worker" tests="1" failures="0" skipped="0">
    <testcase classname="aws:iam/role:Role worker" name="permissions-boundary: resource">
      <system-out>the role has no &lt;permissions&gt; boundary | 100%, or: none&#10;fix: set \`permissionsBoundary\`, and *not* _later_</system-out>
    </testcase>
  </testsuite>
</testsuites>
`,
    );
  });
  it("has one test case where nothing is found in resources", () => {
    assert.match(
      junitReport({ findings: [], subjects: 3, unknown: 0 }),
      /<testsuites name="iam-guardrails" tests="1" failures="0">\n {2}<testsuite name="3 documents"/,
    );
  });
  it("has no character that XML has not", () => {
    const odd = { ...BLOCKED, message: "\u0000\u001b[31m\ud800x\ufffe😀" };
    assert.match(junitReport(report(odd)), /message="��\[31m�x�😀"/u);
  });
});

describe("GitHub annotations", () => {
  it("are one line a finding, at its line and column", () => {
    assert.deepEqual(githubReport(ALL).split("\n"), [
      `::error file=policies/my policy.json,line=4,col=64,title=no-wildcard-resource::policies/my policy.json: Statement[0].Resource (Sid Read): ${BLOCKED.message}%0Afix: ${BLOCKED.fix}`,
      "::warning file=Pulumi.yaml,title=permissions-boundary::aws:iam/role:Role worker: resource: the role has no <permissions> boundary | 100%25, or: none%0Afix: set `permissionsBoundary`, and *not* _later_",
      `::notice file=policies/my policy.json,line=1,col=1,title=no-wildcard-resource::policies/my policy.json: Statement[9] (Sid Read): ${BLOCKED.message}%0Aexempted until 2027-01-31: known & accepted (SEC-1)`,
      "blocked: 2 documents judged, 2 mandatory, 1 advisory, 1 exempted",
      "",
    ]);
  });
});

describe("the Markdown summary", () => {
  it("is a table, with what to write behind it", () => {
    assert.equal(
      markdownReport(report(BLOCKED, RESOURCE)),
      `### ✘ Blocked by iam-guardrails

2 documents judged, 1 mandatory, 1 advisory.

| | rule | where | what |
| --- | --- | --- | --- |
| ✘ mandatory | \`no-wildcard-resource\` | policies/my policy.json: Statement\\[0\\].Resource (Sid Read), line 4 | \`s3:GetObject\` is allowed on \`*\`, which singles out no object |
| ▲ advisory | \`permissions-boundary\` | aws:iam/role:Role worker: resource | the role has no \\<permissions\\> boundary \\| 100%, or: none |

<details><summary>no-wildcard-resource, policies/my policy.json: Statement[0].Resource (Sid Read): write instead</summary>

\`\`\`json
{
  "Effect": "Allow",
  "Action": "s3:GetObject",
  "Resource": "arn:aws:s3:::<bucket>/<prefix>*"
}
\`\`\`

</details>

<details><summary>permissions-boundary, aws:iam/role:Role worker: resource: write instead</summary>

set \`permissionsBoundary\`, and \\*not\\* \\_later\\_

</details>
`,
    );
  });
  it("says that all is well", () => {
    assert.equal(
      markdownReport(report()),
      "### ✔ Passed by iam-guardrails\n\n2 documents judged, 0 mandatory, 0 advisory.\n",
    );
  });
});

describe("one statement to write for several findings", () => {
  const second: Finding = { ...BLOCKED, path: "Statement[0].Resource[1]" };
  const elsewhere: Finding = { ...BLOCKED, subject: { file: "good.json" } };
  const inWords: Finding = { ...RESOURCE, path: "x" };
  const findings = report(BLOCKED, second, elsewhere, RESOURCE, inWords);

  it("stands once in text, with its subject, and is referred to", () => {
    const text = textReport(findings, { colour: false, width: 100 });
    assert.equal(text.split("write instead:").length - 1, 2);
    assert.deepEqual(
      text.split("\n").filter((line) => line.includes("fix: ")),
      [
        "    fix: as for Statement[0].Resource (Sid Read)",
        "    fix: set `permissionsBoundary`, and *not* _later_",
        "    fix: set `permissionsBoundary`, and *not* _later_",
      ],
    );
  });
  it("stands once in Markdown, with all its places", () => {
    assert.deepEqual(
      markdownReport(findings)
        .split("\n")
        .filter((line) => line.includes("<summary>no-wildcard-resource")),
      [
        "policies/my policy.json: Statement[0].Resource (Sid Read), Statement[0].Resource[1] (Sid Read)",
        "good.json: Statement[0].Resource (Sid Read)",
      ].map((places) => `<details><summary>no-wildcard-resource, ${places}: write instead</summary>`),
    );
  });
});
