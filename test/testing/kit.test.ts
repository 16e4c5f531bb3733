/** The kit on the programs that test/e2e runs under the real engine as well. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import { Policy } from "@pulumi/aws/iam/policy";
import { Role } from "@pulumi/aws/iam/role";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { Config, getProject, getStack, runtime, secret } from "@pulumi/pulumi";
import { isUnknown, runTrial, type InlinePack, type Outcome } from "../../policypack/dist/testing";
import { ROOT } from "../cli/run";
import { CASES, outputs } from "./trials";

export const FOLDER = join(__dirname, "packs", "lab");
// eslint-disable-next-line @typescript-eslint/no-require-imports -- plain JavaScript, as people write packs
const LAB = { ...(require("./packs/lab/policies") as InlinePack), version: "1.2.3" };

const seen = ({ failed, violations }: Outcome) => ({
  failed,
  found: violations.map(({ policy, level, urn, message }) => [
    policy,
    level,
    urn.split("::").at(-1),
    message,
  ]),
});

describe("the kit", function () {
  this.timeout(60_000);
  for (const [name, { program, preview, update, ...rest }] of Object.entries(CASES))
    for (const [operation, expected] of [
      ["preview", preview],
      ["update", update],
    ] as const)
      it(`judges ${name}, in ${operation === "preview" ? "a preview" : "an update"}`, async () => {
        const inline = await runTrial({ program, pack: LAB, operation, outputs, ...rest });
        assert.deepEqual(seen(inline), expected);
      });

  it("takes the folder of a pack for what its policies are", async () => {
    const { program, policyConfig = {} } = CASES["what the pack remediates"] ?? assert.fail();
    const trial = { program, policyConfig, outputs, operation: "update" } as const;
    assert.deepEqual(await runTrial({ ...trial, pack: FOLDER }), await runTrial({ ...trial, pack: LAB }));
  });
  it("takes an executable for a pack, and the folder of a project for a program", async () => {
    const outcome = await runTrial({
      program: join(__dirname, "..", "host", "programs", "unknown-document"),
      pack: join(ROOT, "policypack", "dist", "ai-workflow-guardrails.cjs"),
    });
    assert.deepEqual(
      [outcome.failed, outcome.violations.map(({ policy, level }) => [policy, level])],
      [
        true,
        [
          ["no-wildcard-resource", "mandatory"],
          ["no-wildcard-resource", "mandatory"],
          ["readable-document", "advisory"],
          ["readable-document", "advisory"],
          ["permissions-boundary", "advisory"],
        ],
      ],
    );
  });
  it("stops the program of a project in an update, at its first resource that may not be made", async () => {
    const {
      failed,
      violations,
      resources,
      outputs: names,
    } = await runTrial({
      program: join(__dirname, "..", "host", "programs", "unknown-document"),
      pack: join(ROOT, "policypack", "dist", "ai-workflow-guardrails.cjs"),
      operation: "update",
    });
    assert.deepEqual(
      [failed, violations.length, resources.map(({ name }) => name), names],
      [true, 1, ["unknown-document-dev", "role", "object"], []],
    );
  });

  const some = (
    validateResource: ResourceValidationPolicy["validateResource"] = () => undefined,
  ): InlinePack => ({
    name: "some",
    policies: [{ name: "some", description: "Something.", validateResource }],
  });

  it("says what was registered, what is not known of it, and who has remediated it", async () => {
    const { resources, outputs: names } = await runTrial({
      program: () => {
        const { id } = new Role("role", { assumeRolePolicy: "{}" });
        const { name } = new Role("other", { name: id, assumeRolePolicy: "{}" });
        new Policy("plain", { policy: secret("{}") });
        return { name };
      },
      pack: LAB,
      policyConfig: { all: "disabled", described: "remediate" },
    });
    const inputs = Object.fromEntries(resources.map((resource) => [resource.name, resource]));
    assert.deepEqual(
      [resources.map(({ type }) => type.split(":").at(-1)).sort(), inputs["plain"]?.remediatedBy, names],
      [["Policy", "Role", "Role", "Stack"], ["described"], ["name"]],
    );
    assert.deepEqual(inputs["plain"]?.inputs, { description: "by the pack", policy: "{}" });
    assert.deepEqual(
      ["name", "assumeRolePolicy"].map((property) => isUnknown(inputs["other"]?.inputs[property])),
      [true, false],
    );
  });
  it("gives a program its configuration, its names, whether it is a preview, and what functions answer", async () => {
    const seenBy: unknown[] = [];
    for (const operation of ["preview", "update"] as const)
      await runTrial({
        program: async () => {
          seenBy.push([
            getProject(),
            getStack(),
            runtime.isDryRun(),
            new Config().get("size"),
            new Config("aws").get("region"),
          ]);
          seenBy.push((await getCallerIdentity()).accountId);
        },
        pack: some(),
        operation,
        project: "shop",
        stack: "prod",
        config: { size: "3", "aws:region": "eu-west-1" },
        calls: { "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012" } },
      });
    assert.deepEqual(seenBy, [
      ["shop", "prod", true, "3", "eu-west-1"],
      "123456789012",
      ["shop", "prod", false, "3", "eu-west-1"],
      "123456789012",
    ]);
  });
  it("keeps trials apart that run at the same time", async () => {
    const trials = Array.from({ length: 5 }, (_, index) =>
      runTrial({
        program: () => new Role(`role-${index}`, { assumeRolePolicy: "{}" }),
        pack: {
          name: "level",
          policies: [
            {
              name: "one",
              description: "One.",
              configSchema: { properties: { number: { type: "number" } } },
              validateResource: async (args, report) => {
                await pause(5 - index);
                if (args.type.endsWith(":Role"))
                  report(`${args.name} ${String(args.getConfig<{ number: number }>().number)}`);
              },
            } satisfies ResourceValidationPolicy,
          ],
        },
        project: `p${index}`,
        policyConfig: { one: { number: index } },
      }),
    );
    assert.deepEqual(
      (await Promise.all(trials)).flatMap(({ violations }) =>
        violations.map(({ message, urn }) => [message, urn]),
      ),
      trials.map((_, index) => [
        `One.\nrole-${index} ${index}`,
        `urn:pulumi:dev::p${index}::aws:iam/role:Role::role-${index}`,
      ]),
    );
  });
  it("tells an exception of a policy as what ends the operation", async () => {
    const { failed, diagnostics, violations } = await runTrial({
      program: () => new Role("role", { assumeRolePolicy: "{}" }),
      pack: some(() => {
        throw new Error("boom");
      }),
    });
    assert.deepEqual([failed, diagnostics.length, violations], [true, 1, []]);
    assert.match(diagnostics[0] ?? "", /^the policy pack some failed: .*'some@v0\.0\.0'.*boom/s);
  });
  it("fails as a program fails", async () => {
    await assert.rejects(
      runTrial({
        program: () => {
          throw new Error("of the program's own");
        },
        pack: LAB,
      }),
      /^Error: of the program's own/,
    );
  });
  for (const [what, pack, reason] of [
    ["a name", { ...LAB, name: "a b" }, /the policy pack a b cannot be served: Invalid policy pack name/],
    [
      "a policy named all",
      { name: "x", policies: [{ ...LAB.policies[0], name: "all" }] } as InlinePack,
      /"all" is a reserved name/,
    ],
    ["a folder that is none", join(FOLDER, "nowhere"), /there is no folder .*nowhere/],
  ] as const)
    it(`refuses a pack for ${what}, and goes on`, async () => {
      await assert.rejects(runTrial({ program: () => undefined, pack }), reason);
      assert.equal((await runTrial({ program: () => undefined, pack: LAB })).failed, false);
    });
});
