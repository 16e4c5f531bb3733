/** The approved list as a policy: every action that a capability grants, on the kind of resource it is granted on. */
import { capabilities, type Capability, type ConditionTemplate } from "./capabilities";

/** A statement of the approved list. */
export interface ApprovedStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: ConditionTemplate;
}

const PARAMETER = /\$\{[^}]*\}/g;
const hasParameter = (text: string): boolean => text.includes("${");

/** A template for any values of its parameters. */
const opened = (template: string): string => template.replace(PARAMETER, "*").replace(/\*+/g, "*");

/**
 * The tests that bind whatever the parameters are. A test on parameters alone (`aws:ResourceAccount` is `${account}`), with
 * any value put in, asks only that the key is there. It is dropped, since what is approved is actions on kinds of resources:
 * which account and which prefix is for the stack to say, and a list that knows neither cannot hold anyone to them.
 */
function lasting(condition: ConditionTemplate): ConditionTemplate {
  const kept = Object.entries(condition).map(([operator, keys]) => {
    const tests = Object.entries(keys).filter(([, values]) => ![values].flat().some(hasParameter));
    return [operator, Object.fromEntries(tests)] as const;
  });
  return Object.fromEntries(kept.filter(([, keys]) => Object.keys(keys).length > 0));
}

/** `s3.listAll` → `S3ListAll` */
const sidOf = (id: string, index: number): string =>
  id.replace(/(?:^|\.)([a-z])/g, (_, first: string) => first.toUpperCase()) +
  (index === 0 ? "" : String(index + 1));

const catalogue: readonly Capability[] = capabilities;

/** What the default approved actions come to, as a policy document. */
export const approvedPolicy: {
  readonly Version: "2012-10-17";
  readonly Statement: readonly ApprovedStatement[];
} = {
  Version: "2012-10-17",
  Statement: catalogue.flatMap(({ id, statements }) =>
    statements.map((template, index): ApprovedStatement => {
      const condition = lasting(template.Condition ?? {});
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
