/** The engine with the pack, and `iam-guardrails check` without it: of one state they say the same, finding for finding. */
import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { type Finding, textOf } from "../../policypack/engine";
import { run } from "../cli/run";
import { configured } from "./own-stack";
import { GOOD, OVERBROAD, workflow } from "./programs";
import type { PackConfiguration } from "./pulumi";
import { fresh, pulumi, ROUTES } from "./setting";

/** A finding in the terms of both: rule, level, URN, text. */
type Said = readonly [rule: string, level: string, urn: string, message: string];

const MISTAKES = [
  OVERBROAD,
  { Effect: "Allow", Action: "sagemaker:GetModel", Resource: "*" },
  { Effect: "Allow", Action: ["iam:PassRole", "sagemaker:CreateTrainingJob"], Resource: "*" },
  { Effect: "Allow", NotAction: "iam:*", Resource: "arn:aws:s3:::example-bucket/*" },
  { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::example-bucket" },
];
const EXEMPT: PackConfiguration = {
  "no-wildcard-resource": {
    exemptions: [{ resource: "policy", reason: "known", expires: "2999-12-31" }],
  },
};

const workflowOf =
  (...statements: readonly object[]) =>
  async (): Promise<Stack> =>
    (await fresh(workflow(...statements))).stack;

/** Stacks, what the pack is configured with, whether it blocks them, and rules that have something to say of them. */
const STACKS: readonly (readonly [
  name: string,
  made: () => Promise<Stack>,
  configuration: PackConfiguration | undefined,
  blocks: boolean,
  rules: readonly string[],
])[] = [
  ["a good stack", workflowOf(GOOD), undefined, false, ["permissions-boundary"]],
  [
    "an over-broad one",
    workflowOf(...MISTAKES),
    undefined,
    true,
    ["no-wildcard-resource", "approved-actions", "pass-role", "matching-resource", "identity-escalation"],
  ],
  ["one with advice only", workflowOf(...MISTAKES), { all: "advisory" }, false, ["no-wildcard-resource"]],
  ["one that is exempt", workflowOf(OVERBROAD), EXEMPT, false, ["no-wildcard-resource"]],
  [
    "this project's over-broad stack",
    () => configured("overbroad"),
    undefined,
    true,
    ["no-wildcard-resource", "approved-actions"],
  ],
];

for (const [route, packOf] of ROUTES)
  describe(`\`iam-guardrails check\` and the pack ${route}, under the real engine`, function () {
    this.timeout(180_000);
    for (const [name, made, configuration, blocks, rules] of STACKS)
      it(`say the same of ${name}`, async () => {
        const stack = await made();
        await stack.up();
        const state = join(mkdtempSync(join(pulumi.folder, "state-")), "state.json");
        writeFileSync(state, JSON.stringify(await stack.exportStack()));
        const file = configuration === undefined ? undefined : pulumi.configuration(configuration);
        const analyzed = pulumi.run([
          ...["policy", "analyze", "--json", "--file", state, "--policy-pack", packOf()],
          ...(file === undefined ? [] : ["--policy-pack-config", file]),
        ]);
        const checked = run([
          ...["check", state, "--format", "json"],
          ...(file === undefined ? [] : ["--policy-config", file]),
        ]);
        assert.deepEqual(saidByCheck(checked.stdout), saidByEngine(analyzed.stdout));
        assert.deepEqual([analyzed.status, checked.status], blocks ? [1, 1] : [0, 0], analyzed.stderr);
        const found = saidByEngine(analyzed.stdout).map(([rule]) => rule);
        assert.deepEqual(
          rules.filter((rule) => !found.includes(rule)),
          [],
        );
        await stack.destroy();
        await stack.workspace.removeStack(stack.name);
      });
  });

const inOrder = (all: readonly Said[]): readonly Said[] =>
  [...all].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));

/** `pulumi policy analyze --json` prints one event a line. */
const saidByEngine = (printed: string): readonly Said[] =>
  inOrder(
    printed
      .split("\n")
      .filter((line) => line !== "")
      .flatMap((line): readonly Said[] => {
        const { policyEvent: event } = JSON.parse(line) as {
          readonly policyEvent?: {
            readonly policyName: string;
            readonly enforcementLevel: string;
            readonly resourceUrn: string;
            readonly message: string;
          };
        };
        if (event === undefined) return [];
        return [[event.policyName, event.enforcementLevel, event.resourceUrn, event.message]];
      }),
  );

const saidByCheck = (printed: string): readonly Said[] => {
  const { findings } = JSON.parse(printed) as { readonly findings: readonly Finding[] };
  return inOrder(
    findings.map((finding): Said => {
      const { rule, level, subject } = finding;
      return [rule, level, "urn" in subject ? subject.urn : subject.file, textOf(finding)];
    }),
  );
};
