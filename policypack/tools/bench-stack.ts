/** The speed of a whole run: all rules over AWS's policies in a process of their own, and stacks that grow tenfold. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { PackProcess, type Registration, type StackIdentity } from "../dist/host";

const PACK = join(__dirname, "..");
const now = (): number => Number(process.hrtime.bigint()) / 1e6;

const JUDGE_ALL = `
const { evaluate, readConfiguration } = require("${join(PACK, "dist/engine")}");
const { parseDocument } = require("${join(PACK, "dist/iam")}");
const { readableDocument, rules } = require("${join(PACK, "dist/rules")}");
const { rules: configured } = readConfiguration(rules, {});
const policies = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
let found = 0;
for (const text of policies) {
  const document = { subject: { file: "policy.json" }, kind: "identity", reading: parseDocument(text) };
  found += evaluate(configured, [document], readableDocument).length;
}
process.stdout.write(String(found));
`;

/** Judges policies by all rules in a fresh process: the way from its start to its end. */
export function benchRules(policies: readonly string[], say: (name: string, value: string) => void): void {
  const took = (input: readonly string[]): { readonly ms: number; readonly found: string } => {
    const start = now();
    const { stdout, status } = spawnSync(process.execPath, ["-e", JUDGE_ALL], {
      input: JSON.stringify(input),
      encoding: "utf8",
    });
    if (status !== 0) throw new Error("judging AWS's policies failed");
    return { ms: now() - start, found: stdout };
  };
  const floor = took([]);
  const all = took(policies);
  say(
    `all rules over AWS's ${policies.length} policies`,
    `${(all.ms / 1000).toFixed(2)} s with the start (${floor.ms.toFixed(0)} ms); ${all.found} findings (aim 1 s)`,
  );
}

const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/images/*" },
    { Effect: "Allow", Action: "rekognition:DetectLabels", Resource: "*" },
  ],
});
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: { Service: "sagemaker.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
  },
});

/** A stack of roles, each with a policy that is attached to it. */
function stackOf(size: number): readonly Registration[] {
  const make = (
    type: string,
    name: string,
    properties: object,
    dependsOn: readonly string[],
  ): Registration => ({
    type,
    name,
    urn: `urn:pulumi:dev::bench::${type}::${name}`,
    parent: "",
    custom: true,
    properties: { ...properties },
    dependencies: dependsOn,
    propertyDependencies: {},
    protect: false,
    ignoreChanges: [],
    additionalSecretOutputs: [],
    deleteBeforeReplace: undefined,
  });
  return Array.from({ length: size }, (_, index) => {
    const at = Math.floor(index / 3);
    switch (index % 3) {
      case 0:
        return make("aws:iam/role:Role", `role-${at}`, { name: `role-${at}`, assumeRolePolicy: TRUST }, []);
      case 1:
        return make("aws:iam/policy:Policy", `policy-${at}`, { name: `policy-${at}`, policy: POLICY }, []);
      default:
        return make(
          "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
          `attachment-${at}`,
          { role: `role-${at}`, policyArn: `arn:aws:iam::123456789012:policy/policy-${at}` },
          [],
        );
    }
  });
}

/** Milliseconds a resource, for stacks of 100, 1,000 and 10,000: a straight line has the same everywhere. */
export async function benchStacks(
  identity: StackIdentity,
  say: (name: string, value: string) => void,
): Promise<void> {
  const pack = await PackProcess.start(PACK, identity);
  try {
    for (const registration of stackOf(100)) await pack.analyze(registration);
    for (const size of [100, 1_000, 10_000]) {
      const stack = stackOf(size);
      const start = now();
      for (const registration of stack) await pack.analyze(registration);
      const each = now() - start;
      const found = (await pack.analyzeStack(stack)).length;
      const whole = now() - start - each;
      say(
        `a stack of ${size} resources`,
        `Analyze ${(each / size).toFixed(2)} ms a resource, AnalyzeStack ${(whole / size).toFixed(3)} ms a resource (${whole.toFixed(0)} ms, ${found} findings)`,
      );
    }
  } finally {
    pack.stop();
  }
}
