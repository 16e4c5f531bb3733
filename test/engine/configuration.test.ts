import assert from "node:assert/strict";
import { readConfiguration } from "../../policypack/engine";
import { rules } from "../../policypack/rules";

const problemsOf = (value: unknown): readonly string[] => readConfiguration(rules, value).problems;

const ABLE = "`confused-deputy`, `no-wildcard-resource`, `permissions-boundary`";

describe("the configuration", () => {
  const table: readonly (readonly [string, unknown, readonly string[]])[] = [
    ["nothing", {}, []],
    ["levels", { all: "advisory", "approved-actions": "disabled", "no-wildcard-resource": "remediate" }, []],
    [
      "options",
      {
        "approved-actions": {
          enforcementLevel: "mandatory",
          services: ["s3"],
          actions: ["s3:*"],
          onUnknown: "fail",
        },
      },
      [],
    ],
    ["no object", [], ["expected an object of rules"]],
    [
      "a misspelt rule",
      { "aproved-actions": "mandatory" },
      ["`aproved-actions`: there is no such rule; did you mean `approved-actions`?"],
    ],
    ["a rule like no other", { xyz: "mandatory" }, ["`xyz`: there is no such rule"]],
    [
      "a misspelt option",
      { "approved-actions": { acitons: [] } },
      ["`approved-actions.acitons`: there is no such option; did you mean `actions`?"],
    ],
    [
      "an option of the wrong type",
      { "approved-actions": { actions: "s3:*" } },
      ["`approved-actions.actions`: expected a list of strings"],
    ],
    [
      "a list of the wrong type",
      { "approved-actions": { actions: ["s3:*", 1] } },
      ["`approved-actions.actions`: expected a list of strings"],
    ],
    [
      "a word of the wrong kind",
      { "approved-actions": { onUnknown: "ignore" } },
      ["`approved-actions.onUnknown`: expected one of `report`, `fail`, `skip`"],
    ],
    [
      "a level that is none",
      { "approved-actions": "madatory" },
      [
        "`approved-actions`: expected an enforcement level, one of `advisory`, `mandatory`, `remediate`, `disabled`",
      ],
    ],
    [
      "remediation by a rule that cannot",
      { "approved-actions": "remediate", "confused-deputy": { enforcementLevel: "remediate", account: "1" } },
      [
        `\`approved-actions\`: this rule cannot remediate, only ${ABLE} can; write \`mandatory\``,
        "`confused-deputy.account`: expected an account id of 12 digits, in quotes",
      ],
    ],
    [
      "remediation by all",
      { all: "remediate" },
      [`\`all\`: only some rules can remediate; give that level to ${ABLE}`],
    ],
    [
      "a resource to name that is none",
      { "no-wildcard-resource": { resources: ["my-bucket"] } },
      ["`no-wildcard-resource.resources`: `my-bucket` is no ARN"],
    ],
    [
      "no service",
      { "approved-actions": { services: [] } },
      ["`approved-actions.services`: no service is governed; to switch the rule off, disable it"],
    ],
    [
      "options for all",
      { all: { onUnknown: "fail" } },
      ["`all.onUnknown`: `all` takes an enforcement level and nothing else"],
    ],
    [
      "a service that there is not",
      { "approved-actions": { services: ["S3", "s33", "sagemakr"] } },
      [
        "`approved-actions.services`: there is no service `s33`; did you mean `s3`?",
        "`approved-actions.services`: there is no service `sagemakr`; did you mean `sagemaker`?",
      ],
    ],
    [
      "actions that stand for nothing",
      {
        "approved-actions": {
          actions: ["s3:Get*", "s3:Gett*", "s3:GetObjct", "s3:BrandNewThing", "GetObject"],
        },
      },
      [
        "`approved-actions.actions`: no action is `s3:Gett*`",
        "`approved-actions.actions`: there is no action `s3:GetObjct`; did you mean `s3:GetObject`?",
        "`approved-actions.actions`: no action is `GetObject`",
      ],
    ],
    [
      "a reference of statements",
      { "approved-access": { reference: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] } },
      [],
    ],
    [
      "a reference as a document",
      {
        "approved-access": {
          reference: {
            Version: "2012-10-17",
            Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
          },
        },
      },
      [],
    ],
    ["an empty reference", { "approved-access": { reference: [] } }, []],
    [
      "a reference that is none",
      { "approved-access": { reference: "catalogue" } },
      ["`approved-access.reference`: expected a policy document, or a list of statements"],
    ],
    [
      "a reference that cannot be read",
      { "approved-access": { reference: [{ Effect: "Allow", Action: 7, Resource: "bucket" }] } },
      [
        "`approved-access.reference`: cannot be read at `Statement[0].Action`: wrong-type",
        "`approved-access.reference`: cannot be read at `Statement[0].Resource`: invalid-resource",
      ],
    ],
    [
      "a reference without statements",
      { "approved-access": { reference: { Version: "2012-10-17", Statement: [] } } },
      ["`approved-access.reference`: has no statement"],
    ],
    [
      "several mistakes at once",
      { all: 1, nowildcard: {} },
      [
        "`nowildcard`: there is no such rule",
        "`all`: expected an enforcement level, one of `advisory`, `mandatory`, `remediate`, `disabled`",
      ],
    ],
    [
      "the name of something inherited",
      { "approved-actions": { toString: 1 } },
      ["`approved-actions.toString`: there is no such option"],
    ],
  ];
  for (const [name, value, expected] of table)
    it(`with ${name}`, () => {
      assert.deepEqual(problemsOf(value), expected);
    });

  for (const services of [7, ["s33"], []])
    it(`falls back to the default of an option that is wrong: ${JSON.stringify(services)}`, () => {
      const { rules: configured } = readConfiguration(rules, { "approved-actions": { services } });
      const approved = configured.find(({ rule }) => rule.id === "approved-actions");
      assert.deepEqual(approved?.options["services"], ["s3", "sagemaker", "rekognition"]);
      assert.equal(approved.level, "mandatory");
    });
});
