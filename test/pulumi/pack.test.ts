import assert from "node:assert/strict";
import { createPack, PACK_NAME } from "../../policypack/pulumi/pack";
import { rules } from "../../policypack/rules";

describe("the pack", () => {
  const { policies } = createPack();

  it("has a name and policies that CrossGuard accepts", () => {
    assert.match(PACK_NAME, /^[a-zA-Z0-9-_.]{1,100}$/);
    assert.deepEqual(
      policies.map((policy) => policy.name),
      rules.map((rule) => rule.id),
    );
  });
  it("hears of the level `remediate`: as the SDK has it, by rules about documents, and of the others by those that can", () => {
    assert.deepEqual(
      policies.filter((policy) => "remediateResource" in policy).map(({ name }) => name),
      rules
        .filter(({ scope, remediation }) => scope !== "stack" || remediation !== undefined)
        .map(({ id }) => id),
    );
  });
  for (const policy of policies)
    it(`describes ${policy.name} in full`, () => {
      assert.notEqual(policy.name, "all");
      assert.equal(policy.enforcementLevel, rules.find(({ id }) => id === policy.name)?.level);
      for (const key of [
        "displayName",
        "description",
        "severity",
        "tags",
        "remediationSteps",
        "url",
      ] as const)
        assert.ok(policy[key], key);
      const properties = policy.configSchema?.properties ?? {};
      assert.ok("onUnknown" in properties);
      assert.ok(!("enforcementLevel" in properties));
      for (const schema of Object.values(properties))
        assert.ok(schema.description !== undefined && schema.default !== undefined);
    });
});
