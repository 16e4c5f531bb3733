/** Which rules of the recommended preset speak of a widening: what is caught where nobody has given a reference. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type Capability } from "../../policypack/catalogue/capabilities";
import { evaluate, evaluateStack, type Finding, readConfiguration } from "../../policypack/engine";
import { type Json, parseDocument } from "../../policypack/iam";
import { type RegisteredResource, stackOf } from "../../policypack/pulumi/stack";
import { readableDocument, rules } from "../../policypack/rules";
import { type Side } from "../../stack/description";
import { writeDocuments } from "../../stack/grants/documents";
import { CATALOGUE, useOf, workflowOf } from "./every-capability";
import { wideningsOf } from "./widenings";

const PRESET = join(__dirname, "..", "..", "policypack", "presets", "recommended.json");
const { rules: configured } = readConfiguration(
  rules,
  JSON.parse(readFileSync(PRESET, "utf8")) as Readonly<Record<string, unknown>>,
);

const role = (side: Side, assumeRolePolicy: string): RegisteredResource => {
  const [type, name] = ["aws:iam/role:Role", side];
  return {
    type,
    name,
    urn: `urn:pulumi:dev::x::${type}::${name}`,
    props: { name, arn: `arn:aws:iam::123456789012:role/${name}`, assumeRolePolicy },
    propertyDependencies: {},
  };
};
const policyOf = (side: Side, index: number, policy: string): readonly RegisteredResource[] => {
  const [type, name, arn] = [
    "aws:iam/policy:Policy",
    `${side}${index}`,
    `arn:aws:iam::123456789012:policy/${side}${index}`,
  ];
  const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
  return [
    {
      type,
      name,
      urn: `urn:pulumi:dev::x::${type}::${name}`,
      props: { name, arn, policy },
      propertyDependencies: {},
    },
    {
      type: attachment,
      name,
      urn: `urn:pulumi:dev::x::${attachment}::${name}`,
      props: { role: side, policyArn: arn },
      propertyDependencies: {},
    },
  ];
};

/** What all rules find in a capability's own statements, and in the roles of a workflow of it, once other statements stand there. */
function judgeOf(capability: Capability): (statements: readonly unknown[]) => readonly Finding[] {
  const written = writeDocuments({ ...workflowOf([useOf(capability, "aws")]), boundary: "none" });
  if ("problems" in written) throw new Error(written.problems.join("\n"));
  return (statements) => {
    const document = { Version: "2012-10-17", Statement: statements };
    const reading = parseDocument(document as unknown as Json);
    const stack = stackOf(
      written.identities.flatMap(({ side, trust, policies }) => {
        const own = side === capability.side;
        const documents = own ? [JSON.stringify(document)] : policies.map(({ json }) => json);
        return [
          ...(trust === undefined ? [] : [role(side, trust)]),
          ...documents.flatMap((json, index) => policyOf(side, index, json)),
        ];
      }),
    );
    const subject = { file: "policy.json" };
    return [
      ...evaluate(configured, [{ subject, kind: "identity", reading }], readableDocument),
      ...evaluateStack(configured, stack),
    ];
  };
}

/** For each widening of each capability, the rules that have more to say than of what it was made from. */
function* lines(): Generator<string> {
  for (const capability of CATALOGUE) {
    const { statements, widenings } = wideningsOf(capability);
    const judge = judgeOf(capability);
    const said = ({ rule, message }: Finding) => `${rule} ${message}`;
    const before = new Set(judge(statements).map(said));
    yield "";
    yield capability.id;
    for (const widening of widenings) {
      const more = judge(widening.statements).filter((finding) => !before.has(said(finding)));
      const ids = [...new Set(more.map(({ rule }) => rule))].sort();
      yield `  ${widening.what}\n    ${ids.length === 0 ? "-" : ids.join(" ")}`;
    }
  }
}

/** @returns The text of `test/golden/widened.txt`. */
export function rulesPage(): string {
  return [
    "What the recommended preset says of each widening, where `approved-access` has no reference; `-`: nothing.",
    "With the unwidened policy as its reference, `approved-access` speaks of every one.",
    ...lines(),
    "",
  ].join("\n");
}
