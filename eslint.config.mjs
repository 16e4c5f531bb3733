import js from "@eslint/js";
import tseslint from "typescript-eslint";

const PULUMI = "^@pulumi/";
const NODE = "^node:";

// Imports go inward only: policypack/docs/architecture.md says, ring by ring, what each may not do.
const ring = (folder, ...forbidden) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: forbidden.map((regex) => ({
          regex,
          message: `${folder} may not import this: see policypack/docs/architecture.md`,
        })),
      },
    ],
  },
});
const above = (...rings) => `^\\.\\.?/(.*/)?(${rings.join("|")})(/|$)`;

// Ring 0 has rooms, each built on those before it.
const ROOMS = ["pattern", "language", "evaluation", "implication", "containment", "grant"];
const RINGS_ABOVE_IAM = ["catalogue", "engine", "rules", "pulumi", "report", "host", "cli"];
const roomsOfIam = ["index", ...ROOMS].map((room, at) => {
  const rules = ring(
    "policypack/iam",
    above(...RINGS_ABOVE_IAM, ...(at === 0 ? [] : ROOMS.slice(at))),
    PULUMI,
    NODE,
  );
  return { ...rules, files: [at === 0 ? "policypack/iam/*.ts" : `policypack/iam/${room}/**/*.ts`] };
});

export default tseslint.config(
  { ignores: ["**/node_modules/", "**/dist/", "coverage/", ".scratch/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "no-restricted-syntax": [
        "error",
        { selector: "TSEnumDeclaration", message: "a union of string literals says the same" },
        {
          selector: "ExportDefaultDeclaration",
          message: "named exports: one name for one thing, wherever it is used",
        },
      ],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["**/*.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: {
        require: "readonly",
        module: "writable",
        process: "readonly",
        console: "readonly",
        __dirname: "readonly",
      },
    },
  },
  { files: ["**/*.mjs"], languageOptions: { globals: { process: "readonly", URL: "readonly" } } },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-floating-promises": "off",
      "max-lines": "off",
      "@typescript-eslint/no-misused-spread": "off",
    },
  },
  ...roomsOfIam,
  ring("policypack/catalogue", above("engine", "rules", "pulumi", "report", "host", "cli"), PULUMI),
  ring("policypack/engine", above("rules", "pulumi", "report", "host", "cli"), PULUMI),
  ring("policypack/rules", above("pulumi", "report", "host", "cli"), PULUMI, NODE),
  ring("policypack/pulumi", above("report", "host", "cli")),
  ring("policypack/report", above("rules", "pulumi", "host", "cli"), PULUMI, NODE),
  ring("policypack/host", above("rules", "cli", "testing")),
  ring("policypack/testing", above("rules", "report", "cli")),
  ring("stack", above("engine", "rules", "pulumi", "report", "host", "cli"), "@pulumi/aws$"),
);
