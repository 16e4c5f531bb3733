import assert from "node:assert/strict";
import { findConditionKey } from "../../policypack/catalogue";
import { DEPRECATED_KEYS } from "../../policypack/catalogue/deprecated-keys";
import { vendorDescriptions } from "./vendor";

describe("catalogue/deprecated keys", () => {
  it("are those that the reference calls deprecated, with the key that it names instead", () => {
    const described = vendorDescriptions.flatMap(({ key, description }) => {
      if (!/deprecated/i.test(description)) return [];
      const [replacement] =
        /[a-z]+:\w+$|(?<=use the )[a-z]+:\w+/.exec(description.replace(/^The \S+/, "")) ?? [];
      return [`${key} ${replacement ?? ""}`];
    });
    assert.deepEqual(
      DEPRECATED_KEYS.map(({ key, replacement }) => `${key} ${replacement}`).sort(),
      described.sort(),
    );
  });
  for (const { key, replacement, source } of DEPRECATED_KEYS)
    it(`${key}: the key instead is one`, () => {
      assert.equal(findConditionKey(replacement)?.name, replacement);
      assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\/\S+\.html$/);
    });
});
