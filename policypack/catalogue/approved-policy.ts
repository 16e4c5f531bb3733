/** The approved list as a policy: every action that a capability grants, on the kind of resource it is granted on. */
import {
  approvedCapabilities,
  type ConditionTemplate,
  type Parameter,
  PARAMETERS,
  type StatementTemplate,
} from "./capabilities";

/** A statement of the approved list. */
export interface ApprovedStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: ConditionTemplate;
}

const PARAMETER = /\$\{[^}]*\}/g;

/** A template for any values of its parameters; one that is a whole ARN stays of its kind. */
const opened = (template: string): string =>
  template.replace(PARAMETER, (placeholder) => anyValue(placeholder.slice(2, -1))).replace(/\*+/g, "*");

const parameters: Readonly<Partial<Record<string, Parameter>>> = PARAMETERS;

function anyValue(name: string): string {
  const arn = parameters[name]?.arn;
  return arn === undefined ? "*" : `arn:*:${arn.service}:*:*:${arn.resource}*`;
}

/** Operators that match a pattern, for those that compare with the whole of a value. */
const LOOSE: Readonly<Partial<Record<string, string>>> = { StringEquals: "StringLike", ArnEquals: "ArnLike" };

/**
 * The tests that bind whatever the parameters are. A test on parameters alone (`aws:ResourceAccount` is `${owner}`), with
 * any value put in, asks only that the key is there. It is dropped, since what is approved is actions on kinds of resources:
 * which account and which prefix is for the stack to say, and a list that knows neither cannot hold anyone to them. So is
 * a test on what need not be given.
 */
function lasting(condition: ConditionTemplate, optional: readonly string[]): ConditionTemplate {
  const kept: Record<string, Record<string, readonly string[]>> = {};
  for (const [operator, keys] of Object.entries(condition))
    for (const [key, templates] of Object.entries(keys)) {
      const values = [templates].flat();
      const texts = values.map(opened);
      const named = values.flatMap((value) => value.match(PARAMETER) ?? []).map((name) => name.slice(2, -1));
      if (texts.includes("*") || named.some((name) => optional.includes(name))) continue;
      const loose = named.length > 0 ? (LOOSE[operator] ?? operator) : operator;
      (kept[loose] ??= {})[key] = texts;
    }
  return kept;
}

/** `s3.readVersions` → `S3ReadVersions` */
const sidOf = (id: string, index: number): string =>
  id.replace(/(?:^|\.)([a-z])/g, (_, first: string) => first.toUpperCase()) +
  (index === 0 ? "" : String(index + 1));

const isAllow = ({ Effect }: StatementTemplate): boolean => Effect !== "Deny";

/** What the default approved actions come to, as a policy document: only what is allowed, for a denial approves nothing. */
export const approvedPolicy: {
  readonly Version: "2012-10-17";
  readonly Statement: readonly ApprovedStatement[];
} = {
  Version: "2012-10-17",
  Statement: approvedCapabilities.flatMap(({ id, statements, optional = [] }) =>
    statements.filter(isAllow).map((template, index): ApprovedStatement => {
      const condition = lasting(template.Condition ?? {}, optional);
      return {
        Sid: sidOf(id, index),
        Effect: "Allow",
        Action: template.Action,
        Resource: template.Resource.map(opened),
        ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
      };
    }),
  ),
};
