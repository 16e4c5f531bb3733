// Each mutant runs the tests that touch it again: the tables, and the properties inside of them with fewer cases.
process.env["FC_RUNS"] ??= "200";

/** Mutation testing of ring 0: `npm run mutate`, or `npm run mutate -- -m policypack/iam/region.ts`. */
export default {
  testRunner: "mocha",
  coverageAnalysis: "perTest",
  mutate: ["policypack/iam/**/*.ts", "!policypack/iam/index.ts"],
  mochaOptions: {
    "no-package": true,
    "no-config": true,
    require: ["ts-node/register/transpile-only"],
    // The properties would run for minutes over each survivor; what only they kill is named in decision 0006.
    spec: ["test/iam/**/!(*.property).test.ts"],
    // What holds a time fails under instrumentation.
    grep: "^(?!.*hostile documents)",
  },
  ignorePatterns: ["/policypack/dist", ".scratch", "coverage"],
  reporters: ["clear-text", "progress-append-only", "json"],
  jsonReporter: { fileName: ".scratch/mutation.json" },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  concurrency: 2,
  timeoutMS: 5_000,
  thresholds: { high: 95, low: 90, break: 90 },
  tempDirName: ".scratch/stryker",
};
