/** What a program registers: the same at preview and at update, to the last document, whatever the capabilities. */
import * as assert from "node:assert/strict";
import * as fc from "fast-check";

import { type Capability, existsIn } from "../../policypack/catalogue/capabilities";
import { AiWorkflow, type AiWorkflowArgs } from "../../stack/components/ai-workflow";
import { type Partition, type Use } from "../../stack/description";
import { writeDocuments } from "../../stack/grants/documents";
import { CATALOGUE, PARTITION_NAMES, REGIONS, useOf, workflowOf } from "./every-capability";
import { type Phase, type Registered, run } from "./program";

/** The names of the roles that the component makes of its own. */
const NAMES = { execution: "ai-workflow-dev-ai-execution", caller: "ai-workflow-dev-ai-caller" };

/** A use with regions of its partition, to which alone a profile may route. */
function usedIn(capability: Capability, partition: Partition): Use {
  const use = useOf(capability, partition);
  return "destinations" in use ? { ...use, destinations: REGIONS[partition] } : use;
}

const kindOf = ({ type }: Registered): string => type.slice(type.lastIndexOf(":") + 1);

/** What is registered in a phase: type, name and parent of each, which kinds, and all documents. */
async function registeredIn(phase: Phase, args: AiWorkflowArgs) {
  const { resources, error } = await run({}, phase, "dev", () => ({ workflow: new AiWorkflow("ai", args) }));
  assert.equal(error, undefined);
  const [component, ...children] = resources;
  const documents = children.flatMap(({ inputs }) => inputs["policy"] ?? inputs["assumeRolePolicy"] ?? []);
  return {
    names: resources.map(({ type, name, parent }) => [type, name, parent]),
    strangers: children.filter(({ parent }) => parent !== component?.urn),
    kinds: children.map(kindOf).sort(),
    documents: documents.sort(),
  };
}

async function checkBothPhases(uses: readonly Use[], partition: Partition): Promise<void> {
  const description = workflowOf(uses, partition);
  const { region, account } = description;
  const args = {
    region,
    account,
    uses,
    caller: { trustedServices: ["states"] },
  } as unknown as AiWorkflowArgs;
  const written = writeDocuments(description, NAMES);
  assert.ok("identities" in written);
  const { identities } = written;
  const policies = identities.flatMap((identity) => identity.policies);
  const trusts = identities.flatMap(({ trust }) => trust ?? []);
  const boundaries = identities.flatMap(({ boundary }) => boundary ?? []);
  // A boundary is a policy, too; each policy of a role is attached to it.
  const attached = identities.flatMap(({ trust, policies: own }) => (trust === undefined ? [] : own));
  const kinds = [
    ...Array.from({ length: policies.length + boundaries.length }, () => "Policy"),
    ...trusts.map(() => "Role"),
    ...attached.map(() => "RolePolicyAttachment"),
  ];
  const preview = await registeredIn("preview", args);
  assert.deepEqual(preview.strangers, []);
  assert.deepEqual(preview.kinds, kinds);
  assert.deepEqual(preview.documents, [...policies.map(({ json }) => json), ...trusts, ...boundaries].sort());
  assert.deepEqual(await registeredIn("update", args), preview);
}

describe("registrations", () => {
  for (const partition of PARTITION_NAMES)
    it(`are the same in both phases for each capability, in ${partition}`, async function () {
      this.timeout(120_000);
      const there = CATALOGUE.filter(({ id }) => existsIn(id, partition));
      for (const capability of there) await checkBothPhases([usedIn(capability, partition)], partition);
    });

  it("are the same in both phases for sets of capabilities", async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...CATALOGUE], { minLength: 2, maxLength: 8 }),
        fc.constantFrom(...PARTITION_NAMES),
        (some, partition) => {
          const there = some.filter(({ id }) => existsIn(id, partition));
          fc.pre(there.length > 1);
          return checkBothPhases(
            there.map((each) => usedIn(each, partition)),
            partition,
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
