import { CONTROLS, defineRule, EVERY_KIND, type Violation } from "../engine";
import { isUnknown, type JsonObject, type Statement, type Test } from "../iam";
import { testsOf } from "./statements/condition-values";

type Message =
  | "actions"
  | "resources"
  | "principals"
  | "condition"
  | "values"
  | "values-any"
  | "values-absent"
  | "values-all";

export const emptyElements = defineRule({
  id: "empty-elements",
  title: "Elements are not empty",
  summary: "An element of a statement must not be empty.",
  why: "An empty list selects nothing, and an empty condition tests nothing: the statement does not do what it seems to.",
  fix: "Write what is meant, or remove the element or the statement.",
  level: "advisory",
  severity: "low",
  tags: ["iam", "validation", "tidiness"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
  ],
  kinds: EVERY_KIND,
  options: {},
  messages: {
    actions: "the list of actions is empty",
    resources: "the list of resources is empty",
    principals: "no principal is named, so the statement is about nobody",
    condition: "the condition is empty, and tests nothing",
    values: "`{key}` is compared with no value",
    "values-any": "`ForAnyValue` compares `{key}` with no value, and never passes",
    "values-absent": "`IfExists` compares `{key}` with no value, and passes only where the key is absent",
    "values-all": "`ForAllValues` compares `{key}` with no value, and passes only where the key is absent",
  },
  accessAnalyzer: {
    actions: "EMPTY_ARRAY_ACTION",
    resources: "EMPTY_ARRAY_RESOURCE",
    principals: ["EMPTY_OBJECT_PRINCIPAL", "EMPTY_ARRAY_PRINCIPAL"],
    condition: "EMPTY_OBJECT_CONDITION",
    values: "EMPTY_ARRAY_CONDITION",
    "values-any": "EMPTY_ARRAY_CONDITION_FORANYVALUE",
    "values-absent": "EMPTY_ARRAY_CONDITION_IFEXISTS",
    "values-all": "EMPTY_ARRAY_CONDITION_FORALLVALUES",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/*" },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: [], Resource: "arn:aws:s3:::example-bucket/*" },
      },
    ],
  },
  *check({ document: { statements } }) {
    for (const statement of statements) {
      const { actions, resources, sid } = statement;
      if (actions.entries.length === 0 && !actions.partial)
        yield { message: "actions", path: actions.path, sid, data: {}, fix: NAME };
      if (resources.entries.length === 0 && !resources.partial)
        yield { message: "resources", path: resources.path, sid, data: {}, fix: NAME };
      const { principals } = statement;
      if (principals?.entries.length === 0 && !principals.partial)
        yield {
          message: "principals",
          path: principals.path,
          sid,
          data: {},
          fix: NAME,
          accessAnalyzer: hasNoMembers(statement) ? "EMPTY_OBJECT_PRINCIPAL" : "EMPTY_ARRAY_PRINCIPAL",
        };
      if (hasEmptyCondition(statement))
        yield { message: "condition", path: `${statement.path}.Condition`, sid, data: {}, fix: "remove it" };
    }
    for (const { statement, test } of testsOf(statements))
      if (test.texts.length === 0)
        yield { ...judge(test), path: test.path, sid: statement.sid, data: { key: test.name } };
  },
});

const NAME = "write what is meant, or remove the statement";

const isEmptyObject = (value: JsonObject[string] | undefined): boolean =>
  typeof value === "object" &&
  value !== null &&
  !isUnknown(value) &&
  !Array.isArray(value) &&
  Object.keys(value).length === 0;

const hasEmptyCondition = ({ source }: Statement): boolean => isEmptyObject(source["Condition"]);
const hasNoMembers = ({ source }: Statement): boolean =>
  isEmptyObject(source["Principal"] ?? source["NotPrincipal"]);

function judge({
  name,
  operator: { qualifier, ifExists },
}: Test): Pick<Violation<Message>, "message" | "fix"> {
  const absent = `write \`"Null": {${JSON.stringify(name)}: "true"}\` if that is meant`;
  if (qualifier === "ForAllValues") return { message: "values-all", fix: absent };
  if (qualifier === "ForAnyValue") return { message: "values-any", fix: NAME };
  if (ifExists) return { message: "values-absent", fix: absent };
  return { message: "values", fix: "write the values, or remove the key" };
}
