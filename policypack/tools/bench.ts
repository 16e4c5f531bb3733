/**
 * Speed, as ratios within one run: absolute figures say more about the machine than about the code.
 *
 *   npm run bench            everything
 *   npm run bench -- boot    one part: boot, read, judge, analyze, rules, stacks or proofs
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PackProcess, type Registration } from "../dist/host";
import { evaluate, readConfiguration } from "../engine";
import { parseDocument } from "../iam";
import { readableDocument, rules } from "../rules";
import { benchProofs } from "./bench-proofs";
import { benchRules, benchStacks } from "./bench-stack";
import { managedPolicies } from "./corpus";

const PACK = join(__dirname, "..");
const ROOT = join(PACK, "..");
const EXECUTABLE = join(PACK, "dist", "ai-workflow-guardrails.cjs");
const RUNNER = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
const IDENTITY = { organization: "bench", project: "bench", stack: "dev", configuration: {} };
const ROUNDS = 9;

const EVERYDAY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: "arn:aws:s3:::example-bucket/images/*",
    },
    {
      Effect: "Allow",
      Action: "sagemaker:InvokeEndpoint",
      Resource: "arn:aws:sagemaker:us-east-1:123456789012:endpoint/x",
    },
    { Effect: "Allow", Action: ["rekognition:DetectLabels", "rekognition:DetectText"], Resource: "*" },
  ],
});
const ADMINISTRATOR = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
});

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const now = (): number => Number(process.hrtime.bigint()) / 1e6;
const say = (name: string, value: string): void => {
  process.stdout.write(`${name.padEnd(52)} ${value}\n`);
};

/** A compiled pack without policies, where it finds the same modules as this one. */
function emptyPack(): string {
  const folder = mkdtempSync(join(tmpdir(), "empty-pack-"));
  const pack = join(folder, "pack");
  mkdirSync(pack);
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(pack, "package.json"), '{"name":"empty","version":"1.0.0","main":"index.js"}');
  writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(
    join(pack, "index.js"),
    '"use strict";\nconst { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("empty", { policies: [] });\n',
  );
  return pack;
}

/** Milliseconds from spawn of a pack in a folder to the line with the port. */
const boot = (pack: string): Promise<number> => untilFirstLine(RUNNER, "127.0.0.1:0", pack);

/** Milliseconds from spawn of Node to its first line. */
function untilFirstLine(...args: readonly string[]): Promise<number> {
  const start = now();
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code !== null) reject(new Error(`${args.join(" ")} ended with status ${code}`));
    });
    child.stdout?.once("data", () => {
      const took = now() - start;
      child.kill("SIGKILL");
      resolve(took);
    });
  });
}

async function benchBoot(empty: string): Promise<void> {
  const ours: number[] = [];
  const theirs: number[] = [];
  const files: number[] = [];
  const bare: number[] = [];
  // In turn, so that a machine that speeds up or slows down does so for both.
  for (let round = 0; round <= ROUNDS; round++) {
    const [a, b] = [await boot(PACK), await boot(empty)];
    const [c, d] = [
      await untilFirstLine(EXECUTABLE, "127.0.0.1:0"),
      await untilFirstLine("-e", "console.log(1)"),
    ];
    if (round === 0) continue;
    ours.push(a);
    theirs.push(b);
    files.push(c);
    bare.push(d);
  }
  const ratio = median(ours.map((value, index) => value / (theirs[index] ?? NaN)));
  say(
    "boot, spawn to port line",
    `${median(ours).toFixed(0)} ms; empty pack ${median(theirs).toFixed(0)} ms; ratio ${ratio.toFixed(2)} (aim 1.15)`,
  );
  const against = (others: readonly number[]): string =>
    median(files.map((value, index) => value / (others[index] ?? NaN))).toFixed(2);
  say(
    "boot of the executable",
    `${median(files).toFixed(0)} ms; Node ${median(bare).toFixed(0)} ms; ratio ${against(theirs)} to an empty pack in a folder (aim 0.3), ${against(bare)} to Node (aim 2.5)`,
  );
}

/** Microseconds of one call, the median of several batches. */
function timed(calls: number, work: () => void): number {
  for (let call = 0; call < calls; call++) work();
  return median(
    Array.from({ length: ROUNDS }, () => {
      const start = now();
      for (let call = 0; call < calls; call++) work();
      return ((now() - start) / calls) * 1000;
    }),
  );
}

function benchRead(): void {
  const floor = timed(2000, () => void JSON.parse(EVERYDAY));
  const reading = timed(2000, () => void parseDocument(EVERYDAY));
  say(
    "read a three-statement policy",
    `${reading.toFixed(1)} µs; JSON.parse ${floor.toFixed(1)} µs; ratio ${(reading / floor).toFixed(1)}`,
  );
}

function benchJudge(): void {
  const { rules: configured } = readConfiguration(rules, {});
  const judge = (text: string) => () =>
    void evaluate(
      configured,
      [{ subject: { file: "x" }, kind: "identity", reading: parseDocument(text) }],
      readableDocument,
    );
  say("read and judge a three-statement policy", `${timed(500, judge(EVERYDAY)).toFixed(0)} µs`);
  say("read and judge an administrator's policy", `${(timed(3, judge(ADMINISTRATOR)) / 1000).toFixed(1)} ms`);
}

async function benchAnalyze(empty: string): Promise<void> {
  const CALLS = 300;
  const registration: Registration = {
    type: "aws:iam/policy:Policy",
    name: "x",
    urn: "urn:pulumi:dev::bench::aws:iam/policy:Policy::x",
    parent: "",
    custom: true,
    properties: { policy: EVERYDAY },
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    ignoreChanges: [],
    additionalSecretOutputs: [],
    deleteBeforeReplace: undefined,
  };
  const packs = [await PackProcess.start(PACK, IDENTITY), await PackProcess.start(empty, IDENTITY)] as const;
  try {
    const times = [[], []] as [number[], number[]];
    for (let round = 0; round <= ROUNDS; round++)
      for (const [index, pack] of packs.entries()) {
        const start = now();
        for (let call = 0; call < CALLS; call++) await pack.analyze(registration);
        if (round > 0) times[index === 0 ? 0 : 1].push((now() - start) / CALLS);
      }
    const [ours, theirs] = [median(times[0]), median(times[1])];
    say(
      "Analyze, three-statement policy",
      `${ours.toFixed(2)} ms; empty pack ${theirs.toFixed(2)} ms; added ${(ours - theirs).toFixed(2)} ms`,
    );
  } finally {
    for (const pack of packs) pack.stop();
  }
}

async function main(only: string | undefined): Promise<void> {
  const empty = emptyPack();
  const parts: Readonly<Record<string, () => Promise<void> | void>> = {
    boot: () => benchBoot(empty),
    read: benchRead,
    judge: benchJudge,
    analyze: () => benchAnalyze(empty),
    rules: () => {
      benchRules(
        [...managedPolicies()].flatMap(({ versions }) => versions.slice(-1)),
        say,
      );
    },
    stacks: () => benchStacks(IDENTITY, say),
    proofs: () => benchProofs(say),
  };
  try {
    for (const [name, part] of Object.entries(parts)) if (only === undefined || only === name) await part();
  } finally {
    rmSync(empty, { recursive: true });
  }
}

void main(process.argv[2]);
