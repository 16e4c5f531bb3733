/** One stack with everything that the rules are about: the first bad example of each, as resources of a program. */
import assert from "node:assert/strict";
import type { ExampleResource, Rule } from "../../policypack/engine";
import type { WireObject } from "../../policypack/dist/host";
import { rules } from "../../policypack/rules";
import type { RuleCases } from "../rules/cases";
import { documentOf, tables } from "../rules/tables";
import { resourceOf } from "./resources";

/** A resource's name among those of all rules: `pass-role.policy`. */
const nameOf = (rule: Rule, name: string): string => `${rule.id}.${name}`;

/** A rule that has no example without a configuration has its first bad case, with the configuration of that. */
const firstCaseOf = (rule: Rule): RuleCases["invalid"][number] | undefined =>
  rule.examples.bad.length > 0
    ? undefined
    : tables.find(({ cases }) => cases.rule === rule)?.cases.invalid[0];

function resourcesOf(rule: Rule): readonly ExampleResource[] {
  if (rule.scope === "stack") {
    const [resources = []] = rule.examples.bad;
    return resources.map(({ dependencies = {}, ...resource }) => ({
      ...resource,
      name: nameOf(rule, resource.name),
      dependencies: Object.fromEntries(
        Object.entries(dependencies).map(([property, names]) => [
          property,
          names.map((name) => nameOf(rule, name)),
        ]),
      ),
    }));
  }
  const one = firstCaseOf(rule);
  const [kind = "identity"] = rule.kinds;
  const of =
    one === undefined || "resources" in one
      ? { document: rule.examples.bad[0], kind }
      : { document: one.document, kind: one.kind ?? "identity" };
  const resource = resourceOf(documentOf(of.document), of.kind, "policy");
  assert.ok(resource !== undefined, `${rule.id}: no resource holds a document of kind ${of.kind}`);
  const { type, properties } = resource.registration;
  return [{ type, name: nameOf(rule, "policy"), props: properties }];
}

export const worst: readonly ExampleResource[] = rules.flatMap(resourcesOf);

/** What the rules that need one are configured to. */
export const worstConfiguration: Readonly<Record<string, WireObject>> = Object.fromEntries(
  rules.flatMap((rule) => {
    const options = firstCaseOf(rule)?.options;
    return options === undefined ? [] : [[rule.id, options as WireObject]];
  }),
);
