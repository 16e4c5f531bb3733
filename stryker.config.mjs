// Fewer cases a property: each mutant runs them again.
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
    spec: ["test/iam/**/*.test.ts"],
  },
  ignorePatterns: ["/policypack/dist", ".scratch", "coverage"],
  reporters: ["clear-text", "progress", "json"],
  jsonReporter: { fileName: ".scratch/mutation.json" },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  concurrency: 2,
  timeoutMS: 20_000,
  thresholds: { high: 95, low: 90, break: 90 },
  tempDirName: ".scratch/stryker",
};
