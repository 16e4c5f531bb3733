/**
 * The shipped configurations, and what each must come to: `test/golden/stacks/NAME.json` has every resource with its type, name,
 * parent and inputs, the outputs of the stack, and all that the pack has to say of it.
 */
import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

import { PackProcess, type Registration, type StackIdentity } from "../../policypack/dist/host";
import { asTheEngineHasIt, type Phase, type Registered, run, type Run } from "./program";

const ROOT = join(__dirname, "..", "..");

/** The shipped configurations by name: `Pulumi.NAME.yaml`. */
export const EXAMPLES = ["dev", "documents", "images", "overbroad", "rag", "training"] as const;
export type Example = (typeof EXAMPLES)[number];

/** @returns The configuration of a shipped stack, with the keys that Pulumi gives the program. */
export function configurationOf(example: Example): Readonly<Record<string, unknown>> {
  const text = readFileSync(join(ROOT, `Pulumi.${example}.yaml`), "utf8");
  return (parse(text) as { readonly config: Readonly<Record<string, unknown>> }).config;
}

const IDENTITY: StackIdentity = {
  organization: "organization",
  project: "ai-workflow",
  stack: "dev",
  configuration: {},
};

/** Starts the pack with the levels that it has by itself. Whoever starts it stops it. */
export async function startPack(): Promise<PackProcess> {
  const pack = await PackProcess.start(join(ROOT, "policypack"), IDENTITY);
  await pack.configureStack(IDENTITY);
  const { policies } = await pack.describe();
  await pack.configure(
    new Map(policies.map(({ name, level, defaults }) => [name, { level, properties: defaults }])),
  );
  return pack;
}

/** @returns What the pack finds: in each resource by its inputs, and in all of them by what has become of those. */
export async function findingsIn(
  pack: PackProcess,
  resources: readonly Registered[],
): Promise<readonly object[]> {
  const found = [];
  for (const resource of resources)
    for (const diagnostic of await pack.analyze(resource)) found.push({ ...diagnostic, urn: resource.urn });
  const whole: readonly Registration[] = resources.map(({ outputs, ...resource }) => ({
    ...resource,
    properties: { ...outputs, ...resource.properties },
  }));
  return [...found, ...(await pack.analyzeStack(whole))].map(({ policy, level, urn, message }) => ({
    policy,
    level,
    resource: urn,
    message: message.split("\n"),
  }));
}

/**
 * Runs a shipped configuration.
 *
 * @returns The text that its golden file has, whether nothing is made yet or everything is.
 */
export async function goldenOf(example: Example, phase: Phase, pack: PackProcess): Promise<string> {
  const { resources, exports, error } = await run(configurationOf(example), phase, example);
  assert.equal(error, undefined);
  const sorted = [...resources].sort((a, b) => (a.urn < b.urn ? -1 : 1));
  const outputs = await Promise.all(
    Object.entries(exports).map(
      async ([name, value]) => [name, await outputValue(value, resources)] as const,
    ),
  );
  const golden = {
    resources: sorted.map((resource) => ({
      type: resource.type,
      name: resource.name,
      parent: resource.parent,
      inputs: Object.fromEntries(
        Object.keys(resource.inputs).map((property) => [property, inputValue(resource, property, resources)]),
      ),
    })),
    outputs: Object.fromEntries(outputs),
    findings: await findingsIn(pack, sorted),
  };
  return `${JSON.stringify(golden, undefined, 2)}\n`;
}

/** What stands for a value that only the update knows. That it is the ARN and no other output, the update shows. */
const arnOf = (name: string): string => `\${${name}.arn}`;

function inputValue(
  { name, inputs, propertyDependencies }: Registered,
  property: string,
  resources: Run["resources"],
): unknown {
  const value = inputs[property];
  if (!pulumi.containsUnknowns(value)) return readable(value, resources);
  assert.ok(pulumi.isUnknown(value), `${name}.${property} is known in parts`);
  return madeBy(propertyDependencies[property] ?? [], resources);
}

/** What the SDK knows of an Output, and does not declare. */
interface Settled {
  readonly isKnown: Promise<boolean>;
  promise(): Promise<unknown>;
  resources(): ReadonlySet<pulumi.Resource>;
}
const settled = (value: pulumi.Output<unknown>): Settled => value as unknown as Settled;

async function outputValue(value: unknown, resources: Run["resources"]): Promise<unknown> {
  if (!pulumi.Output.isInstance(value)) return value;
  const output = settled(value);
  if (await output.isKnown) return readable(await output.promise(), resources);
  const urns = await Promise.all([...output.resources()].map(({ urn }) => settled(urn).promise()));
  return madeBy(
    urns.map((urn) => asTheEngineHasIt(String(urn))),
    resources,
  );
}

function madeBy(urns: readonly string[], resources: Run["resources"]): string {
  const [only, ...others] = resources.filter(({ urn, custom }) => custom && urns.includes(urn));
  assert.ok(only !== undefined && others.length === 0, `made of ${urns.join(", ")}`);
  return arnOf(only.name);
}

/** A document as what its text says, where the text is no other than that in as few characters; an ARN of the mocks by its name. */
function readable(value: unknown, resources: Run["resources"]): unknown {
  if (typeof value !== "string") return value;
  const made = resources.find(({ outputs }) => outputs["arn"] === value);
  if (made !== undefined) return arnOf(made.name);
  if (!value.startsWith("{")) return value;
  const document: unknown = JSON.parse(value);
  assert.equal(JSON.stringify(document), value);
  return document;
}
