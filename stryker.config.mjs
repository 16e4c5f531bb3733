import { readFileSync } from "node:fs";

const REPORTS = { tables: ".scratch/mutation.json", survivors: ".scratch/mutation-survivors.json" };
const isSecond = process.env["MUTATE"] === "survivors";

// Each mutant runs the tests that touch it again: properties try fewer cases.
process.env["FC_RUNS"] ??= isSecond ? "60" : "200";

/** The mutants that the first pass left alive, as Stryker names places: `file.ts:5:4-6:1`, columns from 1. */
function survivors() {
  const { files } = JSON.parse(readFileSync(REPORTS.tables, "utf8"));
  return Object.entries(files).flatMap(([file, { mutants }]) =>
    mutants
      .filter(({ status }) => status === "Survived" || status === "NoCoverage")
      .map(({ location: { start, end } }) => {
        const place = ({ line, column }) => `${line}:${column - 1}`;
        return `${file}:${place(start)}-${place(end)}`;
      }),
  );
}

/** Mutation testing of ring 0, in two passes: see policypack/tools/mutate.mjs. */
export default {
  testRunner: "mocha",
  coverageAnalysis: "perTest",
  // A mutant of a constant of a module is in force before any test, so that every test would have to run for it.
  ignoreStatic: true,
  mutate: isSecond ? survivors() : ["policypack/iam/**/*.ts", "!policypack/iam/index.ts"],
  mochaOptions: {
    "no-package": true,
    "no-config": true,
    require: ["ts-node/register/transpile-only", "./test/iam/forgetful.ts"],
    spec: isSecond
      ? [
          "test/iam/**/*.test.ts",
          "test/catalogue/@(known|escalation).test.ts",
          "test/rules/*.test.ts",
          "test/report/*.test.ts",
        ]
      : ["test/iam/**/!(*.property).test.ts"],
    // What holds a time fails under instrumentation.
    grep: "^(?!.*(hostile|under a second))",
  },
  ignorePatterns: ["/policypack/dist", ".scratch", "coverage"],
  reporters: ["clear-text", "progress-append-only", "json"],
  jsonReporter: { fileName: isSecond ? REPORTS.survivors : REPORTS.tables },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  concurrency: 2,
  timeoutMS: isSecond ? 15_000 : 5_000,
  thresholds: { high: 95, low: 90, break: isSecond ? null : 75 },
  tempDirName: ".scratch/stryker",
};
