/** The resources of an example as people read them: the `resources` of a Pulumi YAML program. */
import type { ExampleResource } from "../engine";
import { isUnknown } from "../iam";

/** `policyArn: ${policy}` stands for an output of another resource. */
export const programOf = (resources: readonly ExampleResource[]): string =>
  lines({
    resources: Object.fromEntries(resources.map((resource) => [resource.name, shown(resource)])),
  }).join("\n");

const shown = ({ type, props, dependencies = {} }: ExampleResource): object => ({
  type,
  properties: Object.fromEntries(
    Object.entries(props).map(([property, value]) => {
      const [of = "unknown"] = dependencies[property] ?? [];
      return [property, withReferences(value, of)];
    }),
  ),
});

const withReferences = (value: unknown, name: string): unknown => {
  if (isUnknown(value)) return `\${${name}}`;
  if (Array.isArray(value)) return (value as readonly unknown[]).map((item) => withReferences(item, name));
  return value;
};

/** An object as lines of YAML: block style for what holds something, JSON for what does not. */
function lines(object: object): readonly string[] {
  return Object.entries(object).flatMap(([key, value]: [string, unknown]) =>
    isBranch(value)
      ? [`${key}:`, ...(Array.isArray(value) ? items(value) : lines(value).map((line) => `  ${line}`))]
      : [`${key}: ${scalar(value)}`],
  );
}

const items = (list: readonly unknown[]): readonly string[] =>
  list.flatMap((item) => {
    if (!isBranch(item)) return [`  - ${scalar(item)}`];
    return lines(item).map((line, index) => `  ${index === 0 ? "-" : " "} ${line}`);
  });

/** Lists of lists stand in no example. */
const isBranch = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.keys(value).length > 0;

/** What YAML would read as something else than this text is quoted. */
const scalar = (value: unknown): string =>
  typeof value === "string" && /^[A-Za-z$][\w$ {}./:@-]*$/.test(value) && !/: |:$/.test(value)
    ? value
    : JSON.stringify(value);
