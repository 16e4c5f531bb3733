/** `npm run new-rule -- <id>`: a rule that judges documents, and its table of cases, to be filled in. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PACK = join(__dirname, "..");
const [id = ""] = process.argv.slice(2);
const rule = join(PACK, "rules", `${id}.ts`);
const cases = join(PACK, "..", "test", "rules", `${id}.cases.ts`);
const name = id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

const problem = !/^[a-z]+(-[a-z]+)+$/.test(id)
  ? `expected an id of words in lower case, such as \`no-wildcard-resource\`, found \`${id}\``
  : [rule, cases].some((file) => existsSync(file))
    ? `there is a rule \`${id}\` already`
    : undefined;
if (problem !== undefined) {
  console.error(`new-rule: ${problem}`);
  process.exit(2);
}

writeFileSync(
  rule,
  `import { CONTROLS, defineRule, GRANTING } from "../engine";

export const ${name} = defineRule({
  id: "${id}",
  title: "TODO in a few words",
  summary: "A TODO must TODO.",
  why: "TODO.",
  fix: "TODO.",
  level: "advisory",
  severity: "medium",
  tags: ["iam"],
  framework: CONTROLS["AC-3"],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies.html"],
  kinds: GRANTING,
  options: {},
  messages: { todo: "\`{action}\` TODO" },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/*" },
      },
    ],
    bad: [{ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } }],
  },
  *check({ document: { statements } }) {
    for (const { effect, actions, sid } of statements)
      for (const { text, path } of effect === "Allow" ? actions.entries : [])
        if (text === "*") yield { message: "todo", path, sid, data: { action: text }, fix: "TODO" };
  },
});
`,
);
writeFileSync(
  cases,
  `import { ${name} } from "../../policypack/rules/${id}";
import { allow, CLEAN, type RuleCases } from "./cases";

export const cases: RuleCases = {
  rule: ${name},
  valid: [{ name: "a clean statement", document: [CLEAN] }],
  invalid: [
    {
      name: "TODO, after a clean statement",
      document: [CLEAN, allow("*", "*")],
      violations: [{ message: "todo", path: "Statement[1].Action", data: { action: "*" } }],
    },
  ],
};
`,
);
console.error(`written: policypack/rules/${id}.ts, test/rules/${id}.cases.ts; now \`npm run generate\``);
